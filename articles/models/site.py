"""The publication around the stories: the front page, standing pages, and where old addresses lead."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.language import prefix

from .stories import Article
from .vocabulary import Category


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
    position = models.PositiveSmallIntegerField(
        _("position"), default=1, help_text=_("The place within the section's block, 1 to 4; the lead has only one.")
    )
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
            ),
            models.CheckConstraint(
                condition=Q(slot="lead", position=1) | Q(slot="section", position__range=(1, 4)),
                name="placement_position",
            ),
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

    def save(self, *args, **kwargs):
        from articles.dialect import render_page

        self.html = render_page(self.body)
        with transaction.atomic():
            old = StandingPage.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
            super().save(*args, **kwargs)
            if old and old != self.slug:
                Redirect.objects.leave(self.language, old, page=self)

    def get_absolute_url(self):
        return f"{prefix(self.language)}/{self.slug}/"


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
