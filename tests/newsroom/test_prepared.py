"""A prepared query answers exactly as the queryset it was made from."""

import datetime as dt

import pytest
from django.utils import timezone

from articles import front_page, navigation, story_page
from articles.models import Article, Category
from comments.threads import find_newest
from newsroom.prepared import Prepared
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(edition):
    photo = factories.make_photo()
    stories = [
        factories.make_story(
            at=timezone.now() - dt.timedelta(hours=number),
            title=f"Story {number}",
            category=["ai", "space"][number % 2],
            photos=[factories.photo_row(photo)],
        )
        for number in range(6)
    ]
    for story in stories[:4]:
        story.stats.like_score = 300 + story.pk
        story.stats.save()
    root = factories.make_comment(stories[0])
    factories.make_comment(stories[0], parent=root)
    return stories


def values_of(prepared, stories):
    story = stories[0]
    known = {
        "article": story.pk,
        "category": story.category_id,
        "language": "en",
        "slug": story.slug,
        "now": timezone.now(),
    }
    return {name: known[name] for name in prepared.kinds}


@pytest.mark.parametrize(
    "prepared", [story_page.find_photos, story_page.find_lists, find_newest], ids=["photos", "lists", "comments"]
)
def test_rows_are_those_of_the_queryset(stories, prepared):
    values = values_of(prepared, stories)
    expected = list(prepared.build(**values))
    assert expected
    assert sorted(prepared(**values), key=repr) == sorted(expected, key=repr)


def test_the_front_pages_lists_are_those_of_the_queryset(stories):
    sections = tuple(section.id for section in navigation.sections("en"))
    values = {"language": "en", "now": timezone.now(), "variant": sections}
    expected = list(front_page.find_lists.build(**values))
    assert sorted(front_page.find_lists(**values), key=repr) == sorted(expected, key=repr)


def test_models_come_with_what_they_select(stories, django_assert_num_queries):
    with django_assert_num_queries(1):
        story = story_page.story_at("en", "story-0")
        assert (story.title, story.category.slug, story.author.name) == ("Story 0", "ai", "Nexus Vale")
        assert story.revision.sha256


def test_other_values_give_other_rows(stories):
    assert story_page.story_at("en", "story-1").title == "Story 1"
    assert story_page.story_at("en", "story-2").title == "Story 2"
    assert story_page.story_at("hr", "story-2") is None


def test_a_value_is_a_parameter_and_never_sql(stories):
    assert story_page.story_at("en", "x' OR 1=1 --") is None


def test_the_visibility_rule_follows_its_setting(edition, settings):
    factories.make_story(title="Demo", is_demo=True)
    other = factories.make_story(title="Real")
    assert [card.title for card in story_page.lists_beside(other)["same"]] == ["Demo"]
    settings.DEMO_IS_PUBLIC = False
    assert story_page.lists_beside(other)["same"] == []


def test_a_value_that_does_not_reach_the_sql_is_refused():
    prepared = Prepared(lambda key: Category.objects.values_list("id"), key=str)
    with pytest.raises(ValueError, match="key"):
        prepared(key="ai")


def test_a_scheduled_story_shows_when_its_time_comes(edition, time_machine):
    now = timezone.now()
    read = factories.make_story(title="Read")
    factories.make_story(title="Later", at=now + dt.timedelta(hours=1))
    assert story_page.lists_beside(read)["same"] == []
    time_machine.move_to(now + dt.timedelta(hours=2))
    assert [card.title for card in story_page.lists_beside(read)["same"]] == ["Later"]
    assert Article.objects.public("en").count() == 2
