/* Tags as chips over the plain field, which stays the truth: names between commas, what is being typed included. */
import { say, setValue } from "./words.js";

export function start(form) {
  const part = form.querySelector("[data-tags]");
  const field = part.querySelector("[name=tags]");
  part.querySelector(".field").hidden = true;
  part.append(part.querySelector("template").content.cloneNode(true));
  const chips = part.querySelector("[data-chips]");
  const add = part.querySelector("#tag-add");
  const errors = part.querySelector(".errorlist");
  if (errors) chips.before(errors);
  let names = [];

  const write = () => setValue(field, [...names, add.value.trim()].filter(Boolean).join(", "));

  const draw = () => {
    chips.replaceChildren(...names.map((name) => chip(name, () => {
      names = names.filter((other) => other !== name);
      draw();
      write();
      add.focus();
    })));
  };

  const take = () => {
    const typed = add.value.split(",").map((name) => name.trim().toLowerCase()).filter(Boolean);
    names = [...new Set([...names, ...typed])];
    add.value = "";
    draw();
    write();
  };

  const follow = () => {
    const typed = field.value.split(",").map((name) => name.trim()).filter(Boolean);
    if (typed.join(", ") === [...names, add.value.trim()].filter(Boolean).join(", ")) return;
    names = [...new Set(typed)];
    add.value = "";
    draw();
  };

  add.addEventListener("input", (event) => {
    event.stopPropagation(); // the field speaks for it
    if (add.value.includes(",")) return take();
    write();
    suggest(form.dataset.tagNames, add);
  });
  add.addEventListener("change", take);
  add.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && !add.value && names.length) {
      event.preventDefault();
      names = names.slice(0, -1);
      draw();
      write();
    }
  });
  for (const name of ["input", "change"]) field.addEventListener(name, follow);
  follow();
}

function chip(name, remove) {
  const span = Object.assign(document.createElement("span"), { className: "chip", textContent: name });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "×" });
  button.setAttribute("aria-label", say("removeTag", { name }));
  button.addEventListener("click", remove);
  span.append(button);
  return span;
}

let asked;

async function suggest(address, add) {
  const start = add.value.trim().toLowerCase();
  if (start.length < 2 || start === asked) return;
  asked = start;
  try {
    const answer = await fetch(`${address}?q=${encodeURIComponent(start)}`);
    if (!answer.ok || asked !== start) return;
    const { names } = await answer.json();
    add.list.replaceChildren(...names.map((value) => Object.assign(document.createElement("option"), { value })));
  } catch {
    // Suggestions are a help; without them the tag is typed to its end.
  }
}
