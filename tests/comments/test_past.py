"""What a card says of the one who wrote: marks, figures, neighbours, and what all of it costs."""

import datetime as dt

import pytest
import time_machine
from django.db import connection

from comments import past as past_module
from comments.commenters import ban_network, note, set_standing, undo
from comments.models import Comment, Report
from comments.moderation import decide
from comments.past import WriterPart, neighbours, past
from tests import factories

pytestmark = pytest.mark.django_db
READER, OTHER, THIRD, NETWORK = "a" * 64, "b" * 64, "d" * 64, "c" * 64
NOW = dt.datetime(2026, 11, 25, 13, 2, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
# The writer's row; their newest comments, reports of them; the same network, and who those are; what colleagues did;
# the ban of the network.
QUERIES = 7


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mia(db):
    return factories.make_user("mia@example.org", "Mia Kos")


def wrote(story, status="approved", reader=READER, **fields):
    return factories.make_comment(story, status=status, **{"name": "Vedran", "reader": reader, **fields})


class TestPast:
    def test_marks_are_the_newest_and_figures_count_them(self, story, mia):
        first = wrote(story, created_at=NOW - 40 * DAY)
        spam, removed, waits = wrote(story, "pending"), wrote(story), wrote(story, "pending")
        decide(spam, "rejected", mia, is_spam=True)
        decide(removed, "removed", mia)
        wrote(story, reader=OTHER)
        found = past(waits)
        assert found.marks == [
            ("approved", first.pk),
            ("spam", spam.pk),
            ("rejected", removed.pk),
            ("pending", waits.pk),
        ]
        assert (found.approved, found.rejected, found.spam, found.pending) == (1, 1, 1, 1)
        assert found.first_seen == NOW - 40 * DAY
        assert found.sentence == "1 approved, 1 rejected, 1 spam, 1 waiting."

    def test_readers_reports_are_counted(self, story):
        one, two = wrote(story), wrote(story)
        for number, comment in enumerate([one, one, two]):
            Report.objects.create(comment=comment, reporter=f"{number:064}", reason="spam")
        Report.objects.create(comment=wrote(story, reader=OTHER), reporter="9" * 64, reason="spam")
        assert past(one).reported == 3

    def test_of_very_many_the_newest_are_counted(self, story, monkeypatch):
        monkeypatch.setattr(past_module, "MOST", 3)
        monkeypatch.setattr(past_module, "MARKS", 2)
        wrote(story, created_at=NOW - 40 * DAY)
        comments = [wrote(story) for _number in range(3)]
        found = past(comments[0])
        assert [mark.pk for mark in found.marks] == [comments[1].pk, comments[2].pk]
        assert (found.approved, found.more, found.first_seen) == (3, True, NOW - 40 * DAY)
        assert found.sentence == "The newest 3: 3 approved."
        monkeypatch.setattr(past_module, "MOST", 4)
        assert (past(comments[0]).approved, past(comments[0]).more) == (4, False)

    def test_nobody_has_none(self, story):
        found = past(factories.make_comment(story))
        assert (found.marks, found.approved, found.reported, found.first_seen) == ([], 0, 0, None)


class TestNeighbours:
    def test_others_from_the_same_network_the_newest_first(self, story, mia):
        comment = wrote(story, network=NETWORK)
        wrote(story, network=NETWORK)
        lea = wrote(story, reader=OTHER, network=NETWORK, name="Lea")
        wrote(story, reader=THIRD, network="e" * 64, name="Far")
        user = factories.make_user("eva@example.org", "Eva", is_staff=False)
        eva = factories.make_comment(story, name="Eva", user=user, network=NETWORK)
        newest = wrote(story, reader=OTHER, network=NETWORK, name="Lea again")
        set_standing(lea, "banned", mia)
        assert neighbours(comment) == [("Lea again", newest.pk, 2, "Banned"), ("Eva", eva.pk, 1, "")]

    def test_not_for_longer_than_30_days(self, story):
        comment = wrote(story, network=NETWORK)
        near = wrote(story, reader=OTHER, network=NETWORK, created_at=NOW - 30 * DAY)
        Comment.objects.filter(pk=wrote(story, reader=THIRD, network=NETWORK).pk).update(created_at=NOW - 31 * DAY)
        assert [each.pk for each in neighbours(comment)] == [near.pk]

    def test_a_network_that_is_not_known_has_none(self, story):
        wrote(story, reader=OTHER)
        assert neighbours(wrote(story)) == []

    def test_a_suspension_that_is_over_is_not_told(self, story, mia, clock):
        lea, comment = wrote(story, reader=OTHER, network=NETWORK), wrote(story, network=NETWORK)
        set_standing(lea, "suspended", mia, until=NOW + DAY)
        assert neighbours(comment)[0].standing == "Suspended"
        clock.shift(2 * DAY)
        assert neighbours(comment)[0].standing == ""

    def test_few_are_named(self, story, monkeypatch):
        monkeypatch.setattr(past_module, "NEIGHBOURS", 2)
        comment = wrote(story, network=NETWORK)
        for number in range(4):
            wrote(story, reader=f"{number:064}", network=NETWORK)
        assert len(neighbours(comment)) == 2
        monkeypatch.setattr(past_module, "MOST_NEAR", 1)
        assert len(neighbours(comment)) == 1


class TestPart:
    def test_it_costs_the_same_for_one_who_wrote_much(self, story, mia, django_assert_num_queries):
        comment = wrote(story, network=NETWORK)
        lea = wrote(story, reader=OTHER, network=NETWORK)
        set_standing(lea, "held", mia)
        set_standing(comment, "held", mia)
        ban_network(comment, 7, mia)

        def cost():
            read = Comment.objects.select_related("user").get(pk=comment.pk)
            with django_assert_num_queries(QUERIES):
                part = WriterPart(read, may_act=True)
                assert part.network_ban.until == NOW + 7 * DAY
                assert str(part.lines[0].user) == "Mia Kos"

        cost()
        for number in range(12):
            wrote(story, network=NETWORK)
            wrote(story, reader=f"{number:064}", network=NETWORK)
            note(comment, "A word.", mia)
        cost()

    def test_who_may_not_act_does_not_read_what_was_noted(self, story, mia):
        comment = wrote(story)
        note(comment, "A word.", mia)
        assert WriterPart(comment, may_act=False).lines == []
        assert len(WriterPart(comment, may_act=True).lines) == 1

    def test_nor_that_readers_reported_them(self, story):
        comment = wrote(story)
        Report.objects.create(comment=comment, reporter="0" * 64, reason="spam")
        assert [WriterPart(comment, may_act=is_mia).past.reported for is_mia in (True, False)] == [1, 0]

    def test_notes_stay_beside_what_was_last_done(self, story, mia):
        comment = wrote(story)
        note(comment, "The oldest.", mia)
        for number in range(3):
            note(comment, f"Note {number}.", mia)
        for standing in ("held", "trusted", "normal", "banned"):
            last = set_standing(comment, standing, mia)
        undo(last, mia)
        lines = WriterPart(comment, may_act=True).lines
        assert [line.why or line.action for line in lines] == ["normal", "trusted", "Note 2.", "Note 1.", "Note 0."]

    def test_a_ban_that_is_over_is_none(self, story, mia, clock):
        comment = wrote(story, network=NETWORK)
        ban_network(comment, 1, mia)
        clock.shift(DAY)
        part = WriterPart(comment, may_act=True)
        assert (part.network_ban, part.bans()) == (None, [])


def test_history_and_neighbours_are_ranges_of_an_index(story):
    comment = wrote(story, network=NETWORK)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A small table would be read as a whole.
            cursor.execute("SET LOCAL enable_seqscan = off")
    rows = Comment.objects.filter(reader=comment.reader).order_by("-id").values_list("pk", "status")[:201]
    assert "comment_of_reader" in rows.explain()
    near = Comment.objects.filter(network=NETWORK).order_by("-id").values_list("pk", "user")[:100]
    assert "comment_of_network" in near.explain()
