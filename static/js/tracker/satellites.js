/* The satellites of the globe: asks the worker for them, says how that went, and paints them where they are now. */
import { draw, makeDots, nearestDot, place } from "./dots.js";
import { startSpace } from "./space.js";
import { number } from "./wording.js";

const ROUND = 1000;
const STILL_ROUND = 10_000;
// Milliseconds: by then the thread has ended, or the page is just back. A straight line leads nowhere by now.
const TOO_OLD = 30_000;

/** `parts`: layer (checkbox), group (select, may be missing), count, loading, failed, again.
   `handlers`: loaded(satellites), picked(message). */
export function startSatellites(main, stage, parts, handlers) {
  const layer = { all: [], dots: null, nearest, stateOf, isOn: () => parts.layer.checked };
  const space = startSpace(main.dataset.satellites, main.dataset.worker, {
    loaded(message) {
      layer.all = readSatellites(message);
      layer.dots = makeDots(layer.all.length);
      offerGroups(parts.group, message.groups);
      filter();
      tell("ready");
      handlers.loaded(layer.all);
    },
    failed: () => tell("failed"),
    positions({ at, values }) {
      if (values.length !== layer.dots?.count * 6) return;
      Object.assign(layer.dots, { at, values });
      stage.wake();
    },
    picked: handlers.picked,
  });

  function tell(state) {
    main.dataset.space = state;
    parts.loading.hidden = state !== "loading";
    parts.failed.hidden = state !== "failed";
  }

  function filter() {
    const { dots, all } = layer;
    if (!dots) return;
    const chosen = parts.group?.value ?? "";
    let shown = 0;
    for (const { index, age, group } of all) {
      const isShown = age !== "lost" && (!chosen || group === chosen);
      dots.shown[index] = isShown ? (age === "stale" ? 2 : 1) : 0;
      shown += isShown;
    }
    parts.count.textContent = number(shown);
    stage.wake();
  }

  function isKnown() {
    return layer.dots?.values && Math.abs(Date.now() - layer.dots.at) < TOO_OLD;
  }

  function nearest(x, y, reach) {
    const found = layer.isOn() && layer.dots?.values && nearestDot(layer.dots, x, y, reach);
    return found ? { satellite: layer.all[found.index], distance: found.distance } : null;
  }

  /** The six numbers of a satellite and the seconds since they were true; null before the first. */
  function stateOf({ index }) {
    const { dots } = layer;
    if (!isKnown()) return null;
    return { values: dots.values.subarray(6 * index, 6 * index + 6), seconds: (Date.now() - dots.at) / 1000 };
  }

  parts.layer.addEventListener("change", stage.wake);
  parts.group?.addEventListener("change", filter);
  parts.again.addEventListener("click", () => {
    tell("loading");
    space.load();
  });
  stage.paintsMoving((context, sight) => {
    const { dots } = layer;
    if (!dots) return false;
    if (!layer.isOn() || !isKnown()) {
      dots.seenCount = 0;
      return false;
    }
    place(dots, sight, Date.now());
    draw(dots, context, stage.density);
    return dots.count > 0;
  });
  tell("loading");
  space.run(stage.isStill() ? STILL_ROUND : ROUND);
  return Object.assign(layer, { space });
}

function readSatellites({ number: numbers, name, designator, group, groups, epoch, age }) {
  return numbers.map((value, index) => ({
    index,
    number: value,
    name: name[index],
    designator: designator[index],
    group: groups[group[index]] ?? "",
    epoch: epoch[index],
    age: age[index],
  }));
}

/** Leaves the groups that the file has. */
function offerGroups(select, groups) {
  for (const choice of [...(select?.options ?? [])]) if (choice.value && !groups.includes(choice.value)) choice.remove();
}
