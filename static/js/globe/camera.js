/* How a globe is looked at: an orthographic projection whose middle turns from one place to another.

   The Earth's axis always stands upright. A latitude beyond a pole (-100) looks across it: the far side hangs on top. */
import { geoDistance, geoOrthographic } from "d3-geo";

const QUARTER = Math.PI / 2;

export function makeProjection({ radius, x, y, latitude, longitude }) {
  return geoOrthographic()
    .clipAngle(90)
    .precision(0.4)
    .scale(radius)
    .translate([x, y])
    .rotate([-longitude, -latitude]);
}

/** {latitude, longitude, radius} of a projection: what stands in its middle, and how large. */
export function viewOf(projection) {
  const [longitude, latitude] = projection.rotate();
  return { latitude: -latitude, longitude: -longitude, radius: projection.scale() };
}

/** A part that is not given stays as it is. */
export function setView(projection, view) {
  const { latitude, longitude, radius } = { ...viewOf(projection), ...view };
  projection.rotate([-longitude, -latitude]).scale(radius);
}

/** Is this place on the near side? */
export function inSight(projection, longitude, latitude) {
  const view = viewOf(projection);
  return geoDistance([longitude, latitude], [view.longitude, view.latitude]) < QUARTER;
}

/** Turns the projection to a view (a part that is not given stays), draws every frame, and stands still then.

   `isStill`: at once, in one frame. Answers a function that stops it where it stands; `done` is called at the end only. */
export function turn(projection, view, { milliseconds = 1200, draw, isStill = false, done = () => {} }) {
  const from = viewOf(projection);
  const to = { ...view };
  if ("longitude" in to) to.longitude = from.longitude + shortWay(to.longitude - from.longitude);
  let frame = 0;
  let start;
  const step = (now) => {
    start ??= now;
    const part = isStill ? 1 : Math.min(1, (now - start) / milliseconds);
    setView(projection, part < 1 ? between(from, to, ease(part)) : to);
    draw();
    if (part < 1) frame = requestAnimationFrame(step);
    else done();
  };
  if (isStill) step(0);
  else frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}

/** The same turn as -180 to 180 degrees. */
function shortWay(degrees) {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

function between(from, to, part) {
  return Object.fromEntries(Object.keys(to).map((name) => [name, from[name] + (to[name] - from[name]) * part]));
}

/** Slow, fast, slow. */
function ease(part) {
  return part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2;
}
