"""Element sets in the database by the way that they take from the source."""

import datetime as dt

from tracker.satellite_store import fetch_group

from .space_server import say

NOW = dt.datetime(2026, 11, 26, 3, tzinfo=dt.UTC)
HOURS = dt.timedelta(hours=1)
GROUPS = ["stations", "visual", "weather"]


def fetched(space, records, group="stations", now=NOW):
    """Lets the group's address answer so (records, or an answer), and fetches it."""
    space.will(records if callable(records) else say(records), path=f"GROUP={group}&")
    return fetch_group(group, now)
