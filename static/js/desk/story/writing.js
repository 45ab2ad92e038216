/* Title, slug and figures: counters that speak before they shout, the slug that follows the title, words and minutes. */
import { announce, say, sectionPaths, setValue } from "./words.js";

const WORDS_A_MINUTE = 220; // as Article.reading_minutes
const PAUSE = 1200;

export function start(form) {
  const byId = (name) => form.querySelector(`#id_${name}`);
  startCounters(form);
  oneLine(byId("title"), form);
  followTitle(byId("title"), byId("slug"));
  showSection(form, byId("category"));
  showFigures(form, byId("body"));
  if (!byId("title").value && !form.querySelector(".errorlist")) byId("title").focus();
}

function startCounters(form) {
  form.querySelectorAll("[data-count]").forEach((counter) => {
    const field = document.getElementById(counter.dataset.count);
    const { soft, most, name } = counter.dataset;
    const bounds = { soft: Number(soft), most: Number(most) };
    let was = "";
    const show = (event) => {
      const n = lengthOf(field.value, counter.dataset);
      const state = n > bounds.most ? "over" : n > bounds.soft || (n === bounds.soft && bounds.soft < bounds.most) ? "near" : "";
      // Up to the good length the counter speaks of that; beyond it, of what is refused.
      const values = { n, most: n > bounds.soft ? bounds.most : bounds.soft, name };
      counter.textContent = say("count", values);
      counter.className = `count${state && ` count--${state}`}`;
      if (event && state && state !== was) announce(say("countNear", values), PAUSE);
      was = state;
    };
    field.addEventListener("input", show);
    field.addEventListener("change", show);
    show();
  });
}

function lengthOf(text, { countLines, countCommas }) {
  if (countLines !== undefined) return text.split("\n").filter((line) => line.trim()).length;
  if (countCommas !== undefined) return text.split(",").filter((part) => part.trim()).length;
  return [...text.trim()].length;
}

/* A title has no second line: Enter goes on to the next field. */
function oneLine(title, form) {
  title.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    form.querySelector("#id_interpreter").focus();
  });
  title.addEventListener("input", () => {
    if (title.value.includes("\n")) setValue(title, title.value.replace(/\s*\n\s*/g, " "));
  });
}

/* As newsroom/text.py does it: Croatian words stay readable. */
function slugify(text) {
  const plain = text.replace(/[đĐ]/g, "d").normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return slug.length <= 80 ? slug : slug.slice(0, 81).replace(/-[^-]*$/, "").slice(0, 80);
}

/* Until the story was saved once, and as long as nobody wrote another, the slug is the title's. */
function followTitle(title, slug) {
  let last = slugify(title.value);
  if (slug.value && slug.value !== last) return;
  if (slug.value && slug.defaultValue) return;
  title.addEventListener("input", () => {
    if (slug.value !== last && slug.value !== "") return;
    last = slugify(title.value);
    setValue(slug, last);
  });
}

function showSection(form, category) {
  const path = form.querySelector("[data-section-path]");
  const show = () => (path.textContent = sectionPaths[category.value] ?? "/…/");
  category.addEventListener("change", show);
  show();
}

function showFigures(form, body) {
  const line = form.querySelector("[data-figures]");
  const show = () => {
    const n = body.value.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
    const photos = new Set([...body.value.matchAll(/\]\(photo:(\d+)\)/g)].map((match) => match[1])).size;
    const notes = new Set([...body.value.matchAll(/\[\^([^\]]+)\]/g)].map((match) => match[1])).size;
    const parts = [say("words", { n }), say("minutes", { n: Math.max(1, Math.round(n / WORDS_A_MINUTE)) })];
    if (photos) parts.push(say("photos", { n: photos }));
    if (notes) parts.push(say("footnotes", { n: notes }));
    line.replaceChildren(...parts.map((part) => Object.assign(document.createElement("span"), { textContent: part })));
  };
  body.addEventListener("input", show);
  body.addEventListener("change", show);
  show();
}
