"""What the composer sends, with a script and without: what is stored, and that no refusal loses a word."""

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from articles import story_page
from articles.models import Redirect
from articles.publishing import retract, unpublish
from comments import writing_views
from comments.identity import reader_of
from comments.models import Comment, NoticeAddress
from comments.moderation import decide
from tests import factories
from tests.articles.desk import signed_in
from tests.comments.writing import MINE, PAGE, SAME_ORIGIN, SCRIPT, STORY, TOKEN, filled, form, page_of, send, stamp_of
from tests.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(db):
    return factories.make_user("ivo@example.org", "Ivo Kralj", is_staff=False)


def limit(settings, **limits):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {name.replace("_", "-"): most for name, most in limits.items()}


def nothing_stored():
    return not Comment.objects.exists()


class TestTheComposer:
    @pytest.mark.parametrize("path", [STORY, PAGE])
    def test_it_stands_below_the_comments_the_same_for_everyone(self, client, story, petra, reader, path):
        pages = [one.get(path) for one in (client, petra, signed_in(reader))]
        assert len({page.content for page in pages}) == 1
        assert not any(page.cookies or "Cookie" in page.get("Vary", "") for page in pages)
        assert filled(pages[0], 200).items() >= form(action="post", body="", name="").items() - {("action", "post")}
        assert page_of(pages[0], 200).all("form", action=PAGE)[0]["method"] == "post"

    def test_it_is_not_in_previews(self, story):
        context = story_page.context(story, [], is_preview=True)
        assert "data-composer" in render_to_string("articles/story.html", context | {"is_preview": False})
        assert "data-composer" not in render_to_string("articles/story.html", context)


class TestAGuest:
    def test_without_a_script_reads_it_over_first(self, client, story):
        answer = send(client, form(body="It **waits**."))
        page = page_of(answer, 200)
        assert "Read it over. A person reads it before it appears." in page.main
        assert b"<p>It <strong>waits</strong>.</p>" in answer.content
        assert page.all("meta", name="robots", content="noindex")
        assert filled(answer, 200).items() >= {"body": "It **waits**.", "name": "Petra K."}.items()
        assert nothing_stored()
        assert not answer.cookies

    def test_then_posts_and_sees_it_among_their_own(self, client, story, time_machine):
        time_machine.move_to(timezone.now(), tick=False)
        stamp = filled(send(client, form()), 200)["stamp"]
        time_machine.shift(4)
        answer = send(client, form(stamp=stamp, email="petra@example.org"))
        comment = Comment.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"{MINE}#c{comment.pk}")
        assert (comment.status, comment.name, comment.body) == ("pending", "Petra K.", "A good word.")
        assert (comment.article, comment.user, comment.parent) == (story, None, None)
        assert len(comment.network) == 64
        assert "Awaiting moderation" in read(client, MINE).main
        assert "A good word." not in read(client, PAGE).main

    def test_the_first_comment_sets_the_cookie_and_the_next_keep_it(self, client, story):
        first = send(client, form(story))
        token = first.cookies["reader"].value
        assert len(token) == 32
        again = send(client, form(story, body="Another word."))
        assert not again.cookies
        assert {comment.reader for comment in Comment.objects.all()} == {reader_of(token)}

    def test_no_token_can_be_made_from_what_is_stored(self, client, story):
        token = send(client, form(story)).cookies["reader"].value
        comment = Comment.objects.get()
        assert token not in (comment.submission, comment.reader, comment.network, comment.writer_key)

    def test_an_email_asks_for_notices(self, client, story):
        send(client, form(story, email="petra@example.org"))
        assert Comment.objects.get().notify.email == "petra@example.org"
        send(client, form(story, body="Another word."))
        assert Comment.objects.latest("id").notify is None

    def test_the_address_and_the_comment_are_one_transaction(self, petra, story, monkeypatch):
        def fails(*args, **kwargs):
            raise ValidationError("no")

        monkeypatch.setattr(writing_views, "post", fails)
        send(petra, form(story, email="petra@example.org"))
        assert not NoticeAddress.objects.exists()

    def test_text_is_kept_as_typed(self, petra, story):
        body = "    indented\r\n\r\nA\u030c \u202e tail \r\n\r\n"
        send(petra, form(story, body=body))
        assert Comment.objects.get().body == "    indented\n\nA\u030c \u202e tail"

    def test_in_croatian(self, client, story):
        factories.make_story("hr", title="Model uči čekati", category="ai")
        hr = "/hr/umjetna-inteligencija/model-uci-cekati/comments/"
        answer = send(client, form(), hr)
        assert page_of(answer, 200).language == "hr"
        assert page_of(answer, 200).all("form", action=hr)


