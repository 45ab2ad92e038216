"""Fetches the element sets of a group and keeps the newest of each satellite. A failure takes nothing away.

A satellite is in several of the source's groups; ours is the first of settings.SATELLITE_GROUPS that lists it.
"""

import datetime as dt
from enum import Enum
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from .ages import feed_key, satellite_feeds
from .elements import good_and_bad, read_records
from .fetching import FetchFailed, claim, failed, fetch, succeeded
from .models import Feed, Satellite
from .satellite_file import rank, rebuild_file

# CelesTrak makes new data every two hours, and asks that nobody downloads more often.
INTERVAL = dt.timedelta(hours=2)
FIELDS = [field.name for field in Satellite._meta.concrete_fields if not field.primary_key]
BATCH = 500


class Outcome(Enum):
    STORED, UNCHANGED, TOO_EARLY, FAILED = range(4)


class GroupFetch(NamedTuple):
    """How a fetch went; `feed` as it stands afterwards. `problems` are all that this answer had."""

    group: str
    outcome: Outcome
    feed: Feed
    kept: int = 0
    problems: list = []


def fetch_group(group, now):
    feed = claim(feed_key(group), _address(group), INTERVAL, now)
    if feed is None:
        return GroupFetch(group, Outcome.TOO_EARLY, Feed.objects.get(key=feed_key(group)))
    try:
        _forget_if_empty(feed)
        answer = fetch(feed, feed.address, now)
        good, problems = _read(answer, now) if answer else ({}, [])
    except FetchFailed as error:
        failed(feed, error, now)
        return GroupFetch(group, Outcome.FAILED, feed)
    with transaction.atomic():
        if answer:
            store(good.values(), group, now)
        succeeded(feed, answer, len(good), problems, now)
        if answer:
            # Last: the file says when the groups were confirmed.
            rebuild_file(now)
    return GroupFetch(group, Outcome.STORED if answer else Outcome.UNCHANGED, feed, len(good), problems)


def store(rows, group, now):
    """Rows as `good_and_bad` makes them, in a transaction of the caller. The demo's sets go with the first real one."""
    _wait_for_others()
    Satellite.objects.filter(is_demo=True).delete()
    new = {row.number: row for row in rows}
    old = Satellite.objects.in_bulk(list(new))
    last_listed = dict(Satellite.objects.values_list("group").annotate(Max("fetched_at")))
    for number, row in new.items():
        row.group = group
        if number in old:
            new[number] = _merged(old[number], row, last_listed)
    Satellite.objects.bulk_create(
        new.values(), update_conflicts=True, unique_fields=["number"], update_fields=FIELDS, batch_size=BATCH
    )


def _address(group):
    mark = "&" if urlsplit(settings.SATELLITES_URL).query else "?"
    return f"{settings.SATELLITES_URL}{mark}{urlencode({'GROUP': group, 'FORMAT': 'json'})}"


def _forget_if_empty(feed):
    """ "Not changed" would be said of what is not here any more."""
    if not Satellite.objects.filter(is_demo=False).exists():
        feed.etag = feed.last_modified = ""
        feed.fetched_at = None


def _read(answer, now):
    try:
        records = read_records(answer.body, answer.content_type)
    except ValueError as error:
        raise FetchFailed(Feed.Error.UNREADABLE, str(error)) from error
    good, problems = good_and_bad(records, now)
    if not good:
        detail = "{record}: {reason}".format(**problems[0]) if problems else "It holds no record."
        raise FetchFailed(Feed.Error.NOTHING_GOOD, detail)
    return good, problems


def _wait_for_others():
    """Two groups that are stored at the same time would not see each other's newer sets."""
    list(satellite_feeds().select_for_update().order_by("key").values_list("pk"))


def _merged(old, new, last_listed):
    """The newer elements; of the groups the earlier one, as long as its last answer listed the satellite.

    `fetched_at` is of that group's answer: this is how a satellite that it lists no longer is known.
    """
    row = old if old.epoch > new.epoch else new
    keeps_group = rank(old.group) < rank(new.group) and old.fetched_at >= last_listed[old.group]
    source = old if keeps_group else new
    row.group, row.fetched_at = source.group, source.fetched_at
    return row
