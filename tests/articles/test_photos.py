"""The Foto Review of a story, and the page of the newest photos."""

import datetime as dt

import pytest
from django.utils import timezone

from articles import views
from articles.publishing import unpublish
from tests import factories
from tests.reading import in_croatian, read

pytestmark = pytest.mark.django_db
REVIEW = "/ai/a-model-learns-to-wait/photos/"


@pytest.fixture(autouse=True)
def _edition(edition):
    pass


def with_photo(title, hours, language="en", **fields):
    photo = factories.make_photo(title, **fields)
    at = timezone.now() - dt.timedelta(hours=hours)
    return factories.make_story(language, title=title, at=at, photos=[factories.photo_row(photo, f"Alt of {title}")])


def test_the_foto_review_shows_every_photo_in_order(client):
    first = factories.make_photo("One", mark="photograph", credit="NASA/JPL-Caltech")
    second = factories.make_photo("Two", mark="ai_generated", credit="Tech&Space")
    rows = [factories.photo_row(first, "First alt", "First."), factories.photo_row(second, "Second alt", "Second.")]
    factories.make_story(photos=rows)
    page = read(client, REVIEW)
    assert "01 / 02 First. photograph 📷 photograph / NASA/JPL-Caltech" in page.main
    assert "02 / 02 Second. AI-generated 📷 AI-generated / Tech&Space" in page.main
    assert [image["alt"] for image in page.all("img")] == ["First alt", "Second alt"]
    assert [figure["id"] for figure in page.all("figure")] == ["p1", "p2"]
    assert "/ai/a-model-learns-to-wait/" in page.links
    assert len(page.canonical) == 1


def test_every_picture_announces_its_size_and_renditions(client):
    factories.make_story(photos=[factories.photo_row(factories.make_photo(width=700, height=400))])
    (image,) = read(client, REVIEW).all("img")
    assert (image["width"], image["height"]) == ("700", "400")
    assert [size.split()[1] for size in image["srcset"].split(", ")] == ["320w", "640w", "700w"]
    for size in image["srcset"].split(", "):
        assert client.get(size.split()[0]).status_code == 200


def test_the_newest_photos_come_first_and_lead_to_their_stories(client):
    with_photo("Old", 3, mark="photograph", credit="ESA")
    with_photo("New", 1)
    factories.make_story(title="Without")
    page = read(client, "/photos/")
    assert page.main.index("New") < page.main.index("Old photograph / ESA")
    assert "/ai/new/photos/" in page.links
    assert "Without" not in page.main
    assert {image["alt"] for image in page.all("img")} == {"Alt of Old", "Alt of New"}


def test_photos_of_unseen_stories_and_other_languages_are_not_shown(client, settings):
    unpublish(with_photo("Gone", 2))
    with_photo("Later", -2)
    with_photo("Hrvatski", 2, "hr")
    page = read(client, "/photos/")
    assert page.all("img") == []
    assert "No photos yet." in page.main
    page = read(client, "/hr/photos/")
    assert "Hrvatski" in page.main
    assert in_croatian("Photos") in page.text


def test_the_page_of_photos_is_bounded(client, monkeypatch):
    monkeypatch.setattr(views, "PHOTOS_PAGE", 2)
    for number in range(3):
        with_photo(f"Story {number}", number + 1)
    page = read(client, "/photos/")
    assert len(page.all("img")) == 2
    assert "Story 2" not in page.main
