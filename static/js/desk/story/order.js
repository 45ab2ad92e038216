/* Moving things of a list: dragged by a handle, or with Alt and an arrow key while the focus is in them. */

/* `items()` are the things in order, `handle` a selector in them, `box(item)` what has their place on the screen;
   `move(item, place)` puts one at another place. */
export function sortable(list, { items, handle, box = (item) => item, move }) {
  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(handle);
    const item = grip && items().find((one) => one.contains(grip));
    if (!item || event.button !== 0) return;
    drag(event, grip, item);
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (!step || !event.altKey || event.ctrlKey || event.metaKey) return;
    const all = items();
    const item = all.find((one) => one.contains(event.target));
    const place = all.indexOf(item) + step;
    if (!item) return;
    event.preventDefault();
    if (place < 0 || place >= all.length) return;
    const focused = document.activeElement;
    move(item, place);
    focused.focus();
  });

  function drag(start, grip, item) {
    const from = { x: start.clientX, y: start.clientY };
    let isDragging = false;
    const follow = (event) => {
      if (!isDragging && Math.hypot(event.clientX - from.x, event.clientY - from.y) < 5) return;
      if (!isDragging) grip.setPointerCapture(start.pointerId);
      isDragging = true;
      event.preventDefault();
      item.classList.add("is-held");
      const all = items();
      const place = all.findIndex((one) => isInside(box(one).getBoundingClientRect(), event));
      if (place >= 0 && all[place] !== item) move(item, place);
    };
    const end = () => {
      item.classList.remove("is-held");
      removeEventListener("pointermove", follow);
      if (!isDragging) return;
      // What was dragged was not pressed.
      const quiet = (event) => event.stopPropagation();
      addEventListener("click", quiet, true);
      setTimeout(() => removeEventListener("click", quiet, true));
    };
    addEventListener("pointermove", follow);
    addEventListener("pointerup", end, { once: true });
    addEventListener("pointercancel", end, { once: true });
  }
}

function isInside(rect, { clientX, clientY }) {
  return clientX >= rect.left && clientX <= rect.right && clientY >= rect.top && clientY <= rect.bottom;
}

/* Puts an element at a place among its like. */
export function place(all, item, index) {
  const target = all[index];
  if (all.indexOf(item) < index) target.after(item);
  else target.before(item);
}
