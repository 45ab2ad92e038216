"""On paper: the text and how it was made, by daylight, without what only a screen can use."""

import pytest

from tests.browser.places import GROK, HOME

SEEN = "(element) => element.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })"
DARK = """
() => [document.documentElement, ...document.querySelectorAll("body, body *")].filter((element) => {
  if (!element.checkVisibility()) return false;
  const [red, green, blue, alpha = 1] = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
  const box = element.getBoundingClientRect();
  return alpha > 0.5 && red + green + blue < 384 && box.width * box.height > 10000;
}).map((element) => `${element.localName} ${element.className}`)
"""


@pytest.fixture
def paper(page):
    def paper(path):
        page.emulate_media(media="print", color_scheme="dark")
        page.goto(path)
        return page

    return paper


def seen(page, selector):
    """What can be seen of all such elements: {True}, {False}, or both; {} when there are none."""
    return {element.evaluate(SEEN) for element in page.locator(selector).all()}


def test_a_story_keeps_its_text_and_its_record(paper):
    page = paper(GROK["en"])
    for selector in ("h1", ".interpreter", ".prose p", ".prov-h", ".track h3", ".track .hash", ".byline-n"):
        assert seen(page, selector) == {True}, selector


def test_a_story_loses_what_needs_a_screen(paper):
    page = paper(GROK["en"])
    for selector in (".catnav a", ".lamp", "form.like button", ".comment-acts", ".fotostrip a", ".liked a"):
        assert seen(page, selector) == {False}, selector


def test_comments_are_printed_without_their_actions(paper):
    page = paper(f"{GROK['en']}comments/")
    assert seen(page, ".thread .comment-body") == {True}
    assert seen(page, ".comment-acts") == {False}


def test_photos_are_printed_once_without_what_opens_them(paper):
    page = paper(f"{GROK['en']}photos/")
    for selector in (".foto-h", ".frame .art", ".frame .credit"):
        assert seen(page, selector) == {True}, selector
    for selector in (".foto-head .btn", ".sheet a"):
        assert seen(page, selector) == {False}, selector
    corner = page.locator(".frame-open").first
    assert corner.evaluate("link => getComputedStyle(link, '::after').display") == "none"
    page = paper("/photos/")
    assert seen(page, ".sheet .art") == {True}
    assert seen(page, ".origins a") == {False}


def test_space_tracker_prints_its_map_and_all_its_places(paper):
    page = paper("/space-tracker/")
    assert seen(page, "svg.tk-globe") == {True}
    assert seen(page, ".stage canvas") == {False}
    assert seen(page, ".layers") == {False}
    assert seen(page, ".locs li") == {True}


def test_no_dark_ground(paper):
    for path in (HOME["en"], GROK["en"], f"{GROK['en']}comments/", f"{GROK['en']}photos/"):
        page = paper(path)
        assert page.evaluate(DARK) == [], path
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate(DARK) == []
