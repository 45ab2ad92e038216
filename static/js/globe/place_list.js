/* The globe's stories as a list, for the keyboard and for screen readers: a <details> in a <nav> that is seen only while
   it has the focus. It lies over the page, so that nothing moves. */
import { storyCount } from "./places.js";

/** Fills the list and shows it to the keyboard. `look(place)` is called when a link takes the focus, `look(null)` when
    the list is left. */
export function showList(nav, places, texts, look) {
  const details = nav.querySelector("details");
  nav.querySelector("ul").replaceChildren(...places.map((place) => item(place, texts, look)));
  nav.querySelector("[data-count]").textContent = places.length;
  nav.hidden = !places.length;
  const close = () => {
    details.open = false;
    look(null);
  };
  nav.addEventListener("focusout", (event) => {
    if (!nav.contains(event.relatedTarget)) close();
  });
  nav.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    nav.querySelector("summary").focus();
    close();
  });
}

function item(place, texts, look) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  const about = document.createElement("span");
  const [story] = place.stories;
  const count = storyCount([place]);
  link.href = story.path;
  link.textContent = story.title;
  link.addEventListener("focus", () => look(place));
  about.className = "meta";
  const words = [place.name, ...(count > 1 ? [`${texts.countText} ${count}`] : []), ...(story.is_demo ? [texts.demoText] : [])];
  about.textContent = words.join(" · ");
  row.append(link, about);
  return row;
}
