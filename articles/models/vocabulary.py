"""What stories are filed under: sections, sources, places, tags."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.models import TagBase

from newsroom.language import prefix, text_in, url_in
from newsroom.text import slugify


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

    def save(self, *args, **kwargs):
        from .site import Redirect

        with transaction.atomic():
            old = Category.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
            super().save(*args, **kwargs)
            if old and old != self.slug:
                Redirect.objects.leave(self.language, old, category=self)

    def get_absolute_url(self):
        return f"{prefix(self.language)}/{self.slug}/"


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
