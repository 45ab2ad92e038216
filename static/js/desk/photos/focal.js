/* What must stay in view: set by a click, by dragging or by the arrow keys; the number fields hold it. */

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const within = (value) => Math.min(100, Math.max(0, Math.round(value)));
// As photos/pictures.py: readers' pages know tenths.
const tenth = (value) => Math.floor((value + 5) / 10) * 10;

export function startFocal(box) {
  const point = box.querySelector("button");
  const image = box.querySelector("img");
  const fields = [document.getElementById("id_focal_x"), document.getElementById("id_focal_y")];
  if (!point || !fields[0]) return;

  const show = () => {
    const [x, y] = fields.map((field) => within(Number(field.value)));
    point.style.left = `${x}%`;
    point.style.top = `${y}%`;
    point.setAttribute("aria-label", box.dataset.says.replace("%x", x).replace("%y", y));
    document.querySelectorAll(".crops img").forEach((crop) => {
      crop.style.objectPosition = `${tenth(x)}% ${tenth(y)}%`;
    });
  };
  const move = (x, y) => {
    [fields[0].value, fields[1].value] = [within(x), within(y)];
    fields[0].dispatchEvent(new Event("input", { bubbles: true }));
  };
  const follow = (event) => {
    const { left, top, width, height } = image.getBoundingClientRect();
    move(((event.clientX - left) / width) * 100, ((event.clientY - top) / height) * 100);
  };

  point.hidden = false;
  image.classList.add("is-live");
  image.addEventListener("click", (event) => {
    follow(event);
    point.focus();
  });
  point.addEventListener("pointerdown", (event) => point.setPointerCapture(event.pointerId));
  point.addEventListener("pointermove", (event) => point.hasPointerCapture(event.pointerId) && follow(event));
  point.addEventListener("keydown", (event) => {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const step = event.shiftKey ? 10 : 1;
    move(Number(fields[0].value) + way[0] * step, Number(fields[1].value) + way[1] * step);
  });
  fields.forEach((field) => field.addEventListener("input", show));
  show();
}
