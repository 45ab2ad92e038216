"""The newest photos of an edition, read off ArticlePhoto's own indexes: no story is looked at to find them."""

import datetime as dt
from typing import NamedTuple

from django import forms
from django.conf import settings
from django.utils import timezone

from newsroom.keyset import page
from newsroom.language import prefix
from photos.art import COLUMNS, Art
from photos.models import Photo

from . import marks
from .models import ArticlePhoto

PAGE = 48
OWN_COLUMNS = ["id", "public_at", "language", "position", "alt", "mark", "photo_id", "photo__credit"]
STORY_COLUMNS = ["title", "slug", "category__slug", "record_number", "is_demo"]


class OriginForm(forms.Form):
    origin = forms.ChoiceField(choices=Photo.Mark.choices, required=False)


class NewPhoto(NamedTuple):
    """A photo in the story that shows it."""

    id: int
    public_at: dt.datetime
    language: str
    position: int
    alt: str
    mark: str
    photo_id: int
    credit: str
    title: str
    slug: str
    category_slug: str
    record_number: int
    is_demo: bool
    art: Art

    @property
    def number(self):
        return self.position + 1

    @property
    def path(self):
        return f"{prefix(self.language)}/{self.category_slug}/{self.slug}/photos/#photo-{self.number}"

    @property
    def mark_label(self):
        return Photo.Mark(self.mark).label

    @property
    def mark_short(self):
        return marks.SHORT[self.mark]


def chosen_origin(params):
    """The origin that an address asks for; what is none of them asks for all."""
    form = OriginForm(params)
    return form.cleaned_data["origin"] if form.is_valid() else ""


def newest(language, origin=""):
    rows = ArticlePhoto.objects.filter(language=language, public_at__lte=timezone.now())
    if origin:
        rows = rows.filter(mark=origin)
    if not settings.DEMO_IS_PUBLIC:
        rows = rows.filter(article__is_demo=False)
    return rows


def newest_page(language, origin, params):
    """One page of them. A photo that several stories show stands there once, with the newest of those."""
    found = page(newest(language, origin), params, PAGE, read=_read)
    once = {}
    for row in found.rows:
        once.setdefault(row.photo_id, row)
    return found._replace(rows=list(once.values()))


def _read(rows):
    names = [*OWN_COLUMNS, *(f"article__{name}" for name in STORY_COLUMNS), *(f"photo__{name}" for name in COLUMNS)]
    own = len(names) - len(COLUMNS)
    return [NewPhoto(*row[:own], art=Art(*row[own:])) for row in rows.values_list(*names)]
