"""Counters proved from the rows that they count, a window of rows at a time, so that memory stays small.

A window is compared without locks; only what differs is counted again under the lock that likes and comments take too,
so that a like given in the meantime is no difference.
"""

from collections import Counter, defaultdict

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from articles.likes import with_like
from articles.models import Article, ArticleStats, Like
from comments.models import Comment, CommentLike, Decision, Report
from comments.visibility import locked, set_status

ARTICLES, COMMENTS = 500, 5000
# A score that grew by one like at a time differs in its last digits from one summed at once.
TOLERANCE = 1e-6
SHOWN = Q(status=Comment.Status.APPROVED)


def recount(write):
    """Yields a sentence for each counter that differs, and sets it right if `write`."""
    yield from _recount_articles(write)
    yield from _recount_comments(write)


def _windows(queryset, size, youngest_first=False):
    order, beyond = ("-pk", "pk__lt") if youngest_first else ("pk", "pk__gt")
    rows = queryset.order_by(order).values_list("pk", flat=True)
    ids = list(rows[:size])
    while ids:
        yield ids
        ids = list(rows.filter(**{beyond: ids[-1]})[:size])


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


def _recount_comments(write):
    """The youngest first: whether a comment is shown may follow from its replies, which are younger."""
    for ids in _windows(Comment.objects.all(), COMMENTS, youngest_first=True):
        window = _counted(pk__gte=ids[-1], pk__lte=ids[0]).order_by("-pk")
        for pk in list(window.filter(_DIFFERS).values_list("pk", flat=True)):
            yield from _recount_comment(pk, write)


def _counted(**which):
    """Comments with what their counters should say. Subqueries: joins of three tables would multiply each other."""
    return Comment.objects.filter(**which).annotate(
        true_reply_count=_count(Comment.objects.filter(parent=OuterRef("pk"), is_shown=True), "parent"),
        true_like_count=_count(CommentLike.objects.filter(comment=OuterRef("pk")), "comment"),
        true_report_count=_count(Report.objects.filter(comment=OuterRef("pk"), handled_at=None), "comment"),
        true_decision_count=_count(Decision.objects.filter(comment=OuterRef("pk")), "comment"),
    )


def _count(rows, key):
    return Coalesce(Subquery(rows.order_by().values(key).annotate(n=Count("pk")).values("n")), 0)


_COUNTERS = ["reply_count", "like_count", "report_count", "decision_count"]
_DIFFERS = Q(*[~Q(**{name: F(f"true_{name}")}) for name in _COUNTERS], _connector=Q.OR)


@transaction.atomic
def _recount_comment(pk, write):
    # The thread's lock: whatever changes one of these counters takes it, or the row's own.
    locked(pk)
    comment = _counted(pk=pk).get()
    found = []
    for name in _COUNTERS:
        stored, true = getattr(comment, name), getattr(comment, f"true_{name}")
        if stored != true:
            found.append(f"comment {pk}: {name} {stored}, counted {true}")
            setattr(comment, name, true)
    if found and write:
        comment.save(update_fields=["like_count", "report_count", "decision_count"])
        set_status(comment, comment.status)
    return found
