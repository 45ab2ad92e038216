"""The feed of comments stays XML, whatever stands in them."""

import xml.etree.ElementTree as etree

import pytest
from django.core.exceptions import ValidationError

from comments import feeds
from comments.dialect import render_comment
from comments.models import Comment
from tests import factories, hostile
from tests.hostile.test_rendering import Strict

pytestmark = pytest.mark.django_db
FEED = "/ai/a-model-learns-to-wait/comments/rss.xml"


def items(client):
    answer = client.get(FEED)
    assert answer.status_code == 200
    return etree.fromstring(answer.content).findall("channel/item")  # noqa: S314 our own output


@pytest.mark.parametrize("texts", ["own", "naughty"])
def test_each_text_is_one_item(client, edition, monkeypatch, texts):
    story = factories.make_story()
    texts = hostile.own_payloads() if texts == "own" else hostile.naughty_strings()
    rows = []
    for text in texts:
        try:
            html = render_comment(text)
        except ValidationError:
            continue
        rows.append(
            Comment(
                article=story, name="Petra K.", body="Its HTML counts.", html=html, status="approved", is_shown=True
            )
        )
    Comment.objects.bulk_create(rows)
    monkeypatch.setattr(feeds, "COMMENTS", len(rows) + 1)
    found = items(client)
    assert len(found) == len(rows) > 400
    assert [faults for item in found if (faults := Strict(item.findtext("description")).faults)] == []
    assert len({tuple(part.tag for part in item) for item in found}) == 1


@pytest.mark.parametrize("reference", ["&#11;", "&#x0;", "&#x1F;", "&#xFFFE;", "&#xFFFF;", "&#xD800;", "&#8;"])
def test_a_character_reference_makes_no_character_that_xml_refuses(client, edition, reference):
    factories.make_comment(factories.make_story(), body=f"before {reference} after")
    (item,) = items(client)
    assert "before" in item.findtext("description")
