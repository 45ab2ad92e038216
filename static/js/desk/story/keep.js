/* Keeps what is typed and not saved: on this device a second later, on the server every ten; and says so, truthfully. */

import * as device from "./device.js";
import { offer } from "./kept.js";
import { bench, drop, page, pairsOf, send } from "./working.js";

const SILENCE = 1_000;
const AT_THE_LATEST = 4_000;
const TO_SERVER = 10_000;

export function start(form) {
  if (!bench?.dataset.working) return;
  const line = document.getElementById("saved");
  const kept = line.querySelector("[data-kept]");
  const key = () => form.elements.desk_key.value;
  const content = () => JSON.stringify(pairsOf(form));
  const now = { text: "", typed: false, here: null, hereAt: 0, full: false, there: null, thereAt: "", sending: null };
  let opened = null;
  let timer = 0;
  let firstTyped = 0;

  const isUnsaved = () => now.typed || now.text !== opened;
  const isSafe = () => !now.typed && (now.here === now.text || now.there === now.text);

  const ago = () => {
    const seconds = Math.round((Date.now() - now.hereAt) / 1000);
    const [number, unit] = seconds < 60 ? [seconds, "second"] : [Math.floor(seconds / 60), "minute"];
    return new Intl.RelativeTimeFormat(document.documentElement.lang, { style: "narrow" }).format(-number, unit);
  };

  const words = () => {
    const says = kept.dataset;
    if (page.state !== "ok" && isUnsaved() && now.full) return says.lost;
    if (page.state !== "ok") return says[page.state];
    if (!isUnsaved()) return "";
    if (now.typed) return says.writing;
    if (now.there === now.text) return (now.full ? says.server : says.both).replace("{time}", now.thereAt);
    return now.full ? says.nowhere : says.here.replace("{ago}", ago());
  };

  const paint = () => {
    const text = words();
    if (kept.textContent !== text) kept.textContent = text;
    line.classList.toggle("saved--local", isUnsaved());
    line.classList.toggle("saved--trouble", page.state !== "ok" || (isUnsaved() && now.full && now.there !== now.text));
    // Trouble is read out at once; what happens every few seconds is not.
    kept.setAttribute("aria-live", line.classList.contains("saved--trouble") ? "polite" : "off");
  };

  const keepHere = () => {
    clearTimeout(timer);
    timer = firstTyped = 0;
    now.typed = false;
    now.text = content();
    if (!isUnsaved()) {
      device.remove(key());
      now.here = null;
    } else if (now.here !== now.text) {
      const title = form.elements.title?.value ?? "";
      const text = { fields: JSON.parse(now.text), based_on: form.elements.based_on.value, title, kept_at: Date.now() };
      now.full = !device.put(page.user, bench.dataset.story, key(), text);
      now.here = now.full ? null : now.text;
      now.hereAt = Date.now();
    }
    paint();
  };

  const keepThere = async (options) => {
    if (now.sending && !options) return now.sending;
    const text = now.text;
    // Back to what is saved: the server has nothing to keep either.
    if (!isUnsaved() ? now.there === null : now.there === text) return null;
    if (!isUnsaved()) {
      now.there = null;
      return drop(form, key());
    }
    now.sending = send(form, { fields_json: text }, options);
    const answer = await now.sending;
    now.sending = null;
    if (answer?.kept) {
      [now.there, now.thereAt] = [text, answer.kept];
      if (now.here === text) device.noteThere(page.user, bench.dataset.story, key());
    }
    return paint();
  };

  const typed = (event) => {
    if (event.target.closest?.("[data-send]")) return;
    now.typed = true;
    firstTyped ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(keepHere, Math.max(0, Math.min(SILENCE, firstTyped + AT_THE_LATEST - Date.now())));
    paint();
  };

  // What other scripts put into the form while it opens is no change of the person's.
  setTimeout(() => {
    now.text = content();
    opened = "unsaved" in bench.dataset ? null : now.text;
    forgetSaved(form);
    offer(form);
    if (opened === null) keepHere();
    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    setInterval(() => {
      if (!now.typed && content() !== now.text) keepHere();
      if (!page.leaving && ["ok", "offline"].includes(page.state)) keepThere();
    }, TO_SERVER);
    setInterval(paint, 1_000);
    paint();
  });

  page.addEventListener("state", paint);
  page.addEventListener("user", (event) => {
    form.elements.desk_key.value = event.detail;
    now.here = now.there = null;
    keepHere();
  });
  page.addEventListener("save", (event) => {
    keepHere();
    if (now.sending) event.detail.push(now.sending);
  });
  const leave = () => {
    if (opened === null && !now.text) return;
    keepHere();
    if (!page.leaving && isUnsaved() && now.there !== now.text) keepThere({ afterwards: true });
  };
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  window.addEventListener("beforeunload", (event) => {
    if (page.leaving) return;
    keepHere();
    if (isUnsaved() && !isSafe()) event.preventDefault();
  });
}

/* After a save the server names the form that it came from. */
function forgetSaved(form) {
  const address = new URL(location.href);
  const saved = address.searchParams.get("saved");
  if (!saved) return;
  device.remove(saved);
  // A copy may have reached the server after the save.
  drop(form, saved);
  address.searchParams.delete("saved");
  history.replaceState(history.state, "", address);
}
