"""How the phases' opinions become one judgement: their order, what lifts what, and what a failing phase does."""

import pytest
from django.conf import settings as project
from django.db import connection

from comments import checks, learning, phases
from comments.models import Comment, SiteDiscussion
from comments.pipeline import Opinion, judge
from tests import factories
from tests.comments.judging import APPROVE, HOLD, LONG, REJECT, candidate, moderation, only, say

pytestmark = pytest.mark.django_db
FIRM = Opinion("hold", is_firm=True)
SAID = Opinion("reject", sentence="No.")
REWRITE = Opinion("reject", sentence="Rewrite it.", status=409, may_rewrite=True)


@pytest.fixture
def asked(story, settings, monkeypatch):
    """The judgement by phases a, b, c, … that give these opinions."""

    def ask(*opinions, **fields):
        names = "abcdef"[: len(opinions)]
        only(settings, *names)
        say(monkeypatch, **dict(zip(names, opinions, strict=True)))
        return judge(candidate(story, **fields))

    return ask


def outcome(judgement):
    return judgement.status, judgement.why


class TestWhatFollows:
    @pytest.mark.parametrize(
        ("opinions", "expected"),
        [
            ([], ("approved", "")),
            ([None, None], ("approved", "")),
            ([HOLD], ("pending", "a")),
            ([None, HOLD, HOLD], ("pending", "b")),
            ([APPROVE], ("approved", "a")),
            ([HOLD, HOLD, APPROVE], ("approved", "c")),
            ([APPROVE, HOLD], ("pending", "b")),
            ([HOLD, APPROVE, HOLD], ("pending", "c")),
            ([FIRM, APPROVE], ("pending", "a")),
            ([HOLD, FIRM, APPROVE], ("pending", "b")),
            ([REJECT], ("rejected", "a")),
            ([HOLD, REJECT, APPROVE], ("rejected", "b")),
            ([APPROVE, REJECT], ("rejected", "b")),
            ([FIRM, REJECT], ("rejected", "b")),
        ],
    )
    def test_of_opinions(self, asked, opinions, expected):
        judgement = asked(*opinions)
        assert outcome(judgement) == expected
        assert judgement.answer is None

    def test_all_that_had_an_opinion_are_kept(self, asked):
        assert asked(HOLD, None, APPROVE, FIRM).findings == [("a", HOLD), ("c", APPROVE), ("d", FIRM)]

    def test_the_first_rejection_ends_it(self, asked):
        assert asked(HOLD, REJECT, SAID).findings == [("a", HOLD), ("b", REJECT)]

    def test_who_is_turned_away(self, asked):
        judgement = asked(HOLD, SAID, REWRITE)
        assert (judgement.refusal, judgement.told, judgement.answer) == (SAID, None, SAID)
        assert asked(SAID, is_told=True).answer == SAID

    def test_who_may_rewrite_is_told_once(self, asked):
        judgement = asked(HOLD, REWRITE, SAID)
        assert (judgement.refusal, judgement.told, judgement.answer) == (None, REWRITE, REWRITE)
        judgement = asked(HOLD, REWRITE, SAID, is_told=True)
        assert (outcome(judgement), judgement.answer) == (("rejected", "b"), None)


class TestTheOrder:
    def test_of_the_settings_is_the_order_of_asking(self, story, settings, monkeypatch):
        order = []
        for name in project.MODERATION["phases"]:
            monkeypatch.setattr(phases, name, lambda candidate, name=name: order.append(name))
        judge(candidate(story))
        assert order == project.MODERATION["phases"]
        order.clear()
        only(settings, *reversed(project.MODERATION["phases"]))
        judge(candidate(story))
        assert order == project.MODERATION["phases"]

    def test_changed_it_has_another_outcome(self, story, settings):
        ana = factories.make_user()
        assert outcome(judge(candidate(story, user=ana))) == ("approved", "staff")
        names = [name for name in project.MODERATION["phases"] if name != "staff"]
        only(settings, "staff", *names)
        assert outcome(judge(candidate(story, user=ana))) == ("pending", "newcomer")

    def test_says_which_of_two_refusals_is_given(self, story, settings):
        SiteDiscussion.objects.create(pk=1, mode="closed")
        one = {"website": "x"}
        assert judge(candidate(story, **one)).refusal.status == 403
        only(settings, "trap", "site_closed")
        assert judge(candidate(story, **one)).refusal.status == 400

    def test_a_phase_that_is_left_out_is_not_asked(self, story, settings):
        assert judge(candidate(story)).status == "pending"
        only(settings, "length", "links")
        assert judge(candidate(story)).status == "approved"

    def test_of_the_project_has_every_phase(self):
        public = {name for name, value in vars(phases).items() if getattr(value, "__module__", "") == phases.__name__}
        public = {name for name in public if not name.startswith("_")} - {"wait_sentence"}
        assert public == set(project.MODERATION["phases"])


