"""`manage.py tick`: one round, many rounds, and a worker that ends with who started it."""

import datetime as dt
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone

from articles import publishing
from articles.models import Article
from desk.management.commands import tick
from photos import making, recipe
from photos.models import Making, Photo, RetiredRenditions
from tests import factories
from tests.photos.making import halves
from tests.processes import database_url
from tests.tracker import conftest
from tests.tracker import space_server as source
from tests.tracker.launch_answers import answer, record
from tracker.models import Launch, Satellite

space = conftest.space
ROOT = Path(__file__).resolve().parents[2]
LIKE_SERVE = """
import os, subprocess, sys
subprocess.Popen([sys.executable, "scripts/worker.py"])
os.execvp("sleep", ["sleep", "600"])
"""


def due_story():
    story = factories.make_story()
    publishing.save_story(factories.content(title="The better title"), language="en", article=story)
    publishing.publish(story, at=timezone.now() + dt.timedelta(hours=1))
    Article.objects.filter(pk=story.pk).update(update_at=timezone.now() - dt.timedelta(seconds=1))
    return story


def test_one_round_publishes_what_is_due_and_says_so(edition):
    story = due_story()
    out = io.StringIO()
    call_command("tick", stdout=out)
    assert out.getvalue() == f"db#{story.record_number} updated: The better title\n"
    again = io.StringIO()
    call_command("tick", stdout=again)
    assert again.getvalue() == ""


def test_one_round_makes_the_renditions_that_wait_and_deletes_the_old(db, settings):
    photo = factories.make_photo()
    out = io.StringIO()
    call_command("tick", stdout=out)
    assert out.getvalue() == "photos made: 1\n"
    photo.refresh_from_db()
    assert photo.renditions["key"] == recipe.key_of(photo)
    RetiredRenditions.objects.update(retired_at=timezone.now() - dt.timedelta(days=8))
    call_command("tick", stdout=io.StringIO())
    assert not RetiredRenditions.objects.exists()
    assert not list(settings.MEDIA_ROOT.glob("photos/**/first/*"))


def test_publishing_comes_before_photos_and_both_before_what_is_fetched(db, monkeypatch):
    order = []
    monkeypatch.setattr(tick, "fetch_due", lambda now, is_ended: order.append("fetched") or [])
    monkeypatch.setattr(making, "make_due", lambda seconds, is_ended: order.append(seconds) or 0)
    monkeypatch.setattr(tick, "publish_due_updates", lambda: order.append("published") or ([], []))
    call_command("tick", stdout=io.StringIO())
    assert order == ["published", 20, "fetched"]


def test_what_was_fetched_is_told_and_a_failure_ends_nothing(db, space, settings, caplog):
    settings.SPACE_FETCHES, settings.SATELLITE_GROUPS = True, ["stations"]
    space.will(source.say(answer(record())), path="launches")
    space.will(source.say("", 404), path="gp.php")
    out = io.StringIO()
    call_command("tick", stdout=out)
    assert out.getvalue() == "fetched: launches, 1 records\n"
    assert "stations could not be fetched" in caplog.text
    assert "404" in caplog.text


def test_a_database_that_is_away_while_fetching_ends_nothing(db, monkeypatch, caplog):
    def away(*_arguments):
        raise OperationalError("gone")

    monkeypatch.setattr(tick, "fetch_due", away)
    call_command("tick", stdout=io.StringIO())
    assert "the database does not answer: gone" in caplog.text


def test_without_being_told_to_it_asks_nobody(db, space):
    call_command("tick", stdout=io.StringIO())
    assert space.requests == []


@pytest.mark.parametrize("every", [0, 61, -1])
def test_a_round_comes_at_least_once_a_minute(db, every):
    with pytest.raises(CommandError, match="1 to 60 seconds"):
        call_command("tick", every=every)


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment = {**kept, "DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    return environment | {"NEWSROOM_ENV": "local", "PYTHONPATH": str(ROOT / "scripts")}


def processes(marker):
    """{pid: arguments} of the running processes that carry this value in their environment."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if marker.encode() in (folder / "environ").read_bytes():
                found[int(folder.name)] = (folder / "cmdline").read_bytes().decode()
        except OSError:
            continue
    return found


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
    return value


def ticking(marker):
    return [pid for pid, arguments in processes(marker).items() if "\0tick\0" in arguments]


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at processes through /proc")
def test_the_worker_is_started_again_when_killed_and_ends_with_the_server(environment, tmp_path):
    marker = str(tmp_path)
    # As serve.py does it: the worker is started, and the process then becomes the server.
    server = subprocess.Popen([sys.executable, "-c", LIKE_SERVE], cwd=ROOT, env=environment)
    try:
        (first,) = wait_for(lambda: ticking(marker))
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: [pid for pid in ticking(marker) if pid != first])
    finally:
        server.kill()
        server.wait()
    wait_for(lambda: not processes(marker))


def start_worker(folder, every, **variables):
    """`tick --every` over the test's database."""
    environment = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": database_url(), "NEWSROOM_ENV": "local"}
    command = [sys.executable, "manage.py", "tick", "--every", str(every)]
    return subprocess.Popen(command, cwd=ROOT, env=environment | variables, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def worker(tmp_path):
    """Its next round is far away."""
    process = start_worker(tmp_path, 60)
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def fetching_worker(tmp_path, space):
    """A round each second, and sources that never answer."""
    space.will(source.be_silent)
    addresses = {"LAUNCHES_URL": f"{space.address}/launches/", "SATELLITES_URL": f"{space.address}/gp.php"}
    process = start_worker(tmp_path, 1, SPACE_FETCHES="1", **addresses)
    yield process
    process.kill()
    process.wait()


@pytest.mark.django_db(transaction=True)
def test_a_source_that_does_not_answer_delays_no_update(fetching_worker, space):
    wait_for(lambda: space.requests)
    factories.make_edition()
    story = due_story()
    wait_for(lambda: Article.objects.get(pk=story.pk).title == "The better title", 10)
    # All this time the first request has been waiting for its answer.
    assert len(space.requests) == 1
    fetching_worker.send_signal(signal.SIGTERM)
    assert fetching_worker.wait(20) == 0


@pytest.mark.django_db(transaction=True)
def test_the_worker_fetches_and_stores(tmp_path, space):
    space.will(source.say(answer(record())), path="launches")
    space.will(source.say([source.omm()]), path="gp.php")
    addresses = {"LAUNCHES_URL": f"{space.address}/launches/", "SATELLITES_URL": f"{space.address}/gp.php"}
    process = start_worker(tmp_path, 60, SPACE_FETCHES="1", SATELLITE_GROUPS="stations", **addresses)
    try:
        wait_for(lambda: Launch.objects.exists() and Satellite.objects.exists())
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert "fetched: launches, 1 records" in process.stdout.read()
    finally:
        process.kill()
        process.wait()


@pytest.mark.django_db(transaction=True)
def test_an_upload_is_ready_long_before_the_next_round(worker):
    photo = factories.make_photo()
    wait_for(lambda: not Making.objects.exists())
    second = factories.make_photo()
    wait_for(lambda: not Making.objects.exists())
    for each in (photo, second):
        assert Photo.objects.get(pk=each.pk).renditions["key"] == recipe.key_of(each)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_ended_in_the_middle_gives_its_photo_back(worker):
    halves(3000, 2000)
    wait_for(lambda: Making.objects.filter(done__gt=0).exists())
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    row = Making.objects.get()
    assert (row.claimed_until, row.attempts, row.fault) == (None, 0, "")
