"""Files that no page names any more: they stay a week, for the pages that caches and feed readers still hold."""

import datetime as dt
import logging

from django.core.files.storage import default_storage
from django.db import Error
from django.utils import timezone

from .models import Photo, RetiredRenditions
from .planning import names_in

KEPT = dt.timedelta(days=7)
# Sets in one round of the worker: half a hundred files each, and far away it may be a request for each.
BATCH = 20
log = logging.getLogger(__name__)
# Marks a set that is being deleted.
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


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
    deleted = 0
    for row in old:
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
    same = RetiredRenditions.objects.filter(pk=row.pk)
    if not same.filter(retired_at=row.retired_at).update(retired_at=LONG_AGO):
        return False
    # One that was to be made anew under the same name, and never was, is still what pages show.
    if not Photo.objects.filter(token=row.token, renditions__key=row.renditions["key"]).exists():
        for name in names_in(row.token, row.renditions):
            default_storage.delete(name)
    same.delete()
    return True
