"""The moderators' figures: what is counted, in which week, and what of it is left when decisions are undone."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import figures, moderation
from comments.figures import TAKEN_BACK, Decisions
from comments.models import Comment, Decision, Finding
from comments.weeks import last_weeks
from tests import factories
from tests.comments.test_erasing import plan_of

# A Wednesday, two in the afternoon in Zagreb.
NOW = dt.datetime(2026, 11, 25, 13, 2, tzinfo=dt.UTC)
HOUR, DAY, WEEK = dt.timedelta(hours=1), dt.timedelta(days=1), dt.timedelta(weeks=1)
THIS = 11


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def mia(edition):
    return factories.make_user("mia@example.org", name="Mia Kos", group="Moderators")


def waiting(story, **fields):
    return factories.make_comment(story, status="pending", **fields)


def decided(story, user, status="approved", *, written=2 * HOUR, **options):
    """A comment that waited so long until now."""
    comment = waiting(story, created_at=timezone.now() - written)
    return moderation.decide(comment, status, user, **options)


def decisions():
    return Decisions(last_weeks(timezone.now()))


# Weeks


def hours(week):
    return (week.end.astimezone(dt.UTC) - week.start.astimezone(dt.UTC)) // HOUR


def test_weeks_begin_on_monday_by_the_clock_of_the_edition():
    weeks = last_weeks(NOW)
    assert len(weeks) == 12
    assert [week.is_now for week in weeks] == [False] * 11 + [True]
    assert weeks[-1].start == dt.datetime(2026, 11, 22, 23, tzinfo=dt.UTC)
    # The week of 25 October has the hour that the clock is put back by.
    assert [hours(week) for week in weeks] == [168] * 6 + [169] + [168] * 5


def test_a_new_week_begins_at_midnight():
    monday = dt.datetime(2026, 11, 22, 23, tzinfo=dt.UTC)
    assert last_weeks(monday)[-1].start == monday
    assert last_weeks(monday - dt.timedelta(seconds=1))[-1].start == monday - WEEK


def test_the_spring_has_a_week_of_an_hour_less():
    # Zagreb goes to summer time on 29 March 2026.
    assert hours(last_weeks(dt.datetime(2026, 3, 29, 12, tzinfo=dt.UTC))[-1]) == 167


# What waits


def test_what_waits_is_counted_by_age(story):
    for age in (HOUR / 2, 2 * HOUR, 5 * HOUR, 23 * HOUR, 2 * DAY, 9 * DAY):
        waiting(story, created_at=NOW - age)
    factories.make_comment(story, created_at=NOW - 30 * DAY)
    found = figures.queue(NOW)
    assert found.ages == [1, 2, 1, 1, 1]
    assert (found.number, found.oldest, found.is_cut) == (6, NOW - 9 * DAY, False)


def test_nothing_waits(db):
    assert figures.queue(NOW) == (0, None, [0] * 5, False)


def test_only_so_many_are_looked_at_the_oldest(story, monkeypatch):
    monkeypatch.setattr(figures, "MOST_WAITING", 2)
    for age in (HOUR / 2, 2 * HOUR, 9 * DAY):
        waiting(story, created_at=NOW - age)
    found = figures.queue(NOW)
    assert found == (2, NOW - 9 * DAY, [0, 1, 0, 0, 1], True)
    assert figures.up_to(found.number, figures.MOST_WAITING) == "2 or more"


def test_reported_comments_are_counted_once_each_up_to_a_bound(story, monkeypatch):
    for number in range(3):
        comment = factories.make_comment(story)
        Comment.objects.filter(pk=comment.pk).update(report_count=number)
    assert figures.reported() == 2
    monkeypatch.setattr("comments.queues.MOST_COUNTED", 1)
    assert figures.reported() == 1


# Decisions


def test_decisions_count_by_week_action_and_who_made_them(story, mia, clock):
    clock.move_to(NOW - WEEK, tick=False)
    decided(story, mia)
    decided(story, mia, "rejected")
    clock.move_to(NOW, tick=False)
    decided(story, mia, "rejected", is_spam=True)
    shown = factories.make_comment(story)
    moderation.decide(shown, "removed", mia)
    moderation.log_first(factories.make_comment(story), "approved", "trusted_author")
    found = decisions()
    assert found.of_week(THIS - 1) == {"approve": 1, "reject": 1}
    assert found.of_week(THIS) == {"spam": 1, "remove": 1}
    assert found.by_pipeline(THIS) == {"approve": 1}
    assert found.by_pipeline(THIS - 1) == {}
    assert found.by_moderator() == [(mia, {"approve": 1, "reject": 1, "spam": 1, "remove": 1})]


def test_the_first_and_the_last_moment_of_a_week_are_its_own(story, mia, clock):
    monday = dt.datetime(2026, 11, 22, 23, tzinfo=dt.UTC)
    for moment in (monday - dt.timedelta(microseconds=1), monday):
        clock.move_to(moment, tick=False)
        decided(story, mia)
    clock.move_to(NOW, tick=False)
    found = decisions()
    assert (found.of_week(THIS - 1), found.of_week(THIS)) == ({"approve": 1}, {"approve": 1})


def test_what_is_older_than_the_weeks_is_not_counted(story, mia, clock):
    clock.move_to(NOW - 12 * WEEK, tick=False)
    old = decided(story, mia)
    clock.move_to(NOW, tick=False)
    moderation.undo(old, mia)
    assert not decisions().counts


def test_moderators_are_looked_at_for_four_weeks(story, mia, clock):
    for weeks in (4, 3):
        clock.move_to(NOW - weeks * WEEK, tick=False)
        decided(story, mia, "rejected" if weeks == 4 else "approved")
    clock.move_to(NOW, tick=False)
    assert decisions().by_moderator() == [(mia, {"approve": 1})]


def test_who_decided_most_stands_first(story, mia):
    ana = factories.make_user("ana@example.org", group="Moderators")
    for user in (mia, ana, ana):
        decided(story, user)
    assert [user for user, _counts in decisions().by_moderator()] == [ana, mia]


def test_an_undone_decision_counts_as_taken_back_in_its_own_week_and_as_nothing_else(story, mia, clock):
    ana = factories.make_user("ana@example.org", group="Moderators")
    clock.move_to(NOW - WEEK, tick=False)
    made = decided(story, mia, "rejected")
    decided(story, mia)
    clock.move_to(NOW, tick=False)
    moderation.undo(made, ana)
    found = decisions()
    assert +found.of_week(THIS - 1) == {"approve": 1, TAKEN_BACK: 1}
    assert not found.of_week(THIS)
    # It was Mia's, whoever took it back.
    assert [(user, +counts) for user, counts in found.by_moderator()] == [(mia, {"approve": 1, TAKEN_BACK: 1})]


def test_what_was_decided_again_after_an_undo_counts_once(story, mia):
    made = decided(story, mia, "rejected")
    moderation.undo(made, mia)
    moderation.decide(made.comment, "approved", mia)
    assert +decisions().of_week(THIS) == {"approve": 1, TAKEN_BACK: 1}


def test_of_a_span_that_is_over_what_came_later_is_not_counted(story, mia, clock):
    """As the daily mail asks: of yesterday."""
    clock.move_to(NOW - DAY, tick=False)
    made = decided(story, mia)
    clock.move_to(NOW, tick=False)
    moderation.undo(decided(story, mia), mia)
    moderation.undo(made, mia)
    yesterday = last_weeks(NOW)[-1]._replace(start=NOW - 36 * HOUR, end=NOW - 13 * HOUR)
    assert +Decisions([yesterday]).of_week(0) == {TAKEN_BACK: 1}


# How long comments waited


def waits():
    return figures.waits(decisions())


def test_how_long_half_waited_and_nine_of_ten(story, mia):
    for hours in range(1, 11):
        decided(story, mia, written=hours * HOUR)
    (*others, found), every = waits()
    assert (found.number, found.half, found.most) == (10, 5.5 * HOUR, 9 * HOUR)
    assert others == [None] * 11
    assert every == 1


def test_a_wait_counts_from_the_last_change_before_the_decision(story, mia):
    changed = waiting(story, created_at=NOW - 9 * HOUR, edited_at=NOW - HOUR)
    moderation.decide(changed, "approved", mia)
    (*_others, found), _every = waits()
    assert found.half == HOUR
    # Changed after it: the decision was on the first text.
    Comment.objects.update(edited_at=NOW + HOUR)
    (*_others, found), _every = waits()
    assert found.half == 9 * HOUR


@pytest.mark.parametrize("kind", ["undone", "removed", "pipeline", "kept"])
def test_what_ended_no_wait_is_left_out(story, mia, kind):
    if kind == "undone":
        moderation.undo(decided(story, mia), mia)
    elif kind == "pipeline":
        decided(story, None)
    else:
        shown = factories.make_comment(story, created_at=NOW - 9 * DAY)
        moderation.decide(shown, "removed" if kind == "removed" else "rejected", mia)
    (*_others, found), _every = waits()
    assert found is None


def test_of_too_many_decisions_one_in_so_many_is_looked_at(story, mia, monkeypatch):
    monkeypatch.setattr(figures, "MOST_WAITS", 4)
    for _number in range(10):
        decided(story, mia)
    (*_others, found), every = waits()
    assert every == 3
    assert 3 <= found.number <= 4
    assert found.half == 2 * HOUR


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (dt.timedelta(0), "0 min"),
        (dt.timedelta(seconds=1), "1 min"),
        (dt.timedelta(minutes=59), "59 min"),
        (dt.timedelta(minutes=59, seconds=1), "1 h 0 min"),
        (dt.timedelta(hours=2, minutes=59, seconds=30), "3 h 0 min"),
        (dt.timedelta(hours=25, minutes=1), "1 d 2 h"),
        (dt.timedelta(days=9, hours=1), "9 d"),
    ],
)
def test_at_most_is_never_said_too_low(length, words):
    assert figures.at_most(length) == words


# Reasons


def found(comment, phase, verdict="hold", at=NOW):
    return Finding.objects.create(comment=comment, phase=phase, verdict=verdict, created_at=at)


def test_reasons_count_by_week_the_most_frequent_first(story):
    one, two, three = (waiting(story) for _number in range(3))
    found(one, "links")
    found(one, "capitals", at=NOW - WEEK)
    found(two, "links", "reject", at=NOW - WEEK)
    found(three, "staff", "approve")
    found(three, "newcomer", at=NOW - 12 * WEEK)
    counted = figures.reasons(last_weeks(NOW))
    assert list(counted) == ["links", "capitals"]
    assert counted["links"] == [0] * 10 + [1, 1]
    assert counted["capitals"] == [0] * 10 + [1, 0]


def test_what_became_of_held_comments_is_how_they_stand_now(story, mia):
    one, two, three = (waiting(story) for _number in range(3))
    for comment in (one, two, three):
        found(comment, "links")
    found(one, "capitals", at=NOW - 5 * WEEK)
    moderation.decide(one, "approved", mia)
    made = moderation.decide(two, "rejected", mia)
    assert figures.outcomes(last_weeks(NOW)) == {"links": {"approved": 1, "rejected": 1, "pending": 1}}
    moderation.undo(made, mia)
    assert figures.outcomes(last_weeks(NOW))["links"] == {"approved": 1, "pending": 2}


# What it costs


def test_every_figure_is_found_along_an_index(story, mia):
    decided(story, mia)
    found(waiting(story), "links")
    weeks, plans = last_weeks(NOW), []

    def keep(execute, sql, params, many, context):
        # JSON as it is written in a statement.
        plans.append((sql, tuple(json.dumps(value.obj) if hasattr(value, "obj") else value for value in params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        figures.queue(NOW)
        figures.reported()
        figures.waits(Decisions(weeks))
        figures.reasons(weeks)
        figures.outcomes(weeks)
    queue, reported, counted, undone, waited, reasons, outcomes = [plan_of(*statement) for statement in plans]
    assert "comment_queue" in queue
    assert "comment_reported" in reported
    assert counted.count("decision_weeks") == 12
    assert "decision_weeks" in undone
    assert "decision_weeks" in waited
    assert reasons.count("finding_weeks") == 12
    assert "finding_weeks" in outcomes
    for plan in (queue, reported, counted, undone, waited, reasons, outcomes):
        assert "SCAN comments_" not in plan.replace("SCAN comments_comment USING", "")
        assert "Seq Scan on comments_" not in plan


def test_the_log_may_be_as_long_as_it_likes(story, mia):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            figures.waits(decisions())
            decisions().by_moderator()
        return len(queries)

    decided(story, mia)
    once = cost()
    for _number in range(5):
        moderation.undo(decided(story, mia), mia)
    assert cost() == once
    assert Decision.objects.count() == 11
