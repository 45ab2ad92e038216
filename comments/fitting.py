"""Logistic regression in plain Python, and how well it does on texts that it has not seen. Knows no database.

An example is (features, is_approved). A text counts the same whether it is long or short: each of its n features
stands for 1/√n. docs/decisions/0021-classifier.md says why this and no other.
"""

import math
import random
import time
from collections import Counter
from typing import NamedTuple

ROUNDS, RATE, DECAY = 15, 1.0, 0.005
# Words that fewer texts hold teach nothing; of the rest the most frequent.
LEAST_TEXTS, MOST_FEATURES = 2, 20_000


class Model(NamedTuple):
    bias: float
    weights: dict


class Score(NamedTuple):
    likeness: int
    # [(feature, what it added)], the heaviest first; above zero it speaks for approval.
    weighed: list


def fit(examples, *, until=None):
    """A Model of [(features, is_approved), …], the same for the same. Ends early at `until` (time.monotonic())."""
    counts = Counter(feature for features, _is_approved in examples for feature in features)
    known = dict.fromkeys((name for name, count in counts.most_common(MOST_FEATURES) if count >= LEAST_TEXTS), 0.0)
    rows = [([name for name in features if name in known], float(is_approved)) for features, is_approved in examples]
    weights, bias, draw = known, 0.0, random.Random(5)  # noqa: S311 the same order each time
    for turn in range(ROUNDS):
        draw.shuffle(rows)
        bias = _round(rows, weights, bias, RATE / (1 + turn / 3), until)
        if until and time.monotonic() > until:
            break
    return Model(round(bias, 4), {name: round(weight, 4) for name, weight in weights.items() if abs(weight) > 0.001})


def _round(rows, weights, bias, rate, until):
    for at, (features, wanted) in enumerate(rows):
        share = 1 / math.sqrt(len(features) or 1)
        error = wanted - _chance(bias + share * sum(weights[name] for name in features))
        bias += rate * error * 0.1
        step, keep = rate * error * share, 1 - rate * DECAY
        for name in features:
            weights[name] = weights[name] * keep + step
        if until and at % 500 == 0 and time.monotonic() > until:
            break
    return bias


def score(model, features):
    known = [name for name in features if name in model.weights]
    share = 1 / math.sqrt(len(known) or 1)
    weighed = sorted(((name, share * model.weights[name]) for name in known), key=lambda pair: -abs(pair[1]))
    return Score(round(100 * _chance(model.bias + sum(weight for _name, weight in weighed))), weighed)


def _chance(value):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def figures(judged, below):
    """How it did on [(likeness, is_approved), …] where it calls everything `below` a likeness turned down.

    precision: of what it would have turned down, what moderators did turn down; recall: of what they turned down, what
    it would have. None where there is nothing to divide by.
    """
    found = Counter((likeness < below, is_approved) for likeness, is_approved in judged)
    right, wrong, missed = found[True, False], found[True, True], found[False, False]
    return {
        "below": below,
        "right": right,
        "wrong": wrong,
        "missed": missed,
        "precision": _share(right, right + wrong),
        "recall": _share(right, right + missed),
    }


def _share(part, whole):
    return round(part / whole, 4) if whole else None


def bands(judged):
    """For each tenth of likeness: [approved, turned down] of [(likeness, is_approved), …]."""
    found = [[0, 0] for _ in range(10)]
    for likeness, is_approved in judged:
        found[min(likeness // 10, 9)][0 if is_approved else 1] += 1
    return found
