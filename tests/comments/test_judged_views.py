"""What the pipeline says, as a writer meets it: turned away, told once, warned, held, published, and changed again."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from comments import editing_views, phases, policy
from comments.commenters import warning_seal
from comments.identity import reader_of
from comments.models import Comment, Commenter, Decision, Finding, NetworkBan
from comments.moderation import Overtaken, decide, undo
from comments.posting import edit_comment
from comments.stamps import read_stamp
from tests import factories
from tests.articles.desk import signed_in
from tests.comments.judging import LONG, listed, moderation, say, standing, warned
from tests.comments.writing import MINE, PAGE, SAME_ORIGIN, SCRIPT, TOKEN, filled, form, page_of, send
from tests.reading import read
from tests.together import at_once

pytestmark = pytest.mark.django_db
READER = reader_of(TOKEN)
HTML = {**SAME_ORIGIN, "Accept": "text/html"}


@pytest.fixture
def open_site(story):
    policy.set_site("open", factories.make_user("chief@example.org", "Chief Editor"))


@pytest.fixture
def known(story):
    """Petra has three approved comments: she is no newcomer."""
    return [factories.make_comment(story, reader=READER) for _number in range(3)]


def newest():
    return Comment.objects.latest("id")


def phases_of(comment):
    return list(comment.findings.order_by("id").values_list("phase", flat=True))


def refused(client, fields, status, sentence):
    """The page with the text in the composer; nothing is stored."""
    before = Comment.objects.count()
    answer = send(client, fields)
    assert sentence in page_of(answer, status).main
    assert filled(answer, status).items() >= {"body": fields["body"], "name": fields["name"]}.items()
    assert Comment.objects.count() == before
    assert not Finding.objects.exists()
    return answer


def edit(client, comment, body, headers=SAME_ORIGIN):
    return client.post(f"{PAGE}{comment.pk}/edit/", {"body": body, "action": "post"}, headers=headers)


class TestStored:
    def test_what_waits_has_its_reasons(self, petra, story):
        listed("slipway")
        send(petra, form(story, body=f"Slipway! {LONG}"))
        comment = newest()
        assert (comment.status, comment.likeness, len(comment.text_key)) == ("pending", -1, 32)
        assert phases_of(comment) == ["suspect_words", "newcomer", "premoderated"]
        assert comment.findings.get(phase="newcomer").details == {"approved": 0}
        assert (comment.decision_count, Decision.objects.filter(comment=comment).count()) == (0, 0)

    def test_what_is_published_at_once_stands_in_the_log(self, petra, story, open_site, known):
        answer = send(petra, form(story, body="Let us see."), headers=SCRIPT)
        assert answer.json()["status"] == "approved"
        comment = newest()
        assert "Let us see." in read(Client(), PAGE).main
        (line,) = comment.decisions.all()
        assert (line.action, line.user, line.why, line.body) == ("approve", None, "", "Let us see.")
        assert (comment.decision_count, comment.decided_by, phases_of(comment)) == (1, None, [])

    def test_the_log_says_which_phase_decided(self, story):
        ana = factories.make_user()
        send(signed_in(ana), form(story))
        assert newest().decisions.get().why == "staff"
        assert phases_of(newest()) == ["newcomer", "premoderated", "staff"]

    def test_a_trusted_guest_is_published(self, petra, story):
        standing("trusted", reader=READER)
        send(petra, form(story))
        assert (newest().status, newest().decisions.get().why) == ("approved", "trusted_author")
        story.stats.refresh_from_db()
        assert story.stats.comment_count == 1

    def test_who_is_always_held_waits_where_others_do_not(self, petra, story, open_site, known):
        standing("held", reader=READER)
        send(petra, form(story))
        assert (newest().status, phases_of(newest())) == ("pending", ["author_status"])

    @pytest.mark.parametrize("name", ["length", "rate", "banned_words", "premoderated", "staff"])
    def test_a_failing_phase_loses_nothing_and_publishes_nothing(self, story, monkeypatch, name):
        say(monkeypatch, **{name: RuntimeError("broken")})
        answer = send(signed_in(factories.make_user()), form(story))
        assert (answer.status_code, newest().status) == (303, "pending")
        assert newest().findings.get(phase=name).details == {"failed": "RuntimeError"}

    def test_a_moderator_decides_on_it_like_on_any_other(self, petra, story):
        mia = factories.make_user("mia@example.org", "Mia")
        send(petra, form(story))
        decision = decide(newest(), "approved", mia, count=0)
        undo(decision, mia)
        assert newest().status == "pending"

    def test_what_the_pipeline_decided_is_a_decision_to_be_seen_first(self, petra, story):
        standing("trusted", reader=READER)
        send(petra, form(story))
        with pytest.raises(Overtaken, match="The pipeline was faster: approved"):
            decide(newest(), "removed", count=0)


class TestTurnedAway:
    def test_where_the_site_is_closed(self, petra, story):
        policy.set_site("closed", factories.make_user())
        answer = refused(petra, form(story), 403, "Comments are closed on the whole site")
        assert "Your text is kept here" in page_of(answer, 403).main
        assert send(petra, form(story), headers=SCRIPT).json()["errors"]["__all__"]

    def test_below_a_closed_story(self, petra, story):
        policy.set_story(story, "closed", None, factories.make_user())
        refused(petra, form(story), 403, "Comments on this story are closed.")

    def test_who_is_banned(self, petra, story):
        standing("banned", reader=READER)
        refused(petra, form(story), 403, "a moderator has banned you")

    def test_who_is_suspended(self, petra, story):
        until = timezone.now() + dt.timedelta(days=3)
        standing("suspended", reader=READER, until=until)
        refused(petra, form(story), 403, "you can comment again from")

    def test_whose_network_is_banned(self, petra, story):
        send(Client(), form(story))
        NetworkBan.objects.create(network=newest().network, until=timezone.now() + dt.timedelta(days=1))
        Finding.objects.all().delete()
        refused(petra, form(story), 403, "from your network")

    def test_what_is_too_short_stands_beside_its_field(self, petra, story, settings):
        moderation(settings, shortest=5)
        answer = refused(petra, form(story, body="Hi"), 400, "at least 5 characters")
        assert page_of(answer, 400).all("textarea", name="body", **{"aria-invalid": "true"})
        errors = send(petra, form(story, body="Hi"), headers=SCRIPT).json()["errors"]
        assert list(errors) == ["body"]

    def test_a_try_that_is_turned_away_counts(self, petra, story, settings, time_machine):
        time_machine.move_to(story.public_at + dt.timedelta(hours=1), tick=False)
        settings.RATE_LIMITS = settings.RATE_LIMITS | {"comment-writer": (1, 600)}
        standing("banned", reader=READER)
        assert [send(petra, form(story)).status_code for _ in range(2)] == [403, 429]

    def test_a_try_whose_parent_has_gone_counts(self, petra, story, settings, time_machine, monkeypatch):
        time_machine.move_to(story.public_at + dt.timedelta(hours=1), tick=False)
        settings.RATE_LIMITS = settings.RATE_LIMITS | {"comment-writer": (1, 600)}
        parent = factories.make_comment(story)
        ask = phases.length

        def meanwhile(candidate):
            decide(parent, "removed")
            return ask(candidate)

        monkeypatch.setattr(phases, "length", meanwhile)
        fields = form(story, parent=str(parent.pk))
        assert "no longer there" in page_of(send(petra, fields), 409).main
        assert send(petra, form(story)).status_code == 429


class TestToldOnce:
    CASES = [
        ("A cheap slipway here", "“slipway” is not published here."),
        ("https://a.example " * 6, "at most 5 links; this one has 6."),
        (LONG, "You have posted this text already."),
    ]

    @pytest.fixture(autouse=True)
    def _before(self, story):
        listed("slipway", "banned")

    @pytest.fixture
    def posted(self, petra, story):
        send(petra, form(story, body=LONG))
        Finding.objects.all().delete()

    @pytest.mark.parametrize(("body", "sentence"), CASES)
    def test_then_it_is_rejected_where_moderators_see_it(self, petra, story, posted, body, sentence):
        answer = refused(petra, form(story, body=body.strip()), 409, sentence)
        stamp = filled(answer, 409)["stamp"]
        answer = send(petra, form(body=body, stamp=stamp))
        comment = newest()
        assert (answer.status_code, answer["Location"]) == (303, f"{MINE}#c{comment.pk}")
        assert (comment.status, comment.body) == ("rejected", body.strip())
        line = comment.decisions.get()
        assert (line.action, line.user) == ("reject", None)
        assert comment.findings.get(phase=line.why).verdict == "reject"
        assert "Not published: it breaks a rule" in read(petra, MINE).main
        assert comment.body not in read(Client(), PAGE).main

    def test_rewritten_it_is_a_comment_like_any_other(self, petra, story):
        answer = refused(petra, form(story, body="A cheap slipway here"), 409, "slipway")
        send(petra, form(body="A cheap boat!", stamp=filled(answer, 409)["stamp"]))
        assert (newest().status, newest().body) == ("pending", "A cheap boat!")

    def test_at_once_without_waiting_again(self, petra, story):
        answer = refused(petra, form(story, body="A cheap slipway here"), 409, "slipway")
        assert send(petra, form(body="A boat!", stamp=filled(answer, 409)["stamp"])).status_code == 303

    def test_by_the_script(self, petra, story):
        sent = form(story, body="A cheap slipway here")
        answer = send(petra, sent, headers=SCRIPT)
        assert answer.status_code == 409
        assert "“slipway” is not published here." in answer.json()["errors"]["__all__"][0]
        stamp = answer.json()["stamp"]
        assert read_stamp(stamp, story.pk).is_told
        assert not read_stamp(sent["stamp"], story.pk).is_told
        answer = send(petra, sent | {"stamp": stamp}, headers=SCRIPT)
        assert (answer.status_code, answer.json()["status"]) == (201, "rejected")
        assert "Not published" in answer.json()["html"]

    def test_the_new_stamp_makes_one_comment_with_the_old(self, client, story):
        """A guest without a cookie stays the same one."""
        sent = form(story, body="A cheap slipway here")
        stamp = send(client, sent, headers=SCRIPT).json()["stamp"]
        assert read_stamp(stamp, story.pk).submission == read_stamp(sent["stamp"], story.pk).submission

    def test_a_moderator_may_publish_it_all_the_same(self, petra, story):
        answer = refused(petra, form(story, body="A cheap slipway here"), 409, "slipway")
        send(petra, form(body="A cheap slipway here", stamp=filled(answer, 409)["stamp"]))
        assert decide(newest(), "approved", factories.make_user(), count=1)
        assert "A cheap slipway here" in read(Client(), PAGE).main

    def test_a_stamp_that_says_so_spares_nobody_what_is_not_to_be_rewritten(self, petra, story):
        answer = refused(petra, form(story, body="A cheap slipway here"), 409, "slipway")
        standing("banned", reader=READER)
        fields = form(body="A boat!", stamp=filled(answer, 409)["stamp"])
        refused(petra, fields, 403, "a moderator has banned you")


class TestTheWarning:
    def test_must_be_acknowledged_before_the_next_comment(self, petra, story):
        commenter = warned("No insults, please.", reader=READER)
        sent = form(story)
        answer = refused(petra, sent, 409, "Confirm that you have read it.")
        page = page_of(answer, 409)
        assert "No insults, please. I have read what the moderator wrote" in page.main
        (box,) = page.all("input", name="acknowledge")
        assert "checked" not in box
        refused(petra, sent, 409, "Confirm that you have read it.")
        # A moderator writes another one while the first is read.
        Commenter.objects.filter(pk=commenter.pk).update(warning="No names, either.")
        answer = refused(petra, sent | {"acknowledge": box["value"]}, 409, "No names, either.")
        (box,) = page_of(answer, 409).all("input", name="acknowledge")
        assert send(petra, sent | {"acknowledge": box["value"]}).status_code == 303
        commenter.refresh_from_db()
        assert commenter.acknowledged_at
        assert send(petra, form(story, body="And another.")).status_code == 303

    def test_for_the_script(self, petra, story):
        warned("No insults, please.", reader=READER)
        sent = form(story)
        answer = send(petra, sent, headers=SCRIPT)
        assert answer.status_code == 409
        assert answer.json() == {
            "errors": {
                "__all__": [
                    "Before your next comment, a moderator has something to say to you. Confirm that you have read it."
                ]
            },
            "warning": "No insults, please.",
            "acknowledge": warning_seal("No insults, please."),
            "stamp": sent["stamp"],
        }
        assert send(petra, sent | {"acknowledge": "1"}, headers=SCRIPT).status_code == 409
        read = answer.json()["acknowledge"]
        assert send(petra, sent | {"acknowledge": read}, headers=SCRIPT).status_code == 201

    def test_it_is_nobody_elses(self, client, story):
        warned(reader=READER)
        assert send(client, form(story)).status_code == 303

    def test_public_pages_have_room_for_it_and_no_word_of_it(self, petra, story):
        warned("No insults, please.", reader=READER)
        assert b"No insults" not in petra.get(PAGE).content
        page = page_of(petra.get(PAGE), 200)
        assert page.all("div", **{"data-warning": "", "hidden": ""})
        assert page.all("input", name="acknowledge", value="")

    def test_it_stays_acknowledged_when_the_comment_is_refused_for_another_reason(self, petra, story):
        commenter = warned(reader=READER)
        listed("slipway", "banned")
        send(petra, form(story, body="A slipway", acknowledge=warning_seal(commenter.warning)))
        assert not Comment.objects.exists()
        commenter.refresh_from_db()
        assert commenter.acknowledged_at


class TestChanged:
    @pytest.fixture
    def comment(self, story):
        return factories.make_comment(story, reader=READER)

    def test_what_was_approved_goes_back_to_the_queue(self, petra, story, open_site, known):
        comment = factories.make_comment(story, reader=READER, status="pending")
        decide(comment, "approved", factories.make_user())
        edit(petra, comment, "A better word.")
        comment.refresh_from_db()
        assert (comment.status, comment.decided_at) == ("pending", None)
        assert phases_of(comment) == ["edited"]
        assert comment.findings.get().details == {"edited": True, "was": "approved"}

    def test_its_findings_are_those_of_the_new_text(self, petra, story):
        listed("slipway")
        send(petra, form(story, body=f"Slipway! {LONG}"))
        comment = newest()
        key = comment.text_key
        edit(petra, comment, "https://a.example is the place where I read about it.")
        comment.refresh_from_db()
        assert phases_of(comment) == ["links", "newcomer", "premoderated", "edited"]
        assert comment.text_key not in (key, None)

    def test_without_the_pipeline_it_waits_without_reasons(self, comment):
        Finding.objects.create(comment=comment, phase="links", verdict="hold")
        edit_comment(comment.pk, "Another word.")
        comment.refresh_from_db()
        assert (comment.status, phases_of(comment)) == ("pending", [])

    def test_what_waits_is_not_published_by_a_change(self, petra, story, open_site, known):
        comment = factories.make_comment(story, reader=READER, status="pending")
        edit(petra, comment, "A better word.")
        comment.refresh_from_db()
        assert comment.status == "pending"

    def test_of_a_trusted_guest_is_published_and_in_the_log(self, petra, comment):
        standing("trusted", reader=READER)
        assert "A person reads it again" not in read(petra, f"{PAGE}{comment.pk}/edit/").main
        edit(petra, comment, "A better word.")
        comment.refresh_from_db()
        assert (comment.status, comment.body) == ("approved", "A better word.")
        line = comment.decisions.get()
        assert (line.action, line.why, line.body) == ("approve", "trusted_author", "A better word.")

    def test_what_a_moderator_put_back_waits_for_them(self, petra, comment):
        standing("trusted", reader=READER)
        mia = factories.make_user()
        Comment.objects.filter(pk=comment.pk).update(status="pending", is_shown=False)
        undo(decide(Comment.objects.get(pk=comment.pk), "approved", mia), mia)
        edit(petra, comment, "A better word.")
        comment.refresh_from_db()
        assert (comment.status, comment.body) == ("pending", "A better word.")

    def test_what_a_moderator_puts_back_at_that_moment_waits_as_well(self, petra, comment, monkeypatch):
        standing("trusted", reader=READER)
        mia = factories.make_user()
        Comment.objects.filter(pk=comment.pk).update(status="pending", is_shown=False)
        decision = decide(Comment.objects.get(pk=comment.pk), "approved", mia)

        def look(shown):
            undo(decision, mia)
            return True

        monkeypatch.setattr(editing_views, "may_edit", look)
        edit(petra, comment, "A better word.")
        comment.refresh_from_db()
        assert (comment.status, comment.body) == ("pending", "A better word.")

    def test_of_staff_by_the_account_that_wrote_it(self, story, petra, comment):
        """A guest's own browser in which somebody of the staff is signed in by now."""
        ana = signed_in(factories.make_user())
        ana.cookies["reader"] = TOKEN
        edit(ana, comment, "A better word.")
        comment.refresh_from_db()
        assert comment.status == "pending"

    @pytest.mark.parametrize(
        ("body", "status", "sentence"),
        [
            ("A slipway", 409, "Change that, and save again."),
            ("x", 400, "at least 2 characters"),
        ],
    )
    def test_what_the_pipeline_turns_down_is_not_stored(self, petra, comment, body, status, sentence):
        listed("slipway", "banned")
        for _time in range(2):
            answer = edit(petra, comment, body)
            assert sentence in page_of(answer, status).main
            assert filled(answer, status)["body"] == body
        assert sentence in str(edit(petra, comment, body, SCRIPT).json()["errors"])
        comment.refresh_from_db()
        assert (comment.status, comment.body) == ("approved", "A good word.")

    def test_nothing_below_a_closed_story_and_by_who_is_banned(self, petra, story, comment):
        policy.set_story(story, "closed", None, factories.make_user())
        assert "Comments on this story are closed." in page_of(edit(petra, comment, "Another."), 403).main
        policy.set_story(story, "", None, factories.make_user("b@example.org", "Bo Bo"))
        standing("banned", reader=READER)
        assert "banned you" in page_of(edit(petra, comment, "Another."), 403).main

    def test_a_learned_rejection_takes_down_what_readers_saw(self, petra, comment, monkeypatch):
        from comments.candidates import Opinion

        say(monkeypatch, learned=Opinion("reject"))
        assert edit(petra, comment, "Buy.").status_code == 303
        comment.refresh_from_db()
        assert (comment.status, comment.decisions.get().action) == ("removed", "remove")

    def test_a_failing_phase_keeps_the_change(self, petra, comment, monkeypatch):
        standing("trusted", reader=READER)
        say(monkeypatch, capitals=RuntimeError())
        edit(petra, comment, "A better word.")
        comment.refresh_from_db()
        assert (comment.status, comment.body) == ("pending", "A better word.")
        assert "capitals" in phases_of(comment)


@pytest.mark.django_db(transaction=True)
def test_the_same_text_sent_from_several_windows_at_once_is_one_comment(transactional_db):
    """The limit of the writer is counted first, and with it in hand the others wait for the first to be stored."""
    factories.make_edition()
    article = factories.make_story()

    def window(fields):
        client = Client()
        client.cookies["reader"] = TOKEN
        return lambda: send(client, fields).status_code

    windows = [window(form(article, body=LONG)) for _number in range(4)]
    assert sorted(at_once(*windows)) == [303, 409, 409, 409]
    assert Comment.objects.count() == 1
    twice = form(article, body=LONG.replace("mirror", "dome"))
    assert at_once(*[window(twice) for _number in range(4)]) == [303] * 4
    assert Comment.objects.count() == 2
