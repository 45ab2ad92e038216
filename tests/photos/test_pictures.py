"""An upload is judged by its bytes and turned upright. It is kept whole or not at all."""

import errno
import io
import re
import resource
import signal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import OperationalError
from PIL import Image, ImageCms

from photos import opening
from photos.models import Making, Photo
from photos.pictures import PictureNotStored, add_photo, read_picture, store
from tests import factories
from tests.hostile.making_pictures import HEIC, encoded, exif_of, png, samples, saved, two_colors

FORMATS = [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("AVIF", "avif"), ("GIF", "gif")]
TAKEN = "JPEG, PNG, WebP, AVIF, GIF and HEIC are taken"
ROTATED = 6  # EXIF: turn by 90 degrees to see it upright
RED, BLUE = (255, 0, 0), (0, 0, 255)


def file_of(data, name="picture.jpg"):
    return ContentFile(data, name=name)


def new_photo(**fields):
    texts = {"en": {"alt": "A plain surface"}}
    return Photo(**{"title": "Title", "mark": "photograph", "credit": "ESA", "texts": texts, **fields})


def stored(data):
    return add_photo(new_photo(), file_of(data))


def rendition(photo, width):
    with default_storage.open(f"photos/{photo.token[:2]}/{photo.token}/first/natural-{width}.webp") as file:
        image = Image.open(io.BytesIO(file.read()))
        image.load()
        return image


def color_at(image, x, y):
    """ "red", "blue", or the value of neither."""
    pixel = image.convert("RGB").getpixel((x, y))
    names = {"red": RED, "blue": BLUE}
    near = (name for name, value in names.items() if all(abs(a - b) < 60 for a, b in zip(pixel, value, strict=True)))
    return next(near, pixel)


def files_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


# What is taken


@pytest.mark.parametrize(("kind", "extension"), FORMATS)
def test_the_bytes_decide_what_it_is_and_not_the_name(kind, extension):
    picture = read_picture(file_of(encoded(kind), name="anything.exe"))
    assert (picture.extension, picture.width, picture.height) == (extension, 64, 48)


def test_a_heic_is_taken():
    picture = read_picture(file_of(HEIC.read_bytes()))
    assert (picture.extension, picture.width, picture.height) == ("heic", 64, 48)


def test_a_jpeg_with_more_pictures_behind_it_is_a_jpeg():
    image = two_colors()
    picture = read_picture(file_of(saved(image, "MPO", save_all=True, append_images=[image.rotate(180)])))
    assert (picture.extension, picture.width) == ("jpg", 64)


@pytest.mark.django_db
def test_of_many_frames_the_first_is_kept():
    image = rendition(stored(samples()["frames.gif"]), 64)
    assert not getattr(image, "is_animated", False)
    assert (color_at(image, 10, 24), color_at(image, 54, 24)) == ("red", "blue")


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"<script>", b"<html>", b"%PDF-1.7", b"\xff\xd8\xff", b"BM" * 50, b"\0" * 500]
)
def test_what_is_no_picture_of_ours_is_refused(data):
    with pytest.raises(ValidationError, match=TAKEN):
        read_picture(file_of(data, name="picture.jpg"))


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM", "PDF", "TGA", "JPEG2000"])
def test_other_formats_are_refused_under_any_name(kind):
    with pytest.raises(ValidationError, match=TAKEN):
        read_picture(file_of(encoded(kind), name="picture.png"))


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xef\xbb\xbf\n <?xml version='1.0'?><!-- drawn --><SVG onload='alert(1)'/>",
    ],
)
def test_a_drawing_that_may_hold_scripts_is_refused_with_its_own_sentence(data):
    with pytest.raises(ValidationError, match="SVG is a drawing that may hold scripts, and is not taken"):
        read_picture(file_of(data, name="picture.png"))


@pytest.mark.parametrize("kind", [kind for kind, _extension in FORMATS])
@pytest.mark.parametrize("part", [0.3, 0.9])
def test_a_truncated_file_is_refused(kind, part):
    data = saved(Image.effect_noise((200, 150), 80).convert("RGB"), kind)
    with pytest.raises(ValidationError, match="no picture that can be read"):
        read_picture(file_of(data[: int(len(data) * part)]))


# Bounds


def test_the_size_that_is_refused_is_named():
    with pytest.raises(ValidationError) as caught:
        read_picture(file_of(png(8000, 9000)))
    assert caught.value.messages == ["The picture has 8000 × 9000 pixels; at most 25 million are taken. Scale it down."]


def test_the_bound_is_a_setting(settings):
    settings.PHOTO_MAX_PIXELS = 64 * 48
    read_picture(file_of(encoded("PNG")))
    settings.PHOTO_MAX_PIXELS -= 1
    with pytest.raises(ValidationError, match="64 × 48 pixels"):
        read_picture(file_of(encoded("PNG")))


