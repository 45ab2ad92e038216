"""Records of Launch Library 2: what is read, and every way in which one can be bad."""

import datetime as dt
import json

import pytest

from tests.tracker.launch_answers import answer, key, older, record
from tracker.launch_records import BadAnswer, read_page
from tracker.models import Launch

NOW = dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC)
PAD = record()["pad"]


def read(*records):
    return read_page(answer(*records), NOW)


def the_launch(given):
    page = read(given)
    assert page.problems == []
    (launch,) = page.launches
    return launch


@pytest.mark.parametrize("given", [record(), older()], ids=["2.3.0", "2.2.0"])
def test_a_record_is_read(given):
    launch = the_launch(given)
    assert str(launch.uuid) == key(1)
    assert (launch.name, launch.provider) == ("Test rocket | Test payload", "Test Launch Service")
    assert (launch.pad, launch.site) == ("Test pad 4", "Test Space Centre, French Guiana")
    assert (launch.latitude, launch.longitude) == (5.256, -52.7869)
    assert launch.net == launch.window_start == dt.datetime(2026, 11, 28, 22, 55, tzinfo=dt.UTC)
    assert launch.window_end == dt.datetime(2026, 11, 28, 23, 40, tzinfo=dt.UTC)
    assert launch.updated_at == dt.datetime(2026, 11, 25, 18, 4, 11, tzinfo=dt.UTC)
    assert (launch.status, launch.precision) == ("go", "exact")
    assert (launch.fetched_at, launch.withdrawn_at) == (NOW, None)


@pytest.mark.parametrize(("given", "wanted"), [(60, 60), (0, 0), (100, 100), (70.0, 70), (-1, None), (None, None)])
def test_a_probability_is_per_cent_or_unknown(given, wanted):
    assert the_launch(record(probability=given)).probability == wanted


@pytest.mark.parametrize(
    ("abbrev", "status"),
    [
        ("Go", "go"),
        ("TBC", "tbc"),
        ("TBD", "tbd"),
        ("Hold", "hold"),
        ("In Flight", "flight"),
        ("Success", "success"),
        ("Deployed", "success"),
        ("Failure", "failure"),
        ("Partial Failure", "partial"),
    ],
)
def test_each_status_is_known(abbrev, status):
    assert the_launch(record(status={"abbrev": abbrev})).status == status


@pytest.mark.parametrize(
    ("abbrev", "name", "precision"),
    [
        ("SEC", "Second", "exact"),
        ("MIN", "Minute", "exact"),
        ("HR", "Hour", "hour"),
        ("DAY", "Day", "day"),
        ("X1", "Morning", "day"),
        ("WK", "Week", "month"),
        ("M", "Month", "month"),
        ("MO", "", "month"),
        ("Q4", "Quarter 4", "later"),
        ("H1", "First half", "later"),
        ("Y", "Year", "later"),
        ("??", "Something new", "later"),
    ],
)
def test_how_exactly_the_time_is_known(abbrev, name, precision):
    assert the_launch(record(net_precision={"abbrev": abbrev, "name": name})).precision == precision


@pytest.mark.parametrize("given", [None, {}, [], "MIN", {"abbrev": 7}])
def test_without_a_word_on_it_a_day_is_all_that_is_claimed(given):
    assert the_launch(record(net_precision=given)).precision == "day"


def test_what_may_be_missing_is_left_empty():
    bare = record(launch_service_provider=None, window_start=None, window_end=None, last_updated=None, probability=None)
    bare["pad"] = {**PAD, "name": None}
    launch = the_launch(bare)
    assert (launch.provider, launch.pad) == ("", "")
    assert (launch.window_start, launch.window_end, launch.updated_at, launch.probability) == (None,) * 4


def test_a_time_of_another_zone_is_kept_in_utc():
    launch = the_launch(record(net="2026-11-28T23:55:00+01:00"))
    assert launch.net == dt.datetime(2026, 11, 28, 22, 55, tzinfo=dt.UTC)
    assert launch.net.utcoffset() == dt.timedelta(0)


def test_texts_become_one_clean_line():
    assert the_launch(record(name="  A\x00 rocket\ud800\n of <b>two</b> ")).name == "A rocket of <b>two</b>"


