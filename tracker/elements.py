"""Element sets as CelesTrak sends them (OMM in JSON or CSV): every record is looked at before it is believed.

A record that will not do is named with the reason, and costs nothing but itself. Reasons are kept as English sentences
and translated where they are shown.
"""

import csv
import datetime as dt
import io
import json
import re
from itertools import islice

from django.utils.translation import gettext_noop as _

from newsroom.text import clean_line

from .models import Satellite
from .propagating import position, satrec

# Three times what there is around the Earth: each bad one of millions would be named.
MOST_RECORDS = 100_000
FARTHEST_AHEAD = dt.timedelta(days=3)
FIRST_SATELLITE = dt.datetime(1957, 10, 4, tzinfo=dt.UTC)
# As other formats of CelesTrak and other sources state them; where they are not said, they hold.
STATED = [
    ("TIME_SYSTEM", "UTC", _("Its times are not in UTC.")),
    ("REF_FRAME", "TEME", _("Its frame is not TEME.")),
    ("CENTER_NAME", "EARTH", _("It does not move around the Earth.")),
    ("MEAN_ELEMENT_THEORY", "SGP4", _("Its elements are not made for SGP4.")),
]
FOR_ANOTHER_THEORY = 4  # EPHEMERIS_TYPE of SGP4-XP
# Field, key, from, to (both allowed), and what is said where the value is no such number.
NUMBERS = [
    ("mean_motion", "MEAN_MOTION", 0.01, 19.99, _("The mean motion is not a number of revolutions a day below 20.")),
    ("eccentricity", "ECCENTRICITY", 0, 0.9999999, _("The eccentricity is not a number from 0 to below 1.")),
    ("inclination", "INCLINATION", 0, 180, _("The inclination is not a number from 0 to 180 degrees.")),
    ("ascending_node", "RA_OF_ASC_NODE", 0, 360, _("The ascending node is not a number from 0 to 360 degrees.")),
    (
        "argument_of_perigee",
        "ARG_OF_PERICENTER",
        0,
        360,
        _("The argument of perigee is not a number from 0 to 360 degrees."),
    ),
    ("mean_anomaly", "MEAN_ANOMALY", 0, 360, _("The mean anomaly is not a number from 0 to 360 degrees.")),
    ("bstar", "BSTAR", -100, 100, _("The drag term is not a number from -100 to 100.")),
]
# SGP4 does without them.
DERIVATIVES = [
    ("mean_motion_dot", "MEAN_MOTION_DOT", _("The change of the mean motion is not a number from -100 to 100.")),
    (
        "mean_motion_ddot",
        "MEAN_MOTION_DDOT",
        _("The second change of the mean motion is not a number from -100 to 100."),
    ),
]
NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)
EPOCH = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z?", re.ASCII)
DESIGNATOR = re.compile(r"\d{4}-\d{3}[A-Z]{1,3}", re.ASCII)


class BadRecord(ValueError):
    """Says why, in a sentence."""


def read_records(body, content_type):
    """The records of an answer, not looked at yet. ValueError says why it has none."""
    text = body.decode("utf-8-sig").strip()  # UnicodeDecodeError is a ValueError
    if text.startswith("["):
        records = _of_json(text)
    elif "NORAD_CAT_ID" in text.partition("\n")[0]:
        records = _of_csv(text)
    elif text:
        beginning = " ".join(text[:150].split())
        raise ValueError(f"Neither JSON nor CSV ({content_type or 'no type'}): {beginning}")
    else:
        raise ValueError("The answer is empty.")
    if len(records) > MOST_RECORDS:
        raise ValueError(f"More than {MOST_RECORDS} records.")
    return records


def good_and_bad(records, now):
    """({number: Satellite, not saved}, [{"record", "reason"}]). Of two sets of one object the newer is taken."""
    good, problems = {}, []
    for record in records:
        try:
            row = satellite(record, now)
        except BadRecord as bad:
            problems.append({"record": _named(record), "reason": str(bad)})
        else:
            if row.number not in good or good[row.number].epoch < row.epoch:
                good[row.number] = row
    return good, problems


def satellite(record, now):
    """A Satellite, not saved, or BadRecord."""
    if not isinstance(record, dict):
        raise BadRecord(_("It is not a record with names and values."))
    _check_what_is_stated(record)
    row = Satellite(
        number=_catalogue_number(record.get("NORAD_CAT_ID")),
        name=_name(record.get("OBJECT_NAME")),
        designator=_designator(record.get("OBJECT_ID")),
        epoch=_epoch(record.get("EPOCH"), now),
        fetched_at=now,
        **{field: _number(record.get(key), low, high, said) for field, key, low, high, said in NUMBERS},
        **{field: _number(record.get(key) or 0, -100, 100, said) for field, key, said in DERIVATIVES},
    )
    if position(satrec(row), row.epoch) is None:
        raise BadRecord(_("SGP4 finds no place for it, not even at its own epoch."))
    return row


def _of_json(text):
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"JSON that cannot be read: {error}") from error


def _of_csv(text):
    try:
        rows = filter(None, csv.reader(io.StringIO(text, newline=""), strict=True))
        names, *lines = islice(rows, MOST_RECORDS + 2)
    except csv.Error as error:
        raise ValueError(f"CSV that cannot be read: {error}") from error
    # A line with more or fewer values than there are names is no record: nobody can say which of them is missing.
    return [dict(zip(names, line, strict=True)) if len(line) == len(names) else ",".join(line) for line in lines]


def _named(record):
    """Number and name, whatever they are."""
    texts = [record.get("NORAD_CAT_ID"), record.get("OBJECT_NAME")] if isinstance(record, dict) else [record]
    return clean_line(" ".join(str(text)[:100] for text in texts if text is not None))


def _check_what_is_stated(record):
    for key, expected, said in STATED:
        if record.get(key) not in (None, "", expected):
            raise BadRecord(said)
    if str(record.get("EPHEMERIS_TYPE")) == str(FOR_ANOTHER_THEORY):
        raise BadRecord(_("Its elements are not made for SGP4."))


def _catalogue_number(value):
    text = str(value) if isinstance(value, (int, str)) else ""
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) == 0:
        raise BadRecord(_("The catalogue number is not a number of one to nine digits."))
    return int(text)


def _name(value):
    name = " ".join(value.split()) if isinstance(value, str) else ""
    if not name:
        raise BadRecord(_("It has no name."))
    if len(name) > 80 or not name.isprintable():
        raise BadRecord(_("The name is longer than 80 characters, or has characters that cannot be printed."))
    return name


def _designator(value):
    """Of an object that has none yet, some give a stand-in: that is left out."""
    return value if isinstance(value, str) and DESIGNATOR.fullmatch(value) else ""


def _epoch(value, now):
    try:
        if not isinstance(value, str) or not EPOCH.fullmatch(value):
            raise ValueError
        epoch = dt.datetime.fromisoformat(value.removesuffix("Z")).replace(tzinfo=dt.UTC)
    except ValueError:
        raise BadRecord(_("The epoch is not a time like 2026-11-26T03:15:00.123456.")) from None
    if epoch < FIRST_SATELLITE:
        raise BadRecord(_("The epoch lies before the first satellite."))
    if epoch > now + FARTHEST_AHEAD:
        raise BadRecord(_("The epoch lies more than three days ahead."))
    return epoch


def _number(value, low, high, said):
    """CSV has them as text, and so have some sources' JSON."""
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:  # nor "not a number"
        raise BadRecord(said)
    return float(value)
