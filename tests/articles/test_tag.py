import datetime as dt

import pytest
from django.utils import timezone

from articles import views
from articles.models import Tag
from articles.publishing import publish, unpublish
from tests import factories
from tests.articles.lists import walk
from tests.reading import expect_status, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _edition(edition, monkeypatch):
    monkeypatch.setattr(views, "PAGE", 4)


def test_a_tag_shows_its_stories_of_this_language(client):
    factories.make_story(title="Patient", tags=["patience"])
    factories.make_story(title="Other", tags=["speed"])
    factories.make_story("hr", title="Strpljiv", tags=["patience"])
    page = read(client, "/tags/patience/")
    assert "// Tag patience Patient" in page.main
    assert "Other" not in page.main
    assert "Strpljiv" not in page.main
    assert "Strpljiv" in read(client, "/hr/tags/patience/").main


def test_every_story_is_met_once_forward_and_back(client):
    at = timezone.now() - dt.timedelta(hours=1)
    stories = [factories.make_story(title=f"Story {number}", at=at) for number in range(10)]
    forward, last = walk(client, "/tags/patience/", "next", stories)
    assert [title for page in forward for title in page] == [story.title for story in reversed(stories)]
    back, _first = walk(client, last, "prev", stories)
    assert back == forward[::-1]


def test_a_tag_without_public_stories_is_a_404(client, time_machine):
    publish(factories.make_draft(tags=["patience"]), at=timezone.now() + dt.timedelta(hours=1))
    expect_status(client, "/tags/patience/", 404)
    expect_status(client, "/tags/never-heard-of/", 404)
    time_machine.move_to(timezone.now() + dt.timedelta(hours=2))
    read(client, "/tags/patience/")
    expect_status(client, "/hr/tags/patience/", 404)


def test_an_unpublished_story_leaves_its_tags(client):
    article = factories.make_story(tags=["patience"])
    factories.make_story(title="It stays", tags=["patience"])
    unpublish(article)
    page = read(client, "/tags/patience/")
    assert article.title not in page.main
    assert "It stays" in page.main


def test_croatian_letters_are_one_tag_in_any_case(client):
    factories.make_story("hr", title="Jedan", tags=["Đavolje Oko"])
    factories.make_story("hr", title="Dva", tags=["đavolje oko"])
    page = read(client, "/hr/tags/davolje-oko/")
    assert "Jedan" in page.main
    assert "Dva" in page.main
    assert Tag.objects.count() == 1


def test_hidden_demonstrations_do_not_cut_the_list_short(client, settings):
    at = timezone.now() - dt.timedelta(hours=1)
    for number in range(6):
        factories.make_story(title=f"Demo {number}", at=at + dt.timedelta(minutes=1), is_demo=True)
    stories = [factories.make_story(title=f"Story {number}", at=at) for number in range(6)]
    settings.DEMO_IS_PUBLIC = False
    forward, _last = walk(client, "/tags/patience/", "next", stories)
    assert sum(map(len, forward)) == 6


def test_a_bad_position_is_a_400(client):
    factories.make_story()
    expect_status(client, "/tags/patience/?before=x", 400)