class TestAnAccount:
    def test_posts_under_its_own_name_without_a_cookie(self, story, reader):
        answer = send(signed_in(reader), form(story, name="Nexus Vale", email="x@example.org", notify="1"))
        comment = Comment.objects.get()
        assert (comment.name, comment.user, comment.reader, comment.status) == ("Ivo Kralj", reader, "", "pending")
        assert comment.notify.email == "ivo@example.org"
        assert "reader" not in answer.cookies

    def test_without_a_name_typed_and_without_notices(self, story, reader):
        send(signed_in(reader), form(story, name=""))
        assert Comment.objects.get().notify is None

    def test_the_page_offers_notices_instead_of_name_and_address(self, story, reader):
        page = page_of(send(signed_in(reader), form(name="")), 200)
        assert "Signed in as Ivo Kralj" in page.main
        assert page.all("input", name="notify")
        assert not page.all("input", name="name") + page.all("input", name="email")

    def test_staff_are_approved_at_once(self, client, story):
        ana = factories.make_user()
        assert "It appears at once." in page_of(send(signed_in(ana), form(name="")), 200).main
        send(signed_in(ana), form(story))
        assert Comment.objects.get().status == "approved"
        assert "A good word." in read(client, PAGE).main
        story.stats.refresh_from_db()
        assert story.stats.comment_count == 1

    def test_a_name_that_somebody_of_the_newsroom_has_by_now_is_refused(self, story, reader):
        factories.make_user("other@example.org", "Ivo Kralj")
        page = page_of(send(signed_in(reader), form(story)), 400)
        assert "belongs to somebody who writes for us" in page.main
        assert nothing_stored()

    def test_a_long_name_of_an_account_is_refused_and_breaks_nothing(self, story):
        staff = factories.make_user("long@example.org", "A" * 80)
        assert "2 to 60" in page_of(send(signed_in(staff), form(story)), 400).main


class TestPreview:
    def test_as_a_page(self, client, story):
        answer = send(client, form(story, action="preview"))
        assert "Read it over." in page_of(answer, 200).main
        assert nothing_stored()
        assert not answer.cookies

    def test_the_page_keeps_a_good_stamp(self, client, story):
        sent = form(story, action="preview")
        assert filled(send(client, sent), 200)["stamp"] == sent["stamp"]

    def test_for_the_script(self, client, story):
        answer = send(client, form(action="preview", name="", body="> quoted"), headers=SCRIPT)
        assert (answer.status_code, answer.json()) == (
            200,
            {"html": "<blockquote>\n<p>quoted</p>\n</blockquote>"},
        )
        assert not answer.cookies

    def test_an_empty_text(self, client, story):
        answer = send(client, form(action="preview", body=" "), headers=SCRIPT)
        assert (answer.status_code, answer.json()) == (400, {"errors": {"body": ["Write something first."]}})
        assert "Write something first." in page_of(send(client, form(action="preview", body=" ")), 400).main


