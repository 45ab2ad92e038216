"""What the publication consists of. Article is what the public reads; work happens in Revision (see publishing.py)."""

import math
import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from authors.models import Author, User
from newsroom.language import prefix, text_in, url_in
from newsroom.text import slugify
from photos.models import Photo


class Category(models.Model):
    """A section, one row per language; rows of one section share the key."""

    key = models.SlugField(_("key"), max_length=40, help_text=_("The same in every language of this section."))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(
        _("slug"), max_length=60, help_text=_("First part of the address. A changed slug leaves a redirect behind.")
    )
    description = models.CharField(_("description"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["language", "position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key", "language"], name="category_key_language"),
            models.UniqueConstraint(fields=["language", "slug"], name="category_language_slug"),
            models.CheckConstraint(condition=~Q(slug="") & ~Q(name=""), name="category_named"),
        ]

    def __str__(self):
        return f"{self.name} ({self.language})"

    def get_absolute_url(self):
        return f"{prefix(self.language)}/{self.slug}/"

    def save(self, *args, **kwargs):
        with transaction.atomic():
            old = Category.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
            super().save(*args, **kwargs)
            if old and old != self.slug:
                Redirect.objects.leave(self.language, old, category=self)


class Source(models.Model):
    """An outlet or institution that stories are rewritten from."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    url = models.URLField(_("home page"), max_length=300)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Place(models.Model):
    """Where a story happens: its name in each language, and a point for the globe."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    texts = models.JSONField(_("texts"), default=dict, help_text=_("The name in each language, as in a dateline."))
    latitude = models.FloatField(_("latitude"), help_text=_("Degrees, north is positive."))
    longitude = models.FloatField(_("longitude"), help_text=_("Degrees, east is positive."))

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=Q(latitude__gte=-90, latitude__lte=90), name="place_latitude"),
            models.CheckConstraint(condition=Q(longitude__gte=-180, longitude__lte=180), name="place_longitude"),
        ]

    def __str__(self):
        return self.name(settings.LANGUAGE_CODE) or self.key

    def name(self, language):
        return text_in(self.texts, language, "name")


class Tag(TagBase):
    """A tag; its name is stored in lower case, because SQLite folds no letters beyond ASCII."""

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def slugify(self, tag, i=None):
        return slugify(tag, 90) + (f"-{i}" if i else "")

    def save(self, *args, **kwargs):
        self.name = self.name.lower()
        super().save(*args, **kwargs)

    def path(self, language):
        return url_in(language, "tag", slug=self.slug)


class ArticleQuerySet(models.QuerySet):
    def public(self, language=None, at=None):
        """The one visibility rule: what readers may see, in this language, at this moment (now)."""
        rows = self.filter(public_at__lte=at or timezone.now())
        if language:
            rows = rows.filter(language=language)
        return rows if settings.DEMO_IS_PUBLIC else rows.filter(is_demo=False)

    def newest(self):
        return self.order_by("-public_at", "-id")


class Article(models.Model):
    """One story in one language: the row that the public reads. Written by publishing.apply() and its transitions alone."""

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
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reviewer"))
    reviewed_revision = models.ForeignKey("Revision", models.PROTECT, null=True, editable=False, related_name="+")
    reviewed_at = models.DateTimeField(null=True, editable=False)
    retraction_reason = models.CharField(_("reason of the retraction"), max_length=500, blank=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
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
    translations_json = models.JSONField(default=list, help_text="[{language, path, public_at}, …] of the others")
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
                condition=Q(reviewed_revision=None, reviewed_at=None)
                | Q(reviewed_revision__isnull=False, reviewed_at__isnull=False, reviewer__isnull=False),
                name="article_review_whole",
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


class ArticleStats(models.Model):
    """Counters of a story, apart from it so that a like does not rewrite a wide row. `manage.py recount` proves them."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="stats")
    language = models.CharField(max_length=10)
    like_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    # log2 of the sum over all likes of 2^(weeks since 2020): a like counts half as much for each week that passed since.
    like_score = models.FloatField(default=0)

    class Meta:
        verbose_name = _("counters")
        verbose_name_plural = _("counters")
        indexes = [models.Index(fields=["language", "-like_score", "-article"], name="stats_liked")]


class ArticlePhoto(models.Model):
    """A photo's place in a story. Position 0 is the hero."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=300)
    caption = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="article_photo_position"),
            models.UniqueConstraint(fields=["article", "photo"], name="article_photo_once"),
            models.CheckConstraint(condition=~Q(alt=""), name="article_photo_alt"),
        ]


class ArticleSource(models.Model):
    """What a story is rewritten from. Position 0 is the primary source."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="sources")
    source = models.ForeignKey(Source, models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField()
    url = models.URLField(max_length=500, blank=True)
    title = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "position"], name="article_source_position")]


class ArticleTag(ItemBase):
    """A story's tag. Copies the two facts of visibility, so that a tag's page is one index range."""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="items")
    content_object = models.ForeignKey(Article, models.CASCADE, related_name="article_tags")
    language = models.CharField(max_length=10)
    public_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["tag", "language", "-public_at", "-content_object"], name="article_tag_page"),
        ]
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="article_tag_once")]

    def save(self, *args, **kwargs):
        # taggit's own form path knows nothing of our columns.
        self.language, self.public_at = self.content_object.language, self.content_object.public_at
        super().save(*args, **kwargs)


class ArticleSearch(models.Model):
    """A story that search can find: its place in the order of publication (see search.py, which alone writes it).

    The words stand beside it: on PostgreSQL in the column `vector`, on SQLite in the FTS5 table `articles_searchwords`.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="search_row")
    language = models.CharField(max_length=10)
    position = models.BigIntegerField(unique=True)

    class Meta:
        indexes = [models.Index(fields=["language", "-position"], name="search_newest")]


