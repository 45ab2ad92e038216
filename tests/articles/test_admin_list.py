"""The list of stories at the desk: found fast, at a fixed number of queries."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import Article, Presence
from articles.publishing import archive, publish, restore, retract, save_story
from articles.reviewing import ask_review
from articles.story_list import StoryColumns
from newsroom.backoffice import BoundedPaginator
from tests import factories
from tests.articles.desk import editor, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
STATUSES = ["draft", "review", "scheduled", "public", "update", "planned", "retracted", "archived"]
# Session, account, its two sets of permissions, the list, its translations, who is there, first and last date, the
# choices of two filters.
QUERIES = 11
SEARCH_QUERIES = 2


@pytest.fixture
def desk(edition):
    return signed_in(editor())


def titles(response):
    return [article.title for article in response.context["cl"].result_list]


def test_the_newest_edit_stands_first(desk):
    factories.make_draft(title="First")
    factories.make_draft(title="Second")
    assert titles(desk.get(LIST)) == ["Second", "First"]


@pytest.mark.parametrize("query", ["db#3629", "DB 3629", "#3629", "3629", " db3629 "])
def test_a_story_is_found_by_its_record_number(desk, query):
    factories.make_draft(title="Grok and distillation", record_number=3629)
    factories.make_draft(title="Another")
    assert titles(desk.get(LIST, {"q": query})) == ["Grok and distillation"]


def test_a_bare_number_is_also_looked_for_in_titles(desk):
    factories.make_draft(title="What 2030 brings")
    assert titles(desk.get(LIST, {"q": "2030"})) == ["What 2030 brings"]


def test_a_story_is_found_by_words_of_its_title(desk):
    factories.make_draft(title="Grok and distillation")
    factories.make_draft(title="Another")
    assert titles(desk.get(LIST, {"q": "DISTILL grok"})) == ["Grok and distillation"]


def test_the_filters_split_stories_by_where_they_stand(desk):
    factories.make_draft(title="Draft")
    ask_review(factories.make_draft(title="Read me"), factories.make_user("marko@example.org"))
    factories.make_story(title="Public")
    factories.make_story(title="Scheduled", at=timezone.now() + dt.timedelta(days=1))
    waiting, planned = factories.make_story(title="Waiting"), factories.make_story(title="Planned")
    for story in (waiting, planned):
        save_story(factories.content(title=f"{story.title}, changed", slug=story.slug), language="en", article=story)
    publish(planned, at=timezone.now() + dt.timedelta(days=2))
    retract(factories.make_story(title="Wrong"), "It was wrong.")
    archive(factories.make_draft(title="Old"))
    found = {value: sorted(titles(desk.get(LIST, {"is": value}))) for value in STATUSES}
    assert found == {
        "draft": ["Draft"],
        "review": ["Read me"],
        "scheduled": ["Scheduled"],
        "public": ["Planned", "Public", "Waiting"],
        "update": ["Planned", "Waiting"],
        "planned": ["Planned"],
        "retracted": ["Wrong"],
        "archived": ["Old"],
    }
    assert len(titles(desk.get(LIST, {"is": "nonsense"}))) == 8


def test_whose_stories(edition):
    ana, marko = editor(), factories.make_user("marko@example.org")
    factories.make_draft(title="Of Ana", user=ana)
    ask_review(factories.make_draft(title="For Ana to read", user=marko), ana)
    factories.make_draft(title="Of Marko", user=marko)
    desk = signed_in(ana)
    assert titles(desk.get(LIST, {"whose": "mine"})) == ["Of Ana"]
    assert titles(desk.get(LIST, {"whose": "asked"})) == ["For Ana to read"]


def test_language_section_author_and_origin_narrow_the_list(desk):
    factories.make_draft(title="Wanted", language="hr", category="space", author="lyra-stanton", origin="human")
    factories.make_draft(title="Other")
    factories.make_draft(title="Other space", category="space")
    wanted = Article.objects.get(title="Wanted")
    for query in (
        {"language__exact": "hr"},
        {"section": "space", "language__exact": "hr"},
        {"category__id__exact": wanted.category_id},
        {"author__id__exact": wanted.author_id},
        {"origin__exact": "human"},
    ):
        assert titles(desk.get(LIST, query)) == ["Wanted"]
    assert titles(desk.get(LIST, {"section": "space"})) == ["Other space", "Wanted"]


def test_stories_without_a_translation(desk):
    both = factories.make_draft(title="Both")
    factories.make_draft("hr", title="Oba", translation_key=both.translation_key)
    factories.make_draft(title="Alone")
    assert titles(desk.get(LIST, {"missing": "hr"})) == ["Alone"]
    assert titles(desk.get(LIST, {"missing": "en"})) == []


class TestColumns:
    def test_the_other_language_leads_to_its_text_or_to_the_form_that_begins_it(self, desk):
        both = factories.make_draft(title="Both")
        other = factories.make_draft("hr", title="Oba", translation_key=both.translation_key)
        alone = factories.make_draft(title="Alone")
        page = desk.get(LIST).content.decode()
        assert f'<a class="ed" href="{LIST}{other.pk}/change/"' in page
        assert f'href="{LIST}add/?language=hr&amp;translation_of={alone.pk}"' in page
        assert f"translation_of={both.pk}" not in page

    def test_who_may_not_add_gets_no_link_to_the_form(self, edition):
        factories.make_draft(title="Alone")
        page = signed_in(factories.make_user("mia@example.org", group="Moderators")).get(LIST).content.decode()
        assert "translation_of" not in page
        assert '<span class="ed ed--no">HR</span>' in page

    def test_the_time_that_matters(self, desk, time_machine):
        time_machine.move_to(dt.datetime(2026, 11, 24, 13, 2, tzinfo=dt.UTC), tick=False)
        client = signed_in(editor("lea@example.org"))
        factories.make_story(title="Public")
        factories.make_story(title="Scheduled", at=timezone.now() + dt.timedelta(days=1))
        planned = factories.make_story(title="Planned")
        save_story(factories.content(title="Planned 2", slug=planned.slug), language="en", article=planned)
        publish(planned, at=timezone.now() + dt.timedelta(days=2))
        page = client.get(LIST).content.decode()
        assert 'title="public since 24 Nov 2026, 13:02 (CET)"' in page
        assert 'title="goes out at 25 Nov 2026, 14:02 (CET)"' in page
        assert 'title="update goes out at 26 Nov 2026, 14:02 (CET)"' in page
        assert ">25 Nov, 14:02</time>" in page

    def test_who_has_a_story_open(self, desk):
        article = factories.make_draft(title="Open")
        marko = factories.make_user("marko@example.org", "Marko Marić")
        presence = Presence.objects.create(article=article, user=marko)
        assert "Open by Marko Marić" in desk.get(LIST).content.decode()
        Presence.objects.filter(pk=presence.pk).update(seen_at=timezone.now() - dt.timedelta(hours=1))
        assert "Open by" not in desk.get(LIST).content.decode().replace("Open by</", "")

    def test_a_waiting_update_is_seen_and_one_that_was_taken_back_is_none(self, desk):
        waiting = factories.make_story(title="Waiting")
        save_story(factories.content(title="Changed", slug=waiting.slug), language="en", article=waiting)
        assert 'status--update">Update waits' in desk.get(LIST).content.decode()
        restore(waiting, waiting.revisions.get(number=1), None)
        assert 'status--update">Update waits' not in desk.get(LIST).content.decode()


class TestPages:
    @pytest.fixture
    def short(self, desk, monkeypatch):
        monkeypatch.setattr(StoryColumns, "list_per_page", 3)
        return desk

    def walk(self, desk, address, direction):
        """The titles of every page, from the given one on, and the address of the last."""
        pages = []
        while address:
            response = desk.get(address)
            pages.append(titles(response))
            last, address = address, getattr(response.context["cl"], f"{direction}_url")
            address = address and LIST + address
        return pages, last

    def test_newer_and_older_walk_the_whole_list_both_ways(self, short):
        moment = timezone.now() - dt.timedelta(days=1)
        for number in range(8):
            factories.make_draft(title=f"Story {number}")
        # Several at one moment: the page breaks between them, and none is skipped or shown twice.
        Article.objects.filter(title__in=["Story 2", "Story 3", "Story 4", "Story 5"]).update(edited_at=moment)
        expected = list(Article.objects.order_by("-edited_at", "-id").values_list("title", flat=True))
        older, last = self.walk(short, LIST, "older")
        assert [title for page in older for title in page] == expected
        assert [len(page) for page in older] == [3, 3, 2]
        newer, _first = self.walk(short, last, "newer")
        # The way back is filled from the other end.
        assert [title for page in newer[1:] for title in page] == [*expected[3:6], *expected[:3]]

    def test_by_time_of_publication(self, short):
        factories.make_draft(title="Never public")
        for number in range(5):
            factories.make_story(title=f"Story {number}", at=timezone.now() - dt.timedelta(hours=10 - number))
        pages, _last = self.walk(short, f"{LIST}?by=public", "older")
        assert pages == [["Story 4", "Story 3", "Story 2"], ["Story 1", "Story 0"]]
        assert "public_at__year=" in short.get(f"{LIST}?by=public").content.decode()

    def test_pages_keep_filters_and_search_and_filters_begin_anew(self, short):
        for number in range(5):
            factories.make_draft(title=f"Comet {number}")
            factories.make_story(title=f"Public comet {number}")
        pages, last = self.walk(short, f"{LIST}?is=draft&q=comet", "older")
        assert pages == [["Comet 4", "Comet 3", "Comet 2"], ["Comet 1", "Comet 0"]]
        assert "before=" in last
        response = short.get(last)
        assert "before=" not in response.context["cl"].get_query_string({"is": "public"})
        assert '<input type="hidden" name="before"' not in response.content.decode()

    def test_a_place_beyond_the_last_story_says_so(self, short):
        factories.make_draft()
        page = short.get(f"{LIST}?before=0-0")
        assert page.status_code == 200
        assert "There is nothing further in this direction." in page.content.decode()

    @pytest.mark.parametrize("query", ["before=x", "after=1", "before=" + "9" * 40])
    def test_what_is_no_place_is_refused(self, short, query):
        assert short.get(f"{LIST}?{query}").status_code == 400

    def test_old_addresses_with_page_numbers_and_columns_still_open(self, desk):
        factories.make_draft(title="Story")
        assert titles(desk.get(f"{LIST}?p=7&o=-1.2&all=")) == ["Story"]


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_takes_the_same_queries_whatever_its_length(desk, count, django_assert_num_queries):
    for number in range(count):
        factories.make_story(title=f"Story {number}", category="space" if number % 2 else "ai")
    with django_assert_num_queries(QUERIES):
        desk.get(LIST)


@pytest.mark.parametrize(
    "query",
    [
        *({}, {"is": "update"}, {"is": "planned"}, {"whose": "asked"}, {"section": "ai"}, {"missing": "hr"}),
        *({"by": "public"}, {"q": "story"}, {"q": "db#7"}, {"q": "7", "is": "public"}, {"before": "9" * 17 + "-1"}),
    ],
)
def test_no_page_counts_or_skips_stories(desk, query, django_assert_max_num_queries):
    for number in range(3):
        factories.make_story(title=f"Story {number}")
    with django_assert_max_num_queries(QUERIES + SEARCH_QUERIES) as captured:
        assert desk.get(LIST, query).status_code == 200
    for sql in (entry["sql"].upper() for entry in captured):
        assert "COUNT(" not in sql
        assert "OFFSET" not in sql
        reads_stories = 'FROM "ARTICLES_ARTICLE"' in sql
        assert not reads_stories or "LIMIT" in sql or '"TRANSLATION_KEY" IN' in sql, sql


def test_empty_lists_say_what_to_do(desk):
    assert "Stories will stand here" in desk.get(LIST).content.decode()
    factories.make_draft()
    assert "No story fits." in desk.get(LIST, {"q": "nowhere"}).content.decode()


def test_the_popup_to_choose_a_story_still_works(desk):
    article = factories.make_draft(title="Choose me")
    page = desk.get(LIST, {"_popup": "1"}).content.decode()
    assert f'data-popup-opener="{article.pk}"' in page
    assert "bulk_add_tags" not in page


def test_the_count_of_other_lists_stops_at_its_bound(edition, monkeypatch):
    for number in range(4):
        factories.make_draft(title=f"Story {number}")
    monkeypatch.setattr(BoundedPaginator, "MOST", 3)
    assert BoundedPaginator(Article.objects.order_by("pk"), 2).count == 3


def test_years_months_and_days_lead_to_what_was_edited_then(desk):
    old, _new = factories.make_draft(title="Old"), factories.make_draft(title="New")
    Article.objects.filter(pk=old.pk).update(edited_at=dt.datetime(2021, 3, 31, 22, 30, tzinfo=dt.UTC))
    page = desk.get(LIST).content.decode()
    assert "?edited_at__year=2021" in page
    assert "edited_at__month=4" in desk.get(f"{LIST}?edited_at__year=2021").content.decode()
    # Half past midnight in Zagreb: the first of April there.
    address = f"{LIST}?edited_at__year=2021&edited_at__month=4"
    assert "edited_at__day=1" in desk.get(address).content.decode()
    assert titles(desk.get(f"{address}&edited_at__day=1")) == ["Old"]


@pytest.mark.parametrize(
    "query",
    [
        "edited_at__year=99999",
        "edited_at__year=9999",
        "edited_at__year=0",
        "edited_at__year=" + "9" * 30,
        "edited_at__year=" + "9" * 5000,
        "edited_at__year=x",
        "edited_at__year__gte=99999",
        "edited_at__year=2021&edited_at__month=99",
        "edited_at__year=2026&edited_at__month=0",
        "edited_at__year=2026&edited_at__month=2&edited_at__day=31",
        "edited_at__year=2026&edited_at__day=31",
        "edited_at__month=0",
        "edited_at__month=5",
        "edited_at__month=x",
        "edited_at__day=3",
    ],
)
def test_a_date_that_does_not_exist_is_no_fault_of_ours(desk, query):
    factories.make_draft()
    assert desk.get(f"{LIST}?{query}").status_code in (200, 302, 400)


def test_a_day_without_its_month_is_no_level(desk):
    factories.make_draft()
    page = desk.get(f"{LIST}?edited_at__year=2026&edited_at__day=31").content.decode()
    assert "edited_at__month=3&amp;edited_at__year=2026" in page
    assert 'class="date-back">‹ 2026<' in page
    assert "date-back" not in desk.get(f"{LIST}?edited_at__month=5").content.decode()
