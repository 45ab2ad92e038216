"""Several workers at once, and one that is killed in the middle."""

import datetime as dt
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from photos import claims, making, planning, recipe, retiring
from photos.models import Making, RetiredRenditions
from tests import factories
from tests.photos.making import halves, stored, urls_of
from tests.processes import database_url, run_at_once
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
KILLED = """
import os, signal, django
django.setup()
from photos import claims, making
making.NOTED = 0
making.make(claims.take(), lambda done, total: done == 5 and os.kill(os.getpid(), signal.SIGKILL))
"""
ALL = """
from photos import making
print(making.make_due(60))
"""


@pytest.fixture
def environment(tmp_path):
    """The media folder of the test is where such a process looks for it."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "DATA_DIR": str(tmp_path), "NEWSROOM_ENV": "local"}


def test_a_killed_worker_leaves_nothing_wrong(client, environment, settings):
    factories.make_edition()
    photo = halves()
    story = factories.make_story(photos=[factories.photo_row(photo)])
    killed = subprocess.run(
        [sys.executable, "-c", KILLED],
        cwd=django_settings.BASE_DIR,
        env={**environment, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        capture_output=True,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    row = Making.objects.get()
    assert (row.done, row.total, row.attempts) == (5, 12, 1)
    photo.refresh_from_db()
    assert photo.renditions["key"] == "first"
    page = client.get(story.get_absolute_url()).content.decode()
    assert [url for url in urls_of(photo) if url in page]
    assert all(client.get(url).status_code == 200 for url in urls_of(photo))
    # Nobody else takes it before the claim has run out.
    assert making.make_due(1) == 0
    Making.objects.update(claimed_until=timezone.now())
    assert making.make_due(60) == 1
    photo.refresh_from_db()
    assert photo.renditions["key"] == recipe.key_of(photo)
    wanted = planning.names_in(photo.token, photo.renditions)
    assert stored(settings) == sorted([*wanted, f"{recipe.folder(photo.token, 'first')}/natural-300.webp"])
    assert RetiredRenditions.objects.get().renditions["key"] == "first"


def test_what_a_killed_worker_began_and_nobody_wants_any_more_is_deleted(settings):
    photo = halves()
    claim = claims.take()
    renditions, files = planning.whole_set(photo)
    claim.begin(renditions, len(files))
    default_storage.save(files[0]["name"], ContentFile(b"x"))
    type(photo).objects.filter(pk=photo.pk).update(focal_x=10)
    photo.refresh_from_db()
    making.make_now(photo)
    retiring.delete_old(timezone.now() + dt.timedelta(days=8))
    assert stored(settings) == sorted(planning.names_in(photo.token, photo.renditions))


def test_several_workers_make_each_photo_once(environment):
    photos = [halves(title=f"Photo {number}") for number in range(6)]
    made = run_at_once(3, ALL, environment)
    assert sum(int(number) for number in made) == 6
    assert not Making.objects.exists()
    for photo in photos:
        photo.refresh_from_db()
        assert photo.renditions["key"] == recipe.key_of(photo)
        assert all(default_storage.exists(name) for name in planning.names_in(photo.token, photo.renditions))


def test_one_photo_is_claimed_by_one():
    halves()
    claimed = at_once(*[claims.take] * 8)
    assert len([claim for claim in claimed if claim]) == 1


def test_of_two_that_saw_the_same_one_has_it():
    halves()
    rows = [Making.objects.select_related("photo").get() for _worker in range(2)]
    assert [claims.Claim(row).is_taken(timezone.now()) for row in rows] == [True, False]


def test_a_worker_whose_claim_ran_out_changes_nothing_any_more(monkeypatch):
    photo = halves()
    slow = claims.take()
    Making.objects.update(claimed_until=timezone.now())
    quick = claims.take()
    assert making.make(quick) == ""
    photo.refresh_from_db()
    renditions = photo.renditions
    # It notices before it does the work once more.
    monkeypatch.delattr(making.decoding, "make")
    assert making.make(slow) is None
    photo.refresh_from_db()
    assert photo.renditions == renditions
    assert not Making.objects.exists()
