"""What moderators work with: findings, decisions, writers and their standing, word lists, the switch of the site."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Discussion

from .comments import Comment


class SiteDiscussion(models.Model):
    """The one row of what holds for the whole site; read by policy.py, which knows what holds without it."""

    mode = models.CharField(_("comments"), max_length=12, choices=Discussion, default=Discussion.PREMODERATED)
    # Counts up with every change of the word lists that are live, so that each process knows when its own are old.
    words_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="site_discussion_is_one"),
            models.CheckConstraint(condition=Q(mode__in=Discussion.values), name="site_discussion_mode_known"),
        ]

    def __str__(self):
        return self.get_mode_display()


class Finding(models.Model):
    """What a phase of the pipeline said of a comment's present text, and what it found: the word, the rule, the number.

    reasons.py puts it into a sentence. A change of the text replaces all of a comment's findings.
    """

    class Verdict(models.TextChoices):
        APPROVE = "approve"
        HOLD = "hold"
        REJECT = "reject"

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="findings")
    phase = models.CharField(max_length=30)
    verdict = models.CharField(max_length=8, choices=Verdict)
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "phase"], name="finding_once")]
        indexes = [models.Index(fields=["created_at", "phase"], name="finding_weeks")]

    def __str__(self):
        return f"{self.phase}: {self.verdict}"


class Commenter(models.Model):
    """A writer whom moderators have said something about: an account, or a browser. Nobody else has a row."""

    class Standing(models.TextChoices):
        NORMAL = "normal", _("As everybody")
        TRUSTED = "trusted", _("Trusted")
        HELD = "held", _("Always hold")
        SUSPENDED = "suspended", _("Suspended")
        BANNED = "banned", _("Banned")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="commenter")
    # Comment.reader of a guest.
    reader = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001 several have none
    # The name of their newest comment when a moderator last did something.
    name = models.CharField(_("name"), max_length=60)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.NORMAL)
    # A suspension ends by itself then.
    until = models.DateTimeField(_("until"), null=True, blank=True)
    # Must be acknowledged before the next comment; '' for none, `acknowledged_at` null until it was.
    warning = models.CharField(_("warning"), max_length=500, blank=True)
    warned_at = models.DateTimeField(null=True, editable=False)
    acknowledged_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("commenter")
        verbose_name_plural = _("commenters")
        indexes = [models.Index(fields=["standing", "-id"], name="commenter_standing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, reader__isnull=False) | Q(user__isnull=False, reader=None),
                name="commenter_is_one",
            ),
            models.CheckConstraint(
                condition=Q(standing="suspended", until__isnull=False) | ~Q(standing="suspended") & Q(until=None),
                name="commenter_suspended_until",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["normal", "trusted", "held", "suspended", "banned"]),
                name="commenter_standing_known",
            ),
            models.CheckConstraint(
                condition=Q(warning="", warned_at=None, acknowledged_at=None)
                | ~Q(warning="") & Q(warned_at__isnull=False),
                name="commenter_warned_whole",
            ),
        ]

    def __str__(self):
        return self.name


class NetworkBan(models.Model):
    """No comments from this network (Comment.network) for a limited time. The row goes when that is over."""

    network = models.CharField(max_length=64, unique=True, editable=False)
    until = models.DateTimeField(_("until"), db_index=True)
    # In whose history it is seen.
    commenter = models.ForeignKey(Commenter, models.CASCADE, null=True, related_name="network_bans")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("banned network")
        verbose_name_plural = _("banned networks")

    def __str__(self):
        return f"{self.until:%Y-%m-%d}"


class ListedWord(models.Model):
    """A word or phrase that rejects or holds a comment. Nothing happens by one that is not live yet."""

    class List(models.TextChoices):
        BANNED = "banned", _("Banned: rejects")
        SUSPECT = "suspect", _("Suspect: holds")

    class How(models.TextChoices):
        WORD = "word", _("This word alone")
        FORMS = "forms", _("The word in all its forms")
        START = "start", _("All words that begin like this")

    text = models.CharField(_("word or phrase"), max_length=80)
    # What it is matched by (words.py), so that no two entries are the same.
    folded = models.CharField(max_length=160, editable=False)
    language = models.CharField(_("language"), max_length=10, blank=True, help_text=_("Empty: every language."))
    list = models.CharField(_("list"), max_length=8, choices=List)
    how = models.CharField(_("matches"), max_length=6, choices=How, default=How.WORD)
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("Why it is here. Moderators read it beside the comment.")
    )
    is_live = models.BooleanField(_("live"), default=False)
    live_since = models.DateTimeField(_("live since"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("listed word")
        verbose_name_plural = _("word lists")
        constraints = [
            models.UniqueConstraint(fields=["folded", "language", "how"], name="listed_word_once"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(folded=""), name="listed_word_says_something"),
            models.CheckConstraint(
                condition=Q(is_live=False) | Q(live_since__isnull=False), name="listed_word_live_since"
            ),
        ]

    def __str__(self):
        return self.text


class Decision(models.Model):
    """One line of the log, append-only (triggers.py): who did what, when, why, and on which text.

    On a comment, a writer, a story's discussion, or (none of them) the whole site. Without a user it was the pipeline.
    """

    class Action(models.TextChoices):
        APPROVE = "approve", _("approved")
        REJECT = "reject", _("rejected")
        SPAM = "spam", _("rejected as spam")
        REMOVE = "remove", _("removed")
        KEEP = "keep", _("kept: the reports are done")
        PICK = "pick", _("picked")
        UNPICK = "unpick", _("no longer picked")
        UNDO = "undo", _("undone")
        NORMAL = "normal", _("as everybody")
        TRUST = "trusted", _("trusted")
        HELD = "held", _("always held")
        SUSPEND = "suspended", _("suspended")
        BAN = "banned", _("banned")
        BAN_NETWORK = "network", _("network banned")
        LIFT_NETWORK = "lifted", _("network ban lifted")
        WARN = "warn", _("warned")
        ACKNOWLEDGE = "read", _("warning acknowledged")
        NOTE = "note", _("note")
        DISCUSSION = "discussion", _("discussion changed")
        WORDS = "words", _("word list changed")

    action = models.CharField(_("decision"), max_length=10, choices=Action)
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="decisions", db_index=False)
    commenter = models.ForeignKey(Commenter, models.PROTECT, null=True, related_name="decisions", db_index=False)
    article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    # What the moderator gave as a reason, or what was decided in particular ("until 3 May", "premoderated").
    why = models.CharField(_("why"), max_length=500, blank=True)
    # The text that was decided on, and its seal (moderation.py). Blanked when its writer deletes the comment.
    body = models.TextField(_("text"), blank=True)
    seal = models.CharField(max_length=16, blank=True)
    # How the comment stood before: {"status", "is_pick", "is_spam"}. What an undo brings back.
    was = models.JSONField(default=dict)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("log")
        indexes = [
            models.Index(fields=["comment", "-id"], name="decision_of_comment"),
            models.Index(fields=["commenter", "-id"], name="decision_of_commenter"),
            models.Index(fields=["article", "-id"], name="decision_of_story"),
            models.Index(fields=["user", "-id"], name="decision_of_user"),
            models.Index(fields=["made_at", "action"], name="decision_weeks"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(action="undo", undoes__isnull=False) | ~Q(action="undo") & Q(undoes=None),
                name="decision_undo_of_something",
            ),
        ]

    def __str__(self):
        return self.get_action_display()


class LearnedModel(models.Model):
    """What the classifier learned from the moderators' decisions, and how well it did on those held out."""

    created_at = models.DateTimeField(default=timezone.now)
    # Of the newest decision it learned from: Decision.pk.
    until = models.BigIntegerField()
    # {"bias": float, "words": {token: weight}} (learning.py).
    weights = models.JSONField()
    # {"approved", "rejected", "held_out", "precision", "recall", …}
    figures = models.JSONField()

    def __str__(self):
        return f"{self.created_at:%Y-%m-%d %H:%M}"
