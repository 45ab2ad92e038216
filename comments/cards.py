"""What a moderator sees of a comment: its text with what was found in it, what it answers, reasons, reports, log."""

from functools import cached_property
from typing import NamedTuple

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from articles.story_state import moment, span

from . import learning, reasons
from .commenters import written_by
from .marking import mark_html
from .models import Comment, Decision
from .moderation import seal
from .past import WriterPart
from .threads import initials_of

Status, Action = Comment.Status, Decision.Action
MARKS = {"pending": "review", "approved": "public", "rejected": "out", "removed": "out", "withdrawn": "draft"}
MOST_REPORTS, MOST_LOG, MOST_OTHERS = 50, 20, 5
# Among so many of the newest of a writer those that wait are looked for.
NEWEST = 100
# So much of what a comment answers stands above it.
MOST_PARENT = 600
MOST_SAID = 120
# A longer text is set smaller.
LONG = 500
WITHDRAWN = gettext_lazy("Deleted by its author")


class Step(NamedTuple):
    """A button. `key` presses it, `kind` is the end of a CSS class."""

    action: str
    word: str
    key: str
    kind: str = ""


def offered(comment):
    """The steps that make sense for a comment as it stands."""
    if comment.status == Status.WITHDRAWN:
        return
    if comment.report_count:
        yield Step("keep", _("Keep: reports done"), "d", "lit" if comment.status == Status.APPROVED else "")
    if comment.status != Status.APPROVED:
        yield Step("approve", pgettext("verb", "Approve"), "a", "lit")
    if comment.status == Status.PENDING:
        yield Step("reject", pgettext("verb", "Reject"), "r", "alert")
    elif comment.status == Status.APPROVED:
        yield Step("reject", pgettext("verb", "Remove"), "r", "alert")
    elif comment.is_spam:
        yield Step("reject", _("Not spam, but no"), "r")
    if not comment.is_spam:
        yield Step("spam", _("Spam"), "s", "alert")
    if comment.is_pick:
        yield Step("unpick", _("Take the pick back"), "e")
    elif comment.parent_id is None and comment.status in (Status.PENDING, Status.APPROVED):
        yield Step("pick", pgettext("verb", "Pick"), "e")


def bulk_steps(tab):
    """The steps for several of a list at once."""
    approve, spam = Step("approve", pgettext("verb", "Approve"), "a"), Step("spam", _("Spam"), "s", "alert")
    keep, remove = Step("keep", _("Keep"), "d"), Step("reject", pgettext("verb", "Remove"), "r", "alert")
    reject = Step("reject", pgettext("verb", "Reject"), "r", "alert")
    steps = {"pending": [approve, reject, spam], "reported": [keep, remove, spam], "approved": [remove, spam]}
    return steps.get(tab, [approve])


def name_of(comment):
    """With the badge that readers see beside it; no e-mail address."""
    if comment.author_id:
        return f"{comment.author.name} ({pgettext('badge beside a name', 'AI editor')})"
    return f"{comment.name} ({_('Staff')})" if comment.user_id and comment.user.is_staff else comment.name


class Line:
    """A comment in the list at the left."""

    def __init__(self, comment, now, asked):
        self.comment, self.pk = comment, comment.pk
        self.url = reverse("admin:queue") + asked.query(c=comment.pk, done=None)
        self.is_gone = comment.status == Status.WITHDRAWN
        self.name = name_of(comment) if not self.is_gone else "–"
        self.age, self.title = span(now - comment.created_at), moment(comment.created_at)
        self.said = WITHDRAWN if self.is_gone else _beginning(comment.body)
        self.seal, self.count = seal(comment), comment.decision_count
        is_said = comment.status in (Status.PENDING, Status.WITHDRAWN)
        self.mark = None if is_said else (MARKS[comment.status], comment.get_status_display())

    @property
    def why(self):
        return reasons.short(sorted(self.comment.findings.all(), key=lambda finding: finding.pk))


def _beginning(body):
    text = " ".join(body[: 2 * MOST_SAID].split())
    return text if len(text) <= MOST_SAID and len(body) <= 2 * MOST_SAID else f"{text[:MOST_SAID].rstrip()}…"


def find(pk):
    """The comment with what its card needs of its neighbours; raises Comment.DoesNotExist."""
    near = ("article__category", "parent__author", "parent__user", "user", "author", "decided_by")
    heavy = ("body", "html", "interpreter", "key_points", "sources_json", "tags_json")
    rows = Comment.objects.select_related(*near).defer("parent__html", *(f"article__{name}" for name in heavy))
    return rows.get(pk=pk)


