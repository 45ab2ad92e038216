"""What pages know of a photo: the addresses of its renditions, the shape for a box, what to keep in view."""

import pytest

from photos.art import Art
from photos.models import Photo

KEY = "0123456789"
WHOLE = {
    "key": KEY,
    "formats": ["avif", "webp", "jpg"],
    "natural": [320, 640, 1080, 1600],
    "16x9": [480, 800, 1200, 1600],
    "4x3": [240, 480, 800, 1200],
    "1x1": [160, 480, 1067],
    "search": ["16x9", "1x1"],
}
FIRST = {"key": "first", "formats": ["webp"], "natural": [320, 960]}
BASE = f"/media/photos/ab/ab12/{KEY}/"


def art(renditions=WHOLE, width=1600, height=1067, focal_x=50, focal_y=50, color="#1b2330"):
    return Art("ab12", renditions, width, height, focal_x, focal_y, color)


@pytest.mark.parametrize(("wanted", "best"), [(1, 320), (320, 320), (321, 640), (1080, 1080), (9999, 1600)])
def test_an_address_is_of_the_smallest_that_is_wide_enough_else_of_the_widest(wanted, best):
    assert art().url(wanted) == f"{BASE}natural-{best}.jpg"


def test_an_address_of_a_shape_in_a_format():
    assert art().url(900, "16x9", "avif") == f"{BASE}16x9-1200.avif"


def test_what_was_made_first_has_addresses_in_the_format_that_there_is():
    assert art(FIRST).url() == "/media/photos/ab/ab12/first/natural-960.webp"


def test_files_may_lie_at_another_origin(settings):
    settings.MEDIA_URL = "https://media.example.org/"
    assert art().url(1) == f"https://media.example.org/photos/ab/ab12/{KEY}/natural-320.jpg"


def test_a_browser_chooses_among_all_widths():
    assert art().srcset("4x3", "webp") == ", ".join(f"{BASE}4x3-{n}.webp {n}w" for n in (240, 480, 800, 1200))


@pytest.mark.parametrize(("most", "offered"), [(1, [240]), (240, [240]), (241, [240, 480]), (5000, WHOLE["4x3"])])
def test_it_is_not_offered_what_its_box_cannot_show(most, offered):
    assert art().srcset("4x3", "webp", most) == ", ".join(f"{BASE}4x3-{n}.webp {n}w" for n in offered)


@pytest.mark.parametrize(
    ("size", "ratio", "shape"),
    [
        ((1600, 1067), 3 / 2, "natural"),
        ((1600, 1067), 16 / 10, "natural"),
        ((1600, 1067), 16 / 9, "16x9"),
        ((1600, 1067), 4 / 3, "4x3"),
        ((1600, 1067), 1, "1x1"),
        ((800, 1200), 16 / 10, "16x9"),
        ((800, 1200), 3 / 2, "4x3"),
        ((800, 1200), 1, "1x1"),
        ((800, 1200), 0.6, "natural"),
        ((800, 1200), None, "natural"),
    ],
)
def test_a_box_gets_the_shape_of_which_least_is_cut_off(size, ratio, shape):
    assert art(WHOLE, *size).shape_for(ratio) == shape


def test_only_shapes_that_exist_are_offered():
    assert art(FIRST).shape_for(1) == "natural"


def test_least_is_cut_off_by_share_and_not_by_difference():
    """Of 4:3 a square leaves three quarters, of 7:10 seven tenths."""
    assert art({**FIRST, "4x3": [700]}, 700, 1000).shape_for(1) == "4x3"


@pytest.mark.parametrize(
    ("renditions", "shape", "size"),
    [
        (WHOLE, "natural", (1600, 1067)),
        (WHOLE, "4x3", (1200, 900)),
        (FIRST, "natural", (960, 640)),
        ({}, None, (1600, 1067)),
    ],
)
def test_the_size_is_that_of_the_widest(renditions, shape, size):
    assert art(renditions).size(shape) == size


def test_the_desk_shows_a_small_one_that_its_browsers_know():
    assert art().thumb == f"{BASE}natural-320.webp"
    assert art(FIRST).thumb == "/media/photos/ab/ab12/first/natural-320.webp"


def test_the_desk_shows_one_without_that_format():
    assert art({**WHOLE, "formats": ["avif", "jpg"]}).thumb == f"{BASE}natural-320.jpg"


def test_without_renditions_there_is_no_address_but_something_to_show():
    bare = art({})
    assert (bare.url(), bare.srcset(), bare.search) == ("", "", [])
    assert bare.thumb == bare.placeholder
    assert bare.thumb.startswith("data:image/svg+xml,")
    assert "viewBox='0 0 1600 1067'" in bare.thumb
    assert "fill='%231b2330'" in bare.thumb


def test_search_engines_get_what_was_made_for_them():
    assert art().search == [(f"{BASE}16x9-1200.jpg", 1200, 675), (f"{BASE}1x1-1200.jpg", 1200, 1200)]


@pytest.mark.parametrize(
    ("x", "y", "classes"),
    [
        (50, 50, ""),
        (45, 54, ""),
        (44, 55, " fx-40 fy-60"),
        (0, 100, " fx-0 fy-100"),
        (4, 95, " fx-0 fy-100"),
        (50, 12, " fy-10"),
    ],
)
def test_a_point_is_told_in_tenths_and_the_middle_is_not_told(x, y, classes):
    assert art(focal_x=x, focal_y=y).focus == classes


@pytest.mark.parametrize(
    ("x", "classes"), [(50, ""), (40, ""), (20, ""), (10, " fx-30"), (0, " fx-0"), (93, " fx-80"), (100, " fx-100")]
)
def test_in_a_part_the_point_is_where_the_cut_has_put_it(x, classes):
    """A square out of a picture twice as wide: in its middle until the edge is reached, then towards the edge."""
    assert art(width=2000, height=800, focal_x=x).focus_in("1x1") == classes


@pytest.mark.parametrize(("y", "classes"), [(50, ""), (70, ""), (100, " fy-100"), (10, " fy-30")])
def test_a_part_of_a_tall_picture_likewise(y, classes):
    assert art(width=800, height=2000, focal_y=y).focus_in("1x1") == classes


def test_a_photo_knows_its_art():
    photo = Photo(token="ab12", renditions=WHOLE, width=1600, height=1067, focal_x=20, focal_y=70, color="#ffffff")
    assert photo.art == Art("ab12", WHOLE, 1600, 1067, 20, 70, "#ffffff")
