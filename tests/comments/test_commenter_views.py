"""The moderators' pages about writers: the form beside a comment, the list, one writer; pages and JSON."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import commenter_views, commenters
from comments.models import Comment, Commenter, Decision, NetworkBan
from comments.posting import withdraw
from comments.queue_forms import UNKNOWN
from tests import factories
from tests.articles.desk import editor, signed_in
from tests.reading import Reading

pytestmark = pytest.mark.django_db
READER, NETWORK = "a" * 64, "c" * 64
NOW = dt.datetime(2026, 11, 25, 13, 2, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LIST = "/admin/comments/commenters/"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mia(story):
    return factories.make_user("mia@example.org", "Mia Kos", group="Moderators", language="en")


@pytest.fixture
def client(mia):
    return signed_in(mia)


@pytest.fixture
def comment(story):
    fields = {"status": "pending", "reader": READER, "network": NETWORK}
    return factories.make_comment(story, name="guest 2210", body="CLICK HERE", **fields)


def writer(comment):
    return f"/admin/comments/queue/{comment.pk}/writer/"


def sent(client, path, status=200, **fields):
    response = client.post(path, {"seen": "normal", **fields}, headers=JSON)
    assert response.status_code == status, response.content[:400]
    return response.json()


def page(client, path, status=200, **query):
    response = client.get(path, query)
    assert response.status_code == status
    return Reading(response.content.decode())


class TestForm:
    def test_it_says_who_it_is_and_what_can_be_done(self, client, comment):
        found = page(client, writer(comment))
        for words in ("guest 2210", "CLICK HERE", "Trusted", "Always hold", "Suspended", "Banned", "1 waiting."):
            assert words in found.main
        chosen = [one["value"] for one in found.all("input", type="radio") if "checked" in one]
        assert chosen == ["banned"]
        assert NETWORK not in client.get(writer(comment)).content.decode()

    def test_a_script_gets_the_form_alone(self, client, comment):
        html = client.get(writer(comment), {"on": "card"}).content.decode()
        assert "<html" not in html
        assert html.count("<form") == 3

    def test_what_holds_already_is_chosen(self, client, comment, mia):
        commenters.set_standing(comment, "held", mia)
        found = page(client, writer(comment))
        assert [one["value"] for one in found.all("input", type="radio") if "checked" in one] == ["held"]
        assert "Always hold" in found.main

    def test_without_a_network_or_anything_that_waits_neither_is_offered(self, client, comment):
        Comment.objects.update(network="", status="rejected")
        found = page(client, writer(comment))
        assert not found.all("select", name="network_days")
        assert not found.all("input", name="reject_waiting")

    def test_of_staff_it_offers_a_note_alone(self, client, story):
        tom = factories.make_user("tom@example.org", "Tom Lee")
        html = client.get(writer(factories.make_comment(story, user=tom, name="Tom Lee"))).content.decode()
        assert "An account of the staff is not moderated" in html
        assert Reading(html).all("button", name="action") == [
            {"type": "submit", "class": "button", "name": "action", "value": "note"}
        ]

    def test_of_nobody_it_says_so(self, client, comment):
        withdraw(comment.pk)
        found = page(client, writer(comment))
        assert "Nothing says who wrote this" in found.main
        assert not found.all("input", type="radio")

    def test_a_comment_that_is_not_there_is_404(self, client):
        page(client, "/admin/comments/queue/99/writer/", 404)

    def test_who_may_not_decide_is_refused(self, comment):
        eva = signed_in(editor("eva@example.org"))
        assert eva.get(writer(comment)).status_code == 403
        assert eva.post(writer(comment), {"action": "banned"}).status_code == 403
        assert not Commenter.objects.exists()


class TestActing:
    def test_a_ban_with_network_and_all_that_waits(self, client, comment, story, mia):
        factories.make_comment(story, status="pending", reader=READER)
        answer = sent(
            client,
            writer(comment),
            action="banned",
            seen="normal",
            network_days="7",
            reject_waiting="1",
            why="Advertising",
        )
        row = Commenter.objects.get()
        lines = list(Decision.objects.order_by("id").values_list("action", "why", "user"))
        assert lines == [(what, "Advertising", mia.pk) for what in ("banned", "network", "reject", "reject")]
        assert (row.standing, NetworkBan.objects.get().until) == ("banned", NOW + 7 * DAY)
        decision = Decision.objects.get(action="banned")
        assert answer == {
            "decision": decision.pk,
            "commenter": row.pk,
            "sentence": "“guest 2210” is banned. The network is banned until 2 Dec 2026, 14:02. "
            "2 comments that waited were rejected.",
            "undo": f"/admin/comments/log/{decision.pk}/undo/",
            "rejected": 2,
        }

    @pytest.mark.parametrize(
        ("fields", "standing", "sentence"),
        [
            ({"action": "trusted"}, "trusted", "“guest 2210” is trusted."),
            ({"action": "held"}, "held", "Every comment of “guest 2210” waits for a moderator."),
            (
                {"action": "suspended", "days": "3"},
                "suspended",
                "“guest 2210” is suspended until 28 Nov 2026, 14:02.",
            ),
            ({"action": "note", "why": "Wrote."}, "normal", "The note on “guest 2210” is kept."),
            (
                {"action": "warn", "why": "Be kind."},
                "normal",
                "“guest 2210” must acknowledge the warning before the next comment.",
            ),
            ({"action": "normal"}, "normal", "Everything stands like that already. Nothing was changed."),
        ],
    )
    def test_each_act_says_what_was_done(self, client, comment, fields, standing, sentence):
        assert sent(client, writer(comment), **fields)["sentence"] == sentence
        assert Commenter.objects.get().standing == standing

    def test_without_a_script_it_leads_back_with_a_sentence(self, client, comment):
        response = client.post(writer(comment), {"action": "held", "seen": "normal", "next": "/admin/comments/log/"})
        assert (response.status_code, response["Location"]) == (303, "/admin/comments/log/")
        assert "Every comment of “guest 2210” waits" in page(client, "/admin/comments/log/").text

    @pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", ""])
    def test_it_leads_to_our_own_pages_alone(self, client, comment, elsewhere):
        response = client.post(writer(comment), {"action": "held", "seen": "normal", "next": elsewhere})
        assert response["Location"] == f"/admin/comments/queue/?c={comment.pk}&tab=all"

    def test_a_ban_of_the_network_alone(self, client, comment):
        answer = sent(client, writer(comment), action="normal", network_days="1")
        assert answer["sentence"] == "The network is banned until 26 Nov 2026, 14:02."
        assert answer["undo"] == ""
        assert Commenter.objects.get().standing == "normal"

    def test_standing_and_network_are_one_transaction(self, client, comment):
        Comment.objects.update(network="")
        answer = sent(client, writer(comment), 409, action="banned", network_days="7", reject_waiting="1")
        assert answer["errors"]["__all__"] == ["Where this came from is no longer known: that is erased after 30 days."]
        assert not Commenter.objects.exists()
        assert not Decision.objects.exists()
        comment.refresh_from_db()
        assert comment.status == "pending"

    @pytest.mark.parametrize(
        ("fields", "field", "sentence"),
        [
            ({"action": "suspended"}, "days", "Choose for how many days."),
            ({"action": "warn", "why": "  "}, "why", "Write what it is about: nothing was done yet."),
            ({"action": "note"}, "why", "Write what it is about: nothing was done yet."),
            ({"action": "eaten"}, "action", None),
            ({}, "action", None),
            ({"action": "suspended", "days": "4"}, "days", None),
            ({"action": "banned", "network_days": "365"}, "network_days", None),
            ({"action": "banned", "seen": "eaten"}, "seen", None),
            # What the page showed must come along, or the second of two moderators would not be told.
            ({"action": "banned", "seen": ""}, "seen", UNKNOWN),
            ({"action": "banned", "why": "x" * 501}, "why", None),
        ],
    )
    def test_what_cannot_be_read_is_refused_and_kept(self, client, comment, fields, field, sentence):
        errors = sent(client, writer(comment), 400, **fields)["errors"]
        assert list(errors) == [field]
        assert sentence is None or errors[field] == [sentence]
        response = client.post(writer(comment), {"seen": "normal", "why": "My reason", **fields})
        assert response.status_code == (400 if "why" in fields or field != "why" else 303)
        assert not Commenter.objects.filter(standing__in=["banned", "suspended"]).exists()

    def test_a_refused_form_comes_back_as_it_was_filled(self, client, comment, mia):
        commenters.set_standing(comment, "held", mia)
        fields = {"action": "suspended", "days": "30", "why": "My <b>reason</b>", "seen": "normal"}
        response = client.post(writer(comment), {**fields, "network_days": "7", "reject_waiting": "1"})
        html = response.content.decode()
        found = Reading(html)
        assert response.status_code == 409
        assert "Mia Kos was faster: always held" in found.main
        assert [one["value"] for one in found.all("input") if "checked" in one and "value" in one] == ["suspended", "1"]
        assert [one["value"] for one in found.all("option") if "selected" in one] == ["30", "7"]
        assert "My &lt;b&gt;reason&lt;/b&gt;</textarea>" in html
        assert Commenter.objects.get().standing == "held"

    def test_a_refused_warning_keeps_its_words(self, client, story):
        tom = factories.make_user("tom@example.org", "Tom Lee")
        theirs = factories.make_comment(story, user=tom)
        answer = sent(client, writer(theirs), 409, action="warn", why="Be kind.")
        assert "account of the staff" in answer["errors"]["__all__"][0]

    @pytest.mark.parametrize("action", ["trusted", "held", "banned", "suspended"])
    def test_colleagues_are_not_moderated(self, client, story, action):
        tom = factories.make_user("tom@example.org", "Tom Lee")
        theirs = factories.make_comment(story, user=tom)
        answer = sent(client, writer(theirs), 409, action=action, days="7", network_days="7")
        assert "“Tom Lee” is an account of the staff" in answer["errors"]["__all__"][0]
        assert not Decision.objects.exists()

    def test_the_ban_of_a_network_is_lifted(self, client, comment, mia):
        commenters.ban_network(comment, 7, mia)
        ban = NetworkBan.objects.get()
        assert sent(client, writer(comment), action="lift", ban=ban.pk)["sentence"] == (
            "The ban of the network is lifted."
        )
        answer = sent(client, writer(comment), action="lift", ban=ban.pk)
        assert (answer["decision"], answer["sentence"]) == (
            None,
            "Everything stands like that already. Nothing was changed.",
        )
        assert sent(client, writer(comment), action="lift")["decision"] is None
        sent(client, writer(comment), 400, action="lift", ban="9" * 30)


class TestCard:
    def test_it_has_the_writers_past_and_what_can_be_done(self, client, comment, story, mia):
        factories.make_comment(story, name="Lea", reader="b" * 64, network=NETWORK)
        commenters.note(comment, "Wrote to the desk.", mia)
        found = page(client, "/admin/comments/queue/", c=str(comment.pk), tab="all")
        for words in (
            "guest 2210 so far",
            "1 waiting.",
            "1 other in 30 days: Lea",
            "it proves nothing",
            "Wrote to the",
        ):
            assert words in found.main
        acts = [one["value"] for one in found.all("button", name="action") if one["value"] in ("trusted", "held")]
        assert acts == ["trusted", "held"]
        assert f"{writer(comment)}#note" in found.links

    def test_a_button_of_it_acts_and_comes_back(self, client, comment):
        back = f"/admin/comments/queue/?c={comment.pk}"
        response = client.post(writer(comment), {"action": "trusted", "seen": "normal", "next": back})
        assert (response.status_code, response["Location"]) == (303, back)
        found = page(client, "/admin/comments/queue/", c=str(comment.pk), tab="all")
        assert "“guest 2210” is trusted." in found.text
        assert "trusted" not in [one["value"] for one in found.all("button", name="action")]

    def test_an_editor_looks_and_does_not_act(self, comment, mia):
        commenters.note(comment, "Wrote to the desk.", mia)
        eva = signed_in(editor("eva@example.org", language="en"))
        found = page(eva, "/admin/comments/queue/", c=str(comment.pk), tab="all")
        assert "guest 2210 so far" in found.main
        assert "Wrote to the desk." not in found.main
        assert not found.all("button", name="action", value="trusted")

    def test_the_network_is_not_in_the_page(self, client, comment, mia):
        commenters.ban_network(comment, 7, mia)
        html = client.get("/admin/comments/queue/", {"c": comment.pk, "tab": "all"}).content.decode()
        assert "network banned" in html
        assert NETWORK[:8] not in html


class TestList:
    def test_it_is_of_those_of_whom_something_was_said(self, client, comment, story, mia):
        commenters.set_standing(comment, "banned", mia, why="Advertising")
        held = factories.make_comment(story, name="Jonas", reader="b" * 64)
        commenters.set_standing(held, "held", mia)
        factories.make_comment(story, name="Nobody", reader="d" * 64)
        everybody = page(client, LIST).main
        assert "guest 2210" in everybody
        assert "Advertising" in everybody
        assert "Jonas" in everybody
        assert "Nobody" not in everybody
        banned = page(client, LIST, **{"is": "banned"}).main
        assert "guest 2210" in banned
        assert "Jonas" not in banned

    def test_a_suspension_that_is_over_is_told_as_that(self, client, comment, mia, clock):
        commenters.set_standing(comment, "suspended", mia, until=NOW + DAY)
        assert "until 26 Nov 2026, 14:02" in page(client, LIST).main
        clock.shift(DAY)
        assert "the suspension is over" in page(client, LIST).main

    def test_networks_are_listed_without_saying_which_and_lifted(self, client, comment, mia):
        commenters.ban_network(comment, 7, mia)
        html = client.get(LIST, {"is": "networks"}).content.decode()
        assert "until 2 Dec 2026, 14:02" in Reading(html).main
        assert NETWORK[:8] not in html
        response = client.post(f"{LIST}?is=networks", {"action": "lift", "ban": NetworkBan.objects.get().pk})
        assert (response.status_code, response["Location"]) == (303, f"{LIST}?is=networks")
        assert not NetworkBan.objects.exists()
        assert "No network is banned." in page(client, LIST, **{"is": "networks"}).main

    def test_a_ban_that_is_over_is_not_listed(self, client, comment, mia, clock):
        commenters.ban_network(comment, 1, mia)
        clock.shift(DAY)
        assert "No network is banned." in page(client, LIST, **{"is": "networks"}).main

    def test_nothing_but_a_ban_is_lifted_there(self, client, comment):
        for action in ("banned", "normal", "warn", "note"):
            assert client.post(LIST, {"action": action, "why": "x", "days": "1"}).status_code == 400
        assert not Decision.objects.exists()

    def test_what_is_no_list_is_refused(self, client):
        page(client, LIST, 400, **{"is": "eaten"})
        page(client, LIST, 400, before="x")
        page(client, LIST, 404, before="1-1")

    def test_an_empty_one_says_what_will_stand_there(self, client):
        assert "Nobody is in this list." in page(client, LIST).main

    def test_pages_follow_each_other(self, client, story, mia, monkeypatch):
        monkeypatch.setattr(commenter_views, "PAGE", 2)
        for number in range(3):
            theirs = factories.make_comment(story, name=f"guest {number}", reader=f"{number:064}")
            commenters.set_standing(theirs, "held", mia)
        first = page(client, LIST, **{"is": "held"})
        assert "guest 2" in first.main
        assert "guest 0" not in first.main
        (older,) = [one["href"] for one in first.all("a", rel="next")]
        second = page(client, f"{LIST}{older}")
        assert "guest 0" in second.main
        assert second.all("a", rel="prev")

    def test_it_costs_the_same_for_many(self, client, story, mia):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                page(client, LIST)
            # Their rows, and the last line of each: the frame of the page has others.
            assert len([each for each in queries if "comments_commenter" in each["sql"]]) == 1
            assert len([each for each in queries if "comments_decision" in each["sql"]]) == 2
            return len(queries)

        for number in range(2):
            theirs = factories.make_comment(story, reader=f"{number:064}")
            commenters.set_standing(theirs, "held", mia)
        before = cost()
        for number in range(2, 9):
            theirs = factories.make_comment(story, reader=f"{number:064}")
            commenters.set_standing(theirs, "banned", mia)
            commenters.note(theirs, "A word.", mia)
        assert cost() == before


class TestOne:
    def test_their_page_has_past_notes_and_log(self, client, comment, story, mia):
        factories.make_comment(story, name="guest 2210", body="A good word.", reader=READER)
        commenters.set_standing(comment, "banned", mia, why="Advertising")
        commenters.note(comment, "Wrote to the desk.", mia)
        commenters.warn(comment, "Be kind.", mia)
        found = page(client, f"{LIST}{Commenter.objects.get().pk}/")
        for words in ("Banned", "CLICK HERE", "A good word.", "Advertising", "Wrote to the desk.", "Be kind."):
            assert words in found.main
        assert "1 approved, 1 waiting." in found.main
        assert "warned, not acknowledged yet" in found.main

    def test_they_are_dealt_with_there_too(self, client, comment, mia):
        commenters.set_standing(comment, "banned", mia)
        path = f"{LIST}{Commenter.objects.get().pk}/"
        response = client.post(path, {"action": "normal", "seen": "banned", "network_days": "1"})
        assert (response.status_code, response["Location"]) == (303, path)
        assert Commenter.objects.get().standing == "normal"
        assert NetworkBan.objects.exists()
        assert "Lift the ban" in page(client, path).main
        assert client.post(path, {"action": "held", "seen": "banned"}).status_code == 409
        assert client.post(path, {"action": "suspended"}).status_code == 400

    def test_it_pages_what_they_wrote(self, client, comment, story, mia, monkeypatch):
        monkeypatch.setattr(commenter_views, "THEIRS", 1)
        commenters.note(comment, "A word.", mia)
        factories.make_comment(story, body="The newest.", reader=READER)
        path = f"{LIST}{Commenter.objects.get().pk}/"
        first = page(client, path)
        assert "The newest." in first.main
        assert "CLICK HERE" not in first.main
        (older,) = [one["href"] for one in first.all("a", rel="next")]
        assert "CLICK HERE" in page(client, f"{path}{older}").main

    def test_it_costs_the_same_for_one_who_wrote_much(self, client, comment, story, mia):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                page(client, f"{LIST}{Commenter.objects.get().pk}/")
            return len(queries)

        commenters.set_standing(comment, "held", mia)
        commenters.ban_network(comment, 1, mia)
        before = cost()
        for number in range(9):
            factories.make_comment(story, reader=READER, body=f"Number {number}")
            commenters.note(comment, "A word.", mia)
        assert cost() == before

    def test_nobody_is_404(self, client):
        page(client, f"{LIST}99/", 404)

    def test_who_may_not_decide_is_refused(self, comment, mia):
        commenters.note(comment, "A word.", mia)
        eva = signed_in(editor("eva@example.org"))
        for path in (LIST, f"{LIST}{Commenter.objects.get().pk}/"):
            assert eva.get(path).status_code == 403
            assert eva.post(path, {"action": "banned"}).status_code == 403


def plan(rows):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A small table would be read as a whole.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    return rows.explain()


def test_lists_are_ranges_of_an_index(comment, mia):
    commenters.set_standing(comment, "held", mia)
    commenters.ban_network(comment, 7, mia)
    held = Commenter.objects.filter(standing="held").order_by("-id", "-id")[:51]
    assert "commenter_standing" in plan(held)
    bans = NetworkBan.objects.filter(until__gt=NOW).order_by("-until", "-id")[:51]
    assert "until" in plan(bans)
    assert "SCAN comments_networkban\n" not in plan(bans)
