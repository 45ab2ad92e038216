/* Swipe, pinch, pan and double tap, with fingers, pen or mouse. */

const SWIPE = 60; // pixels, or a fifth of a narrow window
const QUICK = 0.35; // pixels in a millisecond: a flick counts, however short
const SLIP = 8; // less is a tap
const DOUBLE = 320; // milliseconds between two taps

/* `view`: slide() is the photo in view; drag(pixels) moves the row, drop(-1, 0 or 1) lets it go; hold(true) while a
   finger is down, when everything follows it at once. */
export function watchGestures(stage, view) {
  const fingers = new Map();
  let first, spread, lastTap;

  const middle = () => {
    const box = stage.getBoundingClientRect();
    const all = [...fingers.values()];
    const mean = (axis) => all.reduce((sum, finger) => sum + finger[axis], 0) / all.length;
    return [mean("x") - box.x - box.width / 2, mean("y") - box.y - box.height / 2];
  };
  const distance = () => {
    const [one, other] = [...fingers.values()];
    return Math.hypot(one.x - other.x, one.y - other.y);
  };
  const hold = () => {
    first = fingers.size === 1 ? { at: middle(), last: middle(), time: performance.now() } : null;
    spread = fingers.size === 2 ? { distance: distance(), at: middle() } : null;
  };

  stage.addEventListener("pointerdown", (event) => {
    if (event.button || fingers.size === 2) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 2) view.drag(0);
    view.hold(true);
    hold();
  });

  stage.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (spread) pinch();
    else if (first) move();
  });

  function pinch() {
    const [now, at] = [distance(), middle()];
    view.slide().pan(at[0] - spread.at[0], at[1] - spread.at[1]);
    view.slide().zoom(now / spread.distance, ...at);
    spread = { distance: now, at };
  }

  function move() {
    const at = middle();
    if (view.slide().scale > 1) view.slide().pan(at[0] - first.last[0], at[1] - first.last[1]);
    else view.drag(at[0] - first.at[0]);
    first.last = at;
  }

  const end = (event) => {
    if (!fingers.delete(event.pointerId)) return;
    view.hold(fingers.size > 0);
    if (first && event.type === "pointerup") release();
    else view.drag(0);
    // The finger that is left goes on from where it is, and is no tap.
    hold();
    if (first) first.time = -Infinity;
  };

  function release() {
    const [across, down] = first.last.map((value, axis) => value - first.at[axis]);
    if (Math.hypot(across, down) < SLIP) return tap();
    lastTap = null;
    if (view.slide().scale > 1) return;
    const speed = Math.abs(across) / (performance.now() - first.time);
    const isFar = Math.abs(across) > Math.min(SWIPE, stage.clientWidth / 5) || speed > QUICK;
    view.drop(isFar && Math.abs(across) > Math.abs(down) ? -Math.sign(across) : 0);
  }

  function tap() {
    view.drag(0);
    const { at, time } = first;
    const isSecond = lastTap && time - lastTap.time < DOUBLE && Math.hypot(at[0] - lastTap.at[0], at[1] - lastTap.at[1]) < 40;
    if (isSecond) view.slide().toggle(...at);
    lastTap = isSecond || time < 0 ? null : { at, time };
  }

  stage.addEventListener("pointerup", end);
  stage.addEventListener("pointercancel", end);
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey) return; // a pinch on a touchpad comes as this
      event.preventDefault();
      const box = stage.getBoundingClientRect();
      const at = [event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2];
      view.slide().zoom(Math.exp(-event.deltaY / 100), ...at);
    },
    { passive: false },
  );
}
