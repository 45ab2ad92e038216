"""Where there is no room for a picture, each page says so at the file, keeps what was typed, and leaves nothing."""

import errno

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.db.models.query import QuerySet

from photos.models import Making, Photo
from tests import factories
from tests.articles.desk import editor, signed_in
from tests.desk.edition_folder import load, make_folder

pytestmark = pytest.mark.django_db
PHOTOS = "/admin/photos/photo/"
FULL = "There is no space left for pictures. Nothing was saved"


@pytest.fixture
def desk(db):
    return signed_in(editor())


def fill_the_disk(monkeypatch):
    def save(storage, name, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", save)


@pytest.fixture
def full_disk(monkeypatch):
    fill_the_disk(monkeypatch)


def data(**changes):
    texts = {"alt_en": "Six domes", "alt_hr": "Šest kupola", "caption_en": "At night.", "caption_hr": ""}
    file = SimpleUploadedFile("domes.png", factories.png(color="#123456").read(), "image/png")
    return {"upload": file, "title": "Domes", "mark": "photograph", "credit": "ESO", **texts, **changes}


def kept(tmp_path):
    return [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


def test_the_form_comes_back_with_everything_that_was_typed(desk, full_disk, tmp_path):
    answer = desk.post(f"{PHOTOS}add/", data())
    assert answer.status_code == 200
    (sentence,) = answer.context["adminform"].form.errors["upload"]
    assert FULL in sentence
    page = answer.content.decode()
    assert 'value="Domes"' in page
    assert "Šest kupola" in page
    assert kept(tmp_path) == []
    assert not Photo.objects.exists()
    assert not Making.objects.exists()


def test_the_same_form_again_is_stored_when_there_is_room(desk, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(FileSystemStorage, "_save", lambda *args: 1 / 0)
        assert "could not be kept just now" in desk.post(f"{PHOTOS}add/", data()).content.decode()
    assert desk.post(f"{PHOTOS}add/", data()).status_code == 302
    assert Photo.objects.get().title == "Domes"


def test_a_script_gets_the_sentence(desk, full_disk):
    answer = desk.post(f"{PHOTOS}upload/", data(language="en"))
    assert answer.status_code == 422
    assert FULL in answer.json()["errors"]["upload"][0]
    assert not Photo.objects.exists()


def test_credentials_that_cannot_be_signed_are_no_fault_of_who_uploads(desk, monkeypatch, settings, tmp_path):
    """Such as with a key that cannot be read any more."""
    settings.C2PA_CERTIFICATE = settings.C2PA_KEY = str(tmp_path / "gone.pem")
    answer = desk.post(f"{PHOTOS}upload/", data(language="en"))
    assert answer.status_code == 422
    assert "could not be kept just now" in answer.json()["errors"]["upload"][0]
    assert kept(tmp_path) == []
    assert not Photo.objects.exists()


def test_a_replacement_leaves_the_old_photo_in_its_place(desk, monkeypatch, tmp_path):
    old = factories.make_photo()
    files = kept(tmp_path)
    fill_the_disk(monkeypatch)
    answer = desk.post(f"{PHOTOS}{old.pk}/replace/", data(mark="ai_generated"))
    assert answer.status_code == 422
    assert FULL in answer.content.decode()
    assert Photo.objects.get() == old
    assert old.replaced_by is None
    assert kept(tmp_path) == files


def test_a_replacement_that_came_too_late_leaves_nothing(desk, monkeypatch, tmp_path):
    """Somebody else replaced the photo while this file was being opened."""
    old = factories.make_photo()
    files = kept(tmp_path)
    update = QuerySet.update
    monkeypatch.setattr(QuerySet, "update", lambda rows, **to: 0 if "replaced_by" in to else update(rows, **to))
    answer = desk.post(f"{PHOTOS}{old.pk}/replace/", data(mark="ai_generated"))
    assert answer.status_code == 422
    assert "Somebody replaced this photo while you chose the file" in answer.content.decode()
    assert Photo.objects.get() == old
    assert kept(tmp_path) == files


@pytest.mark.parametrize(
    "words", ["database or disk is full", 'could not extend file "base/1/2": No space left on device']
)
def test_a_full_database_is_the_same(desk, monkeypatch, tmp_path, words):
    def ask(photo):
        raise OperationalError(words)

    monkeypatch.setattr(Photo, "ask_for_renditions", ask)
    assert FULL in desk.post(f"{PHOTOS}add/", data()).content.decode()
    assert kept(tmp_path) == []
    assert not Photo.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_opening_a_picture_holds_no_transaction(desk, monkeypatch):
    """SQLite has one writer: readers' comments would wait for the picture."""
    seen = []

    def read(file):
        seen.append(connection.in_atomic_block)
        raise ValidationError("enough seen")

    monkeypatch.setattr("photos.forms.read_picture", read)
    assert "enough seen" in desk.post(f"{PHOTOS}add/", data()).content.decode()
    assert seen == [False]


def test_an_edition_names_the_file_and_loads_the_rest(full_disk, tmp_path):
    run = load(make_folder(tmp_path / "edition"))
    assert run.code == 1
    assert any(line.startswith("photos.yaml: ") and "file: " in line and FULL in line for line in run.complaints)
    assert not Photo.objects.exists()
    assert kept(tmp_path) == []
