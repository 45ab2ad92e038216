/* The live globe of story and home. page.js imports it after load, in view, when idle. */
import { horizonFrame, stripFrame } from "./frames.js";
import { lookAt, showPlaces, startLive } from "./live.js";
import { showList } from "./place_list.js";
import { readPlaces } from "./places.js";

/** Puts the globe in the place of the section's drawn map; the places of other stories come when they are there. */
export function start(section) {
  const frame = section.matches(".globe-strip") ? stripFrame(section) : horizonFrame(section);
  const globe = startLive(section, frame);
  section.dataset.isLive = "";
  readPlaces(section.dataset.stories).then(
    (places) => {
      showPlaces(globe, places);
      showList(section.querySelector(".globe-list"), places, section.dataset, (place) => lookAt(globe, place));
      section.dataset.places = places.length;
    },
    () => {}, // no list: the globe stands without them
  );
}
