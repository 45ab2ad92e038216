"""What the moderators' figures count. Each part is one query over one range of an index, whatever the log holds.

A decision that was undone counts as taken back, in the week it was made in and for whoever made it, and as nothing
else; what was decided instead counts by itself.
"""

import datetime as dt
import math
import statistics
from collections import Counter, defaultdict
from itertools import pairwise
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import Count, F, Min, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from articles.story_state import span

from . import queues
from .models import Comment, Decision, Finding
from .weeks import counted, place_of

Action, Status = Decision.Action, Comment.Status
# Those that end a comment's waiting; then all that are counted.
ENDING = (Action.APPROVE, Action.REJECT, Action.SPAM, Action.REMOVE)
COUNTED = (*ENDING, Action.KEEP, Action.PICK, Action.UNPICK)
TAKEN_BACK = "taken back"
VERDICTS = (Finding.Verdict.HOLD, Finding.Verdict.REJECT)
# So many waiting comments are looked at, and so many decisions for how long comments waited.
MOST_WAITING, MOST_WAITS = 10_000, 5_000
# What waits, by its age in hours: up to 1, up to 6, …, and longer.
AGES = (1, 6, 24, 72)
# Weeks that moderators and what became of held comments are looked at.
RECENT = 4


class Queue(NamedTuple):
    """`ages`: how many, from the youngest to the oldest, by AGES. Of more than MOST_WAITING the oldest are counted."""

    number: int
    oldest: dt.datetime | None
    ages: list
    is_cut: bool


def queue(now):
    rows = Comment.objects.filter(status=Status.PENDING).order_by("created_at", "id")[:MOST_WAITING]
    bounds = [now - dt.timedelta(hours=hours) for hours in AGES]
    younger = {f"age{place}": Count("pk", filter=Q(created_at__gt=bound)) for place, bound in enumerate(bounds)}
    found = rows.aggregate(number=Count("pk"), oldest=Min("created_at"), **younger)
    up_to = [0, *(found[f"age{place}"] for place in range(len(AGES))), found["number"]]
    ages = [last - first for first, last in pairwise(up_to)]
    return Queue(found["number"], found["oldest"], ages, found["number"] == MOST_WAITING)


def up_to(number, most):
    """In words: what is counted up to a bound is not more than it says."""
    shown = number_format(number, force_grouping=True)
    return _("%(number)s or more") % {"number": shown} if number >= most else shown


def reported():
    """How many comments have reports that nobody handled, up to queues.MOST_COUNTED."""
    return queues.waiting().reported


class Decisions:
    """The decisions of some weeks, or of other spans of time that follow one another."""

    def __init__(self, weeks):
        # {(place of the week, pk of the moderator or None for the pipeline): {action or TAKEN_BACK: how many}}
        self.weeks, self.counts, self.undone = weeks, defaultdict(Counter), set()
        rows = Decision.objects.filter(action__in=COUNTED)
        for place, user, action, number in counted(rows, weeks, "made_at", "user", "action"):
            self.counts[place, user][action] = number
        self._take_back()

    def of_week(self, place):
        """What moderators decided."""
        return sum((found for (week, user), found in self.counts.items() if week == place and user), Counter())

    def by_pipeline(self, place):
        return self.counts.get((place, None), Counter())

    def by_moderator(self):
        """[(account, {action: how many})] of the last RECENT weeks, who decided most first."""
        first, found = len(self.weeks) - RECENT, defaultdict(Counter)
        for (place, user), counts in self.counts.items():
            if user and place >= first:
                found[user] += counts
        users = get_user_model().objects.only("display_name", "email").in_bulk(found)
        return sorted(
            ((users[pk], counts) for pk, counts in found.items()), key=lambda row: (-row[1].total(), row[0].pk)
        )

    def _take_back(self):
        """Moves what was undone. An undo is never older than what it undoes: none from before these weeks matters."""
        first, last = self.weeks[0].start, self.weeks[-1].end
        rows = Decision.objects.filter(action=Action.UNDO, made_at__gte=first, undoes__action__in=COUNTED)
        for pk, action, made_at, user in rows.values_list(
            "undoes", "undoes__action", "undoes__made_at", "undoes__user"
        ):
            if first <= made_at < last:
                self.undone.add(pk)
                counts = self.counts[place_of(made_at, self.weeks), user]
                counts[action] -= 1
                counts[TAKEN_BACK] += 1


class Waits(NamedTuple):
    """How long comments waited for a moderator: half of them, and nine of ten, at most so long."""

    number: int
    half: dt.timedelta
    most: dt.timedelta


def at_most(length):
    """In words, rounded up: what happened within it did."""
    minutes = math.ceil(length / dt.timedelta(minutes=1))
    if minutes < 60 or minutes >= 1440:
        return span(dt.timedelta(hours=math.ceil(minutes / 60)) if minutes >= 60 else dt.timedelta(minutes=minutes))
    return _("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}


def waits(decisions):
    """[Waits or None for each week], and of how many decisions each stands for one: 1 where all were looked at.

    A comment waits from when its text was written, or last changed, until the decision that stands.
    """
    ended = sum(found[action] for (_week, user), found in decisions.counts.items() if user for action in ENDING)
    every = max(1, math.ceil(ended / MOST_WAITS))
    first, last = decisions.weeks[0].start, decisions.weeks[-1].end
    rows = Decision.objects.filter(made_at__gte=first, made_at__lt=last, action__in=ENDING, user__isnull=False)
    if every > 1:
        rows = rows.alias(turn=F("pk") % every).filter(turn=0)
    rows = rows.filter(was__status=Status.PENDING)
    rows = rows.values_list("pk", "made_at", "comment__created_at", "comment__edited_at")
    lengths = [[] for _week in decisions.weeks]
    for pk, made_at, written, changed in rows:
        if pk not in decisions.undone:
            since = changed if changed and changed <= made_at else written
            lengths[place_of(made_at, decisions.weeks)].append(max(made_at - since, dt.timedelta(0)))
    return [_waits(sorted(week)) for week in lengths], every


def _waits(lengths):
    if not lengths:
        return None
    return Waits(len(lengths), statistics.median(lengths), lengths[math.ceil(len(lengths) * 0.9) - 1])


def reasons(weeks):
    """{phase: [comments that it held or rejected in each week]}, the most frequent first.

    Only of the present text of each comment: a change of it replaces its findings.
    """
    found = {}
    for place, phase, number in counted(Finding.objects.filter(verdict__in=VERDICTS), weeks, "created_at", "phase"):
        found.setdefault(phase, [0] * len(weeks))[place] = number
    return dict(sorted(found.items(), key=lambda item: (-sum(item[1]), item[0])))


def outcomes(weeks):
    """{phase: {status: how many of the comments that it held in the last RECENT weeks are that now}}"""
    found = defaultdict(Counter)
    rows = Finding.objects.filter(created_at__gte=weeks[-RECENT].start, verdict__in=VERDICTS)
    rows = rows.values_list("phase", "comment__status")
    for phase, status, number in rows.annotate(number=Count("pk")).order_by():
        found[phase][status] = number
    return found
