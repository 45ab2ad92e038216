/* A globe that lives in the place of a drawn map: it turns to its view once and then stands still. It is drawn only
   when something has changed, and only while it is in view. */
import { makeProjection, setView, turn, viewOf } from "./camera.js";
import { ACCENT, WASH } from "./colours.js";
import { drawEarth } from "./earth.js";
import { bestView, findMarks } from "./places.js";
import { showPoints } from "./points.js";
import { fitSheet } from "./sheet.js";
import { subSolarPoint } from "./sun.js";

// It comes from so many degrees further west, as the Earth turns, in so much time.
const TURN = 75;
const OPENING = 2600;
const LOOKING = 700;

export function startLive(section, frame) {
  const globe = { section, frame, view: frame.view, places: [], looked: null, isSeen: true, isTurning: false, stop() {} };
  addLayers(globe);
  globe.projection = makeProjection({ radius: 1, x: 0, y: 0, ...frame.view, longitude: frame.view.longitude - TURN });
  fit(globe);
  new ResizeObserver(() => fit(globe)).observe(globe.canvas);
  new IntersectionObserver((entries) => see(globe, entries.at(-1).isIntersecting)).observe(section);
  turnTo(globe, globe.view, OPENING);
  return globe;
}

/** Shows these places from now on. */
export function showPlaces(globe, places) {
  globe.places = places;
  draw(globe);
  if (!globe.frame.mayTurn || !globe.box) return;
  const best = bestView(globe.view, places, globe.box);
  if (best.longitude === globe.view.longitude) return;
  globe.view = best;
  turnTo(globe, best, OPENING);
}

/** Turns to a place and marks it; without a place, back to where the globe stood. */
export function lookAt(globe, place) {
  if (globe.looked === place) return;
  globe.looked = place;
  const { rise } = globe.frame;
  turnTo(globe, place ? { latitude: place.latitude - rise, longitude: place.longitude } : globe.view, LOOKING);
}

function addLayers(globe) {
  const view = globe.section.querySelector(".globe-view");
  globe.canvas = document.createElement("canvas");
  globe.canvas.className = "globe-canvas";
  globe.points = document.createElement("div");
  globe.points.className = "globe-points";
  for (const layer of [globe.canvas, globe.points]) layer.ariaHidden = "true";
  view.append(globe.canvas, globe.points);
}

function fit(globe) {
  const box = globe.frame.box();
  if (!box.width || box.radius <= 0) return;
  globe.box = box;
  globe.context = fitSheet(globe.canvas, box.width, box.height);
  globe.projection.translate([box.x, box.y]);
  setView(globe.projection, { radius: box.radius });
  draw(globe);
}

function see(globe, isSeen) {
  globe.isSeen = isSeen;
  if (isSeen && !globe.isTurning) draw(globe);
}

function turnTo(globe, view, milliseconds) {
  globe.stop();
  globe.isTurning = true;
  globe.section.dataset.turn = "turning";
  globe.stop = turn(globe.projection, view, {
    milliseconds,
    isStill: matchMedia("(prefers-reduced-motion: reduce)").matches,
    draw: () => draw(globe),
    done() {
      globe.isTurning = false;
      globe.section.dataset.turn = "still";
      draw(globe);
    },
  });
}

function draw(globe) {
  tellView(globe);
  if (!globe.isSeen || !globe.context) return;
  const { context, projection, box, frame } = globe;
  context.clearRect(0, 0, box.width, box.height);
  drawEarth(context, projection, { ...frame.lines, sun: subSolarPoint(Date.now()) });
  // The place of the story that is being read comes first: what is near to it shares its mark.
  const places = frame.own ? [frame.own, ...globe.places] : globe.places;
  const marks = findMarks(projection, places, box.bounds, frame.apart);
  for (const mark of marks) drawMark(context, mark, [frame.own, globe.looked].some((place) => mark.places.includes(place)));
  showPoints(globe.points, globe.isTurning ? [] : marks, { ...frame, ...box, countText: globe.section.dataset.countText });
}

/** What the globe is turned to, for those who look at the page from outside. */
function tellView({ section, projection, frame }) {
  const { latitude, longitude } = viewOf(projection);
  const east = ((((longitude + 180) % 360) + 360) % 360) - 180;
  section.dataset.facesLatitude = (latitude + frame.rise).toFixed(2);
  section.dataset.facesLongitude = east.toFixed(2);
}

/** A ring, and in it and beside it a dot for each of its places. */
function drawMark(context, { x, y, dots }, isLarge) {
  context.strokeStyle = ACCENT;
  context.lineWidth = 1;
  circle(context, x, y, isLarge ? 9 : 5.5, WASH);
  context.stroke();
  dots.forEach(([dotX, dotY], number) => circle(context, dotX, dotY, number ? 1.5 : isLarge ? 3.4 : 2.4, ACCENT));
}

function circle(context, x, y, radius, fill) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
}
