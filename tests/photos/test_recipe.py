"""What is cut out of a picture, how wide, and that every change of it has addresses of its own."""

import pytest

from photos import recipe
from photos.models import Photo
from photos.recipe import cut, height_of, key_of, widths_of

SIZES = [(1600, 1067), (1067, 1600), (1000, 1000), (64, 48), (4000, 300), (1, 1), (1, 900), (900, 1)]


def test_the_whole_picture_is_cut_nowhere():
    assert cut(640, 480, "natural", 0, 100) == (0, 0, 640, 480)


@pytest.mark.parametrize(
    ("focal", "box"),
    [
        ((50, 50), (350, 0, 650, 300)),
        ((40, 50), (250, 0, 550, 300)),
        ((0, 50), (0, 0, 300, 300)),
        ((5, 99), (0, 0, 300, 300)),
        ((100, 50), (700, 0, 1000, 300)),
    ],
)
def test_a_wide_picture_is_cut_round_its_focal_point_as_far_as_it_goes(focal, box):
    assert cut(1000, 300, "1x1", *focal) == box


@pytest.mark.parametrize(("focal_y", "top"), [(50, 350), (70, 550), (0, 0), (10, 0), (100, 700)])
def test_a_tall_picture_is_cut_round_it_too(focal_y, top):
    assert cut(300, 1000, "1x1", 50, focal_y) == (0, top, 300, top + 300)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("shape", ["16x9", "4x3", "1x1"])
@pytest.mark.parametrize("focal", [(0, 0), (33, 67), (100, 100)])
def test_a_part_lies_within_the_picture_and_is_as_large_as_its_shape_allows(size, shape, focal):
    left, top, right, bottom = cut(*size, shape, *focal)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert (right - left == size[0]) or (bottom - top == size[1])
    across, down = recipe.SHAPES[shape]
    assert abs((right - left) - (bottom - top) * across / down) <= across / down


@pytest.mark.parametrize(
    ("part", "widths"),
    [(64, [64]), (320, [320]), (321, [320, 321]), (1600, [320, 640, 1600]), (9000, [320, 640, 1600])],
)
def test_nothing_is_scaled_up_and_nothing_that_is_there_is_lost(part, widths):
    assert widths_of((320, 640, 1600), part) == widths


@pytest.mark.parametrize(
    ("shape", "width", "height"), [("16x9", 1600, 900), ("4x3", 800, 600), ("1x1", 7, 7), ("natural", 320, 1)]
)
def test_a_rendition_has_the_height_of_its_shape(shape, width, height):
    assert height_of(shape, width, (2000, 1)) == height


@pytest.fixture
def photo():
    return Photo(sha256="ab" * 32, focal_x=50, focal_y=50, mark="photograph", credit="ESA")


@pytest.mark.parametrize(
    "change", [{"focal_x": 51}, {"focal_y": 49}, {"mark": "ai_edited"}, {"credit": "NASA"}, {"sha256": "cd" * 32}]
)
def test_whatever_changes_the_files_changes_their_addresses(photo, change):
    before = key_of(photo)
    for name, value in change.items():
        setattr(photo, name, value)
    assert key_of(photo) != before


def test_what_only_the_desk_sees_changes_no_address(photo):
    before = key_of(photo)
    photo.title, photo.texts = "Another", {"en": {"alt": "Another"}}
    assert key_of(photo) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WIDTHS", {**recipe.WIDTHS, "1x1": (160,)}),
        ("FORMATS", {**recipe.FORMATS, "jpg": {"format": "JPEG", "quality": 90}}),
        ("SEARCH_WIDTH", 1300),
    ],
)
def test_another_recipe_has_other_addresses(photo, monkeypatch, name, value):
    before = key_of(photo)
    monkeypatch.setattr(recipe, name, value)
    assert key_of(photo) != before


def test_the_sites_name_is_in_the_files_and_so_in_their_addresses(photo, settings):
    before = key_of(photo)
    settings.SITE_NAME = "Another paper"
    assert key_of(photo) != before


def test_a_folder_says_whose_files_and_which():
    assert recipe.folder("ab12cd", "0123456789") == "photos/ab/ab12cd/0123456789"
