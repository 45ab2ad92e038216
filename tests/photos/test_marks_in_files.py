"""The mark and the credit survive every cut and every format: exiftool finds them in each file that the site writes."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from photos import making, planning
from photos.models import Photo
from photos.pictures import add_photo
from photos.source_types import VOCABULARY, WORDS
from tests import exiftool, factories
from tests.reading import read

pytestmark = pytest.mark.django_db
CREDIT = "Čedomir Đurić & <Sons> / “Tech&Space” ]]>"


@pytest.fixture
def site(settings):
    settings.SITE_NAME = "Tech & Space"
    return settings


def expected(mark, credit=CREDIT):
    return {
        exiftool.SOURCE_TYPE: VOCABULARY + WORDS[mark],
        exiftool.CREDIT: credit,
        exiftool.SOURCE: "Tech & Space",
    }


def files_of(photo, settings):
    """{name: what exiftool reads} of the photo's present renditions."""
    names = planning.names_in(photo.token, photo.renditions)
    rows = exiftool.read(*(Path(settings.MEDIA_ROOT, name) for name in names))
    assert len(rows) == len(names)
    return {str(Path(path).relative_to(settings.MEDIA_ROOT)): row for path, row in rows.items()}


def made(width=1300, height=900, **fields):
    photo = factories.make_photo(width=width, height=height, **{"credit": CREDIT, **fields})
    making.make_now(photo)
    return photo


def test_every_rendition_of_an_ai_photo_in_every_format_says_so(site):
    photo = made()
    found = files_of(photo, site)
    kinds = {(row["File:FileType"], row["File:MIMEType"]) for row in found.values()}
    assert kinds == {("AVIF", "image/avif"), ("Extended WEBP", "image/webp"), ("JPEG", "image/jpeg")}
    # Seven widths of the natural shape, four and three shapes more; each in three formats.
    shapes = {name.rpartition("/")[2].partition("-")[0] for name in found}
    assert shapes == {"natural", "16x9", "4x3", "1x1"}
    assert len(found) > 40
    for name, row in found.items():
        assert exiftool.metadata(row) == expected("ai_generated"), name
        assert row["ExifTool:Validate"] == "OK", name


def test_the_pictures_for_search_engines_say_so_too(site):
    # Too narrow for 1200 pixels: these three are files of their own.
    photo = made(width=700, height=600)
    found = files_of(photo, site)
    for address, width, height in photo.art.search:
        row = found[address.removeprefix(site.MEDIA_URL)]
        assert row["Composite:ImageSize"] == f"{width}x{height}"
        assert exiftool.metadata(row) == expected("ai_generated")
    assert [cut[1:] for cut in photo.art.search] == [(1200, 675), (1200, 900), (1200, 1200)]


@pytest.mark.parametrize("mark", [*Photo.Mark.values, None])
def test_the_share_card_of_a_story_says_what_its_photo_says(client, edition, site, tmp_path, mark):
    photos = [factories.make_photo(width=60, height=40, mark=mark, credit=CREDIT)] if mark else []
    factories.make_story(photos=[factories.photo_row(photo) for photo in photos])
    (meta,) = read(client, "/ai/a-model-learns-to-wait/").all("meta", property="og:image")
    response = client.get(meta["content"].removeprefix(site.SITE_URL))
    card = tmp_path / "card.jpg"
    card.write_bytes(b"".join(response) if response.streaming else response.content)
    (row,) = exiftool.read(card).values()
    assert row["Composite:ImageSize"] == "1200x630"
    # A story without a photo has a card that the site drew.
    assert exiftool.metadata(row) == (expected(mark) if mark else expected("illustration", "Tech & Space"))


@pytest.mark.parametrize("mark", Photo.Mark.values)
def test_each_mark_is_in_the_first_renditions_and_in_those_that_follow(site, mark):
    photo = factories.make_photo(width=60, height=40, mark=mark, credit=CREDIT)
    assert photo.renditions["key"] == "first"
    for row in files_of(photo, site).values():
        assert exiftool.metadata(row) == expected(mark)
    making.make_now(photo)
    assert photo.renditions["key"] != "first"
    for row in files_of(photo, site).values():
        assert exiftool.metadata(row) == expected(mark)


def test_another_credit_makes_other_files(site):
    photo = made(width=60, height=40)
    before = photo.renditions["key"]
    Photo.objects.filter(pk=photo.pk).update(credit="ESO")
    photo.refresh_from_db()
    making.make_now(photo)
    assert photo.renditions["key"] != before
    for row in files_of(photo, site).values():
        assert exiftool.metadata(row) == expected("ai_generated", "ESO")


def test_what_the_uploaded_file_said_is_replaced_by_what_the_desk_says(site):
    """One packet in each file, and of the upload's own metadata nothing."""
    buffer = io.BytesIO()
    xmp = f"<x Iptc4xmpExt:DigitalSourceType='{VOCABULARY}digitalCapture' photoshop:Credit='Somebody'/>".encode()
    Image.new("RGB", (60, 40)).save(buffer, "JPEG", xmp=xmp, comment=b"Made at home")
    photo = Photo(title="Title", mark="illustration", credit=CREDIT, texts={"en": {"alt": "A picture"}})
    add_photo(photo, ContentFile(buffer.getvalue(), name="x.jpg"))
    assert photo.declared == "photograph"
    making.make_now(photo)
    for name, row in files_of(photo, site).items():
        assert exiftool.metadata(row) == expected("illustration")
        data = Path(site.MEDIA_ROOT, name).read_bytes()
        assert data.count(b"DigitalSourceType>") == 2
        assert b"Somebody" not in data
        assert b"at home" not in data
