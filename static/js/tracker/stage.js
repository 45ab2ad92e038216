/* The globe's canvases and its frames: the earth, and the marks that lie over all, are drawn anew when the view or the
   minute changes; what moves, between them, in every frame. None is drawn while the page is hidden or the globe is out of
   sight. */
import { makeProjection, setView, turn, viewOf } from "../globe/camera.js";
import { drawEarth } from "../globe/earth.js";
import { fitSheet } from "../globe/sheet.js";
import { subSolarPoint } from "../globe/sun.js";
import { readSight } from "./sight.js";

const MINUTE = 60_000;
const TURN_TAKES = 700;
// With less motion asked for, what moves is moved once in so many milliseconds.
const STILL_FOR = 10_000;
// Milliseconds between two frames, on average, that are too many: then the canvases get fewer pixels.
const SLOW = 45;
const ZOOM = { least: 0.15, most: 14 };

/** `box` holds the three canvases; `home` is {latitude, longitude}; `share` is the globe's radius in its box's side. */
export function makeStage(box, home, share) {
  const canvases = [...box.querySelectorAll("canvas")];
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  const projection = makeProjection({ ...home, radius: 1, x: 0, y: 0 });
  const stage = { box, zoom: 1, hasDaylight: true, isStill: () => motion.matches, isShown: false, density: 1 };
  const painters = { marks: [], moving: [] };
  let [earth, moving, marks, sight, isDirty, minute, frame, timer, stopTurn] = [];
  let base = 1;
  let drawn = 0;
  let mostDense = 2;
  let pace = 0;
  let lastAt = 0;

  function fit() {
    const { clientWidth: width, clientHeight: height } = box;
    if (!width || !height) return;
    [earth, moving, marks] = canvases.map((canvas) => fitSheet(canvas, width, height, mostDense));
    stage.density = moving.getTransform().a;
    base = Math.min(width, height) * share;
    projection.translate([width / 2, height / 2]);
    [stage.width, stage.height] = [width, height];
    // At once: a canvas that has a new size is empty.
    setZoom(stage.zoom);
    if (stage.isShown) paint();
  }

  function setZoom(zoom) {
    stage.zoom = Math.min(ZOOM.most, Math.max(ZOOM.least, zoom));
    projection.scale(base * stage.zoom);
    touch();
  }

  /** The view, or what stands on the ground, has changed. */
  function touch() {
    isDirty = true;
    stage.zoom = projection.scale() / base;
    wake();
  }

  function wake() {
    if (stage.isShown) frame ||= requestAnimationFrame(paint);
  }

  function paint(now) {
    cancelAnimationFrame(frame);
    frame = 0;
    if (!earth) return;
    if (now) keepPace(now);
    if (isDirty || Math.floor(Date.now() / MINUTE) !== minute) paintEarth();
    clear(moving);
    const isMoving = painters.moving.map((painter) => painter(moving, sight));
    box.dataset.frames = drawn += 1;
    if (isMoving.some(Boolean)) goOn();
  }

  /* A dense screen without a graphics card: half as many pixels a side make four times the frames. */
  function keepPace(now) {
    const gap = now - lastAt;
    lastAt = now;
    // A gap so long is a pause.
    if (gap < 1000) pace += (gap - pace) * 0.06;
    if (pace < SLOW || stage.density <= 1) return;
    mostDense = 1;
    fit();
  }

  function goOn() {
    if (!motion.matches) return wake();
    clearTimeout(timer);
    timer = setTimeout(wake, STILL_FOR);
  }

  function paintEarth() {
    isDirty = false;
    minute = Math.floor(Date.now() / MINUTE);
    sight = readSight(projection, stage.width, stage.height);
    clear(earth);
    drawEarth(earth, projection, {
      step: sight.radius > 900 ? 1 : sight.radius > 110 ? 2 : 6,
      sun: stage.hasDaylight ? subSolarPoint(Date.now()) : null,
      coast: sight.radius > 700,
    });
    clear(marks);
    for (const painter of painters.marks) painter(marks, sight);
    tell();
  }

  function tell() {
    const { latitude, longitude } = viewOf(projection);
    box.dataset.latitude = latitude.toFixed(1);
    box.dataset.longitude = around(longitude).toFixed(1);
    box.dataset.zoom = stage.zoom.toFixed(2);
    box.dataset.state = "drawn";
  }

  function moveTo({ latitude, longitude, zoom }) {
    stopTurn?.();
    const now = viewOf(projection);
    const up = Math.max(-90, Math.min(90, latitude ?? now.latitude));
    setView(projection, { latitude: up, longitude: longitude ?? now.longitude, radius: now.radius });
    setZoom(zoom ?? stage.zoom);
  }

  /** Turns there; at once where less motion is asked for. */
  function glideTo({ latitude, longitude, zoom }) {
    stopTurn?.();
    const view = { latitude, longitude, radius: zoom && base * zoom };
    const known = Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined));
    stopTurn = turn(projection, known, { milliseconds: TURN_TAKES, draw: touch, isStill: motion.matches });
  }

  new ResizeObserver(fit).observe(box);
  new IntersectionObserver((entries) => {
    stage.isShown = entries.at(-1).isIntersecting;
    wake();
  }).observe(box);
  // The day moves on even while nothing else does.
  setInterval(() => Math.floor(Date.now() / MINUTE) !== minute && wake(), 5000);
  document.fonts.ready.then(touch);
  fit();
  return Object.assign(stage, {
    touch,
    wake,
    moveTo,
    glideTo,
    view: () => viewOf(projection),
    sight: () => sight ?? readSight(projection, stage.width, stage.height),
    goHome: () => glideTo({ ...home, zoom: 1 }),
    paintsMarks: (painter) => painters.marks.push(painter),
    paintsMoving: (painter) => painters.moving.push(painter),
  });
}

function clear(context) {
  context.save();
  context.resetTransform();
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.restore();
}

/** The same longitude as -180 to 180 degrees. */
export function around(longitude) {
  return ((((longitude + 180) % 360) + 360) % 360) - 180;
}
