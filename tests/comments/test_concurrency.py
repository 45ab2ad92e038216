"""What readers and moderators do to comments at the same moment, in several connections."""

import pytest
from django.core.exceptions import ValidationError

from comments.likes import set_comment_like
from comments.models import Comment, CommentLike
from comments.moderation import decide, pick
from comments.posting import add_comment, edit_comment, post, withdraw
from desk.recounting import recount
from tests import factories
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


@pytest.fixture
def article(transactional_db):
    factories.make_edition()
    return factories.make_story()


@pytest.fixture(autouse=True)
def _counters_are_right():
    yield
    assert list(recount(write=False)) == []


def refused(task):
    """Runs the task; whether it was refused with a sentence."""

    def run():
        try:
            task()
        except ValidationError:
            return True
        return False

    return run


def test_one_reader_liking_a_hundred_times_at_once_is_one_like(article):
    comment = factories.make_comment(article)

    def like_five_times():
        for _turn in range(5):
            set_comment_like(comment.pk, "a" * 32, liked=True)

    at_once(*[like_five_times] * 20)
    comment.refresh_from_db()
    assert comment.like_count == CommentLike.objects.count() == 1


def test_many_readers_liking_and_taking_back_at_once_are_all_counted(article):
    comment = factories.make_comment(article)
    for reader in range(8):
        set_comment_like(comment.pk, f"{reader:032x}", liked=True)
    at_once(*[lambda r=reader: set_comment_like(comment.pk, f"{r:032x}", liked=r >= 8) for reader in range(4, 12)])
    comment.refresh_from_db()
    assert comment.like_count == CommentLike.objects.count() == 8


def test_a_form_sent_many_times_at_once_is_one_comment(article):
    def send():
        return post(article, submission="a" * 32, name="Petra", body="Once.")

    results = at_once(*[send] * 8)
    assert sorted(is_new for _comment, is_new in results) == [False] * 7 + [True]
    assert Comment.objects.count() == 1


def test_replies_shown_at_once_have_numbers_of_their_own(article):
    root = factories.make_comment(article)
    at_once(
        *[lambda: add_comment(article, name="Ana", body="A reply.", parent=root, status="approved") for _ in range(8)]
    )
    assert sorted(root.replies.values_list("number", flat=True)) == list(range(1, 9))
    article.stats.refresh_from_db()
    assert article.stats.comment_count == 9


def test_a_reply_while_its_parent_is_deleted(article):
    """Either the reply came first, and a note stays above it; or it is refused with a sentence."""
    for number in range(ROUNDS):
        root = factories.make_comment(article, name=f"Root {number}")
        answer = refused(lambda r=root: add_comment(article, name="Ana", body="A reply.", parent=r, status="approved"))
        was_refused, _none = at_once(answer, lambda r=root: withdraw(r.pk))
        root.refresh_from_db()
        assert root.status == "withdrawn"
        assert (root.reply_count, root.is_shown) == ((0, False) if was_refused else (1, True))


def test_an_edit_while_the_comment_is_deleted(article):
    """Whichever came last, not a word of a deleted comment is left."""
    for _number in range(ROUNDS):
        comment = factories.make_comment(article, status="pending")
        at_once(refused(lambda c=comment: edit_comment(c.pk, "Changed.")), lambda c=comment: withdraw(c.pk))
        comment.refresh_from_db()
        assert (comment.status, comment.body, comment.html, comment.name) == ("withdrawn", "", "", "")


def test_a_decision_while_the_comment_is_deleted(article):
    for _number in range(ROUNDS):
        comment = factories.make_comment(article, status="pending")
        at_once(refused(lambda c=comment: decide(c, "approved")), lambda c=comment: withdraw(c.pk))
        comment.refresh_from_db()
        assert (comment.status, comment.is_shown) == ("withdrawn", False)
    article.stats.refresh_from_db()
    assert article.stats.comment_count == 0


def test_a_comment_deleted_twice_at_once_is_counted_once(article):
    root = factories.make_comment(article)
    reply = factories.make_comment(article, parent=root)
    at_once(*[lambda: withdraw(reply.pk)] * 4)
    root.refresh_from_db()
    article.stats.refresh_from_db()
    assert (root.reply_count, article.stats.comment_count) == (0, 1)


def test_decisions_up_and_down_one_thread_at_once(article):
    """Nobody waits for somebody who waits for them, and every note that is needed stands."""
    root = factories.make_comment(article)
    reply = factories.make_comment(article, parent=root)
    last = factories.make_comment(article, parent=reply)
    for _number in range(ROUNDS):
        at_once(*[lambda c=comment: decide(c, "removed") for comment in (root, reply, last)])
        assert not Comment.objects.filter(is_shown=True).exists()
        at_once(*[lambda c=comment: decide(c, "approved") for comment in (last, root, reply)])
        assert Comment.objects.filter(is_shown=True).count() == 3


def test_more_picks_at_once_than_a_story_has_places(article):
    comments = [factories.make_comment(article) for _number in range(5)]
    at_once(*[refused(lambda c=comment: pick(c, True)) for comment in comments])
    assert Comment.objects.filter(is_pick=True).count() == 3
