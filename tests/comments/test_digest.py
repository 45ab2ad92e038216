"""The daily mail to moderators, over a real SMTP server: when it goes out, to whom, and what it says."""

import datetime as dt
import os

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import digest, moderation, sending
from comments.models import Comment, Mail
from tests import factories
from tests.comments.test_sending import header, inbox, port, text_of  # noqa: F401 - fixtures
from tests.mail_server import Inbox, mail_server
from tests.processes import run_at_once
from tests.reading import in_croatian

# 07:00 in Zagreb, on a Wednesday in winter.
MORNING = dt.datetime(2026, 11, 25, 6, tzinfo=dt.UTC)
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
FIGURES = "https://news.example.org/admin/comments/figures/"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MORNING, tick=False)
    return time_machine


@pytest.fixture
def mia(edition):
    return factories.make_user("mia@example.org", name="Mia Kos", group="Moderators", language="en")


@pytest.fixture
def waits(story):
    return factories.make_comment(story, status="pending", created_at=MORNING - 3 * HOUR)


def send():
    """As a round of the worker does it. Returns how many mails went out."""
    digest.write_due(timezone.now())
    return sending.send_due()


def test_it_tells_what_waits_and_what_happened_yesterday(waits, mia, inbox, clock):  # noqa: F811
    clock.move_to(MORNING - 12 * HOUR, tick=False)
    story = waits.article
    for status in ("approved", "approved", "rejected"):
        comment = factories.make_comment(story, status="pending", created_at=timezone.now() - HOUR)
        made = moderation.decide(comment, status, mia)
    moderation.undo(made, mia)
    moderation.log_first(factories.make_comment(story), "approved", "staff")
    Comment.objects.filter(status="approved").update(report_count=1)
    Comment.objects.filter(pk=comment.pk).update(status="withdrawn", name="", body="", html="", reader="")
    clock.move_to(MORNING, tick=False)
    assert send() == 1
    (message,) = inbox.mails
    assert message.envelope_to == ["mia@example.org"]
    assert header(message, "Subject") == "Tech & Space: 1 comment waits"
    assert text_of(message) == (
        "1 comment waits since 25 Nov 2026, 04:00 (3 h).\n"
        "3 comments have reports that nobody has handled.\n\n"
        "The queue: https://news.example.org/admin/comments/queue/\n\n"
        "Tuesday, 24 November 2026\n"
        "4 comments were written.\n"
        "Moderators: 2 approved, 1 taken back.\n"
        "The pipeline alone: 1 approved.\n"
        "Half of what they decided on had waited no longer than 1 h 0 min.\n\n"
        f"Figures of the last weeks: {FIGURES}\n\n"
        "To stop this daily mail, untick the box at the end of that page:\n\n"
        f"{FIGURES}#digest\n"
    )
    assert header(message, "List-Unsubscribe") == f"<{FIGURES}#digest>"
    # One click needs an address that works without signing in.
    assert message["List-Unsubscribe-Post"] is None
    assert message["Auto-Submitted"] == "auto-generated"


def test_on_a_day_of_much_the_numbers_are_plural(story, mia, inbox):  # noqa: F811
    for hours in (50, 2):
        factories.make_comment(story, status="pending", created_at=MORNING - hours * HOUR)
    send()
    assert header(inbox.mails[0], "Subject") == "Tech & Space: 2 comments wait"
    assert "2 comments wait, the oldest since 23 Nov 2026, 05:00 (2 d 2 h).\n" in text_of(inbox.mails[0])
    assert "Moderators: nothing decided.\n" in text_of(inbox.mails[0])


def test_it_speaks_the_language_of_its_moderator(waits, mia, inbox):  # noqa: F811
    factories.make_user("luka@example.org", group="Moderators", language="hr")
    # Whose browser decides gets that of the site.
    factories.make_user("ana@example.org", group="Moderators", language="")
    assert send() == 3
    stop = "To stop this daily mail, untick the box at the end of that page:"
    by_address = {message["To"]: text_of(message) for message in inbox.mails}
    assert in_croatian(stop) in by_address["luka@example.org"]
    assert "Tuesday, 24 November" not in by_address["luka@example.org"]
    assert "Tuesday, 24 November" in by_address["ana@example.org"]
    assert stop in by_address["ana@example.org"]
    assert stop in by_address["mia@example.org"]


