/* The story's photos: thumbnails in their order, the first leads; one opens its texts below. */
import { field, startRows } from "./rows.js";
import { say, setValue } from "./words.js";

export function start(form, { openPhoto }) {
  const set = form.querySelector('[data-rows="photos"]');
  const number = (row) => field(row, "photo").value;
  set.classList.add("is-live");
  const rows = startRows(set, {
    handle: ".thumb-open",
    box: (row) => row.querySelector(".thumb-open"),
    keep: (row) => /^[1-9]\d*$/.test(number(row)) || row.querySelector(".errorlist"),
  });

  const show = () => {
    rows.shown().forEach((row, index) => {
      const open = row.querySelector("[data-open-row]");
      const name = row.querySelector("[data-photo-title]").textContent;
      open.hidden = false;
      open.setAttribute("aria-label", say("photoNumber", { n: index + 1, name }) + (index ? "" : `, ${say("lead")}`));
      row.querySelector("[data-lead]").hidden = index > 0;
      if (row.querySelector(".errorlist")) toggle(row, true);
    });
  };

  const toggle = (row, isOpen) => {
    row.querySelector("[data-open-row]").setAttribute("aria-expanded", isOpen);
    row.classList.toggle("is-open", isOpen);
  };

  set.addEventListener("click", (event) => {
    const open = event.target.closest("[data-open-row]");
    if (!open) return;
    const row = open.closest("[data-row]");
    rows.shown().forEach((other) => toggle(other, other === row && !row.classList.contains("is-open")));
  });
  set.addEventListener("rows", show);
  // A number that a script has set brings its thumbnail.
  const follow = (event) => event.target.name?.endsWith("-photo") && card(set, event.target.closest("[data-row]")).then(show);
  set.addEventListener("input", follow);

  set.querySelector(".thumb-add").hidden = false;
  set.querySelector("[data-add-photo]").addEventListener("click", () => openPhoto({ into: "photos" }));
  set.querySelector("[data-library]").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    openPhoto({ into: "photos", tab: "from-library" });
  });
  show();

  /* Adds a photo (the shape that upload and library answer with), unless it is there. */
  return (photo) => {
    if (rows.shown().some((row) => Number(number(row)) === photo.id)) return;
    const row = rows.addRow();
    draw(row, photo);
    setValue(field(row, "alt"), photo.alt ?? "");
    setValue(field(row, "caption"), photo.caption ?? "");
    row.dataset.drawn = photo.id;
    setValue(field(row, "photo"), String(photo.id));
    show();
  };
}

function draw(row, { title, thumbnail }) {
  const image = row.querySelector("img.thumb");
  if (thumbnail) image.src = thumbnail;
  else image.removeAttribute("src");
  row.querySelector("[data-photo-title]").textContent = title ?? "";
}

async function card(set, row) {
  const id = field(row, "photo").value;
  if (row.dataset.drawn === id || !/^[1-9]\d*$/.test(id)) return;
  row.dataset.drawn = id;
  try {
    const answer = await fetch(`${set.dataset.card}${id}/card.json?language=${set.dataset.language}`);
    draw(row, answer.ok ? await answer.json() : {});
  } catch {
    draw(row, {});
  }
}
