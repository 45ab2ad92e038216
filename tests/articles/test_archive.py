"""A month begins and ends at midnight of the edition (Europe/Zagreb), not of the server."""

import datetime as dt
import zoneinfo

import pytest

from tests import factories
from tests.reading import expect_status, read

pytestmark = pytest.mark.django_db
ZAGREB = zoneinfo.ZoneInfo("Europe/Zagreb")


@pytest.fixture(autouse=True)
def _edition(edition, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC))


def story(title, *moment):
    return factories.make_story(title=title, at=dt.datetime(*moment, tzinfo=ZAGREB))


def test_the_edges_of_a_month_are_those_of_the_edition(client):
    story("Last of September", 2026, 9, 30, 23, 59, 59)
    story("First of October", 2026, 10, 1, 0, 0, 0)
    story("Last of October", 2026, 10, 31, 23, 59, 59)
    story("First of November", 2026, 11, 1, 0, 0, 0)
    page = read(client, "/archive/2026/10/")
    assert "// Archive October 2026" in page.main
    assert "First of October" in page.main
    assert "Last of October" in page.main
    assert "Last of September" not in page.main
    assert "First of November" not in page.main


def test_december_ends_with_the_year(client):
    story("Last of the year", 2025, 12, 31, 23, 59, 59)
    story("First of the year", 2026, 1, 1, 0, 0, 0)
    page = read(client, "/archive/2025/12/")
    assert "Last of the year" in page.main
    assert "First of the year" not in page.main
    assert "/archive/2026/1/" in page.links


def test_the_months_lead_on_as_far_as_there_are_stories(client):
    story("An old one", 2026, 9, 10)
    page = read(client, "/archive/2026/10/")
    assert {"/archive/2026/9/", "/archive/2026/11/"} <= set(page.links)
    assert "/archive/2026/8/" not in read(client, "/archive/2026/9/").links


def test_the_present_month_has_no_next(client):
    page = read(client, "/archive/2026/11/")
    assert "No stories here yet." in page.main
    assert "/archive/2026/12/" not in page.links


def test_a_month_to_come_is_a_404_even_with_something_scheduled(client):
    story("Next month", 2026, 12, 10)
    expect_status(client, "/archive/2026/12/", 404)


@pytest.mark.parametrize(
    "month",
    [
        *("2026/13", "2026/0", "0/1", "0/0", "1/1", "1/2", "9999/12", "99999/1", f"{10**20}/1", f"2026/{10**20}"),
        *("9" * 5000 + "/1", "x/1", "2026/x", "-1/1"),
    ],
)
def test_a_month_that_cannot_be_is_a_404(client, month):
    expect_status(client, f"/archive/{month}/", 404)


def test_the_archive_is_paged_and_refuses_a_bad_position(client):
    expect_status(client, "/archive/2026/11/?before=x", 400)
