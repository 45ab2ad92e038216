/* The dialog's second tab: the photos that are there, by thumbnail; a click or Enter takes one. */
import { say } from "./words.js";

const PAUSE = 250;

export function startLibrary(dialog, take) {
  const list = dialog.querySelector("[data-photos]");
  const older = dialog.querySelector("[data-older]");
  const says = dialog.querySelector("[data-library-says]");
  const query = dialog.querySelector("#picture-q");
  let before = "";
  let timer;
  let request;

  const load = async (isMore) => {
    request?.abort();
    request = new AbortController();
    const asked = new URLSearchParams({ q: query.value.trim(), before: isMore ? before : "", language: dialog.dataset.language });
    try {
      const answer = await fetch(`${dialog.dataset.pick}?${asked}`, { signal: request.signal });
      if (!answer.ok) throw new Error(answer.status);
      const { photos, older: cursor } = await answer.json();
      if (!isMore) list.replaceChildren();
      const first = list.childElementCount;
      list.append(...photos.map((photo) => item(photo, take)));
      before = cursor ?? "";
      older.hidden = !cursor;
      says.textContent = list.childElementCount ? "" : say("nothingFound");
      if (isMore) list.children[first]?.firstElementChild.focus();
    } catch (error) {
      if (error.name !== "AbortError") says.textContent = say("lost");
    }
  };

  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(load, PAUSE);
  });
  older.addEventListener("click", () => load(true));
  list.addEventListener("keydown", (event) => {
    const all = [...list.querySelectorAll("button")];
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    all[all.indexOf(document.activeElement) + step]?.focus();
  });
  return {
    open: () => {
      query.focus();
      load(false);
    },
  };
}

function item(photo, take) {
  const row = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const image = Object.assign(document.createElement("img"), { src: photo.thumbnail, alt: photo.alt || "", loading: "lazy" });
  const title = Object.assign(document.createElement("span"), { textContent: photo.title });
  const credit = Object.assign(document.createElement("span"), { className: "sub", textContent: photo.credit });
  button.append(image, title, credit);
  button.addEventListener("click", () => take(photo));
  row.append(button);
  return row;
}
