"""Records as CelesTrak sends them: what is taken, and with which sentence each bad one is left out."""

import datetime as dt
import json

import pytest

from tracker.elements import MOST_RECORDS, good_and_bad, read_records

from .space_server import as_csv, omm

NOW = dt.datetime(2026, 11, 26, 3, tzinfo=dt.UTC)


def taken(record):
    good, problems = good_and_bad([record], NOW)
    assert problems == []
    [row] = good.values()
    return row


def reason(record):
    good, problems = good_and_bad([record], NOW)
    assert good == {}
    [problem] = problems
    return problem["reason"]


def test_every_field_of_a_good_record():
    row = taken(omm())
    assert (row.number, row.name, row.designator) == (25544, "ISS (ZARYA)", "1998-067A")
    assert row.epoch == dt.datetime(2026, 11, 25, 18, 21, 7, 123456, tzinfo=dt.UTC)
    assert (row.mean_motion, row.eccentricity, row.inclination) == (15.49512345, 0.0004231, 51.6412)
    assert (row.ascending_node, row.argument_of_perigee, row.mean_anomaly) == (247.4627, 130.536, 325.0288)
    assert (row.bstar, row.mean_motion_dot, row.mean_motion_ddot) == (0.00028098, 0.00015, 0)
    assert not row.is_demo


def test_numbers_as_text_are_numbers_too():
    plain = taken(omm())
    texts = {key: str(value) for key, value in omm().items()}
    row = taken(texts | {"BSTAR": ".28098E-3", "MEAN_MOTION_DDOT": ""})
    for field in ("number", "epoch", "mean_motion", "inclination", "bstar", "mean_motion_ddot"):
        assert getattr(row, field) == getattr(plain, field)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"NORAD_CAT_ID": None}, "The catalogue number is not a number of one to nine digits."),
        ({"NORAD_CAT_ID": 0}, "The catalogue number is not a number of one to nine digits."),
        ({"NORAD_CAT_ID": -5}, "The catalogue number is not a number of one to nine digits."),
        ({"NORAD_CAT_ID": 25544.5}, "The catalogue number is not a number of one to nine digits."),
        ({"NORAD_CAT_ID": True}, "The catalogue number is not a number of one to nine digits."),
        ({"NORAD_CAT_ID": "A5544"}, "The catalogue number is not a number of one to nine digits."),
        ({"NORAD_CAT_ID": "٢٥٥٤٤"}, "The catalogue number is not a number of one to nine digits."),
        ({"NORAD_CAT_ID": 1_000_000_000}, "The catalogue number is not a number of one to nine digits."),
        ({"OBJECT_NAME": None}, "It has no name."),
        ({"OBJECT_NAME": "  "}, "It has no name."),
        ({"OBJECT_NAME": 25544}, "It has no name."),
        (
            {"OBJECT_NAME": "x" * 81},
            "The name is longer than 80 characters, or has characters that cannot be printed.",
        ),
        (
            {"OBJECT_NAME": "ISS\u202eARYAZ"},
            "The name is longer than 80 characters, or has characters that cannot be printed.",
        ),
        (
            {"OBJECT_NAME": "ISS\ud800"},
            "The name is longer than 80 characters, or has characters that cannot be printed.",
        ),
        ({"EPOCH": None}, "The epoch is not a time like 2026-11-26T03:15:00.123456."),
        ({"EPOCH": 20261126}, "The epoch is not a time like 2026-11-26T03:15:00.123456."),
        ({"EPOCH": "2026-11-26"}, "The epoch is not a time like 2026-11-26T03:15:00.123456."),
        ({"EPOCH": "2026-02-30T00:00:00"}, "The epoch is not a time like 2026-11-26T03:15:00.123456."),
        ({"EPOCH": "2026-11-25T00:00:00+02:00"}, "The epoch is not a time like 2026-11-26T03:15:00.123456."),
        ({"EPOCH": "1957-10-03T23:59:59"}, "The epoch lies before the first satellite."),
        ({"EPOCH": "0000-01-01T00:00:00"}, "The epoch is not a time like 2026-11-26T03:15:00.123456."),
        ({"EPOCH": "2026-11-29T03:00:00.000001"}, "The epoch lies more than three days ahead."),
        ({"MEAN_MOTION": 0}, "The mean motion is not a number of revolutions a day below 20."),
        ({"MEAN_MOTION": 20}, "The mean motion is not a number of revolutions a day below 20."),
        ({"MEAN_MOTION": "NaN"}, "The mean motion is not a number of revolutions a day below 20."),
        ({"MEAN_MOTION": float("nan")}, "The mean motion is not a number of revolutions a day below 20."),
        ({"MEAN_MOTION": "1_5"}, "The mean motion is not a number of revolutions a day below 20."),
        ({"MEAN_MOTION": "١٥.٥"}, "The mean motion is not a number of revolutions a day below 20."),
        ({"MEAN_MOTION": True}, "The mean motion is not a number of revolutions a day below 20."),
        ({"MEAN_MOTION": None}, "The mean motion is not a number of revolutions a day below 20."),
        ({"MEAN_MOTION": [15.5]}, "The mean motion is not a number of revolutions a day below 20."),
        ({"MEAN_MOTION": 10**400}, "The mean motion is not a number of revolutions a day below 20."),
        ({"ECCENTRICITY": 1}, "The eccentricity is not a number from 0 to below 1."),
        ({"ECCENTRICITY": -0.1}, "The eccentricity is not a number from 0 to below 1."),
        ({"INCLINATION": 180.1}, "The inclination is not a number from 0 to 180 degrees."),
        ({"RA_OF_ASC_NODE": 360.1}, "The ascending node is not a number from 0 to 360 degrees."),
        ({"ARG_OF_PERICENTER": -1}, "The argument of perigee is not a number from 0 to 360 degrees."),
        ({"MEAN_ANOMALY": "east"}, "The mean anomaly is not a number from 0 to 360 degrees."),
        ({"BSTAR": float("inf")}, "The drag term is not a number from -100 to 100."),
        ({"BSTAR": "1e999"}, "The drag term is not a number from -100 to 100."),
        ({"MEAN_MOTION_DOT": "x"}, "The change of the mean motion is not a number from -100 to 100."),
        ({"MEAN_MOTION_DDOT": -101}, "The second change of the mean motion is not a number from -100 to 100."),
        ({"TIME_SYSTEM": "GPS"}, "Its times are not in UTC."),
        ({"REF_FRAME": "J2000"}, "Its frame is not TEME."),
        ({"CENTER_NAME": "MARS"}, "It does not move around the Earth."),
        ({"MEAN_ELEMENT_THEORY": ["SGP4"]}, "Its elements are not made for SGP4."),
        ({"EPHEMERIS_TYPE": 4}, "Its elements are not made for SGP4."),
        ({"ECCENTRICITY": 0.9, "MEAN_MOTION": 16.5}, "SGP4 finds no place for it, not even at its own epoch."),
    ],
)
def test_each_refusal_says_why(fields, expected):
    assert reason(omm(**fields)) == expected


