"""A preview is the public page of what stands in the form, before anything is saved."""

import pytest
from django import shortcuts
from django.utils import translation

from articles import preview, reviewing
from articles.models import Article, Revision, Tag
from tests import factories
from tests.articles.desk import editor, form_data, signed_in

pytestmark = pytest.mark.django_db
PREVIEW = "/admin/articles/article/preview/"


@pytest.fixture
def desk(edition):
    return signed_in(editor())


def test_an_unsaved_story_is_shown_by_the_public_template_and_nothing_is_stored(desk):
    photo = factories.make_photo()
    body = f"The first words.\n\n![In the text](photo:{photo.pk})\n\n> [!pull]\n> It waits."
    response = desk.post(PREVIEW, form_data(body=body, photos=[{"photo": photo.pk}], tags="brand new"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "articles/story.html" in [template.name for template in response.templates]
    for part in (
        "A model learns to wait",
        "It is cheap.",
        "The first words.",
        "In the text",
        "TechCrunch AI",
        "brand new",
    ):
        assert part in page
    assert photo.art.url() in page
    assert "db#0" not in page
    assert not Article.objects.exists()
    assert not Revision.objects.exists()
    assert not Tag.objects.exists()


def test_a_preview_is_neither_cached_nor_indexed(desk):
    response = desk.post(PREVIEW, form_data())
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_a_change_of_a_public_story_is_shown_and_readers_keep_theirs(desk, client):
    article = factories.make_story()
    response = desk.post(f"{PREVIEW}?story={article.pk}", form_data(based_on=1, title="Not yet"))
    page = response.content.decode()
    assert "Not yet" in page
    assert f"db#{article.record_number}" in page
    article.refresh_from_db()
    assert article.title == "A model learns to wait"


def test_a_preview_claims_no_review_and_no_fingerprint_of_the_public_text(desk):
    story = factories.make_story()
    reviewing.mark_reviewed(story, story.revision, factories.make_user("mia@example.org", "Mia Reviewer"))
    page = desk.post(f"{PREVIEW}?story={story.pk}", form_data(body="Something else.")).content.decode()
    assert "Something else." in page
    assert "Mia Reviewer" not in page
    assert story.revision.sha256 not in page


def test_a_preview_speaks_the_language_of_the_story(desk, monkeypatch):
    spoken = []

    def render(*args, **kwargs):
        spoken.append(translation.get_language())
        return shortcuts.render(*args, **kwargs)

    monkeypatch.setattr(preview, "render", render)
    response = desk.post(PREVIEW, form_data(language="hr", title="Model uči čekati"))
    assert '<html lang="hr">' in response.content.decode()
    assert spoken == ["hr"]
    assert "San Francisco, Kalifornija" in response.content.decode()


def test_what_is_not_complete_is_shown_as_far_as_it_goes(desk):
    photo = factories.make_photo()
    unfinished = {
        **dict.fromkeys(("title", "slug", "category", "author", "origin", "interpreter", "place", "tags"), ""),
        "title": "x" * 161,
        "key_points": "Only one.",
        "body": f"The first words.\n\n![](photo:{photo.pk + 1})",
        "sources": [{"source": "nobody"}],
        "photos": [{"photo": photo.pk, "alt": ""}, {"photo": "", "alt": ""}],
    }
    response = desk.post(PREVIEW, form_data(**unfinished))
    page = response.content.decode()
    assert response.status_code == 200
    assert "x" * 161 in page
    assert "Only one." in page
    assert "The first words." in page
    assert photo.art.url() in page


def test_nothing_at_all_is_shown_too(desk):
    assert desk.post(PREVIEW, {"language": "hr"}).status_code == 200


def test_a_text_that_cannot_be_rendered_makes_a_page_that_says_why(desk):
    response = desk.post(PREVIEW, form_data(body="> " * 40 + "deep"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "nested too deeply" in page


class TestForTheScript:
    """The desk's script asks for JSON: the page, or why there is none, and the checks of the form."""

    def ask(self, desk, query="", **changes):
        response = desk.post(f"{PREVIEW}{query}", form_data(**changes), headers={"Accept": "application/json"})
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        return response.json()

    def test_the_page_comes_with_the_checks(self, desk):
        answer = self.ask(desk, title="A title as typed")
        assert "A title as typed" in answer["page"]
        assert "Interpreter and 3 key points" in answer["checks"]
        assert "faults" not in answer

    def test_a_text_that_makes_no_page_says_why(self, desk):
        answer = self.ask(desk, body="> " * 40 + "deep")
        assert "nested too deeply" in answer["faults"][0]
        assert "page" not in answer
        assert "Title, text, section" in answer["checks"]

    def test_the_checks_alone_are_cheaper(self, desk):
        assert list(self.ask(desk, "?only=checks")) == ["checks"]


def test_a_preview_is_posted(desk):
    assert desk.get(PREVIEW).status_code == 405


def test_a_preview_is_for_those_who_may_write(edition):
    article = factories.make_story()
    mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
    assert mia.post(PREVIEW, form_data()).status_code == 403
    assert mia.post(f"{PREVIEW}?story={article.pk}", form_data()).status_code == 403


@pytest.mark.parametrize("story", ["x", "99999", "9" * 30])
def test_a_preview_of_an_unknown_story_is_no_fault_of_ours(desk, story):
    assert desk.post(f"{PREVIEW}?story={story}", form_data()).status_code in (200, 400, 404)
