"""The desk's pages of what was fetched: to read, never to change."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import factories
from tests.articles.desk import signed_in
from tests.reading import Reading
from tests.tracker.sets import make_satellite
from tracker.models import Feed, Launch, Satellite

pytestmark = pytest.mark.django_db
# Session, account, its two sets of permissions, the bounded count of the list, its rows.
QUERIES = 6


@pytest.fixture
def ana():
    return signed_in(factories.make_user(group="Editors"))


@pytest.fixture
def feeds():
    now = timezone.now()
    Feed.objects.create(key="satellites:stations", address="https://example.org/gp", fetched_at=now, kept=12)
    Feed.objects.create(
        key="launches",
        address="https://example.org/launches",
        error="refused",
        detail="HTTP 429 slow down",
        failures=3,
        kept=7,
        skipped=2,
        problems=[
            {"record": "25 <b>Bold</b>", "reason": "It has no time."},
            {"record": "", "reason": "It has no usable key."},
        ],
    )


def make_launch(number, name="Test rocket"):
    return Launch.objects.create(
        uuid=f"6f1c0c54-6ad0-4a8a-9c0e-{number:012}",
        name=name,
        status="go",
        net=timezone.now() + dt.timedelta(days=number),
        precision="exact",
        site="Test site",
        latitude=5,
        longitude=-52,
        fetched_at=timezone.now(),
    )


def text(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return Reading(response.content.decode()).text


def test_the_list_says_how_each_feed_went(ana, feeds):
    page = text(ana, "/admin/tracker/feed/")
    assert "launches" in page
    assert "The source asks us to wait." in page
    assert "satellites:stations" in page


def test_a_set_of_the_demo_was_not_fetched(ana, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 26, 3, tzinfo=dt.UTC), tick=False)
    make_satellite(7, name="FETCHED", epoch=dt.datetime(2026, 11, 25, tzinfo=dt.UTC))
    assert text(ana, "/admin/tracker/satellite/").count("26 Nov 2026") == 1
    Satellite.objects.update(is_demo=True)
    assert "26 Nov 2026" not in text(ana, "/admin/tracker/satellite/")


def test_the_number_of_records_leads_to_them(ana, feeds):
    make_satellite(name="ISS (ZARYA)")
    make_satellite(7, name="OTHER", group="weather")
    page = ana.get("/admin/tracker/feed/").content.decode()
    assert 'href="/admin/tracker/launch/">7<' in page
    assert 'href="/admin/tracker/satellite/?group=stations">12<' in page
    shown = text(ana, "/admin/tracker/satellite/?group=stations")
    assert "ISS (ZARYA)" in shown
    assert "OTHER" not in shown


def test_a_feed_lists_its_bad_records(ana, feeds):
    page = ana.get(f"/admin/tracker/feed/{Feed.objects.get(key='launches').pk}/change/").content.decode()
    assert "<li>25 &lt;b&gt;Bold&lt;/b&gt;: It has no time.</li>" in page
    assert "<li>–: It has no usable key.</li>" in page
    assert "HTTP 429 slow down" in page


def test_a_feed_without_bad_records_has_a_page_too(ana, feeds):
    assert "stations" in text(ana, f"/admin/tracker/feed/{Feed.objects.get(kept=12).pk}/change/")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("25544", ["ISS (ZARYA)"]),
        (" 25544 ", ["ISS (ZARYA)"]),
        ("zarya", ["ISS (ZARYA)"]),
        ("2554", []),
        ("noaa 1", ["NOAA 19"]),
        ("99999999999999999999", []),
        ("٢٥", []),
    ],
)
def test_satellites_are_found_by_number_and_by_name(ana, query, names):
    make_satellite(name="ISS (ZARYA)")
    make_satellite(33591, name="NOAA 19")
    page = text(ana, f"/admin/tracker/satellite/?q={query}")
    assert [name for name in ("ISS (ZARYA)", "NOAA 19") if name in page] == names


def test_a_group_that_is_none_shows_an_empty_list(ana):
    make_satellite(name="ISS (ZARYA)")
    assert "ISS (ZARYA)" not in text(ana, "/admin/tracker/satellite/?group=nonsense")


def test_launches_are_found_by_name(ana):
    make_launch(1, "First rocket")
    make_launch(2, "Second rocket")
    page = text(ana, "/admin/tracker/launch/?q=second")
    assert "Second rocket" in page
    assert "First rocket" not in page


@pytest.mark.parametrize("model", ["feed", "satellite", "launch"])
def test_nothing_can_be_added_changed_or_deleted(ana, feeds, model):
    row = {"feed": Feed.objects.first, "satellite": make_satellite, "launch": lambda: make_launch(1)}[model]()
    path = f"/admin/tracker/{model}/"
    assert ana.get(f"{path}add/").status_code == 403
    assert ana.post(f"{path}{row.pk}/change/", {"name": "Other"}).status_code == 403
    assert ana.post(f"{path}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    page = ana.get(f"{path}{row.pk}/change/").content.decode()
    assert 'name="_save"' not in page


def test_moderators_do_not_see_them():
    mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
    assert mia.get("/admin/tracker/feed/").status_code == 403


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("/admin/tracker/satellite/", lambda number: make_satellite(number)),
        ("/admin/tracker/launch/", make_launch),
    ],
)
def test_a_longer_list_takes_no_more_queries(ana, django_assert_num_queries, path, make):
    for number in range(1, 21):
        make(number)
    with django_assert_num_queries(QUERIES):
        ana.get(path)
