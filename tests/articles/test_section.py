import datetime as dt

import pytest
from django.utils import timezone

from articles import views
from articles.publishing import publish
from tests import factories
from tests.articles.lists import walk
from tests.reading import expect_status, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _edition(edition, monkeypatch):
    monkeypatch.setattr(views, "PAGE", 4)


def make_stories(*minutes):
    now = timezone.now().replace(microsecond=123_456)
    return [
        factories.make_story(title=f"Story {number}", at=now - dt.timedelta(minutes=minute))
        for number, minute in enumerate(minutes)
    ]


def test_a_section_shows_its_stories_the_newest_first(client):
    make_stories(3, 1, 2)
    factories.make_story(title="Elsewhere", category="space")
    page = read(client, "/ai/")
    assert "// Section" in page.main
    assert page.main.index("Story 1") < page.main.index("Story 2") < page.main.index("Story 0")
    assert "Elsewhere" not in page.main


def test_an_empty_section_says_so(client):
    assert "No stories here yet." in read(client, "/energy/").main


def test_every_story_is_met_once_forward_and_back_though_their_times_are_equal(client):
    """All but three went out in the same microsecond: the time alone does not tell where a page ends."""
    stories = make_stories(9, *[5] * 9, 2, 1)
    forward, last = walk(client, "/ai/", "next", stories)
    assert [len(page) for page in forward] == [4, 4, 4]
    met = [title for page in forward for title in page]
    assert sorted(met) == sorted(story.title for story in stories)
    newest_first = sorted(stories, key=lambda story: (story.public_at, story.pk), reverse=True)
    assert met == [story.title for story in newest_first]
    back, _first = walk(client, last, "prev", stories)
    assert back == forward[::-1]


def test_the_ends_of_the_list_have_no_way_on(client):
    make_stories(*range(1, 7))
    page = read(client, "/ai/")
    assert page.all("a", rel="next")
    assert not page.all("a", rel="prev")
    assert len(page.all("span", **{"aria-disabled": "true"})) == 1
    last = read(client, "/ai/" + page.all("a", rel="next")[0]["href"].removeprefix("/ai/"))
    assert last.all("a", rel="prev")
    assert not last.all("a", rel="next")


def test_a_list_that_fits_one_page_has_no_pager(client):
    make_stories(1, 2, 3, 4)
    assert not read(client, "/ai/").all("nav", **{"class": "pager"})


@pytest.mark.parametrize("name", ["before", "after"])
@pytest.mark.parametrize(
    "value", ["x", "1", "1-", "-1", "1-2-3", "1" * 19 + "-1", "1-" + "1" * 19, "9" * 18 + "-1", "١-١", "a" * 5000]
)
def test_a_position_that_is_none_of_ours_is_a_400(client, name, value):
    page = read(client, f"/ai/?{name}={value}", status=400)
    assert "That cannot be read" in page.main
    assert page.all("meta", name="robots", content="noindex")


@pytest.mark.parametrize("query", ["?before=0-0", "?after=252000000000000000-1"])
def test_a_position_beyond_the_ends_is_a_404(client, query):
    make_stories(1, 2)
    expect_status(client, "/ai/" + query, 404)


@pytest.mark.parametrize("query", ["?page=abc", "?page=2", "?utm_source=x", "?before=", "?before=&after="])
def test_parameters_that_nobody_asked_for_change_nothing(client, query):
    make_stories(1, 2)
    assert client.get("/ai/" + query).content == client.get("/ai/").content


def test_a_later_page_is_not_passed_off_as_the_first(client):
    make_stories(*range(1, 7))
    first = read(client, "/ai/")
    assert len(first.canonical) == 1
    assert first.alternates
    second = read(client, first.all("a", rel="next")[0]["href"])
    assert second.canonical == []
    assert second.alternates == {}


def test_a_scheduled_story_joins_by_the_clock(client, time_machine):
    publish(factories.make_draft(title="Later"), at=timezone.now() + dt.timedelta(hours=1))
    assert "Later" not in read(client, "/ai/").main
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=61))
    assert "Later" in read(client, "/ai/").main


def test_a_section_knows_its_twin(client):
    assert "/hr/umjetna-inteligencija/" in read(client, "/ai/").links
    assert "/ai/" in read(client, "/hr/umjetna-inteligencija/").links


def test_the_navigation_marks_the_section(client):
    (current,) = read(client, "/space/").all("a", **{"aria-current": "page"})
    assert current["href"] == "/space/"
