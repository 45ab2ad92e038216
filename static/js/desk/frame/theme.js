/* The button for day and night. The readers' theme.js has applied what was stored, before the first paint. */
import { write } from "../../storage.js";

const root = document.documentElement;

export function startTheme() {
  const button = document.querySelector(".theme-toggle");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    set(next());
    say(button);
  });
  addEventListener("pageshow", () => say(button));
  say(button);
}

/* As the system, then the other one, then the system's own even if that changes. */
function next() {
  const isNight = matchMedia("(prefers-color-scheme: dark)").matches;
  const order = isNight ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  return order[(order.indexOf(now()) + 1) % order.length];
}

const now = () => root.dataset.theme || "auto";

function set(theme) {
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  write("theme", theme === "auto" ? null : theme);
}

function say(button) {
  button.title = button.dataset[now()];
  button.setAttribute("aria-label", button.title);
}
