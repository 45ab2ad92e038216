/* Where thousands of satellites stand in the picture. Positions and velocities come from the worker; between two of its
   messages each satellite goes straight on. A frame costs one loop over typed arrays and one putImageData. */
import { DEEP, ICE } from "../globe/colours.js";

const EARTH_RADIUS_SQUARED = 6378.137 ** 2;
// Up to so many are drawn as open diamonds, more as dots.
const FEW = 300;
const DIAMOND = 4.5;
// Colours as the bytes of a picture, alpha first (little-endian, as every browser's machine is).
const ICE_PIXEL = 0xd8e6c89c;
const GREY_PIXEL = 0xd88a7b6f;
const GREY = "#6f7b8a";

export function makeDots(count) {
  const dots = {
    count,
    // Which are shown at all; 2 is greyed.
    shown: new Uint8Array(count),
    x: new Float32Array(count),
    y: new Float32Array(count),
    // The indexes of those that are in the picture now.
    seen: new Int32Array(count),
    seenCount: 0,
    values: null,
    at: 0,
  };
  return dots;
}

/** Finds out which satellites are in the picture at this time, and where: not behind the globe, not out of the box. */
export function place(dots, sight, now) {
  const { x: middle, y: centre, sinUp, cosUp, sinTurn, cosTurn, pixelsPerKm, width, height } = sight;
  const { values, shown, x, y, seen } = dots;
  const seconds = (now - dots.at) / 1000;
  let found = 0;
  for (let index = 0, from = 0; index < dots.count; index += 1, from += 6) {
    if (!shown[index]) continue;
    const across = values[from] + values[from + 3] * seconds;
    const along = values[from + 1] + values[from + 4] * seconds;
    const up = values[from + 2] + values[from + 5] * seconds;
    const front = cosTurn * across + sinTurn * along;
    const right = cosTurn * along - sinTurn * across;
    const rise = cosUp * up - sinUp * front;
    if (cosUp * front + sinUp * up < 0 && right * right + rise * rise < EARTH_RADIUS_SQUARED) continue;
    const left = middle + right * pixelsPerKm;
    const top = centre - rise * pixelsPerKm;
    // Written so that NaN (no position) fails, too.
    if (!(left >= 0 && top >= 0 && left < width && top < height)) continue;
    x[index] = left;
    y[index] = top;
    seen[found] = index;
    found += 1;
  }
  dots.seenCount = found;
}

export function draw(dots, context, density) {
  if (dots.seenCount <= FEW) drawDiamonds(dots, context);
  else drawPixels(dots, context, density);
}

function drawDiamonds({ seen, seenCount, shown, x, y }, context) {
  const fresh = new Path2D();
  const grey = new Path2D();
  for (let at = 0; at < seenCount; at += 1) {
    const index = seen[at];
    addDiamond(shown[index] === 2 ? grey : fresh, x[index], y[index], DIAMOND);
  }
  context.fillStyle = DEEP;
  context.lineWidth = 1.3;
  for (const [path, colour] of [[grey, GREY], [fresh, ICE]]) {
    context.fill(path);
    context.strokeStyle = colour;
    context.stroke(path);
  }
}

export function addDiamond(path, x, y, size) {
  path.moveTo(x, y - size);
  path.lineTo(x + size, y);
  path.lineTo(x, y + size);
  path.lineTo(x - size, y);
  path.closePath();
}

let picture;
let pixels;

/* Replaces all that was on the canvas, so it comes first. */
function drawPixels({ seen, seenCount, shown, x, y }, context, density) {
  const { width, height } = context.canvas;
  if (picture?.width !== width || picture.height !== height) {
    picture = context.createImageData(width, height);
    pixels = new Uint32Array(picture.data.buffer);
  } else pixels.fill(0);
  const size = density > 1.5 ? 3 : 2;
  for (let at = 0; at < seenCount; at += 1) {
    const index = seen[at];
    const left = (x[index] * density) | 0;
    const top = (y[index] * density) | 0;
    if (left > width - size || top > height - size) continue;
    const colour = shown[index] === 2 ? GREY_PIXEL : ICE_PIXEL;
    for (let row = 0, start = top * width + left; row < size; row += 1, start += width) {
      for (let column = 0; column < size; column += 1) pixels[start + column] = colour;
    }
  }
  context.putImageData(picture, 0, 0);
}

/** {index, distance} of the satellite in the picture that is nearest to this point, or null beyond its reach. */
export function nearestDot({ seen, seenCount, x, y }, left, top, reach) {
  let best = null;
  let least = reach * reach;
  for (let at = 0; at < seenCount; at += 1) {
    const index = seen[at];
    const distance = (x[index] - left) ** 2 + (y[index] - top) ** 2;
    if (distance <= least) [best, least] = [index, distance];
  }
  return best === null ? null : { index: best, distance: Math.sqrt(least) };
}
