"""What the desk keeps beside a story while people work on it. Nothing here is content, and readers see none of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from authors.models import User

from .stories import Article


class Note(models.Model):
    """What one editor tells the others about a story. `written_by` is null where the system itself has to tell."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="notes", verbose_name=_("story"))
    written_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    text = models.TextField(_("text"), max_length=1000)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["article", "created_at", "id"], name="note_story")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_says_something")]

    def __str__(self):
        return f"db#{self.article.record_number} · {self.created_at:%Y-%m-%d %H:%M}"


class Presence(models.Model):
    """Who has a story's form open: one row per person and story, brought up to date every few seconds while it is."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="presences")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    part = models.CharField(max_length=40, blank=True, help_text="Name of the form field that the person is in.")
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="presence_once")]


class UnsavedText(models.Model):
    """A story's form as it was typed and not saved yet: one row per opened form. Not history, and gone once saved."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    # Null while the story was never saved.
    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="unsaved_texts")
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=160, blank=True)
    based_on = models.PositiveIntegerField(default=0, help_text="Number of the revision that the form was filled from.")
    fields = models.JSONField(
        default=list, help_text="[[name, value], …] of the form's controls, as a browser sends it."
    )
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["user", "-kept_at"], name="unsaved_user"),
            models.Index(fields=["article", "user"], name="unsaved_story"),
        ]


class PreviewLink(models.Model):
    """An address under which somebody without an account reads a story's newest version, until it expires."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="preview_links", verbose_name=_("story"))
    # What makes the address new and unguessable; the signature makes it ours.
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(_("for whom"), max_length=120, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        indexes = [models.Index(fields=["article", "-created_at"], name="preview_link_story")]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("created_at")), name="preview_link_expires")
        ]

    def is_open(self, at=None):
        return self.revoked_at is None and self.expires_at > (at or timezone.now())
