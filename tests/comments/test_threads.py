import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from comments import threads
from comments.models import Comment
from comments.threads import REPLIES, add_comment, decide, newest_threads
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(edition):
    return factories.make_story()


def shown(article):
    return newest_threads(article)


def count(article):
    article.stats.refresh_from_db()
    return article.stats.comment_count


def test_replies_stand_below_what_they_answer(article):
    root = factories.make_comment(article)
    reply = factories.make_comment(article, name="Ana", parent=root)
    deep = factories.make_comment(article, name="Ivo", parent=reply)
    assert (deep.root, deep.depth, deep.reply_number) == (root, 2, 2)
    (node,) = shown(article)
    assert [child.name for child in node.replies] == ["Ana"]
    assert [child.name for child in node.replies[0].replies] == ["Ivo"]
    assert count(article) == 3


def test_a_pending_comment_is_seen_and_counted_by_nobody(article):
    factories.make_comment(article, status="pending")
    assert shown(article) == []
    assert count(article) == 0


def test_decisions_change_the_counts_once(article):
    root = factories.make_comment(article)
    comment = factories.make_comment(article, parent=root, status="pending")
    assert decide(comment, "approved") is True
    assert decide(comment, "approved") is False
    assert count(article) == 2
    root.refresh_from_db()
    assert root.reply_count == 1
    decide(comment, "rejected")
    assert count(article) == 1
    root.refresh_from_db()
    assert root.reply_count == 0


def test_a_decision_says_who_and_when(article):
    user = factories.make_user()
    comment = factories.make_comment(article, status="pending")
    decide(comment, "approved", user)
    comment.refresh_from_db()
    assert comment.decided_by == user
    assert comment.decided_at is not None


def test_a_removed_comment_with_replies_leaves_a_tombstone(article):
    root = factories.make_comment(article)
    factories.make_comment(article, name="Ana", parent=root)
    decide(root, "removed")
    (node,) = shown(article)
    assert node.is_removed
    assert [child.name for child in node.replies] == ["Ana"]
    lonely = factories.make_comment(article, name="Lonely")
    decide(lonely, "removed")
    assert len(shown(article)) == 1


def test_a_long_thread_is_capped(article):
    root = factories.make_comment(article)
    for number in range(REPLIES + 3):
        factories.make_comment(article, name=f"R{number}", parent=root)
    (node,) = shown(article)
    assert [reply.name for reply in node.replies] == [f"R{number}" for number in range(REPLIES)]
    assert node.more == "3 more replies"


def test_a_short_thread_has_no_more(article):
    root = factories.make_comment(article)
    for _number in range(REPLIES):
        factories.make_comment(article, parent=root)
    (node,) = shown(article)
    assert node.more == ""


def test_rejected_replies_take_no_place_of_visible_ones(article):
    root = factories.make_comment(article)
    for _number in range(REPLIES):
        factories.make_comment(article, parent=root, status="rejected")
    factories.make_comment(article, name="Thirteenth", parent=root)
    (node,) = shown(article)
    assert [reply.name for reply in node.replies] == ["Thirteenth"]
    assert node.more == ""


def test_beyond_the_numbers_looked_at_no_count_is_claimed(article, monkeypatch):
    monkeypatch.setattr(threads, "WINDOW", 3)
    monkeypatch.setattr(threads, "find_newest", type(threads.find_newest)(threads.newest_query, article=int))
    root = factories.make_comment(article)
    for _number in range(3):
        factories.make_comment(article, parent=root, status="rejected")
    factories.make_comment(article, name="Late", parent=root)
    (node,) = shown(article)
    assert node.replies == []
    assert node.more == "All replies of this thread"


def test_an_answer_to_a_rejected_reply_stays_in_the_thread(article):
    root = factories.make_comment(article)
    reply = factories.make_comment(article, name="Rude", parent=root)
    factories.make_comment(article, name="Calm", parent=reply)
    decide(reply, "rejected")
    (node,) = shown(article)
    assert [child.name for child in node.replies] == ["Calm"]


def test_threads_are_read_in_one_query(article, django_assert_num_queries):
    for number in range(3):
        root = factories.make_comment(article, name=f"R{number}")
        factories.make_comment(article, parent=root)
    with django_assert_num_queries(1):
        assert len(shown(article)) == 3


def test_a_reply_to_another_storys_comment_is_refused(article):
    other = factories.make_story(title="Another one")
    comment = factories.make_comment(other)
    with pytest.raises(ValidationError):
        add_comment(article, name="Ana", body="Hello.", parent=comment)


@pytest.mark.parametrize("change", [{"depth": 1}, {"status": "lost"}, {"name": ""}, {"reply_number": 3}])
def test_the_database_refuses_a_comment_that_contradicts_itself(article, change):
    comment = factories.make_comment(article)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**change)
