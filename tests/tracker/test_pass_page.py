import datetime as dt
import math
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone, translation

from tests.reading import Reading
from tests.tracker.measuring import published_sets
from tests.tracker.sets import GEOSTATIONARY, make_satellite
from tracker import pass_page
from tracker.ages import LOST_DAYS, STALE_DAYS
from tracker.cities import CITIES, HOME, PARTS
from tracker.models import Satellite
from tracker.pass_page import CHOICES, DAYS, FIRST, MOST, _seen, pass_section
from tracker.pass_words import DIRECTIONS, HERE, SENTENCES, direction
from tracker.passes import Moment, Pass, Seen, visible_passes

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 26, 3, 20, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _now():
    _seen.cache_clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def station():
    return make_satellite(epoch=NOW - dt.timedelta(days=1))


def section(language="en", now=NOW, **asked):
    """(context, status) of what was asked for."""
    with translation.override(language):
        context, status = pass_section(asked, language, now)
    return context["passes"], status


def read(client, query="", path="/space-tracker/", status=200):
    response = client.get(path + query)
    assert response.status_code == status
    return Reading(response.content.decode())


def rows(page):
    """The attributes of each <time> of the table that the server filled: five a row."""
    times = [
        attributes["datetime"] for name, attributes in page.tags if name == "time" and "data-rel" not in attributes
    ]
    return [one for one in times if one]


# What stands there


def test_without_a_question_it_is_the_station_over_zagreb(client, station):
    page = read(client)
    assert "ISS (ZARYA)" in page.main
    assert "25544" in page.main
    answer, status = section()
    assert status == 200
    assert answer["satellite"] == station
    assert answer["city"] == "Zagreb"
    assert len(answer["rows"]) == MOST
    for row in answer["rows"]:
        assert row["rise"]["at"] in page_times(page)


def page_times(page):
    return {attributes.get("datetime") for name, attributes in page.tags if name == "time"}


def test_a_row_says_the_computed_pass_by_the_places_clock(station):
    answer, _ = section()
    computed = visible_passes(station, 45.813, 15.977, NOW, DAYS).passes
    for row, one in zip(answer["rows"], computed, strict=False):
        local = (one.rise.at + dt.timedelta(seconds=30)).astimezone(ZoneInfo("Europe/Zagreb"))
        assert row["rise"]["time"] == f"{local:%H:%M}"
        assert abs(dt.datetime.fromisoformat(row["rise"]["at"]) - one.rise.at) < dt.timedelta(seconds=1)
        assert row["rise"]["direction"] == direction(one.rise.azimuth)
        assert row["set"]["direction"] == direction(one.set.azimuth)
        assert row["culmination"]["elevation"] == round(one.culmination.elevation)
        assert row["visible_from"]["time"] <= row["visible_until"]["time"]
        assert row["date"] == f"{local:%a} {local.day} {local:%b}"
    assert answer["offset"] == "UTC+1"


def test_the_date_is_that_of_the_time_beside_it(station, monkeypatch):
    """Twenty seconds before midnight the nearest minute is 00:00 of the next day."""
    rise, *later = (Moment(NOW.replace(hour=22, minute=59, second=40 + more), 0.0, 10.0) for more in range(3))
    one = Pass(rise, *later, rise.at, later[1].at)
    monkeypatch.setattr(pass_page, "_seen", lambda *_asked: Seen((one,)))
    [row] = section()[0]["rows"]
    assert (row["date"], row["rise"]["time"]) == ("Fri 27 Nov", "00:00")


def test_the_bar_is_as_long_as_the_pass_is_high(client, station):
    answer, _ = section()
    bars = [
        attributes["width"]
        for name, attributes in read(client).tags
        if name == "rect" and attributes.get("data-part") == "bar"
    ]
    # The last is that of the empty row.
    assert bars == [str(row["culmination"]["elevation"]) for row in answer["rows"]] + ["0"]


@pytest.mark.parametrize(
    ("place", "offset"),
    [
        ("new-delhi", "UTC+5:30"),
        ("honolulu", "UTC−10"),
        ("london", "UTC"),
        ("sydney", "UTC+11"),
        ("sao-paulo", "UTC−3"),
    ],
)
def test_the_offset_of_the_places_clock_is_said(station, place, offset):
    assert section(place=place)[0]["offset"] == offset


