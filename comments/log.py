"""The log of decisions as moderators read it: who did what, when and why, on which text, and what can be taken back."""

import datetime as dt

from django.db.models import Max
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import reasons
from .commenters import GROUPS, STANDINGS, WARNINGS, lasting
from .models import Comment, Decision
from .policy import said

Action = Decision.Action
MOST_OF_ONE, EXCERPT = 50, 240
GOOD = [Action.APPROVE, Action.TRUST, Action.PICK, Action.KEEP]
BAD = [Action.REJECT, Action.SPAM, Action.REMOVE, Action.BAN, Action.BAN_NETWORK, Action.SUSPEND]
MARKS = {**dict.fromkeys(GOOD, "public"), **dict.fromkeys(BAD, "out"), Action.HELD: "review", Action.WARN: "review"}
RELATED = ["user", "comment__article", "commenter", "article", "undoes"]
# A story is long, and the log needs its name alone.
READ = [
    *("id", "action", "made_at", "why", "body", "was", "user__display_name", "user__email", "commenter__name"),
    *(f"comment__{name}" for name in ("name", "status", "author", "article__title", "article__language")),
    *("article__title", "article__language", "undoes__action"),
]


class Line:
    """One decision. `is_last`: nothing that still holds happened to the same thing since."""

    def __init__(self, decision, is_last):
        self.decision, self.is_last = decision, is_last
        # What the list is paged by.
        self.id, self.made_at = decision.pk, decision.made_at
        self.comment, self.commenter = decision.comment, decision.commenter
        self.article = decision.article or (decision.comment and decision.comment.article)

    @property
    def who(self):
        if self.decision.user:
            return str(self.decision.user)
        return _("The writer") if self.decision.action == Action.ACKNOWLEDGE else _("The pipeline")

    @property
    def mark(self):
        return MARKS.get(self.decision.action, "draft")

    @property
    def what(self):
        label = self.decision.get_action_display()
        return f"{label}: {self.decision.undoes.get_action_display()}" if self.decision.undoes else label

    @cached_property
    def ends(self):
        """Until when it holds; None for what has no end."""
        ends = self.decision.was.get("ends")
        return dt.datetime.fromisoformat(ends) if ends and self.decision.action != Action.UNDO else None

    @property
    def why(self):
        """What the moderator gave as a reason; codes are put into words."""
        why = self.decision.why
        if self.decision.action == Action.DISCUSSION:
            return said(why)
        return reasons.name_of(why) if why and self.comment and not self.decision.user else why

    @property
    def excerpt(self):
        """The text that was decided on, '' where its writer deleted it."""
        return Truncator(self.decision.body).chars(EXCERPT)

    @property
    def comment_id(self):
        """The comment that it is about, or from which the writer was dealt with."""
        return self.decision.comment_id or self.decision.was.get("comment")

    @property
    def subject(self):
        """What it is about where there is neither comment nor writer nor story."""
        if self.comment or self.commenter or self.article:
            return ""
        return _("Word lists") if self.decision.action == Action.WORDS else pgettext("discussion", "The whole site")

    @property
    def undo_url(self):
        """'' where it cannot be taken back."""
        return reverse("admin:log_undo", args=[self.decision.pk]) if self.is_last and self._has_before() else ""

    def _has_before(self):
        if self.comment:
            return bool(self.decision.was) and self.comment.status != Comment.Status.WITHDRAWN
        return self.decision.action in GROUPS and self.decision.action != Action.ACKNOWLEDGE


def read(rows):
    """[Line] of a sliced queryset of decisions: a fixed number of queries, however many there are."""
    decisions = list(rows.select_related(*RELATED).only(*READ))
    last = _last_of_comments(decisions) | _last_of_writers(decisions)
    return [Line(decision, decision.pk in last) for decision in decisions]


def is_undoable(decision):
    return bool(read(Decision.objects.filter(pk=decision.pk))[0].undo_url)


def _last_of_comments(decisions):
    keys = {decision.comment_id for decision in decisions if decision.comment_id}
    if not keys:
        return set()
    lines = Decision.objects.filter(comment__in=keys, undone_by=None).exclude(action=Action.UNDO)
    newest = lines.order_by().values("comment").annotate(last=Max("pk"))
    return set(newest.values_list("last", flat=True))


def _last_of_writers(decisions):
    """A standing and a warning are two things: each has a last line of its own."""
    keys = {decision.commenter_id for decision in decisions if decision.action in GROUPS}
    if not keys:
        return set()
    newest = Decision.objects.filter(commenter__in=keys).order_by().values("commenter")
    kinds = {"standing": lasting(STANDINGS), "warning": lasting(WARNINGS)}
    newest = newest.annotate(**{name: Max("pk", filter=lines) for name, lines in kinds.items()})
    return {pk for row in newest.values_list(*kinds) for pk in row if pk}
