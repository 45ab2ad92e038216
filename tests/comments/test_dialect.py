import contextlib
import time

import pytest
from django.core.exceptions import ValidationError

from comments.dialect import MOST_LINKS, render_comment


def test_paragraphs_emphasis_lists_quotes_and_code():
    html = render_comment("A *word*.\n\n- one\n- two\n\n> said\n\n`code`")
    for part in ("<em>word</em>", "<li>one</li>", "<blockquote>", "<code>code</code>"):
        assert part in html


def test_addresses_become_links_of_a_reader():
    assert render_comment("See https://example.org/a?b=1.") == (
        '<p>See <a href="https://example.org/a?b=1" rel="nofollow ugc noopener">https://example.org/a?b=1</a>.</p>'
    )


@pytest.mark.parametrize("text", ["[a](https://example.org)", "![a](https://example.org/x.png)", "[a][1]\n\n[1]: /x"])
def test_markdown_links_and_pictures_stay_text(text):
    html = render_comment(text)
    assert ">a</a>" not in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("text", "address", "rest"),
    [
        ("<http://a.example/x>", "http://a.example/x", "&gt;"),
        ('"http://a.example"', "http://a.example", '"'),
        ("(https://a.example/x_(y))", "https://a.example/x_(y)", ")"),
        ("http://a.example/it's, they say", "http://a.example/it's", ", they say"),
        ('http://a.example"onclick=x', "http://a.example", '"onclick=x'),
    ],
)
def test_an_address_ends_where_a_reader_would_say(text, address, rest):
    assert f'href="{address}" rel="nofollow ugc noopener">{address}</a>{rest}</p>' in render_comment(text)


@pytest.mark.parametrize(
    "text", ["a@www.example.org", "xhttp://a.example", "javascript:http", 'http://xn--"x', "http://"]
)
def test_what_is_no_address_stays_text(text):
    assert "<a" not in render_comment(text)


def test_links_are_counted():
    assert render_comment("http://a.example " * 60).count("<a ") == MOST_LINKS


def test_headings_and_html_stay_text():
    html = render_comment("# Top\n\n<b>x</b> <script>alert(1)</script>")
    assert "<h1" not in html
    assert "<b>" not in html
    assert "<script" not in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize("text", ["", " \n ", "x" * 4001, "> " * 20 + "deep"])
def test_what_cannot_be_posted_is_refused_with_a_sentence(text):
    with pytest.raises(ValidationError) as refusal:
        render_comment(text)
    assert str(refusal.value.message).rstrip().endswith(".")


@pytest.mark.parametrize(
    "unit", ["[", "[a](", "![", "<!--", "<![CDATA[", "`", "*a", "_a", "> ", "- ", "&", "<", "http://", "**", "\\"]
)
def test_nothing_at_the_limit_takes_long(unit):
    text = (unit * 4000)[:4000]
    started = time.process_time()
    with contextlib.suppress(ValidationError):
        render_comment(text)
    assert time.process_time() - started < 1
