"""What every page carries and seldom changes: sections, standing pages, AI editors; kept per process for a minute."""

import time
from typing import NamedTuple

from django.db.models import BigIntegerField, CharField, Value

from authors.models import Author
from newsroom.language import prefix

from .models import Category, StandingPage

SECONDS = 60


class Section(NamedTuple):
    id: int
    key: str
    language: str
    name: str
    slug: str
    description: str

    @property
    def path(self):
        return f"{prefix(self.language)}/{self.slug}/"


class Link(NamedTuple):
    language: str
    title: str
    slug: str
    key: str

    @property
    def path(self):
        return f"{prefix(self.language)}/{self.slug}/"


class Kept:
    """One read of a small table, kept for a while. Two threads may read at once; both read the same."""

    def __init__(self, read):
        self.read, self.value, self.until = read, None, 0.0

    def __call__(self):
        if time.monotonic() >= self.until:
            self.value = self.read()
            self.until = time.monotonic() + SECONDS
        return self.value

    def forget(self):
        self.until = 0.0


# Few rows of other apps that every page needs too, read in the same query: {kind: function that gives the rows}.
_also = {}


def keep_also(kind, rows):
    """`rows()` gives (kind, 0, id, text, text, text, text, text) each; `kept(kind)` has them without the first two."""
    _also[kind] = rows
    _menu.forget()


def _read_menu():
    """Sections, standing pages and what else is kept, in one query: {kind: [row, …]}."""
    empty = Value(0, BigIntegerField())
    sections = (
        Category.objects.order_by()
        .annotate(kind=Value("section", CharField()))
        .values_list("kind", "position", "id", "key", "language", "name", "slug", "description")
    )
    pages = (
        StandingPage.objects.filter(is_public=True)
        .order_by()
        .annotate(kind=Value("page", CharField()), place=empty)
        .values_list("kind", "place", "id", "key", "language", "title", "slug", "description")
    )
    found = {"section": [], "page": [], **{kind: [] for kind in _also}}
    for kind, _place, *row in sorted(sections.union(pages, *(rows() for rows in _also.values()), all=True)):
        found[kind].append(row)
    found["section"] = [Section(*row) for row in found["section"]]
    found["page"] = [Link(language, title, slug, key) for _id, key, language, title, slug, _text in found["page"]]
    return found


def _read_editors():
    return list(Author.objects.public().filter(is_active=True, kind=Author.Kind.AI).order_by("position", "name"))


_menu = Kept(_read_menu)
editors = Kept(_read_editors)


def all_sections():
    return _menu()["section"]


def standing_pages():
    return _menu()["page"]


def standing_page(language, key):
    """The public page of this key (its slug may be another one), or None."""
    return next((page for page in standing_pages() if (page.language, page.key) == (language, key)), None)


def kept(kind):
    return _menu()[kind]


def sections(language):
    return [section for section in all_sections() if section.language == language]


def section_with(language, slug):
    return next((section for section in sections(language) if section.slug == slug), None)


# Rendered parts of the frame: {key: (until, html)}. Few keys exist: one per language, section and template.
_fragments = {}


def kept_fragment(key, render):
    until, html = _fragments.get(key, (0.0, ""))
    if time.monotonic() >= until:
        html = render()
        _fragments[key] = (time.monotonic() + SECONDS, html)
    return html


def forget():
    _fragments.clear()
    _menu.forget()
    editors.forget()
