"""A story and its record. Article is what the public reads; work happens in Revision (see publishing.py)."""

import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from authors.models import Author, User
from newsroom.language import prefix
from photos.models import Photo

from .vocabulary import Category, Place


class ArticleQuerySet(models.QuerySet):
    def public(self, language=None, at=None):
        """The one visibility rule: what readers may see, in this language, at this moment (now)."""
        rows = self.filter(public_at__lte=at or timezone.now())
        if language:
            rows = rows.filter(language=language)
        return rows if settings.DEMO_IS_PUBLIC else rows.filter(is_demo=False)

    def public_among(self, ids, language, at=None):
        """The public ones of these. The rule is asked per row: SQLite would else walk its whole index."""
        return self.filter(Exists(self.model.objects.public(language, at).filter(pk=OuterRef("pk"))), pk__in=ids)

    def newest(self):
        return self.order_by("-public_at", "-id")

    def most_liked(self):
        """Recent likes weigh more (ArticleStats.like_score). Filter by stats__language: the index starts with it."""
        return self.filter(stats__like_score__gt=0).order_by("-stats__like_score", "-stats__article")


class Article(models.Model):
    """One story in one language: the row that the public reads. Only publishing.py writes it."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        PUBLISHED = "published", _("Public")
        RETRACTED = "retracted", _("Retracted")
        ARCHIVED = "archived", _("Archived")

    class Origin(models.TextChoices):
        AI_REWRITTEN = "ai_rewritten", _("AI rewritten")
        AI_ASSISTED = "ai_assisted", _("AI assisted")
        HUMAN = "human", _("Written by a person")

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    translation_key = models.CharField(_("translation key"), max_length=80, default=uuid.uuid4)
    record_number = models.BigIntegerField(_("record number"), unique=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT)
    # The editor's wish, and the fact (null unless public; in the future while scheduled).
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    public_at = models.DateTimeField(_("public since"), null=True, editable=False)
    # When the public text last changed after its first publication.
    updated_at = models.DateTimeField(_("updated"), null=True, editable=False)
    # The revision that the row shows.
    revision = models.ForeignKey("Revision", models.PROTECT, null=True, editable=False, related_name="+")
    reviewer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewer")
    )
    # Who read which revision, and when. `reviewer` above is who is asked to read; later that may be somebody else.
    reviewed_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("read by")
    )
    reviewed_revision = models.ForeignKey("Revision", models.PROTECT, null=True, editable=False, related_name="+")
    reviewed_at = models.DateTimeField(null=True, editable=False)
    # Since when the reviewer has been asked; null again once read, published or taken back.
    review_asked_at = models.DateTimeField(null=True, editable=False)
    # A change of a public story that goes out at a set time (`manage.py tick`): this revision and no later one.
    update_revision = models.ForeignKey("Revision", models.PROTECT, null=True, editable=False, related_name="+")
    update_at = models.DateTimeField(_("update goes out at"), null=True, editable=False)
    retraction_reason = models.CharField(_("reason of the retraction"), max_length=500, blank=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("begun by")
    )
    edited_at = models.DateTimeField(_("last edited"), default=timezone.now, editable=False)

    # The content of `revision`, written by apply() alone.
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=80)
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("section"))
    author = models.ForeignKey(Author, models.PROTECT, verbose_name=_("author"))
    origin = models.CharField(_("origin"), max_length=20, choices=Origin)
    interpreter = models.CharField(max_length=600, blank=True)
    key_points = models.JSONField(default=list, blank=True)
    body = models.TextField(blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, verbose_name=_("place"))
    hero = models.ForeignKey(Photo, models.PROTECT, null=True, related_name="+")
    tags = TaggableManager(through="ArticleTag", blank=True)

    # What a page needs in one read, derived by apply().
    html = models.TextField(blank=True)
    html_version = models.PositiveSmallIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    hero_alt = models.CharField(max_length=300, blank=True)
    tags_json = models.JSONField(default=list, help_text="[[name, slug], …]")
    sources_json = models.JSONField(default=list, help_text="[{name, url, title, published}, …], the primary first")
    translations_json = models.JSONField(default=list, help_text="[{language, path, public_at, is_demo}] of the others")
    corrections_json = models.JSONField(default=list, help_text="[{text, made_at}, …], the newest first")
    history_json = models.JSONField(default=list, help_text="[{number, shown_from, reason}, …] of what was public")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        permissions = [("publish_article", _("Can publish, unpublish and retract stories"))]
        indexes = [
            models.Index(fields=["language", "-public_at", "-id"], name="article_wire"),
            models.Index(fields=["category", "-public_at", "-id"], name="article_section"),
            models.Index(fields=["author", "language", "-public_at", "-id"], name="article_author"),
            models.Index(
                fields=["language", "-public_at", "-id"], name="article_located", condition=Q(place__isnull=False)
            ),
            models.Index(fields=["-edited_at", "-id"], name="article_desk"),
            models.Index(fields=["status", "-edited_at", "-id"], name="article_desk_status"),
            models.Index(fields=["created_by", "status", "-edited_at", "-id"], name="article_mine"),
            models.Index(
                fields=["reviewer", "review_asked_at"],
                name="article_review_asked",
                condition=Q(review_asked_at__isnull=False),
            ),
            models.Index(fields=["update_at"], name="article_update_due", condition=Q(update_at__isnull=False)),
            # The desk's calendar, and the lists of one section, persona or language, the latest edited first.
            models.Index(fields=["public_at", "id"], name="article_calendar"),
            models.Index(fields=["category", "-edited_at", "-id"], name="article_desk_section"),
            models.Index(fields=["author", "-edited_at", "-id"], name="article_desk_author"),
            models.Index(fields=["language", "-edited_at", "-id"], name="article_desk_language"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="article_language_slug"),
            models.UniqueConstraint(fields=["translation_key", "language"], name="article_translation"),
            models.CheckConstraint(
                condition=Q(status="published", public_at__isnull=False, revision__isnull=False)
                | (~Q(status="published") & Q(public_at__isnull=True)),
                name="article_public_means_published",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(slug=""), name="article_named"),
            models.CheckConstraint(condition=Q(record_number__gt=0), name="article_record_positive"),
            models.CheckConstraint(
                condition=~Q(status="retracted") | ~Q(retraction_reason=""), name="article_retraction_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["ai_rewritten", "ai_assisted", "human"]), name="article_origin_known"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_revision=None, reviewed_at=None, reviewed_by=None)
                | Q(reviewed_revision__isnull=False, reviewed_at__isnull=False, reviewed_by__isnull=False),
                name="article_review_whole",
            ),
            models.CheckConstraint(
                condition=Q(update_at=None, update_revision=None)
                | Q(update_at__isnull=False, update_revision__isnull=False, status="published"),
                name="article_update_whole",
            ),
            models.CheckConstraint(
                condition=Q(review_asked_at=None) | Q(reviewer__isnull=False), name="article_review_asked_of"
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{prefix(self.language)}/{self.category.slug}/{self.slug}/"

    @property
    def is_public(self):
        return self.public_at is not None and self.public_at <= timezone.now()

    @property
    def is_scheduled(self):
        return self.public_at is not None and self.public_at > timezone.now()

    @property
    def reading_minutes(self):
        return max(1, round(self.words / 220))

    @property
    def is_reviewed(self):
        """A named human has read exactly the revision that the public sees."""
        return self.reviewed_revision_id is not None and self.reviewed_revision_id == self.revision_id

    def update_waits(self, newest):
        """Whether the newest revision says something else than what the public reads or will read."""
        if self.public_at is None or newest is None or newest.pk == self.revision_id:
            return False
        return newest.sha256 != self.revision.sha256

    def newest_revision(self):
        return self.revisions.order_by("-number").first()


class Revision(models.Model):
    """Append-only snapshot of everything readers see of a story. Two triggers refuse its change and its deletion."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions", verbose_name=_("story"))
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"), help_text="See content.py for its shape.")
    canonical_version = models.PositiveSmallIntegerField()
    sha256 = models.CharField("SHA-256", max_length=64)
    created_at = models.DateTimeField(_("saved"), default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, verbose_name=_("saved by"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    translated_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="translations")
    redacted_at = models.DateTimeField(null=True)
    redaction_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number")]

    def __str__(self):
        return f"db#{self.article.record_number} · {self.number}"


class Publication(models.Model):
    """What the public read of a story, from when until when: one row each time a revision becomes public."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="publications", verbose_name=_("story"))
    revision = models.ForeignKey(Revision, models.PROTECT, verbose_name=_("revision"))
    shown_from = models.DateTimeField(_("shown from"))
    shown_until = models.DateTimeField(_("shown until"), null=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        indexes = [models.Index(fields=["article", "shown_from"], name="publication_article")]
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=Q(shown_until__isnull=True), name="publication_one_open"
            ),
            models.CheckConstraint(
                condition=Q(shown_until__isnull=True) | Q(shown_until__gt=F("shown_from")), name="publication_order"
            ),
        ]

    def __str__(self):
        return f"{self.revision} · {self.shown_from:%Y-%m-%d %H:%M}"


class Correction(models.Model):
    """A dated public note on what was wrong and what is right."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="corrections", verbose_name=_("story"))
    text = models.TextField(
        _("text"),
        max_length=1000,
        help_text=_("What was wrong, and what is right. Stands below the story and in the list of corrections."),
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, verbose_name=_("by"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [models.Index(fields=["-made_at", "-id"], name="correction_newest")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="correction_says_something")]

    def __str__(self):
        return f"db#{self.article.record_number} · {self.made_at:%Y-%m-%d}"

    def save(self, *args, **kwargs):
        with transaction.atomic():
            before = Correction.objects.filter(pk=self.pk).values_list("article_id", flat=True).first()
            told = sorted({self.article_id, before or self.article_id})
            # Locked, so that two corrections of one story do not overwrite each other's list.
            list(Article.objects.select_for_update().filter(pk__in=told).order_by("pk").values("pk"))
            super().save(*args, **kwargs)
            for article_id in told:
                _tell_corrections(article_id)


def _tell_corrections(article_id):
    rows = Correction.objects.filter(article=article_id).order_by("-made_at", "-id")
    told = [{"text": row.text, "made_at": row.made_at.isoformat()} for row in rows]
    Article.objects.filter(pk=article_id).update(corrections_json=told)


class RecordCounter(models.Model):
    """The next record number: one row, locked while a number is taken."""

    next_number = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="record_counter_single")]

    @classmethod
    def take(cls, count=1, reserve=None):
        """The first of `count` consecutive numbers; `reserve` asks for a certain one."""
        with transaction.atomic():
            row, _created = cls.objects.select_for_update().get_or_create(id=1)
            first = reserve or row.next_number
            cls.objects.filter(id=1).update(next_number=max(row.next_number, first + count))
        return first
