"""Slugs of categories and standing pages share one namespace: the first segment of an address."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import get_resolver
from django.utils.translation import gettext as _


def reserved_segments(model):
    """First segments that an address of the system uses, read off the URLconf, every language code among them.

    The names of the system's own standing pages (about, privacy …) are theirs and closed to categories only.
    """
    from .models import StandingPage
    from .urls import SYSTEM_PAGES

    segments = {code for code, _name in settings.LANGUAGES}
    for pattern in _patterns(get_resolver().url_patterns):
        segment = pattern.split("/")[0]
        if segment and "<" not in segment:
            segments.add(segment)
    segments |= {settings.STATIC_URL.strip("/").split("/")[0], "media"}
    return segments - set(SYSTEM_PAGES) if model is StandingPage else segments | set(SYSTEM_PAGES)


def _patterns(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns") and "/" not in route:
            yield from _patterns(pattern.url_patterns, route)
        else:
            yield route
            stripped = route.split("/", 1)[-1] if route.split("/")[0] in dict(settings.LANGUAGES) else ""
            if stripped:
                yield stripped


def check_top_slug(row):
    """Refuses a slug of a category or standing page that an address, a category or a page of its language has."""
    from .models import Category, StandingPage

    if row.slug in reserved_segments(type(row)):
        raise ValidationError(
            {"slug": _("“%(slug)s” is an address of the system. Choose another.") % {"slug": row.slug}}
        )
    other = StandingPage if isinstance(row, Category) else Category
    if other.objects.filter(language=row.language, slug=row.slug).exists():
        raise ValidationError(
            {"slug": _("“%(slug)s” is taken by a section or standing page. Choose another.") % {"slug": row.slug}}
        )
