"""Decisions as lines of the log: what they keep, who was faster, and what an undo brings back."""

import pytest
from django.core.exceptions import ValidationError

from articles.models import ArticleStats
from comments.models import Comment, Decision, Mail
from comments.moderation import Overtaken, decide, pick, refusal, undo
from comments.notices import confirm, subscribe
from comments.posting import edit_comment, withdraw
from comments.reports import report
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia(db):
    return factories.make_user("mia@example.org", "Mia Kos")


@pytest.fixture
def comment(story):
    return factories.make_comment(story, status="pending")


def counted(story):
    return ArticleStats.objects.get(article=story).comment_count


def stands(comment):
    comment.refresh_from_db()
    return comment.status, comment.is_pick, comment.is_spam


def test_a_decision_is_a_line_of_the_log(comment, mia):
    made = decide(comment, "approved", mia, why="On topic")
    line = Decision.objects.get()
    assert line == made
    assert (line.action, line.user, line.comment, line.why) == ("approve", mia, comment, "On topic")
    assert line.body == "A good word."
    assert line.was == {"status": "pending", "is_pick": False, "is_spam": False}
    comment.refresh_from_db()
    assert (comment.decided_by, comment.decided_at, comment.decision_count) == (mia, line.made_at, 1)


def test_nothing_is_logged_where_nothing_changes(comment, mia):
    decide(comment, "approved", mia)
    assert decide(comment, "approved", mia) is None
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("before", "after"), [("pending", "rejected"), ("approved", "removed"), ("removed", "removed")]
)
def test_what_readers_saw_is_removed_the_rest_rejected(story, before, after):
    assert refusal(factories.make_comment(story, status=before)) == after


def test_spam_is_rejected_and_says_so(comment, mia):
    assert decide(comment, "rejected", mia, is_spam=True).action == "spam"
    assert stands(comment) == ("rejected", False, True)


def test_what_was_rejected_becomes_spam_and_back(comment, mia):
    decide(comment, "rejected", mia)
    assert decide(comment, "rejected", mia, is_spam=True).action == "spam"
    assert decide(comment, "rejected", mia).action == "reject"
    assert stands(comment) == ("rejected", False, False)


def test_approved_is_never_spam(comment, mia):
    decide(comment, "rejected", mia, is_spam=True)
    decide(comment, "approved", mia, is_spam=True)
    assert stands(comment) == ("approved", False, False)


def test_the_second_of_two_moderators_is_told_by_whom(comment, mia):
    decide(comment, "approved", mia, count=0)
    marko = factories.make_user("marko@example.org", "Marko Kralj")
    with pytest.raises(Overtaken, match="Mia Kos was faster: approved") as refused:
        decide(comment, "rejected", marko, count=0)
    assert refused.value.decision.user == mia
    assert stands(comment)[0] == "approved"
    decide(comment, "removed", marko, count=1)
    assert stands(comment)[0] == "removed"


def test_the_pipeline_is_named_where_it_was_faster(comment):
    decide(comment, "approved", None)
    with pytest.raises(Overtaken, match="The pipeline was faster"):
        decide(comment, "rejected", count=0)


def test_undo_brings_an_approval_back_to_the_queue(story, comment, mia):
    made = decide(comment, "approved", mia)
    assert counted(story) == 1
    line = undo(made, mia)
    assert (line.action, line.undoes, line.user) == ("undo", made, mia)
    assert stands(comment) == ("pending", False, False)
    assert (comment.decided_at, comment.decided_by, comment.is_shown) == (None, None, False)
    assert counted(story) == 0


def test_undo_shows_again_what_was_removed_with_its_pick_and_its_reports(story, mia):
    comment = factories.make_comment(story)
    pick(comment, True, mia)
    report(comment.pk, "r" * 64, "spam")
    made = decide(comment, "removed", mia, is_spam=True)
    assert stands(comment) == ("removed", False, True)
    undo(made, mia)
    assert stands(comment) == ("approved", True, False)
    assert comment.report_count == 1
    assert comment.reports.filter(handled_at=None, decision=None).count() == 1
    assert counted(story) == 1


