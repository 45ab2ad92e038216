"""Fetches for `tick` what is due. Each feed has its own time, so that most rounds ask nobody."""

import datetime as dt
import logging

from django.conf import settings
from django.db import Error

from .ages import feed_key
from .launch_fetching import fetch_launches
from .models import Feed
from .satellite_store import Outcome, fetch_group

log = logging.getLogger(__name__)
# CelesTrak allows every two hours; orbits change slowly enough for this.
GROUP_INTERVAL = dt.timedelta(hours=6)


def fetch_due(now, is_ended=lambda: False):
    """Nothing where SPACE_FETCHES is not set. A failure is a line of the log, and the other feeds go on.

    Returns the feeds that were asked.
    """
    asked = []
    for name, fetch in _feeds():
        if is_ended():
            break
        try:
            feed = fetch(now)
        except Error:
            raise
        except Exception as error:
            # Whatever a source may send that nobody thought of: it is its own feed's trouble.
            log.error("tick: %s could not be fetched: %r", name, error)
            continue
        if feed is None:
            continue
        asked.append(feed)
        if feed.error:
            log.warning("tick: %s could not be fetched: %s (%s)", name, feed.get_error_display(), feed.detail)
    return asked


def _feeds():
    """[(name for the log, function of now that gives a Feed, or None where it was not due)]"""
    if not settings.SPACE_FETCHES:
        return []
    groups = [(f"satellites of {group}", _group_fetch(group)) for group in settings.SATELLITE_GROUPS]
    return [("launches", fetch_launches), *groups]


def _group_fetch(group):
    def fetch(now):
        fresh = Feed.objects.filter(key=feed_key(group), fetched_at__gt=now - GROUP_INTERVAL)
        if fresh.exists():
            return None
        fetched = fetch_group(group, now)
        return None if fetched.outcome is Outcome.TOO_EARLY else fetched.feed

    return fetch
