"""Counters proved from the rows that they count, a window of rows at a time, so that memory stays small.

A window is compared without locks; only what differs is counted again under the lock that likes and comments take too,
so that a like given in the meantime is no difference.
"""

from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import Count, F, Q

from articles.likes import with_like
from articles.models import Article, ArticleStats, Like
from comments.models import Comment

ARTICLES, COMMENTS = 500, 5000
# A score that grew by one like at a time differs in its last digits from one summed at once.
TOLERANCE = 1e-6
SHOWN = Q(status=Comment.Status.APPROVED)


def recount(write):
    """Yields a sentence for each counter that differs, and sets it right if `write`."""
    yield from _recount_articles(write)
    yield from _recount_replies(write)


def _windows(queryset, size):
    last = 0
    while ids := list(queryset.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]):
        yield ids
        last = ids[-1]


def _recount_articles(write):
    for ids in _windows(Article.objects.all(), ARTICLES):
        true = _true_stats(ids)
        stats = {row.article_id: row for row in ArticleStats.objects.filter(article__in=ids)}
        for pk in ids:
            if pk not in stats or _differences(stats[pk], true[pk]):
                yield from _recount_article(pk, write)


def _true_stats(ids):
    """{article id: {counter: value}} of these stories."""
    likes, scores = Counter(), defaultdict(float)
    rows = Like.objects.filter(article__in=ids).order_by("article_id").values_list("article_id", "created_at")
    for pk, created_at in rows.iterator(chunk_size=2000):
        likes[pk] += 1
        scores[pk] = with_like(scores[pk], created_at)
    comments = Comment.objects.filter(SHOWN, article__in=ids).values_list("article_id").annotate(Count("pk"))
    counted = dict(comments.order_by())
    return {pk: {"like_count": likes[pk], "comment_count": counted.get(pk, 0), "like_score": scores[pk]} for pk in ids}


def _differences(stats, true):
    return {
        name: value
        for name, value in true.items()
        if abs(getattr(stats, name) - value) > (TOLERANCE if name == "like_score" else 0)
    }


@transaction.atomic
def _recount_article(pk, write):
    article = Article.objects.only("record_number", "language").get(pk=pk)
    stats = ArticleStats.objects.select_for_update().filter(article=article).first()
    found = [] if stats else [f"db#{article.record_number}: has no counters"]
    stats = stats or ArticleStats(article=article, language=article.language)
    for name, value in _differences(stats, _true_stats([pk])[pk]).items():
        found.append(f"db#{article.record_number}: {name} {getattr(stats, name):.10g}, counted {value:.10g}")
        setattr(stats, name, value)
    if found and write:
        stats.save()
    return found


def _recount_replies(write):
    for ids in _windows(Comment.objects.all(), COMMENTS):
        for pk in _counted_replies(pk__gte=ids[0], pk__lte=ids[-1]).exclude(true=F("reply_count")):
            yield from _recount_comment(pk.pk, write)


def _counted_replies(**which):
    shown = Q(replies__status=Comment.Status.APPROVED)
    return Comment.objects.filter(**which).annotate(true=Count("replies", filter=shown)).only("reply_count")


@transaction.atomic
def _recount_comment(pk, write):
    # The row's lock: an answer counts itself by changing this row.
    Comment.objects.select_for_update().get(pk=pk)
    comment = _counted_replies(pk=pk).get()
    if comment.true == comment.reply_count:
        return []
    if write:
        Comment.objects.filter(pk=pk).update(reply_count=comment.true)
    return [f"comment {pk}: reply_count {comment.reply_count}, counted {comment.true}"]