def test_a_side_that_no_rendition_could_have_is_refused():
    read_picture(file_of(encoded("PNG", size=(1, 16_383))))
    with pytest.raises(ValidationError, match="has 1 × 16384 pixels; a side may have at most 16383"):
        read_picture(file_of(encoded("PNG", size=(1, 16_384))))


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


# How it looks


def rotated_jpeg():
    """Left half red, right half blue, marked to be shown turned: red above blue."""
    exif = Image.Exif()
    exif[0x0112] = ROTATED
    return saved(two_colors((80, 40)), "JPEG", exif=exif, quality=95)


@pytest.mark.django_db
def test_a_turned_photo_is_shown_upright():
    photo = stored(rotated_jpeg())
    assert (photo.width, photo.height) == (40, 80)
    image = rendition(photo, 40)
    assert image.size == (40, 80)
    assert (color_at(image, 20, 10), color_at(image, 20, 70)) == ("red", "blue")


def test_nothing_but_the_picture_is_handed_on_to_what_encodes_it():
    """Pillow writes the comment, the profile and the EXIF of what it read into what it saves."""
    data = saved(two_colors(), "JPEG", comment=b"secret", exif=exif_of("secret"), icc_profile=swapped_profile())
    image, _facts = opening.open_picture(data, 10**6, 10**4)
    assert image.info == {}
    assert b"secret" not in saved(image, "JPEG")


@pytest.mark.django_db
def test_a_heic_looks_as_it_did():
    image = rendition(stored(HEIC.read_bytes()), 64)
    assert (color_at(image, 10, 24), color_at(image, 54, 24)) == ("red", "blue")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "LA"), ("WEBP", "RGBA"), ("WEBP", "LA"), ("AVIF", "RGBA")]
)
def test_transparency_is_kept(kind, mode):
    photo = stored(encoded(kind, mode=mode, color=(10, 20, 30, 0) if mode == "RGBA" else (10, 0)))
    assert rendition(photo, 64).convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.django_db
def test_a_palette_keeps_its_colours_and_its_hole():
    image = two_colors().quantize(4)
    corner = image.getpixel((0, 0))
    shown = rendition(stored(saved(image, "PNG", transparency=corner)), 64).convert("RGBA")
    assert (shown.getpixel((5, 5))[3], shown.getpixel((60, 5))[3]) == (0, 255)
    assert color_at(shown, 60, 24) == "blue"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "P"), ("PNG", "1"), ("PNG", "I;16"), ("PNG", "L"), ("JPEG", "L"), ("JPEG", "CMYK")]
)
def test_every_kind_of_colour_makes_a_rendition(kind, mode):
    photo = stored(encoded(kind, mode=mode, color=0))
    assert rendition(photo, 64).size == (64, 48)


@pytest.mark.parametrize(("value", "seen"), [(0, 0), (0x8000, 128), (0xFFFF, 255)])
def test_sixteen_bits_of_grey_become_eight(value, seen):
    picture = read_picture(file_of(encoded("PNG", mode="I;16", color=value)))
    assert abs(int(picture.color[1:3], 16) - seen) <= 1


