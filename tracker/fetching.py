"""Asks a source for what is new, politely, and keeps in its Feed how that went.

Nothing is asked before `Feed.next_at`, and whoever moves that time is the one who asks: any number of machines may try.
"""

import email.utils
import re
import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from newsroom.text import clean_line

from .models import Feed
from .requesting import REDIRECTS, FetchFailed, beginning_of, body_of, next_address, response_to

# Seconds that a fetch may take with all its tries, and those before the second and each further try.
DEADLINE, PAUSES = 45, (1, 4, 10)
# Bytes of an answer, unpacked.
SATELLITES_LIMIT, LAUNCHES_LIMIT = 8 * 1024 * 1024, 4 * 1024 * 1024
FIRST_BACKOFF, LONGEST_BACKOFF, LONGEST_WAIT = timedelta(minutes=10), timedelta(days=1), timedelta(days=7)
# After these the source has sent its data, or asked for patience: the interval between two answers holds for them too.
SERVED = {Feed.Error.REFUSED, Feed.Error.TOO_LARGE, Feed.Error.UNREADABLE, Feed.Error.NOTHING_GOOD}
PROBLEMS_KEPT = 20
# CelesTrak's way to say "not changed", by 403 or 200: "GP data has not updated since your last successful download of
# GROUP=… at 2026-08-31 15:13:07 UTC." It knows us by our network address, which another site may share.
NOT_UPDATED = re.compile(
    rb"\s*GP data has not updated since your last\b(?:.*?\bat (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC)?", re.DOTALL
)
CLOCKS_DIFFER = timedelta(minutes=10)


class Answer(NamedTuple):
    body: bytes
    content_type: str
    etag: str
    last_modified: str


def pause(seconds):
    """Between two tries. Tests put their own in its place."""
    time.sleep(seconds)


def claim(key, address, interval, now):
    """The feed, if it may be asked now; None when it is too early, or another process has just taken it."""
    Feed.objects.get_or_create(key=key, defaults={"address": address})
    is_due = Q(next_at=None) | Q(next_at__lte=now)
    if not Feed.objects.filter(is_due, key=key).update(next_at=now + interval, tried_at=now):
        return None
    # What another address said of its data means nothing to this one.
    Feed.objects.filter(key=key).exclude(address=address).update(address=address, etag="", last_modified="")
    return Feed.objects.get(key=key)


def fetch(feed, address, now=None, *, limit=SATELLITES_LIMIT):
    """The source's answer, None when it says that nothing has changed, or FetchFailed."""
    now, ends = now or timezone.now(), time.monotonic() + DEADLINE
    for seconds in PAUSES:
        try:
            return _ask(feed, address, limit, ends, now)
        except FetchFailed as failure:
            wait = max(seconds, failure.wait)
            if not failure.is_passing or time.monotonic() + wait >= ends:
                raise
        pause(wait)
    return _ask(feed, address, limit, ends, now)


def succeeded(feed, answer, kept, problems, now):
    """`answer` is None for "not changed": what was counted with the last one still holds."""
    feed.fetched_at, feed.failures, feed.error, feed.detail = now, 0, "", ""
    if answer:
        feed.etag, feed.last_modified = answer.etag, answer.last_modified
        feed.kept, feed.skipped, feed.problems = kept, len(problems), problems[:PROBLEMS_KEPT]
    feed.save()


def failed(feed, error, now):
    """Waits twice as long after each failure in a row, and as long as the source asks."""
    feed.failures += 1
    backoff = min(FIRST_BACKOFF * 2 ** min(feed.failures - 1, 10), LONGEST_BACKOFF)
    next_at = now + max(backoff, min(timedelta(seconds=error.wait), LONGEST_WAIT))
    feed.next_at = max(next_at, feed.next_at) if error.code in SERVED else next_at
    feed.error, feed.detail = error.code, clean_line(error.detail)[:300]
    feed.save()


def _ask(feed, address, limit, ends, now):
    for _hop in range(4):
        with response_to(address, _headers(feed), ends) as response:
            if response.status not in REDIRECTS:
                return _answer(response, feed, limit, now)
            address = next_address(address, response)
    raise FetchFailed(Feed.Error.STATUS, "Its address leads on and on.")


def _headers(feed):
    headers = {"User-Agent": f"Newsroom (+{settings.SITE_URL})", "Accept-Encoding": "gzip"}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.last_modified:
        headers["If-Modified-Since"] = feed.last_modified
    return headers


def _answer(response, feed, limit, now):
    status, headers = response.status, response.headers
    if status == 304 and (feed.etag or feed.last_modified):
        return None
    body = body_of(response, limit) if status == 200 else beginning_of(response)
    wait = _retry_after(headers.get("Retry-After", ""), now)
    if status in (200, 403) and (note := NOT_UPDATED.match(body)):
        if _is_what_we_have(feed, note[1]):
            return None
        raise FetchFailed(Feed.Error.REFUSED, _one_line(body), wait=wait)
    if status != 200:
        code = Feed.Error.REFUSED if status in (403, 429) else Feed.Error.STATUS
        raise FetchFailed(code, f"HTTP {status} {_one_line(body)}".strip(), wait=wait, is_passing=status >= 500)
    marks = [headers.get(name, "") for name in ("ETag", "Last-Modified")]
    fitting = [
        mark if len(mark) <= longest and mark.isprintable() else ""
        for mark, longest in zip(marks, (200, 60), strict=True)
    ]
    return Answer(body, headers.get("Content-Type", ""), *fitting)


def _one_line(body):
    """What a person may have written; not a page, and not what only looks like text."""
    text = " ".join(body.decode(errors="replace").split())
    return text[:200] if text.isprintable() and not text.startswith("<") else ""


def _is_what_we_have(feed, downloaded_at):
    """False where we have nothing, or where the download that the source remembers is not ours."""
    if not feed.fetched_at or not downloaded_at:
        return bool(feed.fetched_at)
    try:
        moment = datetime.strptime(downloaded_at.decode(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return True
    return moment <= feed.fetched_at + CLOCKS_DIFFER


def _retry_after(value, now):
    """Seconds; the header gives them, or a date."""
    if re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return int(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return 0
    return max((moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds(), 0)
