"""Renditions are made in the background: whole or not at all, by one worker at a time, around what must be seen."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from photos import claims, making, planning, recipe
from photos.models import Making, Photo, RetiredRenditions, originals
from tests import factories
from tests.photos.making import BLUE, RED, halves, opened, stored, urls_of

pytestmark = pytest.mark.django_db


def row(photo):
    return Making.objects.get(pk=photo.pk)


def is_near(pixel, color):
    return all(abs(a - b) < 25 for a, b in zip(pixel, color, strict=False))


def test_a_new_photo_has_something_to_show_and_waits_for_the_rest(settings):
    photo = halves()
    assert photo.renditions == {"key": "first", "formats": ["webp"], "natural": [300]}
    assert stored(settings) == planning.names_in(photo.token, photo.renditions)
    assert (row(photo).key, row(photo).fault, row(photo).claimed_until) == (recipe.key_of(photo), "", None)


def test_the_whole_set_is_made_and_nothing_else(settings):
    photo = halves()
    first = stored(settings)
    assert making.make_due(60) == 1
    photo.refresh_from_db()
    assert photo.renditions == {
        "key": recipe.key_of(photo),
        "formats": ["avif", "webp", "jpg"],
        "natural": [300],
        "16x9": [178],
        "4x3": [133],
        "1x1": [100],
        "search": [],
    }
    names = planning.names_in(photo.token, photo.renditions)
    assert len(names) == 12
    assert stored(settings) == sorted(names + first)
    assert not Making.objects.exists()
    assert making.make_due(60) == 0


def test_every_file_is_what_its_name_says_and_carries_its_mark():
    photo = halves(1000, 600)
    making.make_now(photo)
    names = planning.names_in(photo.token, photo.renditions)
    assert len(names) > 40
    for name in names:
        shape, width = name.rsplit("/")[-1].split(".")[0].split("-")
        image = opened(name)
        assert image.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[name.rpartition(".")[2]]
        assert image.size == (int(width), recipe.height_of(shape, int(width), (1000, 600)))
        assert b"trainedAlgorithmicMedia" in image.info["xmp"]


@pytest.mark.parametrize(("focal_x", "color"), [(0, RED), (100, BLUE)])
def test_a_shape_is_cut_around_the_focal_point(focal_x, color):
    photo = halves(focal_x=focal_x)
    making.make_now(photo)
    image = opened(f"{recipe.folder(photo.token, photo.renditions['key'])}/1x1-100.webp")
    assert all(is_near(image.getpixel((x, 50)), color) for x in (2, 50, 97))
    whole = opened(f"{recipe.folder(photo.token, photo.renditions['key'])}/natural-300.webp")
    assert is_near(whole.getpixel((2, 50)), RED)
    assert is_near(whole.getpixel((297, 50)), BLUE)


def test_search_engines_get_1200_pixels_of_what_has_half_of_them():
    photo = halves(1000, 500)
    making.make_now(photo)
    # 16:9 is 889 wide, 4:3 667; a square of 500 would have to grow too far.
    assert photo.renditions["search"] == ["16x9", "4x3"]
    folder = recipe.folder(photo.token, photo.renditions["key"])
    assert opened(f"{folder}/16x9-1200.jpg").size == (1200, 675)
    assert opened(f"{folder}/4x3-1200.jpg").size == (1200, 900)
    assert not default_storage.exists(f"{folder}/1x1-1200.jpg")
    assert 1200 not in photo.renditions["16x9"]


def test_another_focal_point_makes_other_files_and_the_old_ones_stay_for_a_while(client):
    photo = halves()
    making.make_now(photo)
    old = list(urls_of(photo))
    Photo.objects.filter(pk=photo.pk).update(focal_x=0)
    photo.refresh_from_db()
    making.make_now(photo)
    new = list(urls_of(photo))
    assert not set(old) & set(new)
    assert all(client.get(url).status_code == 200 for url in old + new)
    assert [retired.renditions["key"] for retired in RetiredRenditions.objects.order_by("pk")] == [
        "first",
        old[0].split("/")[-2],
    ]


def test_who_asks_twice_for_the_same_begins_once():
    photo = halves()
    claim = claims.take()
    photo.ask_for_renditions()
    assert row(photo).claimed_until == claim.until
    assert making.make(claim) == ""


def test_what_is_asked_for_last_comes_first():
    first, second = halves(), factories.make_photo()
    Making.objects.filter(pk=first.pk).update(next_try_at=timezone.now() + dt.timedelta(seconds=-1))
    Making.objects.filter(pk=second.pk).update(next_try_at=timezone.now() + dt.timedelta(seconds=-2))
    assert claims.take().photo == first
    assert claims.take().photo == second
    assert claims.take() is None


def test_a_wish_that_changes_in_the_middle_is_followed(settings):
    photo = halves()

    def change(done, total):
        if done == 4:
            Photo.objects.filter(pk=photo.pk).update(focal_x=0)
            Photo.objects.get(pk=photo.pk).ask_for_renditions()

    assert making.make(claims.take(), change) is None
    photo.refresh_from_db()
    # The page goes on with what there was.
    assert photo.renditions["key"] == "first"
    assert making.make_due(60) == 1
    photo.refresh_from_db()
    assert photo.renditions["key"] == recipe.key_of(photo)
    # What was begun for the other wish is deleted with the other sets that no page names.
    assert set(RetiredRenditions.objects.values_list("renditions__key", flat=True)) >= {"first"}
    assert RetiredRenditions.objects.count() == 2


def test_progress_is_told_and_noted(monkeypatch):
    monkeypatch.setattr(making, "NOTED", 0)
    photo, seen = halves(), []

    def look(done, total):
        now = row(photo)
        seen.append((done, total, now.done, now.total, now.claimed_until > timezone.now()))

    making.make_now(photo, look)
    assert seen == [(done, 12, done, 12, True) for done in range(1, 13)]


def test_whoever_is_told_to_end_ends_in_the_middle_and_others_may_go_on_at_once(settings):
    photo = halves()
    left = iter([False, False, False, True, True])
    assert making.make_due(60, lambda: next(left)) == 0
    assert (row(photo).claimed_until, row(photo).attempts, row(photo).done) == (None, 0, 0)
    assert 1 < len(stored(settings)) < 13
    assert making.make_due(60) == 1


def test_ctrl_c_gives_the_photo_back():
    photo = halves()

    def interrupt(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        making.make(claims.take(), interrupt)
    assert (row(photo).claimed_until, row(photo).attempts) == (None, 0)


def fail_storing(monkeypatch, error):
    def save(name, content):
        raise error

    monkeypatch.setattr(default_storage, "save", save)


def fail_decoding(monkeypatch, error):
    def make(*arguments):
        raise error

    monkeypatch.setattr(making.decoding, "make", make)


def test_a_full_disk_is_a_fault_with_another_try(monkeypatch):
    photo, other = halves(), factories.make_photo()
    with monkeypatch.context() as patch, time_machine.travel("2027-01-01T12:00:00Z", tick=False):
        Making.objects.update(next_try_at=timezone.now())
        fail_storing(patch, OSError(28, "No space left on device"))
        assert making.make_due(60) == 0
        failed = row(other)
        assert (failed.fault, failed.attempts, failed.claimed_until) == ("storage", 1, None)
        assert failed.next_try_at == timezone.now() + dt.timedelta(seconds=10)
        # The store would refuse the next one too.
        assert (row(photo).fault, row(photo).attempts) == ("", 0)
    with time_machine.travel("2027-01-01T12:00:11Z", tick=False):
        assert making.make_due(60) == 2
    assert not Making.objects.exists()


def test_after_the_last_try_a_person_has_to_ask(monkeypatch):
    photo = halves()
    fail_decoding(monkeypatch, RuntimeError("bad luck"))
    waits = []
    for _turn in range(claims.MOST_TRIES):
        now = row(photo).next_try_at
        with time_machine.travel(now, tick=False):
            assert making.make_due(60) == 0
            waits.append(row(photo).next_try_at and (row(photo).next_try_at - now).total_seconds())
    assert waits == [10, 60, 600, 3600, None]
    assert row(photo).fault == "program"
    with time_machine.travel("2030-01-01T12:00:00Z", tick=False):
        assert claims.take() is None
    monkeypatch.undo()
    photo.ask_for_renditions()
    assert (row(photo).fault, row(photo).attempts) == ("", 0)


def test_an_original_that_is_gone_is_named_and_the_next_photo_is_made(settings):
    other = factories.make_photo()
    photo = halves()
    originals().delete(photo.file.name)
    assert making.make_due(60) == 1
    assert row(photo).fault == "original"
    other.refresh_from_db()
    assert other.renditions["key"] == recipe.key_of(other)


def test_an_original_that_cannot_be_opened_any_more_is_named():
    photo = halves()
    Path(originals().path(photo.file.name)).write_bytes(b"rotten")
    assert making.make_due(60) == 0
    assert row(photo).fault == "picture"


def test_one_that_is_larger_than_what_is_taken_by_now_says_so(settings):
    photo = halves()
    settings.PHOTO_MAX_PIXELS = 100
    assert making.make_due(60) == 0
    assert row(photo).fault == "pixels"


def test_a_photo_of_before_this_pipeline_gets_its_color_too():
    """As migration 0003 leaves it: nothing to show, the wish without a key, the column's default."""
    photo = halves()
    color = photo.color
    Photo.objects.filter(pk=photo.pk).update(renditions={}, color="#1b2330")
    Making.objects.filter(pk=photo.pk).update(key="")
    assert making.make_due(60) == 1
    photo.refresh_from_db()
    assert (photo.renditions["key"], photo.color) == (recipe.key_of(photo), color)


