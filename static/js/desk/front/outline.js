/* The outline on the page: draws the draft, moves stories, says what happened. One change at a time, in order. */
import { announce } from "../../announce.js";

const words = document.getElementById("front-words")?.dataset;

export class Outline {
  constructor(form, draft) {
    Object.assign(this, { form, draft, board: document.getElementById("board"), held: "lead", work: Promise.resolve() });
    this.fault = form.querySelector("[data-fault]");
  }

  start() {
    this.form.querySelectorAll(".later, [data-put-up]").forEach((part) => (part.hidden = false));
    document.getElementById("front-keys").hidden = false;
    this.board.addEventListener("focusin", ({ target }) => {
      const place = target.closest(".place");
      if (place) this.held = place.dataset.place;
    });
    document.addEventListener("click", ({ target }) => {
      if (target.closest("[data-undo]")) this.undo();
      else if (target.closest("[data-discard]")) this.discard();
      else if (target.closest("[data-again]")) this.do(() => null);
      else if (target.closest("[data-go-on]")) this.goOn();
      else if (target.closest("[data-drop]")) this.drop(target.closest("[data-drop]").dataset.drop);
    });
    this.form.addEventListener("submit", () => this.fill());
    addEventListener("storage", ({ key }) => {
      if (key !== this.draft.place) return;
      this.draft.load();
      this.do(() => null);
    });
    addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
    this.arm();
    if (!this.draft.isEmpty) this.do(() => words.kept);
  }

  /** Runs after what is being done already: `change` alters the draft and returns the sentence that says so. */
  do(change) {
    this.work = this.work.then(async () => {
      const sentence = change();
      if (sentence === false) return;
      const isDrawn = await this.draw();
      if (sentence && isDrawn) this.say(sentence);
    });
    return this.work;
  }

  say(text, values) {
    announce(this.sentence(text, values));
  }

  sentence(text, values = {}) {
    return text.replace(/{(\w+)}/g, (whole, name) => values[name] ?? whole);
  }

  // Reading the outline

  spot(place) {
    const element = this.board.querySelector(`.place[data-place="${CSS.escape(place)}"]`);
    return element && { element, ...element.dataset, isPlaced: "placed" in element.dataset };
  }

  takes(place, section) {
    const wanted = this.spot(place)?.section;
    return wanted !== undefined && (wanted === "" || wanted === section);
  }

  beside(place, step) {
    const [section, position] = place.split(":");
    return position ? this.spot(`${section}:${Number(position) + step}`) : null;
  }

  // Changing it

  put(place, story, times = {}) {
    this.do(() => {
      if (!this.takes(place, story.section)) return this.#refuse(place);
      this.draft.step();
      this.draft.put(place, story.id, times);
      this.held = place;
      return this.sentence(words.placed, { title: story.title, place: this.spot(place).label });
    });
  }

  leave(place) {
    this.do(() => this.left(place));
  }

  /** The story of one place goes to another; one that was placed there takes its place. */
  carry(from, to, until = null) {
    this.do(() => this.carried(from, to, until));
  }

  // The same, for what runs inside do() already.

  left(place) {
    this.draft.step();
    this.draft.leave(place);
    return this.sentence(words.left, { place: this.spot(place).label });
  }

  carried(from, to, until = null) {
    const [one, other] = [this.spot(from), this.spot(to)];
    if (!one?.story || from === to) return false;
    if (!this.takes(to, one.storySection)) return this.#refuse(to);
    this.draft.step();
    const isSwap = one.isPlaced && other.isPlaced && this.takes(from, other.storySection);
    if (isSwap) this.draft.put(from, other.story, { until: other.until });
    else if (one.isPlaced) this.draft.leave(from);
    this.draft.put(to, one.story, { until: until ?? one.until ?? "" });
    this.held = to;
    if (isSwap) return this.sentence(words.swapped, { title: one.title, other: other.title });
    return this.sentence(words.placed, { title: one.title, place: other.label });
  }