class TestByDefault:
    def test_a_guest_waits(self, story):
        judgement = judge(candidate(story, LONG))
        assert judgement.status == "pending"
        assert [phase for phase, _opinion in judgement.findings] == ["newcomer", "premoderated"]
        assert judgement.text_key
        assert judgement.likeness == -1

    def test_what_nobody_sent_is_judged_too(self, story):
        """A demonstration, an import: without a network, a stamp and a writer."""
        one = candidate(story, reader="", network="", address="")
        assert judge(one).status == "pending"

    def test_where_it_is_open_a_known_guest_does_not_wait(self, story):
        SiteDiscussion.objects.create(pk=1, mode="open")
        assert judge(candidate(story)).why == "newcomer"
        for _number in range(3):
            factories.make_comment(story, reader="r" * 64)
        assert outcome(judge(candidate(story))) == ("approved", "")
        assert judge(candidate(story, "See https://example.org")).why == "links"


class TestFailing:
    @pytest.mark.parametrize("name", project.MODERATION["phases"])
    def test_each_holds_firmly_and_publishes_nothing(self, story, monkeypatch, name, caplog):
        """Whatever the others say: somebody of the staff would be published at once."""
        say(monkeypatch, **{name: ValueError("broken")})
        judgement = judge(candidate(story, user=factories.make_user()))
        assert judgement.status == "pending"
        assert judgement.answer is None
        opinion = dict(judgement.findings)[name]
        assert (opinion.verdict, opinion.is_firm, opinion.details) == ("hold", True, {"failed": "ValueError"})
        assert f"The phase {name} failed" in caplog.text
        assert "broken" in caplog.text

    @pytest.mark.parametrize("answer", [True, "approve", Opinion("like"), Opinion("approve", {"word": object()})])
    def test_an_answer_that_is_no_opinion_or_cannot_be_stored(self, asked, answer):
        judgement = asked(answer, APPROVE)
        assert outcome(judgement) == ("pending", "a")
        assert judgement.findings[0][1].details["failed"]

    def test_others_are_asked_all_the_same(self, asked):
        judgement = asked(ValueError(), SAID)
        assert judgement.answer == SAID

    def test_one_that_is_not_there_holds(self, story, settings):
        only(settings, "no_such_phase")
        judgement = judge(candidate(story))
        assert outcome(judgement) == ("pending", "no_such_phase")
        assert judgement.findings[0][1].details == {"failed": "AttributeError"}

    def test_what_it_broke_in_the_database_stays_behind(self, story, settings, monkeypatch):
        """On PostgreSQL an error would end the whole transaction; what it had written goes."""

        def broken(candidate):
            SiteDiscussion.objects.create(pk=1, mode="open")
            with connection.cursor() as cursor:
                cursor.execute("SELECT no_such_column FROM comments_comment")

        only(settings, "a", "premoderated")
        monkeypatch.setattr(phases, "a", broken, raising=False)
        judgement = judge(candidate(story))
        assert [opinion.details for _phase, opinion in judgement.findings][1] == {"story": False}
        assert not SiteDiscussion.objects.exists()

    def test_what_a_phase_wrote_stays_when_the_next_fails(self, story, settings, monkeypatch):
        only(settings, "a", "b")
        say(monkeypatch, b=ValueError())
        monkeypatch.setattr(phases, "a", lambda candidate: SiteDiscussion.objects.create(pk=1) and None, raising=False)
        judge(candidate(story))
        assert SiteDiscussion.objects.exists()

    def test_those_that_ask_nothing_cost_no_query(self, story, settings, django_assert_num_queries):
        only(settings, "length", "trap", "links", "capitals")
        one = candidate(story)
        one.learned = None
        with django_assert_num_queries(0):
            judge(one)


class TestLikeness:
    def test_is_kept_for_the_order_of_the_queue(self, story, settings, monkeypatch):
        monkeypatch.setattr(learning, "opinion", lambda text, language: learning.Learned(62, []))
        only(settings)
        assert judge(candidate(story)).likeness == 62

    def test_a_classifier_that_fails_changes_nothing_else(self, story, settings, monkeypatch, caplog):
        def fails(text, language):
            raise ZeroDivisionError

        monkeypatch.setattr(learning, "opinion", fails)
        only(settings, "length")
        judgement = judge(candidate(story))
        assert (judgement.status, judgement.likeness) == ("approved", -1)
        assert "The classifier failed" in caplog.text

    def test_the_settings_can_let_it_decide_alone(self, story, settings, monkeypatch):
        moderation(settings, learned_reject=5, learned_approve=95)
        for likeness, expected in [(5, "rejected"), (95, "approved")]:
            only(settings, "newcomer", "learned")
            found = learning.Learned(likeness, [])
            monkeypatch.setattr(learning, "opinion", lambda text, language, found=found: found)
            assert outcome(judge(candidate(story))) == (expected, "learned")
        assert not Comment.objects.exists()


def test_a_phase_that_is_not_there_is_found_by_the_check(settings):
    assert checks.check_phases() == []
    only(settings, "links", "no_such_phase", "_closed")
    assert [error.id for error in checks.check_phases()] == ["comments.E001"] * 2