@pytest.mark.parametrize("record", [None, 5, "ISS", [], [omm()]])
def test_what_is_no_record(record):
    assert reason(record) == "It is not a record with names and values."


@pytest.mark.parametrize(
    "fields",
    [
        {"EPOCH": "2026-11-29T03:00:00"},
        {"EPOCH": "1957-10-04T19:26:24"},
        {"NORAD_CAT_ID": 999_999_999},
        {"OBJECT_NAME": "x" * 80},
        {"RA_OF_ASC_NODE": 0, "ARG_OF_PERICENTER": 360, "MEAN_ANOMALY": 0, "INCLINATION": 180},
        {"BSTAR": -0.5},
        {"MEAN_MOTION_DOT": None, "MEAN_MOTION_DDOT": None},
        {"TIME_SYSTEM": "UTC", "REF_FRAME": "TEME", "CENTER_NAME": "EARTH", "MEAN_ELEMENT_THEORY": "SGP4"},
        {"EPHEMERIS_TYPE": "0"},
    ],
)
def test_what_is_still_good(fields):
    assert taken(omm(**fields))


@pytest.mark.parametrize(
    ("text", "microsecond"), [("07", 0), ("07.5", 500_000), ("07.123456Z", 123_456), ("07.123456789", 123_456)]
)
def test_an_epoch_has_as_many_decimals_as_it_likes(text, microsecond):
    assert taken(omm(EPOCH=f"2026-11-25T18:21:{text}")).epoch == dt.datetime(
        2026, 11, 25, 18, 21, 7, microsecond, tzinfo=dt.UTC
    )


