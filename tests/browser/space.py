"""Element sets in the live server's database, and the browser's orbits beside Python's."""

import datetime as dt
import functools
import math
import subprocess

import pytest
from django.conf import settings
from django.utils import timezone

from tests.tracker.sets import SUN_SYNCHRONOUS
from tracker.models import Satellite, SatelliteFile
from tracker.propagating import Elements, satrec
from tracker.satellite_file import rebuild_file
from tracker.sky import JULIAN_2000, days_since_2000, sidereal_angle, turned

TRACKER = {"en": "/space-tracker/", "hr": "/hr/space-tracker/"}
ZAGREB = (45.8144, 15.9780)
MODULES = ["tracker/orbits", "tracker/seek_passes", "tracker/pass_words", "globe/sun"]
COLUMNS = ["number", "name", "designator", *Elements._fields[1:]]


@pytest.fixture
def put_sets(site):
    """Puts these satellites (not saved) into the live server, alone; they are gone after the test."""

    def put(*rows):
        _forget()
        Satellite.objects.bulk_create(rows)
        rebuild_file(timezone.now())
        return rows

    yield put
    _forget()


def _forget():
    Satellite.objects.all().delete()
    SatelliteFile.objects.all().delete()


def twilight_orbit(epoch):
    """Fields of a satellite that is seen from the middle latitudes around this time, in every season.

    Its orbit stands across the direction to the sun: so it passes in the evening and in the morning.
    """
    sun = 280.46 + 0.9856474 * days_since_2000(epoch)
    return {**SUN_SYNCHRONOUS, "inclination": 60, "ascending_node": (sun + 90) % 360, "epoch": epoch}


def ask_worker(page, wanted, *messages, address=None):
    """What a worker of its own answers with `wanted`, when it has read satellites.json and been sent these messages."""
    found = page.evaluate(
        """([wanted, messages, address]) => new Promise((resolve) => {
          const {worker: script, satellites} = document.querySelector("main").dataset;
          const worker = new Worker(script, {type: "module"});
          worker.addEventListener("message", ({data}) => {
            if (data.type === "loaded") messages.forEach((message) => worker.postMessage(message));
            if (data.type !== wanted) return;
            worker.terminate();
            resolve(data.values ? {...data, values: [...data.values]} : data);
          });
          worker.postMessage({type: "load", address: new URL(address ?? satellites, location.href).href});
        })""",
        [wanted, messages, address],
    )
    assert found["type"] == wanted
    return found


@functools.cache
def _module_code():
    """The worker's own modules as one: their functions answer for any time, not only for now."""
    lines = "".join(f'export * from "./static/js/{name}.js";' for name in MODULES)
    command = [settings.BASE_DIR / "node_modules/.bin/esbuild", "--bundle", "--format=esm", "--external:node:*"]
    run = subprocess.run(command, input=lines, cwd=settings.BASE_DIR, check=True, stdout=subprocess.PIPE, text=True)
    return run.stdout


def _load_modules(page):
    """As `space`, on a page that has no policy against it, as about:blank."""
    page.evaluate(
        """async (code) => {
          window.space = await import(URL.createObjectURL(new Blob([code], {type: "text/javascript"})));
        }""",
        _module_code(),
    )


def expected_place(row, at):
    """(x, y, z) in ECEF that the sgp4 package gives for it, `at` milliseconds after 1970 began, or None."""
    days = days_since_2000(moment(at))
    error, place, _velocity = satrec(row).sgp4(JULIAN_2000, days)
    return None if error else turned(*place, sidereal_angle(days))


def moment(milliseconds):
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)


def away(one, other):
    """Kilometres between two places; none where both have none, endless where one has."""
    if one is None or other is None:
        return 0 if one is other else math.inf
    return math.dist(one, other)


def _file(rows):
    """satellites.json of these, as exact as the rows are."""
    base = min(row.epoch for row in rows).replace(microsecond=0)
    columns = {name: [getattr(row, name) for row in rows] for name in COLUMNS}
    columns |= {"epoch_base": base.isoformat(), "epoch": [(row.epoch - base).total_seconds() for row in rows]}
    return columns | {"group": [0] * len(rows), "groups": ["stations"], "is_demo": False}


def browser_places(page, rows, times):
    """(x, y, z) or None of each satellite at its own time, as orbits.js in this page's browser has it."""
    _load_modules(page)
    code = """([file, times]) => {
      const orbits = space.readOrbits(file), values = new Float64Array(6);
      return times.map((at, index) => {
        space.writePlace(orbits, index, at, values, 0);
        return Number.isNaN(values[0]) ? null : [...values.subarray(0, 3)];
      });
    }"""
    return page.evaluate(code, [_file(rows), times])


def browser_passes(page, rows, place, start):
    """The passes of each satellite over (latitude, longitude), as seek_passes.js in this page's browser has them."""
    _load_modules(page)
    code = """([file, [latitude, longitude], from]) => {
      const orbits = space.readOrbits(file);
      return orbits.epoch.map((_, index) => space.seekPasses(orbits, index, latitude, longitude, from).passes);
    }"""
    return page.evaluate(code, [_file(rows), place, start.timestamp() * 1000])


def browser_suns(page, times):
    """[longitude, latitude] with the sun overhead at each time, as sun.js has it."""
    _load_modules(page)
    return page.evaluate("(times) => times.map(space.subSolarPoint)", times)


def browser_row(page, at, zone):
    """[date, time] as pass_words.js prints this moment."""
    _load_modules(page)
    section = {"directions": "", "weekdays": "Mon|Tue|Wed|Thu|Fri|Sat|Sun", "months": "1|2|3|4|5|6|7|8|9|10|11|12"}
    return page.evaluate(
        """([dataset, at, zone]) => {
          const words = space.makeWords({dataset});
          return [words.night(at, zone), words.time(at, zone)];
        }""",
        [section | {"layout": "D j M"}, at.timestamp() * 1000, zone],
    )
