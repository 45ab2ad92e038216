/* The bar over the text, its keys, and what Enter and a paste do in the text. The text itself is a plain field. */
import * as edit from "./edit.js";
import { say } from "./words.js";

const MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const ADDRESS = /^https?:\/\/\S+$/;

export function start(form, { openPhoto }) {
  const body = form.querySelector("#id_body");
  const bar = form.querySelector("[data-tools]");
  const help = document.getElementById("shortcuts");
  if (!body || !bar) return;
  const commands = commandsFor(body, openPhoto, help);
  const run = (name) => commands[name]?.();
  bar.hidden = false;
  document.querySelectorAll("[data-command]").forEach((button) => {
    button.hidden = false;
    // The text keeps its selection.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => run(button.dataset.command));
  });
  showKeys();
  rove(bar);
  const keys = new Map([...bar.querySelectorAll("[data-keys]")].map((b) => [b.dataset.keys, b.dataset.command]));
  body.addEventListener("keydown", (event) => press(event, body, keys, run));
  body.addEventListener("paste", (event) => pasteLink(event, body));
}

function commandsFor(body, openPhoto, help) {
  const table = () => {
    const [head, cell] = [say("tableHead"), say("tableCell")];
    edit.block(body, `| ${head} | ${head} |\n| --- | --- |\n| ${cell} | ${cell} |`, head);
  };
  return {
    bold: () => edit.wrap(body, "**"),
    italic: () => edit.wrap(body, "*"),
    link: () => edit.link(body, say("linkText")),
    heading2: () => edit.prefix(body, "## "),
    heading3: () => edit.prefix(body, "### "),
    list: () => edit.prefix(body, "- "),
    numbers: () => edit.prefix(body, (index) => `${index + 1}. `),
    quote: () => edit.prefix(body, "> "),
    pull: () => edit.prefix(body, (index) => (index ? "> " : "> [!pull] ")),
    photo: openPhoto,
    table,
    note: () => edit.footnote(body, say("footnote")),
    help: () => help.showModal(),
  };
}

/* "Mod+Alt+2" as this machine writes it. */
function shown(keys) {
  const names = MAC ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" } : { Mod: "Ctrl" };
  return keys.split("+").map((key) => names[key] ?? key).join(MAC ? "" : "+");
}

function showKeys() {
  document.querySelectorAll("kbd[data-keys]").forEach((kbd) => (kbd.textContent = shown(kbd.dataset.keys)));
  document.querySelectorAll("button[data-keys]").forEach((button) => {
    const name = button.getAttribute("aria-label") ?? button.textContent.trim();
    button.title = `${name} ${shown(button.dataset.keys)}`;
    button.setAttribute("aria-keyshortcuts", button.dataset.keys.replace("Mod", MAC ? "Meta" : "Control"));
  });
}

/* One stop for Tab; the arrow keys go from button to button. */
function rove(bar) {
  const buttons = [...bar.querySelectorAll("button")];
  const take = (button) => {
    buttons.forEach((other) => (other.tabIndex = other === button ? 0 : -1));
    return button;
  };
  take(buttons[0]);
  bar.addEventListener("focusin", (event) => take(event.target.closest("button") ?? buttons[0]));
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (next === undefined || at < 0) return;
    event.preventDefault();
    take(buttons[(next + buttons.length) % buttons.length]).focus();
  });
}

function pressed(event) {
  // AltGr types { [ @ on a Croatian keyboard, and some systems report it as Ctrl+Alt.
  if (event.getModifierState("AltGraph") || !(MAC ? event.metaKey : event.ctrlKey)) return "";
  const key = event.code.replace(/^(Digit|Key)/, "");
  return ["Mod", event.altKey && "Alt", event.shiftKey && "Shift", key].filter(Boolean).join("+");
}

function press(event, body, keys, run) {
  if (event.isComposing) return;
  const command = keys.get(pressed(event));
  const plainEnter = event.key === "Enter" && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (command) run(command);
  else if (!(plainEnter && edit.continueList(body))) return;
  event.preventDefault();
}

/* An address pasted over words makes a link of them. */
function pasteLink(event, body) {
  const address = event.clipboardData?.getData("text/plain").trim() ?? "";
  const words = body.value.slice(body.selectionStart, body.selectionEnd);
  if (!words || words.includes("\n") || ADDRESS.test(words) || !ADDRESS.test(address)) return;
  event.preventDefault();
  edit.replace(body, body.selectionStart, body.selectionEnd, `[${words}](${address})`);
}
