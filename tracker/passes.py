"""When a satellite passes over a place, and when it can be seen there: sunlit, while the ground lies in the dark.

A pass is the time above HORIZON. Sines of elevations are compared, not angles: they are smooth even where a satellite
crosses the zenith. static/js/tracker/seek_passes.js does the same in the browser.
"""

import datetime as dt
import math
from itertools import islice, pairwise
from math import cos, radians, sin, sqrt
from typing import NamedTuple

from .propagating import satrec
from .sky import (
    JULIAN_2000,
    at_days,
    days_since_2000,
    is_in_sunlight,
    look,
    sidereal_angle,
    site,
    sun_direction,
    turned,
)

# Degrees above the horizon from which a satellite counts as risen, and the Sun's elevation below which it is dark.
HORIZON, DARK = 10, -6
SIN_HORIZON, SIN_DARK = sin(radians(HORIZON)), sin(radians(DARK))
# Looks a turn of the orbit, at the pace it has at its lowest point. Between two of them there is one top at most, and
# one that reaches the horizon has a neighbour that is not far below.
LOOKS_A_TURN = 10
# Turns a day: no orbit that clears the ground has a quicker pace, however long it is.
FASTEST = 24
FAR_BELOW = sin(radians(-20)) - SIN_HORIZON
# Parts into which a pass is cut to find what of it can be seen.
PARTS = 40
SECOND = 1 / 86400
# How exactly each moment is found, in days.
EXACT = 0.01 * SECOND
# Per day, what the Sun's elevation changes at most, in degrees.
SUN_A_DAY = 361


class Moment(NamedTuple):
    at: dt.datetime
    azimuth: float
    elevation: float


class Pass(NamedTuple):
    """One pass, and its first part that can be seen."""

    rise: Moment
    culmination: Moment
    set: Moment
    visible_from: dt.datetime
    visible_until: dt.datetime


class Seen(NamedTuple):
    """The passes that can be seen; where there is none, whether that is because the satellite never rises or sets."""

    passes: tuple = ()
    never: bool = False
    always: bool = False
    # SGP4 finds no place for it at the beginning or at the end: the elements say that it has fallen by then.
    is_fallen: bool = False


class Sky:
    """One satellite over one place. Times are days since 2000."""

    def __init__(self, row, latitude, longitude):
        self.record = satrec(row)
        self.site = site(latitude, longitude)
        self.turn = min(1.0, 1 / row.mean_motion)
        e = row.eccentricity
        # Turns a day that the pace of the lowest point would make; the Earth turns once.
        pace = row.mean_motion * sqrt((1 + e) / (1 - e) ** 3)
        self.step = 1 / min(max(pace, 1), FASTEST) / LOOKS_A_TURN

    def place(self, days):
        """The satellite in ECEF, or None where SGP4 has no place for it."""
        error, place, _ = self.record.sgp4(JULIAN_2000, days)
        return None if error else turned(*place, sidereal_angle(days))

    def height(self, days):
        """The sine of the elevation, less that of HORIZON."""
        error, place, _ = self.record.sgp4(JULIAN_2000, days)
        if error:
            return -1.0
        (x, y, z), (ox, oy, oz), (ux, uy, uz) = place, self.site.position, self.site.up
        angle = sidereal_angle(days)
        c, s = cos(angle), sin(angle)
        x, y, z = c * x + s * y - ox, c * y - s * x - oy, z - oz
        return (x * ux + y * uy + z * uz) / sqrt(x * x + y * y + z * z) - SIN_HORIZON

    def climb(self, days):
        """What the height gains in the second around this time (SGP4's velocity is not quite its position's change)."""
        return self.height(days + SECOND / 2) - self.height(days - SECOND / 2)

    def moment(self, days):
        azimuth, elevation, _ = look(self.site, *self.place(days))
        return Moment(at_days(days), azimuth, elevation)

    def sun(self, days):
        """(direction of the Sun in ECEF, sine of its elevation at the place)."""
        x, y, z = turned(*sun_direction(days), sidereal_angle(days))
        ux, uy, uz = self.site.up
        return (x, y, z), x * ux + y * uy + z * uz

    def is_visible(self, days):
        sun, height = self.sun(days)
        if height >= SIN_DARK:
            return False
        place = self.place(days)
        return bool(place) and is_in_sunlight(place, sun)


