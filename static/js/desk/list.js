/* The list of stories by keyboard, and the page of a bulk action that goes on by itself. */
import { isTyping, keysAreOn } from "./frame/keys.js";

{
  const table = document.getElementById("result_list");
  const rows = table ? [...table.tBodies[0].rows] : [];
  const box = (row) => row.querySelector("input.action-select");
  let at = -1;
  let lastSelected = -1;

  const goTo = (number) => {
    rows[at]?.classList.remove("is-at");
    at = Math.max(0, Math.min(rows.length - 1, number));
    rows[at].classList.add("is-at");
    rows[at].scrollIntoView({ block: "nearest" });
    rows[at].querySelector("th a")?.focus({ preventScroll: true });
  };

  // Django's own script keeps the counter and the mark of the row: it listens to the box.
  const select = (row, checked) => {
    const input = box(row);
    if (!input || input.checked === checked) return;
    input.checked = checked;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const toggle = () => {
    if (at < 0 || !box(rows[at])) return;
    select(rows[at], !box(rows[at]).checked);
    lastSelected = at;
  };

  const selectTo = () => {
    if (at < 0) return;
    const from = lastSelected < 0 ? at : lastSelected;
    rows.slice(Math.min(from, at), Math.max(from, at) + 1).forEach((row) => select(row, true));
    lastSelected = at;
  };

  const clear = () => {
    rows.forEach((row) => box(row) && select(row, false));
    lastSelected = -1;
  };

  const KEYS = {
    "/": () => document.getElementById("searchbar")?.focus(),
    j: () => rows.length && goTo(at + 1),
    k: () => rows.length && goTo(at - 1),
    Enter: () => rows[at]?.querySelector("th a")?.click(),
    x: toggle,
    X: selectTo,
    Escape: clear,
  };
  // A key on a link, a button or a menu means that one, not the row.
  const isOwn = (element) => element.closest("a, button, summary");

  if (document.getElementById("changelist")) {
    // Here "/" is the search of this list, so the desk's finder gives it up.
    const finder = document.getElementById("finder");
    finder?.removeAttribute("data-hotkey");
    finder?.nextElementSibling?.remove();
    document.addEventListener(
      "keydown",
      (event) => {
        const action = keysAreOn() && KEYS[event.key];
        if (!action || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
        if (isTyping(event.target) || document.querySelector("dialog[open], #changelist-filter details[open]")) return;
        if (event.key === "Enter" && (isOwn(event.target) || at < 0)) return;
        if (event.key === "Escape" && !table?.querySelector("input.action-select:checked")) return;
        event.preventDefault();
        event.stopPropagation();
        action();
      },
      true,
    );
    document.querySelector("[data-clear]")?.addEventListener("click", clear);
    table?.addEventListener("focusin", (event) => {
      const number = rows.indexOf(event.target.closest("tr"));
      if (number < 0 || number === at) return;
      rows[at]?.classList.remove("is-at");
      at = number;
      rows[at].classList.add("is-at");
    });
  }

  document.querySelector("form[data-go-on]")?.requestSubmit();
}
