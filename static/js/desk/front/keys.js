/* The outline by keyboard, and the buttons of each place, which do the same. */
import { announce } from "../../announce.js";
import { isTyping } from "../frame/keys.js";

const words = document.getElementById("front-words")?.dataset;

export function startKeys(outline, chooser) {
  // Decided when its turn comes: a key that is pressed again acts on what the first one has made.
  const move = (step) =>
    outline.do(() => {
      const spot = outline.spot(outline.held);
      const other = outline.beside(outline.held, step);
      if (other && spot.isPlaced) return outline.carried(spot.place, other.place);
      if (other) other.element.focus();
      else announce(words.edge);
      return false;
    });
  const go = (step) => {
    const [section, position = "1"] = outline.held.split(":");
    const sections = [...outline.board.querySelectorAll(".places")];
    const here = sections.findIndex((one) => one.querySelector(`[data-place^="${CSS.escape(section)}"]`));
    const spots = sections[here + step]?.querySelectorAll(".place");
    if (spots?.length) spots[Math.min(position, spots.length) - 1].focus();
  };
  const leave = () =>
    outline.do(() => {
      const spot = outline.spot(outline.held);
      if (spot.isPlaced) return outline.left(spot.place);
      outline.say(words.nothing, { place: spot.label });
      return false;
    });
  const choose = () => outline.work.then(() => chooser.open(outline.spot(outline.held)));
  const keys = {
    ArrowLeft: () => move(-1),
    ArrowRight: () => move(1),
    ArrowUp: () => go(-1),
    ArrowDown: () => go(1),
    Enter: choose,
    Delete: leave,
    Backspace: leave,
  };
  outline.board.addEventListener("keydown", (event) => {
    if (!event.target.matches(".place") || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  // The usual key; the plain one stands on the button (frame/keys.js).
  document.addEventListener("keydown", (event) => {
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || isTyping(event.target)) return;
    event.preventDefault();
    outline.undo();
  });

  const buttons = { back: () => move(-1), on: () => move(1), choose, leave };
  outline.board.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (!button) return;
    event.preventDefault();
    outline.held = button.closest(".place").dataset.place;
    const come = { ...button.dataset, place: outline.held };
    if (button.dataset.do === "times") chooser.open({ ...come, isToCome: true });
    else if (button.dataset.do === "cancel") outline.postpone(come, come.place);
    else buttons[button.dataset.do]();
  });
}
