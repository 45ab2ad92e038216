"""Who is asked, who is told, and that nobody is asked or told twice."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress

from comments import moderation, notices
from comments.models import Comment, Mail, NoticeAddress
from comments.posting import withdraw
from comments.reports import report
from tests import factories

NOW = "2026-11-24T10:00:00Z"


@pytest.fixture
def now(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


def confirmed(email="petra@example.org", language="en"):
    address = NoticeAddress.objects.create(email=email, language=language)
    notices.confirm(address)
    return address


def asked_and_answered(status="pending", **fields):
    """A comment of somebody who wants to hear of replies, and a reply of somebody else."""
    address = confirmed(**fields)
    story = factories.make_story()
    comment = factories.make_comment(story, notify=address)
    return factories.make_comment(story, name="Luka", body="So it is.", parent=comment, status=status)


def test_an_address_is_asked_before_anything_else_goes_there(db):
    address = notices.subscribe(" Petra@Example.ORG ", "hr")
    assert (address.email, address.language, address.confirmed_at) == ("petra@example.org", "hr", None)
    assert list(Mail.objects.values_list("kind", "address", "reply")) == [("confirm", address.pk, None)]


def test_an_address_is_asked_once_in_24_hours(db, now):
    first = notices.subscribe("petra@example.org", "en")
    now.shift(dt.timedelta(hours=23, minutes=59))
    assert notices.subscribe("PETRA@example.org", "hr") == first
    assert Mail.objects.count() == NoticeAddress.objects.count() == 1
    now.shift(dt.timedelta(minutes=1))
    notices.subscribe("petra@example.org", "hr")
    assert Mail.objects.count() == 2
    assert NoticeAddress.objects.get().language == "hr"


def test_a_confirmed_address_is_not_asked_again(db):
    address = confirmed()
    assert notices.subscribe("petra@example.org", "hr") == address
    assert not Mail.objects.exists()
    assert NoticeAddress.objects.get().language == "en"


def test_an_address_that_stopped_the_mails_is_asked_anew(db):
    address = confirmed()
    notices.stop(address)
    notices.subscribe("petra@example.org", "en")
    assert Mail.objects.get().kind == "confirm"
    assert NoticeAddress.objects.get().unsubscribed_at


@pytest.mark.parametrize("is_stopped", [False, True])
def test_an_account_that_has_proven_its_address_is_not_asked(db, is_stopped):
    user = factories.make_user("ana@example.org")
    EmailAddress.objects.create(user=user, email="Ana@example.org", verified=True)
    if is_stopped:
        notices.stop(confirmed("ana@example.org"))
    address = notices.subscribe("ana@example.org", "en", account=user)
    address.refresh_from_db()
    assert address.confirmed_at
    assert not address.unsubscribed_at
    assert not Mail.objects.exists()


@pytest.mark.parametrize(("email", "verified"), [("ana@example.org", False), ("mia@example.org", True)])
def test_an_account_proves_no_address_but_its_own(db, email, verified):
    user = factories.make_user("ana@example.org")
    EmailAddress.objects.create(user=user, email=email, verified=verified)
    assert notices.subscribe("ana@example.org", "en", account=user).confirmed_at is None
    assert Mail.objects.get().kind == "confirm"


def test_somebody_elses_proof_is_none(db):
    EmailAddress.objects.create(user=factories.make_user("ana@example.org"), email="ana@example.org", verified=True)
    other = factories.make_user("mia@example.org", "Mia")
    assert notices.subscribe("ana@example.org", "en", account=other).confirmed_at is None


def test_a_reply_is_announced_when_it_is_shown_first(edition):
    reply = asked_and_answered()
    assert not Mail.objects.exists()
    moderation.decide(reply, "approved")
    assert list(Mail.objects.values_list("kind", "reply")) == [("reply", reply.pk)]
    moderation.decide(reply, "rejected")
    moderation.decide(reply, "approved")
    assert Mail.objects.count() == 1


def test_nobody_is_told_of_what_they_wrote_themselves(edition):
    address, story = confirmed(), factories.make_story()
    comment = factories.make_comment(story, notify=address, reader="a" * 64)
    factories.make_comment(story, parent=comment, reader="a" * 64)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("state", ["unconfirmed", "stopped"])
def test_who_does_not_want_it_is_not_told(edition, state):
    address, story = confirmed(), factories.make_story()
    comment = factories.make_comment(story, notify=address)
    if state == "stopped":
        notices.stop(address)
    else:
        NoticeAddress.objects.update(confirmed_at=None)
    factories.make_comment(story, name="Luka", parent=Comment.objects.get(pk=comment.pk))
    assert not Mail.objects.exists()


def test_a_reply_that_is_deleted_takes_its_mail_along(edition):
    reply = asked_and_answered()
    moderation.decide(reply, "approved")
    assert Mail.objects.get().reply == reply
    withdraw(reply.pk)
    assert not Mail.objects.exists()


def test_a_report_that_is_done_announces_nothing(edition):
    """Whoever wants to hear of replies from now on is not told of old ones."""
    reply = asked_and_answered("approved")
    Mail.objects.all().delete()
    report(reply.pk, "r" * 64, "spam")
    assert moderation.decide(reply)
    assert not Mail.objects.exists()
