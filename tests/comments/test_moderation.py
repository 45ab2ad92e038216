"""Decisions on comments, apart from the pages that ask for them."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from comments.likes import set_comment_like
from comments.models import Comment, NoticeAddress, Report
from comments.moderation import MOST_PICKS, decide, pick, seal
from comments.posting import edit_comment, withdraw
from comments.reports import report
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(edition):
    return factories.make_comment(factories.make_story(), status="pending")


def test_a_text_that_changed_after_it_was_read_is_not_decided_on(comment):
    read = seal(comment)
    edit_comment(comment.pk, "Another text.")
    # The change began long before the page was made: what counts is the text, not the time.
    Comment.objects.filter(pk=comment.pk).update(edited_at=timezone.now() - dt.timedelta(hours=1))
    with pytest.raises(ValidationError, match="Read it again"):
        decide(comment, "approved", seen=read)
    comment.refresh_from_db()
    assert comment.status == "pending"
    assert decide(comment, "approved", seen=seal(comment))


def test_what_is_kept_stays_what_it_has_become_meanwhile(comment):
    decide(comment, "approved")
    Report.objects.create(comment=comment, reporter="a" * 64, reason="spam")
    stale = Comment.objects.get(pk=comment.pk)
    Comment.objects.filter(pk=comment.pk).update(report_count=1)
    edit_comment(comment.pk, "Another text.")
    assert stale.status == "approved"
    assert decide(stale)
    comment.refresh_from_db()
    assert (comment.status, comment.report_count, comment.is_shown) == ("pending", 0, False)


def test_a_comment_that_its_writer_deleted_cannot_come_back(comment):
    withdraw(comment.pk)
    with pytest.raises(ValidationError, match="deleted this comment"):
        decide(comment, "approved")
    assert not Comment.objects.filter(is_shown=True).exists()


def test_a_decision_handles_the_reports_also_when_the_comment_stays(comment):
    decide(comment, "approved")
    user = factories.make_user()
    Report.objects.create(comment=comment, reporter="a" * 64, reason="spam")
    Comment.objects.filter(pk=comment.pk).update(report_count=1)
    assert decide(comment, "approved", user)
    comment.refresh_from_db()
    assert (comment.status, comment.report_count, comment.decided_by) == ("approved", 0, user)
    assert comment.reports.get().handled_at is not None
    assert decide(comment, "approved", user) is None
    comment.article.stats.refresh_from_db()
    assert comment.article.stats.comment_count == 1


def test_picks_are_few_and_begin_threads(comment):
    with pytest.raises(ValidationError, match="Only an approved comment"):
        pick(comment, True)
    decide(comment, "approved")
    with pytest.raises(ValidationError, match="Only an approved comment"):
        pick(factories.make_comment(comment.article, parent=comment), True)
    roots = [factories.make_comment(comment.article) for _number in range(MOST_PICKS)]
    for root in roots:
        pick(root, True)
    with pytest.raises(ValidationError, match="has 3 picks already"):
        pick(comment, True)
    pick(roots[0], True)
    pick(roots[0], False)
    pick(comment, True)
    assert Comment.objects.filter(is_pick=True).count() == MOST_PICKS
    elsewhere = factories.make_comment(factories.make_story(title="Another"))
    pick(elsewhere, True)


def test_what_is_taken_down_is_no_pick_any_more(comment):
    decide(comment, "approved")
    pick(comment, True)
    decide(comment, "removed")
    comment.refresh_from_db()
    assert comment.is_pick is False


def test_deleting_leaves_no_word_and_no_trace_of_the_writer(comment):
    user = factories.make_user()
    Comment.objects.filter(pk=comment.pk).update(
        user=user, reader="r" * 64, writer_key="w" * 16, network="n" * 64, submission="s" * 32
    )
    decide(comment, "approved")
    reply = factories.make_comment(comment.article, name="Ana", parent=comment)
    set_comment_like(comment.pk, "t" * 32, True)
    report(comment.pk, "r" * 64, "spam")
    withdraw(comment.pk)
    comment.refresh_from_db()
    assert (comment.likes.count(), comment.reports.count()) == (comment.like_count, comment.report_count) == (0, 0)
    assert [comment.name, comment.body, comment.html, comment.reader, comment.writer_key, comment.network] == [""] * 6
    assert (comment.user, comment.notify) == (None, None)
    # Kept, so that the same form sent again does not bring the comment back.
    assert comment.submission == "s" * 32
    assert comment.is_shown is True
    withdraw(reply.pk)
    comment.refresh_from_db()
    assert comment.is_shown is False


def test_with_the_last_comment_that_wanted_notices_its_address_counts_as_unconfirmed(comment):
    address = NoticeAddress.objects.create(email="petra@example.org", language="en", confirmed_at=timezone.now())
    first, last = [factories.make_comment(comment.article, notify=address) for _number in range(2)]
    withdraw(first.pk)
    address.refresh_from_db()
    assert address.confirmed_at is not None
    withdraw(last.pk)
    address.refresh_from_db()
    assert address.confirmed_at is None


def test_a_change_within_the_time_waits_again_and_its_replies_stay(comment):
    decide(comment, "approved")
    factories.make_comment(comment.article, name="Ana", parent=comment)
    edit_comment(comment.pk, "Another *text*.")
    comment.refresh_from_db()
    assert (comment.status, comment.is_shown, comment.body) == ("pending", True, "Another *text*.")
    assert "<em>text</em>" in comment.html
    comment.article.stats.refresh_from_db()
    assert comment.article.stats.comment_count == 1
    decide(comment, "approved")
    comment.article.stats.refresh_from_db()
    assert comment.article.stats.comment_count == 2


def test_a_change_after_the_time_is_refused(comment, time_machine):
    time_machine.move_to(comment.created_at + dt.timedelta(minutes=15), tick=False)
    with pytest.raises(ValidationError, match="15 minutes have passed"):
        edit_comment(comment.pk, "Another text.")
    time_machine.move_to(comment.created_at + dt.timedelta(minutes=14, seconds=59), tick=False)
    edit_comment(comment.pk, "Another text.")


@pytest.mark.parametrize("status", ["rejected", "removed"])
def test_what_was_taken_down_cannot_be_changed(comment, status):
    decide(comment, "approved")
    decide(comment, status)
    with pytest.raises(ValidationError, match="taken down"):
        edit_comment(comment.pk, "Another text.")
