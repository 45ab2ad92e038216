"""What seeded stories refer to: the sections, AI editors and places that are there, or new ones in an empty database.

Sources, tags and photos are always the seed's own, so that no real outlet is said to have written any of it.
"""

import io
import itertools
import math
from typing import NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from articles.applying import tag_named
from articles.models import Category, Place, Source, Tag
from authors.models import Author
from photos.models import Photo
from photos.pictures import add_photo

from . import seed_words
from .seed_texts import NAMES
from .seed_words import WORDS

PHOTOS = 8
PICTURE = (1280, 800)
# Proper names that are tags too: the thin end of the distribution.
NAME_TAGS = 100


class NoSections(Exception):
    """There are sections, but none that exists in all the languages wanted."""


class TagPool(NamedTuple):
    """Tags by falling frequency: the n-th is used a n-th as often as the first."""

    tags: list[Tag]
    cumulative: list[float]

    def draw(self, rng, count):
        return list(dict.fromkeys(rng.choices(self.tags, cum_weights=self.cumulative, k=count)))


class Cast(NamedTuple):
    sections: list[dict]  # {language: Category}
    editors: list[Author]
    places: list[Place]
    sources: list[Source]
    photos: list[Photo]
    tags: dict  # {language: TagPool}


def make_cast(languages):
    return Cast(
        _sections(languages),
        _editors(),
        _places(),
        [_source(*row) for row in seed_words.SOURCES],
        [_photo(number) for number in range(PHOTOS)],
        {language: _tags(language) for language in languages},
    )


def _sections(languages):
    if not Category.objects.exists():
        _make_sections()
    by_key = {}
    for category in Category.objects.order_by("position", "key"):
        by_key.setdefault(category.key, {})[category.language] = category
    common = [rows for rows in by_key.values() if all(language in rows for language in languages)]
    if not common:
        raise NoSections
    return common


def _make_sections():
    for position, (key, names) in enumerate(seed_words.SECTIONS):
        for language, (name, slug) in names.items():
            Category.objects.create(key=key, language=language, name=name, slug=slug, position=position)


def _editors():
    found = Author.objects.filter(kind=Author.Kind.AI, is_active=True)
    if not found.exists():
        for position, (name, slug, sigil) in enumerate(seed_words.EDITORS):
            texts = seed_words.EDITOR_TEXTS
            Author.objects.create(name=name, slug=slug, sigil=sigil, position=position, texts=texts, is_demo=True)
    return list(found.all())


def _places():
    if not Place.objects.exists():
        for key, english, croatian, latitude, longitude in seed_words.PLACES:
            texts = {"en": {"name": english}, "hr": {"name": croatian}}
            Place.objects.create(key=key, texts=texts, latitude=latitude, longitude=longitude)
    return list(Place.objects.all())


def _source(key, name, url):
    return Source.objects.get_or_create(key=key, defaults={"name": name, "url": url})[0]


def _tags(language):
    names = [*WORDS[language]["tags"], *NAMES[:: len(NAMES) // NAME_TAGS][:NAME_TAGS]]
    weights = (1 / rank for rank in range(1, len(names) + 1))
    return TagPool([tag_named(name) for name in names], list(itertools.accumulate(weights)))


def _photo(number):
    key = f"seed-photo-{number}"
    texts = {code: {"alt": words["alt"], "caption": words["caption"]} for code, words in WORDS.items()}
    fields = {"title": f"Seed photo {number}", "credit": settings.SITE_NAME, "mark": Photo.Mark.ILLUSTRATION}
    return Photo.objects.filter(key=key).first() or add_photo(Photo(key=key, texts=texts, **fields), _drawing(number))


def _drawing(number):
    """A planet with rings, in colours of its own."""
    width, height = PICTURE
    hue = int(255 * number / PHOTOS)
    image = Image.new("HSV", PICTURE, (hue, 120, 40))
    draw = ImageDraw.Draw(image)
    for ring in range(14, 0, -1):
        angle, size = number + ring / 5, ring * 46
        x, y = width / 2 + 60 * math.cos(angle), height / 2 + 40 * math.sin(angle)
        draw.ellipse(
            (x - size, y - size / 2, x + size, y + size / 2), fill=((hue + ring * 5) % 256, 150, 250 - ring * 14)
        )
    draw.ellipse((width / 2 - 90, height / 2 - 90, width / 2 + 90, height / 2 + 90), fill=((hue + 128) % 256, 110, 235))
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), name="drawing.png")