def test_four_inks_become_three_lights():
    picture = read_picture(file_of(saved(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG", quality=95)))
    red, green, blue = (int(picture.color[start : start + 2], 16) for start in (1, 3, 5))
    assert red > 200
    assert max(green, blue) < 60


def test_a_profile_that_does_not_fit_or_cannot_be_read_is_left_aside():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (lab, b"no profile"):
        data = saved(Image.new("RGB", (8, 8), (90, 128, 128)), "PNG", icc_profile=profile)
        assert read_picture(file_of(data)).color == "#5a8080"


def test_colours_are_those_that_the_profile_means():
    """Its red and blue are swapped: what it calls red is seen as blue."""
    profile = swapped_profile()
    for mode, color in (("RGB", (255, 0, 0)), ("RGBA", (255, 0, 0, 200))):
        data = saved(Image.new(mode, (8, 8), color), "PNG", icc_profile=profile)
        assert read_picture(file_of(data)).color == "#0000ff"


def swapped_profile():
    """sRGB with its primaries under each other's names."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return (
        profile.replace(b"rXYZ", b"qXYZ")
        .replace(b"bXYZ", b"rXYZ")
        .replace(b"qXYZ", b"bXYZ")
        .replace("sRGB".encode("utf-16-be"), "xRGB".encode("utf-16-be"))
    )


def test_the_mean_colour_stands_for_the_picture():
    assert read_picture(file_of(saved(two_colors(), "PNG"))).color == "#800080"


def test_what_is_transparent_has_no_part_in_the_mean_colour():
    image = Image.new("RGBA", (10, 10), (0, 0, 255, 0))
    image.paste((255, 0, 0, 255), (0, 0, 5, 10))
    assert read_picture(file_of(saved(image, "PNG"))).color == "#ff0000"


@pytest.mark.django_db
@pytest.mark.parametrize(("width", "widths"), [(64, [64]), (320, [320]), (321, [320, 321]), (2000, [320, 960])])
def test_the_first_renditions_are_never_wider_than_the_picture(width, widths):
    photo = stored(encoded("PNG", size=(width, 10)))
    photo.refresh_from_db()
    assert photo.renditions == {"key": "first", "formats": ["webp"], "natural": widths}
    assert [rendition(photo, each).size[0] for each in widths] == widths
    assert Making.objects.filter(photo=photo).exists()


@pytest.mark.django_db
def test_a_flat_strip_still_has_a_height():
    assert rendition(stored(encoded("PNG", size=(2000, 1))), 320).size == (320, 1)


# What is kept


@pytest.mark.django_db
def test_a_photo_keeps_its_original_and_its_hash():
    data = encoded("PNG")
    photo = stored(data)
    photo.refresh_from_db()
    with photo.file.open() as file:
        assert file.read() == data
    assert re.fullmatch(r"originals/[0-9a-f]{2}/[0-9a-f]{24}\.png", photo.file.name)
    assert photo.token not in photo.file.name
    assert len(photo.sha256) == 64
    assert photo.sha256 == read_picture(factories.ContentFile(data, name="x")).sha256
    assert photo.color == "#ff0000"


@pytest.mark.django_db
@pytest.mark.parametrize("texts", [{}, {"en": {"alt": ""}}, {"en": {"caption": "Below."}}])
def test_no_picture_comes_in_without_a_description(texts):
    with pytest.raises(ValidationError, match="Describe what the picture shows"):
        add_photo(new_photo(texts=texts), file_of(encoded("PNG")))
    assert not Photo.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("last", [1, 2, 3])
def test_a_full_disk_leaves_nothing(monkeypatch, tmp_path, last):
    """It is full at the original, at the first rendition, or at the second, which is half written then."""
    save, written = FileSystemStorage._save, []

    def full(storage, name, content):
        written.append(name)
        if len(written) == last:
            save(storage, name, ContentFile(content.read()[:10]))
            raise OSError(errno.ENOSPC, "No space left on device")
        return save(storage, name, content)

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
    photo = new_photo()
    with pytest.raises(PictureNotStored, match=r"There is no space left for pictures\. Nothing was saved"):
        add_photo(photo, file_of(encoded("PNG", size=(1000, 10))))
    assert len(written) == last
    assert files_in(tmp_path / "media") == []
    assert not Photo.objects.exists()
    assert photo.pk is None


@pytest.mark.django_db
def test_a_store_that_is_away_is_another_sentence(monkeypatch):
    def away(storage, name, content):
        raise ConnectionError("nobody there")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", away)
    with pytest.raises(PictureNotStored, match=r"could not be kept just now\. Nothing was saved"):
        stored(encoded("PNG"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "raised"),
    [(OperationalError("database or disk is full"), PictureNotStored), (RuntimeError("a bug"), RuntimeError)],
)
def test_a_row_that_is_not_written_leaves_no_file(tmp_path, error, raised):
    def fail(photo):
        raise error

    photo = new_photo()
    with pytest.raises(raised):
        store(photo, read_picture(file_of(encoded("PNG"))), then=fail)
    assert files_in(tmp_path / "media") == []
    assert not Photo.objects.exists()
    assert not Making.objects.exists()
    assert photo.pk is None


@pytest.mark.django_db
def test_what_is_discarded_leaves_no_folder_and_other_photos_stay(tmp_path):
    kept = stored(encoded("PNG"))
    with pytest.raises(ZeroDivisionError):
        store(doomed := new_photo(), read_picture(file_of(encoded("PNG"))), then=lambda photo: 1 / 0)
    names = {path.name for path in (tmp_path / "media").rglob("*")}
    assert doomed.token not in names
    assert kept.token in names
    assert rendition(kept, 64)


@pytest.fixture
def small_disk(tmp_path, settings):
    """A disk that takes no file of more than 1 MB, as far as the system's own bound is one; any user may set it."""
    settings.MEDIA_ROOT = tmp_path / "disk"
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, hard))
    yield settings.MEDIA_ROOT
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.django_db
def test_a_disk_that_is_really_full(small_disk):
    noise = saved(Image.effect_noise((1100, 1100), 90), "PNG")
    assert len(noise) > 2**20
    with pytest.raises(PictureNotStored, match="There is no space left"):
        stored(noise)
    assert files_in(small_disk) == []
    assert stored(encoded("PNG")).pk
