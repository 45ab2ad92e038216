/* Numbers, positions and times as this page's language writes them. */

const { lang } = document.documentElement;
// The edition's English prints "26 Nov 2026".
const LOCALE = lang === "en" ? "en-GB" : lang;
const formats = {
  date: new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }),
  clock: new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" }),
  ago: new Intl.RelativeTimeFormat(LOCALE, { numeric: "always" }),
};
const numbers = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat(LOCALE, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
);
const STEPS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

export const number = (value, digits = 0) => numbers[digits].format(value);
export const date = (milliseconds) => (lang === "hr" ? croatianDate(milliseconds) : formats.date.format(milliseconds));
export const clock = (milliseconds) => `${formats.clock.format(milliseconds)} UTC`;
export const moment = (milliseconds) => `${date(milliseconds)}, ${clock(milliseconds)}`;

/* "26. 6. 2026.", as the server prints it: the browser would name the month, or put a zero before it. */
function croatianDate(milliseconds) {
  const day = new Date(milliseconds);
  return `${day.getUTCDate()}. ${day.getUTCMonth() + 1}. ${day.getUTCFullYear()}.`;
}

/** "3 hours ago". */
export function ago(milliseconds, now = Date.now()) {
  const [unit, length] = STEPS.find((step) => Math.abs(now - milliseconds) >= step[1]) ?? STEPS.at(-1);
  return formats.ago.format(Math.trunc((milliseconds - now) / length), unit);
}

/** "31.2° N 44.8° W"; `compass` has the letters of north, south, east and west. */
export function position(latitude, longitude, compass) {
  const [north, south, east, west] = compass;
  const up = `${number(Math.abs(latitude), 1)}° ${latitude < 0 ? south : north}`;
  return `${up} ${number(Math.abs(longitude), 1)}° ${longitude < 0 ? west : east}`;
}

/** Puts values into words of the page: fill("{n} of 14 places", {n: 3}). */
export function fill(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
