/* What stands on the ground: places of stories and launch sites, with labels where they fit; and the dial around. */
import { ACCENT, DEEP, INK, WASH } from "../globe/colours.js";
import { project } from "./sight.js";

const SITE = "#8fcdaa"; // --ok of .night
// Nearer to the limb than this (its depth) a mark would be pressed flat.
const EDGE = 0.06;
const TOGETHER = 18; // pixels: nearer places share a mark
const LETTERS = 12.5;
const TICK = "#39434f"; // --line-2 of .night
const AIR = 5;

/** Marks in the picture: {kind, x, y, radius, members}, of stories (nearer ones together), then of launch sites. */
export function findMarks(sight, places, sites) {
  const marks = [];
  for (const place of places) {
    const at = project(sight, place.latitude, place.longitude);
    if (at.depth < EDGE) continue;
    const near = marks.find((mark) => Math.hypot(mark.x - at.x, mark.y - at.y) < TOGETHER);
    if (near) near.members.push(place);
    else marks.push({ kind: "places", x: at.x, y: at.y, members: [place] });
  }
  for (const mark of marks) mark.radius = 6 + 2 * Math.min(4, sum(mark.members.map((place) => place.count)));
  for (const site of sites) {
    const { x, y, depth } = project(sight, site.latitude, site.longitude);
    if (depth >= EDGE) marks.push({ kind: "site", x, y, radius: 6, members: [site] });
  }
  return marks;
}

export function drawMarks(context, marks, font) {
  context.lineJoin = "round";
  for (const mark of marks) (mark.kind === "site" ? drawSite : drawPlace)(context, mark);
  context.font = `500 ${LETTERS}px ${font}`;
  const taken = marks.map(({ x, y, radius }) => [x - radius, y - radius, x + radius, y + radius]);
  // Those with more stories choose first; launch sites take what is left.
  const weights = new Map(marks.map((mark) => [mark, mark.kind === "site" ? 0 : mark.radius]));
  for (const mark of [...marks].sort((one, other) => weights.get(other) - weights.get(one))) {
    placeLabel(context, mark, taken);
  }
}

/** A tick in each five degrees at the edge of the box, a longer one in each thirty, while the globe leaves room. */
export function drawTicks(context, { x, y, radius, width, height }) {
  const outer = Math.min(width, height) / 2 - 1;
  if (radius > outer - 10) return;
  const path = new Path2D();
  for (let degrees = 0; degrees < 360; degrees += 5) {
    const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
    const inner = outer - (degrees % 30 ? 5 : 9);
    path.moveTo(x + outer * sine, y - outer * cosine);
    path.lineTo(x + inner * sine, y - inner * cosine);
  }
  context.strokeStyle = TICK;
  context.lineWidth = 1;
  context.stroke(path);
}

function drawPlace(context, { x, y, radius }) {
  disc(context, x, y, radius);
  context.fillStyle = WASH;
  context.fill();
  context.strokeStyle = ACCENT;
  context.lineWidth = 1.2;
  context.stroke();
  disc(context, x, y, 4);
  context.fillStyle = DEEP;
  context.fill();
  disc(context, x, y, 3);
  context.fillStyle = ACCENT;
  context.fill();
}

function drawSite(context, { x, y }) {
  context.beginPath();
  context.moveTo(x, y - 6);
  context.lineTo(x + 5.5, y + 4);
  context.lineTo(x - 5.5, y + 4);
  context.closePath();
  context.fillStyle = DEEP;
  context.fill();
  context.strokeStyle = SITE;
  context.lineWidth = 1.4;
  context.stroke();
}

function disc(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/* Right, left, below or above of its mark, where it meets nothing; else nowhere. */
function placeLabel(context, mark, taken) {
  const text = labelOf(mark);
  const width = context.measureText(text).width;
  const beside = mark.radius + AIR;
  const right = context.canvas.width / context.getTransform().a;
  for (const [left, middle] of [
    [mark.x + beside, mark.y],
    [mark.x - beside - width, mark.y],
    [mark.x - width / 2, mark.y + beside + LETTERS / 2],
    [mark.x - width / 2, mark.y - beside - LETTERS / 2],
  ]) {
    const box = [left - AIR, middle - LETTERS * 0.6, left + width + AIR, middle + LETTERS * 0.6];
    const own = [mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius];
    const meets = taken.some((other) => !same(other, own) && overlap(box, other));
    if (left < 0 || left + width > right || meets) continue;
    taken.push(box);
    drawLabel(context, text, left, middle, mark.kind === "site" ? SITE : INK);
    return;
  }
}

/** 'San Francisco', 'San Francisco +2' for two more places. */
function labelOf({ members }) {
  const name = members[0].name.split(",")[0];
  return members.length > 1 ? `${name} +${members.length - 1}` : name;
}

export function drawLabel(context, text, x, y, colour) {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.strokeStyle = DEEP;
  context.lineWidth = 4;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

/** The mark at a point, or else the nearest within reach, as {mark, distance}; distance 0 is within the mark. */
export function nearestMark(marks, x, y, reach) {
  let best = null;
  for (const mark of marks) {
    const distance = Math.max(0, Math.hypot(mark.x - x, mark.y - y) - mark.radius);
    if (distance <= reach && (!best || distance < best.distance)) best = { mark, distance };
  }
  return best;
}

function overlap(one, other) {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

function same(one, other) {
  return one.every((value, at) => value === other[at]);
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
