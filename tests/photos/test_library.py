"""The wall of photos, and the two views that scripts ask: one takes a file, the other finds photos to choose from."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from photos.models import Photo
from tests import factories
from tests.articles.desk import editor, signed_in

pytestmark = pytest.mark.django_db
WALL = "/admin/photos/photo/"
UPLOAD = "/admin/photos/photo/upload/"
PICK = "/admin/photos/photo/pick/"


@pytest.fixture
def ana(db):
    return editor()


@pytest.fixture
def desk(ana):
    return signed_in(ana)


def file(content=None, name="observatory_dawn-2.png"):
    return SimpleUploadedFile(name, content if content is not None else factories.png().read(), "image/png")


def data(**changes):
    return {"upload": file(), "mark": "photograph", "credit": "ESO", "alt_en": "A dome at dawn", **changes}


def errors(response):
    assert response.status_code == 422
    assert not Photo.objects.exists()
    return response.json()["errors"]


def test_a_file_becomes_a_photo_named_after_it(desk, ana):
    response = desk.post(UPLOAD, data(caption_en="The first light."))
    photo = Photo.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": photo.pk,
        "title": "Observatory dawn 2",
        "thumbnail": photo.art.thumb,
        "alt": "A dome at dawn",
        "caption": "The first light.",
        "mark": "photograph",
        "credit": "ESO",
        "width": 64,
        "height": 48,
    }
    assert (photo.uploaded_by, photo.focal_x, photo.focal_y, photo.renditions["natural"]) == (ana, 50, 50, [64])


def test_a_title_and_a_focal_point_are_taken_as_given(desk):
    desk.post(UPLOAD, data(title="The dome", focal_x="20", focal_y="0"))
    photo = Photo.objects.get()
    assert (photo.title, photo.focal_x, photo.focal_y) == ("The dome", 20, 0)


def test_a_file_name_that_says_nothing_still_gives_a_title(desk):
    assert desk.post(UPLOAD, data(upload=file(name="__.png"))).json()["title"] == "Picture"


@pytest.mark.parametrize("field", ["upload", "mark", "credit", "alt_en"])
def test_what_every_photo_needs_is_asked_for_in_a_sentence(desk, field):
    found = errors(desk.post(UPLOAD, data(**{field: ""})))
    assert list(found) == [field]
    assert found[field] == ["This field is required."]


def test_the_description_is_asked_for_in_the_language_of_the_story(desk):
    assert list(errors(desk.post(UPLOAD, data(language="hr")))) == ["alt_hr"]
    answer = desk.post(UPLOAD, data(language="hr", alt_en="", alt_hr="Kupola u zoru"))
    assert answer.json()["alt"] == "Kupola u zoru"


@pytest.mark.parametrize(
    ("field", "value"),
    [("mark", "painting"), ("credit", "x" * 121), ("focal_x", "101"), ("focal_y", "-1"), ("focal_x", "middle")],
)
def test_values_that_do_not_fit_are_refused_on_their_field(desk, field, value):
    assert list(errors(desk.post(UPLOAD, data(**{field: value})))) == [field]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"not a picture", "This file is no picture that can be read."),
        (b"\x89PNG\r\n\x1a\n broken", "This file is no picture that can be read."),
        (b"<svg xmlns='x'/>", "SVG is a drawing that may hold scripts, and is not taken."),
    ],
)
def test_a_file_that_is_no_picture_is_refused(desk, content, sentence):
    found = errors(desk.post(UPLOAD, data(upload=file(content))))
    assert list(found) == ["upload"]
    assert found["upload"][0].startswith(sentence)


def test_a_file_with_too_many_bytes_or_pixels_is_refused(desk, settings):
    settings.PHOTO_MAX_PIXELS = 100
    assert "64 × 48 pixels" in errors(desk.post(UPLOAD, data()))["upload"][0]
    settings.PHOTO_MAX_BYTES = 100
    assert "at most 0 MB are taken" in errors(desk.post(UPLOAD, data()))["upload"][0]


def test_a_file_that_the_library_has_is_offered_instead_and_taken_again_when_told_so(desk):
    old = desk.post(UPLOAD, data()).json()
    assert desk.post(UPLOAD, data(title="Another")).status_code == 422
    response = desk.post(UPLOAD, data())
    assert response.status_code == 422
    assert response.json()["errors"]["upload"] == [
        f"This file is in the library already: “Observatory dawn 2”, photo:{old['id']}. Use that one."
    ]
    assert response.json()["existing"] == old
    assert Photo.objects.count() == 1
    assert desk.post(UPLOAD, data(title="Another", again="1")).status_code == 201
    assert Photo.objects.count() == 2


def test_a_replaced_photo_is_not_offered(desk):
    old = Photo.objects.get(pk=desk.post(UPLOAD, data()).json()["id"])
    old.replaced_by = factories.make_photo(width=65)
    old.save()
    assert desk.post(UPLOAD, data()).status_code == 201


def test_uploading_needs_the_right_and_a_token(ana):
    assert Client().post(UPLOAD, data()).status_code == 302
    mia = factories.make_user("mia@example.org", group="Moderators")
    assert signed_in(mia).post(UPLOAD, data()).status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    assert strict.post(UPLOAD, data()).status_code == 403
    assert not Photo.objects.exists()
    strict.get("/admin/")
    token = strict.get("/admin/photos/photo/add/").cookies["csrftoken"].value
    assert strict.post(UPLOAD, data(), headers={"X-CSRFToken": token}).status_code == 201


def test_uploading_is_no_reading(desk):
    assert desk.get(UPLOAD).status_code == 405
    assert desk.post(PICK).status_code == 405


def test_picks_are_the_newest_first_with_texts_of_the_language(desk):
    first, second = factories.make_photo("First"), factories.make_photo("Second", width=65)
    answer = desk.get(PICK, {"language": "en"}).json()
    assert [row["id"] for row in answer["photos"]] == [second.pk, first.pk]
    assert answer["photos"][0]["alt"] == "Six domes under stars"
    assert answer["older"] is None
    assert desk.get(PICK, {"language": "hr"}).json()["photos"][0]["alt"] == ""


def test_picks_come_in_pages(desk):
    Photo.objects.bulk_create(
        Photo(title=f"Photo {number}", token=f"t{number}", sha256="0", width=1, height=1, mark="photograph", credit="x")
        for number in range(41)
    )
    first = desk.get(PICK).json()
    assert len(first["photos"]) == 40
    rest = desk.get(PICK, {"before": first["older"]}).json()
    assert [row["title"] for row in rest["photos"]] == ["Photo 0"]
    assert rest["older"] is None
    assert desk.get(PICK, {"before": "yesterday"}).status_code == 400


def test_a_replaced_photo_is_not_picked(desk):
    old, new = factories.make_photo("Old"), factories.make_photo("New", width=65)
    old.replaced_by = new
    old.save()
    assert [row["title"] for row in desk.get(PICK).json()["photos"]] == ["New"]


def test_picking_needs_the_right(desk):
    mia = factories.make_user("mia@example.org", group="Moderators")
    assert signed_in(mia).get(PICK).status_code == 403
    assert Client().get(PICK).status_code == 302


def test_picking_asks_the_library_once(desk, django_assert_num_queries):
    factories.make_photo()
    # Session, account, its two sets of permissions, the photos.
    with django_assert_num_queries(5):
        desk.get(PICK, {"q": "domes"})


def many(number):
    Photo.objects.bulk_create(
        Photo(title=f"Photo {row}", token=f"t{row}", sha256="0", width=3, height=2, mark="photograph", credit="ESO")
        for row in range(number)
    )


def test_the_wall_shows_each_photo_with_origin_credit_and_where_it_is_used(desk, edition):
    photo, spare = factories.make_photo("Domes"), factories.make_photo("Spare", width=65, mark="photograph")
    for title in ("The first night", "The second night"):
        factories.make_story(title=title, photos=[factories.photo_row(photo)])
    page = desk.get(WALL).content.decode()
    assert page.index("Spare") < page.index("Domes")
    for text in (photo.art.thumb, "AI-generated", "Tech&amp;Space", "The second night and more", "Not in a story"):
        assert text in page
    assert f'href="{spare.pk}/change/"' in page
    assert 'width="64" height="48"' in page


def test_the_wall_is_searched_and_filtered(desk):
    factories.make_photo("Domes")
    factories.make_photo("Moon", width=65, mark="photograph")
    titles = lambda **params: [photo.title for photo in desk.get(WALL, params).context["photos"]]  # noqa: E731
    assert titles(q="moon") == ["Moon"]
    assert titles(mark="ai_generated") == ["Domes"]
    assert titles(use="yes") == []
    assert "No photo fits this." in desk.get(WALL, {"q": "nothing"}).content.decode()
    page = desk.get(WALL, {"q": "moon", "mark": "photograph"}).content.decode()
    assert 'value="moon"' in page
    assert "Origin: photograph" in page


def test_the_wall_has_pages_that_keep_what_was_asked(desk):
    many(61)
    first = desk.get(WALL, {"q": "photo", "_popup": "1"})
    assert len(first.context["photos"]) == 60
    assert first.context["newer_url"] is None
    older = first.context["older_url"]
    assert "q=photo" in older
    assert "_popup=1" in older
    second = desk.get(WALL + older)
    assert [photo.title for photo in second.context["photos"]] == ["Photo 0"]
    assert second.context["older_url"] is None
    back = desk.get(WALL + second.context["newer_url"])
    assert len(back.context["photos"]) == 60
    assert desk.get(WALL, {"before": "1-1"}).status_code == 404
    assert desk.get(WALL, {"before": "nonsense"}).status_code == 400


def test_in_a_window_that_a_form_opened_a_photo_is_chosen(desk):
    photo = factories.make_photo()
    assert f'data-popup-opener="{photo.pk}"' in desk.get(WALL, {"_popup": "1"}).content.decode()
    assert "data-popup-opener" not in desk.get(WALL).content.decode()


def test_a_replaced_photo_is_on_the_wall_only_when_asked_for(desk):
    old, new = factories.make_photo("Old"), factories.make_photo("New", width=65)
    old.give_way_to(new)
    assert [photo.title for photo in desk.get(WALL).context["photos"]] == ["New"]
    assert [photo.title for photo in desk.get(WALL, {"use": "replaced"}).context["photos"]] == ["Old"]
    assert "This photo gave way to" in desk.get(f"{WALL}{old.pk}/change/").content.decode()


def test_the_wall_costs_the_same_with_one_photo_and_with_many(desk, django_assert_num_queries):
    # Session, account, its two sets of permissions; the photos, and where they are used.
    many(1)
    with django_assert_num_queries(6):
        desk.get(WALL)
    Photo.objects.all().delete()
    many(61)
    with django_assert_num_queries(6):
        desk.get(WALL)


def test_who_may_look_but_not_add_is_offered_no_upload(ana):
    from django.contrib.auth.models import Permission

    viewer = factories.make_user("vera@example.org")
    viewer.user_permissions.add(Permission.objects.get(codename="view_photo"))
    page = signed_in(viewer).get(WALL).content.decode()
    assert "Upload" not in page
    assert signed_in(viewer).post(UPLOAD, data()).status_code == 403


def test_an_empty_library_says_what_will_stand_there(desk):
    assert "No photos yet." in desk.get(WALL).content.decode()
    assert desk.post(WALL).status_code == 405