def test_not_before_seven_and_once_a_day(waits, mia, inbox, clock):  # noqa: F811
    clock.move_to(MORNING - dt.timedelta(seconds=1), tick=False)
    assert send() == 0
    assert not Mail.objects.exists()
    for hours in (0, 1, 16.9):
        clock.move_to(MORNING + hours * HOUR, tick=False)
        send()
    assert len(inbox.mails) == 1
    # Past midnight, and in the morning of the next day.
    clock.move_to(MORNING + 18 * HOUR, tick=False)
    assert send() == 0
    clock.move_to(MORNING + DAY, tick=False)
    assert send() == 1


@pytest.mark.parametrize(
    ("before", "at", "hours"),
    [
        # Summer time begins on the 29th: that day has 23 hours.
        ("2026-03-29T04:59:59Z", "2026-03-29T05:00:00Z", 24),
        ("2026-03-30T04:59:59Z", "2026-03-30T05:00:00Z", 23),
        # It ends on the 25th of October.
        ("2026-10-25T05:59:59Z", "2026-10-25T06:00:00Z", 24),
        ("2026-10-26T05:59:59Z", "2026-10-26T06:00:00Z", 25),
    ],
)
def test_the_days_on_which_the_clock_is_changed(story, mia, clock, before, at, hours):
    """Seven by the clock on the wall, and a day from midnight to midnight."""
    clock.move_to(before, tick=False)
    assert digest.write_due(timezone.now()) == 0
    clock.move_to(at, tick=False)
    assert digest.write_due(timezone.now()) == 1
    day = digest.Digest(Mail.objects.get().day, timezone.now()).day
    assert day.end.astimezone(dt.UTC) - day.start.astimezone(dt.UTC) == hours * HOUR
    for moment in (day.start - MINUTE, day.start, day.end - MINUTE, day.end):
        factories.make_comment(story, status="pending", created_at=moment.astimezone(dt.UTC))
    assert digest.Digest(Mail.objects.get().day, timezone.now()).written == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"daily_digest": False},
        {"is_active": False},
        {"is_staff": False},
        {"group": "Editors"},
        {"group": None},
    ],
)
def test_who_may_not_moderate_or_does_not_want_it_gets_none(waits, fields):
    factories.make_user("luka@example.org", **{"group": "Moderators", **fields})
    assert send() == 0
    assert not Mail.objects.exists()


@pytest.mark.parametrize("fields", [{"group": "Moderators"}, {"group": "Chief editors"}, {"is_superuser": True}])
def test_who_may_moderate_gets_it(waits, inbox, fields):  # noqa: F811
    factories.make_user("luka@example.org", **fields)
    assert send() == 1


@pytest.mark.parametrize("change", [{"daily_digest": False}, {"is_active": False}, {"is_staff": False}])
def test_who_left_between_writing_and_sending_gets_none(waits, mia, inbox, change):  # noqa: F811
    digest.write_due(timezone.now())
    type(mia).objects.filter(pk=mia.pk).update(**change)
    assert sending.send_due() == 0
    assert not inbox.mails
    assert not Mail.objects.exists()


def test_on_a_quiet_morning_none_is_sent_all_day(story, mia, inbox, clock):  # noqa: F811
    assert send() == 0
    factories.make_comment(story, status="pending", created_at=MORNING)
    clock.move_to(MORNING + HOUR, tick=False)
    assert send() == 0
    mail = Mail.objects.get()
    assert (mail.sent_at, mail.due_at, mail.attempts) == (None, None, 0)
    clock.move_to(MORNING + DAY, tick=False)
    assert send() == 1


