"""An editor brings in photos and describes them; file and origin never change afterwards."""

import pytest
from django.contrib import admin
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from photos import making, recipe
from photos.models import Photo
from tests import factories
from tests.articles.desk import editor, signed_in

pytestmark = pytest.mark.django_db
PHOTOS = "/admin/photos/photo/"


@pytest.fixture
def ana(db):
    return editor()


@pytest.fixture
def desk(ana):
    return signed_in(ana)


def upload(content=None):
    return SimpleUploadedFile("domes.png", content if content is not None else factories.png().read(), "image/png")


def data(**changes):
    texts = {"alt_en": "Six domes", "alt_hr": "Šest kupola", "caption_en": "At night.", "caption_hr": ""}
    return {"upload": upload(), "title": "Domes", "mark": "photograph", "credit": "ESO", **texts, **changes}


def errors(response):
    return response.context["adminform"].form.errors


def test_an_uploaded_photo_has_its_renditions_its_texts_and_its_uploader(desk, ana):
    response = desk.post(f"{PHOTOS}add/", data())
    assert response.status_code == 302
    photo = Photo.objects.get()
    assert (photo.width, photo.height, photo.renditions["natural"]) == (64, 48, [64])
    assert photo.texts["hr"]["alt"] == "Šest kupola"
    assert (photo.mark, photo.credit, photo.uploaded_by) == ("photograph", "ESO", ana)


@pytest.mark.parametrize("field", ["upload", "title", "mark", "credit", "alt_en"])
def test_what_every_photo_needs_is_asked_for(desk, field):
    response = desk.post(f"{PHOTOS}add/", data(**{field: ""}))
    assert field in errors(response)
    assert not Photo.objects.exists()


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n broken", b"<svg xmlns='x'/>"])
def test_a_file_that_is_no_picture_is_refused_on_its_field(desk, content):
    response = desk.post(f"{PHOTOS}add/", data(upload=upload(content)))
    assert "upload" in errors(response)
    assert 'value="Domes"' in response.content.decode()


def test_a_picture_with_too_many_pixels_is_refused(desk, settings):
    settings.PHOTO_MAX_PIXELS = 100
    assert "upload" in errors(desk.post(f"{PHOTOS}add/", data()))


def test_texts_can_be_changed_and_the_origin_cannot(desk):
    photo = factories.make_photo()
    page = desk.get(f"{PHOTOS}{photo.pk}/change/").content.decode()
    assert 'name="upload"' not in page
    assert f"photo:{photo.pk}" in page
    desk.post(f"{PHOTOS}{photo.pk}/change/", data(title="Renamed", mark="photograph", credit="NASA"))
    photo.refresh_from_db()
    assert (photo.title, photo.mark, photo.credit) == ("Renamed", "ai_generated", "NASA")
    assert photo.texts["en"]["alt"] == "Six domes"


def test_the_focal_point_is_set_in_percent_and_kept_where_none_is_sent(desk):
    photo = factories.make_photo()
    page = f"{PHOTOS}{photo.pk}/change/"
    assert desk.post(page, data(focal_x="20", focal_y="100")).status_code == 302
    photo.refresh_from_db()
    assert (photo.focal_x, photo.focal_y) == (20, 100)
    desk.post(page, data(focal_x="", title="Renamed"))
    photo.refresh_from_db()
    assert (photo.title, photo.focal_x, photo.focal_y) == ("Renamed", 20, 100)


def test_a_focal_point_is_asked_for_though_another_was_made_since_the_page_was_read(rf):
    """What is saved here has gone through the hands of a worker meanwhile: its old set is not the present one."""
    read = factories.make_photo()
    making.make_now(read)
    Photo.objects.filter(pk=read.pk).update(focal_x=0)
    making.make_now(Photo.objects.get(pk=read.pk))
    admin.site.get_model_admin(Photo).save_model(rf.post(PHOTOS), read, form=None, change=True)
    assert making.make_due(60) == 1
    photo = Photo.objects.get(pk=read.pk)
    assert (photo.focal_x, photo.renditions["key"]) == (50, recipe.key_of(photo))


@pytest.mark.parametrize("value", ["101", "-1", "left"])
def test_a_focal_point_lies_within_the_picture(desk, value):
    photo = factories.make_photo()
    response = desk.post(f"{PHOTOS}{photo.pk}/change/", data(focal_x=value))
    assert "focal_x" in errors(response)
    photo.refresh_from_db()
    assert photo.focal_x == 50


def test_the_page_of_a_photo_asks_a_fixed_number_of_queries(desk, edition, django_assert_num_queries):
    photo = factories.make_photo()
    desk.get(f"{PHOTOS}{photo.pk}/change/")
    for number in range(3):
        factories.make_story(title=f"Story {number}", photos=[factories.photo_row(photo)])
    # Session, account, its two sets of permissions; the photo, whether it is used, who uploaded it; its stories in
    # three, its portraits, its renditions; how many comments wait.
    with django_assert_num_queries(12):
        page = desk.get(f"{PHOTOS}{photo.pk}/change/").content.decode()
    assert "Story 2" in page


def test_the_credit_is_fixed_once_a_story_shows_the_photo_and_the_page_says_where(desk, edition):
    photo = factories.make_photo()
    factories.make_story(title="A night in Chile", photos=[factories.photo_row(photo)])
    assert "A night in Chile" in desk.get(f"{PHOTOS}{photo.pk}/change/").content.decode()
    desk.post(f"{PHOTOS}{photo.pk}/change/", data(credit="Somebody else"))
    photo.refresh_from_db()
    assert photo.credit == "Tech&Space"


def test_photos_are_not_deleted(desk, edition):
    photo = factories.make_photo()
    root = signed_in(factories.make_user("root@example.org", is_superuser=True))
    assert root.get(f"{PHOTOS}{photo.pk}/delete/").status_code == 403
    root.post(PHOTOS, {"action": "delete_selected", "_selected_action": [photo.pk]})
    assert Photo.objects.filter(pk=photo.pk).exists()


def test_the_story_form_learns_what_a_chosen_photo_shows(desk):
    photo = factories.make_photo()
    card = desk.get(f"{PHOTOS}{photo.pk}/card.json?language=en").json()
    assert card == {
        "title": "Six domes",
        "thumbnail": photo.art.thumb,
        "alt": "Six domes under stars",
        "caption": "Six domes.",
    }
    # Texts of another language are not offered as this one's.
    assert desk.get(f"{PHOTOS}{photo.pk}/card.json?language=hr").json()["alt"] == ""
    assert desk.get(f"{PHOTOS}99999/card.json").status_code == 404


def test_a_moderator_has_no_photos(desk):
    photo = factories.make_photo()
    mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
    assert mia.get(PHOTOS).status_code == 403
    assert mia.get(f"{PHOTOS}{photo.pk}/card.json").status_code == 403


def test_an_empty_upload_is_no_fault_of_ours(desk):
    response = desk.post(f"{PHOTOS}add/", data(upload=ContentFile(b"", name="x.png")))
    assert "upload" in errors(response)


def test_a_file_that_the_library_has_is_asked_about_and_then_taken(desk):
    desk.post(f"{PHOTOS}add/", data())
    response = desk.post(f"{PHOTOS}add/", data(title="Once more"))
    assert "is in the library already" in errors(response)["upload"][0]
    assert 'type="checkbox" name="again"' in response.content.decode()
    assert desk.post(f"{PHOTOS}add/", data(title="Once more", again="on")).status_code == 302
    assert Photo.objects.count() == 2
