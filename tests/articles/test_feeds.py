"""The feeds are valid RSS 2.0, absolute throughout, and show what the pages show."""

import datetime as dt
import xml.etree.ElementTree as etree
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone

from articles.models import Category
from tests.factories import make_draft, make_story

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


@pytest.fixture(autouse=True)
def _edition(edition, settings):
    settings.SITE_URL = "https://news.example.org"


def channel(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    root = etree.fromstring(response.content)  # noqa: S314 - our own output
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    return root.find("channel")


def titles(feed):
    return [item.findtext("title") for item in feed.findall("item")]


def test_channel_says_whose_it_is(client):
    feed = channel(client, "/hr/feeds/rss.xml")
    assert feed.findtext("title") == "Tech & Space"
    assert feed.findtext("link") == "https://news.example.org/hr/"
    assert feed.findtext("language") == "hr"
    assert feed.find(f"{ATOM}link").attrib == {"rel": "self", "href": "https://news.example.org/hr/feeds/rss.xml"}


def test_item_is_whole_and_escaped(client):
    at = timezone.now().replace(microsecond=0) - dt.timedelta(hours=3)
    make_story(title="Less < more & “quotes”", interpreter="It is <b>not</b> markup.", record_number=3629, at=at)
    item = channel(client, "/feeds/rss.xml").find("item")
    assert item.findtext("title") == "Less < more & “quotes”"
    assert item.findtext("link") == "https://news.example.org/ai/less-more-quotes/"
    assert item.findtext("description") == "It is <b>not</b> markup."
    assert item.findtext("category") == "AI"
    assert item.findtext(CREATOR) == "Nexus Vale"
    assert parsedate_to_datetime(item.findtext("pubDate")) == at
    assert item.findtext("guid") == "https://news.example.org/db/3629/"
    assert item.find("guid").get("isPermaLink") == "true"


def test_only_public_stories_of_the_edition_newest_first(client):
    for number in range(32):
        make_story(title=f"Story {number}", slug=f"s-{number}", at=timezone.now() - dt.timedelta(hours=number + 1))
    make_story("hr", title="Hrvatski")
    make_story(title="Tomorrow", at=timezone.now() + dt.timedelta(days=1))
    make_draft(title="Draft")
    assert titles(channel(client, "/feeds/rss.xml")) == [f"Story {number}" for number in range(30)]
    assert titles(channel(client, "/hr/feeds/rss.xml")) == ["Hrvatski"]


def test_section_has_its_own(client):
    make_story(title="In space", category="space")
    make_story(title="In AI", category="ai")
    feed = channel(client, "/space/feeds/rss.xml")
    assert feed.findtext("title") == "Space | Tech & Space"
    assert feed.find(f"{ATOM}link").get("href") == "https://news.example.org/space/feeds/rss.xml"
    assert titles(feed) == ["In space"]
    assert client.get("/nowhere/feeds/rss.xml").status_code == 404
    assert client.get("/umjetna-inteligencija/feeds/rss.xml").status_code == 404


def test_renamed_section_leads_on(client):
    section = Category.objects.get(language="en", key="space")
    section.slug = "spaceflight"
    section.save()
    response = client.get("/space/feeds/rss.xml")
    assert (response.status_code, response.headers["Location"]) == (301, "/spaceflight/feeds/rss.xml")


def test_demo_is_labelled_and_never_in_production(client, settings):
    make_story(title="Made up", interpreter="A text.", is_demo=True)
    make_story("hr", title="Izmišljeno", is_demo=True)
    item = channel(client, "/feeds/rss.xml").find("item")
    assert item.findtext("title") == "Demonstration: Made up"
    assert "demonstration text, written by a language model" in item.findtext("description")
    assert item.findtext("description").endswith("A text.")
    settings.DEMO_IS_PUBLIC = False
    assert titles(channel(client, "/feeds/rss.xml")) == []


@pytest.mark.parametrize("path", ["/feeds/rss.xml", "/ai/feeds/rss.xml"])
def test_queries_stay_few_and_nothing_depends_on_the_reader(client, path, django_assert_max_num_queries):
    for number in range(5):
        make_story(title=f"Story {number}", slug=f"s-{number}")
    with django_assert_max_num_queries(3):
        response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert client.post(path).status_code == 405
