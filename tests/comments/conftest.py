import pytest
from django.test import Client

from tests import factories
from tests.comments.writing import TOKEN


@pytest.fixture
def story(edition):
    return factories.make_story()


@pytest.fixture
def petra():
    """A guest who has commented before: her browser has the cookie."""
    client = Client()
    client.cookies["reader"] = TOKEN
    return client
