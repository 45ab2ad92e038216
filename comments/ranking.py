"""Gives what waits the newest model's likeness. It goes on where it stopped: that stands in the model's own row."""

import time

from django.db import transaction

from . import learning
from .models import Comment, LearnedModel

BATCH = 100


def rank(*, seconds=None):
    """Ranks for at most so many seconds, or to the end. Returns how many were looked at."""
    done, until = 0, time.monotonic() + seconds if seconds else None
    for number in batches():
        done += number
        if until and time.monotonic() > until:
            break
    return done


def batches():
    """Ranks a batch at a time, each one transaction; yields how many comments it had."""
    while (model := learning.model_in_use()) and (number := _next(model)) is not None:
        yield number


def _next(model):
    """None where it has been through."""
    row = LearnedModel.objects.order_by("-pk").only("pk", "figures").first()
    position = row.figures.get("rescored")
    if position is None:
        return None
    waiting = Comment.objects.filter(status=Comment.Status.PENDING, pk__gt=position).order_by("pk")
    fields = ("pk", "body", "article__language", "likeness", "edited_at")
    rows = list(waiting.values_list(*fields)[:BATCH])
    found = [(row, learning.judge(model, row[1], row[2]).likeness) for row in rows]
    with transaction.atomic():
        for (pk, _body, _language, was, edited_at), likeness in found:
            # Another text than the one that was judged is judged by the pipeline.
            if likeness != was:
                same = Comment.objects.filter(pk=pk, status=Comment.Status.PENDING, edited_at=edited_at)
                same.update(likeness=likeness)
        row.figures["rescored"] = rows[-1][0] if len(rows) == BATCH else None
        LearnedModel.objects.filter(pk=row.pk).update(figures=row.figures)
    return len(rows)
