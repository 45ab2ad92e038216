"""The daily mail to moderators: what waits, and what happened yesterday. Written once a day, filled when it is sent."""

import datetime as dt
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.story_state import moment, span

from . import figures, queues
from .figures import TAKEN_BACK, Action
from .models import Comment, Mail
from .notice_mails import headers_of
from .weeks import midnight, today

# By the edition's clock. No zone changes its clock at that time.
HOUR = "07:00"
RIGHT = "comments.moderate_comment"
Status = Comment.Status


class Day(NamedTuple):
    """A day of the edition, as figures.Decisions takes it: 23 or 25 hours where the clock is changed."""

    start: dt.datetime
    end: dt.datetime


def write_due(now):
    """A row for each moderator who has none of today yet. Any number of workers may do it at once. Returns how many.

    A worker that comes back later in the day makes up for it.
    """
    day = today(now)
    if now < _morning(day):
        return 0
    has_one = Mail.objects.filter(moderator=OuterRef("pk"), day=day)
    users = list(moderators().filter(~Exists(has_one)).values_list("pk", flat=True))
    rows = [Mail(kind=Mail.Kind.DIGEST, moderator_id=pk, day=day, created_at=now, due_at=now) for pk in users]
    Mail.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _morning(day):
    return midnight(day).replace(hour=int(HOUR[:2]), minute=int(HOUR[3:]))


def moderators():
    """Who wants the mail: active staff who may moderate, and did not switch it off."""
    return ModelBackend().with_perm(RIGHT).filter(is_staff=True, daily_digest=True)


def is_wanted(mail):
    """What could not be sent on its day is old: the next one is on its way."""
    return mail.day == today(timezone.now()) and moderators().filter(pk=mail.moderator_id).exists()


class Quiet(Exception):
    """There is nothing to tell."""


def message_of(mail, connection=None):
    """The mail of this row, in the language of its moderator. Raises Quiet where nothing waits and nothing happened."""
    user = mail.moderator
    with translation.override(user.language or settings.LANGUAGE_CODE), timezone.override(settings.EDITION_TIME_ZONE):
        found = Digest(mail.day, timezone.now())
        if found.is_quiet:
            raise Quiet
        figures_url = settings.SITE_URL + reverse("admin:moderation_figures")
        context = {
            "now": list(found.of_now()),
            "yesterday": list(found.of_yesterday()),
            "queue_url": settings.SITE_URL + reverse("admin:queue"),
            "figures_url": figures_url,
            "stop_url": f"{figures_url}#digest",
        }
        body = render_to_string("comments/mail/digest.txt", context)
        subject = f"{settings.SITE_NAME}: {found.summary}"
    headers = headers_of(mail, context["stop_url"])
    return EmailMessage(subject=subject, body=body, to=[user.email], headers=headers, connection=connection)


class Digest:
    """What there is to tell: of now, and of the day before that of the mail."""

    def __init__(self, day, now):
        self.now, self.day = now, Day(midnight(day - dt.timedelta(days=1)), midnight(day))
        self.queue, self.reported = figures.queue(now), figures.reported()
        written = Comment.objects.filter(status__in=Status.values, created_at__gte=self.day.start)
        self.written = written.filter(created_at__lt=self.day.end).count()
        decisions = figures.Decisions([self.day])
        self.decided, self.by_pipeline = decisions.of_week(0), decisions.by_pipeline(0)
        waits, _every = figures.waits(decisions)
        self.wait = waits[0]

    @property
    def is_quiet(self):
        return not (self.queue.number or self.reported or self.written or self.decided or self.by_pipeline)

    @property
    def summary(self):
        number = self.queue.number
        if not number:
            return _("no comment waits")
        return ngettext("%(number)s comment waits", "%(number)s comments wait", number) % {
            "number": figures.up_to(number, figures.MOST_WAITING)
        }

    def of_now(self):
        """Sentences."""
        if self.queue.number:
            told = ngettext(
                "%(number)s comment waits since %(time)s (%(span)s).",
                "%(number)s comments wait, the oldest since %(time)s (%(span)s).",
                self.queue.number,
            )
            oldest = {"time": moment(self.queue.oldest), "span": span(self.now - self.queue.oldest)}
            yield told % {"number": figures.up_to(self.queue.number, figures.MOST_WAITING), **oldest}
        else:
            yield _("No comment waits.")
        if self.reported:
            told = ngettext(
                "%(number)s comment has reports that nobody has handled.",
                "%(number)s comments have reports that nobody has handled.",
                self.reported,
            )
            yield told % {"number": figures.up_to(self.reported, queues.MOST_COUNTED)}

    def of_yesterday(self):
        """(heading, then sentences)"""
        yield capfirst(date_format(self.day.start, pgettext("date format", "l, j F Y")))
        told = ngettext("%(number)d comment was written.", "%(number)d comments were written.", self.written)
        yield told % {"number": self.written}
        yield _("Moderators: %(decisions)s.") % {"decisions": _decisions(self.decided)}
        if self.by_pipeline:
            yield _("The pipeline alone: %(decisions)s.") % {"decisions": _decisions(self.by_pipeline)}
        if self.wait:
            yield _("Half of what they decided on had waited no longer than %(span)s.") % {
                "span": figures.at_most(self.wait.half)
            }


def _decisions(counts):
    """12 approved, 3 rejected, 1 taken back"""
    words = [
        (counts[Action.APPROVE], _("%(number)d approved")),
        (counts[Action.REJECT], _("%(number)d rejected")),
        (counts[Action.SPAM], _("%(number)d rejected as spam")),
        (counts[Action.REMOVE], _("%(number)d removed")),
        (counts[Action.KEEP], _("%(number)d kept after reports")),
        (counts[TAKEN_BACK], _("%(number)d taken back")),
    ]
    return ", ".join(told % {"number": number} for number, told in words if number) or _("nothing decided")
