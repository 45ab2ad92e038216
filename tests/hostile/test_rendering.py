"""Both collections of payloads through the renderer of comments, read back as a browser's parser would read them."""

from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError

from comments.dialect import render_comment
from newsroom.text import COMMENT_TAGS
from tests import hostile

REL = "nofollow ugc noopener"


class Strict(HTMLParser):
    """Notes whatever is no tag of the dialect, and each tag that is not closed where it was opened."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.faults, self.open = [], []
        self.feed(html)
        self.close()
        self.faults += self.open

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        is_link = tag == "a" and attributes.keys() == {"href", "rel"} and attributes["rel"] == REL
        if tag not in COMMENT_TAGS or not (is_link or (not attributes and tag != "a")):
            self.faults.append(self.get_starttag_text())
        if is_link and not attributes["href"].lower().startswith(("http://", "https://")):
            self.faults.append(attributes["href"])
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")

    def handle_comment(self, data):
        self.faults.append(f"<!--{data}")

    def handle_decl(self, decl):
        self.faults.append(f"<!{decl}")

    def handle_pi(self, data):
        self.faults.append(f"<?{data}")

    unknown_decl = handle_decl


def faults_of(payload):
    try:
        return Strict(render_comment(payload)).faults
    except ValidationError as refusal:
        return [] if refusal.messages[0].endswith(".") else refusal.messages


def test_the_reading_sees_what_it_looks_for():
    for html in (
        "<img>",
        "<p onclick=x>x</p>",
        '<a href="javascript:x" rel="nofollow ugc noopener">x</a>',
        "<p>",
        "<!-- -->",
    ):
        assert Strict(html).faults
    assert not Strict(f'<p>x<br>&lt;img&gt; <a href="http://x" rel="{REL}">x</a></p>').faults


@pytest.mark.parametrize("name", hostile.own())
def test_our_own_payloads(name):
    assert {payload: found for payload in hostile.own()[name] if (found := faults_of(payload))} == {}


def test_the_payloads_of_brs_kb():
    """Every fourth of them; `make fuzz` takes all."""
    payloads = hostile.knowledge_base()[::4]
    assert len(payloads) > 1000
    assert {payload: found for payload in payloads if (found := faults_of(payload))} == {}


@pytest.mark.parametrize("around", ["> {}", "- {}", "**{}**", "`{}`", "http://a.example/{}", "    {}", "{}\n{}"])
def test_our_own_payloads_inside_of_markdown(around):
    inside = {payload: around.replace("{}", payload) for payload in hostile.own_payloads()}
    assert {payload: found for payload, text in inside.items() if (found := faults_of(text))} == {}
