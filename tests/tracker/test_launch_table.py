"""The table of the next launches, and the launch sites of the globe."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.template.loader import render_to_string
from django.utils import translation

from tests.reading import Reading
from tracker.launches import ROWS, ahead, launch_sites, launch_table
from tracker.models import Feed, Launch

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 12, 20, 41, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


def make_launch(number=1, net=NOW + HOUR, **fields):
    return Launch.objects.create(
        **{
            "uuid": f"6f1c0c54-6ad0-4a8a-9c0e-{number:012}",
            "name": f"Launch {number}",
            "status": "go",
            "net": net,
            "precision": "exact",
            "pad": "ELA-4",
            "site": "Kourou",
            "latitude": 5.2,
            "longitude": -52.8,
            "fetched_at": NOW,
            **fields,
        }
    )


def fetched(at=NOW - HOUR, **fields):
    return Feed.objects.create(key="launches", address="https://example.org/", fetched_at=at, **fields)


def table(language="en", now=NOW):
    with translation.override(language):
        return launch_table(now, language)


def page(language="en", now=NOW):
    with translation.override(language):
        return Reading(render_to_string("tracker/launches.html", launch_table(now, language)))


def the_row(language="en", now=NOW, **fields):
    make_launch(**fields)
    (row,) = table(language, now)["launches"]
    return row


class TestComing:
    def names(self, now=NOW):
        return [launch.name for launch in ahead(now)[:ROWS]]

    def test_the_nearest_first_and_ten_at_most(self):
        for number in range(15, 0, -1):
            make_launch(number, NOW + number * DAY)
        assert self.names() == [f"Launch {number}" for number in range(1, ROWS + 1)]

    def test_those_of_one_moment_keep_their_order(self):
        for number in (3, 1, 2):
            make_launch(number, NOW + DAY)
        assert self.names() == ["Launch 1", "Launch 2", "Launch 3"]

    def test_for_two_hours_after_its_time_one_stays(self):
        make_launch(1, NOW - 2 * HOUR)
        make_launch(2, NOW - 2 * HOUR - MINUTE)
        assert self.names() == ["Launch 1"]

    def test_one_that_was_withdrawn_is_not_shown(self):
        make_launch(1, withdrawn_at=NOW)
        assert self.names() == []

    @pytest.mark.parametrize(
        ("precision", "net", "last"),
        [
            ("day", "2026-11-12T00:00", "2026-11-12T23:59"),
            ("month", "2026-11-01T00:00", "2026-11-30T23:59"),
            ("later", "2026-01-01T00:00", "2026-12-31T23:59"),
        ],
    )
    def test_a_vague_one_stays_until_its_time_is_over(self, precision, net, last):
        net, last = (dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC) for text in (net, last))
        make_launch(1, net, precision=precision)
        assert self.names(last) == ["Launch 1"]
        assert self.names(last + MINUTE + 2 * HOUR) == []

    def test_an_exact_one_of_the_same_day_does_not(self):
        make_launch(1, NOW - 3 * HOUR, precision="hour")
        assert self.names() == []

    def test_in_the_first_hours_of_a_year_the_last_of_the_old_one_is_there(self):
        new_year = dt.datetime(2027, 1, 1, 0, 30, tzinfo=dt.UTC)
        make_launch(1, new_year - HOUR)
        assert self.names(new_year) == ["Launch 1"]

    def test_they_are_read_off_their_index_without_sorting(self):
        for number in range(30):
            make_launch(number + 1, NOW + (number - 15) * DAY)
        if connection.vendor == "postgresql":
            connection.cursor().execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        plan = ahead(NOW)[:ROWS].explain()
        assert "launch_coming" in plan
        assert "sort" not in plan.lower()
        assert "temp b-tree" not in plan.lower()

    def test_table_and_sites_take_three_queries(self, django_assert_num_queries):
        make_launch()
        with django_assert_num_queries(2):
            table()
        with django_assert_num_queries(1):
            launch_sites(NOW)


class TestCountdown:
    @pytest.mark.parametrize(
        ("left", "text"),
        [
            (2 * DAY + 4 * HOUR + 59 * MINUTE, "T−2d 04h"),
            (DAY, "T−1d 00h"),
            (DAY - MINUTE, "T−23:59"),
            (2 * HOUR + 14 * MINUTE + dt.timedelta(seconds=59), "T−02:14"),
            (dt.timedelta(seconds=30), "T−00:00"),
            (dt.timedelta(0), "Time reached"),
            (-MINUTE, "Time reached"),
        ],
    )
    def test_it_says_what_is_left(self, left, text):
        assert the_row(net=NOW + left).countdown == text

    @pytest.mark.parametrize(
        ("left", "text"),
        [
            (2 * DAY + 4 * HOUR, "T−2d 04h"),
            (15 * HOUR + 40 * MINUTE, "T−15h"),
            (20 * MINUTE, "T−1h"),
            (-MINUTE, "Time reached"),
        ],
    )
    def test_an_hour_is_all_that_is_known_and_said(self, left, text):
        row = the_row(net=NOW + left, precision="hour")
        assert (row.countdown, row.is_counting) == (text, False)

    @pytest.mark.parametrize("precision", ["day", "month", "later"])
    def test_nothing_is_counted_to_a_vague_time(self, precision):
        row = the_row(net=NOW + 6 * DAY, precision=precision)
        assert (row.countdown, row.is_counting) == ("", False)

    @pytest.mark.parametrize("status", ["hold", "flight", "success", "partial", "failure"])
    def test_nor_where_nobody_knows_when_it_goes_on_or_it_has_flown(self, status):
        row = the_row(status=status)
        assert (row.countdown, row.is_counting) == ("", False)

    @pytest.mark.parametrize("status", ["go", "tbc", "tbd"])
    def test_the_browser_counts_on(self, status):
        assert the_row(status=status).is_counting

    def test_not_after_the_time(self):
        assert not the_row(net=NOW).is_counting


class TestWhen:
    @pytest.mark.parametrize(
        ("fields", "english", "croatian"),
        [
            ({}, "12 Nov, 22:55", "12. 11., 22:55"),
            ({"precision": "hour"}, "12 Nov, about 22:55", None),
            ({"precision": "day"}, "Not before 12 Nov", None),
            ({"precision": "month"}, "November 2026", "Studeni 2026."),
            ({"precision": "later"}, "2026", "2026"),
            ({"net": dt.datetime(2027, 3, 4, 5, 6, tzinfo=dt.UTC)}, "4 Mar 2027, 05:06", "4. 3. 2027., 05:06"),
        ],
    )
    def test_as_exactly_as_it_is_known(self, fields, english, croatian):
        make_launch(**{"net": dt.datetime(2026, 11, 12, 22, 55, tzinfo=dt.UTC), **fields})
        assert table()["launches"][0].when == english
        if croatian:
            assert table("hr")["launches"][0].when == croatian

    @pytest.mark.parametrize(
        ("start", "end", "text"),
        [
            ((12, 22, 55), (12, 23, 40), "12 Nov, 22:55 to 23:40"),
            ((12, 22, 55), (13, 1, 10), "12 Nov, 22:55 to 13 Nov, 01:10"),
            ((12, 22, 55), (12, 22, 55), "12 Nov, 22:58"),
            ((12, 22, 55), None, "12 Nov, 22:58"),
            (None, (12, 23, 40), "12 Nov, 22:58"),
        ],
    )
    def test_the_window(self, start, end, text):
        start, end = (given and dt.datetime(2026, 11, *given, tzinfo=dt.UTC) for given in (start, end))
        net = dt.datetime(2026, 11, 12, 22, 58, tzinfo=dt.UTC)
        assert the_row(net=net, window_start=start, window_end=end).when == text


class TestPage:
    def test_before_anything_was_fetched_it_says_so(self):
        text = page().text
        assert "No data: launches have not been fetched yet." in text
        assert "Launch Library" not in text

    def test_a_first_fetch_that_failed_brought_nothing(self):
        Feed.objects.create(key="launches", address="https://example.org/", error="timeout", failures=1)
        assert "No data: launches have not been fetched yet." in page().text

    def test_a_source_that_names_none_is_no_lack_of_data(self):
        fetched()
        assert "The source names no coming launch." in page().text
        assert "No data" not in page().text

    def test_it_names_its_source_and_its_age(self):
        fetched()
        make_launch()
        text = page().text
        assert "Source: Launch Library 2 (The Space Devs)." in text
        assert "Fetched 12 Nov 2026, 19:41 UTC." in text
        assert "No data" not in text
        assert "more than a day" not in text

    def test_old_data_are_called_old(self):
        fetched(NOW - DAY)
        assert "more than a day" not in page().text
        Feed.objects.update(fetched_at=NOW - DAY - MINUTE)
        assert "That is more than a day ago: times may have moved since." in page().text

    def test_a_row_has_mission_place_time_and_status(self):
        fetched()
        make_launch(provider="Arianespace", probability=60, status="tbc")
        text = page().text
        for part in (
            "T−01:00",
            "Launch 1",
            "Kourou, ELA-4",
            "Arianespace",
            "12 Nov, 21:41",
            "To confirm",
            "Weather 60 %",
        ):
            assert part in text

    def test_what_is_not_known_is_not_said(self):
        make_launch(pad="", provider="", probability=None)
        html = page()
        assert "Kourou," not in html.text
        assert "Weather" not in html.text
        assert len([tag for tag in html.all("span") if tag.get("class") == "sub"]) == 1

    def test_a_launch_that_certainly_has_bad_weather_says_so(self):
        make_launch(probability=0)
        assert "Weather 0 %" in page().text

    def test_the_browser_finds_what_it_counts_to(self):
        make_launch(1)
        make_launch(2, NOW + DAY, precision="day")
        make_launch(3, NOW + DAY, status="hold")
        html = page()
        (clock,) = html.all("time")
        assert clock == {"datetime": "2026-11-12T21:41:00+00:00", "data-countdown": ""}
        (words,) = html.all("table")
        assert words["data-countdown-days"] == "T−{days}d {hours}h"
        assert words["data-countdown-clock"] == "T−{clock}"
        assert words["data-countdown-reached"] == "Time reached"

    def test_text_of_the_source_stays_text(self):
        make_launch(name="<script>alert(1)</script>")
        assert "<script>alert(1)</script>" in page().text

    @time_machine.travel(NOW, tick=False)
    def test_it_stands_on_the_tracker_in_both_languages(self, client, edition):
        fetched()
        make_launch()
        for path in ("/space-tracker/", "/hr/space-tracker/"):
            html = Reading(client.get(path).content.decode())
            assert "Launch 1" in html.main
            assert "Launch Library 2" in html.main


class TestSites:
    def test_launches_of_one_site_stand_together(self):
        make_launch(1, NOW + HOUR)
        make_launch(2, NOW + 2 * HOUR, site="Tanegashima", latitude=30.4, longitude=130.9)
        make_launch(3, NOW + 3 * HOUR, latitude=5.3, precision="day", status="tbd")
        kourou, tanegashima = launch_sites(NOW)
        assert (kourou["name"], kourou["latitude"], kourou["longitude"]) == ("Kourou", 5.2, -52.8)
        assert kourou["launches"] == [
            {"name": "Launch 1", "net": "2026-11-12T21:41:00+00:00", "when": "12 Nov, 21:41", "status": "Go"},
            {
                "name": "Launch 3",
                "net": "2026-11-12T23:41:00+00:00",
                "when": "Not before 12 Nov",
                "status": "To be decided",
            },
        ]
        assert tanegashima["name"] == "Tanegashima"

    def test_they_speak_the_language_of_the_page(self):
        make_launch()
        with translation.override("hr"):
            (site,) = launch_sites(NOW)
        assert site["launches"][0]["when"] == "12. 11., 21:41"

    def test_more_launches_than_the_table_has(self):
        for number in range(1, 60):
            make_launch(number, NOW + number * HOUR)
        (site,) = launch_sites(NOW)
        assert len(site["launches"]) == 40

    def test_a_pad_that_nobody_knows_is_no_place_in_the_sea(self):
        make_launch(latitude=0, longitude=0)
        assert launch_sites(NOW) == []

    def test_a_pad_on_the_equator_is_a_place(self):
        make_launch(latitude=0, longitude=-154)
        assert len(launch_sites(NOW)) == 1

    def test_without_launches_there_are_none(self):
        assert launch_sites(NOW) == []
