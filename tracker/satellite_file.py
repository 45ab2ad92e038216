"""satellites.json: all element sets that readers get, as columns of equal length, made and compressed once a change.

Columns compress to half of what records would. The two changes of the mean motion are left out: SGP4 does not use them.
"""

import gzip
import hashlib
import json

import brotli
from django.conf import settings
from django.db.models import Q

from .ages import confirmed_at, satellite_feeds, shown_epochs
from .models import Satellite, SatelliteFile

COLUMNS = [
    *("number", "name", "designator", "mean_motion", "eccentricity", "inclination"),
    *("ascending_node", "argument_of_perigee", "mean_anomaly", "bstar"),
]
# The higher ones save a hundredth of the bytes in three times the time, and brotli's highest takes seconds.
BROTLI_QUALITY, GZIP_LEVEL = 5, 6


def rebuild_file(now):
    """Call it in the transaction that changes the satellites."""
    content = json.dumps(document(now), ensure_ascii=False, separators=(",", ":")).encode()
    SatelliteFile.objects.update_or_create(
        pk=1,
        defaults={
            "digest": hashlib.sha256(content).hexdigest()[:32],
            "brotli": brotli.compress(content, quality=BROTLI_QUALITY),
            "gzip": gzip.compress(content, GZIP_LEVEL, mtime=0),
            "made_at": now,
        },
    )


def document(now):
    """The real sets, or else those of the demo."""
    rows = _rows(shown_epochs(now))
    is_demo = not rows and Satellite.objects.filter(is_demo=True).exists()
    if is_demo:
        rows = _rows(Q(is_demo=True))
    groups = sorted({row["group"] for row in rows}, key=rank)
    place = {group: index for index, group in enumerate(groups)}
    base = min((row["epoch"] for row in rows), default=now).replace(microsecond=0)
    fetched_at = None if is_demo else confirmed_at(satellite_feeds())
    return {
        "made_at": now.isoformat(),
        "fetched_at": fetched_at and fetched_at.isoformat(),
        "source": "sgp4" if is_demo else "CelesTrak",
        "is_demo": is_demo,
        "groups": groups,
        "epoch_base": base.isoformat(),
        "group": [place[row["group"]] for row in rows],
        "epoch": [(row["epoch"] - base).total_seconds() for row in rows],
        **{name: [row[name] for row in rows] for name in COLUMNS},
    }


def rank(group):
    """Its place in the settings; what is no longer there comes last."""
    groups = settings.SATELLITE_GROUPS
    return groups.index(group) if group in groups else len(groups)


def _rows(condition):
    return list(Satellite.objects.filter(condition).order_by("number").values(*COLUMNS, "group", "epoch"))
