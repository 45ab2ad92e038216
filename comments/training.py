"""How the classifier learns: from the moderators' newest decisions that still hold, the last one of each comment."""

import datetime as dt
import time
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from . import fitting, ranking
from .features import features
from .models import Decision, LearnedModel

Action = Decision.Action
REFUSALS = (Action.REJECT, Action.SPAM, Action.REMOVE)
# Of the newest lines of the log so many are looked at, and so many comments are learned from.
MOST_LINES, MOST_EXAMPLES = 200_000, 10_000
# Every fifth comment is held out.
HELD_OUT = 5
MOST_KEPT = 5
# By itself it learns anew after so many decisions, and so seldom.
LEAST_NEW, APART, SECONDS = 20, dt.timedelta(hours=1), 20


class Example(NamedTuple):
    comment: int
    features: dict
    is_approved: bool


class Counts(NamedTuple):
    approved: int
    refused: int

    @property
    def is_enough(self):
        return min(self) >= settings.MODERATION["learned_from"]


def decisions():
    """Moderators' decisions that were not taken back. What the pipeline decided is no word of theirs."""
    newest = Decision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    rows = Decision.objects.filter(action__in=[Action.APPROVE, *REFUSALS], user__isnull=False, undone_by=None)
    return rows.filter(pk__gt=newest - MOST_LINES).order_by("-pk")


def examples(*, seconds=None):
    """[Example, …], by comment. A text that its writer has deleted teaches nothing. After so many seconds the rest,
    the oldest, is left out."""
    until = time.monotonic() + seconds if seconds else None
    rows = decisions().exclude(body="").values_list("comment", "body", "comment__article__language", "action")
    found = {}
    for comment, body, language, action in rows[: 2 * MOST_EXAMPLES].iterator():
        if comment not in found:
            found[comment] = Example(comment, features(body, language), action == Action.APPROVE)
            if len(found) == MOST_EXAMPLES or (until and time.monotonic() > until):
                break
    return sorted(found.values(), key=lambda example: example.comment)


def counts(found):
    approved = sum(example.is_approved for example in found)
    return Counts(approved, len(found) - approved)


def learn(*, seconds=None):
    """Learns anew and keeps the model. Returns its row, None where there are too few decisions yet."""
    share = seconds / 2 if seconds else None
    until, found = newest_decision(), examples(seconds=share)
    if not counts(found).is_enough:
        return None
    return keep(until, *trained(found, seconds=share))


def learn_when_due():
    """For every tick: learns and ranks where there is something to do, for some seconds at most."""
    if is_due():
        learn(seconds=SECONDS)
    ranking.rank(seconds=SECONDS / 4)


def newest_decision():
    return decisions().values_list("pk", flat=True).first() or 0


def trained(found, *, seconds=None):
    """(model, figures). The figures are those of a model that never saw what was held out; this one learned from all.

    With `seconds` it ends by then, with what it has learned so far.
    """
    now = time.monotonic()
    measured = _measured(found, now + seconds / 2 if seconds else None)
    model = fitting.fit([example[1:] for example in found], until=now + seconds if seconds else None)
    approved, refused = counts(found)
    return model, {"approved": approved, "rejected": refused, "rescored": 0, **measured}


def _measured(found, until):
    """Precision and recall on what is held out, at the middle and where settings let it hold."""
    held_out = [example for example in found if example.comment % HELD_OUT == 0]
    tried = fitting.fit([example[1:] for example in found if example.comment % HELD_OUT], until=until)
    judged = [(fitting.score(tried, example.features).likeness, example.is_approved) for example in held_out]
    middle, hold = (fitting.figures(judged, below) for below in (50, settings.MODERATION["learned_hold"]))
    return {"held_out": len(judged), **middle, "hold": hold, "bands": fitting.bands(judged)}


@transaction.atomic
def keep(until, model, figures):
    """`until`: the newest decision that it can have learned from."""
    weights = {"bias": model.bias, "words": model.weights}
    row = LearnedModel.objects.create(until=until, weights=weights, figures=figures)
    newest = list(LearnedModel.objects.order_by("-pk").values_list("pk", flat=True)[:MOST_KEPT])
    LearnedModel.objects.exclude(pk__in=newest).delete()
    return row


def is_due(now=None):
    """Whether enough was decided since the last time, and that is long enough ago."""
    last = LearnedModel.objects.order_by("-pk").values_list("created_at", "until").first()
    if last is None:
        least = settings.MODERATION["learned_from"]
        kinds = [Action.APPROVE], REFUSALS
        return all(decisions().filter(action__in=kind)[:least].count() >= least for kind in kinds)
    created_at, until = last
    is_old = created_at <= (now or timezone.now()) - APART
    return is_old and decisions().filter(pk__gt=until)[:LEAST_NEW].count() >= LEAST_NEW
