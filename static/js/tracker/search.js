/* Finding a satellite by name, catalogue number or international designator: a field with a list under it, as the ARIA combobox pattern has it. */

const MOST = 20;

/** `satellites`: [{name, number, designator, index, …}]. The best first: the number itself, a name's beginning, a word's, within. */
function makeFinder(satellites) {
  const names = satellites.map(({ name }) => fold(name));
  const numbers = satellites.map(({ number, designator }) => [String(number), designator]);
  return (text) => {
    const wanted = fold(text.trim());
    if (!wanted) return [];
    const ranks = [[], [], [], []];
    for (let index = 0; index < names.length; index += 1) {
      const rank = rankOf(names[index], numbers[index], wanted);
      if (rank >= 0 && ranks[rank].length < MOST) ranks[rank].push(satellites[index]);
    }
    return ranks.flat().slice(0, MOST);
  };
}

function rankOf(name, numbers, wanted) {
  if (numbers.includes(wanted)) return 0;
  if (name.startsWith(wanted)) return 1;
  const at = name.indexOf(wanted);
  if (at > 0) return /[\s(-]/.test(name[at - 1]) ? 2 : 3;
  return numbers.some((number) => number.startsWith(wanted)) ? 3 : -1;
}

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toUpperCase();
}

/** `parts`: field, list, none (the sentence when nothing is found). `describe(satellite)` is the option's second line. */
export function startSearch({ field, list, none }, describe, chosen) {
  let find = () => [];
  let found = [];
  let current = -1;

  function open() {
    found = find(field.value);
    current = -1;
    list.replaceChildren(...found.map(option));
    none.hidden = found.length > 0 || !field.value.trim() || field.disabled;
    show(found.length > 0);
  }

  function show(isOpen) {
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) point(-1);
  }

  function option(satellite, at) {
    const item = document.createElement("li");
    item.id = `${list.id}-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const name = document.createElement("b");
    const more = document.createElement("span");
    [name.textContent, more.textContent] = [satellite.name, describe(satellite)];
    item.append(name, " ", more);
    // Not "click": the field would lose the focus before, and the list close.
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => choose(satellite));
    return item;
  }

  function point(at) {
    current = at;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    const item = list.children[at];
    if (item) field.setAttribute("aria-activedescendant", item.id);
    else field.removeAttribute("aria-activedescendant");
    item?.scrollIntoView({ block: "nearest" });
  }

  function choose(satellite) {
    field.value = satellite.name;
    show(false);
    chosen(satellite);
  }

  function press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      if (list.hidden) open();
      if (found.length) point(current < 0 && step < 0 ? found.length - 1 : (current + step + found.length) % found.length);
    } else if (event.key === "Enter" && found.length && !list.hidden) choose(found[Math.max(0, current)]);
    else if (event.key === "Escape" && !list.hidden) show(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  field.addEventListener("input", open);
  field.addEventListener("keydown", press);
  field.addEventListener("blur", () => show(false));
  return {
    setSatellites(satellites) {
      find = makeFinder(satellites);
      field.disabled = false;
      if (document.activeElement === field) open();
    },
  };
}
