"""`make bench-globe`: Space Tracker with 10,000 moving satellites, in Chromium: how fast, and how right.

Starts the real server over a few seeded stories and 10,000 made-up element sets (tests/tracker/sets.py), and opens
/space-tracker/ on a telephone and on a desktop screen. Frames are counted for ten seconds while the globe is dragged.
Then the browser's own code is asked where 1,000 random satellites are at random times, and when some pass over Zagreb;
the answers are compared with Python's sgp4 and with skyfield. Exit code 1 when a bound is missed.
"""

import contextlib
import math
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

import chromium
from bench_weight import FLAGS, make_site, server
from prepare import PYTHON, ROOT, say

COUNT = 10_000
COMPARED = 1_000
PASSES_OF = 30
SECONDS = 10
# Width, height, pixels of the screen for each of CSS.
SCREENS = {"desktop, 1440 px": (1440, 900, 1), "telephone, 390 px": (390, 844, 2)}
FILL = f"""
from django.utils import timezone
from tests.tracker.sets import synthetic_sets
from tracker.models import Satellite
from tracker.satellite_file import rebuild_file
now = timezone.now()
Satellite.objects.all().delete()
Satellite.objects.bulk_create(synthetic_sets({COUNT}, now))
rebuild_file(now)
"""
# Keeps what the worker says of its own time: the page itself has no use for it.
LISTEN = """
    window.rounds = [];
    window.satellitesMove = new Promise((resolve) => {
      window.Worker = class extends Worker {
        constructor(...options) {
          super(...options);
          this.addEventListener("message", ({data}) => {
            if (data.type === "positions" && rounds.push(data.took) > 1) resolve(true);
          });
        }
      };
    });
"""
FRAMES = "() => [+document.querySelector('[data-frames]').dataset.frames, performance.now()]"


def main():
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-globe-")))
        environment = make_site(folder)
        say("site", f"{COUNT:,} element sets")
        subprocess.run([PYTHON, ROOT / "manage.py", "shell", "-v0", "-c", FILL], cwd=ROOT, env=environment, check=True)
        address = stack.enter_context(server(environment))
        size = size_of(f"{address}/space-tracker/satellites.json")
        browser = stack.enter_context(chromium_browser())
        screens = {name: watch(browser, address, screen) for name, screen in SCREENS.items()}
        say("compare", "with sgp4 and skyfield")
        start_django(environment)
        page = browser.new_page()
        distances = compare_places(page)
        passes = compare_passes(page)
    return report(size, screens, distances, passes)


@contextlib.contextmanager
def chromium_browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=FLAGS)
        yield browser
        browser.close()


def size_of(url):
    """Bytes on the wire, as the server sends them to every browser."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br, gzip"})  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
        return len(response.read())


# How fast


def watch(browser, address, screen):
    """{frames: a second, round: median milliseconds of the worker, count: satellites} while the globe is dragged."""
    width, height, density = screen
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=density)
    page.add_init_script(LISTEN)
    say("watch", f"{width} px for {SECONDS} s")
    page.goto(f"{address}/space-tracker/", wait_until="load")
    page.evaluate("() => satellitesMove")
    box = page.locator("[data-frames]")
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    frames, began = page.evaluate(FRAMES)
    drag(page, box.bounding_box())
    frames_then, ended = page.evaluate(FRAMES)
    rounds = page.evaluate("rounds")
    page.close()
    return {"frames": (frames_then - frames) / (ended - began) * 1000, "round": statistics.median(rounds)}


def drag(page, box):
    """Back and forth across the globe, held all the time, so that the earth too is drawn anew in every frame."""
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    began = time.monotonic()
    while (spent := time.monotonic() - began) < SECONDS:
        page.mouse.move(x + 120 * math.sin(spent * 2), y + 40 * math.sin(spent * 3))
        page.wait_for_timeout(8)
    page.mouse.up()


# How right


def start_django(environment):
    """The tests' element sets are models of Django, and this process has not needed it so far."""
    sys.path.insert(0, str(ROOT))
    os.environ.update(environment, DJANGO_SETTINGS_MODULE="newsroom.settings")
    import django

    django.setup()


def made_up(count, seed):
    from django.utils import timezone

    from tests.tracker.sets import synthetic_sets

    return synthetic_sets(count, timezone.now(), seed)


def compare_places(page):
    """Kilometres between browser and sgp4, sorted: random satellites, each at a random time of two weeks."""
    from tests.browser.space import away, browser_places, expected_place

    chance = random.Random(11)
    rows = chance.sample(made_up(COUNT, seed=12), COMPARED)
    times = [row.epoch.timestamp() * 1000 + chance.uniform(-7, 7) * 86_400_000 for row in rows]
    pairs = zip(rows, times, browser_places(page, rows, times), strict=True)
    return sorted(away(place, expected_place(row, at)) for row, at, place in pairs)


def compare_passes(page):
    """{count, seconds, degrees, unseen}: the worst of the browser's passes over Zagreb, against skyfield."""
    from tests.browser.heavens import pass_differences, visibility_faults
    from tests.browser.space import ZAGREB, browser_passes

    rows = made_up(PASSES_OF, seed=13)
    found = browser_passes(page, rows, ZAGREB, rows[0].fetched_at)
    differences = [
        pair for row, passes in zip(rows, found, strict=True) for pair in pass_differences(row, ZAGREB, passes)
    ]
    return {
        "seconds": max(seconds for seconds, _degrees in differences),
        "degrees": max(degrees for _seconds, degrees in differences),
        "count": len(differences),
        "unseen": sum(len(visibility_faults(row, ZAGREB, part)) for row, part in zip(rows, found, strict=True)),
    }


# The report


def report(size, screens, distances, passes):
    frames = [(f"frames a second, {name}", screen["frames"], 30, True) for name, screen in screens.items()]
    rounds = max(screen["round"] for screen in screens.values())
    figures = [
        *frames,
        (f"worker, ms for {COUNT:,} positions", rounds, 1000, False),
        (f"km from sgp4, worst of {len(distances):,}", distances[-1], 1, False),
        ("km from sgp4, median", statistics.median(distances), 1, False),
        (f"s from skyfield, worst of {passes['count']:,} moments", passes["seconds"], 5, False),
        ("° from skyfield, worst", passes["degrees"], 0.2, False),
        ("passes seen over 5 s earlier or later than it has", passes["unseen"], 0, False),
        ("satellites.json, KB", size / 1000, 500, False),
    ]
    print(f"\n{'':<50}{'measured':>12}  bound")
    missed = False
    for name, value, bound, is_least in figures:
        is_missed = value < bound if is_least else value > bound
        missed |= is_missed
        print(f"{name:<50}{value:>12.4g}  {'≥' if is_least else '≤'} {bound:<6}{'missed' if is_missed else 'ok'}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