def test_both_offsets_are_said_where_the_clocks_change(client):
    october = dt.datetime(2026, 10, 21, 12, tzinfo=dt.UTC)
    make_satellite(epoch=october, ascending_node=200.0)
    answer, _ = section(now=october)
    assert answer["offset"] == "UTC+2, UTC+1"


def test_what_is_asked_for_is_kept_in_the_form(client, station):
    page = read(client, "?satellite=25544&place=split")
    fields = {attributes.get("name"): attributes for name, attributes in page.tags if name in ("input", "select")}
    assert fields["satellite"]["value"] == "25544"
    chosen = [attributes["value"] for name, attributes in page.tags if name == "option" and "selected" in attributes]
    assert chosen == ["split"]
    assert "Split" in page.main


def test_one_parameter_alone_is_a_question(station):
    make_satellite(20580, name="HST", epoch=NOW)
    assert section(place="osijek")[0]["satellite"] == station
    assert section(place="osijek")[0]["city"] == "Osijek"
    assert section(satellite="20580")[0]["satellite"].name == "HST"
    assert section(satellite="20580")[0]["city"] == "Zagreb"


def test_in_croatian(client, station):
    page = read(client, "?satellite=25544&place=vienna", "/hr/space-tracker/")
    assert "Beč" in page.main
    assert section("hr", place="vienna")[0]["city"] == "Beč"


# Which satellite


@pytest.mark.parametrize("typed", ["25544", "ISS (ZARYA)", "iss (zarya)", "zarya", "  Zarya "])
def test_a_satellite_is_found_by_its_number_or_name(station, typed):
    make_satellite(20580, name="HST", epoch=NOW)
    assert section(satellite=typed)[0]["satellite"] == station


def test_a_whole_name_is_meant_before_a_part(station):
    make_satellite(20580, name="ISS (ZARYA) DEB", epoch=NOW)
    assert section(satellite="ISS (Zarya)")[0]["satellite"] == station


def test_a_number_is_meant_before_a_name(station):
    make_satellite(20580, name="COSMOS 25544", epoch=NOW)
    assert section(satellite="25544")[0]["satellite"] == station
    assert section(satellite="cosmos 25544")[0]["satellite"].number == 20580


def test_several_of_that_name_are_offered(client, station):
    make_satellite(49044, name="ISS (NAUKA)", epoch=NOW)
    make_satellite(20580, name="HST", epoch=NOW)
    answer, status = section(satellite="ISS", place="split")
    assert status == 200
    assert [one["name"] for one in answer["choices"]] == ["ISS (NAUKA)", "ISS (ZARYA)"]
    assert answer["choices"][0]["path"] == "/space-tracker/?satellite=49044&place=split#passes"
    assert not answer["has_more"]
    assert "rows" not in answer
    page = read(client, "?satellite=ISS&place=split")
    assert "Several satellites match “ISS”." in page.main
    links = [
        attributes["href"]
        for name, attributes in page.tags
        if name == "a" and "&place=split#passes" in attributes["href"]
    ]
    assert links == [one["path"] for one in answer["choices"]]
    assert "ISS (NAUKA)" in read(client, links[0].removeprefix("/space-tracker/").partition("#")[0]).main


def test_of_many_a_few_are_offered(client):
    for number in range(CHOICES + 3):
        make_satellite(44000 + number, name=f"SHELL {number:02}", epoch=NOW)
    answer, _ = section(satellite="shell")
    assert len(answer["choices"]) == CHOICES
    assert answer["has_more"]
    assert "There are more." in read(client, "?satellite=shell").main


def test_links_of_the_croatian_page_lead_to_it(station):
    make_satellite(49044, name="ISS (NAUKA)", epoch=NOW)
    assert section("hr", satellite="ISS")[0]["choices"][0]["path"].startswith("/hr/space-tracker/?")


