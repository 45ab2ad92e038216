"""What is cut out of a picture, and how it is encoded; without database and child process."""

import io

import pytest
from PIL import Image

from photos import cutting, recipe

RED, BLUE, GREEN = (200, 30, 30), (30, 30, 200), (30, 160, 30)


def file(options, box=(0, 0, 60, 40), size=(30, 20), name="a"):
    return {"name": name, "box": box, "size": size, "options": options, "xmp": b"<x:xmpmeta/>"}


def opened(image, *files):
    return [Image.open(io.BytesIO(data)) for _name, data in cutting.made(image, files)]


def is_near(pixel, color):
    return all(abs(a - b) < 25 for a, b in zip(pixel, color, strict=False))


@pytest.fixture
def halves():
    image = Image.new("RGB", (60, 40), RED)
    image.paste(BLUE, (30, 0, 60, 40))
    return image


@pytest.mark.parametrize("form", recipe.FORMATS)
def test_a_part_is_cut_scaled_and_says_what_it_is(halves, form):
    (part,) = opened(halves, file(recipe.FORMATS[form], box=(30, 0, 60, 40), size=(15, 20)))
    assert (part.format, part.size) == (recipe.FORMATS[form]["format"], (15, 20))
    assert part.info["xmp"] == b"<x:xmpmeta/>"
    assert is_near(part.convert("RGB").getpixel((1, 10)), BLUE)


@pytest.mark.parametrize("form", recipe.FORMATS)
def test_nothing_that_the_picture_brought_with_it_is_handed_on(halves, form):
    exif = Image.Exif()
    exif[0x010E] = "secret"
    halves.info = {"comment": b"secret", "exif": exif.tobytes(), "icc_profile": b"secret" * 30, "xmp": b"secret"}
    ((_name, data),) = cutting.made(halves, [file(recipe.FORMATS[form])])
    assert b"secret" not in data
    assert len(halves.info) == 4


def test_what_is_transparent_stays_so_and_is_white_in_a_jpeg():
    image = Image.new("RGBA", (60, 40), (*GREEN, 255))
    image.paste((0, 0, 0, 0), (0, 0, 30, 40))
    avif, webp, jpeg = opened(image, *(file(options) for options in recipe.FORMATS.values()))
    for kept in (avif, webp):
        kept = kept.convert("RGBA")
        assert kept.getpixel((3, 10))[3] < 20
        assert kept.getpixel((27, 10))[3] > 235
    assert is_near(jpeg.getpixel((3, 10)), (255, 255, 255))
    assert is_near(jpeg.getpixel((27, 10)), GREEN)


def test_each_file_has_its_name_in_the_order_that_was_asked_for(halves, monkeypatch):
    scaled, calls = cutting.scaled, []
    monkeypatch.setattr(cutting, "scaled", lambda *call: calls.append(call[1:]) or scaled(*call))
    avif, webp, jpg = recipe.FORMATS.values()
    files = [file(avif, name="1"), file(webp, name="2"), file(jpg, size=(12, 8), name="3")]
    assert [name for name, _data in cutting.made(halves, files)] == ["1", "2", "3"]
    assert calls == [((0, 0, 60, 40), (30, 20)), ((0, 0, 60, 40), (12, 8))]


def test_it_is_scaled_up_where_that_is_asked_for(halves):
    (part,) = opened(halves, file(recipe.FORMATS["jpg"], size=(120, 80)))
    assert part.size == (120, 80)
