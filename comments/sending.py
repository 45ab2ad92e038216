"""Sends the mails whose time has come. At most once: a row is marked as sent before the mail leaves.

Any number of machines may do it at once: one statement gives a row to one of them. A machine that dies between mark and
mail loses that mail, which for a notice is better than sending it twice.
"""

import datetime as dt
import logging
import time
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.core.mail import get_connection
from django.utils import timezone

from . import digest
from .models import Comment, Mail
from .notice_mails import message_of

BATCH = 50
# A slow mail server must not keep the worker from publishing what is due.
SECONDS = 20
DELAYS = [dt.timedelta(minutes=minutes) for minutes in (1, 10, 60, 360)]
MOST_TRIES = len(DELAYS) + 1
# The server answers, and wants this one mail not. All else that goes wrong on the way meets every mail.
REFUSALS = (SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused)
log = logging.getLogger(__name__)


def send_due(now=None):
    """One round over the mails that are due. Returns how many were sent; a mail server that is away raises nothing."""
    now, until = now or timezone.now(), time.monotonic() + SECONDS
    due = Mail.objects.filter(due_at__lte=now).order_by("due_at", "pk").values_list("pk", "due_at")
    sent, connection = 0, get_connection()
    try:
        for pk, due_at in due[:BATCH]:
            mail = _claimed(pk, due_at, now)
            if mail and not _dropped(mail):
                error = _try(mail, connection)
                sent += error is None
                if _is_away(error) or time.monotonic() > until:
                    # The others keep their tries for a later round.
                    break
    finally:
        _close(connection)
    return sent


def _is_away(error):
    return isinstance(error, OSError) and not isinstance(error, REFUSALS)


def _claimed(pk, due_at, now):
    """The mail, marked as sent, if no other process was faster."""
    if not Mail.objects.filter(pk=pk, due_at=due_at).update(due_at=None, sent_at=now):
        return None
    related = ("address", "reply__article__category", "moderator")
    return Mail.objects.select_related(*related).filter(pk=pk).first()


def _dropped(mail):
    """Deletes what nobody should get any more. A reply that is approved again later is announced then."""
    if mail.kind == Mail.Kind.REPLY:
        is_wanted = mail.address.confirmed_at and not mail.address.unsubscribed_at and _is_readable(mail.reply)
    elif mail.kind == Mail.Kind.DIGEST:
        is_wanted = digest.is_wanted(mail)
    else:
        stopped_at = mail.address.unsubscribed_at
        is_wanted = not mail.address.confirmed_at and not (stopped_at and stopped_at >= mail.created_at)
    if not is_wanted:
        mail.delete()
    return not is_wanted


def _is_readable(reply):
    return reply.status == Comment.Status.APPROVED and reply.article.is_public


def _try(mail, connection):
    """Sends it. Returns None, or the error, with the mail put back for later."""
    make = digest.message_of if mail.kind == Mail.Kind.DIGEST else message_of
    try:
        message = make(mail, connection)
        connection.open()  # one connection for all mails of a round
        message.send()
    except digest.Quiet as quiet:
        # The row stays, so that no other is written today; it says that nothing was sent.
        Mail.objects.filter(pk=mail.pk).update(sent_at=None)
        return quiet
    except Exception as error:
        # Whatever is wrong with one mail, the others and the worker go on.
        _put_back(mail, error)
        _close(connection)
        return error
    return None


def _put_back(mail, error):
    tries = mail.attempts + 1
    is_over = tries >= MOST_TRIES
    due_at = None if is_over else mail.sent_at + DELAYS[tries - 1]
    # The error may quote the address: the row goes with it, the log stays.
    Mail.objects.filter(pk=mail.pk).update(due_at=due_at, sent_at=None, attempts=tries, last_error=str(error)[:300])
    log.warning("mail %d, try %d of %d failed (%s)", mail.pk, tries, MOST_TRIES, type(error).__name__)


def _close(connection):
    try:
        connection.close()
    except Exception:
        log.warning("the connection to the mail server could not be closed")
