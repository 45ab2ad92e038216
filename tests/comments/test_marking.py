"""Pieces of a text are marked in its HTML, and nothing else of the HTML changes."""

import pytest

from comments.dialect import render_comment
from comments.marking import mark_html
from tests.reading import Reading


@pytest.mark.parametrize(
    ("body", "pieces", "html"),
    [
        ("A word.", [], "<p>A word.</p>"),
        ("A word.", ["word"], "<p>A <mark>word</mark>.</p>"),
        ("Word and word", ["word"], "<p><mark>Word</mark> and <mark>word</mark></p>"),
        # Within another word it is another word.
        ("A word, words, sword", ["word"], "<p>A <mark>word</mark>, words, sword</p>"),
        ("A *wo*rd here", ["word"], "<p>A <em><mark>wo</mark></em><mark>rd</mark> here</p>"),
        ("i.d.i.o.t!", ["i.d.i.o.t"], "<p><mark>i.d.i.o.t</mark>!</p>"),
        # As it was written, with signs that have become tags.
        ("An **idiot** he is", ["**idiot**"], "<p>An <strong><mark>idiot</mark></strong> he is</p>"),
        ("two  \nwords", ["two words"], "<p><mark>two</mark><br><mark>\nwords</mark></p>"),
        ("a & b", ["a & b"], "<p><mark>a &amp; b</mark></p>"),
        ("ab bc abc", ["abc", "bc"], "<p>ab <mark>bc</mark> <mark>abc</mark></p>"),
        ("one two three", ["one two", "two three"], "<p><mark>one two three</mark></p>"),
        ("nothing", ["missing", "", "  "], "<p>nothing</p>"),
        ("ŠTETA je šteta", ["šteta"], "<p><mark>ŠTETA</mark> je <mark>šteta</mark></p>"),
    ],
)
def test_a_piece_is_marked(body, pieces, html):
    assert mark_html(render_comment(body), pieces) == html


def test_an_address_is_marked_inside_of_its_link():
    html = mark_html(render_comment("See https://example.org/a?b=1&c=2 there"), ["https://example.org/a?b=1&c=2"])
    assert "<mark>https://example.org/a?b=1&amp;c=2</mark></a>" in html
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html


@pytest.mark.parametrize("body", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt; <b>x</b>"])
@pytest.mark.parametrize("piece", ["script", "alert", "<script>", "img", "lt", "b", "<", "&"])
def test_marks_let_nothing_through(body, piece):
    before, after = Reading(render_comment(body)), Reading(mark_html(render_comment(body), [piece]))
    assert after.text == before.text
    assert [tag for tag, _attributes in after.tags if tag != "mark"] == [tag for tag, _attributes in before.tags]


def test_many_pieces_and_hard_ones_take_no_time():
    body = "a" * 3999
    assert (
        mark_html(render_comment(body), ["a" * 80 + "b", *(f"{number}" for number in range(500))]) == f"<p>{body}</p>"
    )
