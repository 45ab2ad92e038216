"""`make bench-tracker`: how right and how fast Space Tracker's computations are on the server.

Right: against the published SGP4 vectors, and against skyfield for the Sun, the Earth's turning, and passes. Fast: over
10,000 made-up element sets (tests/tracker/sets.py) in a database of its own. Exit code 1 when a bound is missed.
docs/decisions/0029-positions-and-passes.md keeps the results.
"""

import datetime as dt
import itertools
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial

from prepare import PYTHON, ROOT, say

COUNT, RUNS = 10_000, 15
SUN_TIMES = 20_000
DAYS = 10
RANDOM_PASSES = 80
# Turns a day. What hardly moves over a place crosses 10° so slowly that 0.0004° are seconds: only degrees say anything.
SLOW = 1.5
KB = 1000
CHILD = "import newsroom.wsgi, bench_tracker; bench_tracker.measure()"


def main():
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        environment = {**os.environ, "NEWSROOM_ENV": "local", "DATA_DIR": folder}
        environment["PYTHONPATH"] = f"{ROOT}:{ROOT / 'scripts'}"
        environment.pop("DATABASE_URL", None)
        subprocess.run([PYTHON, "manage.py", "migrate", "-v0"], cwd=ROOT, env=environment, check=True)
        sys.exit(subprocess.run([PYTHON, "-W", "ignore", "-c", CHILD], cwd=ROOT, env=environment).returncode)


# In the process that measures


def measure():
    table = []
    for title, part in [
        ("fast", speeds),
        ("file", sizes),
        ("vectors", vectors),
        ("sun", sun_and_earth),
        ("passes", passes),
        ("random", random_passes),
    ]:
        say(title, part.__doc__)
        table += part()
    print(f"\n{'':<62}{'found':>12}{'bound':>10}")
    missed = [name for name, found, bound, _unit in table if bound is not None and found > bound]
    for name, found, bound, unit in table:
        limit = "" if bound is None else f"{bound:g}"
        print(f"{name:<62}{found:>12,.4g}{limit:>10} {unit}{'   MISSED' if name in missed else ''}")
    sys.exit(f"Missed: {', '.join(missed)}." if missed else 0)


def vectors():
    """the published SGP4 vectors, by way of our rows"""
    from tests.tracker.measuring import vector_differences

    worst = vector_differences()
    return [(f"SGP4's published vectors, {len(worst)} satellites: worst", max(worst.values()) * 1000, 1000, "m")]


def sun_and_earth():
    """the Sun and the Earth's turning, against skyfield"""
    from tests.tracker.measuring import ORBITS, earth_difference, sun_difference
    from tests.tracker.sets import a_satellite

    first, last = dt.datetime(1957, 1, 1, tzinfo=dt.UTC), dt.datetime(2050, 12, 31, tzinfo=dt.UTC)
    moments = [first + (last - first) * part / SUN_TIMES for part in range(SUN_TIMES)]
    now = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
    rows = [a_satellite(epoch=now, **orbit) for orbit in ORBITS.values()]
    hours = [now + dt.timedelta(hours=hour) for hour in range(0, 240, 5)]
    return [
        (f"Sub-solar point, {SUN_TIMES:,} times of 1957 to 2050: worst", sun_difference(moments), 0.1, "degrees"),
        ("Position over the turning Earth: worst", earth_difference(rows, hours), 0.5, "km"),
    ]


def passes():
    """all passes of ten days, four orbits over five places, against skyfield"""
    from tests.tracker.measuring import ORBITS, SITES, pass_differences, worst_of
    from tests.tracker.sets import a_satellite

    start = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
    table, every = [], []
    for orbit, elements in ORBITS.items():
        row = a_satellite(epoch=start, **elements)
        found = worst_of(pass_differences(row, place, start, DAYS) for place in SITES.values())
        every.append(found)
        table += _rows(f"{orbit}, {found.passes} passes", found)
    table.append(("Passes that only one of the two finds", sum(found.odd for found in every), 0, ""))
    return table


def random_passes():
    """passes of two days, random satellites over random places, against skyfield"""
    from tests.tracker.measuring import pass_differences, worst_of
    from tests.tracker.sets import synthetic_sets

    chance = random.Random(29)
    start = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
    places = [(chance.uniform(-89, 89), chance.uniform(-180, 180)) for _ in range(RANDOM_PASSES)]
    rows = synthetic_sets(RANDOM_PASSES, start, seed=29)
    kinds = {"random satellites": [], "geosynchronous ones": []}
    for row, place in zip(rows, places, strict=True):
        is_slow = row.mean_motion < SLOW
        kinds["geosynchronous ones" if is_slow else "random satellites"].append(pass_differences(row, place, start, 2))
    table = []
    for name, all_found in kinds.items():
        found = worst_of(all_found)
        table += _rows(f"{len(all_found)} {name}, {found.passes} passes", found, 5 if "random" in name else None)
        table.append((f"{name}: passes that only one of the two finds", found.odd, 0, ""))
    return table


def _rows(name, found, seconds=5):
    return [
        (f"{name}: rise, top, set, worst", found.seconds, seconds, "s"),
        (f"{name}: elevation, azimuth, worst", found.degrees, 0.2, "degrees"),
        (f"{name}, {found.visible} visible: begin, end, worst", found.visible_seconds, 5, "s"),
    ]


def speeds():
    """ten thousand satellites at once, and what one table of passes costs"""
    from tests.tracker.measuring import ORBITS, SITES
    from tests.tracker.sets import a_satellite, synthetic_sets
    from tracker.models import Satellite
    from tracker.passes import visible_passes
    from tracker.propagating import positions, satrec, teme

    now = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
    Satellite.objects.bulk_create(synthetic_sets(COUNT, now), batch_size=500)
    rows = list(Satellite.objects.all())
    records = [satrec(row) for row in rows]
    when = now + dt.timedelta(hours=3)
    costs = []
    for orbit, place in itertools.product(ORBITS.values(), SITES.values()):
        costs.append(_milliseconds(partial(visible_passes, a_satellite(epoch=now, **orbit), *place, now, DAYS)))
    return [
        (f"{COUNT:,} propagated: SGP4 alone", _milliseconds(lambda: teme(records, when)), 50, "ms"),
        (f"{COUNT:,} propagated to places over the Earth", _milliseconds(lambda: positions(records, when)), 50, "ms"),
        (f"{COUNT:,} records made from rows", _milliseconds(lambda: [satrec(row) for row in rows]), None, "ms"),
        (f"{COUNT:,} rows read", _milliseconds(lambda: list(Satellite.objects.all())), None, "ms"),
        (f"A table of all visible passes of {DAYS} days: median", statistics.median(costs), 60, "ms"),
        (f"A table of all visible passes of {DAYS} days: slowest", max(costs), 60, "ms"),
    ]


def _milliseconds(work):
    """Of processor time: the median of some runs."""
    costs = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        costs.append((time.process_time() - begun) * 1000)
    return statistics.median(costs)


def sizes():
    """satellites.json with ten thousand"""
    from tracker.models import SatelliteFile
    from tracker.satellite_file import rebuild_file

    now = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
    begun = time.process_time()
    rebuild_file(now)
    cost = (time.process_time() - begun) * 1000
    file = SatelliteFile.objects.get()
    return [
        (f"satellites.json with {COUNT:,}, brotli", len(file.brotli) / KB, 500, "KB"),
        (f"satellites.json with {COUNT:,}, gzip", len(file.gzip) / KB, 500, "KB"),
        ("making it, once a change", cost, None, "ms"),
    ]


if __name__ == "__main__":
    main()
