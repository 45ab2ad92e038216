/* The engraved globe on a canvas, the twin of tracker/globe.py: parallels over land only.

   A parallel is an ellipse with level axes, so each span of land is one arc of it, cut where it leaves the near side
   and where day ends. Angles are radians in here. */
import { geoCircle, geoPath } from "d3-geo";
import { mesh } from "topojson-client";
import atlas from "world-atlas/land-110m.json";
import table from "../../../tracker/land.json";
import { COAST, DARK_SEA, DAY, GRID, LIMB, NIGHT, SEA } from "./colours.js";
import { viewOf } from "./camera.js";

const DEGREE = Math.PI / 180;
const ROUND = 2 * Math.PI;
const ALL_ROUND = [[-Math.PI, Math.PI]];
const NIGHT_CIRCLE = geoCircle().radius(90);
// {latitude in degrees: [[west, east], …]}: where each parallel crosses land.
const LAND = new Map(Object.entries(table).map(([latitude, ends]) => [Number(latitude), pairs(ends)]));
// So far below the canvas lines still begin, so that none ends in sight.
const BLEED = 60;
let coastPoints;

/** Sea, grid, land and limb. `step`, `grid`: degrees between two lines; `sun`: [longitude, latitude] of the place that
   has it overhead, without it all is day; `weight`: of the lines over land; `coast`: with a faint coast line. */
export function drawEarth(context, projection, { step = 2, grid = 30, sun = null, coast = false, weight = 1 } = {}) {
  const camera = readCamera(context, projection);
  const disc = new Path2D();
  disc.arc(camera.x, camera.y, camera.radius, 0, ROUND);
  context.fillStyle = SEA;
  context.fill(disc);
  if (sun) shadeNight(context, projection, sun);
  line(context, gridLines(camera, grid), GRID, 0.7);
  if (coast) line(context, coastLines(camera), COAST, 0.8);
  const land = landLines(camera, step, sun);
  line(context, land.night, NIGHT, 0.8 * weight);
  line(context, land.day, DAY, 0.95 * weight);
  line(context, disc, LIMB, 1);
}

function line(context, path, colour, width) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke(path);
}

function readCamera(context, projection) {
  const { latitude, longitude, radius } = viewOf(projection);
  const [x, y] = projection.translate();
  const bottom = context.canvas.height / context.getTransform().d;
  const tilt = latitude * DEGREE;
  return { x, y, radius, bottom, longitude: longitude * DEGREE, sin: Math.sin(tilt), cos: Math.cos(tilt) };
}

function shadeNight(context, projection, [longitude, latitude]) {
  context.beginPath();
  geoPath(projection, context)(NIGHT_CIRCLE.center([longitude + 180, -latitude])());
  context.fillStyle = DARK_SEA;
  context.fill();
}

function landLines(camera, step, sun) {
  const day = new Path2D();
  const night = new Path2D();
  for (const [latitude, spans] of LAND) {
    if (latitude % step) continue;
    const parallel = readParallel(camera, latitude * DEGREE);
    if (!parallel) continue;
    const seen = overlaps(spans, parallel.seen);
    const lit = sun ? litStretch(parallel, sun) : { middle: 0, half: Math.PI };
    const dark = { middle: lit.middle + Math.PI, half: Math.PI - lit.half };
    for (const span of overlaps(seen, lit)) addArc(day, parallel, span);
    for (const span of overlaps(seen, dark)) addArc(night, parallel, span);
  }
  return { day, night };
}

/** The ellipse of a parallel on the canvas, with the stretch of it that is seen; nothing when none is. */
function readParallel(camera, latitude) {
  const sin = Math.sin(latitude);
  const cos = Math.cos(latitude);
  const { radius } = camera;
  const y = camera.y - radius * sin * camera.cos;
  const height = radius * cos * camera.sin;
  if (y + Math.abs(height) < 0 || y - Math.abs(height) > camera.bottom) return null;
  const seen = stretch(camera.longitude, sin * camera.sin, cos * camera.cos);
  return seen.half > 0 ? { sin, cos, x: camera.x, y, width: radius * cos, height, from: camera.longitude, seen } : null;
}

