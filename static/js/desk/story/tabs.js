/* Write, Preview, Publish: tabs on a small screen; on a middle one the last two take turns beside the text. */
const PARTS = ["write", "look", "rail"];

export function start(form) {
  const list = document.querySelector("[data-tabs]");
  const grid = form.querySelector(".three");
  const buttons = [...list.querySelectorAll("[data-tab]")];
  const narrow = matchMedia("(max-width: 55.99rem)");
  const wide = matchMedia("(min-width: 87rem)");
  list.hidden = false;
  grid.classList.add("is-live");

  const show = (name) => {
    grid.dataset.tab = name;
    // Which of the two stands beside the text is remembered when the window grows.
    if (name !== "write") grid.dataset.side = name;
    mark();
    form.dispatchEvent(new CustomEvent("part", { detail: name }));
  };

  const mark = () => {
    const shown = narrow.matches ? grid.dataset.tab : grid.dataset.side;
    buttons.forEach((button) => {
      const isShown = button.dataset.tab === shown;
      button.setAttribute("aria-selected", isShown);
      button.tabIndex = isShown ? 0 : -1;
    });
    buttons[0].hidden = !narrow.matches;
    PARTS.forEach((part) => {
      const panel = document.getElementById(part);
      const isPanel = narrow.matches || (part !== "write" && !wide.matches);
      if (isPanel) panel.setAttribute("role", "tabpanel");
      else panel.removeAttribute("role");
    });
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-tab]");
    if (button) show(button.dataset.tab);
  });
  list.addEventListener("keydown", (event) => arrows(event, buttons.filter((button) => !button.hidden)));
  narrow.addEventListener("change", mark);
  wide.addEventListener("change", mark);
  // A fault is never on a part that is not seen; a link to a field leads to its part.
  const reveal = (id) => {
    const target = id && document.getElementById(id);
    const part = target?.closest(PARTS.map((name) => `#${name}`).join());
    if (!part) return;
    if (narrow.matches || part.id !== "write") show(part.id);
    const field = target.hidden ? document.getElementById("key-point-1") : target;
    field.focus();
    field.scrollIntoView({ block: "center" });
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest(':is(.checks, .story-errors) a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    reveal(link.hash.slice(1));
  });
  grid.dataset.side = "rail";
  show("write");
  const fault = form.querySelector(".three .errorlist");
  if (fault && narrow.matches) show(fault.closest(".write, .look, .rail").id);
}

/* The arrow keys of a tab list choose at once. */
export function arrows(event, buttons) {
  const at = buttons.indexOf(document.activeElement);
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (next === undefined || at < 0) return;
  event.preventDefault();
  const button = buttons[(next + buttons.length) % buttons.length];
  button.click();
  button.focus();
}
