/* What else a page does: the globe strip wakes, a link is copied, the search box takes the cursor. */
import { announce } from "./announce.js";

const COPIED_FOR = 2500;

export function startGlobeStrip() {
  const wake = () => {
    for (const strip of document.querySelectorAll(".globe-strip[data-state=loading]")) strip.dataset.state = "ready";
  };
  if (document.readyState === "complete") wake();
  else addEventListener("load", wake);
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
