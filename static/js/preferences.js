/* The theme button, the theme radios in the footer, and the PRO lamp. theme.js has applied what was stored. */
import { write } from "./storage.js";

const root = document.documentElement;

export function startPreferences() {
  showTheme();
  showMode();
  document.addEventListener("click", (event) => {
    const control = event.target.closest("[data-toggle]");
    if (control?.dataset.toggle === "theme") setTheme(isDay() ? "dark" : "light");
    else if (control?.dataset.toggle === "mode") setMode(root.dataset.mode !== "pro");
    else return;
    event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    if (event.target.name === "theme") setTheme(event.target.value);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    showTheme();
    showMode();
  });
}

function isDay() {
  if (root.dataset.theme) return root.dataset.theme === "light";
  return matchMedia("(prefers-color-scheme: light)").matches;
}

function setTheme(theme) {
  const chosen = theme === "dark" || theme === "light" ? theme : null;
  if (chosen) root.dataset.theme = chosen;
  else delete root.dataset.theme;
  write("theme", chosen);
  showTheme();
}

function showTheme() {
  const theme = root.dataset.theme ?? "auto";
  for (const radio of document.querySelectorAll("input[name=theme]")) radio.checked = radio.value === theme;
}

function setMode(isPro) {
  if (isPro) root.dataset.mode = "pro";
  else delete root.dataset.mode;
  write("mode", isPro ? "pro" : null);
  showMode();
}

function showMode() {
  const isPro = root.dataset.mode === "pro";
  for (const lamp of document.querySelectorAll("[data-toggle=mode]")) lamp.setAttribute("aria-pressed", isPro);
  for (const panel of document.querySelectorAll("details[data-pro-open]")) panel.open = isPro;
}
