"""Where the Sun stands, how far the Earth has turned, and how a place sees what is above it.

Times inside are days since 2000 (1 January, 12:00 UTC; UT1 is taken to be UTC, from which it never differs by a
second). Positions are kilometres in the frame that turns with the Earth (ECEF: x through 0° N 0° E, z through the
north pole), on the ellipsoid WGS84. static/js/globe/sun.js says the same about the Sun in the browser.
"""

import datetime as dt
import math
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import NamedTuple

TWO_PI = 2 * math.pi
NOON_2000 = dt.datetime(2000, 1, 1, 12, tzinfo=dt.UTC)
# NOON_2000 as a Julian date.
JULIAN_2000 = 2451545.0
DAY = dt.timedelta(days=1)
DAYS_OF_A_CENTURY = 36525
# WGS84: the equator's radius in kilometres, and the squared eccentricity of a meridian.
EARTH_RADIUS = 6378.137
FLATTENING = 1 / 298.257223563
ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING)


def days_since_2000(when):
    return (when - NOON_2000) / DAY


def at_days(days):
    """The time, to the nearest millisecond: how exactly a day of this century can be said in a float is far finer."""
    return NOON_2000 + dt.timedelta(milliseconds=round(days * 86_400_000))


def sidereal_angle(days):
    """How far the Earth has turned below the equinox of date, in radians: Greenwich mean sidereal time of 1982."""
    century = days / DAYS_OF_A_CENTURY
    seconds = 67310.54841 + century * (3164400184.812866 + century * (0.093104 - century * 6.2e-6))
    return seconds % 86400 * (TWO_PI / 86400)


def sun_direction(days):
    """A unit vector to the Sun in SGP4's frame, to 0.01° (Meeus, Astronomical Algorithms, chapter 25).

    Nutation is left out here and in the sidereal angle, so that it falls out of where the Sun stands over the Earth.
    """
    century = days / DAYS_OF_A_CENTURY
    anomaly = radians(357.52911 + century * (35999.05029 - century * 0.0001537))
    centre = (1.914602 - century * 0.004817) * sin(anomaly)
    centre += (0.019993 - century * 0.000101) * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
    mean = 280.46646 + century * (36000.76983 + century * 0.0003032)
    longitude = radians(mean + centre - 0.00569)
    obliquity = radians(23.43929111 - 0.01300417 * century)
    across = sin(longitude)
    return cos(longitude), across * cos(obliquity), across * sin(obliquity)


def sub_solar_point(when):
    """(longitude, latitude) in degrees of the place that has the Sun overhead: the middle of the day's half."""
    days = days_since_2000(when)
    x, y, z = sun_direction(days)
    east = degrees(atan2(y, x) - sidereal_angle(days))
    return (east + 180) % 360 - 180, degrees(asin(z))


def turned(x, y, z, angle):
    """A vector of the equinox's frame in the one that has turned by this angle with the Earth."""
    c, s = cos(angle), sin(angle)
    return c * x + s * y, c * y - s * x, z


def is_in_sunlight(position, sun):
    """Whether the Earth, taken as a ball, does not stand before the Sun's middle. Both in the same frame."""
    (x, y, z), (sx, sy, sz) = position, sun
    along = x * sx + y * sy + z * sz
    return along >= 0 or x * x + y * y + z * z - along * along > EARTH_RADIUS * EARTH_RADIUS


class Site(NamedTuple):
    """A place on the ground: where it is, and which way is east, north and up there."""

    position: tuple
    east: tuple
    north: tuple
    up: tuple


def site(latitude, longitude, height=0.0):
    """The Site at these degrees, `height` kilometres above the ellipsoid."""
    up, turn = radians(latitude), radians(longitude)
    sin_up, cos_up, sin_turn, cos_turn = sin(up), cos(up), sin(turn), cos(turn)
    curve = EARTH_RADIUS / sqrt(1 - ECCENTRICITY_2 * sin_up * sin_up)
    across = (curve + height) * cos_up
    return Site(
        (across * cos_turn, across * sin_turn, (curve * (1 - ECCENTRICITY_2) + height) * sin_up),
        (-sin_turn, cos_turn, 0.0),
        (-sin_up * cos_turn, -sin_up * sin_turn, cos_up),
        (cos_up * cos_turn, cos_up * sin_turn, sin_up),
    )


def look(place, x, y, z):
    """(azimuth, elevation, distance) at which a Site sees a position; degrees from north by east, degrees, km."""
    away = x - place.position[0], y - place.position[1], z - place.position[2]
    east, north, up = (sum(a * b for a, b in zip(away, axis, strict=True)) for axis in place[1:])
    return degrees(atan2(east, north)) % 360, degrees(atan2(up, hypot(east, north))), hypot(*away)


def geodetic(x, y, z):
    """(latitude, longitude, altitude) of a position; degrees, degrees, kilometres above the ellipsoid."""
    across = hypot(x, y)
    latitude = atan2(z, across * (1 - ECCENTRICITY_2))
    # Each round brings it 150 times nearer; beside a pole `across` says nothing of the altitude, so both parts do.
    for _ in range(6):
        sin_up = sin(latitude)
        curve = EARTH_RADIUS / sqrt(1 - ECCENTRICITY_2 * sin_up * sin_up)
        latitude = atan2(z + curve * ECCENTRICITY_2 * sin_up, across)
    sin_up, cos_up = sin(latitude), cos(latitude)
    curve = EARTH_RADIUS / sqrt(1 - ECCENTRICITY_2 * sin_up * sin_up)
    altitude = (across - curve * cos_up) * cos_up + (z - curve * (1 - ECCENTRICITY_2) * sin_up) * sin_up
    return degrees(latitude), degrees(atan2(y, x)), altitude
