/* The list of located stories that the server printed: what the globe's points are made of, filtered by section and
   age, list and points alike. */
import { fill } from "./wording.js";

const DAY = 86_400_000;

/** The places of the list: {key, name, position, latitude, longitude, row, stories, count}, the newest first. */
export function readPlaces(list) {
  return [...(list?.querySelectorAll("li[data-latitude]") ?? [])].map((row) => {
    const { key, name, position, latitude, longitude } = row.dataset;
    const stories = [...row.querySelectorAll("[data-at]")].map(readStory);
    const place = { key, name, position, row, stories, count: stories.length };
    return { ...place, latitude: Number(latitude), longitude: Number(longitude) };
  });
}

function readStory(element) {
  const link = element.querySelector("h3 a");
  const { section, at } = element.dataset;
  return { element, section, at: Date.parse(at), title: link.textContent, path: link.getAttribute("href") };
}

/** `parts`: section and age (the two fields), none (the sentence for an empty list), count (the number of places). */
export function startFilter(places, { section, age, none, count }, changed) {
  const all = count?.textContent;
  const show = () => {
    const since = age.value ? Date.now() - Number(age.value) * DAY : -Infinity;
    for (const place of places) {
      for (const story of place.stories) {
        story.element.hidden = story.at < since || (section.value !== "" && story.section !== section.value);
      }
      place.count = place.stories.filter((story) => !story.element.hidden).length;
      place.row.hidden = !place.count;
    }
    const shown = places.filter((place) => place.count).length;
    none.hidden = shown > 0 || !places.length;
    if (count) count.textContent = shown < places.length ? fill(count.dataset.of, { shown }) : all;
    changed();
  };
  section.addEventListener("change", show);
  age.addEventListener("change", show);
  // A browser that comes back to the page brings the reader's choice with it.
  show();
}

/** Tells `look(place)` whose row the mouse rests on or the keyboard has reached, `pick(place)` whose pin is chosen. */
export function startRows(places, look, pick) {
  const REST = 150;
  let timer;
  for (const place of places) {
    const { row } = place;
    row.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") timer = setTimeout(look, REST, place);
    });
    row.addEventListener("pointerleave", () => clearTimeout(timer));
    row.addEventListener("focusin", () => look(place));
    row.querySelector(".loc-p")?.addEventListener("click", (event) => {
      event.preventDefault();
      pick(place);
    });
  }
}
