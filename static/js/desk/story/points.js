/* Key points as rows over the plain field, which stays the truth: one point a line. Whoever sets the field and says so
   with an `input` event sees the rows follow. */
import { place, sortable } from "./order.js";
import { announce, say, setValue } from "./words.js";

const MOST = 5;

export function start(form) {
  const part = form.querySelector("[data-points]");
  const field = part.querySelector("textarea");
  const label = part.querySelector("label");
  const list = Object.assign(document.createElement("ol"), { className: "points" });
  const rows = () => [...list.children];
  const texts = () => rows().map((row) => input(row).value);
  field.after(list);
  field.hidden = true;

  const write = () => {
    setValue(field, texts().filter((text) => text.trim()).join("\n"));
    tidy();
  };

  const add = (text, at = rows().length) => {
    const row = makeRow(text, field);
    list.insertBefore(row, rows()[at] ?? null);
    return input(row);
  };

  /* An empty row waits at the end while more points fit; the rows know their numbers. */
  const tidy = () => {
    const all = rows();
    if (!all.length || (input(all.at(-1)).value.trim() && all.length < MOST)) add("");
    rows().forEach((row, index) => {
      const isLast = index === rows().length - 1 && !input(row).value;
      const name = say("point", { n: index + 1 });
      input(row).setAttribute("aria-label", name);
      input(row).placeholder = isLast ? say("addPoint") : "";
      row.classList.toggle("is-new", isLast);
      row.querySelector(".grip").setAttribute("aria-label", say("move", { name }));
      row.querySelector(".grip").hidden = isLast;
    });
    input(rows()[0]).id = "key-point-1";
    rows().slice(1).forEach((row) => input(row).removeAttribute("id"));
  };

  const draw = () => {
    const wanted = field.value.split("\n").filter((line) => line.trim());
    if (wanted.join("\n") === texts().filter((text) => text.trim()).join("\n") && rows().length) return;
    list.replaceChildren();
    wanted.forEach((text) => add(text));
    tidy();
  };

  list.addEventListener("input", (event) => {
    event.stopPropagation(); // the field speaks for them
    const [first, ...more] = event.target.value.split("\n");
    if (more.length) {
      const at = rows().indexOf(event.target.parentElement);
      event.target.value = first;
      more.forEach((text, index) => (text.trim() || !index) && add(text, at + index + 1));
      input(rows()[Math.min(at + more.length, rows().length - 1)]).focus();
    }
    write();
  });
  list.addEventListener("keydown", (event) => press(event, { rows, add, write, list }));
  sortable(list, {
    items: () => rows().filter((row) => !row.classList.contains("is-new")),
    handle: ".grip",
    move: (row, index) => {
      place(rows(), row, index);
      write();
      announce(say("moved", { name: say("point", { n: index + 1 }), n: index + 1, most: texts().filter(Boolean).length }));
    },
  });
  for (const name of ["input", "change"]) field.addEventListener(name, draw);
  label.htmlFor = "key-point-1";
  draw();
}

function input(row) {
  return row.querySelector("textarea");
}

function makeRow(text, field) {
  const row = Object.assign(document.createElement("li"), { className: "kp" });
  const area = Object.assign(document.createElement("textarea"), { rows: 1, value: text, lang: field.lang });
  area.setAttribute("aria-describedby", `${field.id}_helptext`);
  const grip = Object.assign(document.createElement("button"), { type: "button", className: "grip" });
  row.append(area, grip);
  return row;
}

/* Enter adds a row, Backspace in an empty one takes it away. Alt and arrows: order.js. */
function press(event, { rows, add, write }) {
  const area = event.target;
  if (area.tagName !== "TEXTAREA" || event.isComposing) return;
  const at = rows().indexOf(area.parentElement);
  if (event.key === "Enter") {
    event.preventDefault();
    const next = rows()[at + 1];
    if (!area.value.trim() || (next && !input(next).value)) return next && input(next).focus();
    const rest = area.value.slice(area.selectionEnd);
    area.value = area.value.slice(0, area.selectionStart);
    const fresh = add(rest, at + 1);
    write();
    fresh.focus();
    fresh.setSelectionRange(0, 0);
  } else if (event.key === "Backspace" && !area.value && rows().length > 1) {
    event.preventDefault();
    const before = rows()[at - 1] ?? rows()[at + 1];
    area.parentElement.remove();
    write();
    input(before).focus();
    announce(say("removed", { name: say("point", { n: at + 1 }) }));
  }
}
