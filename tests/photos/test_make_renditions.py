"""`manage.py make_renditions`: all photos whose renditions are not those of the present settings."""

import io
import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.utils import timezone

from photos import asking, claims, making, recipe
from photos.models import Making, Photo, originals
from tests import factories
from tests.photos.making import halves, stored
from tests.processes import database_url

pytestmark = pytest.mark.django_db


class Terminal(io.StringIO):
    def isatty(self):
        return True


def run(*arguments, out=None):
    """(exit code, what it said, its complaints)."""
    out, err, code = out or io.StringIO(), io.StringIO(), 0
    try:
        call_command("make_renditions", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue(), err.getvalue()


def keys():
    return dict(Photo.objects.values_list("pk", "renditions__key"))


def wanted():
    return {photo.pk: recipe.key_of(photo) for photo in Photo.objects.all()}


def test_what_waits_is_made():
    photos = [factories.make_photo(title=f"Photo {number}") for number in range(3)]
    assert run() == (0, "Photos to make: 3.\nPhotos made: 3.\n", "")
    assert keys() == wanted()
    assert len(keys()) == len(photos)
    assert run() == (0, "All photos have their renditions.\n", "")


def test_after_a_change_of_the_recipe_all_are_made_anew(monkeypatch):
    for _number in range(2):
        making.make_now(factories.make_photo())
    monkeypatch.setitem(recipe.FORMATS, "jpg", {**recipe.FORMATS["jpg"], "quality": 60})
    assert not set(keys().values()) & set(wanted().values())
    assert run()[:2] == (0, "Photos to make: 2.\nPhotos made: 2.\n")
    assert keys() == wanted()


def test_force_makes_also_those_that_are_right(settings):
    photo = halves()
    making.make_now(photo)
    path = next(settings.MEDIA_ROOT.glob("photos/**/1x1-100.webp"))
    path.write_bytes(b"damaged")
    assert run()[1] == "All photos have their renditions.\n"
    assert run("--force")[1] == "Photos to make: 1.\nPhotos made: 1.\n"
    assert path.read_bytes()[:4] == b"RIFF"
    assert keys() == wanted()
    assert not Making.objects.exists()


def test_the_newest_first():
    photos = [factories.make_photo(title=f"Photo {number}") for number in range(3)]
    Making.objects.all().delete()
    asking.ask_for_all()
    assert [claims.take().photo for _turn in range(3)] == photos[::-1]


def test_all_are_asked_for_however_many_there_are(monkeypatch):
    monkeypatch.setattr(asking, "CHUNK", 2)
    for _number in range(5):
        factories.make_photo()
    Making.objects.all().delete()
    assert asking.ask_for_all() == 5
    assert Making.objects.count() == 5


def test_what_failed_is_named_and_the_exit_code_says_so():
    good, bad = factories.make_photo(title="Good"), halves(title="Bad")
    originals().delete(bad.file.name)
    code, out, err = run()
    assert (code, out) == (1, "Photos to make: 2.\nPhotos made: 1.\n")
    assert err.startswith(f"photo:{bad.pk} (Bad): The uploaded file is no longer in the store.")
    good.refresh_from_db()
    assert good.renditions["key"] == recipe.key_of(good)


def test_what_was_given_up_is_tried_once_more():
    photo = factories.make_photo()
    Making.objects.update(fault="storage", attempts=5, next_try_at=None)
    assert run()[0] == 0
    photo.refresh_from_db()
    assert photo.renditions["key"] == recipe.key_of(photo)


def test_a_store_that_is_away_ends_it_at_once(monkeypatch):
    photos = [factories.make_photo(title=f"Photo {number}") for number in range(3)]

    def save(name, content):
        raise ConnectionError("away")

    monkeypatch.setattr(making.default_storage, "save", save)
    code, out, err = run()
    assert code == 1
    assert f"photo:{photos[-1].pk}" in err
    assert err.count("photo:") == 1
    assert "With other workers, or waiting for a store that is away: 2." in out


def test_a_photo_that_another_worker_makes_is_left_to_it():
    factories.make_photo()
    other = claims.take()
    assert run() == (
        0,
        "Photos to make: 1.\nPhotos made: 0.\nWith other workers, or waiting for a store that is away: 1.\n",
        "",
    )
    assert Making.objects.get().claimed_until == other.until


def test_a_terminal_sees_photo_and_file():
    photo = factories.make_photo()
    out = run(out=Terminal())[1]
    assert f"0 of 1 photos · photo:{photo.pk}, file 12 of 12" in out
    assert out.endswith("\nPhotos made: 1.\n")


def test_ctrl_c_ends_it_and_the_next_run_goes_on(monkeypatch):
    photos = [factories.make_photo(title=f"Photo {number}") for number in range(2)]
    make, calls = making.decoding.make, []

    def interrupted(*arguments):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return make(*arguments)

    monkeypatch.setattr(making.decoding, "make", interrupted)
    code, out, _err = run()
    assert code == 130
    assert out.splitlines()[-1] == "Stopped. What was made is in use; run it again, without --force, to go on."
    assert keys()[photos[1].pk] == wanted()[photos[1].pk]
    assert Making.objects.get().claimed_until is None
    monkeypatch.undo()
    assert run()[1] == "Photos to make: 1.\nPhotos made: 1.\n"


def test_a_signal_ends_it_after_the_file_in_hand():
    photo = factories.make_photo()
    files = []

    def interrupt(claim_hold):
        def hold(self, done, total):
            files.append(done)
            if done == 2:
                os.kill(os.getpid(), signal.SIGINT)
            return claim_hold(self, done, total)

        return hold

    before = signal.getsignal(signal.SIGINT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "NOTED", 0)
        patch.setattr(claims.Claim, "hold", interrupt(claims.Claim.hold))
        code, out, _err = run()
    assert (code, out.splitlines()[-1][:8]) == (130, "Stopped.")
    assert files == [0, 1, 2]
    assert signal.getsignal(signal.SIGINT) == before
    photo.refresh_from_db()
    assert photo.renditions["key"] == "first"
    assert (Making.objects.get().claimed_until, Making.objects.get().attempts) == (None, 0)


@pytest.mark.django_db(transaction=True)
def test_a_real_ctrl_c_in_a_real_process(tmp_path, settings):
    photo = halves(2000, 1500)
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DATABASE_URL": database_url(), "NEWSROOM_ENV": "local"}
    command = [sys.executable, "manage.py", "make_renditions"]
    process = subprocess.Popen(
        command,
        cwd=django_settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        while process.poll() is None and not Making.objects.filter(done__gt=0).exists():
            pass
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, err) == (130, "")
    assert "Stopped." in out
    row = Making.objects.get()
    assert (row.claimed_until, row.attempts, row.fault) == (None, 0, "")
    photo.refresh_from_db()
    assert photo.renditions["key"] == "first"
    assert row.next_try_at <= timezone.now()
    assert any("/first/" not in name for name in stored(settings))