class TestTheScript:
    def test_gets_a_stamp(self, client, petra, story, reader):
        asked = client.get(f"{PAGE}stamp/")
        assert asked.json() | {"stamp": ""} == {"stamp": "", "signed_in": False, "name": "", "mine": False}
        assert not asked.cookies
        assert "no-store" in asked["Cache-Control"]
        factories.make_comment(story, status="pending", reader=reader_of(TOKEN))
        assert petra.get(f"{PAGE}stamp/").json()["mine"] is True
        known = signed_in(reader).get(f"{PAGE}stamp/").json()
        assert (known["signed_in"], known["name"], known["mine"]) == (True, "Ivo Kralj", False)

    def test_posts_with_it(self, client, story, time_machine):
        time_machine.move_to(timezone.now(), tick=False)
        stamp = client.get(f"{PAGE}stamp/").json()["stamp"]
        time_machine.shift(4)
        answer = send(client, form(stamp=stamp), headers=SCRIPT)
        comment = Comment.objects.get()
        assert answer.status_code == 201
        assert answer.json() | {"html": ""} == {"id": comment.pk, "parent": None, "status": "pending", "html": ""}
        assert f'id="c{comment.pk}" data-own' in answer.json()["html"]
        assert answer.cookies["reader"].value

    def test_without_a_stamp_is_refused_with_one(self, client, story):
        answer = send(client, form(), headers=SCRIPT)
        assert answer.status_code == 409
        assert "read it over" in answer.json()["errors"]["__all__"][0]
        assert answer.json()["stamp"]

    def test_errors_stand_beside_their_fields(self, client, story):
        answer = send(client, form(story, body="", name="admin", email="x"), headers=SCRIPT)
        assert answer.status_code == 400
        assert set(answer.json()["errors"]) == {"body", "name", "email"}


