"""Brings the coming launches from Launch Library 2 into the table.

What the source names is added or brought up to date, what it no longer names among them is marked as withdrawn. A
failure takes nothing away.
"""

import datetime as dt
import re
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from .ages import LAUNCHES_KEY
from .fetching import LAUNCHES_LIMIT, claim, failed, fetch, succeeded
from .launch_records import BadAnswer, read_page
from .models import Feed, Launch
from .requesting import FetchFailed

# Fifteen requests an hour are free for everybody behind the same network address.
INTERVAL = dt.timedelta(hours=1)
PAGE, MOST_PAGES = 50, 2
ADDRESS = re.compile(r"[!-~]+")
FIELDS = [field.name for field in Launch._meta.concrete_fields if not field.primary_key]
VAGUE = (Launch.Precision.DAY, Launch.Precision.MONTH, Launch.Precision.LATER)


class Answered(NamedTuple):
    """What the pages of one fetch hold together."""

    first: object
    pages: list
    # Nothing comes after the pages that were read.
    is_whole: bool
    # What kept the last of them away.
    failure: FetchFailed | None

    @property
    def launches(self):
        """Each once: while one page is read and the next, a launch may move from one to the other."""
        return list({launch.uuid: launch for page in self.pages for launch in page.launches}.values())

    @property
    def problems(self):
        return [problem for page in self.pages for problem in page.problems]


def fetch_launches(now):
    """The Feed as it stands afterwards; None when it is too early to ask."""
    feed = claim(LAUNCHES_KEY, _address(), INTERVAL, now)
    if feed is None:
        return None
    try:
        answered = _ask(feed, now)
        if answered and not answered.launches:
            raise FetchFailed(Feed.Error.NOTHING_GOOD, "None of its records can be used.")
    except FetchFailed as error:
        failed(feed, error, now)
        return feed
    with transaction.atomic():
        if answered:
            _store(answered, now)
            succeeded(feed, answered.first, len(answered.launches), answered.problems, now)
        else:
            succeeded(feed, None, 0, [], now)
        # The first page counts, and the source is left alone for as long as after any other failure.
        if answered and answered.failure:
            failed(feed, answered.failure, now)
    return feed


def _address():
    mark = "&" if urlsplit(settings.LAUNCHES_URL).query else "?"
    return f"{settings.LAUNCHES_URL}{mark}limit={PAGE}"


def _ask(feed, now):
    """None where nothing has changed."""
    first = answer = fetch(feed, feed.address, now, limit=LAUNCHES_LIMIT)
    if first is None:
        return None
    pages, failure = [_read(answer, now)], None
    while len(pages) < MOST_PAGES and (address := _next_address(feed.address, pages[-1])):
        try:
            # What the source said of the first page's age says nothing of this one.
            answer = fetch(Feed(), address, now, limit=LAUNCHES_LIMIT)
            pages.append(_read(answer, now))
        except FetchFailed as error:
            failure = error
            break
    return Answered(first, pages, not pages[-1].next_address, failure)


def _next_address(address, page):
    """Empty where there is no further page, or where it would lie at another host or at no address at all."""
    try:
        following = urljoin(address, page.next_address)
        is_same_host = urlsplit(following)[:2] == urlsplit(address)[:2]
    except ValueError:
        return ""
    return following if page.next_address and is_same_host and ADDRESS.fullmatch(following) else ""


def _read(answer, now):
    try:
        return read_page(answer.body, now)
    except BadAnswer as error:
        raise FetchFailed(Feed.Error.UNREADABLE, str(error)) from error


def _store(answered, now):
    Launch.objects.bulk_create(
        answered.launches, update_conflicts=True, unique_fields=["uuid"], update_fields=FIELDS, batch_size=50
    )
    if any(page.is_unsure for page in answered.pages):
        return
    named = set().union(*(page.named for page in answered.pages))
    _coming_until(_last_time(answered), now).exclude(uuid__in=named).update(withdrawn_at=now)


def _last_time(answered):
    """Up to when the answer names every launch: None for ever, `datetime.min` if it is not in the order of time."""
    if answered.is_whole:
        return None
    times = [launch.net for launch in answered.launches]
    return times[-1] if times == sorted(times) else dt.datetime.min.replace(tzinfo=dt.UTC)


def _coming_until(last, now):
    """Launches that the source names while they are to come: those after now, and vague ones whose time has begun."""
    rows = Launch.objects.filter(Q(net__gt=now) | Q(precision__in=VAGUE), withdrawn_at=None)
    return rows if last is None else rows.filter(net__lt=last)
