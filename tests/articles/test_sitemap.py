"""The sitemap names every public page once, in parts that are bounded, and robots.txt leads to it."""

import datetime as dt
import urllib.robotparser
import xml.etree.ElementTree as etree

import pytest
from django.utils import timezone

from articles import sitemaps
from articles.models import Article, StandingPage
from articles.publishing import unpublish
from tests.factories import make_draft, make_story

pytestmark = pytest.mark.django_db
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
SITE = "https://news.example.org"


@pytest.fixture(autouse=True)
def _edition(edition, settings):
    settings.SITE_URL = SITE


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    return etree.fromstring(b"".join(response.streaming_content))  # noqa: S314 - our own output


def addresses(root):
    return [loc.text.removeprefix(SITE) for loc in root.findall("*/s:loc", NS)]


def all_stories(client):
    return [
        path
        for part in addresses(read(client, "/sitemap.xml"))
        if part != "/sitemap-pages.xml"
        for path in addresses(read(client, part))
    ]


def part_of(article):
    return f"/sitemap-{(article.pk - 1) // sitemaps.PART + 1}.xml"


def test_without_stories_only_the_pages_are_listed(client):
    assert addresses(read(client, "/sitemap.xml")) == ["/sitemap-pages.xml"]


def test_every_public_story_once_in_bounded_parts(client, monkeypatch):
    stories = [make_story(title=f"Story {number}", slug=f"s-{number}") for number in range(5)]
    monkeypatch.setattr(sitemaps, "PART", 2)
    parts = addresses(read(client, "/sitemap.xml"))
    assert parts[0] == "/sitemap-pages.xml"
    assert parts[-1] == part_of(stories[-1])
    listed = [addresses(read(client, part)) for part in dict.fromkeys(map(part_of, stories))]
    assert max(map(len, listed)) <= 2
    assert [path for part in listed for path in part] == [f"/ai/s-{number}/" for number in range(5)]


def test_only_what_is_public(client, settings):
    hidden = make_story(title="Hidden")
    unpublish(hidden)
    make_draft(title="Draft")
    make_story(title="Tomorrow", at=timezone.now() + dt.timedelta(days=1))
    make_story(title="Demo", is_demo=True)
    shown = make_story(title="Shown")
    assert addresses(read(client, part_of(shown))) == ["/ai/demo/", "/ai/shown/"]
    settings.DEMO_IS_PUBLIC = False
    assert addresses(read(client, part_of(shown))) == ["/ai/shown/"]


def test_translations_point_to_each_other(client):
    make_story("en", title="Moon", translation_key="moon")
    make_story("hr", title="Mjesec", translation_key="moon")
    alone = make_story("en", title="Alone")
    urls = read(client, part_of(alone)).findall("s:url", NS)
    links = [{link.get("hreflang"): link.get("href") for link in url.findall("x:link", NS)} for url in urls]
    both = {"en": f"{SITE}/ai/moon/", "hr": f"{SITE}/hr/umjetna-inteligencija/mjesec/"}
    assert links == [both, both, {}]
    assert all(link.get("rel") == "alternate" for url in urls for link in url.findall("x:link", NS))


def test_translation_that_waits_is_not_promised(client):
    make_story("en", title="Moon", translation_key="moon")
    waiting = make_story("hr", title="Mjesec", translation_key="moon", at=timezone.now() + dt.timedelta(days=1))
    article = Article.objects.get(language="en")
    row = {"language": "hr", "path": waiting.get_absolute_url(), "public_at": waiting.public_at.isoformat()}
    Article.objects.filter(pk=article.pk).update(translations_json=[row])
    assert read(client, part_of(article)).findall("*/x:link", NS) == []


def test_lastmod_is_the_newest_change_of_the_text(client):
    article = make_story(title="Story", at=dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC))
    lastmod = "s:url/s:lastmod"
    assert read(client, part_of(article)).findtext(lastmod, namespaces=NS) == "2026-01-02T03:04:05+00:00"
    Article.objects.filter(pk=article.pk).update(updated_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    assert read(client, part_of(article)).findtext(lastmod, namespaces=NS) == "2026-02-01T00:00:00+00:00"


def test_pages_and_sections_have_a_part_of_their_own(client):
    for language, slug, is_public in [("en", "about", True), ("hr", "o-nama", True), ("en", "secret", False)]:
        key = "secret" if slug == "secret" else "about"
        StandingPage.objects.create(
            key=key, language=language, slug=slug, title=slug, body="Text.", is_public=is_public
        )
    root = read(client, "/sitemap-pages.xml")
    paths = addresses(root)
    expected = {"/", "/hr/", "/ai/", "/hr/umjetna-inteligencija/", "/about/", "/hr/o-nama/", "/hr/authors/nexus-vale/"}
    assert expected <= set(paths)
    assert "/secret/" not in paths
    assert len(paths) == len(set(paths))
    about = next(url for url in root.findall("s:url", NS) if url.findtext("s:loc", namespaces=NS) == f"{SITE}/about/")
    assert [link.get("href") for link in about.findall("x:link", NS)] == [f"{SITE}/about/", f"{SITE}/hr/o-nama/"]
    assert about.findtext("s:lastmod", namespaces=NS)


def test_every_listed_address_answers(client):
    make_story("en", title="Moon", translation_key="moon")
    make_story("hr", title="Mjesec", translation_key="moon")
    paths = addresses(read(client, "/sitemap-pages.xml")) + all_stories(client)
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.parametrize(
    "path",
    [
        *("/hr/sitemap.xml", "/hr/sitemap-pages.xml", "/hr/sitemap-1.xml", "/hr/robots.txt", "/sitemap-0.xml"),
        *("/sitemap-99999.xml", "/sitemap-99999999999999999999999.xml", "/sitemap-x.xml"),
    ],
)
def test_anything_else_is_not_found(client, path):
    make_story(title="Story")
    assert client.get(path).status_code == 404


def test_parts_cost_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    stories = [make_story(title=f"Story {number}", slug=f"s-{number}") for number in range(4)]
    for path in ["/sitemap.xml", part_of(stories[0])]:
        with django_assert_max_num_queries(2):
            read(client, path)
    with django_assert_max_num_queries(3):
        read(client, "/sitemap-pages.xml")


def test_robots(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(lines)
    for path in ["/admin/", "/accounts/login/", "/search/?q=a", "/hr/search/"]:
        assert not rules.can_fetch("Any", SITE + path), path
    for path in ["/", "/hr/", "/ai/a-story/", "/feeds/rss.xml", "/hr/svemir/"]:
        assert rules.can_fetch("Any", SITE + path), path
