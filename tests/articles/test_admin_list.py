"""The list of stories at the desk: found fast, at a fixed number of queries."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import Article
from newsroom.backoffice import BoundedPaginator
from tests import factories
from tests.articles.desk import editor, form_data, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
# Session, account, its two sets of permissions, the list, its bounded count, first and last date, two filters' choices.
QUERIES = 10


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
    factories.make_story(title="Public")
    factories.make_story(title="Scheduled", at=timezone.now() + dt.timedelta(days=1))
    waiting = factories.make_story(title="Waiting")
    data = form_data(based_on=1, title="Waiting, changed", slug=waiting.slug)
    desk.post(f"{LIST}{waiting.pk}/change/", data)
    assert titles(desk.get(LIST, {"is": "draft"})) == ["Draft"]
    assert titles(desk.get(LIST, {"is": "scheduled"})) == ["Scheduled"]
    assert sorted(titles(desk.get(LIST, {"is": "public"}))) == ["Public", "Waiting"]
    response = desk.get(LIST, {"is": "update"})
    assert titles(response) == ["Waiting"]
    assert "Update waits" in response.content.decode()


def test_language_section_author_and_origin_narrow_the_list(desk):
    factories.make_draft(title="Wanted", language="hr", category="space", author="lyra-stanton", origin="human")
    factories.make_draft(title="Other")
    wanted = Article.objects.get(title="Wanted")
    for query in (
        {"language__exact": "hr"},
        {"category__id__exact": wanted.category_id},
        {"author__id__exact": wanted.author_id},
        {"origin__exact": "human"},
    ):
        assert titles(desk.get(LIST, query)) == ["Wanted"]


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_takes_the_same_queries_whatever_its_length(desk, count, django_assert_num_queries):
    for number in range(count):
        factories.make_story(title=f"Story {number}", category="space" if number % 2 else "ai")
    with django_assert_num_queries(QUERIES):
        desk.get(LIST)


def test_no_count_goes_over_the_whole_table(desk, django_assert_max_num_queries):
    factories.make_draft()
    with django_assert_max_num_queries(QUERIES) as captured:
        desk.get(LIST)
    counts = [query["sql"] for query in captured if "COUNT(" in query["sql"]]
    assert len(counts) == 1
    assert f"LIMIT {BoundedPaginator.MOST}" in counts[0]


def test_the_count_stops_at_its_bound(edition, monkeypatch):
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
