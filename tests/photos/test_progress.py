"""The desk sees how far the renditions of a photo are, what failed, and tries it again."""

import datetime as dt

import pytest
from django.utils import timezone

from photos import claims, making, recipe
from photos.models import Making, Photo
from photos.progress import FAULTS
from tests import factories
from tests.articles.desk import editor, signed_in
from tests.reading import Reading

pytestmark = pytest.mark.django_db
WALL = "/admin/photos/photo/"


@pytest.fixture
def desk(db):
    return signed_in(editor())


def read(desk, path=WALL):
    response = desk.get(path)
    assert response.status_code == 200
    return Reading(response.content.decode())


def places(page):
    """{photo's id: kind} of what the page says about renditions."""
    return {int(place["data-making"]): place["data-kind"] for place in page.all("div") if "data-making" in place}


def be_making(photo, done=12, total=51):
    until = timezone.now() + dt.timedelta(minutes=1)
    Making.objects.filter(pk=photo.pk).update(done=done, total=total, claimed_until=until)


def fail(photo, fault="original", again=None):
    Making.objects.filter(pk=photo.pk).update(fault=fault, attempts=5, next_try_at=again)


def states(desk, *photos):
    return desk.get(f"{WALL}progress/", {"ids": ",".join(str(getattr(photo, "pk", photo)) for photo in photos)}).json()


def test_the_wall_and_the_page_say_how_far_a_photo_is(desk):
    photo = factories.make_photo()
    for path in (WALL, f"{WALL}{photo.pk}/change/"):
        assert places(read(desk, path)) == {photo.pk: "waits"}
    be_making(photo)
    for path in (WALL, f"{WALL}{photo.pk}/change/"):
        page = read(desk, path)
        assert "12 of 51 made" in page.text
        (bar,) = page.all("progress", max="51")
        assert bar["value"] == "12"
        assert "hidden" not in bar
    making.make_now(factories.make_photo())
    Making.objects.all().delete()
    assert places(read(desk)) == places(read(desk, f"{WALL}{photo.pk}/change/")) == {}


def test_a_worker_that_is_not_heard_of_any_more_makes_nothing(desk):
    photo = factories.make_photo()
    be_making(photo)
    Making.objects.update(claimed_until=timezone.now())
    assert places(read(desk)) == {photo.pk: "waits"}


def test_a_fault_is_told_with_a_button(desk):
    photo = factories.make_photo()
    fail(photo)
    page = read(desk)
    assert str(FAULTS["original"]) in page.text
    (form,) = page.all("form", action=f"/admin/photos/photo/{photo.pk}/make/")
    assert "hidden" not in form
    page = read(desk, f"{WALL}{photo.pk}/change/")
    assert str(FAULTS["original"]) in page.text
    (button,) = [button for button in page.all("button", name="_continue") if "data-again" in button]
    assert "hidden" not in button


def test_there_is_no_button_where_nothing_failed(desk):
    photo = factories.make_photo()
    (form,) = read(desk).all("form", action=f"/admin/photos/photo/{photo.pk}/make/")
    assert "hidden" in form


def test_trying_again_begins_anew_and_leads_back_to_the_same_page_of_the_wall(desk):
    photo = factories.make_photo()
    fail(photo)
    query = "?q=domes&mark=ai_generated"
    (form,) = [form for form in read(desk, f"{WALL}{query}").all("form") if "/make/" in form.get("action", "")]
    assert form["action"] == f"{WALL}{photo.pk}/make/{query}"
    response = desk.post(form["action"])
    assert (response.status_code, response.url) == (302, f"{WALL}?q=domes&mark=ai_generated")
    row = Making.objects.get()
    assert (row.fault, row.attempts, row.key) == ("", 0, recipe.key_of(photo))
    assert making.make_due(60) == 1


def test_saving_the_page_tries_again_too_and_loses_nothing_that_was_typed(desk):
    photo = factories.make_photo()
    fail(photo)
    page = f"{WALL}{photo.pk}/change/"
    data = {"title": "Seven domes", "credit": "Tech&Space", "alt_en": "Domes", "_continue": "1"}
    response = desk.post(page, data)
    assert (response.status_code, response.url) == (302, page)
    photo.refresh_from_db()
    assert photo.title == "Seven domes"
    assert (Making.objects.get().fault, Making.objects.get().attempts) == ("", 0)