def visible_passes(row, latitude, longitude, start, days, most=None):
    """The Seen of a Satellite (or Elements): passes that can still be seen after `start`, at most so many."""
    sky = Sky(row, latitude, longitude)
    first = days_since_2000(start)
    last = first + days
    if not (sky.place(first) and sky.place(last)):
        return Seen(is_fallen=True)
    looks = sky_looks(sky, first, last)
    within = [height > 0 for at, height in looks if first <= at <= last]
    if not any(within):
        return Seen(never=True)
    if all(within):
        return Seen(always=True)
    passes = (_visible_pass(sky, *moments) for moments in rises(sky, looks) if moments[0] < last and moments[2] > first)
    return Seen(tuple(islice((one for one in passes if one and one.visible_until > start), most)))


def sky_looks(sky, first, last):
    """[(time, height above the horizon)] at every step, and at every top between two that may reach the horizon.

    They begin a turn before `first` and end a turn after `last`: a pass that is on at the beginning rose before it, and
    one that is on at the end sets after it.
    """
    first, count = first - sky.turn, math.ceil((last - first + 2 * sky.turn) / sky.step)
    found = []
    before = None
    for at in (first + number * sky.step for number in range(count + 1)):
        height, climb = sky.height(at), sky.climb(at)
        if before and before[2] > 0 >= climb and max(before[1], height) > FAR_BELOW:
            top = _root(sky.climb, before[0], at)
            found.append((top, sky.height(top)))
        found.append((at, height))
        before = at, height, climb
    return found


def rises(sky, looks):
    """(rise, culmination, set) of each pass that begins and ends within these looks."""
    rise = top = None
    for (before, low), (at, height) in pairwise(looks):
        if low <= 0 < height:
            rise, top = _root(sky.height, before, at), (height, at)
        if rise is None:
            continue
        top = max(top, (height, at))
        if height <= 0:
            yield rise, top[1], _root(sky.height, before, at)
            rise = None


def _visible_pass(sky, rise, top, end):
    """A Pass, or None where nothing of it can be seen, or where it ends because the orbit does."""
    _, sun_height = sky.sun(top)
    if math.degrees(math.asin(sun_height)) - SUN_A_DAY * (end - rise) > DARK:
        return None
    if not (sky.place(rise) and sky.place(end)):
        return None
    looks = [rise + (end - rise) * part / PARTS for part in range(PARTS + 1)]
    seen = [sky.is_visible(at) for at in looks]
    if True not in seen:
        return None
    begin = seen.index(True)
    over = seen.index(False, begin) if False in seen[begin:] else None
    visible_from = _edge(sky, looks[begin - 1], looks[begin]) if begin else rise
    visible_until = _edge(sky, looks[over], looks[over - 1]) if over else end
    return Pass(*(sky.moment(at) for at in (rise, top, end)), at_days(visible_from), at_days(visible_until))


def _edge(sky, unseen, seen):
    """The moment between these two at which the satellite comes into sight or goes out of it."""
    while abs(seen - unseen) > EXACT:
        middle = (seen + unseen) / 2
        if sky.is_visible(middle):
            seen = middle
        else:
            unseen = middle
    return seen


def _root(function, before, after):
    """Where a function that changes its sign between the two is nought: regula falsi, as the Illinois algorithm."""
    other, value = function(before), function(after)
    while abs(after - before) > EXACT and value != other:
        middle = after - value * (after - before) / (value - other)
        last, value = value, function(middle)
        if value * last < 0:
            before, other = after, last
        else:
            other /= 2
        if abs(middle - after) < EXACT:
            return middle
        after = middle
    return after
