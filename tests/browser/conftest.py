"""A real Chromium, a live server over a small edition, and a guard that lets no page misbehave unseen."""

import io
import os
import shutil
import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from articles.models import Article, Correction
from articles.triggers import HISTORY
from authors.models import RateLimit
from comments.triggers import LOG
from tests.browser.guard import Guard
from tests.browser.places import CORRECTION
from tests.browser.small_edition import write_small_edition

HERE = Path(__file__).parent
VISIT = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

# Playwright runs an event loop in this thread, and Django would refuse to read the database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = os.environ.get("TEST_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.fail("No Chromium: install it (apt-get install chromium), or name it in TEST_CHROMIUM.", pytrace=False)
    return {**browser_type_launch_args, "executable_path": path, "args": FLAGS}


@pytest.fixture(scope="package")
def media_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="package")
def db(django_db_setup, django_db_blocker):
    """Replaces pytest-django's: no transaction round each test, which the server's threads could not look into."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="package")
def site(db, media_folder, tmp_path_factory):
    """The address of a server with the small edition, loaded once for all tests of this folder.

    Its rows are committed, so that the server's threads see them. A test may add to them; it relies on no total.
    """
    folder = write_small_edition(tmp_path_factory.mktemp("edition"))
    with override_settings(MEDIA_ROOT=media_folder):
        call_command("load_edition", folder, stdout=io.StringIO())
    for article in Article.objects.filter(translation_key="grok-distillation"):
        Correction.objects.create(article=article, text=CORRECTION, made_at=timezone.now())
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()
    _wait_for_the_last_answers()
    HISTORY.drop()
    LOG.drop()
    call_command("flush", verbosity=0, interactive=False)


def _wait_for_the_last_answers():
    """A thread that still answers a browser has a connection, and PostgreSQL drops no database that is in use."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture(autouse=True)
def _throwaway_media(settings, media_folder):
    """Replaces the fixture of that name, which gives each test a folder: here one edition lasts for all tests."""
    settings.MEDIA_ROOT = media_folder


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet(site):
    """All tests of this folder sign in from one network within minutes; each begins with limits of its own."""
    RateLimit.objects.all().delete()


@pytest.fixture
def guard(site):
    """Fails the test when a page had a console error, broke the policy, missed a file or called another host."""
    guard = Guard(site)
    yield guard
    assert not guard.faults, "\n".join(guard.faults)


@pytest.fixture
def new_context(new_context, guard, site):
    """Makes a browser of its own, like a reader's first visit; every page in it is watched."""

    def make(**options):
        context = new_context(**{**VISIT, "base_url": site, **options})
        guard.watch(context)
        return context

    return make
