/* What the story is made from: rows that are filled, and one to begin with. */
import { field, startRows } from "./rows.js";

export function start(form) {
  const isFilled = (row) => ["source", "url", "title"].some((name) => field(row, name).value) || row.querySelector(".errorlist");
  const rows = startRows(form.querySelector('[data-rows="sources"]'), { keep: isFilled });
  if (!rows.shown().length) rows.addRow();
}
