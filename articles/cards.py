"""A story as a list shows it: a light row, read by values_list, that knows its own address."""

from collections import defaultdict
from functools import cached_property

from django.db.models import CharField, Value

from newsroom.language import prefix, text_in
from photos.art import COLUMNS, Art
from photos.models import Photo

# What a card knows, and where it is read.
FIELDS = {
    "id": "id",
    "language": "language",
    "title": "title",
    "slug": "slug",
    "public_at": "public_at",
    "category_name": "category__name",
    "category_slug": "category__slug",
    "author_name": "author__name",
    "like_count": "stats__like_count",
    "like_score": "stats__like_score",
    **{f"hero_{name}": f"hero__{name}" for name in COLUMNS},
    "is_demo": "is_demo",
    "record_number": "record_number",
    "interpreter": "interpreter",
    "category_key": "category__key",
    "author_slug": "author__slug",
    "author_sigil": "author__sigil",
    "place_texts": "place__texts",
    "latitude": "place__latitude",
    "longitude": "place__longitude",
    "hero_mark": "hero__mark",
    "hero_credit": "hero__credit",
}
FULL = list(FIELDS)
# For the small lists beside a story: no text, no place.
BRIEF = FULL[: FULL.index("record_number")]


class Card:
    """Has the attributes named in FIELDS, or those of BRIEF among them."""

    def __init__(self, names, row):
        self.__dict__.update(zip(names, row, strict=True))

    @property
    def category_path(self):
        return f"{prefix(self.language)}/{self.category_slug}/"

    @property
    def path(self):
        return f"{self.category_path}{self.slug}/"

    @property
    def place_name(self):
        return text_in(self.place_texts or {}, self.language, "name")

    @cached_property
    def art(self):
        """The hero's, or None."""
        return Art(*(getattr(self, f"hero_{name}") for name in COLUMNS)) if self.hero_token else None

    @property
    def mark_label(self):
        return Photo.Mark(self.hero_mark).label

    @property
    def credit(self):
        return self.hero_credit


def cards(queryset):
    """The rows of an ordered, sliced queryset of Article as Cards."""
    return [Card(FULL, row) for row in queryset.values_list(*FIELDS.values())]


def lists_query(names, **lists):
    """Several lists in one query, for as_lists(). `names`: what the cards know.

    Each list is an ordered, sliced queryset of Article; a story may stand in more than one. SQLite takes no LIMIT in
    the parts of a UNION, hence the sub-select in each.
    """
    columns = [*(FIELDS[name] for name in names), "list_name"]
    parts = []
    for name, queryset in lists.items():
        chosen = queryset.model.objects.filter(pk__in=queryset.values("pk"))
        parts.append(chosen.annotate(list_name=Value(name, CharField())).values_list(*columns))
    return parts[0].union(*parts[1:], all=True)


def as_lists(names, rows):
    """{list name: [Card, …], each newest first}; a list without rows is empty."""
    found = defaultdict(list)
    for *row, list_name in rows:
        found[list_name].append(Card(names, row))
    for listed in found.values():
        listed.sort(key=lambda card: (card.public_at, card.id), reverse=True)
    return found
