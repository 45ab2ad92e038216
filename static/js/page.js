/* What else a page does: the globe strip wakes, a link is copied, the search box takes the cursor. */
import { announce } from "./announce.js";

const COPIED_FOR = 2500;

// The words of a strip that waits for its globe do not wait longer than this.
const GLOBE_WITHIN = 8000;

/* <section data-globe="address of the module">: its globe comes to life after load, when it is in view and the browser has
   nothing else to do, and not for readers who save data. Whatever happens, the drawn map and its words are there. */
export function startGlobe() {
  const section = document.querySelector("[data-globe]");
  if (!section) return;
  if (document.readyState === "complete") awaitGlobe(section);
  else addEventListener("load", () => awaitGlobe(section));
}

function awaitGlobe(section) {
  const ready = () => (section.dataset.state = "ready");
  if (navigator.connection?.saveData) return ready();
  const watch = new IntersectionObserver((entries) => {
    if (!entries.at(-1).isIntersecting) return ready();
    watch.disconnect();
    const bring = () => import(section.dataset.globe).then((globe) => globe.start(section)).catch(() => {}).finally(ready);
    (window.requestIdleCallback ?? setTimeout)(bring);
    setTimeout(ready, GLOBE_WITHIN);
  });
  watch.observe(section);
}

/* <button data-copy-link="address" data-copied-text="Link copied" hidden>; its words stand in [data-label]. */
export function startCopyLinks() {
  if (!navigator.clipboard) return; // only where the browser allows it: HTTPS or localhost
  for (const button of document.querySelectorAll("[data-copy-link]")) {
    button.hidden = false;
    button.addEventListener("click", () => copyLink(button));
  }
}

async function copyLink(button) {
  const label = button.querySelector("[data-label]") ?? button;
  const address = new URL(button.dataset.copyLink || location.pathname, location.href).href;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    return; // the reader refused
  }
  const text = (label.dataset.text ??= label.textContent);
  label.textContent = button.dataset.copiedText;
  announce(button.dataset.copiedText);
  setTimeout(() => (label.textContent = text), COPIED_FOR);
}

export function startSearchBox() {
  const box = document.querySelector(".searchbox[popover]");
  box?.addEventListener("toggle", (event) => {
    if (event.newState !== "open") return;
    const field = box.querySelector("input");
    field.focus();
    field.select();
  });
}
