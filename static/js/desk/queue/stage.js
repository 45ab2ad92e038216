/* The comment that is read, with what is known of its writer beside it. The next one is fetched while it is read. */
import { get } from "../../deciding.js";
import { isTyping } from "../frame/keys.js";
import { parse } from "./lines.js";

const PARTS = ["[data-card]", ".side"];
const NOTHING = ".nothing";
// A card that was fetched ahead is looked at again when it is shown later than that.
const STALE = 5_000;
const EVERY = 20_000;
const SLOW = 300;

export class Stage {
  #ahead = null;
  #turn = 0;
  #decidedAt = 0;
  // While a decision is on its way: a key that is pressed then is meant for a card that nobody has seen.
  isBusy = false;

  constructor(root, lines, said) {
    Object.assign(this, { root, lines, said });
    const look = () => (this.card ? this.lookAgain() : this.alone(() => this.goOn({ isGone: false })));
    const again = () => document.hidden || look();
    setInterval(again, EVERY);
    document.addEventListener("visibilitychange", again);
    addEventListener("online", again);
    this.#fetchAhead();
  }

  /* One thing after another: what is pressed while one is on its way is left out. */
  async alone(act) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.root.dataset.state = "busy";
    try {
      await act();
    } finally {
      this.isBusy = false;
      this.root.dataset.state = "ready";
    }
  }

  get card() {
    return this.root.querySelector("[data-card]");
  }

  get pk() {
    return this.card?.dataset.card;
  }

  #address(pk) {
    return this.root.dataset.cardUrl.replace("/0/", `/${pk}/`);
  }

  #fetch(pk) {
    return { pk: String(pk), at: Date.now(), coming: get(this.#address(pk)) };
  }

  async #fetchAhead() {
    const pk = (await this.lines.beside(1))?.dataset.line;
    if (pk && this.#ahead?.pk !== pk) this.#ahead = this.#fetch(pk);
  }

  /* Whether it stands there now. `isFresh`: as it is at this moment, not as it was when it was fetched ahead. */
  async show(pk, { isFresh = false } = {}) {
    const turn = (this.#turn += 1);
    const ahead = !isFresh && this.#ahead?.pk === String(pk) ? this.#ahead : this.#fetch(pk);
    this.#ahead = null;
    const answer = await this.waitFor(ahead.coming);
    if (turn !== this.#turn) return false;
    if (!answer.answer) {
      this.said.against(answer);
      return false;
    }
    this.#put(answer.answer);
    this.lines.choose(pk);
    const line = this.lines.find(pk);
    if (line) history.replaceState(null, "", line.href);
    this.#enter();
    this.#fetchAhead();
    if (ahead.at < this.#decidedAt) this.#renewSide();
    // Once the keys are taken again: until then nothing else is looked at.
    if (Date.now() - ahead.at > STALE) setTimeout(() => this.lookAgain());
    return true;
  }

  #put(html) {
    const page = parse(html);
    this.root.querySelector(NOTHING)?.remove();
    const why = this.#why;
    const hadFocus = this.root.querySelector(".queue").contains(document.activeElement);
    for (const selector of PARTS) {
      const [old, fresh] = [this.root.querySelector(selector), page.querySelector(selector)];
      if (old && fresh) old.replaceWith(fresh);
      else if (fresh) this.root.querySelector(".queue").append(fresh);
      else old?.remove();
    }
    // What was typed for the log of this comment stays with it.
    if (why?.pk === this.pk && this.#why) this.card.querySelector("[name=why]").value = why.value;
    this.#showPlace();
    if (hadFocus && document.activeElement === document.body) this.card.focus({ preventScroll: true });
  }

  get #why() {
    const field = this.card?.querySelector("[name=why]");
    return field && { pk: this.pk, value: field.value };
  }

  /* "3 of 12", counted in the list as it is now. */
  #showPlace() {
    const number = this.lines.all.indexOf(this.lines.find(this.pk)) + 1;
    const { tab, place } = this.root.dataset;
    const total = document.querySelector(`[data-count="${tab}"]`)?.textContent;
    if (!place || !number || !total) return;
    const shown = document.createElement("span");
    shown.textContent = place.replace("{place}", number).replace("{total}", total);
    this.card.querySelector("[data-place]")?.remove();
    shown.dataset.place = "";
    this.card.querySelector(".stage-where").prepend(shown);
  }

  #enter() {
    this.card.classList.add("is-new");
    this.card.tabIndex = -1;
    this.card.focus({ preventScroll: true });
    if (this.said.line.getBoundingClientRect().top < 0) this.root.scrollIntoView();
  }

  /* A wait that a person notices is shown. */
  async waitFor(promise) {
    const slow = setTimeout(() => this.root.setAttribute("aria-busy", "true"), SLOW);
    const answer = await promise;
    clearTimeout(slow);
    this.root.removeAttribute("aria-busy");
    return answer;
  }

  /* What was fetched ahead of a decision does not know of it, and may speak of it: the same writer, the same story. */
  hasDecided() {
    this.#decidedAt = Date.now();
  }

  async #renewSide() {
    const { card, pk } = this;
    const { answer } = await get(this.#address(pk));
    const side = this.root.querySelector(".side");
    if (!answer || this.card !== card || side.contains(document.activeElement)) return;
    side.replaceWith(parse(answer).querySelector(".side"));
  }

  /* Whether the comment still is as it is shown. `sentence`: why it is looked at now. */
  async lookAgain(sentence = "") {
    const { card, pk } = this;
    if (!pk || (this.isBusy && !sentence)) return;
    const answer = await get(this.#address(pk));
    if (this.card !== card || (this.isBusy && !sentence)) return;
    if (answer.fault === "out" && !this.said.isLost) this.said.against(answer);
    if (!answer.answer) return;
    this.said.settle();
    const fresh = parse(answer.answer).querySelector("[data-card]");
    if (isSame(card, fresh) || (!sentence && isTyping(document.activeElement))) return;
    this.#put(answer.answer);
    this.said.note(sentence || this.root.dataset.changed, true);
    // A key that was meant for the comment as it was must not decide on it as it is now.
    if (fresh.dataset.status !== card.dataset.status) this.#takeKeys();
  }

  #takeKeys() {
    this.card.classList.add("is-overtaken");
    this.card.querySelectorAll("form [data-hotkey]").forEach((button) => button.removeAttribute("data-hotkey"));
  }

  /* Whether the comment on the stage belongs to what is looked at here. */
  get belongs() {
    const { status, reported } = this.card.dataset;
    const tabs = { pending: status === "pending", reported: reported !== "0" };
    return tabs[this.root.dataset.tab] ?? true;
  }

  /* On to the next comment, and without one to the last; the one that is left may go out of the list. */
  async goOn({ isGone }) {
    const pk = this.pk;
    const next = (await this.lines.beside(1)) ?? (await this.lines.beside(-1));
    if (isGone) this.lines.drop(pk);
    if (next) return this.showNext(next.dataset.line);
    if (isGone) this.#clear();
    return false;
  }

  /* What somebody else has decided on meanwhile is passed over. */
  async showNext(pk) {
    const isShown = await this.show(pk);
    return isShown && !this.belongs ? this.goOn({ isGone: true }) : isShown;
  }

  #clear() {
    this.root.querySelector(".side")?.remove();
    this.card.replaceWith(this.root.querySelector("template[data-empty]").content.cloneNode(true));
    this.root.querySelector(NOTHING).focus();
  }
}

function isSame(card, fresh) {
  if (!fresh || card.dataset.status !== fresh.dataset.status) return false;
  const read = (one, name) => one.querySelector(`form[data-decide] [name=${name}]`)?.value;
  return ["seen", "count"].every((name) => read(card, name) === read(fresh, name));
}
