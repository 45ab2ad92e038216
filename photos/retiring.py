"""Files that no page names any more: they stay a week, for the pages that caches and feed readers still hold."""

import datetime as dt
import logging
import secrets
import time

from django.core.files.storage import default_storage
from django.db import Error
from django.utils import timezone

from .models import Photo, RetiredRenditions
from .planning import names_in

KEPT = dt.timedelta(days=7)
# Sets in one round of the worker, and the seconds after which no other one is begun: half a hundred files each, and far
# away it may be a request for each, while planned updates wait.
BATCH, SECONDS = 20, 5
log = logging.getLogger(__name__)
# Marks a set that is being deleted; the microseconds say by whom.
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
MARKS = 10**12


def note(token, renditions):
    """This set is no page's from now on. Returns False where it is just being deleted: it cannot be written now."""
    now = timezone.now()
    same = RetiredRenditions.objects.filter(token=token, renditions__key=renditions["key"])
    if same.filter(retired_at__gt=now - KEPT).update(retired_at=now, renditions=renditions):
        return True
    if same.exists():
        return False
    RetiredRenditions.objects.create(token=token, renditions=renditions, retired_at=now)
    return True


def delete_old(now):
    """Deletes some of the sets whose week is over. Returns how many; any number of workers may do it at once.

    A store that is away ends the round; the sets stay for a later one.
    """
    old = RetiredRenditions.objects.filter(retired_at__lte=now - KEPT).order_by("retired_at")[:BATCH]
    deleted, until = 0, time.monotonic() + SECONDS
    for row in old:
        if time.monotonic() > until:
            break
        try:
            deleted += _delete(row)
        except Error:
            raise
        # Each store has errors of its own.
        except Exception:
            log.exception("renditions of %s could not be deleted", row.token)
            break
    return deleted


def _delete(row):
    """Whoever begins last ends it alone: the others look before each file, for once it is over it may be made anew."""
    same = RetiredRenditions.objects.filter(pk=row.pk)
    mark = LONG_AGO + dt.timedelta(microseconds=secrets.randbelow(MARKS))
    if not same.filter(retired_at=row.retired_at).update(retired_at=mark):
        return False
    ours = same.filter(retired_at=mark)
    # One that was to be made anew under the same name, and never was, is still what pages show.
    if not Photo.objects.filter(token=row.token, renditions__key=row.renditions["key"]).exists():
        for name in names_in(row.token, row.renditions):
            if not ours.exists():
                return False
            default_storage.delete(name)
    return bool(ours.delete()[0])
