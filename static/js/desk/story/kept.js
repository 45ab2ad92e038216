/* A text that was typed and never saved: offered above the form, and put into it only when the person says so. */

import * as device from "./device.js";
import { bench, drop, page, pairsOf, send } from "./working.js";

// Not what the person has written, or written anew by the server each time.
const BESIDE = /^(based_on|reason|publish_at_was|reviewer_was)$|-(TOTAL_FORMS|INITIAL_FORMS|ORDER)$/;

const written = (pairs) => JSON.stringify(pairs.filter(([name, value]) => value && !BESIDE.test(name)).sort());

const moment = (milliseconds) => {
  const time = new Date(milliseconds);
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: bench.dataset.timeZone };
  if (time.toDateString() !== new Date().toDateString()) Object.assign(options, { day: "numeric", month: "short" });
  return new Intl.DateTimeFormat(document.documentElement.lang, options).format(time);
};

/* Straight into the controls: the way for a text that the server does not take. */
function fill(form, fields) {
  for (const [name, value] of fields) {
    const field = form.elements[name];
    if (!field?.type || field.type === "hidden" || field.value === value) continue;
    field.value = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}

async function take(form, text) {
  const told = { key: text.key, based_on: text.based_on || 0, fields_json: JSON.stringify(text.fields) };
  const answer = await send(form, told);
  if (answer?.kept) location.assign(`${bench.dataset.page}?take=${text.key}`);
  else if (page.state === "ok") fill(form, text.fields);
}

/* What this device has kept for the story, newer than what the server knows of. */
function waiting(form) {
  const notice = document.getElementById("kept");
  const here = written(pairsOf(form));
  const texts = device.texts(page.user, bench.dataset.story).filter((text) => {
    if (text.key === form.elements.desk_key.value) return false;
    // It was saved after all, or typed for nothing.
    if (written(text.fields) === here) device.remove(text.key);
    return written(text.fields) !== here;
  });
  const there = Date.parse(notice.dataset.keptAt) || 0;
  return texts.find((text) => text.kept_at > there - 5_000 || text.key === notice.dataset.key) ?? null;
}

export function offer(form) {
  const notice = document.getElementById("kept");
  if ("unsaved" in bench.dataset) return takeNewer(form);
  let text = waiting(form);
  const show = () => {
    notice.hidden = !text && !notice.dataset.key;
    if (!text) return;
    const sentence = notice.querySelector("[data-sentence]");
    sentence.textContent = sentence.dataset.text.replace("{time}", moment(text.kept_at));
    const title = notice.querySelector("[data-title]");
    title.textContent = text.title;
    title.hidden = !text.title;
  };
  show();
  notice.querySelector("[data-take]").addEventListener("click", (event) => {
    // The server's own is an ordinary link.
    if (!text) return;
    event.preventDefault();
    take(form, text);
  });
  notice.querySelector("[data-drop]").addEventListener("submit", async (event) => {
    event.preventDefault();
    const key = text?.key ?? notice.dataset.key;
    device.remove(key);
    await drop(form, key);
    if (key === notice.dataset.key) delete notice.dataset.key;
    text = waiting(form);
    show();
  });
}

/* The form was filled with the server's copy of a text; this device may have a later one of the same. */
function takeNewer(form) {
  const takenAt = Date.parse(bench.dataset.takenAt);
  const key = form.elements.desk_key.value;
  const text = device.texts(page.user, bench.dataset.story).find((one) => one.key === key);
  if (text?.kept_at > takenAt + 5_000 && written(text.fields) !== written(pairsOf(form))) take(form, text);
}
