import contextlib
import time

import pytest
from django.core.exceptions import ValidationError

from articles.dialect import photo_ids, render_article, render_page


def test_paragraphs_headings_emphasis_and_links():
    html = render_article("## A heading\n\nA *word* and [a link](https://example.org/a).")
    assert "<h2>A heading</h2>" in html
    assert "<em>word</em>" in html
    assert '<a href="https://example.org/a" rel="noopener">a link</a>' in html


def test_quotes_become_typographic():
    assert render_article('He said "no" -- twice.') == "<p>He said “no” – twice.</p>"


def test_a_pull_quote_is_a_figure():
    html = render_article("One.\n\n> [!pull]\n> It waits.\n\nTwo.")
    assert '<figure class="pull"><blockquote>' in html.replace("\n", "")
    assert "[!pull]" not in html
    assert "It waits." in html


def test_an_ordinary_quote_stays_a_quote():
    html = render_article("> It waits.")
    assert "<blockquote>" in html
    assert "figure" not in html


def test_a_photo_is_a_placeholder_with_its_caption():
    html = render_article("One.\n\n![A *caption* & more](photo:42)\n\nTwo.")
    assert '<figure class="plate" data-photo="42">' in html
    assert "&amp; more" in html
    assert "<img" not in html
    assert photo_ids("![a](photo:1) ![b](photo:22)") == {1, 22}


def test_other_pictures_are_text():
    assert "<img" not in render_article("![x](https://example.org/x.png)")


def test_tables_scroll_in_a_box_and_carry_no_style():
    html = render_article("| a | b |\n| --- | ---: |\n| 1 | 2 |")
    assert '<div class="scroll"' in html
    assert "<table>" in html
    assert "style" not in html


def test_footnotes_lead_there_and_back():
    html = render_article("A claim.[^1]\n\n[^1]: The source.")
    assert 'href="#fn' in html
    assert 'href="#fnref' in html
    assert 'class="footnote"' in html


def test_raw_html_is_shown_as_text():
    html = render_article("<script>alert(1)</script>\n\n<b>bold</b>")
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_a_top_heading_becomes_a_second_one():
    assert "<h1" not in render_article("# Top")
    assert "<h2>Top</h2>" in render_article("# Top")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 60_001,
        "[" * 5000,
        "![" * 500,
        "<!" * 200,
        "[^" * 900,
        "`" * 3000,
        "> " * 40 + "deep",
        "    " * 40 + "deep",
        "x" * 13_000,
    ],
)
def test_text_beyond_the_bounds_is_refused_with_a_sentence_and_quickly(text):
    started = time.process_time()
    with pytest.raises(ValidationError) as refusal:
        render_article(text)
    assert str(refusal.value.message).endswith(".")
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize("unit", ["[a](", "![a](b", "[^1] ", "**a", "* a\n", "| a |\n", "`a", "<a ", "a_b_"])
def test_text_within_the_bounds_renders_in_reasonable_time(unit):
    started = time.process_time()
    text = (unit * 3000)[:20_000]
    with contextlib.suppress(ValidationError):
        render_article("\n\n".join(text[i : i + 2000] for i in range(0, len(text), 2000)))
    assert time.process_time() - started < 3


def test_a_standing_page_has_no_photos():
    assert "figure" not in render_page("One.\n\n![x](photo:1)")
