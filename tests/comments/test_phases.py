"""Each phase of the pipeline: every answer that it can give, and the settings that it gives it by."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import ArticleStats
from comments import learning, phases, policy
from comments.commenters import warning_seal
from comments.models import NetworkBan
from comments.moderation import decide
from comments.stamps import read_stamp
from comments.words import MOST_TEXT
from tests import factories
from tests.comments.judging import LONG, NETWORK, OTHER, READER, candidate, listed, moderation, standing, warned
from tests.comments.writing import stamp_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ivo(db):
    """A reader with an account."""
    return factories.make_user("ivo@example.org", "Ivo Kralj", is_staff=False)


def discussion(story, mode="", days=None):
    ArticleStats.objects.filter(article=story).update(discussion=mode, discussion_days=days)
    story.stats.refresh_from_db()


def turned_away(opinion, sentence, status=403):
    assert (opinion.verdict, opinion.status, opinion.may_rewrite) == ("reject", status, False)
    assert sentence in opinion.sentence


def told(opinion, *sentences):
    assert (opinion.verdict, opinion.status, opinion.may_rewrite) == ("reject", 409, True)
    assert all(sentence in opinion.sentence for sentence in [*sentences, "Rewrite it, or post it as it is"])
    return opinion.details


def held(opinion, is_firm=False):
    assert (opinion.verdict, opinion.is_firm) == ("hold", is_firm)
    return opinion.details


class TestClosed:
    def test_the_site(self, story):
        assert phases.site_closed(candidate(story)) is None
        policy.set_site("closed", factories.make_user())
        turned_away(phases.site_closed(candidate(story)), "closed on the whole site")

    def test_a_story(self, story):
        assert phases.story_closed(candidate(story)) is None
        discussion(story, "closed")
        turned_away(phases.story_closed(candidate(story)), "Comments on this story are closed.")
        assert phases.site_closed(candidate(story)) is None

    def test_a_story_whose_days_are_over(self, story, time_machine):
        discussion(story, "open", days=3)
        time_machine.move_to(story.public_at + dt.timedelta(days=2, hours=23), tick=False)
        assert phases.story_closed(candidate(story)) is None
        time_machine.move_to(story.public_at + dt.timedelta(days=3), tick=False)
        turned_away(phases.story_closed(candidate(story)), "Comments on this story closed on")

    def test_the_text_is_kept(self, story):
        discussion(story, "closed")
        assert "Your text is kept here" in phases.story_closed(candidate(story)).sentence


class TestLength:
    def test_short(self, story, settings):
        moderation(settings, shortest=4)
        assert phases.length(candidate(story, "Four")) is None
        opinion = phases.length(candidate(story, "Two"))
        turned_away(opinion, "at least 4 characters", 400)
        assert opinion.field == "body"

    @pytest.mark.parametrize(("body", "sentence"), [(" \n", "Write something"), ("x" * 4001, "at most 4000 fit")])
    def test_empty_and_long(self, story, body, sentence):
        one = candidate(story)
        one.body = body
        turned_away(phases.length(one), sentence, 400)

    def test_as_long_as_can_be(self, story):
        assert phases.length(candidate(story, "x" * 4000)) is None


class TestTrap:
    def test_the_hidden_field(self, story):
        assert phases.trap(candidate(story)) is None
        turned_away(phases.trap(candidate(story, website="x")), "A field that people do not see", 400)

    def test_the_time(self, story, settings):
        def after(seconds):
            return phases.trap(candidate(story, stamp=read_stamp(stamp_of(story, seconds), story.pk)))

        moderation(settings, fastest=5)
        assert after(6) is None
        turned_away(after(4), "Wait 5 seconds", 409)


class TestRate:
    @pytest.fixture(autouse=True)
    def _limits(self, settings, time_machine):
        time_machine.move_to("2026-11-25T10:00:00Z", tick=False)
        settings.RATE_LIMITS = settings.RATE_LIMITS | {"comment-writer": (1, 600), "comment-network": (2, 600)}

    @pytest.fixture
    def story(self, edition):
        return factories.make_story()

    def test_of_a_writer(self, story, ivo):
        assert phases.rate(candidate(story)) is None
        opinion = phases.rate(candidate(story))
        turned_away(opinion, "send it again in 10 minutes", 429)
        assert opinion.wait == 600
        assert phases.rate(candidate(story, user=ivo)) is None
        turned_away(phases.rate(candidate(story, user=ivo)), "in 10 minutes", 429)

    def test_of_a_network(self, story):
        assert [phases.rate(candidate(story, reader=reader * 64)) for reader in "ab"] == [None, None]
        turned_away(phases.rate(candidate(story, reader="c" * 64)), "you or your network", 429)
        assert phases.rate(candidate(story, reader="d" * 64, address="198.51.100.0/24")) is None

    def test_nothing_of_a_change_and_of_what_no_reader_sent(self, story):
        comment = factories.make_comment(story)
        for _time in range(3):
            assert phases.rate(candidate(story, comment=comment)) is None
            assert phases.rate(candidate(story, address="")) is None


class TestAuthorStatus:
    def test_nothing_was_said(self, story):
        assert phases.author_status(candidate(story)) is None
        standing("banned", reader=OTHER)
        assert phases.author_status(candidate(story)) is None

    def test_banned(self, story):
        standing("banned")
        turned_away(phases.author_status(candidate(story)), "a moderator has banned you")

    def test_an_account_wherever_it_writes(self, story, ivo):
        standing("banned", reader=None, user=ivo)
        turned_away(phases.author_status(candidate(story, user=ivo)), "a moderator has banned you")
        assert phases.author_status(candidate(story)) is None

    def test_suspended_until(self, story):
        now = timezone.now()
        until = now + dt.timedelta(hours=1)
        standing("suspended", until=until)
        turned_away(phases.author_status(candidate(story)), f"{until:%Y}")
        assert phases.author_status(candidate(story, now=until)) is None

    def test_always_held(self, story):
        standing("held")
        held(phases.author_status(candidate(story)), is_firm=True)

    def test_a_banned_network(self, story, ivo):
        ban = NetworkBan.objects.create(network=NETWORK, until=timezone.now() + dt.timedelta(hours=1))
        turned_away(phases.author_status(candidate(story)), "from your network")
        turned_away(phases.author_status(candidate(story, user=ivo)), "from your network")
        assert phases.author_status(candidate(story, network=OTHER)) is None
        assert phases.author_status(candidate(story, user=factories.make_user())) is None
        assert phases.author_status(candidate(story, now=ban.until)) is None
        standing("trusted")
        assert phases.author_status(candidate(story)) is None

    def test_a_warning_that_was_not_read(self, story):
        commenter = warned("No insults.")
        opinion = phases.author_status(candidate(story))
        turned_away(opinion, "Confirm that you have read it", 409)
        assert opinion.details == {"warning": "No insults."}
        commenter.refresh_from_db()
        assert commenter.acknowledged_at is None

    def test_a_warning_that_is_read_is_said_once(self, story):
        commenter = warned()
        read = warning_seal(commenter.warning)
        assert phases.author_status(candidate(story, acknowledges=read)) is None
        commenter.refresh_from_db()
        assert commenter.acknowledged_at
        assert commenter.decisions.get().action == "read"
        assert phases.author_status(candidate(story)) is None

    @pytest.mark.parametrize("seal", [warning_seal("Be kind."), "1", "on"])
    def test_another_warning_than_the_one_that_was_read(self, story, seal):
        commenter = warned("Be exact.")
        opinion = phases.author_status(candidate(story, acknowledges=seal))
        assert opinion.details == {"warning": "Be exact."}
        commenter.refresh_from_db()
        assert commenter.acknowledged_at is None

    def test_a_warning_holds_up_no_change(self, story):
        warned()
        assert phases.author_status(candidate(story, comment=factories.make_comment(story))) is None

    def test_who_is_always_held_reads_the_warning_first(self, story):
        standing("held", warning="Be kind.", warned_at=timezone.now())
        turned_away(phases.author_status(candidate(story)), "Confirm that you have read it", 409)
        held(phases.author_status(candidate(story, acknowledges=warning_seal("Be kind."))), is_firm=True)


class TestDuplicate:
    def stored(self, story, body=LONG, **fields):
        fields = {"reader": OTHER, "network": "m" * 64, **fields}
        return factories.make_comment(story, body=body, text_key=candidate(story, body).text_key, **fields)

    def test_a_text_of_its_own(self, story):
        self.stored(story, body=LONG.replace("mirror", "dome"))
        assert phases.duplicate(candidate(story, LONG)) is None

    def test_ones_own_however_it_is_written(self, story):
        self.stored(factories.make_story(title="Another one"), reader=READER)
        again = f"**{LONG.upper()}**  !!".replace("E", "É")
        assert told(phases.duplicate(candidate(story, again)), "You have posted this text already.") == {"own": True}

    def test_of_one_account(self, story, ivo):
        self.stored(story, user=ivo, reader="")
        told(phases.duplicate(candidate(story, LONG, user=ivo)), "already")
        other = factories.make_user("eva@example.org", "Eva", is_staff=False)
        assert held(phases.duplicate(candidate(story, LONG, user=other))) == {"times": 2, "network": 0}

    def test_of_others(self, story, settings):
        moderation(settings, duplicate_times=3)
        self.stored(story)
        assert phases.duplicate(candidate(story, LONG)) is None
        self.stored(story, network=NETWORK)
        assert held(phases.duplicate(candidate(story, LONG))) == {"times": 3, "network": 1}

    def test_without_a_network_nothing_is_near(self, story):
        self.stored(story, network="")
        assert held(phases.duplicate(candidate(story, LONG, network=""))) == {"times": 2, "network": 0}

    def test_long_ago(self, story, settings):
        moderation(settings, duplicate_hours=2)
        comment = self.stored(story)
        now = comment.created_at + dt.timedelta(hours=2)
        assert phases.duplicate(candidate(story, LONG, now=now)).verdict == "hold"
        assert phases.duplicate(candidate(story, LONG, now=now + dt.timedelta(seconds=1))) is None

    def test_short_texts_may_be_the_same(self, story, settings):
        self.stored(story, body="Thank you very much", reader=READER)
        assert phases.duplicate(candidate(story, "Thank you very much")) is None
        moderation(settings, duplicate_from=16)
        self.stored(story, body="Thank you very much", reader=READER)
        told(phases.duplicate(candidate(story, "Thank you very much")), "already")

    def test_a_change_is_no_duplicate_of_itself(self, story):
        comment = self.stored(story, reader=READER)
        assert phases.duplicate(candidate(story, f"{LONG} ", comment=comment)) is None

    def test_who_is_nobody_owns_nothing(self, story):
        self.stored(story, reader="")
        assert phases.duplicate(candidate(story, LONG, reader="")).verdict == "hold"


class TestWords:
    def test_none(self, story):
        listed("slipway"), listed("drydock", "banned")
        assert phases.banned_words(candidate(story)) is phases.suspect_words(candidate(story)) is None

    def test_a_banned_one_is_named(self, story):
        listed("slipway", "banned", note="Sells boats.")
        details = told(phases.banned_words(candidate(story, "Buy a Slipway.")), "“Slipway” is not published here.")
        today = timezone.localdate().isoformat()
        found = {"text": "Slipway", "entry": "slipway", "note": "Sells boats.", "by": "", "since": today}
        assert details == {"words": [found]}
        assert phases.suspect_words(candidate(story, "Buy a Slipway.")) is None

    @pytest.mark.parametrize("padding", ["e\u0301", "a\x02"])
    def test_at_the_end_of_what_was_typed_at_twice_its_length(self, story, padding):
        listed("slipway", "banned")
        body = f"{2100 * padding} Buy a slip\x02way."
        assert len(body) > MOST_TEXT
        told(phases.banned_words(candidate(story, body)), "“slipway” is not published here.")
        told(phases.banned_words(candidate(story, 2100 * padding, name="Slipway")), "“Slipway” is not published here.")

    def test_several_banned_ones(self, story):
        listed("slipway", "banned"), listed("drydock", "banned")
        body = "A slipway, a drydock, a slipway."
        told(phases.banned_words(candidate(story, body)), "“slipway”, “drydock” are not published here.")

    def test_a_suspect_one(self, story):
        listed("slipway")
        details = held(phases.suspect_words(candidate(story, "Buy a slipway.")))
        assert [word["text"] for word in details["words"]] == ["slipway"]
        assert phases.banned_words(candidate(story, "Buy a slipway.")) is None

    def test_in_the_name(self, story):
        listed("slipway")
        held(phases.suspect_words(candidate(story, name="Slipway")))

    def test_of_another_language(self, story):
        listed("slipway", language="hr")
        assert phases.suspect_words(candidate(story, "Buy a slipway.")) is None

    def test_in_a_change_there_is_nothing_to_post_as_it_is(self, story):
        listed("slipway", "banned")
        one = candidate(story, "Buy a slipway.", comment=factories.make_comment(story))
        assert phases.banned_words(one).sentence.endswith("Change that, and save again.")


class TestLinks:
    def test_each_answer(self, story, settings):
        moderation(settings, links_hold=2, links_reject=3)
        addresses = ["https://a.example/?x=1&y=2", "www.b.example", "http://c.example"]
        assert phases.links(candidate(story, "None")) is None
        assert phases.links(candidate(story, addresses[0])) is None
        details = held(phases.links(candidate(story, " ".join(addresses[:2]))))
        assert details == {"links": addresses[:2], "number": 2}
        details = told(phases.links(candidate(story, " ".join(addresses))), "at most 2 links; this one has 3")
        assert details == {"links": addresses, "number": 3}


class TestCapitals:
    def test_each_answer(self, story, settings):
        moderation(settings, capitals=50, capitals_from=8)
        assert phases.capitals(candidate(story, "ABCDefgh 1234 !!")).details == {"share": 50}
        assert phases.capitals(candidate(story, "ABCdefgh")) is None
        assert phases.capitals(candidate(story, "ABCDEFG 汉字汉字")) is None
        assert held(phases.capitals(candidate(story, "ŠĐČĆŽABCD"))) == {"share": 100}


class TestThePast:
    def test_a_newcomer(self, story, settings):
        moderation(settings, newcomer_until=2)
        assert held(phases.newcomer(candidate(story))) == {"approved": 0}
        factories.make_comment(story, reader=READER)
        factories.make_comment(story, reader=READER, status="pending")
        factories.make_comment(story, reader=OTHER)
        assert held(phases.newcomer(candidate(story))) == {"approved": 1}
        factories.make_comment(story, reader=READER)
        assert phases.newcomer(candidate(story)) is None

    def test_of_an_account(self, story, settings, ivo):
        moderation(settings, newcomer_until=1)
        assert held(phases.newcomer(candidate(story, user=ivo)))
        factories.make_comment(story, user=ivo)
        assert phases.newcomer(candidate(story, user=ivo)) is None
        assert held(phases.newcomer(candidate(story, reader="")))

    def test_the_comment_that_is_changed_is_not_its_own_past(self, story, settings):
        moderation(settings, newcomer_until=1)
        comment = factories.make_comment(story, reader=READER)
        assert held(phases.newcomer(candidate(story, comment=comment)))

    def test_recently_rejected(self, story, settings):
        moderation(settings, rejected_days=7)
        comments = [factories.make_comment(story, reader=READER, status="pending") for _number in range(2)]
        assert phases.recently_rejected(candidate(story)) is None
        decide(comments[0], "rejected"), decide(comments[1], "approved")
        decide(comments[1], "removed")
        assert held(phases.recently_rejected(candidate(story))) == {"times": 2, "days": 7}
        assert phases.recently_rejected(candidate(story, reader=OTHER)) is None
        later = timezone.now() + dt.timedelta(days=7)
        assert phases.recently_rejected(candidate(story, now=later)) is None

    def test_what_the_pipeline_rejected_counts_from_when_it_was_written(self, story):
        comment = factories.make_comment(story, reader=READER, status="rejected")
        now = comment.created_at + dt.timedelta(days=14)
        assert held(phases.recently_rejected(candidate(story, now=now)))
        assert phases.recently_rejected(candidate(story, now=now + dt.timedelta(seconds=1))) is None


class TestLearned:
    @pytest.fixture
    def likely(self, story, monkeypatch):
        def ask(likeness):
            found = learning.Learned(likeness, [("slipway", -1.5)])
            monkeypatch.setattr(learning, "opinion", lambda text, language: found)
            return phases.learned(candidate(story))

        return ask

    def test_silent(self, story):
        assert phases.learned(candidate(story)) is None

    def test_by_itself_it_only_holds(self, likely, settings):
        moderation(settings, learned_hold=40)
        assert held(likely(39)) == {"likeness": 39, "words": [["slipway", -1.5]]}
        assert [likely(40), likely(100)] == [None, None]
        assert held(likely(0))

    def test_decides_alone_where_the_settings_say_so(self, likely, settings):
        moderation(settings, learned_hold=40, learned_approve=90, learned_reject=10)
        assert likely(90).verdict == "approve"
        assert likely(89) is None
        assert likely(11).verdict == "hold"
        opinion = likely(10)
        assert (opinion.verdict, opinion.sentence, opinion.may_rewrite) == ("reject", "", False)


class TestTheRest:
    def test_premoderated(self, story):
        assert held(phases.premoderated(candidate(story))) == {"story": False}
        policy.set_site("open", factories.make_user())
        assert phases.premoderated(candidate(story)) is None
        discussion(story, "premoderated")
        assert held(phases.premoderated(candidate(story))) == {"story": True}

    def test_edited(self, story):
        assert phases.edited(candidate(story)) is None
        approved = factories.make_comment(story)
        assert held(phases.edited(candidate(story, comment=approved))) == {"edited": True, "was": "approved"}
        waits = factories.make_comment(story, status="pending")
        assert held(phases.edited(candidate(story, comment=waits))) == {"edited": True, "was": "pending"}

    def test_what_a_moderator_put_back_waits_for_them(self, story):
        comment = factories.make_comment(story, status="pending", decision_count=2)
        held(phases.edited(candidate(story, comment=comment)), is_firm=True)

    def test_trusted_author(self, story):
        assert phases.trusted_author(candidate(story)) is None
        standing("held")
        assert phases.trusted_author(candidate(story)) is None
        standing("trusted", reader=OTHER)
        assert phases.trusted_author(candidate(story, reader=OTHER)).verdict == "approve"

    def test_staff(self, story, ivo):
        assert phases.staff(candidate(story)) is None
        assert phases.staff(candidate(story, user=ivo)) is None
        assert phases.staff(candidate(story, user=factories.make_user())).verdict == "approve"
