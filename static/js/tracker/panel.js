/* The panel of the thing that is picked. Its words are templates of the page: <template data-panel-of="satellite">,
   whose [data-slot]s are filled; a [data-when] stands while its fact is true. */
import { ago, date, fill, moment, number, position } from "./wording.js";

export function makePanel(panel, compass) {
  const idle = [...panel.childNodes];
  const templates = Object.fromEntries(
    [...document.querySelectorAll("template[data-panel-of]")].map((template) => [template.dataset.panelOf, template]),
  );

  function show(kind, slots) {
    panel.replaceChildren(templates[kind].content.cloneNode(true));
    update(slots);
  }

  function update(slots) {
    for (const [name, text] of Object.entries(slots)) {
      for (const slot of panel.querySelectorAll(`[data-slot="${name}"]`)) {
        if (slot.textContent !== text) slot.textContent = text;
      }
    }
  }

  function tell(facts) {
    for (const part of panel.querySelectorAll("[data-when]")) part.hidden = !facts[part.dataset.when];
  }

  return {
    clear: () => panel.replaceChildren(...idle),
    satellite(satellite) {
      show("satellite", { name: satellite.name, number: String(satellite.number), elements: elementsOf(satellite) });
      tell({ [satellite.age]: true, isWaiting: satellite.age !== "lost" });
      const link = panel.querySelector("[data-passes]");
      link.href = fill(link.getAttribute("href"), { number: satellite.number });
    },
    state(satellite, state) {
      const hasPlace = Number.isFinite(state.latitude);
      const isGone = !hasPlace && satellite.age !== "lost";
      tell({ [satellite.age]: true, hasPlace, isGone, isLit: state.sunlit === true, isDark: state.sunlit === false });
      if (!hasPlace) return;
      update({
        over: position(state.latitude, state.longitude, compass),
        altitude: number(state.altitude),
        speed: number(state.speed, 2),
        at: moment(state.at),
      });
    },
    places(places) {
      show("places", { name: places.map((place) => place.name).join(" · ") });
      update({ position: places.map((place) => place.position).join(" · ") });
      const stories = places.flatMap((place) => place.stories).filter((story) => !story.element.hidden);
      repeat(panel, stories, (row, story) => {
        const link = row.querySelector("a");
        link.href = story.path;
        link.textContent = story.title;
      });
    },
    site(site) {
      show("site", { name: site.name, position: position(site.latitude, site.longitude, compass) });
      repeat(panel, site.launches, (row, launch) => {
        row.querySelector("b").textContent = launch.name;
        row.querySelector("span").textContent = [launch.when, launch.status].filter(Boolean).join(" · ");
      });
    },
  };
}

/** "26 Nov 2026, 3 hours ago"; of a demo set the date says it all. */
function elementsOf({ epoch, age }) {
  return age === "demo" ? moment(epoch) : `${date(epoch)}, ${ago(epoch)}`;
}

function repeat(panel, items, fillRow) {
  const first = panel.querySelector("[data-row]");
  for (const item of items) {
    const row = first.cloneNode(true);
    fillRow(row, item);
    first.before(row);
  }
  first.remove();
}
