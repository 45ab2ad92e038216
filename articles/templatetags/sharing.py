"""What a page says of itself to those who show a link to it: Open Graph, and the little that X asks besides."""

from django import template
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles import share_cards
from articles.card_drawing import HEIGHT, WIDTH
from newsroom.language import LOCALES

register = template.Library()


@register.simple_tag
def story_meta(article, photos, path, others, is_review=False):
    """For a story's page and for its Foto Review. `others`: {language: path} of the page's translations."""
    rows = [
        ("og:type", "article"),
        ("og:title", f"{_('Foto Review')}: {article.title}" if is_review else article.title),
        ("og:description", "" if is_review else article.interpreter),
        ("og:url", settings.SITE_URL + path),
        *(("og:locale:alternate", LOCALES[code]) for code in others),
        ("article:published_time", article.public_at.isoformat(timespec="seconds")),
        ("article:modified_time", article.updated_at.isoformat(timespec="seconds") if article.updated_at else ""),
        ("article:section", article.category.name),
    ]
    return _meta(article.language, rows, share_cards.card_of(article, photos))


@register.simple_tag
def edition_meta(language):
    """For every other page."""
    return _meta(language, [("og:type", "website")], share_cards.edition_card(language))


def _meta(language, rows, card):
    rows += [
        ("og:site_name", settings.SITE_NAME),
        ("og:locale", LOCALES[language]),
        ("og:image", settings.SITE_URL + share_cards.path_of(card)),
        ("og:image:type", "image/jpeg"),
        ("og:image:width", WIDTH),
        ("og:image:height", HEIGHT),
        ("og:image:alt", card.says),
    ]
    said = "".join(f'<meta property="{name}" content="{escape(value)}">\n' for name, value in rows if value)
    return mark_safe(said + '<meta name="twitter:card" content="summary_large_image">\n')  # noqa: S308 - escaped
