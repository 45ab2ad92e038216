/* When a satellite passes over a place and can be seen there: sunlit, while the ground lies in the dark.

   The twin of tracker/passes.py, step by step, so that both give the same passes. A pass is the time above HORIZON.
   Sines of elevations are compared: they are smooth even where a satellite crosses the zenith. */

import { makeSky } from "./pass_sky.js";

const DEGREE = Math.PI / 180;
const DAY = 86_400_000;
// Degrees above the horizon from which a satellite counts as risen, and the sun's elevation below which it is dark.
const HORIZON = Math.sin(10 * DEGREE);
const DARK_DEGREES = -6;
// Looks a turn of the orbit, at the pace it has at its lowest point.
const LOOKS_A_TURN = 10;
// Turns a day: no orbit that clears the ground has a quicker pace, however long it is. The Earth turns once.
const FASTEST = 24;
const FAR_BELOW = Math.sin(-20 * DEGREE);
// Parts into which a pass is cut to find what of it can be seen.
const PARTS = 40;
// How exactly each moment is found, in milliseconds.
const EXACT = 10;
// Degrees a day that the sun's elevation changes at most.
const SUN_A_DAY = 361;

/** {passes, never, always, isLost}: the passes not over before `from`, milliseconds since 1970, in the order of time. */
export function seekPasses(orbits, index, latitude, longitude, from, days = 10) {
  const sky = makeSky(orbits, index, latitude, longitude);
  const until = from + days * DAY;
  const nothing = { passes: [], never: false, always: false, isLost: false };
  if (!sky.look(from) || !sky.look(until)) return { ...nothing, isLost: true };
  // A pass that is on at the beginning rose before it, and one that is on at the end sets after it.
  const { nokozai, ecco } = orbits.records[index];
  const turns = (nokozai * 1440) / (2 * Math.PI);
  const margin = DAY / Math.max(turns, 1);
  const pace = turns * Math.sqrt((1 + ecco) / (1 - ecco) ** 3);
  const step = DAY / Math.min(Math.max(pace, 1), FASTEST) / LOOKS_A_TURN;
  const found = heights(sky, from - margin, until + margin, step);
  const within = found.filter(({ at }) => from <= at && at <= until);
  if (!within.some(({ above }) => above > 0)) return { ...nothing, never: true };
  if (within.every(({ above }) => above > 0)) return { ...nothing, always: true };
  const passes = risings(sky, found)
    .filter(({ rise, set }) => rise < until && set > from)
    .map((ends) => visiblePass(sky, ends))
    .filter((one) => one && one.visibleUntil > from);
  return { ...nothing, passes };
}

/* [{at, above}] at every step and at every top between two that may reach the horizon. */
function heights(sky, first, last, step) {
  const found = [];
  let before = null;
  const count = Math.ceil((last - first) / step);
  for (let number = 0; number <= count; number += 1) {
    const at = first + number * step;
    const [sine, climb] = [sky.height(at), sky.climb(at)];
    if (before && before.climb > 0 && climb <= 0 && Math.max(before.sine, sine) > FAR_BELOW) {
      const top = root(sky.climb, before.at, at);
      found.push({ at: top, above: sky.height(top) - HORIZON });
    }
    found.push({ at, above: sine - HORIZON });
    before = { at, sine, climb };
  }
  return found;
}

/* {rise, top, set} of each pass that begins and ends within these looks. */
function risings(sky, found) {
  const above = (at) => sky.height(at) - HORIZON;
  const passes = [];
  let rise = null;
  let top = null;
  for (let next = 1; next < found.length; next += 1) {
    const [before, now] = [found[next - 1], found[next]];
    if (before.above <= 0 && now.above > 0) {
      rise = root(above, before.at, now.at);
      top = now;
    }
    if (rise === null) continue;
    if (now.above >= top.above) top = now;
    if (now.above > 0) continue;
    passes.push({ rise, top: top.at, set: root(above, before.at, now.at) });
    rise = null;
  }
  return passes;
}

/* With the first part of it that can be seen; null where nothing can, or where it ends because the orbit does. */
function visiblePass(sky, { rise, top, set }) {
  const sun = Math.asin(sky.sunHeight(top)) / DEGREE;
  if (sun - (SUN_A_DAY * (set - rise)) / DAY > DARK_DEGREES) return null;
  if (!sky.look(rise) || !sky.look(set)) return null;
  const looks = Array.from({ length: PARTS + 1 }, (_, part) => rise + ((set - rise) * part) / PARTS);
  const seen = looks.map((at) => sky.isVisible(at));
  const begin = seen.indexOf(true);
  if (begin < 0) return null;
  const over = seen.indexOf(false, begin);
  return {
    rise: sky.look(rise),
    culmination: sky.look(top),
    set: sky.look(set),
    visibleFrom: begin > 0 ? edge(sky, looks[begin - 1], looks[begin]) : rise,
    visibleUntil: over > 0 ? edge(sky, looks[over], looks[over - 1]) : set,
  };
}

/* The moment between these two at which the satellite comes into sight or goes out of it. */
function edge(sky, unseen, seen) {
  while (Math.abs(seen - unseen) > EXACT) {
    const middle = (seen + unseen) / 2;
    if (sky.isVisible(middle)) seen = middle;
    else unseen = middle;
  }
  return seen;
}

/* Where a function that changes its sign between the two is nought: regula falsi, as the Illinois algorithm. */
function root(height, before, after) {
  let [other, value] = [height(before), height(after)];
  while (Math.abs(after - before) > EXACT && value !== other) {
    const middle = after - (value * (after - before)) / (value - other);
    const last = value;
    value = height(middle);
    if (value * last < 0) [before, other] = [after, last];
    else other /= 2;
    if (Math.abs(middle - after) < EXACT) return middle;
    after = middle;
  }
  return after;
}
