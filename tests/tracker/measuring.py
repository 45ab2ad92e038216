"""How right the computations are: worst differences from the published SGP4 vectors and from skyfield.

For the tests, in short, and for scripts/bench_tracker.py, in full. Nothing is fetched: skyfield reads what the package
skyfield-data brings along.
"""

import datetime as dt
import functools
import math
import os
import re
from importlib import resources
from typing import NamedTuple

import numpy
import skyfield_data
from sgp4.api import Satrec
from sgp4.conveniences import sat_epoch_datetime
from skyfield.api import EarthSatellite, Loader, wgs84
from skyfield.framelib import itrs
from skyfield.searchlib import find_discrete, find_maxima

from tests.tracker.sets import MOLNIYA, NAVIGATION, STATION, SUN_SYNCHRONOUS, a_satellite
from tracker.passes import Sky, rises, sky_looks, visible_passes
from tracker.propagating import positions, satrec
from tracker.sky import at_days, days_since_2000, sidereal_angle, sub_solar_point, turned

# What counts as risen and as dark, in degrees: said again, so that a change of ours is seen here.
HORIZON, DARK = 10, -6
ORBITS = {
    "station": STATION,
    "sun-synchronous": SUN_SYNCHRONOUS,
    "navigation": NAVIGATION,
    "Molniya": MOLNIYA,
}
SITES = {
    "Zagreb": (45.813, 15.977),
    "Singapore": (1.352, 103.820),
    "Ushuaia": (-54.802, -68.303),
    "Longyearbyen": (78.223, 15.647),
    "McMurdo": (-77.846, 166.676),
}


@functools.cache
def sky_of_skyfield():
    """(timescale, ephemeris)"""
    folder = os.path.join(os.path.dirname(skyfield_data.__file__), "data")
    load = Loader(folder, verbose=False, expire=False)
    return load.timescale(builtin=True), load("de421.bsp")


# The published vectors


def published_sets():
    """{number: Satellite, not saved} of the verification file: each as a row of ours would hold it."""
    sets, first = {}, ""
    for line in (resources.files("sgp4") / "SGP4-VER.TLE").read_text("ascii").splitlines():
        if line.startswith("1 "):
            first = line
        elif line.startswith("2 "):
            read = Satrec.twoline2rv(first[:69], line[:69])
            sets[read.satnum] = a_satellite(
                read.satnum,
                epoch=sat_epoch_datetime(read),
                mean_motion=float(line[52:63]),
                eccentricity=float("0." + line[26:33].strip()),
                inclination=float(line[8:16]),
                ascending_node=float(line[17:25]),
                argument_of_perigee=float(line[34:42]),
                mean_anomaly=float(line[43:51]),
                bstar=read.bstar,
            )
    return sets


def vector_differences():
    """{number: kilometres, the worst of its published vectors}, by way of row, record and position in ECEF."""
    sets, worst, number = published_sets(), {}, 0
    for line in (resources.files("sgp4") / "tcppver.out").read_text("ascii").splitlines():
        if found := re.match(r"(\d+) xx", line):
            number = int(found[1])
            continue
        minutes, *vector = (float(part) for part in line.split()[:4])
        row = sets[number]
        when = row.epoch + dt.timedelta(minutes=minutes)
        [place] = positions([satrec(row)], when)
        if place is None:
            # The vectors of sets that SGP4 refuses are of their last good moment.
            continue
        published = turned(*vector, sidereal_angle(days_since_2000(when)))
        worst[number] = max(worst.get(number, 0), math.dist(place, published))
    return worst


# The Sun and the Earth's turning


def sun_difference(moments):
    """Degrees between our sub-solar point and skyfield's, the worst of these times."""
    timescale, bodies = sky_of_skyfield()
    times = timescale.from_datetimes(moments)
    theirs = wgs84.subpoint_of(bodies["earth"].at(times).observe(bodies["sun"]).apparent())
    pairs = zip(moments, theirs.longitude.degrees, theirs.latitude.degrees, strict=True)
    return max(_apart(sub_solar_point(moment), (longitude, latitude)) for moment, longitude, latitude in pairs)


def _apart(one, other):
    """Degrees on the sphere between two (longitude, latitude)."""
    (a, b), (c, d) = ([math.radians(part) for part in point] for point in (one, other))
    half = math.sin((d - b) / 2) ** 2 + math.cos(b) * math.cos(d) * math.sin((c - a) / 2) ** 2
    return math.degrees(2 * math.asin(math.sqrt(half)))


def earth_difference(rows, moments):
    """Kilometres between our positions in ECEF and skyfield's (which knows how the pole wanders), the worst."""
    timescale, _ = sky_of_skyfield()
    worst = 0
    for row in rows:
        record = satrec(row)
        for moment in moments:
            [place] = positions([record], moment)
            theirs = EarthSatellite.from_satrec(record, timescale).at(timescale.from_datetime(moment))
            worst = max(worst, math.dist(place, theirs.frame_xyz(itrs).km))
    return worst


# Passes