class TestStamps:
    def refused(self, client, fields, sentence, status=409):
        answer = send(client, fields)
        assert sentence in page_of(answer, status).main
        assert filled(answer, status).items() >= {name: fields[name] for name in ("body", "name")}.items()
        return filled(answer, status)["stamp"]

    def test_too_fast(self, client, story):
        sent = form(story, stamp=stamp_of(story, 1))
        assert self.refused(client, sent, "Wait 3 seconds") == sent["stamp"]
        assert nothing_stored()
        assert send(client, form(stamp=stamp_of(story, 4))).status_code == 303

    def test_too_old(self, client, story):
        sent = form(story, stamp=stamp_of(story, 12 * 3600 + 60))
        assert self.refused(client, sent, "open for too long") not in ("", sent["stamp"])
        assert send(client, form(stamp=stamp_of(story, 12 * 3600 - 60))).status_code == 303

    def test_forged_or_of_another_story(self, client, story):
        other = factories.make_story(title="Another one")
        for stamp in ("x", stamp_of(story) + "x", stamp_of(other), "\ud7ff" * 9000):
            self.refused(client, form(stamp=stamp), "open for too long")
        assert nothing_stored()

    def test_sent_twice_is_one_comment_and_the_same_answer(self, client, story):
        sent = form(story)
        first, second = send(client, sent), send(client, sent)
        assert second["Location"] == first["Location"]
        assert Comment.objects.count() == 1

    def test_the_two_halves_of_a_double_click_give_one_identity(self, story):
        sent = form(story)
        first, second = send(Client(), sent), send(Client(), sent)
        assert first.cookies["reader"].value == second.cookies["reader"].value
        assert (second.status_code, Comment.objects.count()) == (303, 1)

    def test_a_double_click_is_no_second_try_at_the_limit(self, petra, story, settings):
        limit(settings, comment_writer=(1, 600))
        sent = form(story)
        assert [send(petra, sent).status_code for _ in range(3)] == [303, 303, 303]

    def test_used_for_another_text(self, client, story):
        sent = form(story)
        send(client, sent)
        stamp = self.refused(client, sent | {"body": "More."}, "has posted another text already")
        assert stamp != sent["stamp"]
        assert Comment.objects.count() == 1

    def test_somebody_elses(self, client, petra, story):
        sent = form(story)
        send(client, sent)
        self.refused(petra, sent, "has posted another text already")

    def test_used_at_the_same_moment(self, petra, story, monkeypatch):
        """Then the database decides: the form's own look has found nothing."""
        sent = form(story)
        send(petra, sent)
        monkeypatch.setattr(writing_views, "earlier", lambda stamp: None)
        assert send(petra, sent).status_code == 303
        self.refused(petra, sent | {"body": "More."}, "has posted another text already")
        assert Comment.objects.count() == 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"body": ""}, "Write something first."),
            ({"body": "x" * 4001}, "at most 4000 fit"),
            ({"body": ">" * 9 + " deep"}, "nested too deeply"),
            ({"name": " "}, "under which name"),
            ({"name": "Nехus Vаlе"}, "belongs to somebody who writes for us"),
            ({"name": "x" * 61}, "2 to 60"),
            ({"email": "petra@"}, "This is no e-mail address."),
            ({"email": f"{'x' * 250}@example.org"}, ""),
            ({"action": "launch"}, ""),
        ],
    )
    @pytest.mark.parametrize("stamped", [True, False])
    def test_all_that_was_typed_stays(self, client, story, changes, sentence, stamped):
        sent = form(story if stamped else None, email="petra@example.org") | changes
        answer = send(client, sent)
        assert sentence in page_of(answer, 400).main
        assert page_of(answer, 400).all("p", **{"class": "field-error"})
        for name in ("body", "name", "email"):
            assert filled(answer, 400)[name] == sent[name].replace(">", "&gt;" if name == "body" else ">")
        assert nothing_stored()
        assert not answer.cookies

    def test_errors_are_tied_to_their_fields(self, client, story):
        page = page_of(send(client, form(story, name="")), 400)
        assert page.all("input", name="name", **{"aria-invalid": "true", "aria-describedby": "error-name"})
        assert page.all("p", id="error-name")

    def test_the_honeypot_loses_nothing_either(self, client, story):
        answer = send(client, form(story, website="https://example.org"))
        assert "A field that people do not see" in page_of(answer, 400).main
        assert filled(answer, 400).items() >= {"body": "A good word.", "website": ""}.items()
        assert nothing_stored()

    def test_a_form_from_elsewhere(self, client, story):
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://example.org"}, {}):
            assert send(client, form(story), headers=headers).status_code == 403
        assert nothing_stored()

    def test_without_djangos_token(self, story):
        assert send(Client(enforce_csrf_checks=True), form(story)).status_code == 303

    def test_an_empty_form(self, client, story):
        assert send(client, {}).status_code == 400

    def test_other_methods(self, client, story):
        for path in (PAGE, f"{PAGE}stamp/", f"{PAGE}1/reply/"):
            assert client.put(path).status_code == 405
        assert client.post(f"{PAGE}stamp/").status_code == 405
        assert client.post(f"{PAGE}1/reply/").status_code == 405

    def test_a_retracted_story(self, client, story):
        retract(story, "Wrong.")
        for answer in (send(client, form(story)), client.get(f"{PAGE}stamp/"), client.get(f"{PAGE}1/reply/")):
            assert answer.status_code == 410
        assert nothing_stored()

    def test_a_story_that_is_not_public(self, client, story):
        unpublish(story)
        assert send(client, form(story)).status_code == 404
        assert client.get(f"{PAGE}stamp/").status_code == 404

    def test_an_old_address_of_the_story_takes_it(self, client, story):
        Redirect.objects.create(language="en", kind="story", old_slug="old-words", article=story)
        send(client, form(story), "/ai/old-words/comments/")
        send(client, form(story, body="Two."), "/space/a-model-learns-to-wait/comments/")
        assert Comment.objects.filter(article=story).count() == 2
        assert client.get("/ai/old-words/comments/stamp/")["Location"] == f"{PAGE}stamp/"


