"""Files that no page names any more stay a week, and then go; what a page names never goes."""

import datetime as dt

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone

from photos import claims, making, planning, retiring
from photos.models import Making, Photo, RetiredRenditions
from tests import factories
from tests.photos.making import halves, stored

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def photo(db):
    photo = halves()
    making.make_now(photo)
    return photo


def moved(photo, focal_x):
    Photo.objects.filter(pk=photo.pk).update(focal_x=focal_x)
    photo.refresh_from_db()
    making.make_now(photo)
    return photo


def test_after_a_week_the_old_files_go_and_the_present_ones_stay(photo, settings):
    made = timezone.now()
    names = planning.names_in(photo.token, photo.renditions)
    assert len(stored(settings)) == len(names) + 1
    assert retiring.delete_old(made + 6.9 * DAY) == 0
    assert len(stored(settings)) == len(names) + 1
    assert retiring.delete_old(made + 7.1 * DAY) == 1
    assert stored(settings) == sorted(names)
    assert default_storage.exists(photo.file.name)
    assert not RetiredRenditions.objects.exists()


def test_files_that_are_in_use_again_are_not_deleted(photo, settings):
    key = photo.renditions["key"]
    names = planning.names_in(photo.token, photo.renditions)
    moved(photo, 0)
    moved(photo, 50)
    assert photo.renditions["key"] == key
    retiring.delete_old(timezone.now() + 8 * DAY)
    assert stored(settings) == sorted(names)


def test_a_set_that_was_to_be_made_anew_under_its_name_is_still_in_use(photo, settings):
    """A forced making that never ended."""
    names = planning.names_in(photo.token, photo.renditions)
    Making.objects.create(photo=photo, key=photo.renditions["key"], next_try_at=timezone.now())
    claims.take().begin(photo.renditions, 12)
    assert retiring.delete_old(timezone.now() + 8 * DAY) == 2
    assert stored(settings) == sorted(names)


def test_a_set_is_not_made_while_it_is_being_deleted(photo):
    moved(photo, 0)
    old = RetiredRenditions.objects.exclude(renditions__key="first").get()
    RetiredRenditions.objects.filter(pk=old.pk).update(retired_at=retiring.LONG_AGO)
    Photo.objects.filter(pk=photo.pk).update(focal_x=50)
    photo.refresh_from_db()
    making.make_now(photo)
    assert photo.renditions["key"] != old.renditions["key"]
    row = Making.objects.get()
    assert (row.claimed_until, row.fault, row.attempts) == (None, "", 0)
    assert row.next_try_at > timezone.now()
    # Once it is gone, it can be.
    retiring.delete_old(timezone.now())
    with time_machine.travel(row.next_try_at + dt.timedelta(seconds=1)):
        assert making.make_due(60) == 1
    photo.refresh_from_db()
    assert photo.renditions["key"] == old.renditions["key"]
    assert all(default_storage.exists(name) for name in planning.names_in(photo.token, photo.renditions))


def test_a_set_that_others_delete_is_left_to_them(photo):
    (row,) = RetiredRenditions.objects.all()
    RetiredRenditions.objects.update(retired_at=retiring.LONG_AGO)
    assert not retiring._delete(row)
    assert RetiredRenditions.objects.exists()


def test_a_store_that_is_away_ends_the_round_and_the_next_one_goes_on(photo, monkeypatch, settings):
    later = timezone.now() + 8 * DAY

    def delete(name):
        raise ConnectionError("away")

    with monkeypatch.context() as patch:
        patch.setattr(default_storage, "delete", delete)
        assert retiring.delete_old(later) == 0
    assert retiring.delete_old(later) == 1
    assert len(stored(settings)) == 12


def test_a_round_is_bounded(db, monkeypatch):
    monkeypatch.setattr(retiring, "BATCH", 2)
    for _number in range(3):
        making.make_now(factories.make_photo())
    later = timezone.now() + 8 * DAY
    assert [retiring.delete_old(later) for _round in range(3)] == [2, 1, 0]


def test_two_may_delete_the_same_set_and_what_is_made_anew_after_it_stays(photo, monkeypatch):
    """One that was slow goes on only while the set is still its own."""
    key = photo.renditions["key"]
    moved(photo, 0)
    RetiredRenditions.objects.filter(renditions__key="first").delete()
    real, begun = default_storage.delete, []

    def delete(name):
        real(name)
        if not begun:
            begun.append(name)
            assert retiring.delete_old(timezone.now() + 8 * DAY) == 1
            moved(photo, 50)

    monkeypatch.setattr(default_storage, "delete", delete)
    assert retiring.delete_old(timezone.now() + 8 * DAY) == 0
    assert photo.renditions["key"] == key
    assert all(default_storage.exists(name) for name in planning.names_in(photo.token, photo.renditions))


def test_a_slow_store_holds_up_nobody_for_long(photo, monkeypatch):
    moved(photo, 0)
    monkeypatch.setattr(retiring, "SECONDS", -1)
    assert retiring.delete_old(timezone.now() + 8 * DAY) == 0
    monkeypatch.setattr(retiring, "SECONDS", 5)
    assert retiring.delete_old(timezone.now() + 8 * DAY) == 2
