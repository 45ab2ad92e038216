/* The table of passes, answered by the worker instead of the server: for the satellite that was typed or picked on the
   globe, over a place of the list or where the reader is. Without the worker the form goes to the server as ever.

   Words and rows come from templates/tracker/passes.html; the rules are those of tracker/pass_page.py. */

import * as table from "./pass_rows.js";

// Good to some kilometres: a pass is the same to the second.
const POSITION = { enableHighAccuracy: false, maximumAge: 600_000, timeout: 20_000 };

const by = (id) => document.getElementById(id);

let space;
let satellites = [];
// The newest question: an answer to an older one is not shown.
let question = 0;

/** {setSatellites([{index, number, name, epoch, age}, …]), showPasses(index)}. */
export function startPassTable(started) {
  space = started;
  by("pass-form").addEventListener("submit", (event) => {
    if (!satellites.length || !by("pass-satellite").value.trim() || !chosenPlace().zone) return;
    event.preventDefault();
    answer();
  });
  by("pass-here").addEventListener("click", askPosition);
  return { setSatellites, showPasses };
}

function setSatellites(all) {
  satellites = all;
  for (const id of ["pass-here", "pass-here-hint"]) by(id).hidden = !all.length || !navigator.geolocation;
}

async function showPasses(index) {
  const satellite = satellites.find((one) => one.index === index);
  if (!satellite) return;
  question += 1;
  const mine = question;
  const place = chosenPlace();
  by("pass-satellite").value = satellite.number;
  try {
    const asks = satellite.age !== "lost";
    const found = asks ? await space.passes(index, place.latitude, place.longitude) : null;
    if (mine !== question) return;
    table.clearErrors();
    table.title(satellite, place);
    table.show(satellite, place, found);
  } catch {
    // The next try of the form goes to the server.
    satellites = [];
    table.say(["broken"]);
  }
}

function answer() {
  const typed = by("pass-satellite").value.trim();
  const found = find(typed);
  if (found.length === 1) return showPasses(found[0].index);
  question += 1;
  table.clearErrors();
  table.offer(found, typed, async (index) => {
    await showPasses(index);
    // The link that had the focus has gone.
    by(by("pass-table").hidden ? "pass-satellite" : "pass-table").focus();
  });
}

function askPosition() {
  const field = by("pass-satellite");
  field.value = field.value.trim();
  if (!field.reportValidity()) return;
  table.say(["asking"]);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      choosePosition(coords);
      answer();
    },
    ({ code, PERMISSION_DENIED }) => table.say([code === PERMISSION_DENIED ? "refused" : "unavailable"]),
    POSITION,
  );
}

/** Satellites with this number, or this name, or this in their name, the best first. */
function find(typed) {
  const folded = typed.toLowerCase();
  const number = /^\d+$/.test(typed) ? Number(typed) : null;
  const tests = [
    (one) => one.number === number,
    (one) => one.name.toLowerCase() === folded,
    (one) => one.name.toLowerCase().includes(folded),
  ];
  const found = tests.map((test) => satellites.filter(test)).find((matches) => matches.length) ?? [];
  return found.sort((one, other) => compare(one.name, other.name) || one.number - other.number);
}

function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}

function chosenPlace() {
  const option = by("pass-place").selectedOptions[0];
  const { latitude, longitude, zone } = option.dataset;
  return { name: option.textContent, latitude: Number(latitude), longitude: Number(longitude), zone };
}

/* As a choice without a value: were the form sent to the server after all, the position would stay here. */
function choosePosition({ latitude, longitude }) {
  const select = by("pass-place");
  const option = select.querySelector("[data-here]") ?? new Option(table.sentence("here"), "");
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  Object.assign(option.dataset, { here: "", latitude, longitude, zone: timeZone });
  select.prepend(option);
  option.selected = true;
}