@pytest.mark.parametrize("typed", ["SPUTNIK", "99999", "99999999999999999999", "٢٥٥٤٤", "%", "_", "100%"])
def test_none_of_that_name_is_a_sentence(client, station, typed):
    page = read(client, "?satellite=" + typed.replace("%", "%25"))
    assert f"No satellite here has the name or number “{typed}”." in page.main
    assert "ISS (ZARYA)" not in page.main


def test_what_was_typed_is_never_markup(client, station):
    html = client.get("/space-tracker/", {"satellite": "<b>{name}</b>"}).content.decode()
    assert "<b>{name}" not in html
    assert "“&lt;b&gt;{name}&lt;/b&gt;”" in html


def test_nothing_known_is_said(client, db):
    assert "No element sets yet." in read(client).main
    assert "No element sets yet." in read(client, "?satellite=25544&place=zagreb").main
    assert section(place="split")[1] == 200


def test_without_the_station_the_first_there_is(db):
    make_satellite(20580, name="HST", epoch=NOW)
    make_satellite(43013, name="NOAA 20", epoch=NOW)
    assert section()[0]["satellite"].name == "HST"


# What cannot be read


@pytest.mark.parametrize(
    ("query", "sentence", "field"),
    [
        ("?satellite=&place=split", "Type a satellite’s name or its catalogue number.", "satellite"),
        ("?satellite=+++", "Type a satellite’s name or its catalogue number.", "satellite"),
        (f"?satellite={'x' * 81}", "This name is too long: type at most 80 characters.", "satellite"),
        ("?satellite=25544&place=atlantis", "This place is not in the list. Choose one from it.", "place"),
        ("?place=atlantis", "This place is not in the list. Choose one from it.", "place"),
        ("?satellite=25544&place=", "Choose a place from the list.", "place"),
    ],
)
def test_a_bad_question_is_answered_at_its_field(client, station, query, sentence, field):
    page = read(client, query, status=400)
    assert sentence in page.main
    assert "Space Tracker" in page.main
    wrong = [attributes for name, attributes in page.tags if attributes.get("aria-invalid")]
    assert [attributes["name"] for attributes in wrong] == [field]
    assert wrong[0]["aria-describedby"] == f"error-{field}"
    hidden = {
        attributes["id"]: "hidden" in attributes for _, attributes in page.tags if "error-" in attributes.get("id", "")
    }
    assert hidden == {"error-satellite": field != "satellite", "error-place": field != "place"}
    assert not rows(page)


def test_a_bad_question_keeps_what_was_typed(client, station):
    page = read(client, f"?satellite={'x' * 81}&place=atlantis", status=400)
    values = [attributes.get("value") for name, attributes in page.tags if name in ("input", "option")]
    assert "x" * 81 in values
    chosen = [attributes["value"] for name, attributes in page.tags if name == "option" and "selected" in attributes]
    assert chosen == ["atlantis"]


def test_a_null_byte_is_refused(client, station):
    response = client.get("/space-tracker/", {"satellite": "a\0b"})
    assert response.status_code == 400


def test_a_question_to_an_empty_house_is_judged_too(client, db):
    assert section(place="atlantis")[1] == 400
    assert section(satellite="")[1] == 400


# How old the elements are


def test_stale_elements_are_computed_with_a_warning(client):
    make_satellite(epoch=NOW - dt.timedelta(days=STALE_DAYS, hours=1))
    answer, _ = section()
    assert answer["notes"] == [
        "The elements of ISS (ZARYA) are of 19 Nov 2026, more than 7 days old: a pass may come minutes early or late."
    ]
    assert answer["rows"]
    make_satellite(20580, name="HST", epoch=NOW - dt.timedelta(days=STALE_DAYS, hours=-1))
    assert section(satellite="HST")[0]["notes"] == []


def test_from_lost_elements_nothing_is_computed(client):
    make_satellite(epoch=NOW - dt.timedelta(days=LOST_DAYS, hours=1))
    answer, status = section()
    assert status == 200
    assert answer["notes"] == [
        "The elements of ISS (ZARYA) are of 27 Oct 2026, more than 30 days old: no pass is computed from them."
    ]
    assert "rows" not in answer
    assert _seen.cache_info().misses == 0
    assert not rows(read(client))
    make_satellite(20580, name="HST", epoch=NOW - dt.timedelta(days=LOST_DAYS, hours=-1))
    assert section(satellite="HST")[0]["rows"]


