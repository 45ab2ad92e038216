"""The demo's satellites: real element sets of a registry package, with their own epochs, into an empty table only."""

import datetime as dt
from importlib import resources

import pytest
from sgp4.api import Satrec

from tests.tracker.sets import make_satellite
from tracker.demo_sets import load_demo_sets, real_sets
from tracker.models import Satellite, SatelliteFile
from tracker.propagating import position, satrec

NOW = dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
# Two made-up cases of a report, one that somebody altered, and three that are to fail.
NOT_REAL = {11801, 88888, 23333, 33333, 33334, 33335}


def published():
    """{number: Satrec} as the package itself reads its file; the second of a number is the same as the first."""
    lines = (resources.files("sgp4") / "SGP4-VER.TLE").read_text().splitlines()
    firsts, seconds = ([line[:69] for line in lines if line.startswith(mark)] for mark in ("1 ", "2 "))
    records = [Satrec.twoline2rv(*pair) for pair in zip(firsts, seconds, strict=True)]
    return {record.satnum: record for record in records}


def test_every_real_set_of_the_file_is_there_once():
    numbers = [row.number for row in real_sets(NOW)]
    assert sorted(numbers) == sorted(set(published()) - NOT_REAL)
    assert len(numbers) == 26


def test_each_is_where_the_package_itself_has_it():
    known = published()
    for row in real_sets(NOW):
        record, ours = known[row.number], satrec(row)
        assert (row.is_demo, row.group, row.fetched_at) == (True, "", NOW)
        assert position(ours, row.epoch)
        for minutes in (0, 10):
            _error, place, _velocity = record.sgp4(record.jdsatepoch, record.jdsatepochF + minutes / 1440)
            _error, our_place, _velocity = ours.sgp4(ours.jdsatepoch, ours.jdsatepochF + minutes / 1440)
            assert our_place == pytest.approx(place, abs=0.001)


def test_epochs_names_and_designators_are_those_of_the_file():
    rows = {row.number: row for row in real_sets(NOW)}
    molniya, nameless, debris = rows[8195], rows[4632], rows[29141]
    assert (molniya.name, molniya.designator) == ("MOLNIYA 2-14", "1975-081A")
    # Day 176.33215444 of 2006.
    assert molniya.epoch == dt.datetime(2006, 6, 25, 7, 58, 18, 143616, tzinfo=dt.UTC)
    assert molniya.bstar == 0.11873e-3
    assert (molniya.mean_motion_dot, rows[22312].mean_motion_ddot) == (0.00000099, 0.81888e-5)
    assert (nameless.name, nameless.designator) == ("NORAD 4632", "1970-093B")
    assert debris.designator == "1985-108AA"
    assert rows[5].name == "VANGUARD 1"
    assert rows[14128].name == "EUTELSAT 1-F1 (ECS1)"
    assert rows[23177].name == "ARIANE 44L+ R/B"
    assert {row.epoch.year for row in rows.values()} == {2000, 2004, 2005, 2006}


def test_they_are_stored_with_the_file_that_readers_get(db):
    assert load_demo_sets(NOW) == 26
    assert Satellite.objects.filter(is_demo=True).count() == 26
    assert SatelliteFile.objects.count() == 1


def test_a_second_time_nothing_happens(db):
    load_demo_sets(NOW)
    before = list(Satellite.objects.order_by("pk").values())
    assert load_demo_sets(NOW + MINUTE) == 0
    assert list(Satellite.objects.order_by("pk").values()) == before


def test_where_there_is_any_satellite_none_is_added(db):
    make_satellite()
    assert load_demo_sets(NOW) == 0
    assert Satellite.objects.count() == 1
