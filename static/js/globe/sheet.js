/* A canvas as large as its box, in CSS pixels, sharp on dense screens but never more than twice as dense. */
const MOST_DENSE = 2;

/** Gives the canvas this size, which empties it, and answers its context. */
export function fitSheet(canvas, width, height, mostDense = MOST_DENSE) {
  const density = Math.min(mostDense, devicePixelRatio || 1);
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext("2d");
  context.setTransform(density, 0, 0, density, 0, 0);
  return context;
}
