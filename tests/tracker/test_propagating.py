import ast
import datetime as dt
import math
from pathlib import Path

import pytest

from tests.tracker.measuring import earth_difference, published_sets, vector_differences
from tests.tracker.sets import MOLNIYA, NAVIGATION, a_satellite, synthetic_sets
from tracker.models import Satellite
from tracker.propagating import elements, position, positions, satrec
from tracker.sky import days_since_2000, geodetic, sidereal_angle, turned

EPOCH = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)


def test_the_published_vectors_come_out_by_our_way():
    worst = vector_differences()
    assert len(worst) > 25
    # The bound is a kilometre; this is ten centimetres.
    assert max(worst.values()) < 0.0001


@pytest.mark.django_db
def test_and_they_do_after_the_database_had_the_rows():
    rows = list(published_sets().values())
    Satellite.objects.bulk_create(rows)
    for row in rows:
        assert elements(Satellite.objects.get(pk=row.pk)) == elements(row)


def test_positions_turn_with_the_earth_as_skyfields_do():
    rows = [a_satellite(epoch=EPOCH), a_satellite(2, epoch=EPOCH, **NAVIGATION), a_satellite(3, epoch=EPOCH, **MOLNIYA)]
    moments = [EPOCH + dt.timedelta(hours=hours) for hours in (-30, -1.5, 0, 7.7, 100)]
    # UT1 taken for UTC is 0.1 km, the pole's wandering 0.01 km.
    assert earth_difference(rows, moments) < 0.5


def test_many_at_once_are_what_each_is_alone():
    rows = synthetic_sets(300, EPOCH)
    when = EPOCH + dt.timedelta(hours=5)
    days = days_since_2000(when)
    together = positions([satrec(row) for row in rows], when)
    refused = 0
    for row, place in zip(rows, together, strict=True):
        error, alone, _ = satrec(row).sgp4(2451545.0, days)
        if error:
            refused += 1
            assert place is None
        else:
            assert place == turned(*alone, sidereal_angle(days))
    assert refused < 10


def test_one_that_has_fallen_has_no_place_and_takes_none_from_the_others():
    fallen = a_satellite(2, epoch=EPOCH, mean_motion=16.4, bstar=0.1)
    when = EPOCH + dt.timedelta(days=20)
    found = positions([satrec(a_satellite(epoch=EPOCH)), satrec(fallen), satrec(a_satellite(epoch=EPOCH))], when)
    assert found[1] is None
    assert found[0] == found[2] is not None
    assert position(satrec(fallen), when) is None


def test_nothing_is_propagated_to_nothing():
    assert positions([], EPOCH) == []


def test_the_place_of_one():
    row = a_satellite(epoch=EPOCH)
    now = position(satrec(row), EPOCH + dt.timedelta(minutes=40))
    assert -51.8 < now.latitude < 51.8
    assert 400 < now.altitude < 450
    assert now.speed == pytest.approx(7.66, abs=0.02)
    [place] = positions([satrec(row)], EPOCH + dt.timedelta(minutes=40))
    assert geodetic(*place) == pytest.approx(now[:3])


def test_a_number_of_nine_digits_is_propagated():
    assert position(satrec(a_satellite(799_501_234, epoch=EPOCH)), EPOCH) is not None


def test_sets_differ_in_each_element():
    row = a_satellite(epoch=EPOCH)
    same = a_satellite(2, name="ANOTHER", epoch=EPOCH)
    assert elements(row) == elements(same)
    assert hash(elements(row)) == hash(elements(same))
    for name in elements(row)._fields[1:]:
        assert elements(a_satellite(epoch=EPOCH, **{name: getattr(row, name) + 0.0001})) != elements(row)
    assert elements(a_satellite(epoch=EPOCH + dt.timedelta(seconds=1))) != elements(row)


@pytest.mark.parametrize(
    ("field", "least"),
    [
        ("mean_motion", 100),
        ("eccentricity", 100),
        ("inclination", 50),
        ("ascending_node", 50),
        ("argument_of_perigee", 100),
        ("mean_anomaly", 100),
        ("bstar", 10),
    ],
)
def test_every_element_moves_the_satellite(field, least):
    """Kilometres after a day, for a change that is large for that element."""
    step = {"eccentricity": 0.02, "mean_motion": 0.05, "bstar": 0.01}.get(field, 1.0)
    row, when = a_satellite(epoch=EPOCH), EPOCH + dt.timedelta(days=1)
    other = a_satellite(epoch=EPOCH, **{field: getattr(row, field) + step})
    one, two = positions([satrec(row), satrec(other)], when)
    assert math.dist(one, two) > least


def test_no_code_of_the_server_needs_numpy():
    for file in Path(__file__).parents[2].joinpath("tracker").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [alias.name for alias in getattr(node, "names", [])] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] in ("numpy", "skyfield") for name in names), file
