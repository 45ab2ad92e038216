"""The page of the edition's newest photos: which stand there, in which order, by origin, page by page."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from articles import newest_photos
from articles.publishing import retract, unpublish
from newsroom.keyset import Position
from tests import factories
from tests.reading import in_croatian, read

pytestmark = pytest.mark.django_db
ALL = "/photos/"


@pytest.fixture(autouse=True)
def _edition(edition):
    pass


def with_photos(title, hours, *photos, language="en", **changes):
    photos = photos or [factories.make_photo(title)]
    at = timezone.now() - dt.timedelta(hours=hours)
    rows = [factories.photo_row(photo, f"Alt of {photo.title}") for photo in photos]
    return factories.make_story(language, title=title, at=at, photos=rows, **changes)


def seen(page):
    return [image["alt"].removeprefix("Alt of ") for image in page.all("img")]


def photo_links(page):
    return [link for link in page.links if link and "/photos/#photo-" in link]


def test_the_newest_come_first_and_lead_to_their_place_in_the_review(client):
    with_photos("Old", 3, factories.make_photo("Third", mark="photograph", credit="ESA"))
    with_photos("New", 1, factories.make_photo("First"), factories.make_photo("Second", mark="illustration"))
    factories.make_story(title="Without")
    page = read(client, ALL)
    assert seen(page) == ["First", "Second", "Third"]
    assert photo_links(page) == ["/ai/new/photos/#photo-1", "/ai/new/photos/#photo-2", "/ai/old/photos/#photo-1"]
    assert "New 📷 illustration / Tech&Space" in page.main
    assert "Old 📷 photograph / ESA" in page.main
    assert "Without" not in page.main


def test_a_photo_of_several_stories_stands_there_once_with_the_newest(client):
    shared = factories.make_photo("Shared")
    with_photos("Older", 5, shared)
    with_photos("Between", 3)
    with_photos("Newer", 1, factories.make_photo("Other"), shared)
    page = read(client, ALL)
    assert seen(page) == ["Other", "Shared", "Between"]
    assert photo_links(page)[1] == "/ai/newer/photos/#photo-2"


def test_only_what_the_public_may_see_in_this_language(client, settings):
    unpublish(with_photos("Gone", 2))
    retract(with_photos("Retracted", 2), reason="Made up.")
    with_photos("Later", -2)
    with_photos("Demo", 2, is_demo=True)
    with_photos("Hrvatski", 2, language="hr")
    assert seen(read(client, ALL)) == ["Demo"]
    settings.DEMO_IS_PUBLIC = False
    page = read(client, ALL)
    assert seen(page) == []
    assert "No photos yet." in page.main
    page = read(client, "/hr/photos/")
    assert seen(page) == ["Hrvatski"]
    assert in_croatian("The newest pictures, each with its story") in page.main


def test_a_demonstration_says_so(client):
    with_photos("Demo", 2, is_demo=True)
    assert "demonstration" in read(client, ALL).main


def test_one_origin_alone(client):
    photos = [factories.make_photo(mark, mark=mark) for mark in ("ai_generated", "ai_edited", "photograph")]
    with_photos("Story", 1, *photos)
    page = read(client, ALL + "?origin=ai_edited")
    assert seen(page) == ["ai_edited"]
    assert photo_links(page) == ["/ai/story/photos/#photo-2"]
    current = [
        link["href"] for link in page.all("a") if link.get("aria-current") == "page" and "photos" in link["href"]
    ]
    assert current == ["/photos/?origin=ai_edited"]
    page = read(client, ALL + "?origin=illustration")
    assert "No photos of this origin yet. Show all photos" in page.main
    assert page.canonical == read(client, ALL).canonical


@pytest.mark.parametrize(
    "query", ["?origin=paintings", "?origin=", "?origin=%22%3E", "?colour=red", "?origin=AI_EDITED"]
)
def test_what_is_no_origin_asks_for_all(client, query):
    with_photos("Story", 1)
    assert client.get(ALL + query).content == client.get(ALL).content


def test_every_photo_is_on_one_page_and_the_way_back_is_the_same(client, monkeypatch):
    monkeypatch.setattr(newest_photos, "PAGE", 3)
    stories = [
        with_photos(f"Story {hours}", hours, *(factories.make_photo(f"{hours}.{n}") for n in (1, 2)))
        for hours in range(1, 5)
    ]
    assert len(stories) == 4
    pages = [read(client, ALL)]
    while older := pages[-1].all("a", rel="next"):
        pages.append(read(client, older[0]["href"]))
    assert [seen(page) for page in pages] == [["1.1", "1.2", "2.1"], ["2.2", "3.1", "3.2"], ["4.1", "4.2"]]
    [newer] = pages[2].all("a", rel="prev")
    assert seen(read(client, newer["href"])) == ["2.2", "3.1", "3.2"]


def test_paging_keeps_the_origin(client, monkeypatch):
    monkeypatch.setattr(newest_photos, "PAGE", 1)
    for hours in (1, 2, 3):
        with_photos(
            f"Story {hours}", hours, factories.make_photo(f"Drawn {hours}", mark="illustration"), factories.make_photo()
        )
    [older] = read(client, ALL + "?origin=illustration").all("a", rel="next")
    assert older["href"].startswith("/photos/?origin=illustration&before=")
    assert seen(read(client, older["href"])) == ["Drawn 2"]


def test_a_repeated_photo_does_not_end_the_list(client, monkeypatch):
    monkeypatch.setattr(newest_photos, "PAGE", 2)
    shared = factories.make_photo("Shared")
    for hours in (1, 2):
        with_photos(f"Story {hours}", hours, shared)
    with_photos("Last", 3)
    page = read(client, ALL)
    assert seen(page) == ["Shared"]
    [older] = page.all("a", rel="next")
    assert seen(read(client, older["href"])) == ["Last"]


@pytest.mark.parametrize(("query", "status"), [("?before=x", 400), ("?after=1-", 400), ("?before=1-1", 404)])
def test_positions_that_are_none(client, query, status):
    with_photos("Story", 1)
    read(client, ALL + query, status=status)


@pytest.mark.parametrize(
    ("query", "index"), [("?", "article_photo_newest"), ("?origin=photograph&", "article_photo_by_mark")]
)
@pytest.mark.parametrize("is_demo_public", [True, False])
def test_a_page_is_a_range_of_the_photos_own_index(client, settings, query, index, is_demo_public):
    """From the first page on and from a deep one: nothing is sorted, and no story is walked to find them."""
    settings.DEMO_IS_PUBLIC = is_demo_public
    for hours in range(1, 4):
        with_photos(f"Story {hours}", hours, factories.make_photo(f"Taken {hours}", mark="photograph"))
    if connection.vendor == "postgresql" and index == "article_photo_by_mark":
        # Of three rows the planner knows no better than to filter the other index. It is back after the test.
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX article_photo_newest")
    position = Position(timezone.now() - dt.timedelta(hours=1, minutes=30), 10**9)
    for address in (ALL + query, f"{ALL}{query}before={position}"):
        plan = plan_of(client, address)
        assert index in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan


def plan_of(client, address):
    """How the database finds the photos, in its own words."""
    said, explain = [], "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    if connection.vendor == "postgresql":
        # It walks a table of a few rows as a whole, and knows other ways to find them.
        with connection.cursor() as cursor:
            for way in ("seqscan", "sort", "bitmapscan", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")

    def ask(execute, sql, params, many, context):
        if "articles_articlephoto" in sql:
            execute(f"{explain} {sql}", params, many, context)
            said.append(str(context["cursor"].cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        assert client.get(address).status_code == 200
    [plan] = said
    return plan
