"""What every test stands on: the append-only triggers, a named cast, and a media folder that is thrown away."""

import pytest
from django.test import TransactionTestCase

from articles.triggers import HISTORY
from comments.triggers import LOG
from tests import factories


@pytest.fixture(autouse=True)
def _throwaway_media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _fresh_caches():
    """Navigation, word lists and the classifier are kept per process; a test starts like a fresh process."""
    from articles import navigation
    from comments import learning, word_lists

    for kept in (navigation, learning, word_lists):
        kept.forget()


@pytest.fixture(scope="session", autouse=True)
def _flush_without_triggers():
    """A test that commits is flushed row by row on SQLite, which 'append-only' would refuse. The flush ends with
    post_migrate, which creates the triggers again."""
    flush = TransactionTestCase._fixture_teardown

    def teardown(self):
        HISTORY.drop()
        LOG.drop()
        flush(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture
def edition(db):
    """An edition without stories: sections, the AI editors, sources and places."""
    return factories.make_edition()
