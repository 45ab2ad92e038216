"""Public pages are the same bytes for everyone: nothing in them belongs to a reader or a session."""

import pytest
from django.test import Client

from articles.models import StandingPage
from tests import factories
from tests.reading import Reading, read

pytestmark = pytest.mark.django_db
STORY = "/ai/a-model-learns-to-wait/"
PAGES = [
    *("/", "/hr/", "/ai/", STORY, STORY + "photos/", STORY + "comments/", "/authors/", "/authors/nexus-vale/"),
    *("/tags/patience/", "/photos/", "/corrections/", "/about/", "/search/", "/search/?q=wait", "/space-tracker/"),
    "/nothing/",
]
# Scripts of these types are data: no browser runs them.
DATA = {"application/ld+json", "application/json"}


@pytest.fixture(autouse=True)
def _stories(edition):
    StandingPage.objects.create(key="about", language="en", slug="about", title="About", body="Text.")
    article = factories.make_story(photos=[factories.photo_row(factories.make_photo())])
    factories.make_comment(article)


@pytest.mark.parametrize("path", PAGES)
def test_reading_sets_no_cookie_and_varies_by_nothing(client, path):
    response = client.get(path)
    assert "Set-Cookie" not in response.headers
    assert client.cookies == {}
    assert "Vary" not in response.headers


@pytest.mark.parametrize("path", PAGES)
def test_no_token_and_nothing_inline(client, path):
    page = read(client, path, status=404 if path == "/nothing/" else 200)
    assert page.all("style") == []
    for name, attributes in page.tags:
        assert "style" not in attributes, (name, attributes)
        assert "nonce" not in attributes
        assert not [attribute for attribute in attributes if attribute.startswith("on")], (name, attributes)
        assert not attributes.get("href", "").lower().startswith("javascript:")
        assert attributes.get("name") != "csrfmiddlewaretoken"
    for script in page.all("script"):
        assert script.get("src", "").startswith("/static/") or script.get("type") in DATA


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_fetched_from_elsewhere(client, path):
    page = Reading(client.get(path).content.decode())
    fetched = [attributes["src"] for _name, attributes in page.tags if "src" in attributes]
    fetched += [link["href"] for link in page.all("link") if link["rel"] in ("stylesheet", "preload", "icon")]
    assert fetched
    assert [address for address in fetched if not address.startswith(("/static/", "/media/"))] == []


@pytest.mark.parametrize("path", PAGES)
def test_staff_and_stranger_get_the_same_bytes(client, path):
    staff = Client()
    staff.force_login(factories.make_user(is_superuser=True, language="hr"))
    client.cookies["reader"] = "a" * 32
    stranger = client.get(path, headers={"User-Agent": "Phone", "Accept-Language": "hr"})
    answer = staff.get(path, headers={"User-Agent": "Desk"})
    assert answer.content == stranger.content
    assert dict(answer.headers) == dict(stranger.headers)
