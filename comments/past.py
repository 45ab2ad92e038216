"""What a card says of the one who wrote: their past, who else writes from the same network, what moderators noted.

Each figure is of the newest comments, as many as MOST: it costs the same for one who has written ten thousand.
"""

import datetime as dt
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .commenters import find, standing_of, written_by
from .models import Comment, Commenter, Decision, NetworkBan, Report

Status = Comment.Status
MARKS, MOST, MOST_REPORTS = 30, 200, 100
NEIGHBOURS, MOST_NEAR, NEAR = 8, 100, dt.timedelta(days=30)
# Among so many lines of the writer's log the notes and acts of a card are looked for.
MOST_LINES, NOTES, ACTS = 50, 3, 2
MOST_BANS = 10


class Mark(NamedTuple):
    """One comment as a small square. `kind`: approved, rejected, spam or pending."""

    kind: str
    pk: int


class Past(NamedTuple):
    """`marks` are the newest, the oldest of them first. `more`: the figures are of the newest MOST alone."""

    marks: list
    approved: int
    rejected: int
    spam: int
    pending: int
    # Times that readers reported one of them; no further than MOST_REPORTS.
    reported: int
    first_seen: dt.datetime | None
    more: bool

    @property
    def sentence(self):
        """26 approved, 2 rejected, 1 spam."""
        parts = [
            (self.approved, ngettext("%(count)d approved", "%(count)d approved", self.approved)),
            (self.rejected, ngettext("%(count)d rejected", "%(count)d rejected", self.rejected)),
            (self.spam, ngettext("%(count)d spam", "%(count)d spam", self.spam)),
            (self.pending, ngettext("%(count)d waiting", "%(count)d waiting", self.pending)),
        ]
        said = ", ".join(text % {"count": count} for count, text in parts if count)
        sentence = _("The newest %(most)d: %(figures)s.") if self.more else "%(figures)s."
        return sentence % {"most": MOST, "figures": said}


class Neighbour(NamedTuple):
    """Somebody else from the same network: their newest comment there, and how many of theirs are among the newest."""

    name: str
    pk: int
    number: int
    # In words; '' for nothing in particular.
    standing: str


def past(who, *, with_reports=True):
    """Of the writer of a comment, or of a Commenter. What readers report is for those alone who may decide."""
    mine = written_by(who)
    rows = list(mine.order_by("-id").values_list("pk", "status", "is_spam", "created_at")[: MOST + 1])
    more, rows = len(rows) > MOST, rows[:MOST]
    marks = [Mark(_kind(status, is_spam), pk) for pk, status, is_spam, _created in rows]
    kinds = [mark.kind for mark in marks]
    first = mine.order_by("id").values_list("created_at", flat=True).first() if more else None
    return Past(
        marks=marks[:MARKS][::-1],
        reported=_reported([mark.pk for mark in marks]) if with_reports else 0,
        first_seen=first or (rows[-1][3] if rows else None),
        more=more,
        **{kind: kinds.count(kind) for kind in ("approved", "rejected", "spam", "pending")},
    )


def neighbours(comment, now=None):
    """Who else wrote from where this comment came from, within 30 days: [Neighbour], the newest first, at most few."""
    if not comment.network:
        return []
    since, found = (now or timezone.now()) - NEAR, {}
    rows = Comment.objects.filter(network=comment.network).order_by("-id")
    for pk, user, reader, name, created in rows.values_list("pk", "user", "reader", "name", "created_at")[:MOST_NEAR]:
        key = (user, reader)
        if created >= since and any(key) and key != (comment.user_id, comment.reader):
            found.setdefault(key, []).append((name, pk))
    nearest = list(found.items())[:NEIGHBOURS]
    standings = _standings([key for key, _rows in nearest]) if nearest else {}
    return [Neighbour(*rows[0], len(rows), standings.get(key, "")) for key, rows in nearest]


class WriterPart:
    """What templates/admin/comments/queue/writer.html shows, of the writer of a Comment or of a Commenter.

    `may_act`: with the buttons, and with what colleagues noted.
    """

    def __init__(self, who, may_act, now=None):
        self.may_act, self.now, self.name = may_act, now or timezone.now(), who.name
        self.comment = who if isinstance(who, Comment) else None
        self.is_account, self.is_staff = bool(who.user_id), bool(who.user_id and who.user.is_staff)
        self.is_known = bool(who.user_id or who.reader)
        self.has_network = bool(self.comment and self.comment.network)
        self.commenter = find(who)
        self.past = past(who, with_reports=may_act)
        self.neighbours = neighbours(who, self.now) if self.comment else []
        self.lines = self._lines() if may_act and self.commenter else []

    @property
    def standing(self):
        return standing_of(self.commenter, self.now)

    @property
    def seen(self):
        """What a form sends back, so that the second of two moderators is told (commenters.set_standing)."""
        return self.commenter.standing if self.commenter else Commenter.Standing.NORMAL

    def bans(self):
        """The bans that hold of where this comment came from, and of where a moderator met the writer."""
        which = Q(network=self.comment.network) if self.has_network else Q(pk__in=[])
        if self.commenter:
            which |= Q(commenter=self.commenter)
        return list(NetworkBan.objects.filter(which, until__gt=self.now).order_by("until")[:MOST_BANS])

    @cached_property
    def network_ban(self):
        """The ban of where this comment came from, None for none."""
        if not self.has_network:
            return None
        return NetworkBan.objects.filter(network=self.comment.network, until__gt=self.now).first()

    def _lines(self):
        """What colleagues noted, and last did that still holds, the newest first."""
        rows = self.commenter.decisions.filter(undone_by=None).exclude(action=Decision.Action.UNDO)
        rows = list(rows.select_related("user").order_by("-id")[:MOST_LINES])
        notes = [row for row in rows if row.action == Decision.Action.NOTE][:NOTES]
        acts = [row for row in rows if row.action != Decision.Action.NOTE][:ACTS]
        return sorted([*notes, *acts], key=lambda row: -row.pk)


def _kind(status, is_spam):
    if status in (Status.REJECTED, Status.REMOVED):
        return "spam" if is_spam else "rejected"
    return str(status)


def _reported(keys):
    return Report.objects.filter(comment__in=keys)[:MOST_REPORTS].count() if keys else 0


def _standings(keys):
    """{(user, reader): standing in words} of those who have one."""
    users, readers = [user for user, _reader in keys if user], [reader for _user, reader in keys if reader]
    rows, now = Commenter.objects.filter(Q(user__in=users) | Q(reader__in=readers)), timezone.now()
    found = {(row.user_id, row.reader or ""): standing_of(row, now) for row in rows}
    return {key: standing.label for key, standing in found.items() if standing != Commenter.Standing.NORMAL}
