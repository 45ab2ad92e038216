"""Reads what Launch Library 2 answers, 2.3.0 or 2.2.0: each record is checked by itself, and a bad one is named.

Reasons are whole sentences in English, stored as they are and translated where they are shown.
"""

import datetime as dt
import json
import math
import uuid
from typing import NamedTuple

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_noop

from newsroom.text import clean_line

from .models import Launch

LONGEST = 200
# Of a page, which is asked for with fifty.
MOST_RECORDS = 1000
# Nobody launched before, and no announcement reaches further.
YEARS = range(1957, 2101)
STATUSES = {
    "go": Launch.Status.GO,
    "tbc": Launch.Status.TO_CONFIRM,
    "tbd": Launch.Status.TO_DECIDE,
    "hold": Launch.Status.HOLD,
    "in flight": Launch.Status.IN_FLIGHT,
    "success": Launch.Status.SUCCESS,
    # Said before the last payload is on its way.
    "deployed": Launch.Status.SUCCESS,
    "failure": Launch.Status.FAILURE,
    "partial failure": Launch.Status.PARTIAL,
}
# By abbreviation or by name, as versions of the interface differ. A week may cross into the next month; a month is the
# finest of ours that does not claim a day. What is not named here is vaguer: quarter, half, year, decade.
PRECISIONS = {
    **dict.fromkeys(("sec", "second", "min", "minute"), Launch.Precision.EXACT),
    **dict.fromkeys(("hr", "hour"), Launch.Precision.HOUR),
    **dict.fromkeys(("day", "morning", "afternoon"), Launch.Precision.DAY),
    **dict.fromkeys(("wk", "week", "m", "mo", "month"), Launch.Precision.MONTH),
}


class BadRecord(ValueError):
    """What is wrong with a record."""


class BadAnswer(ValueError):
    """The whole is not what this source sends."""


class Reading(NamedTuple):
    """What one page of an answer holds."""

    launches: list
    # [{"record": what it calls itself, "reason": a sentence}]
    problems: list
    # The keys of all records, the bad ones too: the source still names those.
    named: set
    # A bad record has no readable key: nobody can say which launch it was.
    is_unsure: bool
    next_address: str


def read_page(body, now):
    """Raises BadAnswer."""
    answer = _answer(body)
    launches, problems, named, is_unsure = {}, [], set(), False
    for record in answer["results"]:
        key = _key(_part(record, "id"))
        named.add(key)
        try:
            launches[key] = read_launch(record, now)
        except BadRecord as error:
            problems.append({"record": _title(record), "reason": str(error)})
            is_unsure |= key is None
    following = answer.get("next") if isinstance(answer.get("next"), str) else ""
    return Reading(list(launches.values()), problems, named - {None}, is_unsure, following)


def read_launch(record, now):
    """A Launch, not saved. Raises BadRecord."""
    key = _key(_part(record, "id"))
    if key is None:
        raise BadRecord(gettext_noop("It has no usable key."))
    window_start, window_end = _time(record, "window_start"), _time(record, "window_end")
    if window_start and window_end and window_end < window_start:
        raise BadRecord(gettext_noop("Its window ends before it begins."))
    net = _time(record, "net")
    if net is None:
        raise BadRecord(gettext_noop("It has no time."))
    return Launch(
        uuid=key,
        name=_needed(record, "name"),
        provider=_text(record, "launch_service_provider", "name"),
        status=_status(record),
        net=net,
        precision=_precision(record),
        window_start=window_start,
        window_end=window_end,
        probability=_probability(_part(record, "probability")),
        pad=_text(record, "pad", "name"),
        site=_needed(record, "pad", "location", "name"),
        latitude=_angle(_part(record, "pad", "latitude"), 90),
        longitude=_angle(_part(record, "pad", "longitude"), 180),
        updated_at=_time(record, "last_updated"),
        fetched_at=now,
    )


def _answer(body):
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadAnswer(f"It is not JSON: {error}") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), list):
        raise BadAnswer("It has no list of results.")
    if len(answer["results"]) > MOST_RECORDS:
        raise BadAnswer(f"It has more than {MOST_RECORDS} results.")
    return answer


def _part(record, *path):
    """What stands at the end of the path, None where there is no such end."""
    for name in path:
        record = record.get(name) if isinstance(record, dict) else None
    return record


def _title(record):
    """What a bad record is called in a report."""
    parts = (_part(record, "id"), _part(record, "name"))
    return clean_line(" ".join(str(part)[:LONGEST] for part in parts if isinstance(part, str | int)))[:LONGEST]


def _key(value):
    try:
        return uuid.UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _text(record, *path):
    value = _part(record, *path)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadRecord(gettext_noop("One of its texts is no text."))
    if len(value) > 4 * LONGEST or len(line := clean_line(value)) > LONGEST:
        raise BadRecord(gettext_noop("A text of it is too long."))
    return line


def _needed(record, *path):
    if not (text := _text(record, *path)):
        raise BadRecord(gettext_noop("It has no name, or no launch site."))
    return text


def _time(record, name):
    value = _part(record, name)
    if value is None:
        return None
    try:
        moment = parse_datetime(value)
        moment = moment.astimezone(dt.UTC) if moment.tzinfo else None
    except (TypeError, ValueError, AttributeError, OverflowError):
        moment = None
    if moment is None or moment.year not in YEARS:
        raise BadRecord(gettext_noop("One of its times cannot be read."))
    return moment


def _status(record):
    value = _part(record, "status", "abbrev")
    status = STATUSES.get(value.casefold()) if isinstance(value, str) else None
    if status is None:
        raise BadRecord(gettext_noop("Its status is not one that we know."))
    return status


def _precision(record):
    """Without a word on it nothing finer than a day is claimed."""
    words = [_part(record, "net_precision", name) for name in ("abbrev", "name")]
    words = [word.casefold() for word in words if isinstance(word, str)]
    known = [PRECISIONS[word] for word in words if word in PRECISIONS]
    if known:
        return known[0]
    return Launch.Precision.LATER if words else Launch.Precision.DAY


def _probability(value):
    if value is None or value == -1:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 100:
        raise BadRecord(gettext_noop("Its probability is not from 0 to 100 per cent."))
    return round(value)


def _angle(value, most):
    """Degrees; 2.2.0 writes them as text."""
    try:
        degrees = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        degrees = math.nan
    if not abs(degrees) <= most:
        raise BadRecord(gettext_noop("Its launch site has no usable position."))
    return degrees
