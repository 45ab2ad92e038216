"""Satellites for the demo: the real element sets among the verification cases that the sgp4 package brings along.

They are of 2000 to 2006 and keep their own epochs; a page shows them as they stood then, and says so.
"""

import datetime as dt
import re
from decimal import Decimal
from importlib import resources

from django.db import transaction

from .models import Satellite
from .propagating import position, satrec
from .satellite_store import rebuild_file

# 11801 and 88888 are the made-up cases of Spacetrack Report No. 3, 33333 to 33335 were made to provoke errors, and
# 23333 is a set that somebody altered.
NOT_REAL = {11801, 23333, 33333, 33334, 33335, 88888}
# The file calls its first set an example, and does not say of what.
NAMES = {5: "VANGUARD 1"}
# "#   MOLNIYA 2-14              # 12h resonant …"; what is set in further is no name.
NAME = re.compile(r"#   ([A-Z0-9][^#]*)")
DAY = dt.timedelta(days=1) // dt.timedelta(microseconds=1)


def load_demo_sets(now):
    """How many were stored: none where there is any satellite already."""
    with transaction.atomic():
        if Satellite.objects.exists():
            return 0
        sets = real_sets(now)
        Satellite.objects.bulk_create(sets)
        rebuild_file(now)
    return len(sets)


def real_sets(now):
    """Each object once, not saved; without those that SGP4 refuses at their very epoch."""
    sets, name, first = {}, "", ""
    for line in (resources.files("sgp4") / "SGP4-VER.TLE").read_text("ascii").splitlines():
        if found := NAME.match(line):
            name = found[1].strip()
        elif line.startswith("1 "):
            first = line
        elif line.startswith("2 "):
            row = _satellite(name, first, line, now)
            sets.setdefault(row.number, row)
            name = ""
    rows = [row for number, row in sets.items() if number not in NOT_REAL]
    return [row for row in rows if position(satrec(row), row.epoch)]


def _satellite(name, first, second, now):
    """Of a set of two lines; its columns have fixed places."""
    number = int(first[2:7])
    return Satellite(
        number=number,
        name=NAMES.get(number, name) or f"NORAD {number}",
        designator=_designator(first[9:17].strip()),
        epoch=dt.datetime(_year(first[18:20]), 1, 1, tzinfo=dt.UTC)
        + dt.timedelta(microseconds=round((Decimal(first[20:32]) - 1) * DAY)),
        inclination=float(second[8:16]),
        ascending_node=float(second[17:25]),
        eccentricity=float(f"0.{second[26:33]}"),
        argument_of_perigee=float(second[34:42]),
        mean_anomaly=float(second[43:51]),
        mean_motion=float(second[52:63]),
        bstar=_small(first[53:61]),
        mean_motion_dot=float(first[33:43]),
        mean_motion_ddot=_small(first[44:52]),
        fetched_at=now,
        is_demo=True,
    )


def _year(text):
    """Of two digits: none is of before the first satellite."""
    return int(text) + (1900 if int(text) >= 57 else 2000)


def _designator(text):
    """ "58002B" in full, "1958-002B"."""
    return f"{_year(text[:2])}-{text[2:]}" if text else ""


def _small(text):
    """ " 28098-4" is 0.28098e-4."""
    return float(f"{text[0].strip()}.{text[1:6]}e{text[6:]}")
