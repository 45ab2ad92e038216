/* The list at the left: what waits, where in it the person is, and what comes behind its last line. */
import { get } from "../../deciding.js";

// So many lines behind the one that is read, at least, while the queue has more.
const ENOUGH = 8;

export class Lines {
  // Taken out of the list, with what stood behind: an undo puts them back.
  #gone = new Map();
  #more = null;

  constructor(root) {
    this.root = root;
    this.nav = root.querySelector("[data-lines]");
    // On a phone it is opened over the card.
    this.list = root.querySelector("#lines");
    this.#fit();
    addEventListener("resize", () => this.#fit());
    this.#mark(this.current);
    this.#showMoves();
    this.refill();
  }

  /* As high as what is left of the window below its top. */
  #fit() {
    const { top } = this.nav.getBoundingClientRect();
    this.list.style.setProperty("--line-up-top", `${Math.round(top + scrollY)}px`);
  }

  get all() {
    return [...this.nav.querySelectorAll("[data-line]")];
  }

  get current() {
    return this.nav.querySelector("[data-line][aria-current]");
  }

  find(pk) {
    return this.nav.querySelector(`[data-line="${pk}"]`);
  }

  /* The line so many further on; past the last one the queue is asked for more first. */
  async beside(step) {
    const at = this.all.indexOf(this.current) + step;
    if (at >= this.all.length) await (this.nav.dataset.more ? this.refill() : this.#lookForMore());
    return this.all[at] ?? null;
  }

  choose(pk) {
    this.#mark(this.current, false);
    this.#mark(this.find(pk));
    if (this.list.matches(":popover-open")) this.list.hidePopover();
    this.refill();
  }

  #mark(line, isCurrent = true) {
    if (!line) return;
    const box = boxOf(line);
    if (isCurrent) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
    if (box && isCurrent) Object.assign(box.dataset, { hotkey: "x", hotkeyName: this.root.dataset.select });
    if (box && !isCurrent) delete box.dataset.hotkey;
    if (isCurrent) this.#reveal(line);
  }

  // Not scrollIntoView: that moves the page as well, and with it the comment that is read.
  #reveal(line) {
    const [frame, own] = [this.nav, itemOf(line)].map((one) => one.getBoundingClientRect());
    if (own.top < frame.top) this.nav.scrollTop -= frame.top - own.top;
    else if (own.bottom > frame.bottom) this.nav.scrollTop += own.bottom - frame.bottom;
  }

  /* Previous and Next lead where they do without a script, or say that there is nothing. */
  #showMoves() {
    const [all, at] = [this.all, this.all.indexOf(this.current)];
    for (const link of this.root.querySelectorAll("a[data-move]")) {
      const line = all[at + Number(link.dataset.move)];
      const page = link.dataset.move > 0 ? null : this.root.querySelector("[data-nearer]");
      const address = (line ?? page)?.getAttribute("href");
      if (address) link.setAttribute("href", address);
      else link.removeAttribute("href");
      if (address) link.removeAttribute("aria-disabled");
      else link.setAttribute("aria-disabled", "true");
    }
  }

  drop(pk) {
    const line = this.find(pk);
    if (!line) return;
    const item = itemOf(line);
    this.#mark(line, false);
    this.#gone.set(String(pk), [item, item.nextElementSibling]);
    if (boxOf(line)) boxOf(line).checked = false;
    item.remove();
  }

  putBack(pk) {
    const [item, behind] = this.#gone.get(String(pk)) ?? [];
    if (!item || this.find(pk)) return;
    if (behind?.isConnected) behind.before(item);
    else if (behind) this.nav.prepend(item);
    else this.nav.append(item);
    this.#gone.delete(String(pk));
  }

  /* Fetches more lines where the list goes on and few are left: one request at a time. */
  refill({ isWanted = false } = {}) {
    this.#showMoves();
    const left = this.all.length - 1 - this.all.indexOf(this.current);
    if (!this.nav.dataset.more || (left >= ENOUGH && !isWanted)) return this.#more;
    this.#more ??= this.#add().finally(() => (this.#more = null));
    return this.#more;
  }

  async #add() {
    const { answer } = await get(this.nav.dataset.more);
    if (!answer) return; // The next move asks again.
    const fresh = parse(answer).querySelector("[data-lines]");
    this.#append(fresh, this.#gone);
    const { more } = fresh.dataset;
    if (more) this.nav.dataset.more = more;
    else delete this.nav.dataset.more;
    const link = this.root.querySelector("[data-further]");
    if (more && link) link.search = new URL(more, location.href).search;
    else link?.remove();
    this.#showMoves();
  }

  /* Behind the last line: what has come in since the list was made. */
  async #lookForMore() {
    const { again } = this.root.dataset;
    const { answer } = again ? await get(again) : {};
    if (answer) this.#append(parse(answer).querySelector("[data-lines]"));
  }

  #append(fresh, but = new Map()) {
    for (const line of fresh.querySelectorAll("[data-line]")) {
      const pk = line.dataset.line;
      if (this.find(pk) || but.has(pk)) continue;
      this.#gone.delete(pk);
      this.nav.append(itemOf(line));
    }
  }

  /* The list as it is now, after something that may have changed many of its lines. Gives the page that it is from. */
  async renew() {
    const address = new URL(location);
    ["c", "done"].forEach((name) => address.searchParams.delete(name));
    const { answer } = await get(address);
    if (!answer) return null;
    const page = parse(answer);
    const pk = this.current?.dataset.line;
    const fresh = page.querySelector("[data-lines]");
    fresh.querySelector("[aria-current]")?.removeAttribute("aria-current");
    this.nav.replaceWith(fresh);
    this.nav = fresh;
    this.#gone.clear();
    this.#mark(this.find(pk));
    this.#showMoves();
    return page;
  }
}

export const itemOf = (line) => line.closest("[data-item]");
export const boxOf = (line) => itemOf(line).querySelector("input[name=selected]");

export function parse(html) {
  return new DOMParser().parseFromString(html, "text/html");
}
