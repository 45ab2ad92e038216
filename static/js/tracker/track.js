/* What is drawn round the thing that is picked or pointed at: a satellite's ground track, its footprint and its name;
   a ring round a place. */
import { ACCENT, DEEP, ICE, INK } from "../globe/colours.js";
import { addDiamond } from "./dots.js";
import { drawLabel } from "./layers.js";
import { addLine, circle, project, projectHigh } from "./sight.js";

// The worker's track begins half a revolution back and ends one ahead.
const PAST = 1 / 3;

export function drawTrack(context, sight, { track }) {
  if (!track) return;
  const places = track.map(([longitude, latitude]) => [latitude, longitude]);
  const now = Math.round(places.length * PAST);
  context.strokeStyle = ICE;
  context.lineWidth = 1.1;
  strokeLine(context, sight, places.slice(now));
  context.setLineDash([1.5, 4]);
  context.globalAlpha = 0.7;
  strokeLine(context, sight, places.slice(0, now + 1));
  context.globalAlpha = 1;
  context.setLineDash([]);
}

export function drawFootprint(context, sight, { latitude, longitude, footprint }) {
  if (!footprint) return;
  context.strokeStyle = ICE;
  context.lineWidth = 1;
  context.globalAlpha = 0.75;
  context.setLineDash([5, 4]);
  strokeLine(context, sight, circle(latitude, longitude, footprint));
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function strokeLine(context, sight, places) {
  const path = new Path2D();
  addLine(path, sight, places);
  context.stroke(path);
}

/** The picked satellite itself, with a line down to the place below it; returns its {x, y}, null where nothing is drawn
   since it is behind the globe. `state`: x, y, z and velocity, as the worker sends it. */
export function drawSatellite(context, sight, state, seconds) {
  const [x, y, z] = [0, 1, 2].map((axis) => state[axis] + state[axis + 3] * seconds);
  const point = projectHigh(sight, x, y, z);
  if (!Number.isFinite(point.x) || point.isHidden) return null;
  const across = Math.hypot(x, y);
  const ground = project(sight, (Math.atan2(z, across) * 180) / Math.PI, (Math.atan2(y, x) * 180) / Math.PI);
  context.strokeStyle = ICE;
  context.lineWidth = 1;
  if (ground.depth > 0) {
    context.beginPath();
    context.moveTo(ground.x, ground.y);
    context.lineTo(point.x, point.y);
    context.stroke();
  }
  const diamond = new Path2D();
  addDiamond(diamond, point.x, point.y, 8);
  context.fillStyle = ICE;
  context.fill(diamond);
  context.strokeStyle = DEEP;
  context.lineWidth = 2;
  context.stroke(diamond);
  return point;
}

/** The name of a picked satellite, an element over all canvases: places have theirs on the uppermost. It stands above
   the track, which leads off to one side. */
export function placeName(element, point, name, width) {
  element.hidden = !point;
  if (!point) return;
  if (element.textContent !== name) element.textContent = name;
  const words = element.offsetWidth;
  const left = point.x + 10 + words > width ? point.x - 10 - words : point.x + 10;
  element.style.transform = `translate(${left}px, ${point.y - 24}px)`;
}

/** The ring round what the pointer is over, with its name. */
export function drawOver(context, sight, { x, y, radius, name }, font) {
  context.beginPath();
  context.arc(x, y, radius + 4, 0, 2 * Math.PI);
  context.strokeStyle = INK;
  context.lineWidth = 1.2;
  context.stroke();
  context.font = `500 12.5px ${font}`;
  drawLabel(context, name, beside(context, sight, x, name, radius + 9), y, INK);
}

/** Left of the point where its right side has no room for these words. */
function beside(context, sight, x, words, gap) {
  const { width } = context.measureText(words);
  return x + gap + width > sight.width ? x - gap - width : x + gap;
}

/** The ring round a picked place or launch site. */
export function drawRing(context, sight, { latitude, longitude }) {
  const { x, y, depth } = project(sight, latitude, longitude);
  if (depth <= 0) return;
  context.strokeStyle = ACCENT;
  for (const [radius, width] of [[19, 2], [24, 0.8]]) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.stroke();
  }
}
