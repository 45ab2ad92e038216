"""The manuals say what the desk says: their pictures exist, and every word in bold is a word of the desk."""

import html
import re
from pathlib import Path

import django
import pytest
from django.conf import settings

DOCS = settings.BASE_DIR / "docs"
IMAGES = DOCS / "img"
# Each with how many words in bold it has at least.
MANUALS = {DOCS / "editing.md": 100, DOCS / "moderating.md": 30}
CATALOGUES = [
    settings.BASE_DIR / "locale/hr/LC_MESSAGES/django.po",
    Path(django.__file__).parent / "contrib/admin/locale/hr/LC_MESSAGES/django.po",
]
# Where a word stands that no catalogue has yet.
SOURCES = [
    *(settings.BASE_DIR / "templates/admin").rglob("*.html"),
    *(
        path
        for app in ("articles", "authors", "comments", "desk", "photos")
        for path in (settings.BASE_DIR / app).rglob("*.py")
    ),
]
MOST_BYTES, MOST_IN_ALL = 60_000, 900_000
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
# What is filled in, in Python, in templates and in scripts; in the manual it is a "…".
FILLED_IN = re.compile(r"%\(\w+\)[sd]|\{\{? ?\w+ ?\}?\}|%[sd]")


def plain(text):
    return FILLED_IN.sub("…", html.unescape(text.replace('\\"', '"'))).casefold()


def messages(text):
    """The msgids of a catalogue, those of several lines in one."""
    for block in re.findall(r'^msgid(?:_plural)? ((?:"(?:[^"\\]|\\.)*"\n)+)', text, re.MULTILINE):
        yield "".join(QUOTED.findall(block))


@pytest.fixture(scope="module")
def words():
    known = {plain(message) for path in CATALOGUES for message in messages(path.read_text())}
    return known | {plain(word) for path in SOURCES for word in QUOTED.findall(path.read_text())}


def pictures(text):
    """[(words for who does not see it, address), …]"""
    return re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", re.sub(r"`[^`]*`", "", text))


def all_pictures():
    return [(page, *found) for page in sorted(DOCS.glob("*.md")) for found in pictures(page.read_text())]


@pytest.mark.parametrize(("page", "words_for", "address"), all_pictures())
def test_a_picture_of_the_docs_exists_and_is_described(page, words_for, address):
    assert (page.parent / address).is_file()
    assert len(words_for) > 20


def test_every_picture_is_shown():
    shown = {(page.parent / address).resolve() for page, _words, address in all_pictures()}
    assert set(IMAGES.iterdir()) <= shown


def test_pictures_are_light():
    sizes = {path.name: path.stat().st_size for path in IMAGES.iterdir()}
    assert max(sizes.values()) <= MOST_BYTES
    assert sum(sizes.values()) <= MOST_IN_ALL


def in_bold(text):
    return [" ".join(found.split()) for found in re.findall(r"\*\*([^*]+)\*\*", text)]


@pytest.mark.parametrize(("manual", "least"), MANUALS.items())
def test_every_word_in_bold_is_a_word_of_the_desk(manual, least, words):
    found = in_bold(manual.read_text())
    assert len(found) > least
    assert [word for word in dict.fromkeys(found) if plain(word) not in words] == []


@pytest.mark.parametrize("manual", MANUALS)
def test_links_within_the_manual_lead_somewhere(manual):
    text = manual.read_text()
    titles = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.+)$", text, re.M)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= titles