class TestReplies:
    @pytest.fixture
    def parent(self, story):
        return factories.make_comment(story, name="Ana", body="The first word.\n\n> an old one\n\nThe *last* word.")

    def test_the_page_shows_what_is_answered(self, client, parent):
        answer = client.get(f"{PAGE}{parent.pk}/reply/")
        page = page_of(answer, 200)
        assert "Ana wrote: The first word." in page.main
        assert "Reply to Ana" in page.main
        assert filled(answer, 200).items() >= {"parent": str(parent.pk), "body": ""}.items()
        assert filled(answer, 200)["stamp"]
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies
        assert page.all("meta", name="robots", content="noindex")

    def test_with_a_quote(self, client, parent):
        path = f"{PAGE}{parent.pk}/reply/?quote=1"
        quoted = "> The first word.\n>\n>\n> The *last* word.\n\n"
        assert client.get(path, headers={"Accept": "application/json"}).json() == {"quote": quoted}
        assert filled(client.get(path), 200)["body"] == quoted.replace(">", "&gt;")

    def test_a_long_one_is_cut_and_fits(self, client, story):
        parent = factories.make_comment(story, body="word " * 799)
        quoted = client.get(f"{PAGE}{parent.pk}/reply/?quote=1", headers=SCRIPT).json()["quote"]
        assert len(quoted) < 620
        assert quoted.endswith("word …\n\n")

    def test_a_demonstration_cannot_be_answered_where_none_is_public(self, client, story, settings):
        parent = factories.make_comment(story, is_demo=True)
        fields = form(story, parent=str(parent.pk))
        assert client.get(f"{PAGE}{parent.pk}/reply/").status_code == 200
        settings.DEMO_IS_PUBLIC = False
        assert client.get(f"{PAGE}{parent.pk}/reply/").status_code == 404
        assert send(client, fields).status_code == 409
        assert not parent.replies.exists()

    def test_it_stands_below_what_it_answers(self, client, story, parent):
        sent = send(client, form(story, parent=str(parent.pk)), headers=SCRIPT)
        assert sent.json()["parent"] == parent.pk
        assert Comment.objects.latest("id").parent == parent

    def test_what_is_gone_meanwhile_loses_no_word_and_can_be_posted_alone(self, client, story, parent):
        decide(parent, "removed")
        answer = send(client, form(story, parent=str(parent.pk), body="My answer."))
        assert "Post your text as one of its own." in page_of(answer, 409).main
        again = filled(answer, 409)
        assert (again["parent"], again["body"]) == ("", "My answer.")
        assert send(client, form(body="My answer.", stamp=again["stamp"])).status_code == 303
        assert Comment.objects.latest("id").parent is None

    def test_the_script_is_told_by_the_field(self, client, story, parent):
        decide(parent, "removed")
        answer = send(client, form(story, parent=str(parent.pk)), headers=SCRIPT)
        assert answer.status_code == 409
        assert list(answer.json()["errors"]) == ["parent"]

    def test_what_goes_in_the_very_moment(self, client, story, parent, monkeypatch):
        def gone(*args, **kwargs):
            raise ValidationError("It has just gone.")

        monkeypatch.setattr(writing_views, "post", gone)
        answer = send(client, form(story, parent=str(parent.pk)))
        assert "It has just gone." in page_of(answer, 409).main
        assert filled(answer, 409).items() >= {"parent": "", "body": "A good word."}.items()

    @pytest.mark.parametrize("parent", ["x", "0", "-1", str(2**63), "9" * 5000, "1.5"])
    def test_nonsense_for_a_parent(self, client, story, parent):
        answer = send(client, form(story, parent=parent))
        assert "no longer there" in page_of(answer, 409).main
        assert filled(answer, 409)["parent"] == ""

    def test_what_can_be_answered(self, client, story, parent):
        hidden = factories.make_comment(story, status="pending")
        elsewhere = factories.make_comment(factories.make_story(title="Another one"))
        for pk in (hidden.pk, elsewhere.pk, 2**63, 2**70):
            assert client.get(f"{PAGE}{pk}/reply/").status_code == 404
            assert send(client, form(story, parent=str(pk))).status_code == 409
        factories.make_comment(story, parent=parent)
        decide(parent, "removed")
        assert client.get(f"{PAGE}{parent.pk}/reply/").status_code == 410

    def test_the_page_moves_with_the_story(self, client, parent):
        path = f"/space/a-model-learns-to-wait/comments/{parent.pk}/reply/?quote=1"
        assert client.get(path)["Location"] == f"{PAGE}{parent.pk}/reply/?quote=1"


