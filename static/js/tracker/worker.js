/* The thread that knows where satellites are; space.js talks to it.

   in:  load {address}, run {every}, stop, pick {index or null}, passes {id, index, latitude, longitude}
   out: loaded or failed {reason}, positions {at, took, values}, picked {…}, passes {id, …} */

import { ageOf, describe, groundTrack, readOrbits, writePlace } from "./orbits.js";
import { seekPasses } from "./seek_passes.js";

// Longest piece of a round, in milliseconds: what a message waits at most.
const SLICE = 8;
const TRACK_EVERY = 60_000;
const opened = Date.now();

let orbits = null;
// Milliseconds between rounds; 0 while nothing is to run.
let every = 0;
let timer = 0;
// The round that is running: a newer one, or "stop", makes it give up.
let round = 0;
let picked = null;
let trackAt = -Infinity;

const answers = { load, run, stop, pick, passes };
self.addEventListener("message", ({ data }) => answers[data.type](data));

async function load({ address }) {
  let text;
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(String(answer.status));
    text = await answer.text();
  } catch {
    self.postMessage({ type: "failed", reason: "network" });
    return;
  }
  try {
    announce(JSON.parse(text));
  } catch {
    orbits = null;
    self.postMessage({ type: "failed", reason: "broken" });
  }
}

function announce(file) {
  orbits = readOrbits(file);
  const now = Date.now();
  self.postMessage({
    type: "loaded",
    count: orbits.epoch.length,
    groups: file.groups,
    number: file.number,
    name: file.name,
    designator: file.designator,
    group: file.group,
    epoch: orbits.epoch,
    age: orbits.epoch.map((_, index) => ageOf(orbits, index, now)),
  });
  if (every) startRound();
}

function run(message) {
  stop();
  every = message.every;
  if (orbits) startRound();
}

function stop() {
  clearTimeout(timer);
  every = 0;
  round += 1;
}

/* A set of the demo is shown at its own epoch and the time since the page was opened. */
function timeFor(index, now) {
  return orbits.isDemo ? orbits.epoch[index] + now - opened : now;
}

async function startRound() {
  const mine = round;
  const at = Date.now();
  const count = orbits.epoch.length;
  const values = new Float32Array(6 * count);
  let took = 0;
  for (let index = 0; index < count; ) {
    const sliceStart = performance.now();
    do {
      writeOne(index, at, values);
      index += 1;
    } while (index < count && (index % 64 || performance.now() - sliceStart < SLICE));
    took += performance.now() - sliceStart;
    if (index < count) await nextMessage();
    if (mine !== round) return;
  }
  self.postMessage({ type: "positions", at, took, values }, [values.buffer]);
  tellPicked(at);
  timer = setTimeout(startRound, Math.max(0, at + every - Date.now()));
}

function writeOne(index, at, values) {
  if (ageOf(orbits, index, at) === "lost") values.fill(NaN, 6 * index, 6 * index + 6);
  else writePlace(orbits, index, timeFor(index, at), values, 6 * index);
}

/* Lets waiting messages in; a timer would be made to wait 4 ms. */
const channel = new MessageChannel();
function nextMessage() {
  return new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(null);
  });
}

function pick({ index }) {
  picked = index;
  trackAt = -Infinity;
  if (orbits) tellPicked(Date.now());
}

/* `at` is the time of the satellite: years ago for one of the demo. */
function tellPicked(now) {
  if (picked === null) return;
  const at = timeFor(picked, now);
  const place = ageOf(orbits, picked, now) === "lost" ? null : describe(orbits, picked, at);
  const message = { type: "picked", index: picked, at, ...place };
  if (place && Math.abs(at - trackAt) >= TRACK_EVERY) {
    message.track = groundTrack(orbits, picked, at);
    trackAt = at;
  }
  self.postMessage(message);
}

/* Whether its set is too old for that is the asker's to know ("age" of loaded). */
function passes({ id, index, latitude, longitude }) {
  const from = orbits.isDemo ? orbits.epoch[index] : Date.now();
  self.postMessage({ type: "passes", id, from, ...seekPasses(orbits, index, latitude, longitude, from) });
}
