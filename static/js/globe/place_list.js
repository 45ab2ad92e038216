/* The globe's stories as a list, for the keyboard and for screen readers: a <details> in a <nav> that is seen only while
   it has the focus. It lies over the page, so that nothing moves. */
/** Fills the list and shows it to the keyboard. `look(place)` is called when a link takes the focus, `look(null)` when
    the list is left. */
export function showList(nav, places, texts, look) {
  const details = nav.querySelector("details");
  const items = places.flatMap((place) => place.stories.map((story) => item(story, place, texts, look)));
  nav.querySelector("ul").replaceChildren(...items);
  nav.querySelector("[data-count]").textContent = items.length;
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

function item(story, place, texts, look) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  const about = document.createElement("span");
  link.href = story.path;
  link.textContent = story.title;
  link.addEventListener("focus", () => look(place));
  about.className = "meta";
  about.textContent = [place.name, ...(story.is_demo ? [texts.demoText] : [])].join(" · ");
  row.append(link, about);
  return row;
}
