"""What happens at the same moment in several connections."""

import datetime as dt

import pytest
from django.utils import timezone

from articles import likes, publishing
from articles.models import Article, Like, RecordCounter
from tests import factories
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


def test_translations_published_at_once_know_each_other():
    factories.make_edition()
    for number in range(ROUNDS):
        key = f"grok-{number}"
        english = factories.make_draft(title=f"Grok {number}", translation_key=key)
        croatian = factories.make_draft("hr", title=f"Grok {number} hr", translation_key=key)
        at_once(lambda e=english: publishing.publish(e), lambda c=croatian: publishing.publish(c))
        for story in Article.objects.filter(translation_key=key):
            assert len(story.translations_json) == 1


def test_one_reader_liking_many_times_at_once_is_one_like():
    factories.make_edition()
    article = factories.make_story()

    def like_five_times():
        for _turn in range(5):
            likes.set_like(article.pk, "a" * 32, liked=True)

    at_once(*[like_five_times] * 20)
    article.stats.refresh_from_db()
    assert article.stats.like_count == Like.objects.count() == 1


def test_many_readers_liking_at_once_are_all_counted():
    factories.make_edition()
    article = factories.make_story()
    at_once(*[lambda reader=reader: likes.set_like(article.pk, f"{reader:032x}", liked=True) for reader in range(8)])
    article.stats.refresh_from_db()
    assert article.stats.like_count == Like.objects.count() == 8


def test_record_numbers_taken_at_once_are_all_different():
    RecordCounter.take()
    numbers = at_once(*[RecordCounter.take] * 8)
    assert len(set(numbers)) == 8


def test_two_saves_of_one_story_at_once_are_two_revisions():
    factories.make_edition()
    article = factories.make_draft()

    def save(title):
        return publishing.save_story(factories.content(title=title), language="en", article=article)

    at_once(lambda: save("One"), lambda: save("Two"))
    assert sorted(article.revisions.values_list("number", flat=True)) == [1, 2, 3]


def test_two_ticks_at_once_publish_an_update_once():
    factories.make_edition()
    at = timezone.now() + dt.timedelta(hours=1)
    for number in range(ROUNDS):
        story = factories.make_story(title=f"Story {number}")
        publishing.save_story(factories.content(title=f"Better {number}"), language="en", article=story)
        publishing.publish(story, at=at)
        rounds = at_once(lambda: publishing.publish_due_updates(at), lambda: publishing.publish_due_updates(at))
        assert sorted(len(published) for published, _refused in rounds) == [0, 1]
        assert story.publications.count() == 2


def test_of_two_who_started_from_the_same_version_one_is_refused():
    factories.make_edition()
    for number in range(ROUNDS):
        story = factories.make_draft(title=f"Story {number}")

        def save(title, story=story):
            content = factories.content(title=title, slug=story.slug)
            try:
                publishing.save_story(content, language="en", article=story, based_on=1)
            except publishing.NewerText as refusal:
                return refusal.newest.number

        assert sorted(at_once(lambda: save("Hers"), lambda: save("Mine")), key=str) == [2, None]
        assert story.revisions.count() == 2
