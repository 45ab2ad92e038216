"""What the globe asks for: the newest located stories as JSON, the same for every reader."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from articles.models import Place
from tests.factories import make_draft, make_story

pytestmark = pytest.mark.django_db
PATH = "/space-tracker/stories.json"
NASTY = '</script><script>alert("x")</script><img src=x onerror=alert(1)> "quoted" \u2028 žš'


def make_place(key, latitude, longitude, english, croatian=None):
    texts = {"en": {"name": english}, "hr": {"name": croatian or english}}
    return Place.objects.create(key=key, latitude=latitude, longitude=longitude, texts=texts)


def hours_ago(hours):
    return timezone.now() - dt.timedelta(hours=hours)


def places(client, path=PATH):
    response = client.get(path)
    assert response.status_code == 200
    return json.loads(response.content)["places"]


@pytest.fixture
def london(edition):
    return make_place("london", 51.5, -0.13, "London", "London, Engleska")


def test_places_with_their_stories_newest_first(client, london):
    at = dt.datetime(2026, 11, 20, 8, 30, tzinfo=dt.UTC)
    make_story(title="The newest", place="london", at=at, category="space")
    make_story(title="The second", place="san-francisco", at=at - dt.timedelta(hours=1))
    make_story(title="The third", place="london", at=at - dt.timedelta(hours=2))
    found = places(client)
    assert [(place["key"], [story["title"] for story in place["stories"]]) for place in found] == [
        ("london", ["The newest", "The third"]),
        ("san-francisco", ["The second"]),
    ]
    assert found[0] == {
        "key": "london",
        "name": "London",
        "latitude": 51.5,
        "longitude": -0.13,
        "position": "51.50° N, 0.13° W",
        "stories": found[0]["stories"],
    }
    assert found[0]["stories"][0] == {
        "title": "The newest",
        "path": "/space/the-newest/",
        "section": "space",
        "section_name": "Space",
        "public_at": "2026-11-20T08:30:00Z",
        "is_demo": False,
    }


def test_croatian_stories_under_the_croatian_path(client, london):
    make_story(language="hr", title="Potez 37", place="london")
    make_story(title="Move 37", place="london")
    (place,) = places(client, "/hr/space-tracker/stories.json")
    assert (place["name"], place["position"]) == ("London, Engleska", "51,50° S, 0,13° Z")
    (story,) = place["stories"]
    assert (story["title"], story["path"]) == ("Potez 37", "/hr/umjetna-inteligencija/potez-37/")
    assert story["section_name"] == "Umjetna inteligencija"


def test_only_public_stories_with_a_place(client, london):
    make_draft(title="A draft", place="london")
    make_story(title="Tomorrow", place="london", at=timezone.now() + dt.timedelta(days=1))
    make_story(title="Nowhere", place=None)
    assert places(client) == []


def test_demo_stories_are_flagged_where_they_are_public_at_all(client, london, settings):
    make_story(place="london", is_demo=True)
    assert places(client)[0]["stories"][0]["is_demo"] is True
    settings.DEMO_IS_PUBLIC = False
    assert places(client) == []


def test_no_more_than_the_newest(client, london, monkeypatch):
    monkeypatch.setattr("tracker.located.NEWEST", 2)
    for index in range(3):
        make_story(title=f"Story {index}", place="london", at=hours_ago(index + 1))
    assert [story["title"] for story in places(client)[0]["stories"]] == ["Story 0", "Story 1"]


@pytest.mark.parametrize("number", [1, 12])
def test_one_query(client, london, number, django_assert_num_queries):
    for index in range(number):
        make_story(title=f"Story {index}", place=["london", "san-francisco"][index % 2], at=hours_ago(index + 1))
    with django_assert_num_queries(1):
        places(client)


def test_a_hostile_title_is_data(client, london):
    make_story(title=NASTY, place="london")
    Place.objects.filter(key="london").update(texts={"en": {"name": NASTY}})
    response = client.get(PATH)
    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    (place,) = json.loads(response.content)["places"]
    assert place["name"] == NASTY
    assert "<script>alert" in place["stories"][0]["title"]


def test_unchanged_is_answered_without_a_body(client, london):
    make_story(place="london", at=hours_ago(2))
    first = client.get(PATH)
    assert first["Cache-Control"] == "public, max-age=60"
    second = client.get(PATH, headers={"if-none-match": first["ETag"]})
    assert (second.status_code, second.content, second["ETag"]) == (304, b"", first["ETag"])
    make_story(title="One more", place="london")
    third = client.get(PATH, headers={"if-none-match": first["ETag"]})
    assert third.status_code == 200
    assert third["ETag"] != first["ETag"]


def test_the_same_for_everyone(client, london, admin_client):
    make_story(place="london", at=hours_ago(2))
    anonymous = client.get(PATH)
    assert admin_client.get(PATH).content == anonymous.content
    assert not anonymous.cookies
    assert "Cookie" not in anonymous.get("Vary", "")


def test_only_reading(client, edition):
    assert client.post(PATH).status_code == 405
