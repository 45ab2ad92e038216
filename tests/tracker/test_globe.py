import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracker.paths import commands, points
from tracker.globe import BLEED, LAND, NEUTRAL, View, centre, coordinates, draw, project
from tracker.templatetags.globe import strip_view

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)
WHOLE = View(0, 0, 100, -100, -100, 100, 100)


def is_land(latitude, longitude):
    return any(west <= turn <= east for west, east in LAND[latitude] for turn in (longitude, longitude + 360))


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(46, 16), (40, -4), (-33, 139), (67, -175), (67, 175), (-80, 90), (-89, 0), (-89, 180), (80, -40), (5, -60)],
)
def test_land_is_where_land_is(latitude, longitude):
    assert is_land(latitude, longitude)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(30, -40), (0, 0), (42, 51), (-40, 180), (-75, -175), (35, 18), (80, 179)]
)
def test_sea_is_where_sea_is(latitude, longitude):
    assert not is_land(latitude, longitude)


def test_land_table_is_in_order():
    for latitude, spans in LAND.items():
        ends = [end for span in spans for end in span]
        assert ends == sorted(ends), latitude
        assert ends[0] >= -180
        assert ends[-1] <= ends[0] + 360


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        (0, 0, (0, 0, 1)),
        (0, 90, (100, 0, 0)),
        (0, -90, (-100, 0, 0)),
        (90, 17, (0, -100, 0)),
        (-90, 17, (0, 100, 0)),
        (30, 60, (75, -50, 0.4330)),
        (0, 180, (0, 0, -1)),
    ],
)
def test_project_known_places(latitude, longitude, expected):
    assert project(WHOLE, latitude, longitude) == pytest.approx(expected, abs=1e-4)


def test_the_camera_looks_at_its_middle():
    view = View(45.81, 15.98, 300, -300, -300, 300, 300)
    assert project(view, 45.81, 15.98) == pytest.approx((0, 0, 1), abs=1e-9)
    # Rome lies south and a little west of Zagreb.
    x, y, depth = project(view, 41.9, 12.5)
    assert (round(x), round(y), round(depth, 3)) == (-14, 20, 0.997)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
@settings(max_examples=60, deadline=None)
def test_project_stays_on_the_globe(latitude, longitude, tilt, turn):
    x, y, depth = project(WHOLE._replace(latitude=tilt, longitude=turn), latitude, longitude)
    assert math.hypot(x / 100, y / 100, depth) == pytest.approx(1)


@pytest.mark.parametrize("latitude", [-90, -45.5, 0, 37.77, 90])
@pytest.mark.parametrize("longitude", [-180, -122.42, 0, 180])
def test_every_place_stands_at_the_same_point_of_its_strip(latitude, longitude):
    x, y, depth = project(strip_view(latitude, longitude), latitude, longitude)
    assert (round(x), round(y), round(depth, 2)) == (0, -963, 0.27)


@given(LATITUDES, LONGITUDES)
@settings(max_examples=40, deadline=None)
def test_strips_draw_within_their_box(latitude, longitude):
    view = strip_view(latitude, longitude)
    for path in draw(view):
        for x, y in points(path):
            assert view.left - BLEED <= x + 0.5
            assert x - 0.5 <= view.right + BLEED
            assert math.hypot(x, y) <= view.radius + 1
            assert y - 0.5 <= view.bottom + BLEED


@given(LATITUDES, LONGITUDES)
@settings(max_examples=25, deadline=None)
def test_whole_globes_draw_on_the_globe(latitude, longitude):
    for path in draw(View(latitude, longitude, 300, -300, -300, 300, 300)):
        assert path
        assert all(math.hypot(x, y) <= 301 for x, y in points(path))


def test_land_drawn_is_land_seen():
    """The equator of a globe as wide as 2,000 units: every span of the near side, at the sine of its longitudes."""
    view = View(0, 0, 1000, -1000, -1000, 1000, 1000, land_step=10)
    drawn = sorted(x for x, y in points(draw(view).land) if y == 0)
    near = [(max(west, -90), min(east, 90)) for west, east in LAND[0] if west < 90 and east > -90]
    assert drawn == pytest.approx([math.sin(math.radians(end)) * 1000 for span in near for end in span], abs=0.3)
    # Africa, from Gabon to Somalia.
    assert (162, 680) in [(round(west), round(east)) for west, east in zip(drawn[::2], drawn[1::2], strict=True)]


def test_a_closed_parallel_around_the_pole_comes_in_pieces():
    view = View(-90, 0, 300, -300, -300, 300, 300)
    rings = [numbers for letter, numbers in commands(draw(view).land) if letter == "a" and numbers[0] == 10]
    assert len(rings) == 3
    assert all(numbers[3] == 0 for numbers in rings)


def test_the_antimeridian_leaves_no_seam():
    """Chukotka lies across it: seen from above, its parallel is one arc."""
    land = draw(View(67, 180, 300, -60, -20, 60, 20, land_step=1)).land
    level = [numbers for letter, numbers in commands(land) if letter in "al" and abs(numbers[-2]) > 40]
    assert level


def test_centre():
    assert centre([(10, 20), (10, 40)])[1] == pytest.approx(30)
    assert centre([(0, 170), (0, -170)])[1] == pytest.approx(180)
    assert centre([(90, 0)])[0] == pytest.approx(90)
    assert centre([]) == centre([(0, 0), (0, 180)]) == NEUTRAL


@pytest.mark.parametrize(
    ("position", "language", "text"),
    [
        ((37.7749, -122.4194), "en", "37.77° N, 122.42° W"),
        ((37.7749, -122.4194), "hr", "37,77° S, 122,42° Z"),
        ((-33.2053, 138.6047), "en", "33.21° S, 138.60° E"),
        ((-33.2053, 138.6047), "hr", "33,21° J, 138,60° I"),
        ((0, 0), "en", "0.00° N, 0.00° E"),
        ((-90, 180), "en", "90.00° S, 180.00° E"),
        ((1, -1), "de", "1,00° N, 1,00° W"),
    ],
)
def test_coordinates(position, language, text):
    assert coordinates(*position, language) == text
