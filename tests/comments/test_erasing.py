"""What is kept for a while only, to the second, in bounded batches along an index."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from comments import commenters, erasing, notices
from comments.models import Comment, Commenter, Decision, Mail, NetworkBan, NoticeAddress
from tests import factories


@pytest.fixture
def now(time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    return time_machine


def after(now, **lapse):
    now.shift(dt.timedelta(**lapse))
    erasing.erase_old(timezone.now())


def test_the_network_of_a_comment_is_kept_for_30_days(edition, now):
    comment = factories.make_comment(factories.make_story(), network="a" * 64)
    after(now, days=30)
    comment.refresh_from_db()
    assert comment.network == "a" * 64
    after(now, seconds=1)
    comment.refresh_from_db()
    assert comment.network == ""
    assert comment.body == "A good word."


def test_the_network_of_a_ban_is_kept_until_the_ban_is_over(edition, now):
    comment = factories.make_comment(factories.make_story(), network="a" * 64, reader="b" * 64)
    moderator = factories.make_user()
    commenters.ban_network(comment, 1, moderator)
    for number in range(3):
        NetworkBan.objects.create(network=f"{number:064}", until=timezone.now() + dt.timedelta(days=2))
    after(now, hours=23, minutes=59, seconds=59)
    assert NetworkBan.objects.filter(network="a" * 64).exists()
    after(now, seconds=1)
    assert NetworkBan.objects.count() == 3
    assert Commenter.objects.exists()
    assert Decision.objects.filter(action="network").exists()


def test_bans_are_erased_in_batches(edition, now, monkeypatch):
    monkeypatch.setattr(erasing, "BATCH", 2)
    for number in range(3):
        NetworkBan.objects.create(network=f"{number:064}", until=timezone.now() + dt.timedelta(hours=number + 1))
    after(now, days=1)
    assert [ban.network for ban in NetworkBan.objects.all()] == [f"{2:064}"]


def test_an_unconfirmed_address_is_kept_for_30_days(edition, now):
    address = notices.subscribe("petra@example.org", "en")
    comment = factories.make_comment(factories.make_story(), notify=address)
    after(now, days=30)
    assert NoticeAddress.objects.exists()
    after(now, seconds=1)
    assert not NoticeAddress.objects.exists()
    assert not Mail.objects.exists()
    comment.refresh_from_db()
    assert comment.notify is None


def test_an_address_that_was_asked_again_keeps_its_link_and_its_day(edition, now):
    notices.subscribe("petra@example.org", "en")
    now.shift(dt.timedelta(days=29))
    notices.subscribe("petra@example.org", "en")
    after(now, days=7)
    assert NoticeAddress.objects.exists()
    after(now, seconds=1)
    assert not NoticeAddress.objects.exists()


def test_a_confirmed_address_stays_and_one_that_stopped_goes(db, now):
    for name in ("petra", "luka"):
        notices.confirm(notices.subscribe(f"{name}@example.org", "en"))
    notices.stop(NoticeAddress.objects.get(email="luka@example.org"))
    after(now, days=31)
    assert NoticeAddress.objects.get().email == "petra@example.org"


def test_mails_that_were_sent_or_given_up_are_kept_for_90_days(db, now):
    address = notices.subscribe("petra@example.org", "en")
    notices.confirm(address)
    Mail.objects.update(due_at=None, sent_at=timezone.now())
    Mail.objects.create(kind="confirm", address=address, due_at=None, attempts=5)
    waiting = Mail.objects.create(kind="confirm", address=address)
    after(now, days=90)
    assert Mail.objects.count() == 3
    after(now, seconds=1)
    assert Mail.objects.get() == waiting


def test_a_round_is_bounded_and_a_later_one_does_the_rest(edition, now, monkeypatch):
    monkeypatch.setattr(erasing, "BATCH", 2)
    story = factories.make_story()
    for number in range(3):
        factories.make_comment(story, network="a" * 64)
        notices.subscribe(f"reader{number}@example.org", "en")
    confirmed = NoticeAddress.objects.create(email="petra@example.org", language="en", confirmed_at=timezone.now())
    for _number in range(3):
        Mail.objects.create(kind="confirm", address=confirmed, due_at=None)
    Mail.objects.filter(address__confirmed_at=None).delete()
    after(now, days=91)
    left = Comment.objects.exclude(network=""), NoticeAddress.objects.filter(confirmed_at=None), Mail.objects.all()
    assert [rows.count() for rows in left] == [1, 1, 1]
    call_command("tick")
    assert [rows.count() for rows in left] == [0, 0, 0]


def test_what_is_old_is_found_along_an_index(edition):
    """With parameters, as the database sees it, and by a plan that takes an index wherever one fits."""
    selects = []

    def keep(execute, sql, params, many, context):
        if sql.startswith("SELECT"):
            selects.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        erasing.erase_old(timezone.now())
    networks, bans, addresses, mails = [plan_of(*select) for select in selects]
    assert "comment_network" in networks
    assert "until" in bans
    assert "INDEX" in bans.upper()
    assert "notice_unconfirmed" in addresses
    assert "comments_mail_pkey" in mails or "PRIMARY KEY" in mails


def plan_of(sql, params):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        else:
            # Prepared once for whatever comes, as the site has it: no plan may count on the value of a parameter.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"PREPARE probe AS {sql % tuple(f'${number + 1}' for number in range(len(params)))}")
            values = ", ".join(f"'{value}'" for value in params)
            cursor.execute(f"EXPLAIN EXECUTE probe ({values})")
        found = str(cursor.fetchall())
        if connection.vendor == "postgresql":
            cursor.execute("DEALLOCATE probe")
    return found
