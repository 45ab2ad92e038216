/* Fills #passes: sentences, choices and rows, from the page's own templates. The markup is that of
   templates/tracker/passes.html. */

import { makeWords } from "./pass_words.js";
import { fill } from "./wording.js";

const CHOICES = 8;
const MOMENTS = ["rise", "culmination", "set"];

const by = (id) => document.getElementById(id);
const words = makeWords(by("passes"));

export function sentence(key) {
  return by("pass-sentences").content.querySelector(`[data-key="${key}"]`).textContent;
}

/** Sentences above the table, each a [key, values]. */
export function say(...lines) {
  by("pass-notes").replaceChildren(...lines.map(([key, values]) => note(key, values)));
}

function note(key, values = {}) {
  const line = document.createElement("p");
  line.className = "pass-note";
  line.textContent = fill(sentence(key), values);
  return line;
}

/** What the table is of; without a satellite, of nothing. */
export function title(satellite, place) {
  const line = by("pass-of");
  const texts = { name: satellite?.name, number: satellite?.number, place: place?.name };
  for (const [part, text] of Object.entries(texts)) line.querySelector(`[data-part=${part}]`).textContent = text ?? "";
  line.hidden = !satellite;
}

export function clearErrors() {
  for (const name of ["satellite", "place"]) {
    by(`error-${name}`).hidden = true;
    by(`pass-${name}`).removeAttribute("aria-invalid");
  }
}

/** The answer of the worker; null for a set too old to ask it. */
export function show(satellite, place, answer) {
  const { name, age, epoch } = satellite;
  const of = { name, date: words.date(epoch, place.zone) };
  const passes = answer?.passes.slice(0, Number(by("passes").dataset.most)) ?? [];
  const notes = ["lost", "stale", "demo"].filter((key) => key === age);
  if (answer && !passes.length) notes.push(reason(answer));
  say(...notes.map((key) => [key, of]));
  setRows(passes.map((one) => row(one, place.zone, age === "demo")));
  const moments = passes.length ? passes.map(({ rise }) => rise.at) : [answer?.from ?? Date.now()];
  by("pass-offset").textContent = answer ? words.offsets(moments, place.zone) : "";
}

function setRows(rows) {
  by("pass-rows").replaceChildren(...rows);
  by("pass-table").hidden = !rows.length;
}

/** Several satellites to choose from, or the sentence that there is none. */
export function offer(found, typed, choose) {
  title(null);
  setRows([]);
  by("pass-offset").textContent = "";
  if (!found.length) return say(["unknown", { typed }]);
  const list = document.createElement("ul");
  list.className = "pass-choices";
  list.setAttribute("role", "list");
  list.append(...found.slice(0, CHOICES).map((satellite) => choice(satellite, choose)));
  by("pass-notes").replaceChildren(note("several", { typed }), list);
  if (found.length > CHOICES) by("pass-notes").append(note("more"));
}

function row(one, zone, hasYear) {
  const line = by("pass-row").content.cloneNode(true).firstElementChild;
  const part = (name, within = line) => within.querySelector(`[data-part=${name}]`);
  part("date").textContent = words.night(one.rise.at, zone, hasYear);
  for (const name of MOMENTS) {
    const cell = part(name);
    setTime(cell.querySelector("time"), one[name].at, zone);
    if (part("direction", cell)) part("direction", cell).textContent = words.direction(one[name].azimuth);
  }
  const elevation = Math.round(one.culmination.elevation);
  part("elevation").textContent = `${elevation}°`;
  part("bar").setAttribute("width", elevation);
  const [from, until] = part("visible").querySelectorAll("time");
  setTime(from, one.visibleFrom, zone);
  setTime(until, one.visibleUntil, zone);
  return line;
}

function setTime(time, at, zone) {
  time.dateTime = new Date(at).toISOString().replace(/\.\d+Z$/, "+00:00");
  time.textContent = words.time(at, zone);
}

function reason({ isLost, never, always }) {
  if (isLost) return "fallen";
  if (never) return "never";
  return always ? "always" : "unseen";
}

/* A link that leads to the server's answer, and gives it here where it is simply followed. */
function choice({ index, name, number }, choose) {
  const link = document.createElement("a");
  const place = by("pass-place").value;
  link.href = `?${new URLSearchParams({ satellite: number, ...(place && { place }) })}#passes`;
  const digits = document.createElement("span");
  digits.className = "num";
  digits.textContent = number;
  link.append(`${name} `, digits);
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    choose(index);
  });
  const line = document.createElement("li");
  line.append(link);
  return line;
}