class Differences(NamedTuple):
    """Of passes from skyfield's: the worst seconds and degrees; `odd` are those that only one of the two knows."""

    passes: int = 0
    seconds: float = 0.0
    degrees: float = 0.0
    visible: int = 0
    visible_seconds: float = 0.0
    odd: int = 0


def worst_of(all_differences):
    """The worst of each, and of counts the sum."""
    columns = zip(Differences._fields, zip(*all_differences, strict=True), strict=True)
    return Differences(
        *(sum(values) if name in ("passes", "visible", "odd") else max(values) for name, values in columns)
    )


class Ground:
    """One satellite over one place, as skyfield sees it."""

    def __init__(self, row, place):
        self.timescale, bodies = sky_of_skyfield()
        self.satellite = EarthSatellite.from_satrec(satrec(row), self.timescale)
        self.place = wgs84.latlon(*place)
        self.bodies, self.watcher = bodies, bodies["earth"] + self.place
        # How often it is looked at before the moment of a change is sought.
        self.step = min(30.0, 600.0 / row.mean_motion) if row.eccentricity < 0.1 else 30.0

    def look(self, times):
        elevation, azimuth, _ = (self.satellite - self.place).at(times).altaz()
        return azimuth.degrees, elevation.degrees

    def changes(self, test, first, last, step):
        """[(time, what `test` says from then on)]: every change that steps of so many seconds show."""
        test.step_days = step / 86400
        times, values = find_discrete(first, last, test)
        return list(zip(times, values, strict=True))

    def passes(self, start, days):
        """[(rise, culmination, set)] as skyfield's times, of passes that rise and set within these days."""
        ends = (self.timescale.from_datetime(moment) for moment in (start, start + dt.timedelta(days=days)))
        rise, found = None, []
        for time, is_up in self.changes(lambda times: self.look(times)[1] > HORIZON, *ends, self.step):
            if is_up:
                rise = time
            elif rise is not None:
                found.append((rise, self.top(rise, time), time))
        return found

    def top(self, rise, end):
        def elevation(times):
            return self.look(times)[1]

        elevation.step_days = (end - rise) / 100
        times, values = find_maxima(rise, end, elevation, epsilon=0.05 / 86400)
        return times[numpy.argmax(values)]

    def visible(self, rise, end):
        """(from, until) of the first part of a pass that can be seen, or None."""

        def test(times):
            sun = self.watcher.at(times).observe(self.bodies["sun"]).apparent().altaz()[0].degrees
            return (sun < DARK) & self.satellite.at(times).is_sunlit(self.bodies)

        changes = self.changes(test, rise, end, (end - rise) * 86400 / 200)
        if not changes:
            return (rise, end) if test(rise) else None
        if changes[0][1]:
            return changes[0][0], changes[1][0] if len(changes) > 1 else end
        return rise, changes[0][0]


def pass_differences(row, place, start, days):
    """Of all passes that skyfield finds in these days: moments, directions, and what of them is visible."""
    ground, sky = Ground(row, place), Sky(row, *place)
    first = days_since_2000(start)
    ours = list(rises(sky, sky_looks(sky, first, first + days)))
    pairs = [(_near(ours, theirs[1]), theirs) for theirs in ground.passes(start, days)]
    known = [(mine, theirs) for mine, theirs in pairs if mine]
    inside = [one for one in ours if first < one[0] and one[2] < first + days]
    seconds, degrees = zip((0, 0), *(_moment_differences(sky, ground, *pair) for pair in known), strict=True)
    visible, visible_seconds, odd = _visible_differences(row, place, ground, start, days, known)
    odd += len(pairs) - len(known) + len(inside) - len(known)
    return Differences(len(known), max(seconds), max(degrees), visible, visible_seconds, odd)


def _near(passes, time):
    days = days_since_2000(time.utc_datetime())
    return next((one for one in passes if one[0] <= days <= one[2]), None)


def _moment_differences(sky, ground, mine, theirs):
    seconds = max(_seconds(at_days(a), b) for a, b in zip(mine, theirs, strict=True))
    degrees = 0
    for days, time in zip(mine, theirs, strict=True):
        moment, (azimuth, elevation) = sky.moment(days), ground.look(time)
        turn = abs((moment.azimuth - azimuth + 180) % 360 - 180)
        # Near the zenith all azimuths lie close together.
        degrees = max(degrees, abs(moment.elevation - elevation), turn * math.cos(math.radians(elevation)))
    return seconds, degrees


def _visible_differences(row, place, ground, start, days, known):
    """(visible passes that both know, worst seconds of their visible parts, visible passes that one alone knows)."""
    ours = {one.rise.at: one for one in visible_passes(row, *place, start, days).passes}
    count = odd = worst = 0
    for mine, (rise, _, end) in known:
        seen, theirs = ours.get(at_days(mine[0])), ground.visible(rise, end)
        if seen and theirs:
            count += 1
            ends = zip((seen.visible_from, seen.visible_until), theirs, strict=True)
            worst = max(worst, *(_seconds(moment, time) for moment, time in ends))
        elif seen or theirs:
            odd += 1
    return count, worst, odd


def _seconds(moment, time):
    return abs((moment - time.utc_datetime()).total_seconds())
