"""The desk finds stories of any status by words of their titles, and readers find none the more for it."""

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import desk_search
from articles.desk_search import find, narrow
from articles.models import Article, DeskSearch
from articles.publishing import archive, publish, retract, save_story, unpublish
from articles.reviewing import ask_review
from newsroom.keyset import Position
from tests.articles.test_search import LETTERS, SYNTAX
from tests.factories import content, make_draft, make_story, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _edition(edition):
    pass


def titles(ids):
    names = dict(Article.objects.filter(pk__in=ids).values_list("pk", "title"))
    return [names[pk] for pk in ids]


def edited(article, days_ago):
    at = timezone.now() - dt.timedelta(days=days_ago)
    Article.objects.filter(pk=article.pk).update(edited_at=at)
    desk_search.index(article.pk)
    return at


class TestFind:
    def test_stories_of_every_status_the_latest_edited_first(self):
        draft, review = make_draft(title="Quasar draft"), make_draft(title="Quasar in review")
        ask_review(review, make_user())
        public = make_story(title="Quasar public")
        scheduled = make_story(title="Quasar scheduled", at=timezone.now() + dt.timedelta(days=1))
        retracted, archived = make_story(title="Quasar retracted"), make_draft(title="Quasar archived")
        retract(retracted, "Wrong.")
        archive(archived)
        stories = [archived, retracted, scheduled, public, review, draft]
        assert find("quasar") == [story.pk for story in stories]
        edited(archived, days_ago=2)
        assert find("quasar") == [story.pk for story in [*stories[1:], archived]]

    def test_beginnings_of_words_and_all_of_them(self):
        make_draft(title="Grok and distillation")
        make_draft(title="Grok and water")
        assert titles(find("DISTILL gro")) == ["Grok and distillation"]
        assert find("rok") == []
        assert find("grok steel") == []
        make_draft(title="Plan B")
        assert titles(find("b")) == ["Plan B"], "one letter would begin half of all words"

    def test_letters_are_folded(self):
        make_draft("hr", title="Žarko Đurić piše o čudu")
        for query in ("zarko", "Žarko", "đurić", "duric", "djuric", "CUD", "c\u030cudu"):
            assert len(find(query)) == 1, query

    def test_slug_address_and_record_number(self):
        make_draft(title="Grok", slug="an-older-name", record_number=3629)
        make_draft(title="What 3629 brings")
        assert titles(find("an-older-name")) == ["Grok"]
        assert titles(find("https://example.org/ai/an-older-name/")) == ["Grok"]
        assert titles(find("/ai/an-older-name/")) == ["Grok"]
        assert titles(find("db#3629")) == titles(find(" #3629 ")) == ["Grok"]
        assert titles(find("3629")) == ["Grok", "What 3629 brings"]
        assert find("db#1") == find("9" * 18) == []

    def test_a_waiting_update_is_found_by_its_new_title_and_by_the_public_one(self):
        article = make_story(title="Quasar", slug="a-star")
        save_story(content(title="Pulsar", slug="a-star"), language="en", article=article)
        assert find("pulsar") == find("quasar") == [article.pk]
        assert article.desk_row.update_waits
        publish(article)
        assert find("quasar") == []
        assert not DeskSearch.objects.get(article=article).update_waits

    def test_no_update_waits_in_what_is_not_public(self):
        article = make_story(title="Quasar")
        save_story(content(title="Pulsar", slug=article.slug), language="en", article=article)
        unpublish(article)
        assert not DeskSearch.objects.get(article=article).update_waits
        assert find("pulsar") == [article.pk]

    def test_in_one_language(self):
        make_draft("en", title="Voyager speaks")
        make_draft("hr", title="Voyager govori")
        assert titles(find("voyager", language="hr")) == ["Voyager govori"]
        assert titles(find("voyager", language="en")) == ["Voyager speaks"]

    def test_page_by_page(self):
        stories = [make_draft(title=f"Comet {number}") for number in range(5)][::-1]
        times = [edited(story, days_ago=number) for number, story in enumerate(stories)]
        assert find("comet", limit=2) == [story.pk for story in stories[:2]]
        place = Position(times[1], stories[1].pk)
        assert find("comet", limit=2, before=place) == [story.pk for story in stories[2:4]]

    def test_common_and_rare_words_give_the_same(self, monkeypatch):
        """PostgreSQL answers from its walk or from GIN; both must agree."""
        for number in range(8):
            make_draft(title=f"Probe {number}" if number % 2 else f"Comet {number}")
        whole = find("probe", limit=3)
        monkeypatch.setattr(desk_search, "SHORTEST_WALK", 1)
        monkeypatch.setattr(desk_search, "WALK", 1)
        assert find("probe", limit=3) == whole
        assert titles(whole) == ["Probe 7", "Probe 5", "Probe 3"]

    @pytest.mark.parametrize("text", ["", "  ", "…", "!!!", "/", "https://", *SYNTAX, *LETTERS])
    def test_anything_may_be_typed(self, text):
        make_draft(title="A b")
        assert isinstance(find(text), list)
        list(narrow(Article.objects.all(), text))

    def test_no_words_find_nothing(self):
        make_draft(title="A b")
        assert find("!!!") == []
        assert list(narrow(Article.objects.all(), "!!!")) == []


