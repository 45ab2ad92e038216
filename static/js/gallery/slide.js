/* One photo in the gallery: as large as fits, then as large as the reader wants. */

const MOST = 5;
const STRETCH = 1.5; // a small file may fill the window so far
const TWICE = 2.5;

export class Slide {
  constructor(figure, onZoom) {
    this.figure = figure;
    this.onZoom = onZoom;
    this.root = document.createElement("div");
    this.root.className = "gallery-slide";
    this.scale = 1;
    this.x = this.y = 0;
  }

  /* The figure's picture once more, in the size that this window asks for. */
  fill(across, down) {
    if (this.art) return;
    const picture = this.figure.querySelector("picture, .art").cloneNode(true);
    this.art = picture.querySelector(".art") ?? picture;
    this.files = [picture, ...picture.querySelectorAll("*")].filter((each) => each.hasAttribute("sizes"));
    this.art.loading = "eager";
    this.art.draggable = false;
    this.fit(across, down);
    this.root.append(picture);
  }

  fit(across, down) {
    if (!this.art) return;
    const [wide, high] = ["width", "height"].map((name) => Number(this.art.getAttribute(name)));
    const part = Math.min(across / wide, down / high, STRETCH);
    this.room = [across, down];
    this.size = [wide * part, high * part];
    this.art.style.inlineSize = `${this.size[0]}px`;
    this.art.style.blockSize = `${this.size[1]}px`;
    this.settle();
  }

  /* Back to the whole photo. */
  settle(isCurrent = !this.root.inert) {
    this.root.inert = !isCurrent;
    this.scale = 1;
    this.x = this.y = 0;
    this.#draw();
    this.#ask();
    this.onZoom();
  }

  /* So many times larger, round a point given from the middle of the stage. */
  zoom(times, x = 0, y = 0) {
    const scale = Math.min(MOST, Math.max(1, this.scale * times));
    const grown = scale / this.scale;
    this.scale = scale;
    this.move(x - (x - this.x) * grown, y - (y - this.y) * grown);
    this.#ask();
    this.onZoom();
  }

  toggle(x = 0, y = 0) {
    if (this.scale > 1) this.settle();
    else this.zoom(TWICE, x, y);
  }

  pan(across, down) {
    this.move(this.x + across, this.y + down);
  }

  move(x, y) {
    if (!this.art) return;
    const limit = (axis) => Math.max(0, (this.size[axis] * this.scale - this.room[axis]) / 2);
    const within = (value, axis) => Math.min(limit(axis), Math.max(-limit(axis), value));
    this.x = within(x, 0);
    this.y = within(y, 1);
    this.#draw();
  }

  #draw() {
    if (this.art) this.art.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
  }

  /* The file that is sharp at this size. The browser shows the one it has until that has come. */
  #ask() {
    for (const file of this.files ?? []) file.sizes = `${Math.ceil(this.size[0] * this.scale)}px`;
  }
}
