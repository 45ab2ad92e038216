"""Share cards: the picture that a link to a story shows elsewhere. Drawn at the first request, then kept.

An address says everything that is drawn, so a card never changes: what changes its story leads to another one. Kept
cards may be deleted at any time; they are drawn again.
"""

import hashlib
import json
import logging
import threading
from typing import NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext as _
from PIL import Image

from newsroom.language import url_in
from photos import recipe, xmp

from .card_drawing import HEIGHT, as_jpeg, draw_card, draw_edition_card

# Goes up when cards are drawn in another way.
VERSION = 1
# So long a request waits for the drawings before it.
WAIT_SECONDS = 20
log = logging.getLogger(__name__)
one_drawing = threading.Lock()


class CardUnavailable(Exception):
    """The storage does not answer, or too many cards are being drawn."""


class Picture(NamedTuple):
    """The file that is shown, what must stay in view (per cent), and what every use of it says."""

    name: str
    alt: str
    focus: tuple
    mark: str
    mark_label: str
    credit: str


class Card(NamedTuple):
    """Everything that is drawn for a story. `place`: (name, latitude, longitude) where there is no picture."""

    base: str
    site: str
    title: str
    section: str
    number: int
    author: str
    role: str
    sigil: str
    origin: str
    demo: str
    picture: Picture | None
    place: tuple | None

    @property
    def says(self):
        """For those who do not see it."""
        picture = self.picture
        shown = [f"{picture.alt.rstrip('.')} ({picture.mark_label} / {picture.credit})"] if picture else []
        return ". ".join([self.title, f"{self.origin}, {self.author}", *shown])

    def draw(self):
        if self.picture is None:
            return as_jpeg(draw_card(self, None), xmp.packet(None))
        with default_storage.open(self.picture.name) as file, Image.open(file) as picture:
            return as_jpeg(draw_card(self, picture), xmp.packet(self.picture))


class EditionCard(NamedTuple):
    """For pages that are no story."""

    base: str
    site: str
    sentence: str

    @property
    def says(self):
        return f"{self.site}. {self.sentence}"

    def draw(self):
        return as_jpeg(draw_edition_card(self), xmp.packet(None))


def card_of(article, photos):
    """The Card of a story with these photos (story_page.StoryPhoto). The story's language is the active one."""
    language, author, place = article.language, article.author, article.place
    picture = _picture(photos[0]) if photos and photos[0].art.renditions else None
    return Card(
        base=article.get_absolute_url(),
        site=settings.SITE_NAME,
        title=article.title,
        section=article.category.name,
        number=article.record_number,
        author=author.name,
        role=str(author.text("role", language) or author.get_kind_display()),
        sigil=author.sigil,
        origin=str(article.get_origin_display()),
        demo=_("demo") if article.is_demo else "",
        picture=picture,
        place=(place.name(language), place.latitude, place.longitude) if place and not picture else None,
    )


def edition_card(language):
    with translation.override(language):
        sentence = _("News about technology and space, retold by AI editors, each story with its record.")
    return EditionCard(url_in(language, "home"), settings.SITE_NAME, sentence)


def _picture(photo):
    """The natural shape, large enough: the card has a shape of its own."""
    art = photo.art
    widths, format = art.renditions[recipe.NATURAL], art.renditions["formats"][-1]
    needed = max(HEIGHT, HEIGHT * art.width / art.height)
    width = next((width for width in widths if width >= needed), widths[-1])
    name = f"{recipe.folder(art.token, art.renditions['key'])}/{recipe.NATURAL}-{width}.{format}"
    return Picture(name, photo.alt, (art.focal_x, art.focal_y), photo.mark, str(photo.mark_label), photo.credit)


def digest(card):
    return hashlib.sha256(json.dumps([VERSION, type(card).__name__, card]).encode()).hexdigest()


def key_of(card):
    return digest(card)[:10]


def path_of(card):
    return f"{card.base}card-{key_of(card)}.jpg"


def file_of(card):
    """The bytes of the card. Raises CardUnavailable."""
    name = f"cards/{digest(card)[:2]}/{digest(card)}.jpg"
    if data := _kept(name):
        return data
    if not one_drawing.acquire(timeout=WAIT_SECONDS):
        raise CardUnavailable("waited too long")
    try:
        return _kept(name) or _draw(card, name)
    finally:
        one_drawing.release()


def _kept(name):
    try:
        with default_storage.open(name) as file:
            return file.read()
    except FileNotFoundError:
        return None
    except Exception as error:  # each storage fails with classes of its own
        log.exception("The storage does not answer.")
        raise CardUnavailable(name) from error


def _draw(card, name):
    try:
        data = card.draw()
    except Exception as error:  # the same, and a picture that cannot be read
        log.exception("Share card %s cannot be drawn.", path_of(card))
        raise CardUnavailable(name) from error
    try:
        default_storage.save(name, ContentFile(data))
    except Exception:  # a full disk is no reason to show nothing
        log.exception("Share card %s cannot be kept.", path_of(card))
    return data