class TestLimits:
    def limited(self, client, fields, minutes="10 minutes", headers=SAME_ORIGIN):
        answer = send(client, fields, headers=headers)
        assert answer.status_code == 429
        assert 0 < int(answer["Retry-After"]) <= 600
        return answer

    @pytest.fixture(autouse=True)
    def _begin_of_a_window(self, time_machine):
        time_machine.move_to("2026-11-25T10:00:00Z", tick=False)

    @pytest.fixture
    def story(self, edition):
        return factories.make_story()

    def test_of_one_reader(self, petra, story, settings):
        limit(settings, comment_writer=(2, 600))
        for number in range(2):
            assert send(petra, form(story, body=f"Word {number}.")).status_code == 303
        sent = form(story, body="Word 3.")
        answer = self.limited(petra, sent)
        assert "send it again in 10 minutes" in page_of(answer, 429).main
        assert filled(answer, 429).items() >= {"body": "Word 3.", "name": "Petra K.", "stamp": sent["stamp"]}.items()
        assert Comment.objects.count() == 2

    def test_of_one_account(self, story, reader, settings):
        limit(settings, comment_writer=(1, 600))
        one, two = signed_in(reader), signed_in(factories.make_user("eva@example.org", "Eva", is_staff=False))
        send(one, form(story))
        self.limited(one, form(story, body="More."))
        assert send(two, form(story)).status_code == 303

    def test_of_one_network(self, story, settings):
        limit(settings, comment_network=(2, 600))
        for number in range(2):
            assert send(Client(), form(story, body=f"Word {number}.")).status_code == 303
        self.limited(Client(), form(story))
        assert send(Client(REMOTE_ADDR="192.0.2.1"), form(story)).status_code == 303

    def test_for_the_script(self, petra, story, settings):
        limit(settings, comment_writer=(0, 600))
        send(petra, form(story))
        answer = self.limited(petra, form(story, body="More."), headers=SCRIPT)
        assert "Your text is kept" in answer.json()["errors"]["__all__"][0]

    def test_of_whatever_the_form_is_sent_for(self, client, story, settings):
        limit(settings, preview_network=(2, 600))
        assert [send(client, form(action="preview")).status_code for _ in range(2)] == [200, 200]
        for fields in (form(action="preview"), form(), form(body=""), form(story)):
            answer = self.limited(client, fields)
            assert filled(answer, 429)["body"] == fields["body"]
        assert nothing_stored()

    def test_refused_tries_are_no_comments(self, petra, story, settings):
        limit(settings, comment_writer=(1, 600), comment_network=(1, 600))
        for _ in range(3):
            send(petra, form(story, name="admin"))
        assert send(petra, form(story)).status_code == 303


class TestQueries:
    def test_a_preview(self, client, story, django_assert_num_queries):
        send(client, form(action="preview"))
        with django_assert_num_queries(2):
            send(client, form(action="preview", name=""), headers=SCRIPT)

    def test_posting_below_many_is_like_posting_below_none(self, petra, story, django_assert_num_queries):
        """Sixteen of them are savepoints: around each phase that asks the database, and around what is stored."""
        send(petra, form(story))
        with django_assert_num_queries(35) as first:
            send(petra, form(story, body="One."), headers=SCRIPT)
        for number in range(30):
            factories.make_comment(story, body=f"Word {number}.")
        with django_assert_num_queries(35) as second:
            send(petra, form(story, body="Another."), headers=SCRIPT)
        assert len(second) == len(first)
