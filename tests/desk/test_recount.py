import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.likes import like_score, set_like
from articles.models import ArticleStats, Like
from comments.models import Comment, CommentLike, Report
from comments.moderation import decide, undo
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(edition):
    """A story with three likes, and a thread in which every status stands."""
    article = factories.make_story()
    for number in range(3):
        set_like(article.pk, f"{number:032x}", True)
    root = factories.make_comment(article)
    for status in ("approved", "approved", "pending", "rejected"):
        factories.make_comment(article, parent=root, status=status)
    decide(factories.make_comment(article), "removed")
    return article


def recount(**options):
    out = io.StringIO()
    try:
        call_command("recount", stdout=out, **options)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_what_the_site_counted_is_right(story):
    assert recount(check=True) == (0, "All counters are right.\n")
    assert recount() == (0, "All counters are right.\n")


def test_wrong_counters_are_named_and_set_right(story):
    ArticleStats.objects.filter(article=story).update(like_count=7, comment_count=0, like_score=1)
    root = Comment.objects.get(reply_count=2)
    Comment.objects.filter(pk=root.pk).update(reply_count=9)
    code, out = recount()
    assert code == 0
    number = f"db#{story.record_number}"
    for line in (
        f"{number}: like_count 7, counted 3",
        f"{number}: comment_count 0, counted 3",
        f"{number}: like_score 1, ",
    ):
        assert line in out
    assert f"comment {root.pk}: reply_count 9, counted 2" in out
    assert "4 differed and were set right." in out
    stats = ArticleStats.objects.get(article=story)
    moments = Like.objects.values_list("created_at", flat=True)
    assert (stats.like_count, stats.comment_count) == (3, 3)
    assert stats.like_score == pytest.approx(like_score(moments))
    root.refresh_from_db()
    assert root.reply_count == 2
    assert recount(check=True)[0] == 0


def test_check_only_reports(story):
    ArticleStats.objects.filter(article=story).update(like_count=7)
    code, out = recount(check=True)
    assert code == 1
    assert "like_count 7, counted 3" in out
    assert "1 differed.\n" in out
    assert ArticleStats.objects.get(article=story).like_count == 7


def test_check_sees_replies(story):
    Comment.objects.filter(parent=None, is_shown=True).update(reply_count=7)
    code, out = recount(check=True)
    assert code == 1
    assert "reply_count 7, counted 2" in out


def test_likes_and_reports_of_comments(story):
    root = Comment.objects.get(reply_count=2)
    CommentLike.objects.create(comment=root, reader="a" * 64)
    Report.objects.create(comment=root, reporter="a" * 64, reason="spam")
    Report.objects.create(comment=root, reporter="b" * 64, reason="spam", handled_at=timezone.now())
    _code, out = recount()
    assert f"comment {root.pk}: like_count 0, counted 1" in out
    assert f"comment {root.pk}: report_count 0, counted 1" in out
    root.refresh_from_db()
    assert (root.like_count, root.report_count, root.reply_count) == (1, 1, 2)
    assert recount(check=True)[0] == 0


def test_how_often_a_comment_was_decided_on_is_counted_by_its_log(story):
    comment = factories.make_comment(story, status="pending")
    undo(decide(comment, "approved"), None)
    assert recount(check=True)[0] == 0
    Comment.objects.filter(pk=comment.pk).update(decision_count=7)
    assert f"comment {comment.pk}: decision_count 7, counted 2" in recount()[1]
    comment.refresh_from_db()
    assert comment.decision_count == 2


def test_a_note_that_no_reply_keeps_goes_and_its_parent_learns_of_it(story):
    """Three comments one below the other, the upper two removed; the database lost the lowest one's counting."""
    top = factories.make_comment(story)
    middle = factories.make_comment(story, parent=top)
    lowest = factories.make_comment(story, parent=middle)
    for comment in (top, middle):
        decide(comment, "removed")
    Comment.objects.filter(pk=lowest.pk).update(status="rejected", is_shown=False)
    ArticleStats.objects.update(comment_count=3)
    _code, out = recount()
    assert f"comment {middle.pk}: reply_count 1, counted 0" in out
    for comment in (top, middle):
        comment.refresh_from_db()
        assert (comment.is_shown, comment.reply_count) == (False, 0)
    assert recount(check=True) == (0, "All counters are right.\n")


def test_missing_counters_are_made(story):
    ArticleStats.objects.filter(article=story).delete()
    assert recount(check=True)[0] == 1
    assert not ArticleStats.objects.exists()
    assert "has no counters" in recount()[1]
    stats = ArticleStats.objects.get(article=story)
    assert (stats.like_count, stats.comment_count, stats.language) == (3, 3, "en")


def test_a_score_without_likes_is_nothing(story):
    Like.objects.all().delete()
    recount()
    stats = ArticleStats.objects.get(article=story)
    assert (stats.like_count, stats.like_score) == (0, 0)


def test_old_likes_weigh_less(story):
    Like.objects.update(created_at=timezone.now() - dt.timedelta(weeks=52))
    before = ArticleStats.objects.get(article=story).like_score
    recount()
    assert ArticleStats.objects.get(article=story).like_score == pytest.approx(before - 52, abs=0.01)


def test_many_windows(story, monkeypatch):
    """Windows end where they should: nothing is left out at their edges."""
    monkeypatch.setattr("desk.recounting.ARTICLES", 2)
    monkeypatch.setattr("desk.recounting.COMMENTS", 2)
    for number in range(5):
        factories.make_story(title=f"Story {number}", slug=f"story-{number}")
    ArticleStats.objects.update(like_count=50)
    Comment.objects.filter(is_shown=True).update(reply_count=50)
    code, out = recount(check=True)
    assert code == 1
    assert out.count("like_count 50") == 6
    assert out.count("reply_count 50") == Comment.objects.filter(is_shown=True).count() > 2


def test_queries_do_not_grow_with_rows(story, django_assert_max_num_queries):
    for number in range(20):
        factories.make_story(title=f"Story {number}", slug=f"story-{number}")
    with django_assert_max_num_queries(10):
        recount(check=True)
