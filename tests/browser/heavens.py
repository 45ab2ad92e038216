"""Skyfield as the judge of passes that were computed without it."""

import functools
import math
import warnings

from skyfield.api import EarthSatellite, Loader, wgs84
from skyfield.framelib import itrs
from skyfield_data import get_skyfield_data_path

from tests.browser.space import moment
from tracker.passes import DARK, HORIZON
from tracker.propagating import satrec

SECOND = 1000
DAY = 86_400 * SECOND
# skyfield's numbers for the two ends and the top of a pass.
EVENTS = {"rise": 0, "culmination": 1, "set": 2}


@functools.cache
def heavens():
    """(time scale, ephemeris), from files that come with the package skyfield-data."""
    with warnings.catch_warnings():
        # The newest of its tables has predictions of how the Earth turns: too old for seconds of arc, not for passes.
        warnings.filterwarnings("ignore", message=".*has expired", category=RuntimeWarning)
        load = Loader(get_skyfield_data_path(), verbose=False)
    return load.timescale(), load("de421.bsp")


def sun_place(at):
    """(longitude, latitude) in degrees of the place that has the sun overhead."""
    time_scale, ephemeris = heavens()
    sun = ephemeris["earth"].at(time_scale.from_datetime(moment(at))).observe(ephemeris["sun"]).apparent()
    latitude, longitude, _distance = sun.frame_latlon(itrs)
    return (longitude.degrees + 180) % 360 - 180, latitude.degrees


class Judge:
    """One satellite over one place, as skyfield sees it. Times are milliseconds since 1970."""

    def __init__(self, row, place):
        self.time_scale, self.ephemeris = heavens()
        self.satellite = EarthSatellite.from_satrec(satrec(row), self.time_scale)
        self.site = wgs84.latlon(*place)

    def time(self, at):
        return self.time_scale.from_datetime(moment(at))

    def direction(self, at):
        """(elevation, azimuth) in degrees."""
        elevation, azimuth, _distance = (self.satellite - self.site).at(self.time(at)).altaz()
        return elevation.degrees, azimuth.degrees

    def is_visible(self, at):
        time = self.time(at)
        sun = (self.ephemeris["earth"] + self.site).at(time).observe(self.ephemeris["sun"]).apparent().altaz()[0]
        return sun.degrees < DARK and bool(self.satellite.at(time).is_sunlit(self.ephemeris))

    def events(self, begin, end):
        """{kind: times}"""
        times, kinds = self.satellite.find_events(self.site, self.time(begin), self.time(end), altitude_degrees=HORIZON)
        found = [(kind, time.utc_datetime().timestamp() * SECOND) for kind, time in zip(kinds, times, strict=True)]
        events = {kind: [at for of, at in found if of == kind] for kind in EVENTS.values()}
        events[EVENTS["culmination"]] = [self._top(at) for at in events[EVENTS["culmination"]]]
        return events

    def _top(self, at):
        """Of a long, flat top find_events says the time to some seconds: a parabola through it says it better."""
        before, here, after = (self.direction(at + step * SECOND)[0] for step in (-5, 0, 5))
        bend = before - 2 * here + after
        return at + 5 * SECOND * (before - after) / (2 * bend) if bend else at


def pass_differences(row, place, passes):
    """[(seconds, degrees)] by which the moments of these passes, as the browser tells them, are not skyfield's."""
    if not passes:
        return []
    judge = Judge(row, place)
    events = judge.events(passes[0]["rise"]["at"] - DAY / 24, passes[-1]["set"]["at"] + DAY / 24)
    differences = []
    for one in passes:
        for name, kind in EVENTS.items():
            found = one[name]
            late = min(abs(found["at"] - at) for at in events[kind])
            differences.append((late / SECOND, _between(found, judge.direction(found["at"]))))
    return differences


def visibility_faults(row, place, passes, tolerance=5 * SECOND):
    """Of each pass, whether skyfield agrees that it is seen from then and until then, so many milliseconds apart."""
    judge = Judge(row, place)
    faults = []
    for one in passes:
        begin, end = one["visibleFrom"], one["visibleUntil"]
        if end - begin > 2 * tolerance and not (
            judge.is_visible(begin + tolerance) and judge.is_visible(end - tolerance)
        ):
            faults.append((one, "not seen"))
        if begin > one["rise"]["at"] and judge.is_visible(begin - tolerance):
            faults.append((one, "seen before"))
        if end < one["set"]["at"] and judge.is_visible(end + tolerance):
            faults.append((one, "seen after"))
    return faults


def _between(found, direction):
    """Degrees on the sky between two directions: an azimuth alone says little near the zenith."""
    (a, b), (c, d) = ((math.radians(found["elevation"]), math.radians(found["azimuth"])), map(math.radians, direction))
    half = math.sin((a - c) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((b - d) / 2) ** 2
    return math.degrees(2 * math.asin(math.sqrt(half)))
