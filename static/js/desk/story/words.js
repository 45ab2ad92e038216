/* The words of the story's page, which the server wrote in the language of the desk (articles/story_writing.py). */
const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "{}");

export const words = read("story-words");
export const sectionPaths = read("section-paths");
const language = document.documentElement.lang;
const plural = new Intl.PluralRules(language);
const figure = new Intl.NumberFormat(language);

/* say("count", {n: 3, most: 5}): "%(n)s of %(most)s" with its values. */
export function say(name, values = {}) {
  const entry = words[name] ?? "";
  const sentence = typeof entry === "string" ? entry : (entry[plural.select(values.n)] ?? entry.other);
  const value = (key) => (typeof values[key] === "number" ? figure.format(values[key]) : (values[key] ?? ""));
  return sentence.replace(/%\((\w+)\)s/g, (_, key) => value(key)).replaceAll("%%", "%");
}

let waiting;

/* Tells screen readers, once the person pauses. */
export function announce(sentence, after = 0) {
  const region = document.getElementById("story-says");
  clearTimeout(waiting);
  waiting = setTimeout(() => (region.textContent = sentence), after);
}

/* Sets a field's value as if it had been typed, so that all who listen follow: counters, preview, autosave. */
export function setValue(field, value) {
  if (field.value === value) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