class Card:
    """For templates. `may_act`: whether who looks may decide; what readers report is for those alone."""

    def __init__(self, comment, may_act, now=None):
        self.comment, self.may_act, self.now = comment, may_act, now or timezone.now()
        self.pk, self.article = comment.pk, comment.article
        self.seal, self.count = seal(comment), comment.decision_count
        self.is_gone, self.is_long = comment.status == Status.WITHDRAWN, len(comment.body) > LONG
        self.name = name_of(comment) if not self.is_gone else WITHDRAWN
        self.mark = (MARKS[comment.status], comment.get_status_display())
        self.age, self.written = span(self.now - comment.created_at), moment(comment.created_at)
        self.steps = list(offered(comment)) if may_act else []

    @cached_property
    def reasons(self):
        """What was found when it came; while it waits, what the classifier says now, since that ranks the queue."""
        findings = list(self.comment.findings.order_by("id"))
        if self.comment.status == Status.PENDING:
            learned = learning.opinion(self.comment.body, self.article.language)
            findings = reasons.with_learned(findings, learned)
        return reasons.reasons(findings)

    @cached_property
    def html(self):
        """Cleaned when it was stored; nothing but marks comes to it."""
        pieces = [piece for reason in self.reasons for piece in reason.marks]
        return mark_safe(mark_html(self.comment.html, pieces))  # noqa: S308

    @property
    def initials(self):
        return initials_of(self.comment.name) if self.comment.name else "–"

    @property
    def who(self):
        """What kind of writer it is."""
        if self.comment.author_id:
            return pgettext("badge beside a name", "AI editor")
        if self.comment.user_id:
            return _("staff") if self.comment.user.is_staff else _("account")
        return _("guest") if self.comment.reader else ""

    @property
    def first_seen(self):
        first = self.writer.past.first_seen
        return _("first seen %(day)s") % {"day": date_format(timezone.localtime(first), "DATE_FORMAT")} if first else ""

    @property
    def decided(self):
        """By whom and when, where it was decided on."""
        if not self.comment.decided_at:
            return ""
        who = self.comment.decided_by or _("The pipeline")
        return _("%(who)s, %(time)s") % {"who": who, "time": moment(self.comment.decided_at)}

    @property
    def replies(self):
        number = self.comment.reply_count
        said = ngettext("%(number)d reply stands below it.", "%(number)d replies stand below it.", number)
        return said % {"number": number} if number else ""

    @cached_property
    def writer(self):
        """For admin/comments/queue/writer.html."""
        return WriterPart(self.comment, self.may_act, self.now)

    @property
    def parent(self):
        """(name, text) of what it answers."""
        parent = self.comment.parent
        if parent is None:
            return None
        if parent.status == Status.WITHDRAWN:
            return "", WITHDRAWN
        body = parent.body if len(parent.body) <= MOST_PARENT else f"{parent.body[:MOST_PARENT].rstrip()}…"
        return name_of(parent), body

    @cached_property
    def reports(self):
        """Those that wait on top."""
        rows = self.comment.reports.order_by(F("handled_at").asc(nulls_first=True), "-created_at")
        return list(rows[:MOST_REPORTS]) if self.may_act else []

    @cached_property
    def log(self):
        """[(decision, why)]: who decided what on it, the newest first."""
        lines = self.comment.decisions.select_related("user").order_by("-id")[:MOST_LOG]
        return [(line, self._why(line)) for line in lines]

    def _why(self, line):
        """The pipeline gives the name of a phase. What a moderator wrote is for colleagues, as the whole log is."""
        if line.user:
            return line.why if self.may_act else ""
        return reasons.name_of(line.why) if line.why else ""

    @cached_property
    def others(self):
        """What else of the same writer waits, the oldest first; a few of them."""
        newest = written_by(self.comment).exclude(pk=self.pk).order_by("-id").values("pk")[:NEWEST]
        rows = Comment.objects.filter(pk__in=newest, status=Status.PENDING).order_by("id")
        return [(row.pk, _beginning(row.body)) for row in rows.only("id", "body")[:MOST_OTHERS]]

    @property
    def public_path(self):
        """Where readers see it, or the note in its place; '' for nowhere."""
        if not (self.comment.is_shown and self.article.is_public):
            return ""
        return f"{self.article.get_absolute_url()}comments/?thread={self.pk}#c{self.pk}"

    @property
    def story_path(self):
        """The story as readers see it, else its page at the desk."""
        if self.article.is_public:
            return self.article.get_absolute_url()
        return reverse("admin:articles_article_change", args=[self.article.pk])


# What the line above the card says of a decision.
DONE = {
    Action.APPROVE: gettext_lazy("Approved: the comment of “%(name)s” on “%(story)s”."),
    Action.REJECT: gettext_lazy("Rejected: the comment of “%(name)s” on “%(story)s”."),
    Action.SPAM: gettext_lazy("Rejected as spam: the comment of “%(name)s” on “%(story)s”."),
    Action.REMOVE: gettext_lazy("Removed: the comment of “%(name)s” on “%(story)s”."),
    Action.KEEP: gettext_lazy("Its reports are done: the comment of “%(name)s” on “%(story)s”."),
    Action.PICK: gettext_lazy("Picked, and pinned on top: the comment of “%(name)s” on “%(story)s”."),
    Action.UNPICK: gettext_lazy("No longer picked: the comment of “%(name)s” on “%(story)s”."),
}
BACK = {
    Status.PENDING: gettext_lazy("Undone: the comment of “%(name)s” on “%(story)s” waits again."),
    Status.APPROVED: gettext_lazy("Undone: the comment of “%(name)s” on “%(story)s” is public, as it was before."),
}
STILL = gettext_lazy("Undone: the comment of “%(name)s” on “%(story)s” is not public, as it was before.")


def sentence_of(decision):
    """One line on a decision of a comment, of which it is the newest."""
    comment = decision.comment
    said = DONE.get(decision.action) or BACK.get(comment.status, STILL)
    return said % {"name": comment.name, "story": comment.article.title}
