/* Where a globe stands on its page, and how it looks at the Earth. It stands where the drawn map has its own.

   A frame: `view`, where it comes to stand; `mayTurn`, whether a view that shows more stories is better; `rise`, how many
   degrees above the middle the place that it is about stands; `own`, the place of the story that is being read; `apart`,
   pixels between two marks; `box()`, the measures of now; `lines`, how the Earth is drawn. */

// The strip's globe is so many times as large as what is seen of it is high.
const STRIP_SIZE = 3.8;
// It looks from low orbit, but sees more of the Earth than the drawn map.
const STRIP_RISE = 57;
const HORIZON_RISE = 47;
// From this width on the page's text lies over the left part of the horizon's globe: its marks keep off.
const TEXT_OVER = matchMedia("(min-width: 75rem)");
const TEXT_PART = 0.28;
const EDGE = 8;

export function stripFrame(section) {
  const { latitude, longitude } = numbers(section.dataset);
  return {
    rise: STRIP_RISE,
    apart: 26,
    hasLabels: false,
    mayTurn: false,
    own: section.dataset.place === undefined ? null : { latitude, longitude, stories: [] },
    view: { latitude: latitude - STRIP_RISE, longitude },
    box() {
      const { sea, width, height } = measure(section);
      const radius = STRIP_SIZE * (height - sea.top);
      return { width, height, radius, x: sea.x, y: sea.top + radius, bounds: inner(0, width, height) };
    },
    lines: { step: 2, grid: 10, weight: 0.85, coast: true },
  };
}

export function horizonFrame(section) {
  const { latitude, longitude } = numbers(section.dataset);
  return {
    rise: HORIZON_RISE,
    apart: 34,
    hasLabels: true,
    mayTurn: true,
    own: null,
    view: { latitude, longitude },
    box() {
      const { sea, width, height } = measure(section);
      const left = TEXT_OVER.matches ? TEXT_PART * width : 0;
      return { width, height, radius: sea.radius, x: sea.x, y: sea.top + sea.radius, bounds: inner(left, width, height) };
    },
    lines: { step: 1, grid: 10, coast: true },
  };
}

function numbers({ latitude, longitude }) {
  return { latitude: Number(latitude), longitude: Number(longitude) };
}

/** The box of the canvas, and where the drawn map's globe stands in it. */
function measure(section) {
  const box = section.querySelector(".globe-view").getBoundingClientRect();
  const sea = section.querySelector(".g-sea").getBoundingClientRect();
  const x = sea.left + sea.width / 2 - box.left;
  return { width: box.width, height: box.height, sea: { x, top: sea.top - box.top, radius: sea.width / 2 } };
}

function inner(left, width, height) {
  return { left: left + EDGE, top: 0, right: width - EDGE, bottom: height - EDGE };
}