  /** `come`: a placement that is to come, as its button describes it; with `times` it comes then, else never. */
  postpone(come, place, times = null) {
    this.do(() => {
      this.draft.step();
      this.draft.cancel(come.come, come.place, come.story);
      if (times) this.draft.put(place, come.story, times);
      return this.sentence(times ? words.times : words.cancelled, { title: come.title, place: this.spot(place).label });
    });
  }

  undo() {
    this.do(() => {
      if (!this.draft.canUndo) return false;
      this.draft.undo();
      return words.undone;
    });
  }

  discard() {
    this.do(() => {
      this.draft.step();
      this.draft.forget(this.draft.state.past);
      return words.discarded;
    });
  }

  /** Takes what cannot be put up out of the draft. */
  drop(place) {
    this.do(() => {
      this.draft.step();
      this.draft.drop(place);
      return words.undone;
    });
  }

  goOn() {
    this.do(() => {
      this.draft.rebase(this.board.firstElementChild.dataset.fingerprint);
      return "";
    });
  }

  #refuse(place) {
    this.say(words.refused, { place: this.spot(place).label });
    return false;
  }

  // Drawing it

  fill() {
    const box = this.form.querySelector("[data-fields]");
    box.replaceChildren();
    for (const [name, value] of this.draft.fields()) {
      const known = this.form.elements[name];
      if (known instanceof HTMLInputElement && !box.contains(known)) known.value = value;
      else box.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  }

  async draw() {
    this.fill();
    this.board.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(this.form.dataset.board, { method: "POST", body: new FormData(this.form) });
      if (answer.redirected || answer.status === 403) return this.#fail(words.signedOut, true);
      if (answer.status === 400) return this.#fail(words.unreadable);
      if (!answer.ok) return this.#fail(words.silent);
      const hadFocus = this.board.contains(document.activeElement) || document.activeElement === document.body;
      this.board.innerHTML = await answer.text();
      this.fault.hidden = true;
      this.arm();
      if (hadFocus) this.spot(this.held)?.element.focus();
      return true;
    } catch {
      return this.#fail(words.silent);
    } finally {
      this.board.removeAttribute("aria-busy");
    }
  }

  #fail(sentence, isSignedOut = false) {
    this.fault.querySelector("[data-fault-text]").textContent = sentence;
    this.fault.querySelector("[data-sign-in]").hidden = !isSignedOut;
    this.fault.hidden = false;
    this.showLine(sentence);
    announce(sentence);
    return false;
  }

  /** What the server drew gets its handles. */
  arm() {
    this.board.querySelectorAll("button[data-do]").forEach((button) => (button.hidden = false));
    this.board.querySelectorAll(".place").forEach((place) => {
      place.tabIndex = 0;
      place.draggable = "story" in place.dataset;
      place.setAttribute("aria-describedby", "front-keys");
      place.classList.toggle("is-here", place.dataset.place === this.held);
      // Each has its key, so that Tab goes from place to place.
      place.querySelectorAll(".place-do > *").forEach((tool) => (tool.tabIndex = -1));
    });
    if (this.draft.isEmpty) this.draft.renew(this.board.firstElementChild.dataset.fingerprint);
    this.showLine();
    this.onDrawn?.();
  }

  showLine() {
    const { count, says } = this.board.firstElementChild.dataset;
    const line = this.form.querySelector("[data-line]");
    line.hidden = this.draft.isEmpty && !this.draft.canUndo;
    line.querySelector("[data-count]").textContent = says;
    line.querySelector("[data-kept]").hidden = this.draft.isEmpty;
    line.querySelector("[data-undo]").disabled = !this.draft.canUndo;
    line.querySelector("[data-discard]").hidden = this.draft.isEmpty;
    this.form.querySelectorAll("[data-put-up]").forEach((button) => (button.disabled = count === "0"));
  }
}