def test_the_sentences_say_the_bounds_that_hold():
    assert f"{STALE_DAYS} days" in str(SENTENCES["stale"])
    assert f"{LOST_DAYS} days" in str(SENTENCES["lost"])
    assert all(f"{DAYS} days" in str(SENTENCES[key]) for key in ("demo", "unseen", "never", "fallen"))


@pytest.fixture
def demo():
    epoch = dt.datetime(2006, 6, 26, 19, 40, tzinfo=dt.UTC)
    return make_satellite(
        28057, name="CBERS 2", epoch=epoch, is_demo=True, mean_motion=14.35, inclination=98.4, ascending_node=247.0
    )


def test_a_set_of_the_demo_is_the_past_and_says_so(client, demo):
    make_satellite(5, name="VANGUARD 1", epoch=demo.epoch, is_demo=True)
    answer, status = section()
    assert status == 200
    assert answer["satellite"] == demo
    assert answer["notes"][0].startswith(
        "This is the past: the elements of CBERS 2 are a published test set of 26 Jun 2006"
    )
    assert answer["rows"]
    for row in answer["rows"]:
        at = dt.datetime.fromisoformat(row["rise"]["at"])
        assert dt.timedelta() <= at - demo.epoch < dt.timedelta(days=DAYS)
        assert row["date"].endswith(" 2006")
    assert answer["offset"] == "UTC+2"
    page = read(client)
    assert "This is the past" in page.main
    assert answer["rows"][0]["date"] in page.main


def test_real_elements_take_the_place_of_the_demos(demo):
    make_satellite(20580, name="HST", epoch=NOW)
    assert section()[0]["satellite"].name == "HST"
    assert section(satellite="28057")[0]["notes"][0].startswith("No satellite here")


def test_the_demos_own_first_satellite_passes_visibly_over_zagreb():
    """The published set of CBERS 2 itself, which the demo brings."""
    row = published_sets()[FIRST[1]]
    assert len(visible_passes(row, CITIES[HOME].latitude, CITIES[HOME].longitude, row.epoch, DAYS).passes) >= MOST


# No pass


def test_it_never_rises_there(client, station):
    page = read(client, "?satellite=25544&place=tromso")
    assert "ISS (ZARYA) never rises here" in page.main
    assert not rows(page)


def test_it_never_sets_there(client):
    make_satellite(36516, name="RELAY", epoch=NOW, **GEOSTATIONARY | {"mean_anomaly": 110.2231 + _to_zagreb()})
    page = read(client, "?satellite=RELAY")
    assert "RELAY is always above the horizon here" in page.main
    assert not rows(page)


def _to_zagreb():
    """Degrees by which the geostationary orbit has to be turned to stand over our longitude."""
    from tests.tracker.sets import a_satellite
    from tracker.propagating import position, satrec

    return 15.977 - position(satrec(a_satellite(epoch=NOW, **GEOSTATIONARY)), NOW).longitude


def test_it_passes_by_day_alone(client):
    june = dt.datetime(2026, 6, 21, tzinfo=dt.UTC)
    make_satellite(epoch=june, inclination=98.2, mean_motion=14.57)
    answer, _ = section(now=june, place="tromso")
    assert answer["notes"] == ["No visible pass in these 10 days: it crosses only in daylight or in Earth’s shadow."]
    assert answer["rows"] == []


def test_it_has_come_down(client):
    make_satellite(epoch=NOW, mean_motion=16.4, bstar=0.1)
    assert "It may have come down." in read(client).main


# Its cost


def test_one_answer_is_computed_once_an_hour(station):
    for minute in (0, 10, 39):
        section(now=NOW + dt.timedelta(minutes=minute))
    assert (_seen.cache_info().misses, _seen.cache_info().hits) == (1, 2)
    section(now=NOW + dt.timedelta(minutes=40))
    assert _seen.cache_info().misses == 2


