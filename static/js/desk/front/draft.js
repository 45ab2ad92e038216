/* What was changed and is not put up yet. Kept on this device: a reload, an error or a lost session takes nothing. */
import { read, write } from "../../storage.js";

const MOST_STEPS = 50;

export class Draft {
  constructor(user, language, basedOn) {
    this.place = `front-page:${user}:${language}`;
    this.fresh = basedOn;
    this.load();
  }

  load() {
    this.state = this.#kept() ?? this.#empty();
  }

  #kept() {
    try {
      const kept = JSON.parse(read(this.place));
      return kept && Array.isArray(kept.changes) && Array.isArray(kept.cancelled) && kept.past ? kept : null;
    } catch {
      return null;
    }
  }

  #empty() {
    const key = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join("");
    return { key, basedOn: this.fresh, changes: [], cancelled: [], past: [] };
  }

  get key() {
    return this.state.key;
  }

  get isEmpty() {
    return !this.state.changes.length && !this.state.cancelled.length;
  }

  get canUndo() {
    return this.state.past.length > 0;
  }

  #save() {
    write(this.place, this.isEmpty && !this.canUndo ? null : JSON.stringify(this.state));
  }

  /** Begins a step that undo() takes back as a whole. */
  step() {
    const { changes, cancelled, past } = this.state;
    past.push({ changes: structuredClone(changes), cancelled: [...cancelled] });
    past.splice(0, past.length - MOST_STEPS);
  }

  put(place, story, { start = "", until = "" } = {}) {
    const section = place.split(":")[0];
    const isReplaced = (change) =>
      (change.place === place && change.start === start) ||
      (!start && !change.start && change.story === story && change.place.split(":")[0] === section);
    this.state.changes = this.state.changes.filter((change) => !isReplaced(change));
    this.state.changes.push({ place, story, start, until });
    this.#save();
  }

  leave(place) {
    this.put(place, "");
  }

  /** A placement to come does not: `pk` of one that is put up, or place and story of one of this draft. */
  cancel(pk, place, story) {
    if (pk) this.state.cancelled.push(pk);
    else this.state.changes = this.state.changes.filter((one) => one.place !== place || one.story !== story);
    this.#save();
  }

  /** All changes of a place. */
  drop(place) {
    this.state.changes = this.state.changes.filter((change) => change.place !== place);
    this.#save();
  }

  undo() {
    Object.assign(this.state, this.state.past.pop());
    this.#save();
  }

  /** Empty again; with `past` what was thrown away can be taken back. */
  forget(past = []) {
    this.state = { ...this.#empty(), past };
    this.#save();
  }

  /** An empty draft is built on what stands there now. */
  renew(basedOn) {
    this.fresh = this.state.basedOn = basedOn;
  }

  rebase(basedOn) {
    this.state.basedOn = basedOn;
    this.#save();
  }

  /** [[name, value], …] as the desk's forms take them. */
  fields() {
    const { changes, cancelled } = this.state;
    const rows = changes.flatMap((change, index) =>
      ["place", "story", "start", "until"].map((name) => [`changes-${index}-${name}`, change[name]]),
    );
    return [
      ["based_on", this.isEmpty ? this.fresh : this.state.basedOn],
      ["key", this.key],
      ["changes-TOTAL_FORMS", String(changes.length)],
      ...rows,
      ...cancelled.map((pk) => ["cancel", pk]),
    ];
  }
}
