import datetime as dt
import re
from collections import Counter

import pytest
from django.utils import timezone

from articles.models import Place
from tests.factories import make_draft, make_story
from tracker.located import NEWEST, located_places

pytestmark = pytest.mark.django_db


def make_place(key, latitude, longitude, english=None, croatian=None):
    english = english or key.title()
    texts = {"en": {"name": english}, "hr": {"name": croatian or english}}
    return Place.objects.create(key=key, latitude=latitude, longitude=longitude, texts=texts)


def hours_ago(hours):
    return timezone.now() - dt.timedelta(hours=hours)


@pytest.fixture
def places(edition):
    make_place("oakland", 37.80, -122.27)
    make_place("london", 51.5, -0.13)
    make_place("perth", -31.95, 115.86, "Perth, Western Australia")


@pytest.fixture
def stories(places):
    make_story(title="The newest", place="london", at=hours_ago(1))
    make_story(title="The second", place="san-francisco", at=hours_ago(2))
    make_story(title="The third", place="perth", at=hours_ago(3))
    make_story(title="The fourth", place="oakland", at=hours_ago(4))
    make_story(title="The fifth", place="london", at=hours_ago(5))


def page(client, path="/space-tracker/"):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def rows(html):
    """{row id: its HTML}, in order."""
    return dict(re.findall(r'<li id="row-([\w-]+)">(.*?)</li>', html, re.DOTALL))


def test_stories_are_grouped_by_place_newest_first(stories):
    found = {place.key: [story.title for story in place.stories] for place in located_places("en")}
    assert list(found) == ["london", "san-francisco", "perth", "oakland"]
    assert found["london"] == ["The newest", "The fifth"]


def test_rows_of_one_mark_stand_together(client, stories):
    found = rows(page(client))
    assert list(found) == ["london", "san-francisco", "oakland", "perth"]
    assert 'href="#place-san-francisco"' in found["oakland"]
    assert '<a href="/ai/the-newest/">The newest</a>' in found["london"]
    assert "2 stories" in found["london"]
    assert "37.77° N, 122.42° W" in found["san-francisco"]


def test_marks_lead_to_rows(client, stories):
    html = page(client)
    assert re.findall(r'class="g-place" id="([\w-]+)" href="([#\w-]+)"', html) == [
        ("place-london", "#row-london"),
        ("place-san-francisco", "#row-san-francisco"),
    ]
    assert 'aria-label="San Francisco +1 (San Francisco, California; Oakland): 2 stories"' in html


def test_the_far_side_is_named_and_linked(client, stories):
    html = page(client)
    assert re.search(r'class="loc-far"><b>Beyond the horizon</b> <a href="#row-perth">Perth, Western', html)
    assert "#place-" not in rows(html)["perth"]


def test_every_fragment_leads_somewhere(client, stories):
    html = page(client)
    ids = Counter(re.findall(r'\bid="([^"]+)"', html))
    assert not [name for name, number in ids.items() if number > 1]
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_croatian_page(client, edition):
    make_place("seoul", 37.57, 126.98, "Seoul", "Seul")
    make_story(language="hr", title="Potez 37", place="seoul")
    make_story(title="Move 37", place="seoul")
    html = page(client, "/hr/space-tracker/")
    assert "Potez 37" in html
    assert "Move 37" not in html
    assert "Seul" in html
    assert "37,57° S, 126,98° I" in html
    assert 'href="/hr/umjetna-inteligencija/potez-37/"' in html


def test_only_public_stories_with_a_place(client, places, settings):
    make_draft(title="A draft", place="london")
    make_story(title="Tomorrow", place="london", at=timezone.now() + dt.timedelta(days=1))
    make_story(title="Nowhere", place=None)
    make_story(title="For show", place="london", is_demo=True)
    settings.DEMO_IS_PUBLIC = False
    html = page(client)
    assert not [title for title in ("A draft", "Tomorrow", "Nowhere", "For show") if title in html]
    assert "No story has a place yet." in html
    assert "demo-note" not in html


def test_demo_stories_are_labelled(client, places):
    make_story(place="london", is_demo=True)
    assert 'class="demo-note"' in page(client)


@pytest.mark.parametrize("number", [1, 12])
def test_queries_do_not_grow(client, places, number, django_assert_max_num_queries):
    for index in range(number):
        make_story(title=f"Story {index}", place=["london", "perth", "oakland"][index % 3], at=hours_ago(index + 1))
    with django_assert_max_num_queries(4):
        page(client)


def test_no_more_than_the_newest(client, places, monkeypatch):
    monkeypatch.setattr("tracker.located.NEWEST", 2)
    for index in range(4):
        make_story(title=f"Story {index}", place="london", at=hours_ago(index + 1))
    assert [story.title for place in located_places("en") for story in place.stories] == ["Story 0", "Story 1"]
    assert NEWEST == 60


def test_names_and_titles_are_escaped(client, edition):
    make_place("nasty", 10, 10, '<script>alert("x")</script>')
    make_story(title="<b>Bold</b> & more", place="nasty")
    html = page(client)
    assert "<script>alert" not in html
    assert "<b>Bold" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 0), (-90, 0), (0, 180), (0, -180)])
def test_the_ends_of_the_earth(client, edition, latitude, longitude):
    make_place("end", latitude, longitude)
    make_story(place="end")
    assert "row-end" in page(client)


def test_the_page_is_the_same_for_everyone(client, stories):
    response = client.get("/space-tracker/")
    assert not response.cookies
    assert " style=" not in response.content.decode()
    assert "Cookie" not in response.headers.get("Vary", "")


def test_only_reading(client, edition):
    assert client.post("/space-tracker/").status_code == 405
