/* One satellite over one place of the ground: what seek_passes.js asks of the sky there. */

import { geodeticToEcf } from "satellite.js";

import { siderealTime, sunDirection } from "../globe/sun.js";
import { isSunlit, propagate, writePlace } from "./orbits.js";

const DEGREE = Math.PI / 180;
const DARK = Math.sin(-6 * DEGREE);

/** look(at) -> {at, azimuth, elevation} in degrees, or null; height(at), the sine of the elevation; climb(at), what it
    gains in the second around this time; sunHeight(at), a sine too; isVisible(at). */
export function makeSky(orbits, index, latitude, longitude) {
  const axes = axesOf(latitude * DEGREE, longitude * DEGREE);
  const ground = geodeticToEcf({ latitude: latitude * DEGREE, longitude: longitude * DEGREE, height: 0 });
  const place = new Float64Array(6);

  /* From the ground to the satellite, in kilometres. */
  function away(at) {
    writePlace(orbits, index, at, place, 0);
    const to = [place[0] - ground.x, place[1] - ground.y, place[2] - ground.z];
    return { to, distance: Math.hypot(...to) };
  }

  function look(at) {
    const { to, distance } = away(at);
    if (Number.isNaN(distance)) return null;
    const [east, north, up] = [dot(to, axes.east), dot(to, axes.north), dot(to, axes.up)];
    const azimuth = (Math.atan2(east, north) / DEGREE + 360) % 360;
    return { at, azimuth, elevation: Math.atan2(up, Math.hypot(east, north)) / DEGREE };
  }

  function height(at) {
    const { to, distance } = away(at);
    return Number.isNaN(distance) ? -1 : dot(to, axes.up) / distance;
  }

  // SGP4's velocity is not quite its position's change.
  const climb = (at) => height(at + 500) - height(at - 500);

  function sunHeight(at) {
    const [x, y, z] = sunDirection(at);
    const angle = siderealTime(at);
    const turned = [Math.cos(angle) * x + Math.sin(angle) * y, Math.cos(angle) * y - Math.sin(angle) * x, z];
    return dot(turned, axes.up);
  }

  const isVisible = (at) => {
    if (sunHeight(at) >= DARK) return false;
    const state = propagate(orbits, index, at);
    return state !== null && isSunlit(state.position, at);
  };
  return { look, height, climb, sunHeight, isVisible };
}

function axesOf(phi, lambda) {
  return {
    east: [-Math.sin(lambda), Math.cos(lambda), 0],
    north: [-Math.sin(phi) * Math.cos(lambda), -Math.sin(phi) * Math.sin(lambda), Math.cos(phi)],
    up: [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)],
  };
}

function dot(one, other) {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}