function litStretch({ sin, cos }, [longitude, latitude]) {
  const up = latitude * DEGREE;
  return stretch(longitude * DEGREE, sin * Math.sin(up), cos * Math.cos(up));
}

/** Where a + b · cos(longitude - middle) is positive, as the middle and the half width of a stretch of longitudes. */
function stretch(middle, a, b) {
  if (b < 0) return stretch(middle + Math.PI, a, -b);
  return { middle, half: b > 1e-12 ? Math.acos(Math.min(1, Math.max(-1, -a / b))) : a > 0 ? Math.PI : 0 };
}

/** The parts of these [west, east] that lie in a stretch of a circle. */
function overlaps(spans, { middle, half }) {
  if (half <= 0) return [];
  if (half >= Math.PI) return spans;
  const found = [];
  for (const [west, east] of spans) {
    const first = Math.ceil((west - middle - half) / ROUND);
    for (let turn = first; middle - half + turn * ROUND < east; turn += 1) {
      const at = middle + turn * ROUND;
      found.push([Math.max(west, at - half), Math.min(east, at + half)]);
    }
  }
  return found;
}

function addArc(path, parallel, [west, east]) {
  const { x, y, width, height } = parallel;
  const start = west - parallel.from;
  const end = east - parallel.from;
  path.moveTo(x + width * Math.sin(start), y + height * Math.cos(start));
  // The canvas counts angles from the right, downwards; the parallel's south side lies below, or above, its middle.
  const [first, last] = height < 0 ? [start - Math.PI / 2, end - Math.PI / 2] : [Math.PI / 2 - start, Math.PI / 2 - end];
  path.ellipse(x, y, width, Math.abs(height), 0, first, last, height >= 0);
}

function gridLines(camera, step) {
  const path = new Path2D();
  for (let latitude = step - 90; latitude < 90; latitude += step) {
    const parallel = readParallel(camera, latitude * DEGREE);
    if (!parallel) continue;
    for (const span of overlaps(ALL_ROUND, parallel.seen)) addArc(path, parallel, span);
  }
  for (let longitude = -180; longitude < 180; longitude += step) {
    const points = [];
    for (let latitude = -90; latitude <= 90; latitude += 3) points.push(...unit(longitude * DEGREE, latitude * DEGREE));
    addPolyline(path, camera, points);
  }
  return path;
}

function coastLines(camera) {
  coastPoints ??= mesh(atlas, atlas.objects.land).coordinates.map((points) =>
    Float32Array.from(points.flatMap(([longitude, latitude]) => unit(longitude * DEGREE, latitude * DEGREE))),
  );
  const path = new Path2D();
  for (const points of coastPoints) addPolyline(path, camera, points);
  return path;
}

/** Points on the sphere of radius 1, three numbers each, as a line wherever they are on the near side and not below the
    canvas, where most of a strip's globe is. */
function addPolyline(path, camera, points) {
  const { x, y, radius, sin, cos, bottom } = camera;
  const east = Math.sin(camera.longitude);
  const front = Math.cos(camera.longitude);
  let isDrawing = false;
  for (let at = 0; at < points.length; at += 3) {
    const ahead = points[at] * front + points[at + 1] * east;
    const down = y - radius * (points[at + 2] * cos - ahead * sin);
    const isSeen = down < bottom + BLEED && points[at + 2] * sin + ahead * cos >= 0;
    if (isSeen) {
      const right = x + radius * (points[at + 1] * front - points[at] * east);
      if (isDrawing) path.lineTo(right, down);
      else path.moveTo(right, down);
    }
    isDrawing = isSeen;
  }
}

function unit(longitude, latitude) {
  const flat = Math.cos(latitude);
  return [flat * Math.cos(longitude), flat * Math.sin(longitude), Math.sin(latitude)];
}

/** Tenths of degrees in a row as pairs of radians. */
function pairs(ends) {
  const found = [];
  for (let at = 0; at < ends.length; at += 2) found.push([(ends[at] * DEGREE) / 10, (ends[at + 1] * DEGREE) / 10]);
  return found;
}
