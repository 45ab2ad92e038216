"""Bombs, files that are two things at once, files with secrets, and broken ones: all through the real upload form."""

import io
import random
import resource
import time

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from photos import decoder_process
from photos.models import Photo, originals
from tests.articles.desk import editor, signed_in
from tests.hostile import making_pictures as pictures

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/photos/photo/upload/"
MIB = 1024
# What no served file may hold, whatever the upload held.
FOREIGN = [b"<script", b"alert(", b"<?php", b"%PDF", b"PK\x03\x04", b"secret", b"Exif", b"GPS"]
SENTENCES = {
    "pixels": "pixels; at most 25 million are taken",
    "side": "a side may have at most 16383",
    "unreadable": "no picture that can be read",
}


@pytest.fixture
def desk(db):
    return signed_in(editor())


def sent(desk, data, name="picture.jpg", content_type="image/jpeg"):
    fields = {"mark": "photograph", "credit": "ESA", "alt_en": "A picture", "language": "en", "again": "1"}
    return desk.post(UPLOAD, fields | {"upload": SimpleUploadedFile(name, data, content_type)})


def errors(answer):
    return " ".join(answer.json()["errors"]["upload"])


def served(photo):
    """{name: bytes} of the files that anybody can get of it."""
    folder = f"photos/{photo.token[:2]}/{photo.token}/first"
    names = default_storage.listdir(folder)[1]
    return {name: default_storage.open(f"{folder}/{name}").read() for name in names}


def everything_kept(tmp_path):
    return [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", pictures.bombs())
def test_a_bomb_costs_next_to_nothing(desk, name, tmp_path):
    data, code = pictures.bombs()[name]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = sent(desk, data)
    assert answer.status_code == (422 if code else 201)
    if code:
        assert SENTENCES[code] in errors(answer)
        assert decoder_process.peak_kib < 64 * MIB
        assert everything_kept(tmp_path) == []
        assert not Photo.objects.exists()
    else:
        assert decoder_process.peak_kib < 512 * MIB
    # The web process itself opens nothing.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 32 * MIB


@pytest.mark.parametrize("name", pictures.polyglots())
def test_of_two_things_in_one_file_only_the_picture_is_served(desk, name):
    data = pictures.polyglots()[name]
    assert any(word in data for word in FOREIGN)
    answer = sent(desk, data, name="picture.html", content_type="text/html")
    assert answer.status_code == 201
    files = served(Photo.objects.get())
    assert files
    for content in files.values():
        assert content.startswith(b"RIFF")
        assert content[8:12] == b"WEBP"
        assert [word for word in FOREIGN if word in content] == []


@pytest.mark.parametrize("data", [b"%PDF-1.7\n" + pictures.encoded(), pictures.PHP + pictures.encoded("PNG")])
def test_a_picture_behind_something_else_is_none(desk, data):
    assert "no picture that can be read" in errors(sent(desk, data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_place_no_camera_and_no_word_of_an_upload_is_served(desk, kind):
    data = pictures.saved(
        Image.effect_noise((400, 300), 60).convert("RGB"),
        *(kind,),
        exif=pictures.exif_of("a secret place"),
        xmp=b"<x:xmpmeta>secret exif:GPSLatitude</x:xmpmeta>",
    )
    assert b"secret" in data
    assert sent(desk, data).status_code == 201
    photo = Photo.objects.get()
    files = served(photo)
    assert len(files) == 2
    for content in files.values():
        assert [word for word in FOREIGN if word in content] == []
        image = Image.open(io.BytesIO(content))
        assert dict(image.getexif()) == {}
        assert "icc_profile" not in image.info
    # The original has them; nothing leads there.
    assert b"secret" in photo.file.open().read()
    assert desk.get(f"/media/{photo.file.name}").status_code == 404
    assert originals().exists(photo.file.name)


def test_a_name_and_a_declared_type_change_nothing(desk):
    for name, content_type in (("../../etc/passwd", "text/html"), ("a.svg", "image/svg+xml"), ("x" * 300, "nonsense")):
        answer = sent(desk, pictures.encoded("PNG"), name, content_type)
        assert answer.status_code == 201
        assert Photo.objects.get(pk=answer.json()["id"]).file.name.endswith(".png")


@pytest.mark.parametrize("data", [b"", b"<svg onload='alert(1)'></svg>", b"\0" * 10_000, b"\xff" * 10_000])
def test_what_is_none_leaves_nothing(desk, data, tmp_path):
    assert sent(desk, data).status_code == 422
    assert everything_kept(tmp_path) == []
    assert not Photo.objects.exists()


def test_an_upload_that_is_far_too_large_is_counted_and_refused(desk, settings):
    settings.PHOTO_MAX_BYTES = 2**20
    answer = sent(desk, pictures.encoded("PNG") + bytes(3 * 2**20))
    assert answer.status_code == 422
    assert "The file has 3 MB; at most 1 MB are taken." in errors(answer)


def test_of_a_request_no_more_is_kept_than_one_file_may_have(rf, settings):
    settings.PHOTO_MAX_BYTES = 2**20
    parts = {name: SimpleUploadedFile(name, bytes(700_000)) for name in ("a", "b")}
    files = rf.post("/", parts).FILES
    assert [(files[name].size, len(files[name].read())) for name in ("a", "b")] == [(700_000, 700_000), (1_400_000, 0)]


def test_an_upload_never_touches_the_disk_before_it_is_judged(desk, monkeypatch):
    def opened(*args, **kwargs):
        raise AssertionError("a temporary file was opened")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", opened)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", opened)
    noise = pictures.saved(Image.effect_noise((2000, 1500), 90).convert("RGB"), "PNG")
    assert len(noise) > 3 * 2**20
    assert sent(desk, noise).status_code == 201


@pytest.mark.parametrize("seed", range(6))
def test_broken_at_random(desk, seed, tmp_path):
    """25 of each seed; `make fuzz` has 10,000."""
    chance = random.Random(seed)
    files = list(pictures.samples().values())
    began, photos = time.monotonic(), 0
    for _ in range(25):
        data = pictures.mutated(chance.choice(files), chance)
        answer = sent(desk, data)
        assert answer.status_code in (201, 422), data.hex()
        photos += answer.status_code == 201
        assert decoder_process.peak_kib < 512 * MIB
    assert Photo.objects.count() == photos
    assert len({path.name for path in everything_kept(tmp_path) if path.parent.parent.name == "originals"}) == photos
    assert time.monotonic() - began < 60
