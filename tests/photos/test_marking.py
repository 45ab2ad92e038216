"""An upload that says AI of itself is never saved as less, unless a person writes why the file is wrong."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from photos.marking import says_less
from photos.models import Photo
from photos.pictures import add_photo
from photos.source_types import VOCABULARY, WORDS
from tests import factories
from tests.articles.desk import editor, signed_in
from tests.desk.edition_folder import TABLES, load, make_folder, write
from tests.reading import Reading

pytestmark = pytest.mark.django_db
PHOTOS = "/admin/photos/photo/"
REASON = "The agency's export names every picture so."
ASKED = "The file itself says “{}”. Choose that as its origin, or write why the file is wrong."

COMPLAINT = f"photos.yaml: domes, mark_reason: {ASKED.format('AI-generated')}"


@pytest.fixture
def desk(db):
    return signed_in(editor())


def picture(mark="ai_generated", color="#334455"):
    """A picture whose XMP names this mark, or that names none."""
    options = {"xmp": f"<x Iptc4xmpExt:DigitalSourceType='{VOCABULARY}{WORDS[mark]}'/>".encode()} if mark else {}
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), color).save(buffer, "JPEG", **options)
    return buffer.getvalue()


def data(mark="photograph", declared="ai_generated", **changes):
    upload = SimpleUploadedFile("domes.jpg", picture(declared), "image/jpeg")
    texts = {"alt_en": "Six domes", "alt_hr": "", "caption_en": "", "caption_hr": ""}
    return {"upload": upload, "title": "Domes", "mark": mark, "credit": "ESO", **texts, **changes}


LESS = [
    ("ai_generated", "photograph"),
    ("ai_generated", "illustration"),
    ("ai_generated", "ai_edited"),
    ("ai_edited", "photograph"),
    ("ai_edited", "illustration"),
]
ENOUGH = [
    ("ai_generated", "ai_generated"),
    ("ai_edited", "ai_edited"),
    ("ai_edited", "ai_generated"),
    ("photograph", "illustration"),
    ("illustration", "photograph"),
    ("", "photograph"),
]


@pytest.mark.parametrize(("declared", "mark"), LESS)
def test_less_than_the_file_says_needs_a_reason(desk, declared, mark):
    assert says_less(mark, declared)
    response = desk.post(f"{PHOTOS}add/", data(mark, declared))
    words = Photo.Mark(declared).label
    assert response.context["adminform"].form.errors == {"mark_reason": [ASKED.format(words)]}
    assert not Photo.objects.exists()
    page = Reading(response.content.decode())
    (field,) = page.all("input", name="mark_reason")
    assert field["type"] == "text"
    # What was typed is still there.
    assert page.all("input", name="title")[0]["value"] == "Domes"
    assert desk.post(f"{PHOTOS}add/", data(mark, declared, mark_reason=f"  {REASON} ")).status_code == 302
    photo = Photo.objects.get()
    assert (photo.mark, photo.declared, photo.mark_reason) == (mark, declared, REASON)


@pytest.mark.parametrize(("declared", "mark"), ENOUGH)
def test_as_much_as_the_file_says_needs_none_and_keeps_none(desk, declared, mark):
    assert not says_less(mark, declared)
    assert desk.post(f"{PHOTOS}add/", data(mark, declared, mark_reason="Not needed.")).status_code == 302
    photo = Photo.objects.get()
    assert (photo.mark, photo.declared, photo.mark_reason) == (mark, declared, "")


@pytest.mark.parametrize(("declared", "mark"), LESS + ENOUGH)
def test_the_database_knows_the_same_rule(declared, mark):
    photo = factories.make_photo()
    rows = Photo.objects.filter(pk=photo.pk)
    if (declared, mark) in LESS:
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(declared=declared, mark=mark)
    else:
        rows.update(declared=declared, mark=mark)
    rows.update(declared=declared, mark=mark, mark_reason=REASON)


def test_nothing_is_asked_before_a_file_says_so(desk):
    page = Reading(desk.get(f"{PHOTOS}add/").content.decode())
    assert page.all("input", name="mark_reason")[0]["type"] == "hidden"
    assert "why the file is wrong" not in page.text


def test_a_reason_stays_in_its_field_while_something_else_is_wrong(desk):
    response = desk.post(f"{PHOTOS}add/", data(mark_reason=REASON, title=""))
    page = Reading(response.content.decode())
    assert page.all("input", name="mark_reason", value=REASON)[0]["type"] == "text"
    assert list(response.context["adminform"].form.errors) == ["title"]


@pytest.mark.parametrize("reason", ["   ", "x" * 301])
def test_blanks_are_no_reason_and_a_reason_has_its_length(desk, reason):
    response = desk.post(f"{PHOTOS}add/", data(mark_reason=reason))
    assert list(response.context["adminform"].form.errors) == ["mark_reason"]
    assert not Photo.objects.exists()


def test_the_page_of_a_photo_says_what_the_file_says_and_why_it_is_wrong(desk):
    desk.post(f"{PHOTOS}add/", data("illustration", "ai_edited", mark_reason=REASON))
    page = Reading(desk.get(f"{PHOTOS}{Photo.objects.get().pk}/change/").content.decode())
    assert "The file itself says: AI-edited" in page.text
    assert f"Why the file is wrong about its origin: {REASON}" in page.text
    assert not page.all("input", name="mark_reason")
    silent = Reading(desk.get(f"{PHOTOS}{factories.make_photo().pk}/change/").content.decode())
    assert "The file itself says" not in silent.text
    assert "Why the file is wrong" not in silent.text


def test_what_a_file_says_never_changes_on_the_page_of_the_photo(desk):
    desk.post(f"{PHOTOS}add/", data(mark_reason=REASON))
    photo = Photo.objects.get()
    changes = data(mark_reason="", declared="", title="Renamed")
    assert desk.post(f"{PHOTOS}{photo.pk}/change/", changes).status_code == 302
    photo.refresh_from_db()
    assert (photo.title, photo.declared, photo.mark_reason) == ("Renamed", "ai_generated", REASON)


def test_the_library_answers_a_script_with_the_sentence_and_takes_the_reason(desk):
    answer = desk.post(f"{PHOTOS}upload/", data())
    assert answer.status_code == 422
    assert answer.json() == {"errors": {"mark_reason": [ASKED.format("AI-generated")]}}
    assert desk.post(f"{PHOTOS}upload/", data(mark_reason=REASON)).status_code == 201
    assert Photo.objects.get().mark_reason == REASON


def test_a_photo_that_takes_anothers_place_is_asked_too(desk):
    old = factories.make_photo(mark="photograph")
    page = f"{PHOTOS}{old.pk}/replace/"
    response = desk.post(page, data())
    assert response.status_code == 422
    assert ASKED.format("AI-generated") in Reading(response.content.decode()).text
    assert Reading(response.content.decode()).all("input", name="mark_reason", type="text")
    assert desk.post(page, data(mark_reason=REASON)).status_code == 302
    old.refresh_from_db()
    assert (old.replaced_by.declared, old.replaced_by.mark_reason) == ("ai_generated", REASON)


def test_whoever_adds_a_photo_without_a_form_is_held_to_the_rule():
    photo = Photo(title="Domes", mark="photograph", credit="ESO", texts={"en": {"alt": "Domes"}})
    with pytest.raises(ValidationError) as caught:
        add_photo(photo, ContentFile(picture(), name="domes.jpg"))
    assert list(caught.value.message_dict) == ["mark_reason"]
    assert not Photo.objects.exists()


def edition_of(tmp_path, **lines):
    """An edition whose only photo says that it is AI-generated."""
    folder = make_folder(tmp_path)
    (folder / "pictures/domes.png").write_bytes(picture())
    more = "".join(f"  {name}: {value}\n" for name, value in lines.items())
    write(folder, "photos.yaml", TABLES["photos"].rstrip("\n") + "\n" + more)
    return folder


def test_an_edition_says_why_in_its_list_of_photos(tmp_path):
    assert load(edition_of(tmp_path)).complaints[0] == COMPLAINT
    assert not Photo.objects.exists()
    folder = edition_of(tmp_path / "again", mark_reason=REASON)
    assert load(folder).complaints == []
    photo = Photo.objects.get()
    assert (photo.declared, photo.mark, photo.mark_reason) == ("ai_generated", "illustration", REASON)
    # Loading it once more, and with other words, keeps the photo.
    assert load(folder).complaints == []
    write(folder, "photos.yaml", (folder / "photos.yaml").read_text().replace(REASON, "Other words."))
    assert load(folder).complaints == []
    assert [(row.pk, row.mark_reason) for row in Photo.objects.all()] == [(photo.pk, "Other words.")]


def test_an_edition_cannot_take_its_reason_back(tmp_path):
    load(edition_of(tmp_path, mark_reason=REASON))
    assert load(edition_of(tmp_path / "again")).complaints == [COMPLAINT]
    assert Photo.objects.get().mark_reason == REASON


def test_a_reason_that_no_file_asks_for_makes_no_photo_anew(tmp_path):
    folder = make_folder(tmp_path)
    write(folder, "photos.yaml", TABLES["photos"].rstrip("\n") + "\n  mark_reason: Not needed.\n")
    for _time in range(2):
        assert load(folder).complaints == []
    assert Photo.objects.get().mark_reason == ""