@pytest.mark.parametrize("what", ["reported", "written", "decided", "pipeline"])
def test_each_thing_that_happened_is_worth_a_mail(story, mia, inbox, clock, what):  # noqa: F811
    clock.move_to(MORNING - 12 * HOUR, tick=False)
    comment = factories.make_comment(story, created_at=timezone.now() - (0 if what == "written" else 9) * DAY)
    if what == "reported":
        Comment.objects.update(report_count=1)
    elif what == "decided":
        moderation.pick(comment, True, mia)
    elif what == "pipeline":
        moderation.log_first(comment, "approved", "staff")
    clock.move_to(MORNING, tick=False)
    assert send() == 1
    assert header(inbox.mails[0], "Subject") == "Tech & Space: no comment waits"


def test_a_mail_server_that_is_away_delays_it_and_it_tells_what_is_then(waits, mia, port, clock):  # noqa: F811
    assert send() == 0
    assert Mail.objects.get().attempts == 1
    factories.make_comment(waits.article, status="pending", created_at=MORNING)
    with mail_server(port, Inbox()) as there:
        clock.move_to(MORNING + MINUTE, tick=False)
        assert send() == 1
        assert header(there.mails[0], "Subject") == "Tech & Space: 2 comments wait"
        assert send() == 0


def test_what_could_not_be_sent_on_its_day_gives_way_to_the_next(waits, mia, port, clock):  # noqa: F811
    assert send() == 0
    with mail_server(port, Inbox()) as there:
        clock.move_to(MORNING + DAY, tick=False)
        assert send() == 1
        assert "Wednesday, 25 November 2026" in text_of(there.mails[0])
    assert Mail.objects.count() == 1


def test_a_digest_that_cannot_be_written_holds_up_nobody(waits, mia, inbox, monkeypatch):  # noqa: F811
    factories.make_user("ana@example.org", group="Moderators")
    message_of = digest.message_of

    def fail_for_mia(mail, connection):
        return 1 / 0 if mail.moderator == mia else message_of(mail, connection)

    monkeypatch.setattr(digest, "message_of", fail_for_mia)
    assert send() == 1
    assert Mail.objects.get(moderator=mia).last_error == "division by zero"


def test_tick_does_it(waits, mia, inbox, capsys):  # noqa: F811
    call_command("tick")
    assert capsys.readouterr().out == "mails sent: 1\n"


def test_a_round_costs_one_query_while_there_is_nothing_to_do(waits, mia, inbox, clock):  # noqa: F811
    send()
    with CaptureQueriesContext(connection) as queries:
        digest.write_due(timezone.now())
    assert len(queries) == 1
    clock.move_to(MORNING - HOUR, tick=False)
    with CaptureQueriesContext(connection) as queries:
        digest.write_due(timezone.now())
    assert not len(queries)


def test_a_worker_that_was_overtaken_writes_no_second_one(waits, mia, monkeypatch):
    """The other one's row comes between the look and the writing."""
    rows = type(Mail.objects)
    write = rows.bulk_create

    def be_overtaken(self, mails, **options):
        Mail.objects.create(kind=Mail.Kind.DIGEST, moderator=mia, day=MORNING.date())
        return write(self, mails, **options)

    monkeypatch.setattr(rows, "bulk_create", be_overtaken)
    digest.write_due(timezone.now())
    assert Mail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_write_and_send_it_once(edition, inbox, port, clock, tmp_path):  # noqa: F811
    clock.move_to(dt.datetime.now(dt.UTC), tick=True)
    factories.make_comment(factories.make_story(), status="pending")
    for number in range(12):
        factories.make_user(f"moderator{number}@example.org", group="Moderators")
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    code = (
        "from django.utils import timezone\n"
        "from comments import digest; from comments.models import Mail; from comments.sending import send_due\n"
        "digest.HOUR = '00:00'\n"
        "digest.write_due(timezone.now())\n"
        "while Mail.objects.filter(due_at__lte=timezone.now()).exists(): send_due()\n"
    )
    run_at_once(2, code, environment)
    assert sorted(message["To"] for message in inbox.mails) == sorted(
        f"moderator{number}@example.org" for number in range(12)
    )
    assert Mail.objects.count() == 12
