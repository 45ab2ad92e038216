"""Who makes which photo: any number of workers on any number of machines, each photo with one of them at a time.

A worker that dies leaves nothing wrong. Its claim runs out; and the set that it was writing stands among the retired
ones from the start until it is whole, so that what nobody finishes is deleted like what nobody shows any more.
"""

import datetime as dt

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from . import recipe, retiring
from .models import Making, Photo, RetiredRenditions

# Each file that is ready puts the end off, and the longest file takes seconds.
LEASE = dt.timedelta(minutes=2)
DELAYS = [dt.timedelta(seconds=seconds) for seconds in (10, 60, 600, 3600)]
MOST_TRIES = len(DELAYS) + 1
# What a look takes into account: others may be faster with the first of them.
NEWEST = 8


class Superseded(Exception):
    """Another set of this photo was asked for meanwhile, or another worker took it over."""


def due(now):
    """What may be tried now and is in nobody's hands, in the order in which it is made."""
    is_free = Q(claimed_until=None) | Q(claimed_until__lte=now)
    return Making.objects.filter(is_free, next_try_at__lte=now).order_by("-next_try_at", "-pk")


def take(photo_id=None):
    """What was asked for last, ours from now on; None where nothing waits that may be tried now."""
    now = timezone.now()
    rows = due(now).filter(pk=photo_id) if photo_id else due(now)
    for row in rows.select_related("photo")[:NEWEST]:
        claim = Claim(row)
        if claim.is_taken(now):
            return claim
    return None


class Claim:
    def __init__(self, row):
        self.row, self.photo, self.key = row, row.photo, recipe.key_of(row.photo)
        self.attempts, self.until = row.attempts + 1, None

    def is_taken(self, now):
        """Whether the row is ours: one statement decides between workers that saw the same."""
        names = ("pk", "key", "attempts", "claimed_until", "next_try_at")
        same = Making.objects.filter(**{name: getattr(self.row, name) for name in names})
        if self.row.attempts >= MOST_TRIES:
            # Whoever tried it ended with it, and said nothing.
            same.update(fault="ended", claimed_until=None, next_try_at=None)
            return False
        until = now + LEASE
        if not same.update(key=self.key, attempts=self.attempts, claimed_until=until, done=0, total=0):
            return False
        self.until = until
        return True

    def begin(self, renditions, total):
        """Notes what is about to be written. Superseded where the same set is just being deleted: later, then."""
        with transaction.atomic():
            self.hold(0, total)
            is_free = retiring.note(self.photo.token, renditions)
            if not is_free:
                self._held().update(claimed_until=None, attempts=F("attempts") - 1, next_try_at=self.until)
        if not is_free:
            raise Superseded

    def hold(self, done, total):
        """Says how far it is, and puts off the end of the claim."""
        until = timezone.now() + LEASE
        if not self._held().update(done=done, total=total, claimed_until=until):
            raise Superseded
        self.until = until

    @transaction.atomic
    def finish(self, renditions):
        """From now on pages name these files. In this order saving a photo locks the rows too."""
        photo = Photo.objects.select_for_update().only("token", "renditions").filter(pk=self.photo.pk).first()
        if photo is None or not self._held().delete()[0]:
            raise Superseded
        old = photo.renditions
        Photo.objects.filter(pk=photo.pk).update(renditions=renditions)
        RetiredRenditions.objects.filter(token=photo.token, renditions__key=self.key).delete()
        if old and old["key"] != self.key:
            retiring.note(photo.token, old)

    def fail(self, fault):
        """Another try after a while; after the last one a person has to ask for it."""
        delay = DELAYS[self.attempts - 1] if self.attempts < MOST_TRIES else None
        again = timezone.now() + delay if delay else None
        self._held().update(fault=fault, done=0, claimed_until=None, next_try_at=again)

    def release(self):
        """Others may go on at once, as if nobody had tried."""
        self._held().update(claimed_until=None, done=0, attempts=F("attempts") - 1)

    def _held(self):
        return Making.objects.filter(pk=self.photo.pk, key=self.key, claimed_until=self.until)
