"""Notices of replies: who is told, and by which mail. A mail is a row first; `manage.py tick` sends it (sending.py)."""

import datetime as dt

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .models import Comment, Mail, NoticeAddress

ASK_EVERY = dt.timedelta(days=1)
CONFIRM_WITHIN = dt.timedelta(days=7)
CONFIRM_SALT, STOP_SALT = "comments.notices.confirm", "comments.notices.stop"


class Expired(Exception):
    """A link that was ours and is no longer valid."""


class Forged(Exception):
    """A link that we never made, or half of one."""


@transaction.atomic
def subscribe(email, language, account=None):
    """The NoticeAddress for somebody who wants to hear of replies, confirmed already or asked by mail whether it is so.

    An address that its signed-in account has proven is not asked; any other once a day at most, whoever types it.
    """
    address = _held(email.strip().lower(), language)
    if _is_on(address):
        return address
    if account and _is_proven(account, address.email):
        confirm(address)
        return address
    now = timezone.now()
    # One statement decides among all who type this address at the same moment.
    unasked = NoticeAddress.objects.filter(Q(asked_at=None) | Q(asked_at__lte=now - ASK_EVERY), pk=address.pk)
    if unasked.update(asked_at=now, language=language):
        Mail.objects.create(kind=Mail.Kind.CONFIRM, address=address)
    return address


def _held(email, language):
    """The row of this address, locked until the comment that names it is stored: it cannot be erased meanwhile."""
    address, _created = NoticeAddress.objects.get_or_create(email=email, defaults={"language": language})
    held = NoticeAddress.objects.select_for_update().filter(pk=address.pk).first()
    return held or _held(email, language)


def _is_on(address):
    return bool(address.confirmed_at and not address.unsubscribed_at)


def _is_proven(account, email):
    return EmailAddress.objects.filter(user=account, email__iexact=email, verified=True).exists()


def forget(address):
    """An address that no comment is left to announce replies for counts as unconfirmed, and so is erased like one.

    Not at once: an address that was just asked must not be asked again before its day is over.
    """
    if address and not Comment.objects.filter(notify=address).exists():
        NoticeAddress.objects.filter(pk=address.pk).update(confirmed_at=None)


def confirm(address):
    address.confirmed_at, address.unsubscribed_at = timezone.now(), None
    address.save(update_fields=["confirmed_at", "unsubscribed_at"])


def stop(address):
    """Nothing more goes there. It counts as unconfirmed, and so is erased like one (erasing.py)."""
    address.confirmed_at, address.unsubscribed_at = None, timezone.now()
    address.save(update_fields=["confirmed_at", "unsubscribed_at"])


def announce(comment):
    """Writes the mail to whom it answers, if they wanted one. In the transaction that shows the comment first."""
    parent = comment.parent
    if comment.status != Comment.Status.APPROVED or parent is None or parent.notify is None:
        return
    if not _is_on(parent.notify) or parent.writer_key == comment.writer_key:
        return
    # Locked, so that it is not erased before the mail is stored.
    address = NoticeAddress.objects.select_for_update().filter(pk=parent.notify_id).first()
    if address and _is_on(address):
        Mail.objects.get_or_create(address=address, reply=comment, defaults={"kind": Mail.Kind.REPLY})


def confirm_token(address):
    return _signer(CONFIRM_SALT).sign(str(address.pk))


def stop_token(address):
    """Of the same address always the same: a mail of years ago still stops the next one."""
    return signing.Signer(sep=".", salt=STOP_SALT).sign(str(address.pk))


def confirmable(token):
    """The address that this link confirms. Raises Expired or Forged."""
    try:
        pk = _signer(CONFIRM_SALT).unsign(token, max_age=CONFIRM_WITHIN)
    except signing.SignatureExpired as error:
        raise Expired from error
    except signing.BadSignature as error:
        raise Forged from error
    address = NoticeAddress.objects.filter(pk=pk).first()
    if address is None:
        raise Expired
    return address


def stoppable(token):
    """The address that this link stops, or None where it was erased meanwhile. Raises Forged."""
    try:
        pk = signing.Signer(sep=".", salt=STOP_SALT).unsign(token)
    except signing.BadSignature as error:
        raise Forged from error
    return NoticeAddress.objects.filter(pk=pk).first()


def _signer(salt):
    return signing.TimestampSigner(sep=".", salt=salt)
