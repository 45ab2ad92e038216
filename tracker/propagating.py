"""Where satellites are: SGP4 on the element sets we keep, and from its frame (TEME) to that of the turning Earth.

Every function makes what it needs anew or is given it: SGP4's record keeps notes between two calls, so one record is
never shared between threads.
"""

import datetime as dt
import math
from array import array
from math import cos, hypot, radians, sin
from typing import NamedTuple

from sgp4.api import WGS72, Satrec, SatrecArray

from .sky import JULIAN_2000, days_since_2000, geodetic, sidereal_angle, turned

# From where SGP4 counts its epochs.
DAY_ZERO = dt.datetime(1949, 12, 31, tzinfo=dt.UTC)
MINUTES_OF_A_DAY = 1440


class Elements(NamedTuple):
    """What SGP4 needs of a Satellite: a value that can be compared and kept as a key."""

    epoch: dt.datetime
    mean_motion: float
    eccentricity: float
    inclination: float
    ascending_node: float
    argument_of_perigee: float
    mean_anomaly: float
    bstar: float


class Position(NamedTuple):
    """Degrees, degrees, kilometres above the ellipsoid, kilometres a second along the orbit."""

    latitude: float
    longitude: float
    altitude: float
    speed: float


def elements(row):
    return Elements(*(getattr(row, name) for name in Elements._fields))


def satrec(row):
    """SGP4's record of a Satellite or of Elements. Mean elements are made with the constants of 1972 (WGS72)."""
    record = Satrec()
    record.sgp4init(
        WGS72,
        "i",
        # Its own number is not in it: SGP4 does not use it, and this field knows no nine digits.
        0,
        (row.epoch - DAY_ZERO) / dt.timedelta(days=1),
        row.bstar,
        # Derivatives of the mean motion, which SGP4 does not use.
        0.0,
        0.0,
        row.eccentricity,
        radians(row.argument_of_perigee),
        radians(row.inclination),
        radians(row.mean_anomaly),
        row.mean_motion * math.tau / MINUTES_OF_A_DAY,
        radians(row.ascending_node),
    )
    return record


def position(record, when):
    """The Position of one satellite, or None where SGP4 has none (an orbit that has decayed)."""
    days = days_since_2000(when)
    error, place, velocity = record.sgp4(JULIAN_2000, days)
    if error:
        return None
    return Position(*geodetic(*turned(*place, sidereal_angle(days))), hypot(*velocity))


def positions(records, when):
    """(x, y, z) in ECEF of each record at one time, or None where SGP4 has none."""
    errors, places = teme(records, when)
    angle = sidereal_angle(days_since_2000(when))
    c, s = cos(angle), sin(angle)
    return [
        None if error else (c * x + s * y, c * y - s * x, z)
        for error, x, y, z in zip(errors, places[::3], places[1::3], places[2::3], strict=True)
    ]


def teme(records, when):
    """(an error or 0 of each record, x y z x y z … in SGP4's frame): one call into the library's compiled code.

    Its public method for that wants arrays of numpy, which the server does not have; the one below it takes any buffer.
    """
    count = len(records)
    errors, places, velocities = bytearray(count), array("d", bytes(24 * count)), array("d", bytes(24 * count))
    moment = array("d", [JULIAN_2000]), array("d", [days_since_2000(when)])
    SatrecArray(records)._sgp4(*moment, errors, places, velocities)
    return errors, places
