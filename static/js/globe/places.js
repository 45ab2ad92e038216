/* The places of the news, as stories.json has them, and the marks that they make on a globe. */
import { inSight, makeProjection } from "./camera.js";

// Degrees east of where the drawn map has its middle.
const TURNS = [0, -10, 10, -20, 20, -30, 30, -40, 40, -50, 50, -60, 60];

/** Places without the story that is being read. Fails where the list cannot be had. */
export async function readPlaces(address) {
  const { places } = await (await fetch(address)).json();
  return places
    .map((place) => ({ ...place, stories: place.stories.filter((story) => story.path !== location.pathname) }))
    .filter((place) => place.stories.length);
}

/** Marks {x, y, places, dots} of what is on the near side and within bounds. A place nearer than `apart` to the first of a
    mark shares it; the first has the newest story. `dots`: [x, y] of each of its places. */
export function findMarks(projection, places, { left, top, right, bottom }, apart) {
  const marks = [];
  for (const place of places) {
    if (!inSight(projection, place.longitude, place.latitude)) continue;
    const [x, y] = projection([place.longitude, place.latitude]);
    if (x < left || x > right || y < top || y > bottom) continue;
    const near = marks.find((mark) => Math.hypot(mark.x - x, mark.y - y) < apart);
    const mark = near ?? { x, y, places: [], dots: [] };
    if (!near) marks.push(mark);
    mark.places.push(place);
    mark.dots.push([x, y]);
  }
  return marks;
}

/** The view, turned by up to 60° east or west, that shows most stories; of equals the least turned. */
export function bestView(view, places, box) {
  let best;
  let most = -1;
  for (const turn of TURNS) {
    const turned = { ...view, longitude: view.longitude + turn };
    const marks = findMarks(makeProjection({ ...box, ...turned }), places, box.bounds, 0);
    const count = storyCount(marks.flatMap((mark) => mark.places));
    if (count > most) [best, most] = [turned, count];
  }
  return best;
}

export function storyCount(places) {
  return places.reduce((count, place) => count + place.stories.length, 0);
}

/** "San Francisco" of "San Francisco, California". */
export function shortName(place) {
  return place.name.split(",")[0].trim() || place.name;
}
