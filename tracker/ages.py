"""How old what is shown may be, and how old it is."""

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Min, Q

from .models import Feed, Satellite

# Days since the epoch of an element set: from the first on it is shown as old, from the second on nowhere.
STALE_DAYS, LOST_DAYS = 7, 30
# Sets whose epoch is longer ago stay in the database, and are not sent to readers.
KEPT_DAYS = 90
# Launches are put off from one hour to the next.
LAUNCHES_STALE = dt.timedelta(days=1)
LAUNCHES_KEY = "launches"


class SatellitesState(NamedTuple):
    """`fetched_at`: when the source last confirmed all of it, None before the first fetch.
    `failures`: the feeds whose last fetch failed.
    """

    count: int
    fetched_at: dt.datetime | None
    is_demo: bool
    is_stale: bool
    failures: list


def feed_key(group):
    return f"satellites:{group}"


def satellite_feeds():
    """The feeds of the groups that are set now."""
    return Feed.objects.filter(key__in=[feed_key(group) for group in settings.SATELLITE_GROUPS])


def confirmed_at(feeds):
    """The oldest of the last confirmations; a group that never came is no part of what is shown."""
    return min((feed.fetched_at for feed in feeds if feed.fetched_at), default=None)


def shown_epochs(now):
    """Which real sets readers are sent, as a condition."""
    return Q(is_demo=False, epoch__gte=now - dt.timedelta(days=KEPT_DAYS))


def satellites_state(now):
    feeds = list(satellite_feeds())
    counts = Satellite.objects.aggregate(
        real=Count("pk", filter=shown_epochs(now)),
        demo=Count("pk", filter=Q(is_demo=True)),
        first_fetched=Min("fetched_at", filter=shown_epochs(now)),
    )
    # Those of groups that are set no longer have no feed.
    fetched_at = confirmed_at(feeds) or counts["first_fetched"]
    is_demo = not counts["real"] and bool(counts["demo"])
    return SatellitesState(
        count=counts["real"] or counts["demo"],
        fetched_at=fetched_at,
        is_demo=is_demo,
        is_stale=not is_demo and fetched_at is not None and now - fetched_at > dt.timedelta(days=STALE_DAYS),
        failures=[feed for feed in feeds if feed.error],
    )


class LaunchesState(NamedTuple):
    fetched_at: dt.datetime | None
    is_stale: bool
    failures: list


def launches_state(now):
    feed = Feed.objects.filter(key=LAUNCHES_KEY).first()
    fetched_at = feed and feed.fetched_at
    return LaunchesState(
        fetched_at=fetched_at,
        is_stale=fetched_at is not None and now - fetched_at > LAUNCHES_STALE,
        failures=[feed] if feed and feed.error else [],
    )
