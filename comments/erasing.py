"""Takes away what is kept for a while only, a batch at a time, along an index. `manage.py tick` does it."""

import datetime as dt

from django.db import transaction
from django.db.models import BooleanField, F, Func, Q

from .models import Comment, Mail, NetworkBan, NoticeAddress
from .notices import CONFIRM_WITHIN

BATCH = 500
NETWORK_KEPT, UNCONFIRMED_KEPT, MAIL_KEPT = dt.timedelta(days=30), dt.timedelta(days=30), dt.timedelta(days=90)


class IsKept(Func):
    """The words of the index `comment_network`: PostgreSQL uses it only where the empty text is no parameter."""

    template = "NOT (%(expressions)s = '')"
    output_field = BooleanField()


def erase_old(now):
    _forget_networks(now - NETWORK_KEPT)
    _end_network_bans(now)
    _erase_unconfirmed(now - UNCONFIRMED_KEPT, now - CONFIRM_WITHIN)
    _erase_mails(now - MAIL_KEPT)


@transaction.atomic
def _forget_networks(before):
    old = Comment.objects.filter(IsKept(F("network")), created_at__lt=before).order_by("created_at")
    Comment.objects.filter(pk__in=_batch(old)).update(network="")


@transaction.atomic
def _end_network_bans(now):
    """With the ban goes what the network was known by."""
    over = NetworkBan.objects.filter(until__lte=now).order_by("until")
    NetworkBan.objects.filter(pk__in=_batch(over)).delete()


@transaction.atomic
def _erase_unconfirmed(before, asked_before):
    """Not while the link of its last question is valid."""
    is_idle = Q(asked_at=None) | Q(asked_at__lt=asked_before)
    old = NoticeAddress.objects.filter(is_idle, confirmed_at=None, created_at__lt=before).order_by("created_at")
    NoticeAddress.objects.filter(pk__in=_batch(old)).delete()


@transaction.atomic
def _erase_mails(before):
    """Rows are as old as their number is small: the first ones are looked at, by the primary key."""
    first = Mail.objects.order_by("pk").values("pk")[:BATCH]
    Mail.objects.filter(pk__in=_batch(Mail.objects.filter(pk__in=first, due_at=None, created_at__lt=before))).delete()


def _batch(rows):
    """The keys of the first rows, locked. What another transaction holds is left to the next round."""
    return list(rows.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:BATCH])