BAD = {
    "no key": (record(id=None), "key"),
    "a key of another kind": (record(id="12"), "key"),
    "a number as key": (record(id=12), "key"),
    "no name": (record(name=None), "name"),
    "an empty name": (record(name=" \x00 "), "name"),
    "a list as name": (record(name=["A"]), "no text"),
    "a name without end": (record(name="A" * 201), "too long"),
    "a name of a million signs": (record(name="A" + "\u0301\u0316" * 500_000), "too long"),
    "a provider without end": (record(launch_service_provider={"name": "A" * 201}), "too long"),
    "no status": (record(status=None), "status"),
    "an unknown status": (record(status={"abbrev": "Maybe"}), "status"),
    "a status that is no text": (record(status={"abbrev": {}}), "status"),
    "no time": (record(net=None), "no time"),
    "a time that is none": (record(net="soon"), "cannot be read"),
    "a time without a zone": (record(net="2026-11-28T22:55:00"), "cannot be read"),
    "a day that no calendar has": (record(net="2026-02-31T22:55:00Z"), "cannot be read"),
    "a time as number": (record(net=1795906500), "cannot be read"),
    "before any launch": (record(net="1902-01-01T00:00:00Z"), "cannot be read"),
    "at the end of all calendars": (record(net="9999-12-31T23:59:59-12:00"), "cannot be read"),
    "a window that is none": (record(window_start="soon"), "cannot be read"),
    "a window that ends first": (record(window_end="2026-11-28T22:54:59Z"), "before it begins"),
    "an unreadable last change": (record(last_updated="soon"), "cannot be read"),
    "no pad": (record(pad=None), "launch site"),
    "a pad that is a list": (record(pad=[PAD]), "launch site"),
    "no site": (record(pad={**PAD, "location": None}), "launch site"),
    "too far north": (record(pad={**PAD, "latitude": 90.01}), "position"),
    "too far west": (record(pad={**PAD, "longitude": "-180.5"}), "position"),
    "no position": (record(pad={**PAD, "latitude": None}), "position"),
    "an empty position": (record(pad={**PAD, "longitude": ""}), "position"),
    "a position that is no number": (record(pad={**PAD, "latitude": float("nan")}), "position"),
    "an endless position": (record(pad={**PAD, "longitude": float("inf")}), "position"),
    "true as a position": (record(pad={**PAD, "latitude": True}), "position"),
    "more than certain": (record(probability=101), "probability"),
    "less than unknown": (record(probability=-2), "probability"),
    "a probability in words": (record(probability="60"), "probability"),
    "true as probability": (record(probability=True), "probability"),
    "a word": ("Go", "key"),
    "nothing": (None, "key"),
    "a list": ([record()], "key"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_record_is_reported_and_the_others_are_kept(name):
    given, word = BAD[name]
    page = read(record(2), given, record(3))
    assert [str(launch.uuid) for launch in page.launches] == [key(2), key(3)]
    (problem,) = page.problems
    assert word in problem["reason"]
    json.dumps(page.problems).encode("utf-8")


def test_a_report_says_which_record_it_was():
    (problem,) = read(record(5, net="soon", name="Lunar\x00 sampler")).problems
    assert problem["record"] == f"{key(5)} Lunar sampler"
    (problem,) = read(record(5, net="soon", name="A" * 5000)).problems
    assert len(problem["record"]) <= 200


def test_a_bad_record_is_still_named_by_the_source():
    page = read(record(1), record(2, net="soon"))
    assert {str(uuid) for uuid in page.named} == {key(1), key(2)}
    assert not page.is_unsure


def test_a_bad_record_without_a_key_makes_all_unsure():
    assert read(record(1), record(id=None)).is_unsure


def test_a_record_that_comes_twice_is_one_launch():
    page = read(record(1, name="Before"), record(1, name="After"))
    assert [launch.name for launch in page.launches] == ["After"]


def test_the_next_page_is_told():
    assert read_page(answer(record(), following="https://x.example/?offset=50"), NOW).next_address.endswith("offset=50")
    assert read_page(answer(record(), following=7), NOW).next_address == ""
    assert read(record()).next_address == ""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Down for maintenance</html>",
        answer(record())[:-40],
        b"[]",
        b"7",
        b"null",
        b"{}",
        b'{"results": {}}',
        b'{"detail": "Request was throttled."}',
        b"\xff\xfe\x00",
        b'{"results": ' + b"[" * 200_000,
        b'{"results": [' + b"9" * 5000 + b"]}",
        b'{"results": [' + b"0," * 1000 + b"0]}",
    ],
    ids=[
        *(
            "empty",
            "html",
            "cut",
            "list",
            "number",
            "null",
            "object",
            "results",
            "throttled",
            "bytes",
            "deep",
            "digits",
        ),
        "crowd",
    ],
)
def test_what_is_no_answer_of_this_source_is_refused_as_a_whole(body):
    with pytest.raises(BadAnswer):
        read_page(body, NOW)


def test_every_launch_that_is_read_can_be_stored(db):
    rows = [record(number, net=f"2026-12-{number:02}T00:00:00Z", window_start=None) for number in range(1, 20)]
    Launch.objects.bulk_create(read(*rows).launches)
    assert Launch.objects.count() == 19
