"""A database that was filled for a demonstration shows none of it in production."""

import re

import pytest

from articles import navigation
from articles.models import Correction, Placement
from authors.models import Author
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "A demonstration of waiting"


@pytest.fixture
def demo(edition, settings):
    Author.objects.filter(slug="lyra-stanton").update(is_demo=True)
    story = factories.make_story(title=SECRET, is_demo=True, photos=[factories.photo_row(factories.make_photo())])
    story.stats.like_score = 400
    story.stats.save()
    factories.make_comment(story)
    Placement.objects.create(slot="lead", article=story)
    Correction.objects.create(article=story, text="It was Tuesday.")
    real = factories.make_story(title="A real story")
    factories.make_comment(real, name="Made Up", is_demo=True)
    factories.make_comment(real, name="Real Reader")
    settings.DEMO_IS_PUBLIC = False
    navigation.forget()
    return story


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ai/",
        "/ai/a-real-story/",
        "/authors/nexus-vale/",
        "/tags/patience/",
        "/photos/",
        "/corrections/",
        "/search/?q=demonstration",
        "/space-tracker/",
        "/feeds/rss.xml",
        "/ai/feeds/rss.xml",
    ],
)
def test_no_list_names_it(client, demo, path):
    response = client.get(path)
    assert response.status_code == 200
    body = b"".join(response) if response.streaming else response.content
    assert SECRET not in body.decode()
    assert "a-demonstration-of-waiting" not in body.decode()


@pytest.mark.parametrize("rest", ["", "photos/", "comments/", "like/"])
def test_it_has_no_address(client, demo, rest):
    assert client.get(f"/ai/a-demonstration-of-waiting/{rest}").status_code == 404
    assert client.get(f"/db/{demo.record_number}/").status_code == 404


def test_a_real_story_does_not_lead_to_its_demo_translation(client, edition, settings):
    factories.make_story(title="A real story", translation_key="grok")
    factories.make_story("hr", title="Ogledni", translation_key="grok", is_demo=True)
    assert 'href="/hr/umjetna-inteligencija/ogledni/"' in client.get("/ai/a-real-story/").content.decode()
    settings.DEMO_IS_PUBLIC = False
    for path in ("/ai/a-real-story/", re.search(r"/sitemap-\d+\.xml", _text(client, "/sitemap.xml"))[0]):
        assert "ogledni" not in _text(client, path)


def _text(client, path):
    return b"".join(client.get(path)).decode()


def test_its_personas_are_gone_too(client, demo):
    assert client.get("/authors/lyra-stanton/").status_code == 404
    for path in ("/", "/authors/", "/sitemap-pages.xml"):
        response = client.get(path)
        body = b"".join(response) if response.streaming else response.content
        assert "lyra-stanton" not in body.decode()


@pytest.mark.parametrize("path", ["/ai/a-real-story/", "/ai/a-real-story/comments/"])
def test_made_up_comments_are_gone_and_real_ones_stay(client, demo, path):
    page = client.get(path).content.decode()
    assert "Real Reader" in page
    assert "Made Up" not in page


def test_the_sitemap_leads_to_real_stories_alone(client, demo):
    index = b"".join(client.get("/sitemap.xml")).decode()
    (part,) = set(re.findall(r"/sitemap-\d+\.xml", index))
    listed = b"".join(client.get(part)).decode()
    assert "a-real-story" in listed
    assert "a-demonstration-of-waiting" not in listed
