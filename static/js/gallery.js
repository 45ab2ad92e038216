/* The Foto Review as a gallery over its page of figures, which is complete without it.
   The address says which photo is open (#photo-3), so Back closes, and a link to a photo opens it. */
import { watchGestures } from "./gallery/gestures.js";
import { Slide } from "./gallery/slide.js";

const PAN = 80; // pixels, for one press of an arrow key

const dialog = document.querySelector("[data-gallery]");
const part = (name) => dialog.querySelector(`[data-${name}]`);
const [stage, track, words, says, zoom] = ["stage", "track", "words", "says", "zoom"].map(part);
const steps = dialog.querySelectorAll("[data-step]");
const figures = [...document.querySelectorAll("figure.frame")];
const frames = [...document.querySelectorAll(".sheet a")]; // of the contact sheet
const slides = figures.map((figure) => new Slide(figure, showZoom));
let at = 0;

const indexOf = (hash) => figures.findIndex((figure) => `#${figure.id}` === hash);
const current = () => slides[at];

track.append(...slides.map((slide) => slide.root));

/* Opening, moving, closing */

function open(index) {
  place(index);
  if (!dialog.open) dialog.showModal();
  fill();
}

function go(index) {
  if (!figures[index] || index === at) return drag(0);
  history.replaceState(history.state, "", `#${figures[index].id}`);
  place(index);
  fill();
}

function place(index) {
  at = index;
  drag(0);
  slides.forEach((slide, number) => slide.settle(number === index));
  const caption = figures[index].querySelector("figcaption").cloneNode(true);
  words.replaceChildren(caption);
  words.scrollTop = 0;
  says.textContent = figures[index].dataset.says;
  for (const step of steps) step.setAttribute("aria-disabled", !figures[index + Number(step.dataset.step)]);
  frames.forEach((frame, number) => (frame.ariaCurrent = number === index ? "true" : null));
}

/* The photo and its neighbours: the next is there before it is asked for. */
function fill() {
  const room = [stage.clientWidth, stage.clientHeight];
  for (const index of [at, at + 1, at - 1]) slides[index]?.fill(...room);
}

function drag(across) {
  const isPastEnd = !slides[at - Math.sign(across)];
  track.style.translate = `calc(${-100 * at}% + ${isPastEnd ? across / 3 : across}px)`;
}

function showZoom() {
  const isZoomed = current().scale > 1;
  zoom.setAttribute("aria-pressed", isZoomed);
  stage.classList.toggle("is-zoomed", isZoomed);
}

/* Whatever closed it: a button, Esc, or Back, which has changed the address already. */
function closed() {
  if (indexOf(location.hash) >= 0) {
    if (history.state?.isGallery) history.back();
    else history.replaceState(null, "", location.pathname + location.search);
  }
  const figure = figures[at];
  (figure.querySelector("a") ?? figure).focus();
  figure.scrollIntoView({ block: "nearest" });
}

function follow() {
  const index = indexOf(location.hash);
  if (index >= 0) open(index);
  else {
    dialog.close();
    history.scrollRestoration = "auto";
  }
}

/* What the reader does */

document.addEventListener("click", (event) => {
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest(".frame-open, .sheet a");
  if (!link) return;
  event.preventDefault();
  const index = link.hash ? indexOf(link.hash) : figures.indexOf(link.closest("figure"));
  history.scrollRestoration = "manual"; // on closing, the page goes to the photo that was seen last
  history.pushState({ isGallery: true }, "", `#${figures[index].id}`);
  open(index);
});

dialog.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.hasAttribute("data-close")) dialog.close();
  else if (button?.hasAttribute("data-zoom")) current().toggle();
  else if (button?.dataset.step) go(at + Number(button.dataset.step));
});

const KEYS = {
  ArrowLeft: () => go(at - 1),
  ArrowRight: () => go(at + 1),
  Home: () => go(0),
  End: () => go(figures.length - 1),
  "+": () => current().zoom(1.5),
  "-": () => current().zoom(1 / 1.5),
  0: () => current().settle(true),
};
const PANS = { ArrowLeft: [PAN, 0], ArrowRight: [-PAN, 0], ArrowUp: [0, PAN], ArrowDown: [0, -PAN] };

dialog.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const pan = current().scale > 1 && PANS[event.key];
  if (pan) current().pan(...pan);
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
});

watchGestures(stage, {
  slide: current,
  drag,
  drop: (step) => (step ? go(at + step) : drag(0)),
  hold: (isHeld) => track.classList.toggle("is-held", isHeld),
});
dialog.addEventListener("close", closed);
addEventListener("popstate", follow);
addEventListener("resize", () => {
  if (!dialog.open) return;
  for (const slide of slides) slide.fit(stage.clientWidth, stage.clientHeight);
});
follow();
