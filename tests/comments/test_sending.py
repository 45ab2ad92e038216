"""Mails that go out over a real SMTP server on loopback: what they say, and what happens while it is away."""

import datetime as dt
import os
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail as django_mail
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import get_language

from comments import moderation, notices, sending
from comments.models import Mail, NoticeAddress
from tests import factories
from tests.comments.test_notices import asked_and_answered, confirmed
from tests.mail_server import Inbox, free_port, mail_server
from tests.processes import run_at_once
from tests.reading import in_croatian
from tests.together import at_once


@pytest.fixture
def now(time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    return time_machine


@pytest.fixture
def port(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_TIMEOUT = 5
    settings.SITE_URL = "https://news.example.org"
    settings.DEFAULT_FROM_EMAIL = "Tech & Space <noreply@news.example.org>"
    return settings.EMAIL_PORT


@pytest.fixture
def inbox(port):
    with mail_server(port, Inbox()) as inbox:
        yield inbox


def text_of(message):
    assert message.get_content_type() == "text/plain"
    return message.get_content().replace("\r\n", "\n")


def header(message, name):
    """Without the fold that may come first in a long one."""
    return message[name].strip()


def test_a_question_arrives_whole_and_its_link_confirms(db, inbox, client):
    notices.subscribe("petra@example.org", "en")
    assert sending.send_due() == 1
    (message,) = inbox.mails
    assert message.envelope_to == ["petra@example.org"]
    assert message["To"] == "petra@example.org"
    assert message["From"] == "Tech & Space <noreply@news.example.org>"
    assert header(message, "Subject") == "Tech & Space: do you want to hear of replies?"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"].endswith("@news.example.org>")
    links = [line for line in text_of(message).splitlines() if line.startswith("https://news.example.org/comments/")]
    confirm, stop = [link.removeprefix("https://news.example.org") for link in links]
    assert header(message, "List-Unsubscribe") == f"<https://news.example.org{stop}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client.post(confirm, headers={"sec-fetch-site": "same-origin"})
    assert NoticeAddress.objects.get().confirmed_at
    client.post(stop, {"List-Unsubscribe": "One-Click"})
    assert NoticeAddress.objects.get().unsubscribed_at
    assert sending.send_due() == 0


def test_a_reply_arrives_with_what_it_says_and_where_it_stands(edition, inbox):
    reply = asked_and_answered("approved")
    assert sending.send_due() == 1
    (message,) = inbox.mails
    assert header(message, "Subject") == "A reply to your comment on “A model learns to wait”"
    text = text_of(message)
    assert "Luka replied to your comment on “A model learns to wait”:\n\n> So it is.\n" in text
    place = f"comments/?thread={reply.pk}#c{reply.pk}"
    assert f"\nhttps://news.example.org/ai/a-model-learns-to-wait/{place}\n" in text
    assert f"\n{header(message, 'List-Unsubscribe').strip('<>')}\n" in text


def test_mails_speak_the_language_of_their_address(edition, inbox):
    notices.subscribe("petra@example.org", "hr")
    asked_and_answered("approved", email="ana@example.org", language="hr")
    assert sending.send_due() == 2
    for message in inbox.mails:
        assert header(message, "List-Unsubscribe").startswith("<https://news.example.org/hr/comments/notices/")
    question, reply = inbox.mails
    assert in_croatian("To stop these mails, open this page and press the button there:") in text_of(question)
    assert "https://news.example.org/hr/comments/notices/" in text_of(question)
    assert header(reply, "Subject") == in_croatian("A reply to your comment on “%(title)s”") % {
        "title": "A model learns to wait"
    }


def test_the_language_is_not_that_of_the_worker(db, monkeypatch):
    monkeypatch.setattr("comments.notice_mails.render_to_string", lambda *_args: get_language())
    notices.subscribe("petra@example.org", "hr")
    notices.subscribe("luka@example.org", "en")
    sending.send_due()
    assert [message.body for message in django_mail.outbox] == ["hr", "en"]


HOSTILE = (
    "So it is.\r\nBcc: z@example.org\r\n\r\n</p><script>alert(1)</script> &amp; {{ settings }} \u202egnp.exe\x1b[0m"
)


def test_hostile_words_stay_words(edition, inbox):
    """Title, name and text with line ends, markup, directions and escapes: one mail, to one address, no header more."""
    reply = asked_and_answered("approved")
    type(reply).objects.filter(pk=reply.pk).update(name="Eve\r\nBcc: x@example.org\u2028\u202e<b>", body=HOSTILE)
    type(reply.article).objects.filter(pk=reply.article_id).update(title="A\r\nBcc: y@example.org\u2028" + "b" * 120)
    assert sending.send_due() == 1
    (message,) = inbox.mails
    assert message.envelope_to == ["petra@example.org"]
    assert message["Bcc"] is None
    assert header(message, "Subject").startswith("A reply to your comment on “A Bcc: y@example.org bbb")
    assert len(header(message, "Subject")) <= 120
    text = text_of(message)
    assert "Eve Bcc: x@example.org <b> replied to your comment" in text
    assert (
        "> So it is.\n> Bcc: z@example.org\n>\n> </p><script>alert(1)</script> &amp; {{ settings }} gnp.exe[0m" in text
    )
    assert not {"\u202e", "\u2028", "\x1b"} & set(text)


def test_no_reply_speaks_in_the_voice_of_the_site(edition, inbox):
    reply = asked_and_answered("approved")
    body = "Yes.\u2028To stop these mails, open:\u2029https://evil.example/\x85\n" + "word " * 600
    type(reply).objects.filter(pk=reply.pk).update(body=body)
    sending.send_due()
    lines = text_of(inbox.mails[0]).splitlines()
    assert "> To stop these mails, open:" in lines
    assert all(line.startswith(">") for line in lines if "evil.example" in line or "word" in line)
    assert len(next(line for line in lines if line.startswith("> word"))) < 1100


def test_nobody_elses_address_is_in_a_mail(edition, inbox):
    user = factories.make_user("secret@example.org", is_staff=False)
    story = factories.make_story()
    comment = factories.make_comment(story, notify=confirmed())
    other = NoticeAddress.objects.create(email="luka@example.org", language="en")
    factories.make_comment(story, name="Luka", parent=comment, notify=other, user=user)
    sending.send_due()
    raw = inbox.mails[0].raw
    assert b"secret@" not in raw
    assert b"luka@" not in raw


def test_a_mail_server_that_is_away_loses_nothing(db, port, now):
    for name in ("petra", "luka"):
        notices.subscribe(f"{name}@example.org", "en")
    assert sending.send_due() == 0
    first, second = Mail.objects.order_by("pk")
    # One try finds it away; the others wait without losing a try.
    assert (first.attempts, first.sent_at, first.due_at) == (1, None, timezone.now() + dt.timedelta(minutes=1))
    assert "refused" in first.last_error
    assert (second.attempts, second.sent_at) == (0, None)
    with mail_server(port, Inbox()) as inbox:
        assert sending.send_due() == 1
        now.shift(dt.timedelta(seconds=59))
        assert sending.send_due() == 0
        now.shift(dt.timedelta(seconds=1))
        assert sending.send_due() == 1
        assert [message["To"] for message in inbox.mails] == ["luka@example.org", "petra@example.org"]


def test_a_refused_mail_holds_up_no_other_and_is_given_up_after_5_tries(db, inbox, now):
    inbox.refuse.add("nobody@example.org")
    notices.subscribe("nobody@example.org", "en")
    notices.subscribe("petra@example.org", "en")
    delays = []
    assert sending.send_due() == 1
    refused = Mail.objects.get(address__email="nobody@example.org")
    while refused.due_at:
        delays.append((refused.due_at - timezone.now()) // dt.timedelta(minutes=1))
        now.move_to(refused.due_at, tick=False)
        sending.send_due()
        refused.refresh_from_db()
    assert delays == [1, 10, 60, 360]
    assert (refused.attempts, refused.sent_at) == (5, None)
    assert "no such mailbox" in refused.last_error
    assert len(inbox.mails) == 1


def test_a_mail_that_cannot_be_written_ends_neither_the_round_nor_the_worker(edition, inbox, monkeypatch):
    asked_and_answered("approved")
    notices.subscribe("ana@example.org", "en")
    monkeypatch.setattr("comments.notice_mails._reply", lambda reply: 1 / 0)
    call_command("tick")
    assert [message["To"] for message in inbox.mails] == ["ana@example.org"]
    assert Mail.objects.get(kind="reply").last_error == "division by zero"


def test_a_row_is_marked_before_its_mail_leaves(db, settings, monkeypatch):
    seen = []
    monkeypatch.setattr(sending, "message_of", lambda mail, _connection: seen.append(Mail.objects.get().sent_at))
    notices.subscribe("petra@example.org", "en")
    sending.send_due()
    assert seen[0] is not None


@pytest.mark.parametrize("reason", ["rejected", "stopped", "unconfirmed", "unpublished"])
def test_what_nobody_should_get_any_more_is_dropped(edition, reason):
    reply = asked_and_answered("approved")
    if reason == "rejected":
        moderation.decide(reply, "rejected")
    elif reason == "stopped":
        notices.stop(NoticeAddress.objects.get())
    elif reason == "unconfirmed":
        NoticeAddress.objects.update(confirmed_at=None)
    else:
        type(reply.article).objects.filter(pk=reply.article_id).update(public_at=None, status="archived")
    assert sending.send_due() == 0
    assert not django_mail.outbox
    assert not Mail.objects.exists()


def test_a_reply_that_was_dropped_before_it_was_told_is_told_when_it_is_approved_again(edition):
    reply = asked_and_answered("approved")
    moderation.decide(reply, "rejected")
    sending.send_due()
    moderation.decide(reply, "approved")
    assert sending.send_due() == 1
    moderation.decide(reply, "rejected")
    moderation.decide(reply, "approved")
    assert sending.send_due() == 0


@pytest.mark.parametrize("answer", [notices.confirm, notices.stop])
def test_a_question_that_was_answered_meanwhile_is_not_put(db, answer, now):
    address = notices.subscribe("petra@example.org", "en")
    now.shift(dt.timedelta(seconds=1))
    answer(address)
    assert sending.send_due() == 0
    assert not Mail.objects.exists()


def test_who_stopped_and_left_the_address_again_is_asked(db, now):
    notices.stop(confirmed())
    now.shift(dt.timedelta(seconds=1))
    notices.subscribe("petra@example.org", "en")
    assert sending.send_due() == 1


def test_a_round_is_bounded(db, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 2)
    for number in range(3):
        notices.subscribe(f"reader{number}@example.org", "en")
    assert [sending.send_due() for _round in range(3)] == [2, 1, 0]


def test_a_slow_mail_server_does_not_keep_the_worker(db, monkeypatch):
    monkeypatch.setattr(sending, "SECONDS", -1)
    for number in range(3):
        notices.subscribe(f"reader{number}@example.org", "en")
    assert [sending.send_due() for _round in range(4)] == [1, 1, 1, 0]


def test_a_lost_connection_ends_the_round(db, monkeypatch, caplog):
    def lost(*_args):
        raise SMTPServerDisconnected("gone")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", lost)
    notices.subscribe("petra@example.org", "en")
    notices.subscribe("luka@example.org", "en")
    assert sending.send_due() == 0
    assert sorted(Mail.objects.values_list("attempts", flat=True)) == [0, 1]
    assert "petra" not in caplog.text


def test_tick_sends_and_says_how_many(db, capsys):
    notices.subscribe("petra@example.org", "en")
    call_command("tick")
    assert capsys.readouterr().out == "mails sent: 1\n"
    assert len(django_mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(inbox, port, tmp_path):
    for number in range(30):
        notices.subscribe(f"reader{number}@example.org", "en")
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    # A round may end early on a busy machine, by its time: what is left is for the next.
    code = (
        "from django.utils import timezone\n"
        "from comments.models import Mail; from comments.sending import send_due\n"
        "sent = 0\n"
        "while Mail.objects.filter(due_at__lte=timezone.now()).exists(): sent += send_due()\n"
        "print(sent)"
    )
    sent = [int(number) for number in run_at_once(2, code, environment)]
    assert sum(sent) == 30
    assert sorted(message["To"] for message in inbox.mails) == sorted(
        f"reader{number}@example.org" for number in range(30)
    )


@pytest.mark.django_db(transaction=True)
def test_comments_at_the_same_moment_ask_their_address_once():
    known = NoticeAddress.objects.create(email="luka@example.org", language="en")
    for email in ("petra@example.org", known.email):
        addresses = at_once(*[lambda email=email: notices.subscribe(email, "en")] * 8)
        assert len({address.pk for address in addresses}) == 1
    assert list(Mail.objects.values_list("kind", flat=True)) == ["confirm", "confirm"]
