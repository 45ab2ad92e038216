"""A writer changes and deletes comments of theirs; nobody else can, and no word typed is lost."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from articles.publishing import retract
from comments import editing_views, word_lists
from comments.identity import reader_of
from comments.models import Comment
from comments.moderation import decide
from comments.posting import withdraw
from tests import factories
from tests.articles.desk import signed_in
from tests.comments.writing import MINE, PAGE, SAME_ORIGIN, SCRIPT, TOKEN, filled, page_of
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(story):
    return factories.make_comment(story, status="pending", reader=reader_of(TOKEN), network="n" * 64)


def path(comment, what="edit"):
    return f"{PAGE}{comment.pk}/{what}/"


def edit(client, comment, body="A better word.", headers=SAME_ORIGIN, **fields):
    return client.post(path(comment), {"body": body, "action": "post", **fields}, headers=headers)


def delete(client, comment, headers=SAME_ORIGIN):
    return client.post(path(comment, "delete"), headers=headers)


def later(comment, minutes):
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - dt.timedelta(minutes=minutes))


def again(comment):
    return Comment.objects.get(pk=comment.pk)


class TestEditing:
    def test_the_page_has_the_text(self, petra, comment):
        answer = petra.get(path(comment))
        assert filled(answer, 200)["body"] == "A good word."
        page = page_of(answer, 200)
        assert "15 minutes" in page.main
        assert page.all("meta", name="robots", content="noindex")
        assert "no-store" in answer["Cache-Control"]

    def test_another_text_is_stored(self, petra, comment):
        answer = edit(petra, comment, body="A **better** word.\r\n\r\nMore.\r\n")
        assert (answer.status_code, answer["Location"]) == (303, f"{MINE}#c{comment.pk}")
        assert again(comment).body == "A **better** word.\n\nMore."
        assert "<strong>better</strong>" in again(comment).html
        assert again(comment).edited_at

    def test_what_readers_saw_waits_again(self, petra, story):
        comment = factories.make_comment(story, reader=reader_of(TOKEN))
        assert "A person reads it again" in read(petra, path(comment)).main
        edit(petra, comment)
        assert again(comment).status == "pending"
        assert "word" not in read(Client(), PAGE).main
        story.stats.refresh_from_db()
        assert story.stats.comment_count == 0

    def test_that_of_staff_does_not(self, story):
        ana = factories.make_user()
        comment = factories.make_comment(story, user=ana)
        assert "A person reads it again" not in read(signed_in(ana), path(comment)).main
        edit(signed_in(ana), comment)
        assert (again(comment).status, again(comment).body) == ("approved", "A better word.")

    def test_a_preview(self, petra, comment):
        answer = edit(petra, comment, body="It **waits**.", action="preview")
        assert b"<p>It <strong>waits</strong>.</p>" in answer.content
        assert filled(answer, 200)["body"] == "It **waits**."
        script = edit(petra, comment, body="It waits.", action="preview", headers=SCRIPT)
        assert script.json() == {"html": "<p>It waits.</p>"}
        assert again(comment).body == "A good word."

    def test_the_script(self, petra, comment):
        assert petra.get(path(comment), headers=SCRIPT).json() == {"body": "A good word."}
        answer = edit(petra, comment, headers=SCRIPT)
        assert (answer.status_code, answer.json()["status"]) == (200, "pending")
        assert f'id="c{comment.pk}" data-own' in answer.json()["html"]
        assert "A better word." in answer.json()["html"]
        refused = edit(petra, comment, body="", headers=SCRIPT)
        assert (refused.status_code, refused.json()) == (400, {"errors": {"body": ["Write something first."]}})

    def test_an_account(self, story):
        ivo = factories.make_user("ivo@example.org", "Ivo", is_staff=False)
        comment = factories.make_comment(story, status="pending", user=ivo)
        edit(signed_in(ivo), comment)
        assert again(comment).body == "A better word."

    @pytest.mark.parametrize(("body", "sentence"), [("", "Write something"), ("x" * 4001, "at most 4000")])
    def test_a_refused_text_stays(self, petra, comment, body, sentence):
        answer = edit(petra, comment, body=body)
        assert sentence in page_of(answer, 400).main
        assert filled(answer, 400)["body"] == body
        assert again(comment).body == "A good word."

    def test_for_fifteen_minutes(self, petra, comment):
        later(comment, 14)
        assert edit(petra, comment).status_code == 303
        later(comment, 15)
        answer = edit(petra, comment, body="Too late.")
        assert "can no longer be changed" in page_of(answer, 409).main
        assert filled(answer, 409)["body"] == "Too late."
        assert "can no longer be changed" in page_of(petra.get(path(comment)), 409).main
        assert "can no longer" in petra.get(path(comment), headers=SCRIPT).json()["errors"]["__all__"][0]
        assert again(comment).body == "A better word."

    def test_not_what_a_moderator_took_down(self, petra, comment):
        decide(comment, "rejected")
        assert edit(petra, comment).status_code == 409
        assert again(comment).body == "A good word."

    def test_not_what_goes_in_the_very_moment(self, petra, comment, monkeypatch):
        def gone(*args, **kwargs):
            raise ValidationError("It has just %(what)s.", params={"what": "gone"})

        monkeypatch.setattr(editing_views, "edit_comment", gone)
        answer = edit(petra, comment, body="My word.")
        assert "It has just gone." in page_of(answer, 409).main
        assert filled(answer, 409)["body"] == "My word."

    def test_not_what_was_deleted_but_the_words_stay(self, petra, comment):
        withdraw(comment.pk)
        answer = edit(petra, comment, body="My word.")
        assert "deleted by its author" in page_of(answer, 410).main
        assert filled(answer, 410)["body"] == "My word."
        assert petra.get(path(comment)).status_code == 410


class TestDeleting:
    def test_the_page_asks_and_shows_it(self, petra, comment):
        page = page_of(petra.get(path(comment, "delete")), 200)
        assert "A good word." in page.main
        assert "It goes for good" in page.main
        assert again(comment).status == "pending"

    def test_it_goes_with_all_that_it_says(self, petra, comment):
        answer = delete(petra, comment)
        assert (answer.status_code, answer["Location"]) == (303, MINE)
        gone = again(comment)
        assert (gone.status, gone.name, gone.body, gone.html, gone.reader, gone.network) == ("withdrawn", *[""] * 5)
        assert "A good word." not in read(petra, MINE).main

    def test_an_answered_one_leaves_a_note(self, petra, story):
        comment = factories.make_comment(story, reader=reader_of(TOKEN))
        factories.make_comment(story, parent=comment, body="An answer.")
        assert "A note stays" in read(petra, path(comment, "delete")).main
        delete(petra, comment)
        page = read(Client(), PAGE)
        assert "Deleted by its author" in page.main
        assert "An answer." in page.main
        assert "A good word." not in page.main

    def test_twice_is_once(self, petra, comment):
        assert [delete(petra, comment).status_code for _ in range(2)] == [303, 303]
        assert delete(petra, comment, headers=SCRIPT).json() == {"deleted": True}

    def test_at_any_time(self, petra, comment):
        later(comment, 10_000)
        assert delete(petra, comment, headers=SCRIPT).json() == {"deleted": True}
        assert again(comment).status == "withdrawn"

    def test_what_a_moderator_took_down_too(self, petra, comment):
        decide(comment, "rejected")
        delete(petra, comment)
        assert again(comment).status == "withdrawn"


class TestOthers:
    @pytest.fixture
    def strangers(self):
        other = Client()
        other.cookies["reader"] = "b" * 32
        staff = signed_in(factories.make_user(is_superuser=True))
        return [Client(), other, signed_in(factories.make_user("ivo@example.org", "Ivo", is_staff=False)), staff]

    def test_change_nothing_and_see_nothing_of_what_is_not_public(self, strangers, comment):
        for stranger in strangers:
            for what in ("edit", "delete"):
                assert stranger.get(path(comment, what)).status_code == 404
                assert stranger.get(path(comment, what), headers=SCRIPT).status_code == 404
            assert edit(stranger, comment).status_code == 404
            assert delete(stranger, comment).status_code == 404
        assert (again(comment).body, again(comment).status) == ("A good word.", "pending")

    def test_are_told_why_where_it_is_public(self, strangers, story):
        comment = factories.make_comment(story, reader=reader_of(TOKEN), body="My *slipway*.")
        for stranger in strangers:
            for answer in (
                stranger.get(path(comment)),
                stranger.get(path(comment, "delete")),
                delete(stranger, comment),
            ):
                assert "Only who wrote a comment" in page_of(answer, 403).main
                assert b"slipway" not in answer.content
            answer = edit(stranger, comment, body="My other word.")
            assert filled(answer, 403)["body"] == "My other word."
            assert "Only who" in delete(stranger, comment, headers=SCRIPT).json()["errors"]["__all__"][0]
        assert (again(comment).body, again(comment).status) == ("My *slipway*.", "approved")

    def test_without_a_cookie_nobody_owns_what_has_no_reader(self, client, story):
        comment = factories.make_comment(story)
        assert edit(client, comment).status_code == 403
        assert delete(client, comment).status_code == 403


class TestRefusals:
    @pytest.mark.parametrize("what", ["edit", "delete"])
    def test_a_form_from_elsewhere(self, petra, comment, what):
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {}):
            assert petra.post(path(comment, what), {"body": "x"}, headers=headers).status_code == 403
        assert (again(comment).body, again(comment).status) == ("A good word.", "pending")

    @pytest.mark.parametrize("what", ["edit", "delete"])
    def test_below_another_story_or_nowhere(self, petra, comment, what):
        factories.make_story(title="Another one")
        for bad in (
            f"/ai/another-one/comments/{comment.pk}/{what}/",
            f"{PAGE}{2**63}/{what}/",
            f"{PAGE}{2**70}/{what}/",
        ):
            assert petra.get(bad).status_code == 404
            assert petra.post(bad, headers=SAME_ORIGIN).status_code == 404

    @pytest.mark.parametrize("what", ["edit", "delete"])
    def test_other_methods(self, petra, comment, what):
        assert petra.put(path(comment, what)).status_code == 405
        assert petra.head(path(comment, what)).status_code == 200

    @pytest.mark.parametrize("what", ["edit", "delete"])
    def test_a_retracted_story(self, petra, story, comment, what):
        retract(story, "Wrong.")
        assert petra.get(path(comment, what)).status_code == 410
        assert petra.post(path(comment, what), {"body": "x"}, headers=SAME_ORIGIN).status_code == 410

    @pytest.mark.parametrize("what", ["edit", "delete"])
    def test_an_old_address_leads_on_and_takes_the_form(self, petra, comment, what):
        old = f"/space/a-model-learns-to-wait/comments/{comment.pk}/{what}/"
        assert petra.get(old)["Location"] == path(comment, what)
        assert petra.post(old, {"body": "x y"}, headers=SAME_ORIGIN).status_code == 303
        assert again(comment).body != "A good word."

    def test_limits_keep_the_text(self, petra, comment, settings):
        settings.RATE_LIMITS = settings.RATE_LIMITS | {"edit-network": (1, 600)}
        edit(petra, comment)
        answer = edit(petra, comment, body="Again.")
        assert "Your text is kept" in page_of(answer, 429).main
        assert filled(answer, 429)["body"] == "Again."
        assert 0 < int(answer["Retry-After"]) <= 600
        assert delete(petra, comment).status_code == 429
        assert again(comment).body == "A better word."


@pytest.mark.parametrize(("what", "number"), [("edit", 36), ("delete", 17)])
def test_queries(petra, comment, what, number, django_assert_num_queries):
    petra.get(path(comment, what))
    word_lists.live("en")
    with django_assert_num_queries(number):
        assert petra.post(path(comment, what), {"body": "x y"}, headers=SCRIPT).status_code == 200
