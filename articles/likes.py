"""Likes: one per reader and story, idempotent, counted in the same transaction.

The table holds an HMAC of the reader's cookie (authors/readers.py) with the story, so the likes of one reader cannot be
linked across stories.
"""

import datetime as dt
import math

from django.db import transaction
from django.utils.crypto import salted_hmac

from .models import ArticleStats, Like

SCORE_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
WEEK_SECONDS = 7 * 86_400


def reader_of(token, article_id):
    return salted_hmac("newsroom.like", f"{token}:{article_id}", algorithm="sha256").hexdigest()


def likes(token, article_id):
    return bool(token) and Like.objects.filter(article_id=article_id, reader=reader_of(token, article_id)).exists()


@transaction.atomic
def set_like(article_id, token, liked):
    """Makes it so that the reader likes the story, or not. Returns the story's count of likes."""
    # The lock comes first: what changes the counters of one story happens one after another.
    stats = ArticleStats.objects.select_for_update().get(article_id=article_id)
    reader = reader_of(token, article_id)
    given = Like.objects.filter(article_id=article_id, reader=reader).first()
    if bool(given) == liked:
        return stats.like_count
    if liked:
        given = Like.objects.create(article_id=article_id, reader=reader)
        stats.like_score = with_like(stats.like_score, given.created_at)
    else:
        given.delete()
        stats.like_score = without_like(stats.like_score, given.created_at) if stats.like_count > 1 else 0
    stats.like_count += 1 if liked else -1
    stats.save(update_fields=["like_count", "like_score"])
    return stats.like_count


def with_like(score, moment):
    """The score (ArticleStats.like_score) after one more like."""
    if score == 0:
        return weeks(moment)
    low, high = sorted([score, weeks(moment)])
    return high + math.log2(1 + 2 ** (low - high))


def without_like(score, moment):
    rest = 1 - 2 ** (weeks(moment) - score)
    return score + math.log2(rest) if rest > 0 else 0.0


def weeks(moment):
    return (moment - SCORE_EPOCH).total_seconds() / WEEK_SECONDS


def like_score(moments):
    """ArticleStats.like_score of likes given at these moments; 0 without any."""
    exponents = [weeks(moment) for moment in moments]
    if not exponents:
        return 0.0
    top = max(exponents)
    return top + math.log2(sum(2 ** (exponent - top) for exponent in exponents))
