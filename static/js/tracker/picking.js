/* What is picked on the globe, and what the pointer is over: a satellite, places of stories, or a launch site. */
import { announce } from "../announce.js";
import { nearestMark } from "./layers.js";
import { drawFootprint, drawOver, drawRing, drawSatellite, drawTrack, placeName } from "./track.js";

// Pixels within which a click finds something; a finger covers more.
const REACH = { mouse: 14, finger: 24 };

export function startPicking(stage, panel, satellites, marksNow, font) {
  let picked = null;
  let over = null;
  let state = null;
  const name = stage.box.querySelector(".tk-name");

  /** A mark that the point is within goes first: under thousands of satellites it could not be met otherwise. */
  function find(x, y, reach) {
    const mark = nearestMark(marksNow(), x, y, reach);
    const satellite = satellites.nearest(x, y, reach);
    if (mark && (mark.distance <= 2 || !satellite || mark.distance < satellite.distance)) {
      return { kind: mark.mark.kind, members: mark.mark.members, name: mark.mark.members[0].name };
    }
    return satellite && { kind: "satellite", satellite: satellite.satellite, name: satellite.satellite.name };
  }

  function pick(target) {
    const { space } = satellites;
    picked = target;
    over = state = null;
    space.pick(target.kind === "satellite" ? target.satellite.index : null);
    if (target.kind === "satellite") panel.satellite(target.satellite);
    if (target.kind === "places") panel.places(target.members);
    if (target.kind === "site") panel.site(target.members[0]);
    stage.box.dataset.picked = keyOf(target);
    announce(target.name);
    stage.wake();
  }

  function release() {
    if (!picked) return;
    picked = state = null;
    satellites.space.pick(null);
    panel.clear();
    stage.box.dataset.picked = "";
    stage.wake();
  }

  function tell(message) {
    if (picked?.kind !== "satellite" || message.index !== picked.satellite.index) return;
    const track = message.track ?? state?.track;
    const isFirst = !state;
    state = { ...message, track };
    panel.state(picked.satellite, state);
    if (isFirst && picked.turns && Number.isFinite(state.latitude)) stage.glideTo(state);
    stage.wake();
  }

  function lookOver(point) {
    const found = point && find(point.x, point.y, REACH.mouse);
    if ((found && keyOf(found)) === (over && keyOf(over))) return;
    over = found;
    stage.box.toggleAttribute("data-over", Boolean(found));
    stage.wake();
  }

  stage.paintsMoving((context, sight) => {
    if (picked?.kind === "satellite" && state?.track) {
      drawTrack(context, sight, state);
      drawFootprint(context, sight, state);
    }
    paintSatellite(context, sight, picked?.satellite);
    if (picked?.members) drawRing(context, sight, picked.members[0]);
    if (over) paintOver(context, sight);
    return false;
  });

  function paintSatellite(context, sight, satellite) {
    const now = satellite && satellites.stateOf(satellite);
    const point = now && drawSatellite(context, sight, now.values, now.seconds);
    placeName(name, point, satellite?.name, sight.width);
  }

  function paintOver(context, sight) {
    if (over.kind === "satellite") {
      const { index } = over.satellite;
      if (picked?.satellite?.index === index) return;
      const { dots } = satellites;
      drawOver(context, sight, { x: dots.x[index], y: dots.y[index], radius: 4, name: over.name }, font);
      return;
    }
    const mark = marksNow().find(({ members }) => members[0] === over.members[0]);
    if (mark) drawOver(context, sight, { ...mark, name: over.name }, font);
  }

  return {
    satellite: () => picked?.satellite,
    pick,
    release,
    tell,
    lookOver,
    click(x, y, isFinger) {
      const target = find(x, y, isFinger ? REACH.finger : REACH.mouse);
      if (target) pick(target);
      return target;
    },
    /** What is nearest to the middle, for the keyboard. */
    centre() {
      const target = find(stage.width / 2, stage.height / 2, Math.max(REACH.finger, stage.height / 6));
      if (target) pick(target);
    },
  };
}

function keyOf({ kind, satellite, members }) {
  if (kind === "satellite") return String(satellite.number);
  return kind === "places" ? `place:${members[0].key}` : `site:${members[0].name}`;
}
