/* The window of one place: which story, which place, from, until. Opened for a place, a story, or what is to come. */
import { afterTyping, storiesIn } from "./pool.js";

export class Chooser {
  constructor(outline) {
    this.outline = outline;
    this.dialog = document.getElementById("chooser");
    this.form = document.getElementById("chooser-form");
    this.query = document.getElementById("chooser-q");
    this.list = this.dialog.querySelector("[data-pool]");
    const fill = storiesIn(this.list, outline);
    this.find = () => fill(this.query.value, this.place);
    afterTyping(this.query, this.find);
    this.form.elements.place.addEventListener("change", () => this.#choice().hidden || this.find());
    this.form.addEventListener("submit", (event) => this.#set(event));
    this.list.addEventListener("click", (event) => this.#pick(event));
    this.dialog.addEventListener("click", ({ target }) => {
      if (target.closest("[data-close]") || target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener("keydown", (event) => this.#walk(event));
    this.dialog.addEventListener("close", () => outline.spot(outline.held)?.element.focus());
  }

  get place() {
    return this.form.elements.place.value;
  }

  get times() {
    return { start: this.form.elements.start.value, until: this.form.elements.until.value };
  }

  #choice() {
    return this.dialog.querySelector("[data-choose]");
  }

  open(asked) {
    this.asked = asked;
    const { place, start, until, isToCome } = asked;
    this.form.reset();
    this.#offerPlaces(place, asked.storySection);
    this.form.elements.start.value = start ?? "";
    this.form.elements.until.value = until ?? "";
    this.dialog.querySelector("[data-chosen]").textContent = asked.title ?? "";
    this.form.querySelector("[value=keep]").hidden = !asked.story;
    this.form.querySelector("[value=leave]").hidden = !asked.isPlaced;
    this.#choice().hidden = !place || Boolean(isToCome);
    this.query.value = "";
    this.list.replaceChildren();
    this.dialog.showModal();
    if (this.#choice().hidden) return this.form.elements.place.focus();
    this.query.focus();
    return this.find();
  }

  /** A place offers its neighbours and the lead; a story the places that take it. */
  #offerPlaces(place, storySection) {
    const section = place?.includes(":") ? place.split(":")[0] : storySection;
    let first = null;
    for (const option of this.form.elements.place.options) {
      const fits = option.dataset.section === "" || option.dataset.section === section;
      option.hidden = option.disabled = !fits;
      if (fits && option.dataset.section) first ??= option.value;
    }
    this.form.elements.place.value = place ?? first ?? "lead";
  }

  #pick(event) {
    const row = event.target.closest("[data-pick]");
    if (!row) return;
    event.preventDefault();
    const { pick, title, storySection } = row.dataset;
    const { place, times } = this;
    // The end of what stood there does not hold for another story.
    if (times.until === (this.asked.until ?? "")) times.until = "";
    this.outline.put(place, { id: pick, title, section: storySection }, times);
    this.dialog.close();
  }

  #set(event) {
    event.preventDefault();
    const { asked, place, times, outline } = this;
    const story = { id: asked.story, title: asked.title, section: asked.storySection };
    if (event.submitter?.value === "leave") outline.leave(asked.place);
    else if (asked.isToCome) outline.postpone(asked, place, times);
    else if (asked.isPlaced && asked.place !== place && !times.start) outline.carry(asked.place, place, times.until);
    else outline.put(place, story, times);
    this.dialog.close();
  }

  /** Arrow keys go through the list that was found. */
  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const picks = [...this.list.querySelectorAll(".put-here")];
    const here = picks.indexOf(document.activeElement);
    if (!step || !picks.length || (here < 0 && event.target !== this.query)) return;
    event.preventDefault();
    (picks[here + step] ?? (here + step < 0 ? this.query : picks.at(-1))).focus();
  }
}
