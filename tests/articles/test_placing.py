"""Arranging the front page: what is put up, what ends by it, what is refused; a plan and what it writes are one."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import front_plan, placing
from articles.front_page import front_page
from articles.front_plan import LEAD, Arrangement, Change, Place
from articles.models import Placement
from articles.publishing import publish, unpublish
from tests import factories
from tests.articles.desk import editor

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 14, 0, tzinfo=dt.UTC)
AI = [Place("ai", position) for position in range(1, 5)]


def after(**span):
    return NOW + dt.timedelta(**span)


MORNING = after(hours=16)


@pytest.fixture(autouse=True)
def _now(edition, time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def ana():
    return editor()


@pytest.fixture
def stories():
    """Seven stories of AI, the newest first, and a newer one of energy that leads the page."""
    factories.make_story(title="Energy", category="energy", at=after(minutes=-30))
    return [factories.make_story(title=f"Story {number}", at=after(hours=-number - 1)) for number in range(7)]


def change(place, story=None, start=None, until=None):
    return Change(place, story.pk if story else None, story, start, until)


def put_up(*changes, user=None, at=None, based_on=None, cancelled=()):
    cancelled = frozenset(row.pk for row in cancelled)
    return placing.put_up(Arrangement("en", list(changes), cancelled), user, at, based_on)


def base(language="en"):
    return placing.fingerprint(placing.open_placements(language, timezone.now()), timezone.now())


def rows():
    """[(place, title, from, until), …] in order of their making."""
    listed = Placement.objects.select_related("article__category").order_by("pk")
    return [(str(front_plan.place_of(row)), row.article.title, row.shown_from, row.shown_until) for row in listed]


def block(at=None, key="ai"):
    page = front_page("en", at)
    return [card.title for block in page["blocks"] if block["section"].key == key for card in block["cards"]]


def lead(at=None):
    return front_page("en", at)["lead"].title


class TestPuttingUp:
    def test_the_lead_and_places_of_sections_at_once(self, stories, ana):
        plan = put_up(change(LEAD, stories[5]), change(AI[2], stories[4]), user=ana)
        assert (lead(), block()) == ("Story 5", ["Story 0", "Story 1", "Story 4", "Story 2"])
        assert plan.places == {LEAD, AI[2]}

    def test_what_replaces_another_ends_it_and_the_past_stays(self, stories, time_machine):
        put_up(change(LEAD, stories[5]))
        time_machine.move_to(after(hours=1), tick=False)
        put_up(change(LEAD, stories[6]))
        assert rows() == [("lead", "Story 5", NOW, after(hours=1)), ("lead", "Story 6", after(hours=1), None)]
        assert (lead(), lead(after(minutes=30))) == ("Story 6", "Story 5")

    def test_a_place_is_left_to_the_newest(self, stories, time_machine):
        put_up(change(AI[0], stories[5]))
        time_machine.move_to(after(hours=1), tick=False)
        put_up(change(AI[0]))
        assert rows() == [("ai:1", "Story 5", NOW, after(hours=1))]
        assert block()[0] == "Story 0"

    def test_two_stories_change_places(self, stories, time_machine):
        put_up(change(AI[0], stories[5]), change(AI[1], stories[6]))
        time_machine.move_to(after(hours=1), tick=False)
        put_up(change(AI[0], stories[6]), change(AI[1], stories[5]))
        assert block()[:2] == ["Story 6", "Story 5"]
        assert [row for row in rows() if row[3] is None] == [
            ("ai:1", "Story 6", after(hours=1), None),
            ("ai:2", "Story 5", after(hours=1), None),
        ]

    def test_a_story_that_moves_leaves_its_old_place(self, stories, time_machine):
        put_up(change(AI[0], stories[5]))
        time_machine.move_to(after(hours=1), tick=False)
        put_up(change(AI[3], stories[5]))
        assert block() == ["Story 0", "Story 1", "Story 2", "Story 5"]
        assert rows()[0][3] == after(hours=1)

    def test_a_story_may_lead_and_keep_its_place_in_the_section(self, stories, time_machine):
        put_up(change(AI[0], stories[5]))
        time_machine.move_to(after(hours=1), tick=False)
        put_up(change(LEAD, stories[5]))
        assert [row[3] for row in rows()] == [None, None]

    def test_the_same_story_keeps_its_beginning_and_gets_an_end(self, stories, time_machine):
        put_up(change(AI[0], stories[5]))
        time_machine.move_to(after(hours=1), tick=False)
        put_up(change(AI[0], stories[5], until=MORNING))
        assert rows() == [("ai:1", "Story 5", NOW, MORNING)]
        put_up(change(AI[0], stories[5]))
        assert rows() == [("ai:1", "Story 5", NOW, None)]

    def test_nothing_to_change_writes_nothing(self, stories, ana):
        put_up(change(AI[0], stories[5]))
        plan = put_up(change(AI[0], stories[5]), user=ana)
        assert not plan.places
        assert not LogEntry.objects.exists()

    def test_all_of_it_or_nothing(self, stories):
        with pytest.raises(ValidationError):
            put_up(change(LEAD, stories[5]), change(AI[0], stories[4], until=after(hours=-1)))
        assert rows() == []

    def test_the_log_says_who_did_what(self, stories, ana, time_machine):
        put_up(change(AI[0], stories[5]), change(AI[1], stories[6], start=MORNING), user=ana)
        time_machine.move_to(after(hours=1), tick=False)
        put_up(change(AI[0], stories[4]), user=ana, cancelled=[Placement.objects.get(position=2)])
        flags = list(LogEntry.objects.order_by("pk").values_list("action_flag", "user"))
        assert sorted(flags[:2]) == [(1, ana.pk), (1, ana.pk)]
        assert sorted(flags[2:]) == [(1, ana.pk), (2, ana.pk), (3, ana.pk)]
        assert placing.who_put_up("en", after(minutes=30)).user == ana
        assert placing.who_put_up("en", after(hours=2)) is None
        assert placing.who_put_up("hr", NOW) is None

    def test_the_other_language_is_not_touched(self, stories, time_machine):
        croatian = factories.make_story("hr", title="Hrvatski", at=NOW)
        Placement.objects.create(slot="lead", article=croatian, shown_from=NOW)
        time_machine.move_to(after(hours=1), tick=False)
        put_up(change(LEAD, stories[5]))
        assert Placement.objects.get(language="hr").shown_until is None


class TestLater:
    def test_all_of_it_takes_its_place_at_a_set_time(self, stories, time_machine):
        put_up(change(LEAD, stories[5]), change(AI[1], stories[6]), at=MORNING)
        assert (lead(), block()[1]) == ("Energy", "Story 1")
        time_machine.move_to(MORNING, tick=False)
        assert (lead(), block()[1]) == ("Story 5", "Story 6")

    def test_what_it_replaces_stays_until_then(self, stories):
        put_up(change(LEAD, stories[5]))
        put_up(change(LEAD, stories[6]), at=MORNING)
        assert rows() == [("lead", "Story 5", NOW, MORNING), ("lead", "Story 6", MORNING, None)]

    def test_what_is_put_up_before_it_ends_when_it_comes(self, stories):
        put_up(change(LEAD, stories[6]), at=MORNING)
        put_up(change(LEAD, stories[5], until=after(days=9)))
        assert [row for row in rows() if row[1] == "Story 5"] == [("lead", "Story 5", NOW, MORNING)]

    def test_one_change_may_have_its_own_beginning_and_end(self, stories):
        put_up(change(LEAD, stories[5], start=MORNING, until=after(hours=20)), change(AI[0], stories[6]))
        assert rows() == [("ai:1", "Story 6", NOW, None), ("lead", "Story 5", MORNING, after(hours=20))]
        assert lead(after(hours=21)) == "Energy"

    def test_a_scheduled_story_takes_its_place_when_it_goes_out(self, stories, time_machine):
        put_up(change(LEAD, stories[5]))
        scheduled = publish(factories.make_draft(title="Scheduled"), at=MORNING)
        put_up(change(LEAD, scheduled))
        assert rows() == [("lead", "Story 5", NOW, MORNING), ("lead", "Scheduled", MORNING, None)]
        assert lead() == "Story 5"
        time_machine.move_to(MORNING, tick=False)
        assert lead() == "Scheduled"

    def test_one_taken_away_before_it_came_is_gone_and_the_one_before_stays(self, stories):
        put_up(change(LEAD, stories[5]))
        put_up(change(LEAD, stories[6]), at=MORNING)
        put_up(cancelled=[Placement.objects.get(shown_from=MORNING)])
        assert rows() == [("lead", "Story 5", NOW, None)]

    def test_another_time_for_what_is_to_come(self, stories):
        put_up(change(LEAD, stories[5]))
        put_up(change(LEAD, stories[6]), at=MORNING)
        coming = Placement.objects.get(shown_from=MORNING)
        put_up(change(LEAD, stories[6], start=after(hours=20)), cancelled=[coming])
        assert rows() == [("lead", "Story 5", NOW, after(hours=20)), ("lead", "Story 6", after(hours=20), None)]

    def test_one_that_began_meanwhile_ends_instead(self, stories, time_machine):
        put_up(change(LEAD, stories[6]), at=MORNING)
        time_machine.move_to(after(hours=18), tick=False)
        put_up(cancelled=Placement.objects.all())
        assert rows() == [("lead", "Story 6", MORNING, after(hours=18))]

    def test_a_plan_shows_what_is_written_then(self, stories):
        """The preview and what is put up cannot differ."""
        put_up(change(LEAD, stories[3]), change(AI[0], stories[4]), change(AI[1], stories[5]))
        arrangement = Arrangement(
            "en", [change(LEAD, stories[6], until=MORNING), change(AI[0], stories[5]), change(AI[1], stories[4])]
        )
        plan = front_plan.Plan(placing.open_placements("en", NOW), arrangement, NOW)
        planned = [front_plan.slots(plan.rows, at) for at in (NOW, MORNING)]
        placing.put_up(arrangement, None)
        stored = placing.open_placements("en", NOW)
        assert [sorted(rows) for rows in planned] == [sorted(front_plan.slots(stored, at)) for at in (NOW, MORNING)]


class TestRefusals:
    @pytest.mark.parametrize(
        ("place", "times", "sentence"),
        [
            (Place("space", 1), {}, "belongs to another section"),
            (Place("robots", 1), {}, "not on the front page"),
            (LEAD, {"start": after(hours=-1)}, "From is over"),
            (LEAD, {"until": NOW}, "Until is before"),
            (LEAD, {"start": MORNING, "until": MORNING}, "Until is before"),
        ],
    )
    def test_a_change_that_cannot_be(self, stories, place, times, sentence):
        with pytest.raises(ValidationError, match=sentence):
            put_up(change(place, stories[0], **times))
        assert rows() == []

    def test_a_time_that_is_over(self, stories):
        with pytest.raises(ValidationError, match="This time is over"):
            put_up(change(LEAD, stories[0]), at=NOW)

    def test_a_beginning_before_all_is_put_up(self, stories):
        with pytest.raises(ValidationError, match="From is over"):
            put_up(change(LEAD, stories[0], start=after(hours=1)), at=MORNING)

    def test_an_end_before_a_scheduled_story_goes_out(self, stories):
        scheduled = publish(factories.make_draft(title="Scheduled"), at=MORNING)
        with pytest.raises(ValidationError, match="Until is before"):
            put_up(change(LEAD, scheduled, until=after(hours=1)))

    @pytest.mark.parametrize("second", [AI[0], AI[1]])
    def test_one_place_or_one_story_twice(self, stories, second):
        other = stories[1] if second == AI[0] else stories[0]
        with pytest.raises(ValidationError, match="Two changes"):
            put_up(change(AI[0], stories[0]), change(second, other))

    def test_only_what_is_or_will_be_public_is_found(self, stories, settings):
        draft, croatian = factories.make_draft(title="Draft"), factories.make_story("hr", title="Hrvatski")
        demo = factories.make_story(title="Demo", is_demo=True)
        settings.DEMO_IS_PUBLIC = False
        asked = [(LEAD, story.pk, None, None) for story in (draft, croatian, demo)]
        arrangement = placing.arrange("en", asked)
        assert [one.story for one in arrangement.changes] == [None, None, None]
        assert {fault.sentence[:40] for fault in placing.faults(arrangement, NOW)} == {
            "The story is neither public nor schedule"
        }

    def test_what_is_sound_stays_when_something_is_not(self, stories):
        arrangement = Arrangement("en", [change(LEAD, stories[0]), change(Place("space", 1), stories[1])])
        sound = placing.sound(arrangement, placing.faults(arrangement, NOW))
        assert [one.place for one in sound.changes] == [LEAD]


class TestSomebodyFaster:
    def test_what_is_built_on_an_older_page_is_not_put_up(self, stories):
        seen = base()
        put_up(change(AI[0], stories[5]), based_on=seen)
        with pytest.raises(placing.Overtaken):
            put_up(change(LEAD, stories[6]), based_on=seen)
        assert len(rows()) == 1

    @pytest.mark.parametrize("text", ["", "x", "1-", "-abc", "99999999999999999999-ab", "١-ab"])
    def test_what_names_no_page_is_not_put_up(self, stories, text):
        with pytest.raises(placing.Overtaken):
            put_up(change(LEAD, stories[6]), based_on=text)

    def test_the_clock_alone_overtakes_nobody(self, stories, time_machine):
        put_up(change(LEAD, stories[5], until=after(hours=1)), change(AI[0], stories[6], start=after(hours=1)))
        seen = base()
        time_machine.move_to(after(hours=2), tick=False)
        put_up(change(AI[1], stories[4]), based_on=seen)
        assert len(rows()) == 3

    @pytest.mark.parametrize("done", ["made", "ended", "taken away"])
    def test_whatever_else_was_done_does(self, stories, done, time_machine):
        put_up(change(LEAD, stories[5]), change(AI[0], stories[6], start=MORNING))
        seen = base()
        time_machine.move_to(after(minutes=1), tick=False)
        if done == "made":
            Placement.objects.create(slot="section", position=2, article=stories[1])
        elif done == "ended":
            placing.end(Placement.objects.get(slot="lead"))
        else:
            placing.end(Placement.objects.get(slot="section"))
        assert placing.is_overtaken("en", seen)
        assert not placing.is_overtaken("en", base())

    def test_the_other_language_is_not_in_the_way(self, stories):
        seen = base()
        Placement.objects.create(slot="lead", article=factories.make_story("hr", title="Hrvatski"))
        assert not placing.is_overtaken("en", seen)


class TestEnding:
    def test_what_was_shown_ends_and_what_was_not_is_deleted(self, stories):
        shown = Placement.objects.create(slot="lead", article=stories[0], shown_from=after(hours=-1))
        coming = Placement.objects.create(slot="lead", article=stories[1], shown_from=MORNING)
        assert placing.end(shown)
        assert not placing.end(coming)
        assert rows() == [("lead", "Story 0", after(hours=-1), NOW)]

    def test_what_is_over_keeps_its_end(self, stories):
        over = Placement.objects.create(
            slot="lead", article=stories[0], shown_from=after(hours=-3), shown_until=after(hours=-2)
        )
        assert placing.end(over)
        assert rows()[0][3] == after(hours=-2)


def test_an_unpublished_story_leaves_its_place_to_the_newest(stories):
    put_up(change(AI[0], stories[5]))
    unpublish(stories[5])
    assert block()[0] == "Story 0"
