"""The feed of a story's comments: valid RSS 2.0, absolute throughout, with what readers see and nothing else."""

import datetime as dt
import xml.etree.ElementTree as etree
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone

from authors.models import Author
from tests import factories
from tests.reading import expect_status, read

pytestmark = pytest.mark.django_db
FEED = "/ai/a-model-learns-to-wait/comments/rss.xml"
SITE = "https://news.example.org"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@pytest.fixture
def story(edition, settings):
    settings.SITE_URL = SITE
    return factories.make_story()


def channel(client, path=FEED):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    return etree.fromstring(response.content).find("channel")  # noqa: S314 - our own output


def test_an_item_is_whole_and_escaped(client, story):
    at = timezone.now().replace(microsecond=0) - dt.timedelta(hours=3)
    comment = factories.make_comment(
        story, name="<b>Petra</b> & co", body="*Less* < more <script>alert(1)</script>", created_at=at
    )
    item = channel(client).find("item")
    link = f"{SITE}/ai/a-model-learns-to-wait/comments/?thread={comment.pk}#c{comment.pk}"
    assert item.findtext("title") == "<b>Petra</b> & co on A model learns to wait"
    assert (item.findtext("link"), item.findtext("guid")) == (link, link)
    assert item.findtext(CREATOR) == "<b>Petra</b> & co"
    assert parsedate_to_datetime(item.findtext("pubDate")) == at
    assert item.findtext("description") == comment.html
    assert "<em>Less</em>" in comment.html
    assert "<script>" not in item.findtext("description")


def test_the_channel_says_what_it_is_of(client, story):
    feed = channel(client)
    assert feed.findtext("title") == "Comments: A model learns to wait"
    assert feed.findtext("link") == f"{SITE}/ai/a-model-learns-to-wait/comments/"
    assert feed.findtext("language") == "en"
    assert feed.find("{http://www.w3.org/2005/Atom}link").get("href") == f"{SITE}{FEED}"
    assert feed.findall("item") == []


def test_the_newest_fifty_that_readers_see_replies_included(client, story):
    start = timezone.now() - dt.timedelta(days=1)
    root = factories.make_comment(story, name="Root", created_at=start)
    for number in range(52):
        at = start + dt.timedelta(minutes=number + 1)
        factories.make_comment(story, name=f"R{number}", parent=root if number % 2 else None, created_at=at)
    factories.make_comment(story, name="Waits", status="pending")
    factories.make_comment(story, name="Out", status="rejected")
    factories.make_comment(factories.make_story(title="Another one"), name="Elsewhere")
    names = [item.findtext(CREATOR) for item in channel(client).findall("item")]
    assert names == [f"R{number}" for number in range(51, 1, -1)]


def test_a_tombstone_is_no_item(client, story):
    from comments.posting import withdraw

    gone = factories.make_comment(story, name="Gone")
    factories.make_comment(story, name="Answer", parent=gone)
    withdraw(gone.pk)
    assert [item.findtext(CREATOR) for item in channel(client).findall("item")] == ["Answer"]


def test_an_ai_editor_is_named_and_a_demonstration_is_labelled(client, story, settings):
    factories.make_comment(story, name="x", author=Author.objects.get(slug="nexus-vale"), is_demo=True)
    item = channel(client).find("item")
    assert item.findtext(CREATOR) == "Nexus Vale"
    assert item.findtext("title") == "Demonstration: Nexus Vale on A model learns to wait"
    settings.DEMO_IS_PUBLIC = False
    assert channel(client).find("item") is None


def test_a_moved_story_leads_on_and_a_retracted_one_says_so(client, story):
    response = client.get("/space/a-model-learns-to-wait/comments/rss.xml")
    assert (response.status_code, response["Location"]) == (301, FEED)
    from articles.publishing import retract

    retract(story, "It was wrong.")
    expect_status(client, FEED, 410)


def test_a_draft_has_none(client, edition):
    factories.make_draft()
    expect_status(client, FEED, 404)


def test_the_comments_page_leads_to_it(client, story):
    page = read(client, "/ai/a-model-learns-to-wait/comments/")
    assert [link["href"] for link in page.all("link", rel="alternate", type="application/rss+xml")][-1] == FEED
    assert FEED in page.links


def test_queries_stay_few_and_nothing_depends_on_the_reader(client, story, django_assert_num_queries):
    for slug in ("nexus-vale", "lyra-stanton"):
        factories.make_comment(story, name=slug, author=Author.objects.get(slug=slug))
    client.get(FEED)
    with django_assert_num_queries(2):
        response = client.get(FEED)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert client.post(FEED).status_code == 405
