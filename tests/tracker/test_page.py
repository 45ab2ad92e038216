import datetime as dt
import json
import re
from collections import Counter

import pytest
from django.utils import timezone

from articles.models import Place
from newsroom.security import PERMISSIONS_POLICY
from tests.factories import make_draft, make_story
from tests.reading import read
from tests.tracker.sets import make_satellite
from tracker.located import NEWEST, located_places
from tracker.models import Feed, Launch

pytestmark = pytest.mark.django_db
PATH = "/space-tracker/"


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
    return dict(re.findall(r'<li id="row-([\w-]+)"(.*?)</li>', html, re.DOTALL))


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


# The masthead's sections; stories; satellites: feeds, count, the one of the passes; launches: feed, table, sites.
QUERIES = 8


@pytest.mark.parametrize("number", [1, 12])
def test_queries_do_not_grow(client, places, number, django_assert_num_queries):
    for index in range(number):
        make_story(title=f"Story {index}", place=["london", "perth", "oakland"][index % 3], at=hours_ago(index + 1))
        make_satellite(25544 + index)
    with django_assert_num_queries(QUERIES):
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


def fetched(key="satellites:stations", at=None, **fields):
    return Feed.objects.create(key=key, address="https://example.org/", fetched_at=at or timezone.now(), **fields)


def test_without_satellites_the_page_says_so(client, edition):
    assert "No element sets have been fetched yet, so the globe shows no satellites." in read(client, PATH).main


def test_source_and_time_of_the_satellites(client, edition):
    make_satellite()
    fetched(at=dt.datetime(2026, 11, 12, 20, 41, tzinfo=dt.UTC))
    assert "Element sets: CelesTrak, fetched 12 Nov 2026, 20:41 UTC." in read(client, PATH).main
    assert "12. 11. 2026., 20:41 UTC" in read(client, "/hr/space-tracker/").main


@pytest.mark.parametrize(("days", "is_said"), [(6, False), (8, True)])
def test_old_satellites_are_said_to_be_old(client, edition, days, is_said):
    make_satellite()
    fetched(at=hours_ago(24 * days))
    assert ("old sets are greyed" in read(client, PATH).main) == is_said


def test_satellites_too_old_to_send_were_fetched_all_the_same(client, edition):
    make_satellite(epoch=hours_ago(24 * 91))
    fetched(at=hours_ago(24 * 91))
    said = read(client, PATH).main
    assert "Element sets: CelesTrak, fetched" in said
    assert "No element sets have been fetched yet" not in said


@pytest.mark.parametrize(("key", "name"), [("satellites:stations", "stations"), ("launches", "launches")])
def test_a_failed_source_is_named(client, edition, key, name):
    make_satellite()
    Feed.objects.create(key=key, address="https://example.org/", error=Feed.Error.TIMEOUT)
    said = read(client, PATH).main
    assert f"The last fetch failed ({name}): The source did not answer in time." in said
    assert "What was there before is still shown." not in said
    Feed.objects.update(fetched_at=hours_ago(5))
    assert "What was there before is still shown." in read(client, PATH).main


def test_sets_of_the_demo_are_never_passed_off_as_now(client, edition):
    make_satellite(5, epoch=dt.datetime(1958, 6, 27, tzinfo=dt.UTC), is_demo=True)
    said = read(client, PATH).main
    assert "Demonstration: 1 real element set of 1958, shown at the time of its own epoch, not where it is now." in said
    make_satellite(29238, epoch=dt.datetime(2006, 7, 3, tzinfo=dt.UTC), is_demo=True)
    said = read(client, PATH).main
    assert "Demonstration: 2 real element sets of 1958 to 2006, each shown at the time of its own epoch" in said
    assert "CelesTrak" not in said
    make_satellite()
    assert "Demonstration:" not in read(client, PATH).main


def test_groups_are_offered_where_there_are_several(client, edition, settings):
    settings.SATELLITE_GROUPS = ["stations", "amateur"]
    make_satellite(5, is_demo=True)
    assert not read(client, PATH).all("select", id="group")
    make_satellite()
    html = page(client)
    assert '<option value="stations">Space stations</option><option value="amateur">amateur</option>' in html
    settings.SATELLITE_GROUPS = ["stations"]
    assert not read(client, PATH).all("select", id="group")


def test_rows_say_what_they_are_filtered_by(client, stories):
    make_story(title="Of space", place="perth", category="space", at=hours_ago(6))
    reading = read(client, PATH)
    assert [row["data-section"] for row in reading.all("div") if "data-section" in row].count("space") == 1
    html = page(client)
    assert '<option value="ai">AI</option><option value="space">Space</option>' in html
    assert '<option value="energy">' not in html
    row = reading.all("li", id="row-perth")[0]
    assert (row["data-latitude"], row["data-longitude"]) == ("-31.95", "115.86")


def test_numbers_for_the_script_have_points_in_every_language(client, edition):
    make_place("seoul", 37.57, 126.98)
    make_story(language="hr", place="seoul")
    reading = read(client, "/hr/space-tracker/")
    assert reading.all("li", id="row-seoul")[0]["data-latitude"] == "37.57"
    globe = next(view for view in reading.all("div") if view.get("data-part") == "globe")
    assert float(globe["data-share"]) < 0.5
    assert reading.all("main")[0]["data-compass"] == "SJIZ"
    assert reading.all("main")[0]["data-satellites"] == "/hr/space-tracker/satellites.json"


def test_launch_sites_are_data_that_no_name_breaks_out_of(client, edition):
    Launch.objects.create(
        uuid="00000000-0000-0000-0000-000000000001",
        name="</script><b>Bold",
        status="go",
        net=timezone.now() + dt.timedelta(days=1),
        precision="exact",
        site="Kourou",
        latitude=5.2,
        longitude=-52.8,
        fetched_at=timezone.now(),
    )
    html = page(client)
    assert "</script><b>" not in html
    sites = json.loads(re.search(r'<script id="launch-sites" type="application/json">(.*?)</script>', html).group(1))
    assert [(site["name"], site["latitude"], site["longitude"]) for site in sites] == [("Kourou", 5.2, -52.8)]
    assert sites[0]["launches"][0]["name"] == "</script><b>Bold"


def test_this_page_alone_may_ask_for_the_position(client, edition):
    def allowed(path):
        return client.get(path).headers["Permissions-Policy"]

    assert allowed(PATH) == PERMISSIONS_POLICY.replace("geolocation=()", "geolocation=(self)")
    assert "geolocation=(self)" in allowed("/hr/space-tracker/")
    assert allowed("/") == PERMISSIONS_POLICY
    assert "geolocation=()" in PERMISSIONS_POLICY


def test_a_wrong_place_is_answered_with_the_page(client, edition):
    make_satellite()
    reading = read(client, f"{PATH}?satellite=25544&place=atlantis", status=400)
    assert "Located stories" in reading.main
    assert reading.canonical


def test_what_needs_a_script_is_marked_and_named(client, edition):
    html = page(client)
    assert "need JavaScript" in re.search(r"<noscript>(.*?)</noscript>", html, re.DOTALL).group(1)
    for part in ("stage-side", "tk-turns", "loc-filter"):
        assert f'class="{part} scripted"' in html
