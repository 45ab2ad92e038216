"""An upload is judged by its bytes, bounded before it is decoded, and turned upright."""

import io
import re
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from photos.models import Photo
from photos.pictures import add_photo, read_picture, rendition_name
from tests import factories

FORMATS = [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif")]
ROTATED = 6  # EXIF: turn by 90 degrees to see it upright


def file_of(data, name="picture.jpg"):
    return ContentFile(data, name=name)


def encoded(kind="JPEG", size=(64, 48), mode="RGB", color="red", **options):
    buffer = io.BytesIO()
    Image.new(mode, size, color).save(buffer, kind, **options)
    return buffer.getvalue()


def png_header(width, height):
    """A PNG that announces this size and holds next to nothing."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def stored(data):
    texts = {"en": {"alt": "A plain surface"}}
    return add_photo(Photo(title="Title", mark="photograph", credit="ESA", texts=texts), file_of(data))


def rendition(photo, width):
    with default_storage.open(f"photos/{photo.token[:2]}/{photo.token}/{width}.webp") as file:
        image = Image.open(io.BytesIO(file.read()))
        image.load()
        return image


@pytest.mark.parametrize(("kind", "extension"), FORMATS)
def test_the_bytes_decide_what_it_is_and_not_the_name(kind, extension):
    picture = read_picture(file_of(encoded(kind), name="anything.exe"))
    assert (picture.extension, picture.width, picture.height) == (extension, 64, 48)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<script>",
        b"%PDF-1.7",
        b"\xff\xd8\xff",
        b"BM" * 50,
    ],
)
def test_what_is_no_picture_of_ours_is_refused(data):
    with pytest.raises(ValidationError, match="JPEG, PNG, WebP and AVIF are taken"):
        read_picture(file_of(data, name="picture.jpg"))


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
def test_other_formats_are_refused_under_any_name(kind):
    with pytest.raises(ValidationError, match="JPEG, PNG, WebP and AVIF are taken"):
        read_picture(file_of(encoded(kind), name="picture.png"))


@pytest.mark.parametrize("kind", [kind for kind, _extension in FORMATS])
@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_truncated_file_is_refused(kind, part):
    image = Image.effect_noise((200, 150), 80).convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, kind)
    data = buffer.getvalue()
    with pytest.raises(ValidationError, match="no picture that can be read"):
        read_picture(file_of(data[: int(len(data) * part)]))


@pytest.mark.parametrize(("width", "height"), [(7746, 7746), (60_000_001, 1), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_before_they_are_decoded(monkeypatch, width, height):
    def decoded(self):
        raise AssertionError("the picture was decoded")

    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", decoded)
    with pytest.raises(ValidationError):
        read_picture(file_of(png_header(width, height)))


def test_the_size_that_is_refused_is_named():
    with pytest.raises(ValidationError) as caught:
        read_picture(file_of(png_header(8000, 9000)))
    assert "8000 × 9000 pixels" in caught.value.messages[0]


def test_too_many_bytes_are_refused_before_they_are_read(settings):
    settings.PHOTO_MAX_BYTES = 2 * 2**20

    class Enormous(ContentFile):
        def read(self, *args):
            raise AssertionError("the file was read")

    file = Enormous(b"", name="picture.jpg")
    file.size = 5 * 2**20
    with pytest.raises(ValidationError) as caught:
        read_picture(file)
    assert "The file has 5 MB; at most 2 MB are taken." in caught.value.messages[0]


def rotated_jpeg():
    """Left half red, right half blue, marked to be shown turned: red above blue."""
    image = Image.new("RGB", (80, 40), "blue")
    image.paste((255, 0, 0), (0, 0, 40, 40))
    exif = Image.Exif()
    exif[0x0112] = ROTATED
    exif[0x010E] = "A secret place"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif, quality=95)
    return buffer.getvalue()


@pytest.mark.django_db
def test_a_turned_photo_is_shown_upright_and_tells_nothing_else():
    photo = stored(rotated_jpeg())
    assert (photo.width, photo.height) == (40, 80)
    image = rendition(photo, 40)
    assert image.size == (40, 80)
    top, bottom = (image.convert("RGB").getpixel((20, y)) for y in (10, 70))
    assert top[0] > 200 > 100 > top[2]
    assert bottom[2] > 200 > 100 > bottom[0]
    assert "exif" not in image.info


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("WEBP", "RGBA")])
def test_transparency_is_kept(kind, mode):
    photo = stored(encoded(kind, mode=mode, color=(10, 20, 30, 0) if mode == "RGBA" else (10, 0)))
    assert rendition(photo, 64).convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "P"), ("PNG", "1"), ("PNG", "I;16"), ("PNG", "L"), ("JPEG", "CMYK")]
)
def test_every_kind_of_colour_makes_a_rendition(kind, mode):
    photo = stored(encoded(kind, mode=mode, color=0))
    assert rendition(photo, 64).size == (64, 48)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("width", "widths"),
    [(64, [64]), (320, [320]), (321, [320, 321]), (1000, [320, 640, 960, 1000]), (2000, [320, 640, 960, 1600])],
)
def test_renditions_are_never_wider_than_the_picture(width, widths):
    photo = stored(encoded("PNG", size=(width, 10)))
    photo.refresh_from_db()
    assert photo.widths == widths
    assert [rendition(photo, each).size[0] for each in widths] == widths


@pytest.mark.django_db
def test_a_flat_strip_still_has_a_height():
    assert rendition(stored(encoded("PNG", size=(2000, 1))), 320).size == (320, 1)


@pytest.mark.django_db
def test_a_photo_keeps_its_original_and_its_hash():
    data = encoded("PNG")
    photo = stored(data)
    with photo.file.open() as file:
        assert file.read() == data
    assert re.fullmatch(r"originals/[0-9a-f]{2}/[0-9a-f]{24}\.png", photo.file.name)
    assert photo.token not in photo.file.name
    assert len(photo.sha256) == 64
    assert photo.sha256 == read_picture(factories.ContentFile(data, name="x")).sha256


@pytest.mark.parametrize(("wanted", "best"), [(100, 320), (320, 320), (321, 960), (5000, 960)])
def test_the_smallest_rendition_that_is_wide_enough(wanted, best):
    assert rendition_name("ab12", [320, 960], wanted) == f"/media/photos/ab/ab12/{best}.webp"


@pytest.mark.django_db
@pytest.mark.parametrize("texts", [{}, {"en": {"alt": ""}}, {"en": {"caption": "Below."}}])
def test_no_picture_comes_in_without_a_description(texts):
    photo = Photo(title="Title", mark="photograph", credit="ESA", texts=texts)
    with pytest.raises(ValidationError, match="Describe what the picture shows"):
        add_photo(photo, file_of(encoded("PNG")))
    assert not Photo.objects.exists()
