/* Who else has the story open, and whether somebody has saved it meanwhile. */

import { guardSubmit } from "./signed_out.js";
import { bench, page, partOf, send } from "./working.js";

const EVERY = 15_000;

const showOthers = (others) => {
  const place = document.getElementById("here");
  const sentences = others.map((other) => other.sentence).join(" · ");
  if (place.dataset.shown === sentences) return;
  place.dataset.shown = sentences;
  place.replaceChildren(
    ...others.map((other) => {
      const person = document.createElement("span");
      person.className = "here-one";
      const mark = document.createElement("span");
      mark.className = "person person--live";
      mark.ariaHidden = "true";
      mark.textContent = other.initials;
      person.append(mark, other.sentence);
      return person;
    }),
  );
};

const showNewer = (sentence) => {
  const notice = document.getElementById("newer");
  if (!notice || notice.querySelector("[data-sentence]").textContent === sentence) return;
  notice.hidden = !sentence;
  notice.querySelector("[data-sentence]").textContent = sentence;
};

const saveByKey = (event) => {
  if (event.key?.toLowerCase() !== "s" || !(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  bench.querySelector("[data-save]").click();
};

export function start(form) {
  if (!bench?.dataset.working) return;
  const kbd = bench.querySelector("kbd[data-mac]");
  if (/Mac|iP/.test(navigator.platform)) kbd.textContent = kbd.dataset.mac;
  document.addEventListener("keydown", saveByKey);

  let part = null;
  const beat = () => send(form);
  page.addEventListener("answer", (event) => {
    showOthers(event.detail.here);
    showNewer(event.detail.newer);
  });
  form.addEventListener("focusin", () => {
    const now = partOf(form).split("-")[0];
    if (now === part) return;
    part = now;
    beat();
  });
  document.addEventListener("visibilitychange", () => document.hidden || beat());
  window.addEventListener("online", beat);
  window.addEventListener("pageshow", (event) => event.persisted && beat());
  window.addEventListener("pagehide", () => {
    if (!page.leaving) send(form, { leaving: "on" }, { afterwards: true });
  });
  setInterval(beat, EVERY);
  beat();
  guardSubmit(form);
}
