"""What moderators say of a writer: standings, warnings, notes, banned networks, each a line of the log."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from comments import commenters
from comments.commenters import (
    acknowledge,
    ban_network,
    find,
    is_network_banned,
    lift_network,
    note,
    open_warning,
    reject_waiting,
    set_standing,
    standing_of,
    undo,
    warn,
    warning_seal,
)
from comments.models import Commenter, Decision, NetworkBan
from comments.moderation import Overtaken, decide
from comments.posting import withdraw
from tests import factories

pytestmark = pytest.mark.django_db
READER, OTHER, NETWORK = "a" * 64, "b" * 64, "c" * 64
NOW = dt.datetime(2026, 11, 25, 13, 2, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mia(db):
    return factories.make_user("mia@example.org", "Mia Kos")


@pytest.fixture
def tom(db):
    return factories.make_user("tom@example.org", "Tom Lee")


@pytest.fixture
def comment(story):
    return factories.make_comment(story, name="guest 2210", status="pending", reader=READER, network=NETWORK)


def last():
    return Decision.objects.order_by("-id").first()


class TestWho:
    def test_nobody_has_a_row_before_a_moderator_did_something(self, comment):
        assert find(comment) is None
        assert commenters.find_writer(None, READER) is None
        assert standing_of(None, NOW) == "normal"
        assert not Commenter.objects.exists()

    def test_a_browser_is_found_by_all_that_it_wrote(self, comment, story, mia):
        set_standing(comment, "held", mia)
        other = factories.make_comment(story, name="Another name", reader=READER)
        assert find(other) == commenters.find_writer(None, READER) == Commenter.objects.get()
        assert find(factories.make_comment(story, reader=OTHER)) is None

    def test_an_account_is_one_whatever_browser_it_writes_from(self, story, mia):
        user = factories.make_user("eva@example.org", "Eva", is_staff=False)
        set_standing(factories.make_comment(story, user=user), "trusted", mia)
        assert find(factories.make_comment(story, user=user)).standing == "trusted"
        # Signed in, somebody is their account, and not the browser.
        assert commenters.find_writer(user, READER) == Commenter.objects.get()
        assert commenters.find_writer(None, READER) is None

    def test_a_comment_without_a_writer_is_nobodys(self, comment, story, mia):
        nobody = factories.make_comment(story)
        assert find(nobody) is None
        with pytest.raises(ValidationError, match="Nothing says who wrote this"):
            set_standing(nobody, "banned", mia)
        withdraw(comment.pk)
        comment.refresh_from_db()
        with pytest.raises(ValidationError, match="Nothing says who wrote this"):
            note(comment, "A word.", mia)
        assert not Commenter.objects.exists()
        assert not commenters.written_by(nobody).exists()

    def test_the_row_carries_the_newest_name(self, comment, story, mia):
        factories.make_comment(story, name="guest 9", reader=READER)
        set_standing(comment, "held", mia)
        assert find(comment).name == "guest 9"


class TestStanding:
    @pytest.mark.parametrize("standing", ["trusted", "held", "banned"])
    def test_it_holds_and_stands_in_the_log(self, comment, mia, standing):
        decision = set_standing(comment, standing, mia, why="Advertising")
        row = Commenter.objects.get()
        assert (row.standing, row.until, row.reader, row.user) == (standing, None, READER, None)
        assert standing_of(row, NOW) == standing
        assert (decision.action, decision.user, decision.why, decision.commenter) == (standing, mia, "Advertising", row)
        assert decision.was == {"standing": "normal", "until": None, "ends": None, "comment": comment.pk}
        # The log of the comment is another one.
        assert decision.comment is None

    def test_a_suspension_is_over_by_itself(self, comment, mia, clock):
        decision = set_standing(comment, "suspended", mia, until=NOW + 7 * DAY)
        row = find(comment)
        assert decision.was["ends"] == (NOW + 7 * DAY).isoformat()
        assert standing_of(row, NOW + 7 * DAY - dt.timedelta(seconds=1)) == "suspended"
        assert standing_of(row, NOW + 7 * DAY) == "normal"

    @pytest.mark.parametrize(
        ("standing", "until"),
        [("suspended", None), ("suspended", NOW), ("suspended", NOW - DAY), ("banned", NOW + DAY), ("held", NOW - DAY)],
    )
    def test_a_suspension_alone_has_an_end_and_it_lies_ahead(self, comment, mia, standing, until):
        with pytest.raises(ValidationError, match="needs an end that lies ahead"):
            set_standing(comment, standing, mia, until=until)
        assert not Decision.objects.exists()

    def test_what_holds_already_is_no_line(self, comment, mia):
        assert set_standing(comment, "held", mia)
        assert set_standing(comment, "held", mia) is None
        assert set_standing(comment, "normal", mia)
        assert Decision.objects.count() == 2

    def test_the_second_of_two_moderators_is_told(self, comment, mia, tom):
        set_standing(comment, "banned", mia, seen="normal")
        with pytest.raises(Overtaken, match="Mia Kos was faster: banned"):
            set_standing(comment, "trusted", tom, seen="normal")
        assert find(comment).standing == "banned"
        assert set_standing(comment, "trusted", tom, seen="banned")

    def test_what_no_line_says_is_not_somebody_elses_doing(self, comment, mia):
        assert set_standing(comment, "held", mia, seen="trusted")

    @pytest.mark.parametrize("standing", ["trusted", "held", "banned"])
    def test_an_account_of_the_staff_has_none(self, story, mia, tom, standing):
        theirs = factories.make_comment(story, user=tom)
        with pytest.raises(ValidationError, match="“Tom Lee” is an account of the staff"):
            set_standing(theirs, standing, mia)
        assert not Commenter.objects.exists()
        assert not Decision.objects.exists()

    def test_who_joins_the_staff_can_be_set_free(self, story, mia):
        user = factories.make_user("eva@example.org", "Eva", is_staff=False)
        theirs = factories.make_comment(story, user=user)
        set_standing(theirs, "held", mia)
        user.is_staff = True
        user.save()
        assert set_standing(theirs, "normal", mia)


class TestUndo:
    def test_the_standing_from_before_holds_again(self, comment, mia, tom):
        set_standing(comment, "suspended", mia, until=NOW + DAY)
        decision = set_standing(comment, "banned", mia)
        made = undo(decision, tom)
        row = find(comment)
        assert (row.standing, row.until) == ("suspended", NOW + DAY)
        assert (made.action, made.undoes, made.user, made.commenter) == ("undo", decision, tom, row)

    def test_only_the_last_one_and_only_once(self, comment, mia, tom):
        first = set_standing(comment, "held", mia)
        second = set_standing(comment, "banned", tom)
        with pytest.raises(Overtaken, match="Tom Lee was faster: banned"):
            undo(first, mia)
        undo(second, mia)
        with pytest.raises(ValidationError, match="undone already"):
            undo(Decision.objects.get(pk=second.pk), tom)
        assert find(comment).standing == "held"
        # What was taken back is in nobody's way.
        undo(Decision.objects.get(pk=first.pk), tom)
        assert find(comment).standing == "normal"

    def test_an_undo_is_somebodys_doing_too(self, comment, mia, tom):
        undo(set_standing(comment, "banned", mia), mia)
        with pytest.raises(Overtaken, match="Mia Kos was faster: undone"):
            set_standing(comment, "trusted", tom, seen="banned")

    def test_a_note_since_is_in_nobodys_way(self, comment, mia):
        decision = set_standing(comment, "banned", mia)
        note(comment, "Wrote to us.", mia)
        warn(comment, "Be kind.", mia)
        undo(decision, mia)
        assert (find(comment).standing, find(comment).warning) == ("normal", "Be kind.")

    def test_a_warning_is_taken_back_until_it_was_read(self, comment, mia):
        warn(comment, "Be kind.", mia)
        second = warn(comment, "Be exact.", mia)
        undo(second, mia)
        row = find(comment)
        assert (row.warning, row.warned_at, row.acknowledged_at) == ("Be kind.", NOW, None)
        acknowledge(row)
        with pytest.raises(ValidationError, match="acknowledged meanwhile"):
            undo(Decision.objects.filter(action="warn").first(), mia)

    def test_the_first_warning_taken_back_is_none(self, comment, mia):
        undo(warn(comment, "Be kind.", mia), mia)
        row = find(comment)
        assert (row.warning, row.warned_at, row.acknowledged_at) == ("", None, None)

    def test_notes_bans_of_networks_and_what_the_writer_did_stay(self, comment, mia):
        warn(comment, "Be kind.", mia)
        for decision in (note(comment, "A", mia), ban_network(comment, 7, mia), acknowledge(find(comment))):
            with pytest.raises(ValidationError, match="cannot be undone"):
                undo(decision, mia)


class TestWarning:
    def test_it_waits_until_it_is_acknowledged(self, comment, mia, clock):
        decision = warn(comment, "Name people by what they said.", mia)
        assert (decision.action, decision.why, decision.user) == ("warn", "Name people by what they said.", mia)
        assert open_warning(find(comment)) == "Name people by what they said."
        clock.shift(DAY)
        made = acknowledge(find(comment))
        row = find(comment)
        assert (made.action, made.user, made.commenter) == ("read", None, row)
        assert (open_warning(row), row.acknowledged_at) == ("", NOW + DAY)
        assert acknowledge(row) is None
        assert Decision.objects.count() == 2

    def test_a_new_one_waits_again(self, comment, mia):
        warn(comment, "Be kind.", mia)
        acknowledge(find(comment))
        warn(comment, "Be exact.", mia)
        assert open_warning(find(comment)) == "Be exact."

    def test_one_that_replaced_it_meanwhile_was_not_read(self, comment, mia):
        warn(comment, "Be kind.", mia)
        warn(comment, "Be exact.", mia)
        assert acknowledge(find(comment), warning_seal("Be kind.")) is None
        assert open_warning(find(comment)) == "Be exact."
        assert acknowledge(find(comment), warning_seal("Be exact.")).action == "read"

    def test_nobody_has_none(self, comment, mia):
        assert open_warning(None) == ""
        note(comment, "A word.", mia)
        assert open_warning(find(comment)) == ""
        assert acknowledge(find(comment)) is None

    def test_staff_is_not_warned(self, story, mia, tom):
        with pytest.raises(ValidationError, match="account of the staff"):
            warn(factories.make_comment(story, user=tom), "Be kind.", mia)

    def test_staff_can_be_noted(self, story, mia, tom):
        assert note(factories.make_comment(story, user=tom), "Writes for the section.", mia).action == "note"


class TestNetwork:
    def test_it_is_banned_for_a_time(self, comment, mia, clock):
        decision = ban_network(comment, 7, mia, "A wave of advertising")
        assert is_network_banned(NETWORK, NOW)
        assert not is_network_banned(NETWORK, NOW + 7 * DAY)
        assert not is_network_banned("d" * 64, NOW)
        assert (decision.action, decision.user, decision.why) == ("network", mia, "A wave of advertising")
        assert decision.was["ends"] == (NOW + 7 * DAY).isoformat()
        # What the writer may do anywhere else is another thing.
        assert find(comment).standing == "normal"

    def test_who_comes_from_nowhere_that_is_known_costs_nothing(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert not is_network_banned("", NOW)

    def test_the_log_does_not_say_which_network(self, comment, mia):
        ban_network(comment, 7, mia, "Why")
        lift_network(NetworkBan.objects.get(), mia)
        for decision in Decision.objects.values():
            assert NETWORK[:8] not in str(decision)

    def test_once_more_it_has_the_new_end(self, comment, mia):
        ban_network(comment, 7, mia)
        ban_network(comment, 1, mia)
        assert NetworkBan.objects.get().until == NOW + DAY

    def test_from_a_writer_it_is_that_of_their_newest_comment(self, comment, story, mia):
        note(comment, "A word.", mia)
        factories.make_comment(story, reader=READER, network="d" * 64)
        factories.make_comment(story, reader=READER, network="")
        ban_network(find(comment), 1, mia)
        assert is_network_banned("d" * 64, NOW)
        assert not is_network_banned(NETWORK, NOW)

    @pytest.mark.parametrize("days", [0, -1, 31])
    def test_not_for_longer_than_a_network_is_known(self, comment, mia, days):
        with pytest.raises(ValidationError, match="at most 30 days"):
            ban_network(comment, days, mia)
        assert not NetworkBan.objects.exists()

    def test_one_that_is_erased_by_now_is_refused(self, comment, mia):
        type(comment).objects.update(network="")
        with pytest.raises(ValidationError, match="erased after 30 days"):
            ban_network(comment, 7, mia)

    def test_that_of_staff_is_refused(self, story, mia, tom):
        with pytest.raises(ValidationError, match="account of the staff"):
            ban_network(factories.make_comment(story, user=tom, network=NETWORK), 7, mia)

    def test_lifted_it_leaves_nothing_but_the_log(self, comment, mia, tom):
        ban_network(comment, 7, mia)
        ban = NetworkBan.objects.get()
        decision = lift_network(ban, tom, "A school")
        assert not NetworkBan.objects.exists()
        assert (decision.action, decision.user, decision.commenter) == ("lifted", tom, find(comment))
        assert lift_network(ban, mia) is None


class TestRejectWaiting:
    def test_all_that_waits_of_them_each_with_its_line(self, comment, story, mia):
        other = factories.make_comment(story, status="pending", reader=READER)
        shown = factories.make_comment(story, reader=READER)
        strange = factories.make_comment(story, status="pending", reader=OTHER)
        assert reject_waiting(comment, mia, "Advertising") == 2
        for each, status in ((comment, "rejected"), (other, "rejected"), (shown, "approved"), (strange, "pending")):
            each.refresh_from_db()
            assert each.status == status
        lines = Decision.objects.filter(action="reject", user=mia, why="Advertising")
        assert {line.comment for line in lines} == {comment, other}

    def test_what_a_colleague_decided_meanwhile_stands(self, comment, story, mia, tom, monkeypatch):
        other = factories.make_comment(story, status="pending", reader=READER)

        def slow(row, *args, **kwargs):
            if row == other:
                decide(comment, "approved", tom)
            return decide(row, *args, **kwargs)

        monkeypatch.setattr(commenters, "decide", slow)
        assert reject_waiting(comment, mia) == 1
        comment.refresh_from_db()
        assert (comment.status, comment.decided_by) == ("approved", tom)

    def test_it_is_bounded(self, comment, story, mia, monkeypatch):
        monkeypatch.setattr(commenters, "MOST_REJECTED", 1)
        factories.make_comment(story, status="pending", reader=READER)
        assert reject_waiting(comment, mia) == 1


def plan(rows):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A small table would be read as a whole.
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


def test_everything_is_found_by_index(comment, mia):
    row = plan(Commenter.objects.filter(reader=READER))
    assert "INDEX" in row.upper()
    assert "reader" in row
    newest = commenters.written_by(comment).order_by("-id")[:10]
    assert "comment_of_reader" in plan(newest)
    user = factories.make_user("eva@example.org", "Eva", is_staff=False)
    theirs = factories.make_comment(comment.article, user=user)
    assert "comment_of_user" in plan(commenters.written_by(theirs).order_by("-id")[:10])
    assert "comment_of_reader" in plan(commenters.written_by(comment).filter(status="pending").order_by("-id")[:200])
    bans = plan(NetworkBan.objects.filter(network=NETWORK, until__gt=timezone.now()))
    assert "network" in bans
    assert "SCAN" not in bans
