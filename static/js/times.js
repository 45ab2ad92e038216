/* "1d ago" over the date that the server printed: <time data-rel datetime>, in the language around it. */

const STEPS = [
  ["year", 365 * 86400],
  ["month", 30 * 86400],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

export function startTimes(root = document) {
  for (const time of root.querySelectorAll("time[data-rel][datetime]")) relate(time);
}

function relate(time) {
  const seconds = (new Date(time.dateTime) - Date.now()) / 1000;
  if (Number.isNaN(seconds)) return;
  const text = phrase(seconds, (time.closest("[lang]") ?? document.documentElement).lang);
  time.title ||= time.textContent.trim();
  time.textContent = time.dataset.rel === "paren" ? `(${text})` : text;
}

function phrase(seconds, language) {
  if (Math.abs(seconds) < 60) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(0, "second");
  const [unit, length] = STEPS.find((step) => Math.abs(seconds) >= step[1]) ?? STEPS.at(-1);
  // English has "1d ago"; elsewhere the narrow forms are cut too short ("prije 1 d" for "prije 1 dan").
  const style = language.startsWith("en") ? "narrow" : "short";
  return new Intl.RelativeTimeFormat(language, { style }).format(Math.trunc(seconds / length), unit);
}
