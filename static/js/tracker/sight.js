/* The globe's projection as plain numbers, for what is drawn many times a frame. Pixels of the canvas' box. */
import { viewOf } from "../globe/camera.js";

const DEGREE = Math.PI / 180;
const EARTH_RADIUS = 6378.137;

/** A sight: what stands in the middle, as sines and cosines, the globe's radius and the size of the box around it. */
export function readSight(projection, width, height) {
  const { latitude, longitude, radius } = viewOf(projection);
  const [x, y] = projection.translate();
  const up = latitude * DEGREE;
  const turn = longitude * DEGREE;
  const [sinUp, cosUp, sinTurn, cosTurn] = [Math.sin(up), Math.cos(up), Math.sin(turn), Math.cos(turn)];
  return { x, y, radius, width, height, sinUp, cosUp, sinTurn, cosTurn, pixelsPerKm: radius / EARTH_RADIUS };
}

/** {x, y, depth} of a place on the ground; it is on the near side where depth is positive (1 in the middle). */
export function project(sight, latitude, longitude) {
  const flat = Math.cos(latitude * DEGREE);
  const across = flat * Math.cos(longitude * DEGREE);
  const along = flat * Math.sin(longitude * DEGREE);
  return turnTo(sight, across, along, Math.sin(latitude * DEGREE), sight.radius);
}

/** The same for a point above the ground, in kilometres from the Earth's middle; and whether the globe hides it. */
export function projectHigh(sight, x, y, z) {
  const point = turnTo(sight, x, y, z, sight.pixelsPerKm);
  const away = Math.hypot(point.x - sight.x, point.y - sight.y);
  return { ...point, isHidden: point.depth < 0 && away < sight.radius };
}

function turnTo({ x, y, sinUp, cosUp, sinTurn, cosTurn }, across, along, up, scale) {
  const front = cosTurn * across + sinTurn * along;
  return {
    x: x + (cosTurn * along - sinTurn * across) * scale,
    y: y - (cosUp * up - sinUp * front) * scale,
    depth: cosUp * front + sinUp * up,
  };
}

/** [latitude, longitude] of the points of a circle around a place, `radius` in degrees. */
export function circle(latitude, longitude, radius, steps = 90) {
  const [up, size] = [latitude * DEGREE, radius * DEGREE];
  const points = [];
  for (let step = 0; step <= steps; step += 1) {
    const bearing = (2 * Math.PI * step) / steps;
    const sine = Math.sin(up) * Math.cos(size) + Math.cos(up) * Math.sin(size) * Math.cos(bearing);
    const east = Math.atan2(
      Math.sin(bearing) * Math.sin(size) * Math.cos(up),
      Math.cos(size) - Math.sin(up) * sine,
    );
    points.push([Math.asin(Math.max(-1, Math.min(1, sine))) / DEGREE, longitude + east / DEGREE]);
  }
  return points;
}

/** Adds a line through [latitude, longitude] places to the path, wherever the near side has it. */
export function addLine(path, sight, places) {
  let isDrawing = false;
  for (const [latitude, longitude] of places) {
    const { x, y, depth } = project(sight, latitude, longitude);
    if (depth > 0) path[isDrawing ? "lineTo" : "moveTo"](x, y);
    isDrawing = depth > 0;
  }
}
