/* The line above the queue: what was done last, with the way back, or what stood against it. It keeps its place. */

export class Said {
  // What can be taken back, the newest last. An entry: {undo, sentence, comment}.
  #done = [];

  constructor(root) {
    this.words = root.dataset;
    this.line = root.querySelector("[data-undo]");
    this.text = this.line.querySelector("[data-said]");
    this.form = this.line.querySelector("[data-undo-form]");
    // A decision that was made by a plain form.
    const undo = this.form?.hidden ? "" : this.form?.getAttribute("action");
    if (undo) this.#done.push({ undo, sentence: this.text.textContent });
  }

  get last() {
    return this.#done.at(-1);
  }

  done(answer) {
    if (answer.undo) this.#done.push(answer);
    this.#show(answer.sentence);
    this.line.classList.toggle("is-final", !answer.undo);
  }

  /* After an undo the line offers the decision before that one. */
  undone(sentence) {
    this.#done.pop();
    this.#show([sentence, this.last?.sentence].filter(Boolean).join(" "));
  }

  /* `kind`: what was in the way (deciding.js); a refusal has its own sentence. */
  against({ refused, fault }) {
    this.#show(refused ?? this.words[fault], true);
    if (fault === "out") this.text.append(" ", this.#signIn());
    this.line.scrollIntoView({ block: "nearest" });
    this.isLost = Boolean(fault);
  }

  note(sentence, isAgainst = false) {
    this.#show(sentence, isAgainst);
  }

  /* The connection is back, or the session: what was said of it is true no longer. */
  settle() {
    if (!this.isLost) return;
    this.isLost = false;
    this.#show(this.last?.sentence ?? "");
  }

  // In another tab, so that the queue stays as it is.
  #signIn() {
    const link = document.createElement("a");
    link.textContent = this.words.signIn;
    link.href = `${this.words.login}?next=${encodeURIComponent(location.pathname + location.search)}`;
    link.target = "_blank";
    return link;
  }

  #show(sentence, isAgainst = false) {
    this.text.textContent = sentence;
    this.line.classList.toggle("is-against", isAgainst);
    this.line.classList.remove("is-final");
    if (this.form) this.form.hidden = !this.last;
  }
}

export function showCounts(counts = {}) {
  for (const [name, number] of Object.entries(counts)) {
    for (const place of document.querySelectorAll(`[data-count="${name}"]`)) {
      place.textContent = number;
      // The navigation is silent where nothing waits.
      place.closest(".nav-list b")?.toggleAttribute("hidden", number === "0");
    }
  }
}

/* Those of another page of the desk. */
export function countsOf(page) {
  const counts = [...page.querySelectorAll("[data-count]")];
  return Object.fromEntries(counts.map((one) => [one.dataset.count, one.textContent]));
}
