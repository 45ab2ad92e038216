"""The sizes that WebP, AVIF and HEIC announce, as they stand in their first bytes."""

import struct

import pytest

from photos import announced
from tests.hostile.making_pictures import HEIC, encoded, samples, webp_claiming


@pytest.mark.parametrize(
    "data",
    [
        encoded("WEBP", size=(640, 48)),
        encoded("WEBP", size=(640, 48), lossless=True),
        encoded("WEBP", size=(640, 48), mode="RGBA", color=(1, 2, 3, 90)),
        encoded("AVIF", size=(640, 48)),
    ],
)
def test_an_honest_file_announces_what_it_is(data):
    assert set(announced.sizes(data)) == {(640, 48)}


def test_a_heic_announces_what_is_decoded_and_not_what_is_shown():
    assert announced.sizes(HEIC.read_bytes()) == [(64, 64)]


def test_the_largest_canvas_of_a_webp():
    assert announced.sizes(webp_claiming(2**24)) == [(2**24, 2**24)]


@pytest.mark.parametrize("name", ["jpg", "png", "gif"])
def test_other_formats_say_it_to_pillow(name):
    assert announced.sizes(samples()[name]) == []


@pytest.mark.parametrize("data", [b"", b"RIFF", b"RIFF\0\0\0\0WEBPVP8X", b"\0\0\0\x14ftypavif", b"\0\0\0\0ftyp" * 9])
def test_what_is_too_short_announces_nothing(data):
    assert announced.sizes(data) == []


def test_what_looks_like_a_size_in_the_pixels_is_none():
    """The bytes of a photo may be anything; only the description is read."""
    size = b"ispe\0\0\0\0" + struct.pack(">II", 2**31, 2**31)
    pixels = struct.pack(">I", len(size) + 8) + b"mdat" + size
    assert announced.sizes(encoded("AVIF") + pixels) == announced.sizes(encoded("AVIF"))
    ahead = b"\0\0\0\x0cftypavif" + pixels
    assert announced.sizes(ahead) == []
