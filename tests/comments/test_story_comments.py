"""All comments of a story: threads with the newest first, page by page."""

import datetime as dt

import pytest
from django.utils import timezone

from comments import views
from comments.threads import decide
from tests import factories
from tests.reading import expect_status, read

pytestmark = pytest.mark.django_db
PAGE = "/ai/a-model-learns-to-wait/comments/"


@pytest.fixture
def article(edition, monkeypatch):
    monkeypatch.setattr(views, "ROOTS", 3)
    return factories.make_story()


def test_a_thread_stands_with_its_answers_in_order(client, article):
    root = factories.make_comment(article, name="Petra K.", body="The first word.")
    factories.make_comment(article, name="Ivo", body="An answer.", parent=root)
    factories.make_comment(article, name="Ana", body="A second answer.", parent=root)
    page = read(client, PAGE)
    assert "A model learns to wait" in page.main
    places = [page.main.index(text) for text in ("The first word.", "An answer.", "A second answer.")]
    assert places == sorted(places)
    assert "/ai/a-model-learns-to-wait/" in page.links
    assert len(page.canonical) == 1


def test_a_story_without_comments_says_so(client, article):
    assert "No comments yet." in read(client, PAGE).main


def test_only_decided_words_are_shown(client, article):
    for status in ("pending", "rejected", "removed"):
        factories.make_comment(article, body=f"It is {status}.", status=status)
    page = read(client, PAGE)
    assert "It is" not in page.main
    assert "No comments yet." in page.main


def test_a_removed_comment_with_answers_leaves_a_note(client, article):
    root = factories.make_comment(article, name="Rude", body="Rude words.")
    factories.make_comment(article, body="A calm answer.", parent=root)
    decide(root, "removed")
    page = read(client, PAGE)
    assert "Removed comment" in page.main
    assert "A calm answer." in page.main
    assert "Rude" not in page.main


def test_an_ai_editor_and_staff_are_marked(client, article):
    from authors.models import Author

    factories.make_comment(article, author=Author.objects.get(slug="nexus-vale"))
    factories.make_comment(article, name="Ana", user=factories.make_user())
    page = read(client, PAGE)
    assert "Nexus Vale AI editor" in page.main.replace("ValeAI", "Vale AI")
    assert "Staff" in page.main


def test_comments_of_a_demonstration_are_labelled(client, edition):
    factories.make_comment(factories.make_story(is_demo=True))
    assert "Demonstration comments" in read(client, PAGE).main


def test_markup_is_shown_as_text_and_links_are_not_followed(client, article):
    factories.make_comment(article, name="<b>Bold</b>", body="<script>alert(1)</script> https://example.org/ **word**")
    page = read(client, PAGE)
    assert "<b>Bold</b>" in page.main
    assert "<script>alert(1)</script>" in page.main
    (link,) = page.all("a", href="https://example.org/")
    assert {"nofollow", "ugc"} <= set(link["rel"].split())


def test_every_thread_is_met_once_forward_and_back(client, article):
    at = timezone.now() - dt.timedelta(hours=1)
    for number in range(8):
        factories.make_comment(article, name=f"Reader {number}", body=f"Word {number}.", created_at=at)

    def words(page):
        return [number for number in range(8) if f"Word {number}." in page.main]

    forward, path = [], PAGE
    while path:
        page = read(client, path)
        forward.append(words(page))
        older = page.all("a", rel="next")
        path = older and older[0]["href"]
    assert forward == [[5, 6, 7], [2, 3, 4], [0, 1]]
    back = [words(page)]
    while newer := page.all("a", rel="prev"):
        page = read(client, newer[0]["href"])
        back.append(words(page))
    assert back == forward[::-1]


def test_bad_positions(client, article):
    factories.make_comment(article)
    expect_status(client, PAGE + "?before=x", 400)
    expect_status(client, PAGE + "?before=0-0", 404)
