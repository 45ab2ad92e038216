/* The keys of a page. Whatever carries data-hotkey="n" or data-hotkey="g s" is pressed by it, a field gets the focus. Keys
   that a page's own script handles stand in a <template data-keys data-title> as <dl>. `?` lists them all. */
import { read, write } from "../../storage.js";

const FIELD = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";
const PAUSE = 1500;
let first = "";
let since = 0;

export const isTyping = (target) => Boolean(target.closest?.(FIELD));
export const keysAreOn = () => read("keys") !== "off";

export function startKeys() {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  const box = dialog.querySelector("[data-keys-on]");
  box.checked = keysAreOn();
  box.addEventListener("change", () => write("keys", box.checked ? null : "off"));
  document.querySelectorAll("[data-keys-open]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => show(dialog));
  });
  document.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing && !event.defaultPrevented;
    // A key that is held down is pressed once: it would decide on comments that nobody has read.
    if (isPlain && !event.repeat && keysAreOn() && !isTyping(event.target) && !document.querySelector("dialog[open]")) {
      press(event, dialog);
    }
  });
}

function press(event, dialog) {
  if (event.key === "?") {
    event.preventDefault();
    show(dialog);
    return;
  }
  const both = Date.now() - since < PAUSE && first ? `${first} ${event.key}` : "";
  const control = (both && find(both)) || find(event.key);
  const begins = !control && document.querySelector(`[data-hotkey^="${CSS.escape(event.key)} "]`);
  [first, since] = begins ? [event.key, Date.now()] : ["", 0];
  if (!control) return;
  event.preventDefault();
  if (isTyping(control)) {
    control.focus();
    control.select?.();
  } else control.click();
}

const find = (keys) => document.querySelector(`[data-hotkey="${CSS.escape(keys)}"]`);

function show(dialog) {
  const list = dialog.querySelector("dl");
  dialog.querySelectorAll("[data-filled]").forEach((row) => row.remove());
  document.querySelectorAll("[data-hotkey]").forEach((control) => {
    add(list, control.dataset.hotkey.split(" "), control.dataset.hotkeyName || control.textContent.trim());
  });
  document.querySelectorAll("template[data-keys]").forEach((template) => addOwn(list, template));
  dialog.showModal();
}

function addOwn(list, template) {
  const heading = document.createElement("h3");
  heading.textContent = template.dataset.title;
  const own = template.content.querySelector("dl").cloneNode(true);
  [heading, own].forEach((part) => (part.dataset.filled = ""));
  list.before(heading, own);
}

function add(list, keys, name) {
  const [row, term, said] = ["div", "dt", "dd"].map((tag) => document.createElement(tag));
  row.dataset.filled = "";
  keys.forEach((key) => {
    const shown = document.createElement("kbd");
    shown.textContent = key;
    term.append(shown, " ");
  });
  said.textContent = name;
  row.append(term, said);
  list.append(row);
}