@pytest.mark.parametrize("code", ["time", "memory", "busy"])
def test_a_bound_that_was_met_is_named(monkeypatch, code):
    photo = halves()
    fail_decoding(monkeypatch, making.decoding.refusal(code))
    making.make_due(60)
    assert row(photo).fault == code


def test_who_waits_for_it_is_told_what_failed():
    photo = halves()
    originals().delete(photo.file.name)
    with pytest.raises(making.Fault, match="original"):
        making.make_now(photo)


def test_a_photo_that_ends_every_worker_is_given_up():
    photo = halves()
    for _turn in range(claims.MOST_TRIES):
        assert claims.take()
        # Nobody heard of that worker again.
        Making.objects.update(claimed_until=timezone.now())
    assert claims.take() is None
    assert (row(photo).fault, row(photo).next_try_at) == ("ended", None)


def test_a_photo_that_is_deleted_meanwhile_is_forgotten():
    photo = halves()

    def delete(done, total):
        Photo.objects.filter(pk=photo.pk).delete()

    assert making.make(claims.take(), delete) is None
    assert not Making.objects.exists()


def test_what_pages_show_is_named_only_when_the_last_file_is_there(client):
    photo = halves()

    def look(done, total):
        photo.refresh_from_db()
        assert [client.get(url).status_code for url in urls_of(photo)] == [200]

    making.make(claims.take(), look)
    photo.refresh_from_db()
    assert {client.get(url).status_code for url in urls_of(photo)} == {200}
    assert len(list(urls_of(photo))) == 12


def test_what_is_next_is_a_range_of_its_index():
    """Nothing is sorted: a hundred thousand may wait since the same moment, and a worker looks every two seconds."""
    halves()
    if connection.vendor == "postgresql":
        # It walks a table of one row as a whole.
        with connection.cursor() as cursor:
            for way in ("seqscan", "sort", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = claims.due(timezone.now())[:8].explain()
    assert "making_next" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
