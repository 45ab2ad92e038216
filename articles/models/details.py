"""What hangs on a story: its counters and likes, photos, sources, tags, and its rows in the search indexes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from taggit.models import ItemBase

from photos.models import Photo

from .stories import Article
from .vocabulary import Source, Tag


class Discussion(models.TextChoices):
    """What happens to comments: below a story, or everywhere."""

    OPEN = "open", pgettext_lazy("comments are", "Open")
    PREMODERATED = "premoderated", _("Pre-moderated")
    CLOSED = "closed", _("Closed")


class ArticleStats(models.Model):
    """Counters of a story, apart from it so that a like does not rewrite a wide row. `recount` proves them.

    Beside them what moderators set for its comments: no version of the text, and needed by the same pages.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="stats")
    language = models.CharField(max_length=10)
    like_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    # log2 of the sum over all likes of 2^(weeks since 2020): a like counts half for each week that passed since.
    like_score = models.FloatField(default=0)
    # '' as the whole site.
    discussion = models.CharField(_("comments"), max_length=12, choices=Discussion, blank=True)
    # Closes so many days after the story became public; null never.
    discussion_days = models.PositiveSmallIntegerField(_("closes after days"), null=True, blank=True)

    class Meta:
        verbose_name = _("counters")
        verbose_name_plural = _("counters")
        indexes = [models.Index(fields=["language", "-like_score", "-article"], name="stats_liked")]
        constraints = [
            models.CheckConstraint(condition=Q(discussion__in=["", *Discussion.values]), name="stats_discussion_known"),
            models.CheckConstraint(
                condition=Q(discussion_days=None) | Q(discussion_days__range=(1, 3650)), name="stats_discussion_days"
            ),
        ]


class Like(models.Model):
    """One reader's like of one story. `reader` is the HMAC of the reader's cookie and the story: it links nothing."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="likes")
    reader = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "reader"], name="like_once")]


class ArticlePhoto(models.Model):
    """A photo in a story; position 0 is the hero. Copies what `/photos/` asks for, so that it is one index range."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="photos")
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=300)
    caption = models.CharField(max_length=400, blank=True)
    place = models.CharField(max_length=120, blank=True)
    mark = models.CharField(max_length=20, choices=Photo.Mark)
    language = models.CharField(max_length=10)
    public_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["language", "-public_at", "-id"], name="article_photo_newest"),
            models.Index(fields=["language", "mark", "-public_at", "-id"], name="article_photo_by_mark"),
        ]
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


class DeskSearch(models.Model):
    """Any story as the desk finds it: its place in the order of editing (see desk_search.py, which alone writes it).

    The words stand beside it: on PostgreSQL in the column `vector`, on SQLite in the FTS5 table `articles_deskwords`.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="desk_row")
    language = models.CharField(max_length=10)
    position = models.BigIntegerField(unique=True)
    # Public, and a newer revision is not: of a hundred thousand stories these few are found by index.
    update_waits = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["language", "-position"], name="desk_search_newest"),
            models.Index(fields=["article"], name="desk_search_waiting", condition=Q(update_waits=True)),
        ]
