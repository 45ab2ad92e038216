/* Space Tracker. The server's page has all places and tables; this turns its map into a globe that moves. */
import { startCountdown } from "./countdown.js";
import { drawMarks, drawTicks, findMarks } from "./layers.js";
import { readPlaces, startFilter, startRows } from "./list.js";
import { startPassTable } from "./pass_table.js";
import { makePanel } from "./panel.js";
import { startPicking } from "./picking.js";
import { startSatellites } from "./satellites.js";
import { startSearch } from "./search.js";
import { makeStage } from "./stage.js";
import { startTurning } from "./turning.js";
import { clock, date, fill, number } from "./wording.js";

const main = document.querySelector("main.tracker");
const part = (name) => main.querySelector(`[data-part="${name}"]`);

startCountdown();
startGlobe();
startClock();

function startGlobe() {
  const box = part("globe");
  box.hidden = false;
  const { latitude, longitude, share } = box.dataset;
  const home = { latitude: Number(latitude), longitude: Number(longitude) };
  const stage = makeStage(box, home, Number(share));
  const font = getComputedStyle(main).getPropertyValue("--mono");
  const places = readPlaces(part("list"));
  const sites = JSON.parse(document.getElementById("launch-sites").textContent);
  const panel = makePanel(part("panel"), main.dataset.compass);
  let marks = [];
  // First of all, since its dots replace what was on their canvas.
  const satellites = startSatellites(main, stage, satelliteParts(), {
    loaded(all) {
      search.setSatellites(all);
      passTable.setSatellites(all);
    },
    picked: (message) => picking.tell(message),
  });
  const picking = startPicking(stage, panel, satellites, () => marks, font);
  const search = startSearch({ field: part("find"), list: part("found"), none: part("none") }, describe, (satellite) => {
    picking.pick({ kind: "satellite", satellite, name: satellite.name, turns: true });
    showPicked(stage);
  });

  stage.paintsMarks((context, sight) => {
    drawTicks(context, sight);
    const shown = part("stories").checked ? places.filter((place) => place.count) : [];
    marks = findMarks(sight, shown, part("sites").checked ? sites : []);
    drawMarks(context, marks, font);
  });
  startLayers(stage, places, sites);
  startPlaces(stage, places, picking);
  startTurning(stage, main.querySelectorAll("[data-part=turns] button"), {
    click: (x, y, isFinger) => picking.click(x, y, isFinger),
    over: picking.lookOver,
    centre: picking.centre,
  });
  const passTable = startPassTable(satellites.space);
  document.addEventListener("keydown", ({ key }) => key === "Escape" && picking.release());
  part("panel").addEventListener("click", (event) => {
    if (event.target.closest("[data-release]")) letGo(stage, picking);
    if (event.target.closest("[data-passes]")) showPasses(event, picking, passTable);
  });
}

/* The globe, and what is said of the picked thing. */
function showPicked(stage) {
  for (const shown of [stage.box, part("panel")]) shown.scrollIntoView({ block: "nearest" });
}

/* The button goes with the panel; the keyboard is not to lose its place. */
function letGo(stage, picking) {
  picking.release();
  stage.box.focus({ preventScroll: true });
}

/* Its link leads to the server's answer; here the table below has it at once. */
function showPasses(event, picking, passTable) {
  event.preventDefault();
  passTable.showPasses(picking.satellite().index);
  const heading = document.getElementById("passes");
  heading.scrollIntoView();
  heading.querySelector("input").focus({ preventScroll: true });
}

function satelliteParts() {
  const names = { layer: "satellites", group: "group", count: "satellite-count", loading: "loading" };
  const all = { ...names, failed: "failed", again: "again" };
  return Object.fromEntries(Object.entries(all).map(([key, name]) => [key, part(name)]));
}

/* The second line of a search's hit: its number, how old its elements are unless they are new, and so why it may not be
   on the globe. */
function describe({ number: digits, age, epoch }) {
  if (age === "fresh") return `${digits}`;
  const words = fill(part("found").dataset[age === "lost" ? "lost" : "stale"], { date: date(epoch) });
  return `${digits} · ${words}`;
}

function startLayers(stage, places, sites) {
  part("site-count").textContent = number(sites.length);
  const setDaylight = () => {
    stage.hasDaylight = part("daylight").checked;
    stage.touch();
  };
  part("daylight").addEventListener("change", setDaylight);
  for (const name of ["stories", "sites"]) part(name).addEventListener("change", stage.touch);
  setDaylight();
  startFilter(
    places,
    { section: part("section"), age: part("age"), none: part("no-story"), count: part("place-count") },
    () => {
      part("story-count").textContent = number(places.reduce((sum, place) => sum + place.count, 0));
      stage.touch();
    },
  );
}

function startPlaces(stage, places, picking) {
  const pick = (place) => {
    picking.pick({ kind: "places", members: [place], name: place.name });
    stage.glideTo(place);
    showPicked(stage);
  };
  startRows(places, (place) => stage.glideTo(place), pick);
  const turnToAddress = () => {
    const asked = places.find(({ key }) => [`#place-${key}`, `#row-${key}`].includes(location.hash));
    if (asked) stage.glideTo(asked);
  };
  addEventListener("hashchange", turnToAddress);
  turnToAddress();
}

function startClock() {
  const label = part("clock");
  const show = () => (label.textContent = fill(label.dataset.words, { time: clock(Date.now()) }));
  show();
  setInterval(show, 5000);
}
