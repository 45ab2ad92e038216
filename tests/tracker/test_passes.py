import datetime as dt
import math

import pytest
from skyfield.api import EarthSatellite, wgs84

from tests.tracker.measuring import ORBITS, SITES, Differences, pass_differences, sky_of_skyfield, worst_of
from tests.tracker.sets import GEOSTATIONARY, MOLNIYA, SUN_SYNCHRONOUS, a_satellite
from tracker.passes import Seen, Sky, rises, sky_looks, visible_passes
from tracker.propagating import satrec
from tracker.sky import at_days, days_since_2000

EPOCH = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
ZAGREB = SITES["Zagreb"]


def hours(count):
    return dt.timedelta(hours=count)


def station(**fields):
    return a_satellite(**{"epoch": EPOCH, **fields})


def all_passes(row, place, start, days):
    first = days_since_2000(start)
    sky = Sky(row, *place)
    return list(rises(sky, sky_looks(sky, first, first + days)))


@pytest.mark.parametrize(
    ("orbit", "site", "days"),
    [
        ("station", "Zagreb", 3),
        ("station", "Ushuaia", 2),
        ("sun-synchronous", "Longyearbyen", 0.7),
        ("sun-synchronous", "Singapore", 2),
        ("navigation", "Zagreb", 2),
        ("navigation", "McMurdo", 2),
        # Comes down below the horizon for two hours, by its low point, between two long passes.
        ("Molniya", "Longyearbyen", 2),
        ("Molniya", "Ushuaia", 3),
    ],
)
def test_passes_are_those_of_skyfield(orbit, site, days):
    found = pass_differences(a_satellite(epoch=EPOCH, **ORBITS[orbit]), SITES[site], EPOCH + hours(6), days)
    assert found.passes >= 3
    assert found.odd == 0
    assert found.seconds < 5
    assert found.degrees < 0.2


@pytest.mark.parametrize(("orbit", "site"), [("station", "Zagreb"), ("sun-synchronous", "Ushuaia")])
def test_what_is_visible_of_them_is_so_for_skyfield(orbit, site):
    row = a_satellite(epoch=EPOCH, **ORBITS[orbit])
    found = worst_of(pass_differences(row, SITES[site], EPOCH + hours(24 * day), 1.5) for day in (0, 3))
    assert found.visible >= 3
    assert found.odd == 0
    assert found.visible_seconds < 5


def test_worst_is_the_worst_of_each():
    assert worst_of([Differences(2, 0.5, 0.01, 1, 3.0, 0), Differences(3, 0.1, 0.05, 2, 1.0, 1)]) == Differences(
        5, 0.5, 0.05, 3, 3.0, 1
    )


