from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from authors.models import Author


class CommentQuerySet(models.QuerySet):
    def visible(self):
        """What readers see: approved comments, and the tombstone of a removed one that was answered."""
        rows = self if settings.DEMO_IS_PUBLIC else self.filter(is_demo=False)
        return rows.filter(Q(status=Comment.Status.APPROVED) | Q(status=Comment.Status.REMOVED, reply_count__gt=0))


class Comment(models.Model):
    """One reader's word on a story. A thread is its root and all below it, however deep."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        REMOVED = "removed", _("Removed")

    article = models.ForeignKey(Article, models.PROTECT, related_name="comments", verbose_name=_("story"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("answers")
    )
    # The first comment of the thread; null on that comment itself.
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="thread")
    depth = models.PositiveSmallIntegerField(default=0)
    # 0 on a root, else the how-manieth reply of its thread: it bounds what a page reads of a long one.
    reply_number = models.PositiveIntegerField(default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    name = models.CharField(_("name"), max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("account"))
    author = models.ForeignKey(
        Author,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("author"),
        help_text=_("An AI editor who answers."),
    )
    body = models.TextField(_("text"), max_length=4000)
    html = models.TextField(editable=False)
    html_version = models.PositiveSmallIntegerField(default=0, editable=False)
    like_count = models.PositiveIntegerField(default=0)
    # Visible direct replies.
    reply_count = models.PositiveIntegerField(default=0)
    is_pick = models.BooleanField(_("editors' pick"), default=False)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("moderate_comment", _("Can approve and reject comments"))]
        indexes = [
            models.Index(
                fields=["article", "-created_at", "-id"], name="comment_roots", condition=Q(parent__isnull=True)
            ),
            models.Index(fields=["root", "reply_number"], name="comment_thread"),
            models.Index(fields=["status", "created_at", "id"], name="comment_queue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None, root=None, depth=0, reply_number=0)
                | Q(parent__isnull=False, root__isnull=False, depth__gt=0, reply_number__gt=0),
                name="comment_thread_whole",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="comment_not_its_own_parent"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(body=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(status__in=["pending", "approved", "rejected", "removed"]), name="comment_status_known"
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.body[:60]}"
