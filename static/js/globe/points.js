/* The marks of places as links over the canvas, for those who point. The same links stand in the list (place_list.js)
   for everybody else, so these are hidden from the keyboard and from screen readers. */
import { shortName, storyCount } from "./places.js";

// Width and height of a label's letters, and what it keeps to its mark and to other labels: pixels.
const LETTER = 7.5;
const LINE = 16;
const BESIDE = 14;

/** Puts links for these marks into the layer, in place of what was there. */
export function showPoints(layer, marks, { bounds, hasLabels, countText }) {
  const taken = marks.map(({ x, y }) => [x - 8, y - 8, x + 8, y + 8]);
  const links = marks.flatMap((mark, number) => {
    const places = mark.places.filter((place) => place.stories.length);
    if (!places.length) return [];
    const link = pointLink(mark, places, countText);
    if (hasLabels) addLabel(link, mark, { bounds, taken, number });
    return link;
  });
  layer.replaceChildren(...links);
}

function pointLink({ x, y }, places, countText) {
  const link = document.createElement("a");
  const [story] = places[0].stories;
  link.className = "globe-point";
  link.href = story.path;
  link.tabIndex = -1;
  link.title = describe(places, countText);
  link.style.translate = `${x.toFixed(1)}px ${y.toFixed(1)}px`;
  return link;
}

/** The newest headline, the places, and how many stories where there are several. */
export function describe(places, countText) {
  const count = storyCount(places);
  const names = places.map((place) => place.name).join("; ");
  return [places[0].stories[0].title, names, ...(count > 1 ? [`${countText} ${count}`] : [])].join("\n");
}

/** A label on the first side where it leaves the bounds nowhere and meets nothing. */
function addLabel(link, mark, { bounds, taken, number }) {
  const more = mark.places.length - 1;
  const text = shortName(mark.places[0]) + (more ? ` +${more}` : "");
  const width = text.length * LETTER;
  for (const [side, left, top] of sides(mark, width)) {
    const box = [left, top, left + width, top + LINE];
    const isInside = left >= bounds.left && top >= bounds.top && box[2] <= bounds.right && box[3] <= bounds.bottom;
    if (!isInside || taken.some((other, at) => at !== number && meet(box, other))) continue;
    taken.push(box);
    const label = document.createElement("span");
    label.className = `globe-label is-${side}`;
    label.textContent = text;
    link.append(label);
    return;
  }
}

function* sides({ x, y }, width) {
  yield ["right", x + BESIDE, y - LINE / 2];
  yield ["left", x - BESIDE - width, y - LINE / 2];
  yield ["below", x - width / 2, y + BESIDE];
  yield ["above", x - width / 2, y - BESIDE - LINE];
}

function meet(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}
