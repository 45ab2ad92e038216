/* Sources and photos: more rows, their order and removal. The fields of the formset stay the truth, so whoever sets
   them (TOTAL_FORMS first) and says so with an `input` event sees the rows follow. */
import { place, sortable } from "./order.js";
import { announce, say, setValue } from "./words.js";

export function startRows(set, { handle, box, keep } = {}) {
  const list = set.querySelector(".row-list");
  const total = set.querySelector(`[name="${set.dataset.rows}-TOTAL_FORMS"]`);
  const all = () => [...list.querySelectorAll("[data-row]")];
  const shown = () => all().filter((row) => !row.hidden);
  const isRemoved = (row) => field(row, "DELETE").checked;
  // An empty row of the formset stays away until it is asked for.
  const isIdle = (row) => keep && !("asked" in row.dataset) && !keep(row);

  const grow = () => {
    const row = set.querySelector("template").content.cloneNode(true).firstElementChild;
    row.innerHTML = row.innerHTML.replaceAll("__prefix__", all().length);
    list.insertBefore(row, list.querySelector("[data-not-row]"));
    dress(row);
    return row;
  };

  /* Each row's number is its place. */
  const number = () => {
    shown().forEach((row, index) => setValue(field(row, "ORDER"), String(index + 1)));
    shown().forEach((row, index) => {
      row.querySelector('[data-move="-1"]').disabled = index === 0;
      row.querySelector('[data-move="1"]').disabled = index === shown().length - 1;
    });
    set.dispatchEvent(new Event("rows"));
  };

  const move = (row, index) => {
    place(shown(), row, index);
    number();
    announce(say("moved", { name: nameOf(row), n: index + 1, most: shown().length }));
  };

  const remove = (row) => {
    const at = shown().indexOf(row);
    field(row, "DELETE").checked = true;
    row.hidden = true;
    field(row, "DELETE").dispatchEvent(new Event("input", { bubbles: true }));
    number();
    announce(say("removed", { name: nameOf(row) }));
    const next = shown()[Math.min(at, shown().length - 1)];
    (next?.querySelector("button:not([hidden]), select") ?? set.querySelector("[tabindex='-1']")).focus();
  };

  function dress(row) {
    row.querySelector(".row-plain").hidden = true;
    row.querySelector(".row-live").hidden = false;
    row.querySelectorAll("[data-move]").forEach((button) =>
      button.addEventListener("click", () => {
        const place = shown().indexOf(row) + Number(button.dataset.move);
        if (shown()[place]) move(row, place);
        (button.disabled ? row.querySelector("[data-move]:not(:disabled)") : button)?.focus();
      }),
    );
    row.querySelector("[data-remove]").addEventListener("click", () => remove(row));
    row.hidden = isRemoved(row) || isIdle(row);
  }

  /* A script (autosave) has set fields: rows come, go and take their places. */
  const follow = (event) => {
    if (event.target === total) while (all().length < Number(total.value)) grow();
    all().forEach((row) => (row.hidden = isRemoved(row) || isIdle(row)));
    if (!event.target.name?.endsWith("-ORDER")) return;
    const sorted = shown().sort((one, two) => field(one, "ORDER").value - field(two, "ORDER").value);
    if (sorted.some((row, index) => row !== shown()[index])) {
      sorted.forEach((row) => list.insertBefore(row, list.querySelector("[data-not-row]")));
      set.dispatchEvent(new Event("rows"));
    }
  };

  all().forEach(dress);
  set.addEventListener("input", follow);
  set.addEventListener("change", follow);
  sortable(list, { items: shown, handle: handle ?? "none", box, move });
  set.querySelector("[data-add]")?.addEventListener("click", () => {
    const row = addRow();
    row.querySelector("select, textarea, input:not([type=hidden])").focus();
  });
  set.querySelector("[data-add]")?.removeAttribute("hidden");

  /* An unused row of the formset, or a new one. */
  function addRow() {
    const row = all().find((one) => one.hidden && !isRemoved(one)) ?? grow();
    row.dataset.asked = "";
    row.hidden = false;
    setValue(total, String(all().length));
    number();
    return row;
  }

  number();
  return { addRow, shown, number };
}

export function field(row, name) {
  return row.querySelector(`[name$="-${name}"]`);
}

function nameOf(row) {
  const chosen = row.querySelector("select")?.selectedOptions[0]?.textContent;
  return chosen ?? row.querySelector("[data-photo-title]")?.textContent ?? "";
}
