"""A page costs the same few queries with one row and with many, on the first request of a fresh process."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import navigation
from articles.models import Article, Correction, Placement, StandingPage
from tests import factories

pytestmark = pytest.mark.django_db
STORY = "/ai/story-0/"
MOST = {
    "/": 6,
    "/ai/": 4,
    STORY: 5,
    STORY + "comments/": 5,
    STORY + "photos/": 3,
    "/tags/patience/": 4,
    "/authors/nexus-vale/": 4,
    "/authors/": 2,
    "/photos/": 2,
    "/photos/?origin=ai_generated": 2,
    "/corrections/": 3,
    "/about/": 4,
    "/nothing/": 4,
    "/nothing/at-all/": 3,
}


@pytest.fixture
def photo(edition):
    StandingPage.objects.create(key="about", language="en", slug="about", title="About", body="Text.")
    return factories.make_photo()


def fill(photo, numbers):
    """As many stories, each with all that a page shows of one; the first is commented, liked, corrected and placed."""
    for number in numbers:
        at = timezone.now() - dt.timedelta(hours=1, minutes=number)
        article = factories.make_story(title=f"Story {number}", photos=[factories.photo_row(photo)], at=at)
        article.stats.like_count, article.stats.like_score = 1, 300
        article.stats.save()
        Placement.objects.create(article=article, slot=Placement.Slot.SECTION, shown_from=at)
    first = Article.objects.get(slug="story-0")
    for number in numbers:
        root = factories.make_comment(first, name=f"Reader {number}")
        factories.make_comment(first, name=f"Answer {number}", parent=root)
        Correction.objects.create(article=first, text=f"Note {number}.")


def queries(client, path):
    navigation.forget()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == (404 if "nothing" in path else 200)
    return [query["sql"] for query in captured.captured_queries]


def test_the_number_of_queries_is_small_and_does_not_grow(client, photo):
    fill(photo, range(1))
    few = {path: queries(client, path) for path in MOST}
    fill(photo, range(1, 40))
    many = {path: queries(client, path) for path in MOST}
    for path, most in MOST.items():
        assert len(few[path]) == len(many[path]) <= most, "\n".join([path, *many[path]])


def test_a_deep_page_costs_what_the_first_does(client, photo):
    fill(photo, range(25))
    for path in ("/ai/", "/tags/patience/", "/authors/nexus-vale/", STORY + "comments/"):
        first = client.get(path).context["page"]
        # The first page of comments also asks for the editors' picks.
        more = int(path.endswith("comments/"))
        assert len(queries(client, f"{path}?before={first.older}")) == len(queries(client, path)) - more


def test_a_warm_process_asks_no_more_for_the_frame(client, photo, django_assert_num_queries):
    fill(photo, range(1))
    client.get("/ai/")
    with django_assert_num_queries(1):
        client.get("/ai/")


def test_an_edition_without_stories_costs_no_more(client, photo):
    for path in ("/", "/ai/", "/authors/nexus-vale/", "/photos/"):
        assert len(queries(client, path)) <= MOST[path]