def test_they_are_those_that_skyfields_own_search_finds():
    timescale, _ = sky_of_skyfield()
    ends = (timescale.from_datetime(EPOCH), timescale.from_datetime(EPOCH + hours(72)))
    satellite = EarthSatellite.from_satrec(satrec(station()), timescale)
    times, events = satellite.find_events(wgs84.latlon(*ZAGREB), *ends, altitude_degrees=10)
    ours = [at_days(days) for one in all_passes(station(), ZAGREB, EPOCH, 3) for days in one]
    ours = [moment for moment in ours if EPOCH <= moment <= EPOCH + hours(72)]
    assert list(events) == [0, 1, 2] * (len(events) // 3)
    assert len(ours) == len(times) > 30
    assert all(abs((one - time.utc_datetime()).total_seconds()) < 5 for one, time in zip(ours, times, strict=True))


def test_a_visible_pass_says_where_it_rises_stands_highest_and_sets():
    seen = visible_passes(station(), *ZAGREB, EPOCH, 10)
    assert len(seen.passes) > 5
    for one in seen.passes:
        assert one.rise.at < one.culmination.at < one.set.at
        assert one.rise.elevation == pytest.approx(10, abs=0.01)
        assert one.set.elevation == pytest.approx(10, abs=0.01)
        assert one.culmination.elevation > 10
        assert one.rise.at <= one.visible_from < one.visible_until <= one.set.at
        # It flies east.
        assert 180 < one.rise.azimuth < 360
        assert 0 < one.set.azimuth < 180
    assert [one.rise.at for one in seen.passes] == sorted(one.rise.at for one in seen.passes)


def test_a_pass_ends_for_the_eye_where_the_shadow_begins():
    seen = visible_passes(station(), *ZAGREB, EPOCH, 10)
    evening = [one for one in seen.passes if one.visible_until < one.set.at]
    assert evening
    for one in evening:
        sky = Sky(station(), *ZAGREB)
        edge = days_since_2000(one.visible_until)
        assert sky.is_visible(edge - 1 / 86400)
        assert not sky.is_visible(edge + 1 / 86400)
        assert sky.sun(edge)[1] < -0.15


def test_a_pass_begins_for_the_eye_where_the_sun_is_six_degrees_down():
    row = a_satellite(epoch=EPOCH, **SUN_SYNCHRONOUS)
    sky = Sky(row, *SITES["Ushuaia"])
    seen = visible_passes(row, *SITES["Ushuaia"], EPOCH, 10)
    dusk = [sky.sun(days_since_2000(one.visible_from))[1] for one in seen.passes if one.visible_from > one.rise.at]
    assert any(height == pytest.approx(math.sin(math.radians(-6)), abs=1e-5) for height in dusk)
    assert all(height < math.sin(math.radians(-5.99)) for height in dusk)


def test_passes_by_day_and_in_shadow_are_left_out():
    passes = all_passes(station(), ZAGREB, EPOCH, 10)
    seen = {one.rise.at for one in visible_passes(station(), *ZAGREB, EPOCH, 10).passes}
    hidden = [one for one in passes if at_days(one[0]) not in seen and at_days(one[0]) > EPOCH]
    assert len(hidden) > len(seen)
    sky = Sky(station(), *ZAGREB)
    for rise, _, end in hidden:
        assert not any(sky.is_visible(rise + (end - rise) * part / 100) for part in range(101))


def test_a_pass_that_is_on_still_counts_until_it_is_out_of_sight():
    first = visible_passes(station(), *ZAGREB, EPOCH, 10).passes[0]
    moment = first.visible_from + (first.visible_until - first.visible_from) / 2
    assert near(visible_passes(station(), *ZAGREB, moment, 1).passes[0], first)
    after = first.visible_until + dt.timedelta(seconds=1)
    rest = visible_passes(station(), *ZAGREB, after, 10).passes
    assert rest[0].rise.at > first.set.at


def near(one, other):
    return abs(one.rise.at - other.rise.at) < dt.timedelta(seconds=0.1) > abs(one.set.at - other.set.at)


def test_a_pass_that_is_on_at_the_end_is_whole():
    first = visible_passes(station(), *ZAGREB, EPOCH, 10).passes[0]
    days = (first.culmination.at - EPOCH) / dt.timedelta(days=1)
    assert near(visible_passes(station(), *ZAGREB, EPOCH, days).passes[-1], first)
    days = (first.rise.at - EPOCH) / dt.timedelta(days=1) - 0.001
    assert first.rise.at not in [one.rise.at for one in visible_passes(station(), *ZAGREB, EPOCH, days).passes]


def test_no_more_than_asked_for_are_found():
    every = visible_passes(station(), *ZAGREB, EPOCH, 10)
    assert visible_passes(station(), *ZAGREB, EPOCH, 10, most=3).passes == every.passes[:3]


def test_where_it_never_rises():
    assert visible_passes(station(), *SITES["Longyearbyen"], EPOCH, 10) == Seen(never=True)
    assert visible_passes(station(**GEOSTATIONARY), 0, -170, EPOCH, 10) == Seen(never=True)


def test_where_it_never_sets():
    _, longitude = over(GEOSTATIONARY)
    assert visible_passes(station(**GEOSTATIONARY), 0, longitude, EPOCH, 10) == Seen(always=True)
    assert visible_passes(station(**GEOSTATIONARY), 60, longitude, EPOCH, 10) == Seen(always=True)


def over(orbit):
    from tracker.propagating import position

    return position(satrec(station(**orbit)), EPOCH)[:2]


def test_midsummer_by_night_is_too_bright():
    """Above the polar circle the Sun does not set; the satellite passes all day."""
    june = dt.datetime(2026, 6, 21, tzinfo=dt.UTC)
    row = a_satellite(epoch=june, **SUN_SYNCHRONOUS)
    assert visible_passes(row, *SITES["Longyearbyen"], june, 2) == Seen()
    assert len(all_passes(row, SITES["Longyearbyen"], june, 2)) > 20


def test_elements_that_lead_to_the_ground_have_no_passes():
    assert visible_passes(station(mean_motion=16.4, bstar=0.1), *ZAGREB, EPOCH, 10) == Seen(is_fallen=True)


class Falling:
    """SGP4's record of a satellite that has no orbit any more from this time on."""

    def __init__(self, record, until):
        self.record, self.until = record, days_since_2000(until)

    def sgp4(self, whole, days):
        return (6, None, None) if days > self.until else self.record.sgp4(whole, days)


@pytest.mark.parametrize("part", range(1, 20))
def test_a_pass_within_which_it_falls_ends_there_or_is_left_out(monkeypatch, part):
    first, second = visible_passes(station(), *ZAGREB, EPOCH, 10).passes[:2]
    until = second.rise.at + (second.set.at - second.rise.at) * part / 20
    monkeypatch.setattr("tracker.passes.satrec", lambda row: Falling(satrec(row), until))
    days = (second.rise.at - EPOCH) / dt.timedelta(days=1) + 0.0001
    found = visible_passes(station(), *ZAGREB, EPOCH, days).passes
    assert found[0].rise.at == first.rise.at
    assert all(one.rise.at == second.rise.at and one.set.at <= until for one in found[1:])


def test_it_is_not_visible_where_it_has_no_place(monkeypatch):
    night = days_since_2000(visible_passes(station(), *ZAGREB, EPOCH, 10).passes[0].visible_from) + 1e-6
    assert Sky(station(), *ZAGREB).is_visible(night)
    monkeypatch.setattr("tracker.passes.satrec", lambda row: Falling(satrec(row), EPOCH))
    assert not Sky(station(), *ZAGREB).is_visible(night)


@pytest.mark.parametrize(
    "elements",
    [
        # Long and low, longer than any, slower than the Earth turns, and at the limits of what a row may hold.
        {"mean_motion": 2.3, "eccentricity": 0.74},
        {"mean_motion": 0.07, "eccentricity": 0.97},
        {"mean_motion": 0.1, "eccentricity": 0.0},
        {"mean_motion": 19.9, "eccentricity": 0.9999},
        {"mean_motion": 0.0001, "eccentricity": 0.0},
    ],
)
def test_the_work_is_bounded_whatever_the_elements(elements):
    sky = Sky(station(**elements), *ZAGREB)
    asked = []
    height = sky.height
    sky.height = lambda days: asked.append(days) or height(days)
    first = days_since_2000(EPOCH)
    list(rises(sky, sky_looks(sky, first, first + 10)))
    assert 100 < len(asked) < 13_000


def test_a_satellite_that_dips_below_the_horizon_passes_twice():
    """A Molniya over the far north is high for ten hours, low for two, and high again."""
    moments = [moment for one in all_passes(station(**MOLNIYA), SITES["Longyearbyen"], EPOCH, 2) for moment in one]
    assert moments == sorted(moments)
    gaps = [(later - before) * 24 for before, later in zip(moments[2::3], moments[3::3], strict=False)]
    assert gaps
    assert all(0.5 < gap < 4 for gap in gaps)
