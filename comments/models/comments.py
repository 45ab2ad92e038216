from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from authors.models import Author


class CommentQuerySet(models.QuerySet):
    def shown(self):
        """What stands on readers' pages: approved comments, and the tombstone of any other that has shown replies."""
        rows = self if settings.DEMO_IS_PUBLIC else self.filter(is_demo=False)
        return rows.filter(is_shown=True)


class Comment(models.Model):
    """One reader's word on a story. A thread is its root and all below it, however deep."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        REMOVED = "removed", _("Removed")
        WITHDRAWN = "withdrawn", _("Deleted by its author")

    # No index of its own: those below begin with it, and the database would rather take one that orders nothing.
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="comments", verbose_name=_("story"), db_index=False
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("answers")
    )
    # The first comment of the thread; null on that comment itself.
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="thread")
    depth = models.PositiveIntegerField(default=0)
    # The how-manieth reply to its parent that readers saw, in the order in which they were first shown; null until
    # then, and on a root. It bounds what a page reads of many replies, and is the position that they are paged by.
    number = models.PositiveIntegerField(null=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    is_shown = models.BooleanField(default=False, editable=False)
    name = models.CharField(_("name"), max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("account"), db_index=False
    )
    author = models.ForeignKey(
        Author,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("author"),
        help_text=_("An AI editor who answers."),
    )
    # HMAC of a guest's cookie; '' for an account. What belongs to a guest is found by it.
    reader = models.CharField(max_length=64, blank=True, editable=False)
    # Tells one writer from another on a page, for readers who hide one. Says nothing about who it is.
    writer_key = models.CharField(max_length=16, blank=True, editable=False)
    # Random, from the form: a form that is sent twice is one comment.
    submission = models.CharField(max_length=32, null=True, unique=True, editable=False)  # noqa: DJ001 several have none
    # Keyed HMAC of the /24 or /64 it came from; '' after 30 days.
    network = models.CharField(max_length=64, blank=True, editable=False)
    # Where replies are announced, if that address was confirmed.
    notify = models.ForeignKey("NoticeAddress", models.SET_NULL, null=True, blank=True, editable=False)
    body = models.TextField(_("text"), max_length=4000)
    html = models.TextField(editable=False)
    html_version = models.PositiveSmallIntegerField(default=0, editable=False)
    like_count = models.PositiveIntegerField(default=0)
    # Shown direct replies.
    reply_count = models.PositiveIntegerField(default=0)
    # Reports that no moderator has handled yet.
    report_count = models.PositiveIntegerField(_("reports"), default=0, editable=False)
    is_pick = models.BooleanField(_("editors' pick"), default=False)
    # Why it was rejected or removed: nobody answers advertising, and it teaches another lesson.
    is_spam = models.BooleanField(_("spam"), default=False, editable=False)
    # How likely moderators approve it, in per cent, as the classifier has it (learning.py); -1 where it is silent.
    likeness = models.SmallIntegerField(default=-1, editable=False)
    # Hash of the folded text, by which the same text from elsewhere is found; null for a short one.
    text_key = models.CharField(max_length=32, null=True, editable=False)  # noqa: DJ001 null is outside of the index
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    edited_at = models.DateTimeField(_("changed"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    # How often it was decided on. A page sends it back, so that the second of two moderators is told.
    decision_count = models.PositiveIntegerField(default=0, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("moderate_comment", _("Can approve and reject comments"))]
        indexes = [
            # Entered by is_pick: the editors' picks are one end of them, the list of all others is the rest.
            models.Index(
                fields=["article", "is_pick", "-created_at", "-id"],
                name="comment_roots",
                condition=Q(parent__isnull=True, is_shown=True),
            ),
            models.Index(
                fields=["article", "is_pick", "-like_count", "-id"],
                name="comment_liked",
                condition=Q(parent__isnull=True, is_shown=True),
            ),
            models.Index(fields=["article", "status", "-created_at", "-id"], name="comment_feed"),
            models.Index(fields=["status", "created_at", "id"], name="comment_queue"),
            models.Index(fields=["created_at"], name="comment_network", condition=~Q(network="")),
            # A writer's history, their neighbours, the same text, and the queue in the order of likeness.
            models.Index(fields=["reader", "-id"], name="comment_of_reader"),
            models.Index(fields=["user", "-id"], name="comment_of_user", condition=Q(user__isnull=False)),
            models.Index(fields=["network", "-id"], name="comment_of_network"),
            models.Index(fields=["text_key", "-id"], name="comment_same_text", condition=Q(text_key__isnull=False)),
            models.Index(fields=["status", "likeness", "id"], name="comment_ranked"),
            models.Index(fields=["-report_count"], name="comment_reported", condition=Q(report_count__gt=0)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None, root=None, depth=0, number=None)
                | Q(parent__isnull=False, root__isnull=False, depth__gt=0),
                name="comment_thread_whole",
            ),
            models.UniqueConstraint(fields=["parent", "number"], name="comment_number_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="comment_not_its_own_parent"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(body="") | Q(status="withdrawn", name="", body="", html="", reader=""),
                name="comment_says_something",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "approved", "rejected", "removed", "withdrawn"]),
                name="comment_status_known",
            ),
            models.CheckConstraint(
                condition=Q(is_shown=True, status="approved")
                | Q(is_shown=True, reply_count__gt=0)
                | Q(is_shown=False, reply_count=0) & ~Q(status="approved"),
                name="comment_shown_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_shown=False) | Q(parent=None) | Q(number__isnull=False), name="comment_shown_has_number"
            ),
            models.CheckConstraint(
                condition=Q(is_spam=False) | Q(status__in=["rejected", "removed", "withdrawn"]),
                name="comment_spam_is_refused",
            ),
            models.CheckConstraint(condition=Q(likeness__range=(-1, 100)), name="comment_likeness_per_cent"),
            models.CheckConstraint(
                condition=Q(is_pick=False) | Q(parent=None, status="approved"), name="comment_pick_begins_a_thread"
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.body[:60]}"


class CommentLike(models.Model):
    """One reader's like of a comment. `reader` is the HMAC of the reader's cookie and the comment: it links nothing."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="likes")
    reader = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "reader"], name="comment_like_once")]


class Report(models.Model):
    """A reader's word that a comment breaks the house rules, for moderators alone."""

    class Reason(models.TextChoices):
        SPAM = "spam", _("Advertising or spam")
        INSULT = "insult", _("Insults a person")
        HATE = "hate", _("Hatred against a group of people")
        PRIVATE = "private", _("Gives away something private")
        FALSE = "false", _("Passes off something false as fact")
        OTHER = "other", _("Something else")

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports", verbose_name=_("comment"))
    # HMAC of who reported (account, cookie, else network) and the comment: one report each, and it links nothing.
    reporter = models.CharField(max_length=64, editable=False)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    note = models.CharField(_("in your own words"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("reported"), default=timezone.now)
    handled_at = models.DateTimeField(_("handled"), null=True, editable=False)
    # By which it was handled: undone, the report waits again.
    decision = models.ForeignKey("Decision", models.SET_NULL, null=True, editable=False, related_name="handled_reports")

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["comment", "reporter"], name="report_once")]

    def __str__(self):
        return self.get_reason_display()
