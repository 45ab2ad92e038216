import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from comments.models import Comment
from comments.moderation import decide, pick
from comments.posting import add_comment
from comments.threads import STORY, newest_threads
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
    assert (deep.root, deep.depth, deep.number) == (root, 2, 1)
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
    assert decide(comment, "approved")
    assert decide(comment, "approved") is None
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
    assert node.is_gone
    assert [child.name for child in node.replies] == ["Ana"]
    decide(factories.make_comment(article, name="Lonely"), "removed")
    assert len(shown(article)) == 1


def test_a_note_stands_only_as_long_as_it_is_needed(article):
    """Root, reply and its reply: the upper two are removed and stay as notes; with the last word both are gone."""
    root = factories.make_comment(article)
    reply = factories.make_comment(article, parent=root)
    last = factories.make_comment(article, parent=reply)
    decide(root, "removed")
    decide(reply, "removed")
    (node,) = shown(article)
    assert [(node.is_gone, node.replies[0].is_gone, node.replies[0].replies[0].is_gone)] == [(True, True, False)]
    assert count(article) == 1
    decide(last, "removed")
    assert shown(article) == []
    decide(last, "approved")
    assert len(shown(article)) == 1
    root.refresh_from_db()
    assert (root.reply_count, root.is_shown) == (1, True)


def test_an_answer_to_a_rejected_reply_stays_in_the_thread(article):
    root = factories.make_comment(article)
    reply = factories.make_comment(article, name="Rude", parent=root)
    factories.make_comment(article, name="Calm", parent=reply)
    decide(reply, "rejected")
    (node,) = shown(article)
    assert [child.is_gone for child in node.replies] == [True]
    assert [child.name for child in node.replies[0].replies] == ["Calm"]


def test_the_fourth_level_is_a_link(article):
    comment = None
    for name in ("One", "Two", "Three", "Four", "Five"):
        comment = factories.make_comment(article, name=name, parent=comment)
    (node,) = shown(article)
    third = node.replies[0].replies[0]
    assert (third.name, third.replies, third.more) == ("Three", [], "Continue this thread")
    assert (node.more, node.replies[0].more) == ("", "")


def test_a_comment_with_many_replies_is_capped(article):
    root = factories.make_comment(article)
    replies = [factories.make_comment(article, name=f"R{number}", parent=root) for number in range(STORY.replies + 3)]
    for name in ("A", "B"):
        factories.make_comment(article, name=name, parent=replies[0])
    (node,) = shown(article)
    assert [reply.name for reply in node.replies] == ["R0", "R1"]
    assert node.more == "3 more replies"
    assert [reply.name for reply in node.replies[0].replies] == ["A"]
    assert node.replies[0].more == "1 more reply"


def test_replies_that_nobody_saw_take_no_place_of_those_shown(article):
    root = factories.make_comment(article)
    for status in ("rejected", "pending", "rejected", "pending"):
        factories.make_comment(article, parent=root, status=status)
    factories.make_comment(article, name="Seen", parent=root)
    (node,) = shown(article)
    assert [reply.name for reply in node.replies] == ["Seen"]
    assert node.more == ""


def test_replies_stand_in_the_order_in_which_they_appeared(article):
    root = factories.make_comment(article)
    first = factories.make_comment(article, name="First", parent=root, status="pending")
    factories.make_comment(article, name="Second", parent=root)
    decide(first, "approved")
    (node,) = shown(article)
    assert [reply.name for reply in node.replies] == ["Second", "First"]
    decide(first, "rejected")
    decide(first, "approved")
    first.refresh_from_db()
    assert first.number == 2


def test_picks_stand_above_newer_ones(article):
    picked = factories.make_comment(article, name="Picked")
    factories.make_comment(article, name="Below", parent=picked)
    pick(picked, True)
    for number in range(STORY.roots):
        factories.make_comment(article, name=f"R{number}")
    names = [node.name for node in shown(article)]
    assert names == ["Picked", *(f"R{number}" for number in range(STORY.roots - 1, -1, -1))]
    assert shown(article)[0].replies[0].name == "Below"


def test_only_so_many_threads_stand_below_a_story(article):
    for number in range(STORY.roots + 1):
        factories.make_comment(article, name=f"R{number}")
    assert [node.name for node in shown(article)] == [f"R{number}" for number in range(STORY.roots, 0, -1)]


def test_demonstrations_are_for_local_installations(article, settings):
    factories.make_comment(article, name="Made up", is_demo=True)
    assert len(shown(article)) == 1
    settings.DEMO_IS_PUBLIC = False
    assert shown(article) == []


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


CONTRADICTIONS = [
    *({"depth": 1}, {"number": 3}, {"status": "lost"}, {"name": ""}, {"body": ""}),
    *({"is_shown": False}, {"status": "pending"}, {"status": "withdrawn"}, {"reply_count": -1}),
]


@pytest.mark.parametrize("change", CONTRADICTIONS, ids=str)
def test_the_database_refuses_a_comment_that_contradicts_itself(article, change):
    comment = factories.make_comment(article)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**change)


@pytest.mark.parametrize("change", [{"number": None}, {"number": 1}, {"is_pick": True}], ids=str)
def test_the_database_refuses_a_reply_that_contradicts_itself(article, change):
    root = factories.make_comment(article)
    factories.make_comment(article, parent=root)
    reply = factories.make_comment(article, parent=root)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=reply.pk).update(**change)


@pytest.mark.parametrize("change", [{"is_shown": True}, {"is_pick": True}, {"status": "approved"}, {"reply_count": 1}])
def test_the_database_shows_nothing_that_waits(article, change):
    comment = factories.make_comment(article, status="pending")
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.filter(pk=comment.pk).update(**change)
