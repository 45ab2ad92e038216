"""Mails to those who want to hear of replies, and the daily one to moderators."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .comments import Comment


class NoticeAddress(models.Model):
    """Where somebody wants to hear of replies. Nothing but the question goes there before a link in it was followed."""

    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True, help_text="When the last question for confirmation was written.")
    confirmed_at = models.DateTimeField(null=True)
    # Wins over `confirmed_at`, until the address is confirmed anew.
    unsubscribed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="notice_address_once")]
        indexes = [
            models.Index(fields=["created_at"], name="notice_unconfirmed", condition=Q(confirmed_at__isnull=True))
        ]

    def __str__(self):
        return self.email


class Mail(models.Model):
    """A mail that is to go out, written in the transaction of its reason and sent by `manage.py tick`."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm"
        REPLY = "reply"
        DIGEST = "digest"

    kind = models.CharField(max_length=10, choices=Kind)
    address = models.ForeignKey(NoticeAddress, models.CASCADE, null=True, related_name="mails")
    # The reply that is announced; null for a question.
    reply = models.ForeignKey(Comment, models.CASCADE, null=True, related_name="mails")
    # The moderator who gets the figures of this day (of the edition's calendar).
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    day = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    # The next try; null once it was sent or given up.
    due_at = models.DateTimeField(null=True, default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["address", "reply"], name="mail_once"),
            models.UniqueConstraint(fields=["moderator", "day"], name="mail_once_a_day"),
            models.CheckConstraint(
                condition=Q(kind="confirm", address__isnull=False, reply=None, moderator=None, day=None)
                | Q(kind="reply", address__isnull=False, reply__isnull=False, moderator=None, day=None)
                | Q(kind="digest", address=None, reply=None, moderator__isnull=False, day__isnull=False),
                name="mail_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="mail_due", condition=Q(due_at__isnull=False))]
