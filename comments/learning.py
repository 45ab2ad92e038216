"""What the moderators' own decisions taught (training.py), asked about one text, without any outside service.

It decides nothing: it gives a number and the words that weighed most, and is silent until it has seen enough
(settings.MODERATION["learned_from"]).
"""

from typing import NamedTuple

from django.conf import settings

from . import fitting
from .features import features
from .models import LearnedModel

MOST_SHOWN = 5


class Learned(NamedTuple):
    """`likeness` in per cent; `words`: [(word as written or a sign of features.py, what it added)], heaviest first."""

    likeness: int
    words: list


_kept = (None, None, None)


def opinion(text, language):
    """What the newest model says of a text; None as long as moderators have not decided enough."""
    model = model_in_use()
    return judge(model, text, language) if model else None


def judge(model, text, language):
    found = features(text, language)
    likeness, weighed = fitting.score(model, found)
    return Learned(likeness, [(found[name], round(weight, 3)) for name, weight in weighed[:MOST_SHOWN]])


def model_in_use():
    """The newest model, kept per process; one query tells whether it still is. None where it is to be silent."""
    global _kept
    newest = LearnedModel.objects.order_by("-pk").values_list("pk", "created_at").first()
    if newest is None:
        return None
    key, model, figures = _kept
    if key != newest:
        row = LearnedModel.objects.filter(pk=newest[0]).first()
        if row is None:
            return None  # gone since: five newer ones came
        model, figures = fitting.Model(row.weights["bias"], row.weights["words"]), row.figures
        _kept = (newest, model, figures)
    return model if min(figures["approved"], figures["rejected"]) >= settings.MODERATION["learned_from"] else None


def forget():
    global _kept
    _kept = (None, None, None)
