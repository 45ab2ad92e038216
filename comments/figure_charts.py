"""The moderators' figures as charts, each with the numbers behind it as a table."""

from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from . import charts, figures, queues
from .figures import TAKEN_BACK, Action, at_most, up_to
from .models import Comment
from .reasons import name_of

Status = Comment.Status


class Chart(NamedTuple):
    """`says`: what is to be seen in it, for those who do not see it. `rows`: [(what it is, [cells])], the newest first.

    Without a plot there is nothing to draw yet, and `empty` says what will stand there.
    """

    key: str
    title: str
    hint: str
    plot: charts.Plot | None
    says: str
    legend: list
    heads: list
    rows: list
    empty: str


def decision_chart(decisions):
    found = [decisions.of_week(place) for place in range(len(decisions.weeks))]
    machine = [decisions.by_pipeline(place) for place in range(len(decisions.weeks))]
    values = [_decision_value(week, counts) for week, counts in zip(decisions.weeks, found, strict=True)]
    totals = [sum(number for _kind, number in value.parts) for value in values]
    return Chart(
        key="decisions",
        title=_("Decisions by week"),
        hint=_(
            "By moderators. What was undone counts as taken back, in the week it was decided in, and as nothing else."
        ),
        plot=charts.count_plot(values) if any(totals) else None,
        says=_("Decisions of moderators by week: %(most)d in the fullest week, %(now)d in this one so far.")
        % {"most": max(totals), "now": totals[-1]},
        legend=[("ok", _("approved")), ("no", _("rejected or removed")), ("spam", _("spam"))],
        heads=[*decision_heads(), _("Pipeline: approved"), _("Pipeline: rejected")],
        rows=_rows(decisions.weeks, [[*_cells(us), *_machine(it)] for us, it in zip(found, machine, strict=True)]),
        empty=_("No moderator has decided in these weeks. Approved, rejected and spam will stand here, week by week."),
    )


def _decision_value(week, counts):
    turned_down = counts[Action.REJECT] + counts[Action.REMOVE]
    parts = [("ok", counts[Action.APPROVE]), ("no", turned_down), ("spam", counts[Action.SPAM])]
    told = _("%(week)s: %(approved)d approved, %(refused)d rejected or removed, %(spam)d spam")
    title = told % {"week": week.title, "approved": parts[0][1], "refused": parts[1][1], "spam": parts[2][1]}
    return charts.Value(week.name, title, parts)


def decision_heads():
    return [_("Approved"), _("Rejected"), _("Spam"), _("Removed"), _("Reports kept"), _("Picks"), _("Taken back")]


def _cells(counts):
    picks = counts[Action.PICK] + counts[Action.UNPICK]
    names = (Action.APPROVE, Action.REJECT, Action.SPAM, Action.REMOVE, Action.KEEP)
    return [*(counts[name] for name in names), picks, counts[TAKEN_BACK]]


def _machine(counts):
    return [counts[Action.APPROVE], counts[Action.REJECT]]


def _rows(weeks, cells):
    """The newest week on top."""
    return [(week.title, row) for week, row in zip(weeks, cells, strict=True)][::-1]


def wait_chart(weeks, waits, every):
    values = [_wait_value(week, wait) for week, wait in zip(weeks, waits, strict=True)]
    cells = [[wait.number, at_most(wait.half), at_most(wait.most)] if wait else [0, "–", "–"] for wait in waits]
    hint = _("From when a text was written or last changed to the decision of a moderator that stands.")
    if every > 1:
        hint += " " + _("Of so many decisions one in %(every)d is looked at.") % {"every": every}
    return Chart(
        key="waits",
        title=_("How long comments waited"),
        hint=hint,
        plot=charts.time_plot(values) if any(waits) else None,
        says=_wait_says(waits),
        legend=[("half", _("half of them at most so long")), ("most", _("nine of ten at most so long"))],
        heads=[_("Decisions"), _("Half within"), _("Nine of ten within")],
        rows=_rows(weeks, cells),
        empty=_("No comment that waited was decided on in these weeks. How long they wait will stand here."),
    )


def _wait_value(week, wait):
    if wait is None:
        return charts.Value(week.name, week.title, [])
    told = _("%(week)s: half within %(half)s, nine of ten within %(most)s")
    title = told % {"week": week.title, "half": at_most(wait.half), "most": at_most(wait.most)}
    return charts.Value(week.name, title, [("half", wait.half.total_seconds())], wait.most.total_seconds())


def _wait_says(waits):
    if waits[-1] is None:
        return _("How long comments waited, by week. No waiting comment was decided on this week.")
    told = _("How long comments waited, by week: this week half of them %(half)s at most, nine of ten %(most)s.")
    return told % {"half": at_most(waits[-1].half), "most": at_most(waits[-1].most)}


class AgeRow(NamedTuple):
    label: str
    number: int
    length: str


def age_rows(queue):
    """What waits by how long it does, the longest last."""
    labels = [_("Up to 1 h"), _("1 to 6 h"), _("6 to 24 h"), _("1 to 3 days"), _("Longer")]
    return [AgeRow(*row) for row in zip(labels, queue.ages, charts.lying(queue.ages), strict=True)]


class ReasonRow(NamedTuple):
    name: str
    sparks: list
    total: int
    # Of those of the last weeks that are decided on, so many are approved.
    approved: str
    numbers: list


def reason_rows(found, outcomes):
    top = max((max(numbers) for numbers in found.values()), default=0)
    return [
        ReasonRow(name_of(phase), charts.sparks(numbers, top), sum(numbers), _approved(outcomes[phase]), numbers[::-1])
        for phase, numbers in found.items()
    ]


def _approved(statuses):
    decided = statuses[Status.APPROVED] + statuses[Status.REJECTED] + statuses[Status.REMOVED]
    if not decided:
        return "–"
    told = pgettext("so many of so many comments", "%(approved)d of %(decided)d")
    return told % {"approved": statuses[Status.APPROVED], "decided": decided}


def moderator_rows(decisions):
    return [(user, _cells(counts)) for user, counts in decisions.by_moderator()]


def headline(queue, reported, decisions, waits):
    """[(number, what it is)] of the present, for the top of the page."""
    yield up_to(queue.number, figures.MOST_WAITING), ngettext("comment waits", "comments wait", queue.number)
    yield up_to(reported, queues.MOST_COUNTED), ngettext("comment is reported", "comments are reported", reported)
    decided = sum(number for action, number in decisions.of_week(len(waits) - 1).items() if action in figures.ENDING)
    yield (
        number_format(decided, force_grouping=True),
        ngettext("decision this week so far", "decisions this week so far", decided),
    )
    if waits[-1]:
        yield at_most(waits[-1].half), _("half of what was decided this week waited no longer")
