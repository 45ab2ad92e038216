"""A story as a list shows it: a light row, read by values_list, that knows its own address."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Value
from django.db.models.fields import CharField

from newsroom.language import prefix, text_in
from photos.pictures import rendition_name, srcset

COLUMNS = [
    *("id", "language", "record_number", "title", "slug", "interpreter", "public_at", "is_demo", "words"),
    *("category__key", "category__name", "category__slug", "author__name", "author__slug", "author__sigil"),
    *("place__texts", "place__latitude", "place__longitude", "stats__like_count", "stats__like_score"),
    *("hero__token", "hero__widths", "hero__width", "hero__height"),
]


class Card(NamedTuple):
    id: int
    language: str
    record_number: int
    title: str
    slug: str
    interpreter: str
    public_at: dt.datetime
    is_demo: bool
    words: int
    category_key: str
    category_name: str
    category_slug: str
    author_name: str
    author_slug: str
    author_sigil: str
    place_texts: dict | None
    latitude: float | None
    longitude: float | None
    like_count: int | None
    like_score: float | None
    hero_token: str | None
    hero_widths: list | None
    hero_width: int | None
    hero_height: int | None
    list_name: str = ""

    @property
    def path(self):
        return f"{prefix(self.language)}/{self.category_slug}/{self.slug}/"

    @property
    def category_path(self):
        return f"{prefix(self.language)}/{self.category_slug}/"

    @property
    def place_name(self):
        return text_in(self.place_texts or {}, self.language, "name")

    @property
    def picture(self):
        return rendition_name(self.hero_token, self.hero_widths, 640) if self.hero_token else ""

    @property
    def picture_set(self):
        return srcset(self.hero_token, self.hero_widths)


def cards(queryset):
    """The rows of an ordered, sliced queryset of Article as Cards."""
    return [Card(*row) for row in queryset.values_list(*COLUMNS)]


def card_lists(**lists):
    """Several lists in one query: {name: [Card, …]}, each newest first.

    Each list is an ordered, sliced queryset of Article. A story may stand in more than one.
    """
    parts = []
    for name, queryset in lists.items():
        chosen = queryset.model.objects.filter(pk__in=queryset.values("pk"))
        parts.append(chosen.annotate(list_name=Value(name, CharField())).values_list(*COLUMNS, "list_name"))
    found = {name: [] for name in lists}
    if parts:
        for row in parts[0].union(*parts[1:], all=True):
            card = Card(*row)
            found[card.list_name].append(card)
    for rows in found.values():
        rows.sort(key=lambda card: (card.public_at, card.id), reverse=True)
    return found

