"""Asks for the renditions of many photos at once, as after a change of the recipe."""

from django.db.models import Q
from django.utils import timezone

from . import recipe
from .models import Making, Photo

CHUNK = 500
COLUMNS = ["renditions", "sha256", "focal_x", "focal_y", "mark", "credit"]


def ask_for_all(force=False):
    """Asks for every set that is not the one that its photo should have; with `force` for all. Returns how many.

    What failed before is tried anew. Asked again, it asks only for what is not right yet.
    """
    now, count, below = timezone.now(), 0, None
    while photos := _chunk(below):
        below = photos[-1].pk
        rows = [_row(photo, now) for photo in photos]
        wanted = [
            row for photo, row in zip(photos, rows, strict=True) if force or photo.renditions.get("key") != row.key
        ]
        Making.objects.bulk_create(wanted, ignore_conflicts=True)
        count += len(wanted)
        _try_anew([photo.pk for photo in photos], now)
    return count


def _chunk(below):
    photos = Photo.objects.order_by("-pk").only(*COLUMNS)
    return list((photos.filter(pk__lt=below) if below else photos)[:CHUNK])


def _row(photo, now):
    return Making(photo_id=photo.pk, key=recipe.key_of(photo), next_try_at=now)


def _try_anew(ids, now):
    given_up = Making.objects.filter(Q(next_try_at=None) | Q(next_try_at__gt=now), pk__in=ids)
    given_up.update(attempts=0, fault="", claimed_until=None, next_try_at=now)