class Like(models.Model):
    """One reader's like of one story. `reader` is the HMAC of the reader's cookie and the story: it links to nothing."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="likes")
    reader = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "reader"], name="like_once")]


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
            super().save(*args, **kwargs)
            rows = Correction.objects.filter(article=self.article_id).order_by("-made_at", "-id")
            told = [{"text": row.text, "made_at": row.made_at.isoformat()} for row in rows]
            Article.objects.filter(pk=self.article_id).update(corrections_json=told)


class PlacementQuerySet(models.QuerySet):
    def current(self, language, at=None):
        at = at or timezone.now()
        return self.filter(language=language, shown_from__lte=at).filter(
            Q(shown_until__isnull=True) | Q(shown_until__gt=at)
        )


class Placement(models.Model):
    """An editor put this story in this slot of the front page, from, until. An empty slot takes the newest story."""

    class Slot(models.TextChoices):
        LEAD = "lead", _("Lead of the front page")
        SECTION = "section", _("Top of its section")

    slot = models.CharField(_("slot"), max_length=10, choices=Slot)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="placements", verbose_name=_("story"))
    shown_from = models.DateTimeField(_("from"), default=timezone.now)
    shown_until = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until it is replaced."))

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("front page")
        indexes = [models.Index(fields=["language", "-shown_from"], name="placement_current")]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_until__isnull=True) | Q(shown_until__gt=F("shown_from")), name="placement_order"
            )
        ]

    def __str__(self):
        return f"{self.get_slot_display()}: {self.article}"

    def save(self, *args, **kwargs):
        self.language = self.article.language
        super().save(*args, **kwargs)


class StandingPage(models.Model):
    """About, imprint and the like, one row per language; rows of one page share the key."""

    key = models.SlugField(_("key"), max_length=40)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=60)
    description = models.CharField(_("description"), max_length=300, blank=True)
    body = models.TextField(_("text"), max_length=60_000, help_text=_("Markdown."))
    html = models.TextField(editable=False)
    is_public = models.BooleanField(_("public"), default=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("standing page")
        verbose_name_plural = _("standing pages")
        ordering = ["language", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["key", "language"], name="page_key_language"),
            models.UniqueConstraint(fields=["language", "slug"], name="page_language_slug"),
        ]

    def __str__(self):
        return f"{self.title} ({self.language})"

    def get_absolute_url(self):
        return f"{prefix(self.language)}/{self.slug}/"

    def save(self, *args, **kwargs):
        from .dialect import render_page

        self.html = render_page(self.body)
        with transaction.atomic():
            old = StandingPage.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
            super().save(*args, **kwargs)
            if old and old != self.slug:
                Redirect.objects.leave(self.language, old, page=self)


class RedirectManager(models.Manager):
    def leave(self, language, old_slug, **target):
        """From a slug that was given up to what carries it no longer. The newest holder of a slug wins."""
        kind = "story" if "article" in target else "top"
        empty = {"article": None, "category": None, "page": None}
        self.update_or_create(language=language, kind=kind, old_slug=old_slug, defaults={**empty, **target})

    def target(self, language, kind, old_slug):
        row = (
            self.filter(language=language, kind=kind, old_slug=old_slug)
            .select_related("article__category", "category", "page")
            .first()
        )
        return row and (row.article or row.category or row.page)


class Redirect(models.Model):
    """An old slug leads on. Rows point at the thing and not at an address, so that no chain can form."""

    class Kind(models.TextChoices):
        STORY = "story", _("Story")
        TOP = "top", _("Section or page")

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    old_slug = models.SlugField(_("old slug"), max_length=80)
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, verbose_name=_("story"))
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, verbose_name=_("section"))
    page = models.ForeignKey(StandingPage, models.CASCADE, null=True, blank=True, verbose_name=_("standing page"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = RedirectManager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        constraints = [
            models.UniqueConstraint(fields=["language", "kind", "old_slug"], name="redirect_unique"),
            models.CheckConstraint(
                condition=Q(kind="story", article__isnull=False, category=None, page=None)
                | Q(kind="top", article=None, category__isnull=False, page=None)
                | Q(kind="top", article=None, category=None, page__isnull=False),
                name="redirect_one_target",
            ),
        ]

    def __str__(self):
        return f"{prefix(self.language)}/…/{self.old_slug}/"


class RecordCounter(models.Model):
    """The next record number: one row, locked while a number is taken."""

    next_number = models.BigIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="record_counter_single")]

    @classmethod
    def take(cls, count=1, reserve=None):
        """The first of `count` consecutive numbers; `reserve` asks for a certain one and keeps the counter beyond it."""
        with transaction.atomic():
            row, _created = cls.objects.select_for_update().get_or_create(id=1)
            first = reserve or row.next_number
            cls.objects.filter(id=1).update(next_number=max(row.next_number, first + count))
        return first


SCORE_EPOCH = timezone.datetime(2020, 1, 1, tzinfo=timezone.get_fixed_timezone(0))
WEEK_SECONDS = 7 * 86_400


def weeks(moment):
    return (moment - SCORE_EPOCH).total_seconds() / WEEK_SECONDS


def like_score(moments):
    """ArticleStats.like_score of likes given at these moments; 0 without any."""
    exponents = [weeks(moment) for moment in moments]
    if not exponents:
        return 0.0
    top = max(exponents)
    return top + math.log2(sum(2 ** (exponent - top) for exponent in exponents))