@pytest.mark.parametrize("designator", ["", None, "UNKNOWN", "2019-???", 5, "x" * 400])
def test_an_unusual_designator_costs_nothing_but_itself(designator):
    assert taken(omm(OBJECT_ID=designator)).designator == ""


def test_bad_records_are_named_and_the_good_are_kept():
    records = [
        omm(1),
        omm(2, INCLINATION=999),
        "rubbish",
        omm(3),
        omm(4, NORAD_CAT_ID="4\x00", OBJECT_NAME="A\ud800\x00B"),
    ]
    good, problems = good_and_bad(records, NOW)
    assert sorted(good) == [1, 3]
    assert problems == [
        {"record": "2 TEST 2", "reason": "The inclination is not a number from 0 to 180 degrees."},
        {"record": "rubbish", "reason": "It is not a record with names and values."},
        {"record": "4 AB", "reason": "The catalogue number is not a number of one to nine digits."},
    ]


def test_a_reason_for_a_monster_stays_short():
    _good, problems = good_and_bad([omm(OBJECT_NAME="x" * 100_000), ["y" * 100_000]], NOW)
    assert [len(problem["record"]) <= 210 for problem in problems] == [True, True]


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_sets_of_one_object_the_newer_is_taken(turned):
    records = [omm(EPOCH="2026-11-25T00:00:00", BSTAR=0.1), omm(EPOCH="2026-11-25T00:00:00.000001", BSTAR=0.2)]
    good, _problems = good_and_bad(records[::-1] if turned else records, NOW)
    assert good[25544].bstar == 0.2


class TestReading:
    def test_json(self):
        assert read_records(json.dumps([omm(), omm(5)]).encode(), "application/json") == [omm(), omm(5)]

    def test_csv_says_the_same_as_json(self):
        records = read_records(b"\xef\xbb\xbf" + as_csv([omm(), omm(5)]).encode(), "text/csv")
        good, problems = good_and_bad(records, NOW)
        assert problems == []
        assert [row.name for row in good.values()] == ["ISS (ZARYA)", "TEST 5"]
        assert (good[25544].epoch, good[25544].bstar) == (taken(omm()).epoch, 0.00028098)

    @pytest.mark.parametrize("mutilate", [lambda line: line[:-40], lambda line: f"{line},5"])
    def test_a_line_of_csv_with_too_few_or_too_many_values(self, mutilate):
        *lines, last = as_csv([omm(), omm(5)]).strip().split("\r\n")
        good, problems = good_and_bad(read_records("\r\n".join([*lines, mutilate(last)]).encode(), "text/csv"), NOW)
        assert list(good) == [25544]
        assert [problem["reason"] for problem in problems] == ["It is not a record with names and values."]

    @pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
    def test_the_first_character_tells_what_it_is(self, kind):
        assert len(read_records(json.dumps([omm()]).encode(), kind)) == 1
        assert len(read_records(as_csv([omm()]).encode(), kind)) == 1

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            (b"", "The answer is empty."),
            (b"<html><h1>Maintenance</h1></html>", "Neither JSON nor CSV (text/html): <html><h1>Maintenance"),
            (b"No GP data found", "Neither JSON nor CSV (text/html): No GP data found"),
            (b'{"error": "x"}', 'Neither JSON nor CSV (text/html): {"error": "x"}'),
            (json.dumps([omm()]).encode()[:-30], "JSON that cannot be read: "),
            (b"[" * 200_000, "JSON that cannot be read: "),
            (b"[" + b"1" * 5000 + b"]", "JSON that cannot be read: "),
            (b"OBJECT_NAME,NORAD_CAT_ID\r\n" + b"x" * 200_000, "CSV that cannot be read: "),
            (b'OBJECT_NAME,NORAD_CAT_ID\r\n"ISS', "CSV that cannot be read: "),
            (b"\xff\xfe\x00", "'utf-8' codec can't decode"),
            (b"[" + b"0," * MOST_RECORDS + b"0]", "More than 100000 records."),
            (b"OBJECT_NAME,NORAD_CAT_ID\r\n" + b"1\n" * (MOST_RECORDS + 1), "More than 100000 records."),
        ],
    )
    def test_what_cannot_be_read(self, body, said):
        with pytest.raises(ValueError, match=r"\A.+") as caught:
            read_records(body, "text/html")
        assert str(caught.value).startswith(said)
