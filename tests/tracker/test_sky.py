import datetime as dt
import math

import pytest

from tests.tracker.measuring import sky_of_skyfield, sun_difference
from tracker.sky import (
    EARTH_RADIUS,
    at_days,
    days_since_2000,
    geodetic,
    is_in_sunlight,
    look,
    sidereal_angle,
    site,
    sub_solar_point,
    sun_direction,
)

UTC = dt.UTC


def test_the_days_half_stands_where_skyfield_has_the_sun():
    first = dt.datetime(1957, 1, 1, tzinfo=UTC)
    moments = [first + dt.timedelta(hours=2411.7 * number) for number in range(338)]
    assert moments[-1].year == 2049
    assert sun_difference(moments) < 0.1


def test_it_is_nearer_still_while_utc_keeps_to_the_earths_turning():
    first = dt.datetime(1990, 1, 1, tzinfo=UTC)
    assert sun_difference([first + dt.timedelta(hours=701.3 * number) for number in range(450)]) < 0.02


@pytest.mark.parametrize(
    ("when", "longitude", "latitude"),
    [
        # Equinox and solstices of 2026 (the almanac's hours), and noon by the equation of time: 14 min 13 s late.
        (dt.datetime(2026, 3, 20, 14, 46, tzinfo=UTC), None, 0.0),
        (dt.datetime(2026, 6, 21, 8, 24, tzinfo=UTC), None, 23.436),
        (dt.datetime(2026, 12, 21, 20, 50, tzinfo=UTC), None, -23.436),
        (dt.datetime(2026, 2, 11, 12, 0, tzinfo=UTC), 3.55, None),
    ],
)
def test_the_sun_of_the_almanac(when, longitude, latitude):
    east, north = sub_solar_point(when)
    assert longitude is None or east == pytest.approx(longitude, abs=0.03)
    assert latitude is None or north == pytest.approx(latitude, abs=0.01)


def test_the_sun_stays_on_the_map():
    for hour in range(48):
        east, _ = sub_solar_point(dt.datetime(2026, 11, 25, tzinfo=UTC) + dt.timedelta(hours=hour))
        assert -180 <= east < 180


def test_the_earth_turns_as_the_almanac_says():
    # Meeus, example 12.a: 13 h 10 m 46.3668 s.
    days = days_since_2000(dt.datetime(1987, 4, 10, tzinfo=UTC))
    assert sidereal_angle(days) * 86400 / math.tau == pytest.approx(47446.3668, abs=0.0005)


def test_a_time_comes_back_to_the_millisecond():
    when = dt.datetime(2026, 11, 26, 3, 12, 45, 678000, tzinfo=UTC)
    assert at_days(days_since_2000(when)) == when


def test_the_sun_is_a_unit_away():
    assert math.hypot(*sun_direction(9826.3)) == pytest.approx(1)


@pytest.mark.parametrize("latitude", [-90, -77.846, -33.9, 0, 0.001, 45.813, 89.9999, 90])
@pytest.mark.parametrize("altitude", [0, 418, 35786, 400_000])
def test_a_place_comes_back_from_its_position(latitude, altitude):
    north, east, up = geodetic(*site(latitude, -122.4194, altitude).position)
    assert north == pytest.approx(latitude, abs=1e-6)
    assert up == pytest.approx(altitude, abs=1e-5)
    assert abs(latitude) == 90 or east == pytest.approx(-122.4194)


def test_a_place_stands_where_skyfield_puts_it():
    from skyfield.api import wgs84

    for latitude, longitude in [(45.813, 15.977), (-54.802, -68.303), (89, 170)]:
        theirs = wgs84.latlon(latitude, longitude).itrs_xyz.km
        assert math.dist(site(latitude, longitude).position, theirs) < 0.001


def test_what_is_looked_at():
    zagreb = site(45.813, 15.977)
    x, y, z = zagreb.position

    def towards(axis, kilometres=100):
        return look(zagreb, *(part + kilometres * step for part, step in zip((x, y, z), axis, strict=True)))

    assert towards(zagreb.up)[1:] == pytest.approx((90, 100))
    assert towards([a + b for a, b in zip(zagreb.north, zagreb.east, strict=True)])[0] == pytest.approx(45)
    assert towards(zagreb.east) == pytest.approx((90, 0, 100), abs=1e-6)
    assert towards([-part for part in zagreb.east]) == pytest.approx((270, 0, 100), abs=1e-6)
    # The pole lies north, and below the horizon by half the arc to it.
    assert look(zagreb, 0, 0, 6356.752)[:2] == pytest.approx((0, -22.1), abs=0.1)


def test_the_shadow_is_as_wide_as_the_earth():
    sun = (1.0, 0.0, 0.0)
    assert is_in_sunlight((7000, 0, 0), sun)
    assert is_in_sunlight((0, 7000, 0), sun)
    assert not is_in_sunlight((-7000, 0, 0), sun)
    assert not is_in_sunlight((-20000, EARTH_RADIUS - 1, 0), sun)
    assert is_in_sunlight((-20000, EARTH_RADIUS + 1, 0), sun)
    assert is_in_sunlight((-7000, 0, EARTH_RADIUS + 1), sun)


def test_the_almanac_comes_from_a_package():
    timescale, bodies = sky_of_skyfield()
    assert "de421" in bodies.filename
    assert timescale.leap_dates is not None