def test_new_elements_and_other_places_are_computed(station):
    section()
    section(place="split")
    station.mean_anomaly += 1
    station.save()
    section()
    assert _seen.cache_info().misses == 3


def test_a_pass_that_is_over_within_the_hour_leaves_the_table(station):
    first = visible_passes(station, 45.813, 15.977, NOW, DAYS).passes[0]
    hour = first.visible_until.replace(minute=0, second=0, microsecond=0)
    assert section(now=hour)[0]["rows"][0]["rise"]["at"] == first.rise.at.isoformat(timespec="seconds")
    after = section(now=first.visible_until + dt.timedelta(seconds=1))[0]["rows"]
    assert after[0]["rise"]["at"] > first.set.at.isoformat(timespec="seconds")
    assert len(after) == MOST


def test_queries(station, django_assert_num_queries):
    for number in range(20):
        make_satellite(44000 + number, name=f"SHELL {number:02}", epoch=NOW)
    for asked in ({}, {"satellite": "25544"}, {"satellite": "shell"}, {"place": "split"}):
        with django_assert_num_queries(1):
            section(**asked)
    with django_assert_num_queries(2):
        section(satellite="SPUTNIK")
    Satellite.objects.filter(number=25544).delete()
    with django_assert_num_queries(2):
        section()
    with django_assert_num_queries(0):
        section(satellite="", place="split")


# What the browser takes from the page


def test_the_browser_finds_its_words_and_places(client, station):
    page = read(client)
    by_id = {attributes["id"]: attributes for _, attributes in page.tags if "id" in attributes}
    assert by_id["passes"]["data-directions"].split() == [str(one) for one in DIRECTIONS]
    assert (by_id["passes"]["data-days"], by_id["passes"]["data-most"]) == (str(DAYS), str(MOST))
    keys = [attributes["data-key"] for name, attributes in page.tags if name == "p" and "data-key" in attributes]
    assert keys == [*SENTENCES, *HERE]
    options = [attributes for name, attributes in page.tags if name == "option" and "data-zone" in attributes]
    assert [option["value"] for option in options] == list(CITIES)
    zagreb = next(option for option in options if option["value"] == "zagreb")
    assert (zagreb["data-latitude"], zagreb["data-longitude"], zagreb["data-zone"]) == (
        "45.813",
        "15.977",
        "Europe/Zagreb",
    )
    assert {"pass-row", "pass-sentences", "pass-rows", "pass-notes", "pass-offset", "pass-table"} <= set(by_id)
    assert "hidden" in by_id["pass-here"]


def test_croatian_figures_are_figures_to_the_browser(client, station):
    page = read(client, path="/hr/space-tracker/")
    zagreb = next(attributes for name, attributes in page.tags if attributes.get("value") == "zagreb")
    assert zagreb["data-latitude"] == "45.813"


def test_the_compass():
    assert [direction(azimuth) for azimuth in (0, 11, 12, 45, 90, 180, 270, 337.5, 348, 349, 359.9)] == (
        ["N", "N", "NNE", "NE", "E", "S", "W", "NNW", "NNW", "N", "N"]
    )


def test_cities_stand_in_the_order_of_the_language(station):
    ours, europe, _world = ([name for _city, name in cities] for _part, cities in section("hr")[0]["parts"])
    assert ours[:2] == ["Zagreb", "Split"]
    assert [*europe[:3], *europe[-2:]] == ["Atena", "Beč", "Beograd", "Tromsø", "Varšava"]
    at = europe.index("London")
    assert europe[at - 1 : at + 2] == ["Lisabon", "London", "Ljubljana"]


def test_the_cities():
    assert next(iter(CITIES)) == HOME == "zagreb"
    assert 40 <= len(CITIES) == sum(len(cities) for _, cities in PARTS)
    for city in CITIES.values():
        assert city.names.keys() == {"en", "hr"}
        assert abs(city.latitude) < 80
        # The clock is not far from the Sun's.
        hours = timezone.now().astimezone(ZoneInfo(city.zone)).utcoffset() / dt.timedelta(hours=1)
        assert math.isclose(hours, city.longitude / 15, abs_tol=2.7), city.key
