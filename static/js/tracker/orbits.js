/* Satellites of satellites.json, and where SGP4 (satellite.js) has them. Kilometres, km/s, milliseconds since 1970;
   angles in degrees, but for sidereal time. Places are fixed to the turning earth (ECEF). */

import { eciToGeodetic, json2satrec, sgp4 } from "satellite.js";

import { siderealTime, sunDirection } from "../globe/sun.js";

// As in tracker/ages.py: older sets are grey, and are not propagated.
export const STALE_DAYS = 7;
export const LOST_DAYS = 30;

const DAY = 86_400_000;
const DEGREE = Math.PI / 180;
// Radians a second: of the earth against TEME, for velocities over the ground.
const EARTH_TURN = 7.29211514670698e-5;
const EARTH_RADIUS = 6378.137;
const COLUMNS = [
  "number",
  "name",
  "designator",
  "group",
  "epoch",
  "mean_motion",
  "eccentricity",
  "inclination",
  "ascending_node",
  "argument_of_perigee",
  "mean_anomaly",
  "bstar",
];

/** The satellites of the file: {isDemo, epoch: [ms], records: [satrec or null]}. Throws when it is not such a file. */
export function readOrbits(file) {
  const count = file.number.length;
  if (!COLUMNS.every((name) => Array.isArray(file[name]) && file[name].length === count)) {
    throw new TypeError("columns of different lengths");
  }
  const base = Date.parse(file.epoch_base);
  if (Number.isNaN(base)) throw new TypeError("no epoch");
  const epoch = file.epoch.map((seconds) => base + seconds * 1000);
  return { isDemo: file.is_demo, epoch, records: epoch.map((at, index) => makeRecord(file, index, at)) };
}

/* Its epoch is cut to the millisecond by satellite.js, which only the sidereal time at the epoch is made from; minutes
   since the epoch are counted from the exact one. */
function makeRecord(file, index, epoch) {
  const record = json2satrec({
    NORAD_CAT_ID: file.number[index],
    EPOCH: new Date(epoch).toISOString(),
    MEAN_MOTION: file.mean_motion[index],
    ECCENTRICITY: file.eccentricity[index],
    INCLINATION: file.inclination[index],
    RA_OF_ASC_NODE: file.ascending_node[index],
    ARG_OF_PERICENTER: file.argument_of_perigee[index],
    MEAN_ANOMALY: file.mean_anomaly[index],
    BSTAR: file.bstar[index],
    MEAN_MOTION_DOT: 0,
    MEAN_MOTION_DDOT: 0,
  });
  return record.error ? null : record;
}

/** "fresh", "stale", "lost" or "demo": a demo set is years old, and is shown at its own epoch. */
export function ageOf(orbits, index, now) {
  if (orbits.isDemo) return "demo";
  const days = (now - orbits.epoch[index]) / DAY;
  if (days > LOST_DAYS) return "lost";
  return days > STALE_DAYS ? "stale" : "fresh";
}

/** What SGP4 gives for that time, {position, velocity} in TEME, or null where it gives nothing. */
export function propagate(orbits, index, at) {
  const record = orbits.records[index];
  return record && sgp4(record, (at - orbits.epoch[index]) / 60_000);
}

/** Writes x, y, z and the velocity over the turning ground to `values`, NaN where there is none. */
export function writePlace(orbits, index, at, values, offset) {
  const state = propagate(orbits, index, at);
  if (!state) {
    values.fill(NaN, offset, offset + 6);
    return;
  }
  const { position, velocity } = state;
  const angle = siderealTime(at);
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const x = cosine * position.x + sine * position.y;
  const y = cosine * position.y - sine * position.x;
  values[offset] = x;
  values[offset + 1] = y;
  values[offset + 2] = position.z;
  values[offset + 3] = cosine * velocity.x + sine * velocity.y + EARTH_TURN * y;
  values[offset + 4] = cosine * velocity.y - sine * velocity.x - EARTH_TURN * x;
  values[offset + 5] = velocity.z;
}

/** The place below it: {latitude, longitude, altitude, speed (against the stars), footprint, sunlit}, or null. */
export function describe(orbits, index, at) {
  const state = propagate(orbits, index, at);
  if (!state) return null;
  const { x, y, z } = state.velocity;
  const below = placeBelow(state, at);
  return {
    ...below,
    speed: Math.hypot(x, y, z),
    footprint: Math.acos(EARTH_RADIUS / (EARTH_RADIUS + Math.max(below.altitude, 0))) / DEGREE,
    sunlit: isSunlit(state.position, at),
  };
}

function placeBelow(state, at) {
  const place = eciToGeodetic(state.position, siderealTime(at));
  return { latitude: place.latitude / DEGREE, longitude: place.longitude / DEGREE, altitude: place.height };
}

/** [[longitude, latitude], …]: half a revolution back and one ahead. */
export function groundTrack(orbits, index, at, steps = 240) {
  const record = orbits.records[index];
  if (!record) return [];
  const revolution = ((2 * Math.PI) / record.no) * 60_000;
  const track = [];
  for (let step = 0; step <= steps; step += 1) {
    const then = at + (-0.5 + (1.5 * step) / steps) * revolution;
    const state = propagate(orbits, index, then);
    if (!state) continue;
    const { longitude, latitude } = placeBelow(state, then);
    track.push([longitude, latitude]);
  }
  return track;
}

/** Whether the earth, taken as a ball, does not stand between it (TEME) and the middle of the sun. */
export function isSunlit({ x, y, z }, at) {
  const sun = sunDirection(at);
  const along = x * sun[0] + y * sun[1] + z * sun[2];
  return along >= 0 || x * x + y * y + z * z - along * along > EARTH_RADIUS ** 2;
}
