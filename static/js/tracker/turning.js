/* Turning and zooming the globe: by mouse, finger, wheel with Ctrl, keys and buttons. The page's own scrolling stays
   its own: a finger that moves up or down, and a wheel without Ctrl, never reach the globe (touch-action: pan-y). */

const STEP = 15; // degrees a key or a button turns, at zoom 1
const FACTOR = 1.5; // a key or a button zooms
const CLICK = 6; // pixels that a pointer may move and still has only clicked
const DEGREES = 180 / Math.PI;
const MOVES = {
  ArrowLeft: (stage) => turnBy(stage, 0, -1),
  ArrowRight: (stage) => turnBy(stage, 0, 1),
  ArrowUp: (stage) => turnBy(stage, 1, 0),
  ArrowDown: (stage) => turnBy(stage, -1, 0),
  "+": (stage) => stage.glideTo({ zoom: stage.zoom * FACTOR }),
  "=": (stage) => stage.glideTo({ zoom: stage.zoom * FACTOR }),
  "-": (stage) => stage.glideTo({ zoom: stage.zoom / FACTOR }),
  0: (stage) => stage.goHome(),
  Home: (stage) => stage.goHome(),
};

function turnBy(stage, up, east) {
  const { latitude, longitude } = stage.view();
  const step = STEP / Math.max(1, stage.zoom);
  const higher = Math.max(-90, Math.min(90, latitude + up * step));
  stage.glideTo({ latitude: higher, longitude: longitude + east * step });
}

/** `handlers`: click(x, y, isFinger), over(x, y) or over(null), centre(), all in pixels of the box. */
export function startTurning(stage, buttons, handlers) {
  const { box } = stage;
  const pointers = new Map();
  let travelled = 0;
  // One finger that sets out up or down means the page, whatever the browser makes of it.
  let isPages = false;

  box.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    if (!pointers.size) [travelled, isPages] = [0, false];
    pointers.set(event.pointerId, placeOf(box, event));
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    const to = placeOf(box, event);
    const from = pointers.get(event.pointerId);
    if (!from) return handlers.over(event.pointerType === "mouse" ? to : null);
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    const [across, down] = [Math.abs(to.x - from.x), Math.abs(to.y - from.y)];
    if (!other && event.pointerType === "touch" && travelled <= CLICK) isPages = down > across;
    travelled += Math.hypot(across, down);
    pointers.set(event.pointerId, to);
    if (other) pinch(stage, from, to, other);
    else if (travelled > CLICK && !isPages) drag(stage, from, to);
  });
  box.addEventListener("pointerup", (event) => {
    const at = pointers.get(event.pointerId);
    if (at && pointers.size === 1 && travelled <= CLICK) handlers.click(at.x, at.y, event.pointerType !== "mouse");
    pointers.delete(event.pointerId);
  });
  box.addEventListener("pointercancel", (event) => pointers.delete(event.pointerId));
  box.addEventListener("pointerleave", () => handlers.over(null));
  box.addEventListener("wheel", (event) => wheel(stage, event), { passive: false });
  box.addEventListener("keydown", (event) => press(stage, event, handlers));
  for (const button of buttons) button.addEventListener("click", () => MOVES[button.value](stage));
}

function placeOf(box, event) {
  const { left, top } = box.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

function drag(stage, from, to) {
  const { latitude, longitude, radius } = stage.view();
  const perPixel = DEGREES / radius;
  stage.moveTo({
    latitude: latitude + (to.y - from.y) * perPixel,
    longitude: longitude - ((to.x - from.x) * perPixel) / Math.max(0.35, Math.cos(latitude / DEGREES)),
  });
}

function pinch(stage, from, to, other) {
  const before = Math.hypot(from.x - other.x, from.y - other.y);
  const after = Math.hypot(to.x - other.x, to.y - other.y);
  if (before > 0) stage.moveTo({ zoom: (stage.zoom * after) / before });
}

/* A pinch on a touchpad comes as a wheel with Ctrl, too. */
function wheel(stage, event) {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 20 : event.deltaY;
  stage.moveTo({ zoom: stage.zoom * Math.exp(-Math.max(-100, Math.min(100, pixels)) * 0.005) });
}

function press(stage, event, handlers) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") handlers.centre();
  else if (MOVES[event.key]) MOVES[event.key](stage);
  else return;
  event.preventDefault();
}
