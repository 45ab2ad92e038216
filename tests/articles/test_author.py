import datetime as dt

import pytest
from django.utils import timezone

from articles import views
from authors.models import Author
from tests import factories
from tests.articles.lists import walk
from tests.reading import expect_status, in_croatian, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _edition(edition, monkeypatch):
    monkeypatch.setattr(views, "PAGE", 4)


def test_all_ai_editors_are_introduced(client):
    Author.objects.create(name="Retired", slug="retired", is_active=False)
    Author.objects.create(name="Ana Horvat", slug="ana-horvat", kind=Author.Kind.HUMAN)
    page = read(client, "/authors/")
    assert "Nexus Vale" in page.main
    assert "“Read the footnote first.”" in page.main
    assert "Retired" not in page.main
    assert "Ana Horvat" not in page.main
    assert "None of them is a person." in page.main


def test_an_ai_editor_is_shown_as_what_it_is(client):
    article = factories.make_story(record_number=3629)
    page = read(client, "/authors/nexus-vale/")
    assert "// This is not a person" in page.main
    assert "Nexus Vale is a writing persona run by software." in page.main
    assert "“Read the footnote first.”" in page.main
    assert "db#3629" in page.main
    assert article.get_absolute_url() in page.links


def test_nothing_is_claimed_that_nobody_entered(client):
    page = read(client, "/authors/nexus-vale/")
    assert "Model" not in page.main
    assert "Answers for it" not in page.main
    assert "No stories here yet." in page.main


def test_model_and_accountable_person_are_named_when_entered(client):
    Author.objects.filter(slug="nexus-vale").update(model_name="Wait-1", accountable=factories.make_user())
    page = read(client, "/authors/nexus-vale/")
    assert "Model Wait-1" in page.main
    assert "Answers for it Ana Horvat" in page.main


def test_a_human_author_is_not_called_a_machine(client):
    Author.objects.create(name="Ana Horvat", slug="ana-horvat", kind=Author.Kind.HUMAN)
    page = read(client, "/authors/ana-horvat/")
    assert "not a person" not in page.main
    assert "AI editor" not in page.main


def test_only_public_stories_of_this_language_and_author(client):
    factories.make_story(title="Hers", author="lyra-stanton")
    factories.make_draft(title="A draft")
    factories.make_story("hr", title="Hrvatski")
    page = read(client, "/authors/nexus-vale/")
    for title in ("Hers", "A draft", "Hrvatski"):
        assert title not in page.main
    page = read(client, "/hr/authors/nexus-vale/")
    assert "Hrvatski" in page.main
    assert "Prvo fusnota." in page.main
    assert in_croatian("Stories") in page.main


def test_every_story_is_met_once_forward_and_back(client):
    at = timezone.now() - dt.timedelta(hours=1)
    stories = [factories.make_story(title=f"Story {number}", at=at) for number in range(9)]
    forward, last = walk(client, "/authors/nexus-vale/", "next", stories)
    assert [title for page in forward for title in page] == [story.title for story in reversed(stories)]
    back, _first = walk(client, last, "prev", stories)
    assert back == forward[::-1]


def test_an_unknown_author_is_a_404_and_a_bad_position_a_400(client):
    expect_status(client, "/authors/nobody/", 404)
    expect_status(client, "/authors/nexus-vale/?before=x", 400)
