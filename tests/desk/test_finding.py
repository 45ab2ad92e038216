"""The finder of the desk: one question, everything that the person may see of the answer."""

import pytest

from articles.models import Tag
from tests import factories
from tests.articles.desk import editor, signed_in

pytestmark = pytest.mark.django_db
FIND = "/admin/find/"


@pytest.fixture
def desk(edition):
    return signed_in(editor())


def found(client, query):
    """{heading: [names]}"""
    return {
        str(group.heading): [row.name for row in group.rows]
        for group in client.get(FIND, {"q": query}).context["groups"]
    }


@pytest.mark.parametrize("query", ["db#3629", "DB 3629", "#3629", " db3629 "])
def test_a_record_number_leads_straight_to_its_story(desk, query):
    story = factories.make_draft(record_number=3629)
    response = desk.get(FIND, {"q": query})
    assert (response.status_code, response.url) == (302, f"/admin/articles/article/{story.pk}/change/")


def test_a_bare_number_puts_its_story_before_titles_that_have_it(desk):
    factories.make_draft(title="What 2030 brings")
    factories.make_draft(title="Another", record_number=2030)
    assert found(desk, "2030")["Stories"] == ["Another", "What 2030 brings"]


def test_a_number_that_no_story_has_is_said(desk):
    page = desk.get(FIND, {"q": "db#99"}).content.decode()
    assert "There is no story db#99." in page


def test_everything_with_the_word_is_found_by_its_kind(desk):
    factories.make_draft(title="Solar sails")
    factories.make_story("hr", title="Šolarna jedra", slug="solarna")
    factories.make_photo("Solar panel")
    Tag.objects.create(name="solar", slug="solar")
    assert found(desk, "sol") == {
        "Stories": ["Šolarna jedra", "Solar sails"],
        "Photos": ["Solar panel"],
        "Tags": ["solar"],
    }


@pytest.mark.parametrize(
    ("query", "heading", "name"),
    [
        ("nexus", "Authors", "Nexus Vale"),
        ("svemir", "Sections", "Svemir (hr)"),
        ("UMJETNA", "Sections", "Umjetna inteligencija (hr)"),
        ("kalifornija", "Places", "San Francisco, California"),
        ("techcrunch", "Sources", "TechCrunch AI"),
    ],
)
def test_what_stories_refer_to_is_found(desk, query, heading, name):
    assert found(desk, query)[heading] == [name]


def test_staff_are_found_by_those_who_may_see_accounts(edition):
    factories.make_user("ivo@example.org", "Ivo Ivić")
    factories.make_user("ivica@example.org", "Ivica, a reader", is_staff=False)
    chief = signed_in(factories.make_user("marko@example.org", group="Chief editors"))
    assert found(chief, "ivi") == {"Staff": ["Ivo Ivić"]}
    assert found(signed_in(editor()), "ivi") == {}


def test_nobody_finds_what_they_may_not_see(edition):
    story = factories.make_draft(title="Solar sails")
    factories.make_photo("Solar panel")
    mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
    assert found(mia, "solar") == {"Stories": ["Solar sails"]}
    nobody = signed_in(factories.make_user("novi@example.org"))
    assert found(nobody, "solar") == {}
    assert nobody.get(FIND, {"q": f"db#{story.record_number}"}).status_code == 200


def test_a_kind_shows_so_many_and_leads_to_its_list(desk):
    for number in range(9):
        Tag.objects.create(name=f"solar {number}", slug=f"solar-{number}")
    page = desk.get(FIND, {"q": "solar"})
    assert len(page.context["groups"][0].rows) == 8
    assert 'href="/admin/articles/tag/?q=solar"' in page.content.decode()
    Tag.objects.filter(slug="solar-8").delete()
    assert "All in the list" not in desk.get(FIND, {"q": "solar"}).content.decode()


@pytest.mark.parametrize("query", ["", "   "])
def test_without_a_question_it_says_what_can_be_asked(desk, query):
    assert "Type a word of a title" in desk.get(FIND, {"q": query}).content.decode()


@pytest.mark.parametrize("query", ["qqqqq", "%", "'", '" OR', "db#" + "9" * 30, "a" * 5000, "<script>", "č" * 300, "_"])
def test_nothing_that_is_typed_breaks_it(desk, query):
    factories.make_draft()
    response = desk.get(FIND, {"q": query})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().partition("<main")[2]


def test_what_was_asked_stands_in_the_field_and_an_answer_without_rows_says_so(desk):
    page = desk.get(FIND, {"q": "qqqqq"}).content.decode()
    assert 'value="qqqqq"' in page
    assert "Nothing fits." in page


def test_it_takes_the_same_queries_whatever_is_found(desk, django_assert_num_queries):
    for number in range(12):
        factories.make_draft(title=f"Solar {number}", category="space" if number % 2 else "ai")
    # Session, account, two sets of permissions; stories in two, photos, authors, sections, places, sources, tags.
    with django_assert_num_queries(12):
        desk.get(FIND, {"q": "solar"})