def test_undo_of_keep_reopens_the_reports(story, mia):
    comment = factories.make_comment(story)
    report(comment.pk, "r" * 64, "spam")
    made = decide(comment, user=mia)
    assert made.action == "keep"
    undo(made, mia)
    comment.refresh_from_db()
    assert (comment.status, comment.report_count) == ("approved", 1)


def test_undo_of_a_pick_and_of_taking_it_back(story, mia):
    comment = factories.make_comment(story)
    undo(pick(comment, True, mia), mia)
    assert stands(comment) == ("approved", False, False)
    picked = pick(comment, True, mia)
    undo(pick(comment, False, mia), mia)
    assert stands(comment) == ("approved", True, False)
    assert picked.action == "pick"


def test_a_pick_that_has_no_room_left_is_not_brought_back(story, mia):
    comment = factories.make_comment(story)
    pick(comment, True, mia)
    made = pick(comment, False, mia)
    for number in range(3):
        pick(factories.make_comment(story, f"Reader {number}"), True, mia)
    with pytest.raises(ValidationError, match="3 picks already"):
        undo(made, mia)
    assert stands(comment) == ("approved", False, False)


def test_what_somebody_decided_on_since_is_not_undone(comment, mia):
    first = decide(comment, "approved", mia)
    decide(comment, "removed", factories.make_user("marko@example.org", "Marko Kralj"))
    with pytest.raises(Overtaken, match="Marko Kralj was faster: removed"):
        undo(first, mia)
    assert stands(comment)[0] == "removed"


def test_undone_is_not_undone_twice(comment, mia):
    made = decide(comment, "approved", mia)
    undo(made, mia)
    with pytest.raises(ValidationError, match="undone already"):
        undo(made, mia)
    assert Decision.objects.count() == 2


def test_two_decisions_are_undone_one_after_the_other(comment, mia):
    approved = decide(comment, "approved", mia)
    picked = pick(comment, True, mia)
    with pytest.raises(Overtaken, match="picked"):
        undo(approved, mia)
    undo(picked, mia)
    undo(approved, mia)
    assert stands(comment) == ("pending", False, False)


def test_an_undo_is_no_decision_to_undo(comment, mia):
    line = undo(decide(comment, "approved", mia), mia)
    with pytest.raises(ValidationError, match="nothing before"):
        undo(line, mia)
    assert stands(comment)[0] == "pending"


def test_a_text_that_changed_since_is_not_undone(comment, mia):
    made = decide(comment, "approved", mia)
    edit_comment(comment.pk, "Another word.")
    with pytest.raises(ValidationError, match="changed this comment"):
        undo(made, mia)
    assert stands(comment)[0] == "pending"


def test_what_its_writer_deleted_is_not_undone(comment, mia):
    made = decide(comment, "approved", mia)
    withdraw(comment.pk)
    with pytest.raises(ValidationError, match="deleted this comment"):
        undo(made, mia)
    assert Comment.objects.get().status == "withdrawn"


def test_the_notice_of_a_reply_goes_out_once_whatever_is_undone(story, mia):
    address = subscribe("iva@example.org", "en")
    confirm(address)
    parent = factories.make_comment(story, notify=address)
    reply = factories.make_comment(story, "Iva", parent=parent, status="pending")
    undo(decide(reply, "approved", mia), mia)
    decide(reply, "approved", mia)
    assert Mail.objects.filter(kind="reply").count() == 1


def test_queries(comment, mia, django_assert_num_queries):
    with django_assert_num_queries(10):
        made = decide(comment, "approved", mia, count=0)
    with django_assert_num_queries(13):
        undo(Decision.objects.get(pk=made.pk), mia)