def test_trying_again_what_is_being_made_does_not_disturb_it(desk):
    photo = factories.make_photo()
    claim = claims.take()
    assert desk.post(f"{WALL}{photo.pk}/make/").status_code == 302
    assert making.make(claim) == ""


def test_a_photo_that_is_not_there_cannot_be_made(desk):
    assert desk.post(f"{WALL}999/make/").status_code == 404
    assert desk.get(f"{WALL}999/make/").status_code == 405


@pytest.mark.parametrize("change", [{"focal_x": "10"}, {"credit": "ESO"}])
def test_a_change_that_shows_in_the_files_asks_for_new_ones(desk, change):
    photo = factories.make_photo()
    making.make_now(photo)
    data = {"title": photo.title, "credit": photo.credit, "alt_en": "Domes", **change}
    assert desk.post(f"{WALL}{photo.pk}/change/", data).status_code == 302
    before = photo.renditions
    photo.refresh_from_db()
    assert Making.objects.get().key == recipe.key_of(photo) != before["key"]
    assert photo.renditions == before


def test_another_title_makes_nothing_anew(desk):
    photo = factories.make_photo()
    making.make_now(photo)
    data = {"title": "Other", "credit": photo.credit, "alt_en": "Other"}
    assert desk.post(f"{WALL}{photo.pk}/change/", data).status_code == 302
    assert not Making.objects.exists()


def test_saving_a_page_takes_nothing_back_that_the_worker_did_meanwhile(desk, monkeypatch):
    photo = factories.make_photo()
    read_before = Photo.objects.get(pk=photo.pk)
    making.make_now(photo)
    monkeypatch.setattr("photos.admin.PhotoAdmin.get_object", lambda *call, **more: read_before)
    data = {"title": "Other", "credit": photo.credit, "alt_en": "Other"}
    assert desk.post(f"{WALL}{photo.pk}/change/", data).status_code == 302
    assert Photo.objects.get().renditions["key"] == recipe.key_of(photo)


def test_a_script_is_told_the_state_of_each_photo_that_it_asks_for(desk):
    waits, made, failed, retried, done = (factories.make_photo(title=f"Photo {number}") for number in range(5))
    be_making(made)
    fail(failed)
    fail(retried, "storage", timezone.now() + dt.timedelta(minutes=1))
    Making.objects.filter(pk=done.pk).delete()
    told = states(desk, waits, made, failed, retried, done, 999)
    assert {pk: (state["kind"], state["is_over"]) for pk, state in told.items()} == {
        str(waits.pk): ("waits", False),
        str(made.pk): ("making", False),
        str(failed.pk): ("fault", True),
        str(retried.pk): ("fault", False),
        str(done.pk): ("made", True),
    }
    assert (told[str(made.pk)]["done"], told[str(made.pk)]["total"]) == (12, 51)
    assert "again by itself" in told[str(retried.pk)]["sentence"]
    assert all(state["sentence"] for state in told.values())


@pytest.mark.parametrize("ids", ["", ",", "x", "-1", "1.5", "9" * 40, "²", "1" * 5000, "1,,2,abc"])
def test_other_words_than_numbers_are_left_aside(desk, ids):
    assert desk.get(f"{WALL}progress/", {"ids": ids}).json() == {}


def test_one_answer_is_bounded_and_takes_two_queries(desk, django_assert_num_queries):
    photos = [factories.make_photo(title=f"Photo {number}") for number in range(3)]
    ids = [*range(5000, 5058), *(photo.pk for photo in photos)]
    # Session, account, its two sets of permissions; which photos there are, and those that are not made.
    with django_assert_num_queries(6):
        told = states(desk, *ids)
    assert sorted(told) == sorted(str(photo.pk) for photo in photos[:2])


def test_every_fault_that_can_happen_has_its_sentence():
    assert set(FAULTS) == {"original", "storage", "picture", "pixels", "memory", "time", "busy", "ended", "program"}
    assert all(len(code) <= Making._meta.get_field("fault").max_length for code in FAULTS)
