"""Notes between editors on a story: written beside the story's form, read by whoever may read the story."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Note, Revision
from tests import factories
from tests.articles.desk import change_url, editor, form_data, signed_in

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def ana(edition):
    return editor()


@pytest.fixture
def desk(ana):
    return signed_in(ana)


@pytest.fixture
def article(edition):
    return factories.make_draft()


def notes_url(article):
    return f"/admin/articles/article/{article.pk}/notes/"


def page_of(response):
    return response.content.decode()


def make_notes(article, count, user=None):
    start = timezone.now() - dt.timedelta(days=1)
    Note.objects.bulk_create(
        Note(article=article, written_by=user, text=f"Note {number}.", created_at=start + dt.timedelta(minutes=number))
        for number in range(count)
    )


def test_a_note_is_added_by_the_script_and_comes_back_with_the_others(desk, ana, article):
    make_notes(article, 1)
    response = desk.post(notes_url(article), {"text": " Company says 38 minutes.\r\nKeep theirs. "}, headers=JSON)
    assert response.status_code == 201
    note = Note.objects.get(written_by=ana)
    assert (note.article, note.text) == (article, "Company says 38 minutes.\nKeep theirs.")
    answer = response.json()
    assert answer["says"] == "Note added."
    assert "Note 0." in answer["html"]
    assert "<p>Company says 38 minutes.<br>Keep theirs.</p>" in answer["html"]
    assert answer["html"].index("Note 0.") < answer["html"].index("38 minutes")
    assert ">AH<" in answer["html"]


def test_a_note_touches_neither_the_story_nor_its_history(desk, article):
    before = article.edited_at
    desk.post(notes_url(article), {"text": "A word."}, headers=JSON)
    article.refresh_from_db()
    assert article.edited_at == before
    assert Revision.objects.filter(article=article).count() == 1
    assert not LogEntry.objects.exists()


def test_without_a_script_a_note_has_a_page_of_its_own(desk, article):
    page = page_of(desk.get(notes_url(article)))
    assert '<form method="post"' in page
    assert "No notes yet" in page
    response = desk.post(notes_url(article), {"text": "A word."})
    assert (response.status_code, response.url) == (303, notes_url(article))
    page = page_of(desk.get(response.url))
    assert "A word." in page
    assert "Note added." in page


def test_the_storys_page_shows_its_notes_and_a_field_outside_the_storys_form(desk, ana, article):
    make_notes(article, 2, ana)
    page = page_of(desk.get(change_url(article)))
    assert page.index("Note 0.") < page.index("Note 1.")
    field = page[page.index('<textarea name="text"') :].partition(">")[0]
    assert 'form="no-form"' in field
    assert "maxlength" not in field


def test_a_story_that_was_never_saved_has_no_notes(desk):
    assert 'id="notes"' not in page_of(desk.get("/admin/articles/article/add/"))


def test_a_refused_save_of_the_story_still_shows_its_notes(desk, article):
    make_notes(article, 1)
    assert "Note 0." in page_of(desk.post(change_url(article), form_data(title="")))


@pytest.mark.parametrize(
    ("text", "sentence"), [("", "Write something first."), (" \x0b ", "Write something"), ("x" * 1001, "at most 1000")]
)
def test_a_note_that_cannot_be_taken_is_refused_in_a_sentence_and_kept(desk, article, text, sentence):
    for headers in (JSON, {}):
        response = desk.post(notes_url(article), {"text": text}, headers=headers)
        assert response.status_code == 422
        answer = response.json()["html"] if headers else page_of(response)
        assert sentence in answer
        assert text.strip("\x0b ") in answer
    assert not Note.objects.exists()


def test_a_note_of_a_thousand_characters_is_taken(desk, article):
    assert desk.post(notes_url(article), {"text": "š" * 1000}, headers=JSON).status_code == 201


def test_too_many_notes_at_once_are_refused_and_kept(desk, article, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "note-account": (2, 300)}
    answers = [desk.post(notes_url(article), {"text": f"Word {n}."}, headers=JSON) for n in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert "Word 2." in answers[2].json()["html"]
    assert Note.objects.count() == 2


def test_markup_in_a_note_is_text(desk, article):
    note = "<b>Bold</b> & <script>alert(1)</script> javascript:alert(1) https://x.example/?a=\"onclick='b'"
    html = desk.post(notes_url(article), {"text": note}, headers=JSON).json()["html"]
    assert "<script" not in html
    assert "<b>Bold" not in html
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;script&gt;" in html
    assert 'href="javascript' not in html
    assert html.count('rel="nofollow"') == 1
    assert 'href="https://x.example/?a="' in html


def test_an_address_in_a_note_becomes_a_link_that_leaves_the_story_open(desk, article):
    html = desk.post(notes_url(article), {"text": "See https://example.org/a?b=1&c=2."}, headers=JSON).json()["html"]
    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow" target="_blank">' in html
    assert "</a>." in html


def test_a_note_of_the_system_looks_different(desk, article):
    make_notes(article, 1)
    page = page_of(desk.get(notes_url(article)))
    assert '<li class="is-system">' in page
    assert "The system" in page


def test_a_time_stands_there_in_full_for_who_asks(desk, ana, article, time_machine):
    Note.objects.create(
        article=article, written_by=ana, text="A", created_at=dt.datetime(2026, 3, 2, 8, 5, tzinfo=dt.UTC)
    )
    time_machine.move_to(dt.datetime(2026, 3, 2, 20, tzinfo=dt.UTC), tick=False)
    title = 'title="2 Mar 2026, 09:05 Europe/Zagreb"'
    assert f"{title}>09:05</time>" in page_of(desk.get(notes_url(article)))
    time_machine.move_to(dt.datetime(2026, 3, 3, 8, tzinfo=dt.UTC), tick=False)
    assert f"{title}>2 Mar 2026, 09:05</time>" in page_of(desk.get(notes_url(article)))


def test_the_newest_fifty_are_shown_and_earlier_ones_a_link_away(desk, ana, article, django_assert_max_num_queries):
    make_notes(article, 120, ana)
    page = page_of(desk.get(change_url(article)))
    assert "Note 70." in page
    assert "Note 69." not in page
    address = notes_url(article)
    seen = 0
    for _turn in range(2):
        query = page.partition(f'href="{address}?before=')[2].partition('"')[0]
        with django_assert_max_num_queries(9):
            page = page_of(desk.get(f"{address}?before={query}"))
        seen += page.count('<li><span class="person"')
    assert seen == 70
    assert "Earlier notes" not in page
    assert "The newest notes" in page
    # An old page is for reading: the field stands under the newest.
    assert 'name="text"' not in page


@pytest.mark.parametrize("query", ["?before=x", "?before=1-1", "?before=9" * 3, "?after=%00"])
def test_a_broken_position_is_no_fault_of_ours(desk, article, query):
    make_notes(article, 1)
    assert desk.get(notes_url(article) + query).status_code in (400, 404)


def test_notes_of_another_story_stay_there(desk, article):
    other = factories.make_draft(title="Another")
    make_notes(other, 1)
    assert "Note 0." not in page_of(desk.get(notes_url(article)))


class TestWhoMay:
    def test_who_may_read_the_story_reads_its_notes_and_writes_none(self, edition, article):
        make_notes(article, 1)
        mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
        page = page_of(mia.get(notes_url(article)))
        assert "Note 0." in page
        assert 'name="text"' not in page
        assert 'name="text"' not in page_of(mia.get(change_url(article)))
        assert mia.post(notes_url(article), {"text": "A word."}, headers=JSON).status_code == 403
        assert Note.objects.count() == 1

    def test_staff_without_rights_reads_nothing(self, edition, article):
        nobody = signed_in(factories.make_user("nobody@example.org"))
        assert nobody.get(notes_url(article)).status_code == 403
        assert nobody.post(notes_url(article), {"text": "A"}).status_code == 403

    def test_a_reader_is_sent_to_the_login(self, client, article):
        assert client.post(notes_url(article), {"text": "A"}).url.startswith("/admin/login/")
        assert not Note.objects.exists()

    def test_an_unknown_story_is_not_found(self, desk):
        assert desk.get("/admin/articles/article/999/notes/").status_code == 404
        assert desk.post("/admin/articles/article/999/notes/", {"text": "A"}).status_code == 404

    def test_nothing_else_can_be_done_to_notes(self, desk, article):
        assert desk.delete(notes_url(article)).status_code == 405
        assert desk.put(notes_url(article)).status_code == 405


def test_the_notes_cost_the_storys_page_one_query(desk, ana, article):
    make_notes(article, 30, ana)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        desk.get(change_url(article))
    assert len([query for query in queries if '"articles_note"' in query["sql"]]) == 1
