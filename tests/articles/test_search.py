"""Search finds what is public, by its words, newest first, and never breaks on what people type."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles import search
from articles.models import Article, ArticleSearch
from articles.publishing import publish, retract, save_story, unpublish
from articles.words import all_stems
from tests.factories import content, make_draft, make_story
from tests.reading import Reading

pytestmark = pytest.mark.django_db
# What FTS5, tsquery or a format string would take for more than text.
SYNTAX = [
    *('"', "'", "*", "a*", "(", ")", "a AND", "NOT a", "NEAR(a b)", "title:a", "^a", "-a", "a:b", "a & b", "!a", "\\"),
    *("{a}", "a'b", "%s", "%(match)s", "<->", "a=b", "en:a"),
]
LETTERS = ["½", "ﬁ", "…", "𞤀𞤁", "日本", "a" * 200, "\U0001f680"]


@pytest.fixture(autouse=True)
def _edition(edition):
    pass


def hours_ago(hours):
    return timezone.now() - dt.timedelta(hours=hours)


def found(client, query, path="/search/", **parameters):
    response = client.get(path, {"q": query, **parameters})
    assert response.status_code == 200
    return [card.title for card in response.context["page"].rows]


class TestWords:
    @pytest.mark.parametrize(
        ("one", "other", "language"),
        [
            ("robots", "robot", "en"),
            ("Batteries", "battery", "en"),
            ("svemira", "svemirom", "hr"),
            ("umjetnoj", "umjetna", "hr"),
            ("Čačak", "cacak", "hr"),
        ],
    )
    def test_forms_of_a_word_meet(self, one, other, language):
        assert all_stems(one, language) == all_stems(other, language)

    @pytest.mark.parametrize(("one", "other", "language"), [("NASA", "nas", "hr"), ("news", "new", "en")])
    def test_short_words_stay_apart(self, one, other, language):
        assert all_stems(one, language) != all_stems(other, language)


class TestFinding:
    def test_by_title_interpreter_body_tag_place_and_author(self, client):
        make_story(title="Titleword", interpreter="Introword.", body="Bodyword.", tags=["tagword"])
        for word in ["titleword", "INTROWORD", "bodyword", "tagword", "san francisco", "Nexus Vale", "techcrunch"]:
            assert found(client, word) == ["Titleword"], word
        assert found(client, "absentword") == []

    def test_all_words_must_be_there(self, client):
        make_story(title="Red planet")
        make_story(title="Red dwarf")
        assert found(client, "planet red") == ["Red planet"]

    def test_croatian_letters_in_every_spelling(self, client):
        make_story("hr", title="Đurđica piše o čudu")
        make_story("hr", title="Djurdjica pise o zici")
        both = ["Djurdjica pise o zici", "Đurđica piše o čudu"]
        assert found(client, "Đurđica", "/hr/search/") == both
        assert found(client, "djurdjica", "/hr/search/") == both
        assert found(client, "durdica", "/hr/search/") == both[1:]
        assert found(client, "cudu", "/hr/search/") == both[1:]
        assert found(client, "žici", "/hr/search/") == both[:1]
        assert found(client, "c\u030cudu", "/hr/search/") == both[1:]

    def test_each_edition_finds_its_own(self, client):
        make_story("en", title="Voyager speaks")
        make_story("hr", title="Voyager govori")
        assert found(client, "voyager") == ["Voyager speaks"]
        assert found(client, "voyager", "/hr/search/") == ["Voyager govori"]

    def test_newest_first_and_paging_both_ways(self, client):
        same = hours_ago(30)
        for number in range(45):
            make_story(title=f"Comet {number}", slug=f"comet-{number}", at=same if number < 5 else hours_ago(number))
        rows = Article.objects.public("en").newest()
        expected = list(rows.values_list("title", flat=True))
        first = client.get("/search/", {"q": "comet"}).context["page"]
        second = client.get("/search/", {"q": "comet", "before": str(first.older)}).context["page"]
        third = client.get("/search/", {"q": "comet", "before": str(second.older)}).context["page"]
        assert [card.title for page in (first, second, third) for card in page.rows] == expected
        assert third.older is None
        back = client.get("/search/", {"q": "comet", "after": str(third.newer)}).context["page"]
        assert [card.id for card in back.rows] == [card.id for card in second.rows]

    def test_common_and_rare_words_give_the_same_pages(self, client, monkeypatch):
        """PostgreSQL answers a full page from its walk and the rest from GIN; both must agree."""
        for number in range(30):
            make_story(title=f"Probe {number}", slug=f"probe-{number}", at=hours_ago(number))
        whole = found(client, "probe")
        monkeypatch.setattr(search, "WALK", 3)
        assert found(client, "probe") == whole
        assert len(whole) == 20

    def test_title_first(self, client):
        make_story(title="About Saturn", at=hours_ago(9))
        make_story(title="Something else", body="Saturn is far.", at=hours_ago(1))
        assert found(client, "saturn") == ["Something else", "About Saturn"]
        assert found(client, "saturn", order="title") == ["About Saturn", "Something else"]


class TestVisibility:
    def test_follows_every_transition(self, client):
        article = make_draft(title="Quasar")
        assert found(client, "quasar") == []
        publish(article)
        assert found(client, "quasar") == ["Quasar"]
        save_story(content(title="Pulsar"), language="en", article=article)
        assert found(client, "pulsar") == [], "a waiting change is not public"
        publish(article)
        assert found(client, "quasar") == [], "what readers no longer see is not found"
        unpublish(article)
        assert found(client, "pulsar") == []
        publish(article)
        retract(article, "Wrong.")
        assert found(client, "pulsar") == []
        assert not ArticleSearch.objects.exists()

    def test_scheduled_stories_appear_by_themselves(self, client, time_machine):
        make_story(title="Eclipse now")
        for number in range(21):
            later = timezone.now() + dt.timedelta(hours=2)
            publish(make_draft(title=f"Eclipse {number}", slug=f"eclipse-{number}"), at=later)
        assert found(client, "eclipse") == ["Eclipse now"], "those to come take no place on the page"
        time_machine.move_to(timezone.now() + dt.timedelta(hours=3))
        assert found(client, "eclipse")[0] == "Eclipse 20"

    def test_public_has_the_last_word(self, client, settings):
        article = make_story(title="Nebula", is_demo=True)
        assert found(client, "nebula") == ["Nebula"]
        settings.DEMO_IS_PUBLIC = False
        assert found(client, "nebula") == []
        settings.DEMO_IS_PUBLIC = True
        Article.objects.filter(pk=article.pk).update(public_at=None, status="draft")
        assert found(client, "nebula") == [], "a stale index shows nothing"

    def test_rolled_back_with_its_story(self, client):
        class Broken(Exception):
            pass

        def fail_late():
            with transaction.atomic():
                make_story(title="Mirage")
                raise Broken

        with pytest.raises(Broken):
            fail_late()
        assert found(client, "mirage") == []
        assert not ArticleSearch.objects.exists()

    def test_index_many_writes_the_same_as_index(self, client, monkeypatch):
        monkeypatch.setattr(search, "BATCH", 4)
        ids = [make_story(title=f"Meteor {n}", slug=f"m-{n}", at=hours_ago(n)).pk for n in range(5)]
        ids.append(make_draft(title="Meteor draft").pk)
        before = list(ArticleSearch.objects.order_by("article").values_list("article", "language", "position"))
        if connection.vendor == "sqlite":
            connection.cursor().execute("DELETE FROM articles_searchwords")
        ArticleSearch.objects.all().delete()
        assert found(client, "meteor") == []
        search.index_many(iter(ids))
        search.index_many(ids)
        assert list(ArticleSearch.objects.order_by("article").values_list("article", "language", "position")) == before
        assert found(client, "meteor") == [f"Meteor {n}" for n in range(5)]
        search.index(Article.objects.get(pk=ids[0]))
        assert found(client, "meteor")[0] == "Meteor 0"


class TestRecordNumbers:
    @pytest.mark.parametrize("query", ["db#3629", "#3629", "DB#3629", "db 3629", " db3629 "])
    def test_lead_straight_to_the_story(self, client, query):
        make_story(title="Grok", record_number=3629)
        assert client.get("/search/", {"q": query}).headers["Location"] == "/ai/grok/"

    def test_unknown_number_is_a_word(self, client):
        make_story(title="The year 2024")
        make_draft(title="Hidden", record_number=77)
        assert found(client, "2024") == ["The year 2024"]
        assert found(client, "db#77") == []

    def test_a_bare_number_searches_words_and_names_the_record(self, client):
        make_story(title="The year 2024")
        make_story(title="Grok", record_number=2024)
        assert found(client, "2024") == ["The year 2024"]
        page = Reading(client.get("/search/", {"q": "2024"}).content.decode())
        assert "Record db#2024: Grok" in page.main
        assert "/ai/grok/" in page.links

    def test_a_bare_number_says_nothing_of_hidden_records(self, client):
        make_draft(title="Hidden", record_number=77)
        for number in ("77", "78", "9" * 19, "9" * 200):
            assert "Record db#" not in client.get("/search/", {"q": number}).content.decode()


class TestPage:
    def test_empty_query_shows_the_form_and_a_hint(self, client):
        response = client.get("/search/")
        text = response.content.decode()
        assert response.status_code == 200
        assert '<form class="search-form" action="/search/" role="search">' in text
        assert "db#3629 or #3629 leads straight to that story" in text
        assert "Nothing found" not in text
        assert '<meta name="robots" content="noindex">' in text

    def test_query_comes_back_escaped(self, client):
        text = client.get("/search/", {"q": '"><script>'}).content.decode()
        assert "&quot;&gt;&lt;script&gt;" in text
        assert "<script>" not in text.replace('<script src="', "")

    def test_pager_and_language_switch_keep_the_query(self, client):
        for number in range(21):
            make_story(title=f"Čip {number}", slug=f"cip-{number}", at=hours_ago(number))
        text = client.get("/search/", {"q": "čip"}).content.decode()
        assert 'href="/search/?q=%C4%8Dip&amp;before=' in text
        assert 'href="/hr/search/?q=%C4%8Dip"' in text

    @pytest.mark.parametrize("order", ["", "title"])
    def test_syntax_in_a_query_is_only_text(self, client, order):
        make_story(title="A b 日本 𞤀𞤁")
        for query in [*SYNTAX, *LETTERS]:
            assert client.get("/search/", {"q": query, "order": order}).status_code == 200, query

    @pytest.mark.parametrize(
        "parameters",
        [
            {"q": "a\x00b"},
            {"q": "a" * 201},
            {"q": "x" * 10_000},
            {"q": " ".join("abcdefghijklm")},
            {"q": "a", "before": "x"},
            {"before": "x"},
            {"q": "a", "before": "9" * 30 + "-1"},
            {"q": "a", "order": "sideways"},
        ],
    )
    def test_bad_input_is_refused_with_a_page(self, client, parameters):
        response = client.get("/search/", parameters)
        assert response.status_code == 400
        assert "<h1" in response.content.decode()

    def test_any_position_is_a_page_or_not_found(self, client):
        make_story(title="Comet")
        last = "253000000000000000-999999999999999999"
        answers = [("before", "0-0", 404), ("before", last, 200), ("after", "0-0", 200), ("after", last, 404)]
        for side, position, status in answers:
            assert client.get("/search/", {"q": "comet", side: position}).status_code == status, (side, position)

    @pytest.mark.parametrize("parameters", [{}, {"order": "title"}])
    def test_queries_stay_few(self, client, parameters, django_assert_max_num_queries):
        for number in range(25):
            make_story(title=f"Comet {number}", slug=f"comet-{number}", at=hours_ago(number))
        with django_assert_max_num_queries(4):
            assert len(found(client, "comet", **parameters)) == 20