class TestNarrow:
    def test_keeps_the_order_and_the_conditions_of_the_list(self):
        make_draft(title="Red planet")
        make_draft("hr", title="Red planeta")
        make_draft(title="Red dwarf")
        rows = Article.objects.filter(language="en").order_by("title")
        assert [article.title for article in narrow(rows, "red")] == ["Red dwarf", "Red planet"]

    @pytest.mark.parametrize("rare", [500, 1])
    def test_common_words_give_the_same_as_rare_ones(self, monkeypatch, rare):
        monkeypatch.setattr(desk_search, "RARE", rare)
        make_draft(title="Comet", record_number=77)
        for number in range(3):
            make_draft(title=f"Probe {number}")
        make_draft(title="Probe 77")
        rows = Article.objects.order_by("-pk")
        assert [article.title for article in narrow(rows, "probe")] == ["Probe 77", "Probe 2", "Probe 1", "Probe 0"]
        assert [article.title for article in narrow(rows, "77")] == ["Probe 77", "Comet"]
        assert [article.title for article in narrow(rows, "db#77")] == ["Comet"]


class TestIndex:
    def test_readers_find_none_of_it(self, client):
        make_draft(title="Quasar")
        assert find("quasar")
        assert client.get("/search/", {"q": "quasar"}).context["page"].rows == []

    def test_the_index_is_built_anew_by_the_command(self):
        article = make_story(title="Quasar")
        make_draft(title="Quasar draft")
        before = list(DeskSearch.objects.order_by("pk").values_list())
        if connection.vendor == "sqlite":
            connection.cursor().execute("DELETE FROM articles_deskwords")
        DeskSearch.objects.all().delete()
        assert find("quasar") == []
        call_command("index_stories", stdout=io.StringIO())
        assert list(DeskSearch.objects.order_by("pk").values_list()) == before
        assert titles(find("quasar")) == ["Quasar draft", "Quasar"]
        assert find("quasar")[1] == article.pk

    def test_of_many_versions_that_wait_only_the_newest_is_read(self):
        article = make_story(title="Quasar")
        for title in ("Pulsar", "Magnetar", "Blazar"):
            save_story(content(title=title), language="en", article=article)
        with CaptureQueriesContext(connection) as queries:
            desk_search.index(article.pk)
        (sql,) = [query["sql"] for query in queries if '"articles_revision"."content"' in query["sql"]]
        with connection.cursor() as cursor:
            cursor.execute(sql)
            assert len(cursor.fetchall()) == 1
        assert find("magnetar") == []
        assert find("blazar") == [article.pk]

    def test_a_saved_story_leaves_one_row(self):
        article = make_draft(title="Quasar")
        save_story(content(title="Pulsar"), language="en", article=article)
        assert find("quasar") == []
        assert DeskSearch.objects.count() == 1
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM articles_deskwords")
                assert cursor.fetchone() == (1,)
