"""The log of decisions as moderators read it, and the undo of its last lines."""

import datetime as dt

import pytest
import time_machine
from django.db import connection

from articles.models import Discussion
from comments import commenters, log, log_views, moderation, policy
from comments.models import Comment, Commenter, Decision, NetworkBan
from comments.posting import edit_comment, withdraw
from tests import factories
from tests.articles.desk import editor, signed_in
from tests.reading import Reading

pytestmark = pytest.mark.django_db
READER = "a" * 64
NOW = dt.datetime(2026, 11, 25, 13, 2, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
LOG = "/admin/comments/log/"
JSON = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mia(story):
    return factories.make_user("mia@example.org", "Mia Kos", group="Moderators", language="en")


@pytest.fixture
def tom(story):
    return factories.make_user("tom@example.org", "Tom Lee", group="Moderators", language="en")


@pytest.fixture
def client(mia):
    return signed_in(mia)


@pytest.fixture
def comment(story):
    return factories.make_comment(story, name="Vedran", body="It is copying.", status="pending", reader=READER)


def page(client, status=200, **query):
    response = client.get(LOG, query)
    assert response.status_code == status
    return Reading(response.content.decode())


def undos(client):
    """The lines that can be taken back, the newest first."""
    return [form["action"] for form in page(client).all("form") if form.get("action", "").endswith("/undo/")]


def url(decision):
    return f"{LOG}{decision.pk}/undo/"


class TestLines:
    def test_who_what_when_why_and_on_which_text(self, client, comment, story, mia):
        moderation.decide(comment, "rejected", mia, why="Off topic")
        found = page(client)
        for words in ("Mia Kos", "rejected", "25 Nov 2026, 14:02", "Off topic", "It is copying.", "Vedran"):
            assert words in found.main
        assert story.title in found.main
        assert f"/admin/comments/queue/?tab=all&c={comment.pk}" in found.links

    def test_the_text_is_the_one_that_was_decided_on(self, client, comment, mia):
        moderation.decide(comment, "approved", mia)
        edit_comment(comment.pk, "Another text.")
        found = page(client)
        assert "It is copying." in found.main
        assert "Another text." not in found.main

    def test_what_its_writer_deleted_is_gone(self, client, comment, mia):
        moderation.decide(comment, "approved", mia)
        withdraw(comment.pk)
        found = page(client)
        assert "The text was deleted by its writer." in found.main
        assert "It is copying." not in found.main
        assert "Vedran" not in found.main

    def test_a_standing_says_until_when_and_from_which_comment(self, client, comment, mia):
        commenters.set_standing(comment, "suspended", mia, until=NOW + DAY, why="Insults")
        found = page(client)
        assert "Mia Kos suspended until 26 Nov 2026, 14:02" in found.main
        assert f"/admin/comments/commenters/{Commenter.objects.get().pk}/" in found.links
        assert f"/admin/comments/queue/?tab=all&c={comment.pk}" in found.links

    def test_what_the_writer_and_the_pipeline_did_is_told_as_theirs(self, client, comment, story, mia):
        commenters.warn(comment, "Be kind.", mia)
        commenters.acknowledge(commenters.find(comment))
        moderation.log_first(factories.make_comment(story), "approved", "trusted_author")
        who = [line.who for line in log.read(Decision.objects.order_by("id")[:10])]
        assert who == ["Mia Kos", "The writer", "The pipeline"]

    def test_a_storys_discussion_the_sites_and_the_words(self, client, story, mia):
        policy.set_story(story, Discussion.CLOSED, 14, mia)
        policy.set_site(Discussion.OPEN, mia)
        Decision.objects.create(action="words", user=mia, why="added: idiot")
        lines = log.read(Decision.objects.order_by("id")[:10])
        assert [(line.article, line.subject) for line in lines] == [
            (story, ""),
            (None, "The whole site"),
            (None, "Word lists"),
        ]
        assert [line.why for line in lines] == ["Closed, closes after 14 days", "Open", "added: idiot"]
        assert [line.undo_url for line in lines] == [""] * 3
        found = page(client)
        assert "The whole site" in found.main
        assert f"/admin/articles/article/{story.pk}/change/" in found.links

    def test_a_long_text_is_cut(self, story, mia):
        comment = factories.make_comment(story, body="word " * 500, status="pending")
        moderation.decide(comment, "approved", mia)
        (line,) = log.read(Decision.objects.all()[:1])
        assert len(line.excerpt) <= log.EXCERPT

    def test_an_empty_log_says_what_will_stand_there(self, client):
        assert "Nothing was decided yet." in page(client).main


class TestFilter:
    @pytest.fixture(autouse=True)
    def lines(self, comment, story, mia, tom):
        moderation.decide(comment, "rejected", mia)
        moderation.decide(factories.make_comment(story, body="A second.", status="pending"), "approved", tom)
        moderation.log_first(factories.make_comment(story, body="By itself."), "approved", "trusted_author")

    @pytest.mark.parametrize(
        ("query", "there"),
        [
            ({}, {"It is copying.", "A second.", "By itself."}),
            ({"who": "mia"}, {"It is copying."}),
            ({"who": "0"}, {"By itself."}),
            ({"what": "approve"}, {"A second.", "By itself."}),
            ({"who": "tom", "what": "approve"}, {"A second."}),
            ({"who": "tom", "what": "reject"}, set()),
        ],
    )
    def test_by_whom_and_what(self, client, mia, tom, query, there):
        keys = {"mia": str(mia.pk), "tom": str(tom.pk)}
        query = {name: keys.get(value, value) for name, value in query.items()}
        found = page(client, **query).main
        assert {text for text in ("It is copying.", "A second.", "By itself.") if text in found} == there

    @pytest.mark.parametrize(
        "query", [{"who": "99999"}, {"who": "x"}, {"what": "eaten"}, {"before": "x"}, {"after": "1"}]
    )
    def test_what_is_none_of_these_is_refused(self, client, query):
        page(client, 400, **query)

    @pytest.mark.parametrize("query", [{}, {"what": "approve"}, {"who": "tom"}])
    def test_pages_follow_each_other_and_keep_the_filter(self, client, story, tom, monkeypatch, query):
        monkeypatch.setattr(log_views, "PAGE", 2)
        query = {"who": str(tom.pk)} if "who" in query else query
        for number in range(3):
            each = factories.make_comment(story, body=f"Number {number}.", status="pending")
            moderation.decide(each, "approved", tom)
        first = page(client, **query)
        assert "Number 2." in first.main
        assert "Number 0." not in first.main
        (older,) = [one["href"] for one in first.all("a", rel="next")]
        second = Reading(client.get(f"{LOG}{older}").content.decode())
        assert "Number 0." in second.main
        (newer,) = [one["href"] for one in second.all("a", rel="prev")]
        assert "Number 2." in Reading(client.get(f"{LOG}{newer}").content.decode()).main


class TestUndo:
    def test_the_last_decision_on_each_thing_can_be_taken_back(self, client, comment, story, mia):
        first = moderation.decide(comment, "approved", mia)
        second = moderation.decide(comment, "removed", mia)
        other = moderation.decide(factories.make_comment(story, status="pending"), "approved", mia)
        held = commenters.set_standing(comment, "held", mia)
        banned = commenters.set_standing(comment, "banned", mia)
        warned = commenters.warn(comment, "Be kind.", mia)
        commenters.note(comment, "A word.", mia)
        assert undos(client) == [url(warned), url(banned), url(other), url(second)]
        assert url(first) not in undos(client)
        assert url(held) not in undos(client)

    def test_what_was_taken_back_is_in_nobodys_way(self, client, comment, mia):
        first = moderation.decide(comment, "approved", mia)
        moderation.undo(moderation.decide(comment, "removed", mia), mia)
        held = commenters.set_standing(comment, "held", mia)
        commenters.undo(commenters.set_standing(comment, "banned", mia), mia)
        assert undos(client) == [url(held), url(first)]

    def test_a_comments_decision_is_undone(self, client, comment, mia):
        decision = moderation.decide(comment, "rejected", mia)
        response = client.post(url(decision), {"next": f"{LOG}?what=reject"})
        assert (response.status_code, response["Location"]) == (303, f"{LOG}?what=reject")
        comment.refresh_from_db()
        assert comment.status == "pending"
        found = page(client)
        assert "Undone: rejected." in found.text
        assert "undone: rejected" in found.main

    def test_what_the_writer_acknowledged_stays(self, client, comment, mia):
        commenters.warn(comment, "Be kind.", mia)
        commenters.acknowledge(commenters.find(comment))
        assert undos(client) == []

    def test_an_undo_has_no_end_of_its_own(self, client, comment, mia):
        commenters.set_standing(comment, "suspended", mia, until=NOW + DAY)
        commenters.undo(commenters.set_standing(comment, "banned", mia), mia)
        last = log.read(Decision.objects.order_by("-id")[:1])[0]
        assert (last.what, last.ends, last.decision.was["ends"]) == (
            "undone: banned",
            None,
            (NOW + DAY).isoformat(),
        )

    def test_a_writers_standing_is_undone(self, client, comment, mia):
        decision = commenters.set_standing(comment, "banned", mia)
        answer = client.post(url(decision), headers=JSON).json()
        row = Commenter.objects.get()
        made = Decision.objects.get(action="undo")
        assert answer == {"decision": made.pk, "comment": None, "commenter": row.pk, "sentence": "Undone: banned."}
        assert (row.standing, made.user) == ("normal", mia)
        assert undos(client) == []

    def test_that_the_network_stays_banned_is_said(self, client, comment, mia):
        Comment.objects.filter(pk=comment.pk).update(network="a" * 32)
        comment.refresh_from_db()
        decision = commenters.set_standing(comment, "banned", mia)
        commenters.ban_network(comment, 7, mia)
        answer = client.post(url(decision), headers=JSON).json()
        assert answer["sentence"] == "Undone: banned. The network is banned until 2 Dec 2026, 14:02."
        assert NetworkBan.objects.get().until > NOW

    def test_who_comes_second_is_told(self, client, comment, mia, tom):
        decision = moderation.decide(comment, "approved", mia)
        moderation.decide(comment, "removed", tom)
        response = client.post(url(decision), headers=JSON)
        assert response.status_code == 409
        assert response.json()["errors"]["__all__"] == ["Tom Lee was faster: removed, 14:02. Nothing was changed."]
        assert client.post(url(decision)).status_code == 303
        assert "Tom Lee was faster" in page(client).text
        comment.refresh_from_db()
        assert comment.status == "removed"

    def test_what_has_no_before_is_refused(self, client, story, mia):
        decision = policy.set_site(Discussion.CLOSED, mia)
        response = client.post(url(decision), headers=JSON)
        assert (response.status_code, response.json()["errors"]["__all__"]) == (409, ["This cannot be undone."])

    def test_what_its_writer_deleted_does_not_come_back(self, client, comment, mia):
        decision = moderation.decide(comment, "approved", mia)
        withdraw(comment.pk)
        assert undos(client) == []
        assert client.post(url(decision), headers=JSON).status_code == 409

    def test_it_leads_to_our_own_pages_alone(self, client, comment, mia):
        decision = moderation.decide(comment, "rejected", mia)
        assert client.post(url(decision), {"next": "https://example.org/"})["Location"] == LOG

    def test_nothing_is_404_and_a_link_undoes_nothing(self, client, comment, mia):
        assert client.post(f"{LOG}99/undo/").status_code == 404
        assert client.get(url(moderation.decide(comment, "rejected", mia))).status_code == 405

    def test_who_may_not_decide_is_refused(self, comment, mia):
        decision = moderation.decide(comment, "rejected", mia)
        eva = signed_in(editor("eva@example.org"))
        assert eva.get(LOG).status_code == 403
        assert eva.post(url(decision)).status_code == 403
        comment.refresh_from_db()
        assert comment.status == "rejected"


def test_it_costs_the_same_for_many_lines(client, story, mia, django_assert_num_queries):
    def make(number):
        each = factories.make_comment(story, status="pending", reader=f"{number:064}")
        moderation.decide(each, "rejected", mia)
        commenters.set_standing(each, "held", mia)
        commenters.warn(each, "Be kind.", mia)

    def cost():
        # The lines with what they are about; which of them are the last, of comments and of writers.
        with django_assert_num_queries(3):
            for line in log.read(Decision.objects.order_by("-id")[:50]):
                assert (line.who, line.why, line.what, line.excerpt, line.undo_url, line.subject) is not None

    make(1)
    cost()
    for number in range(2, 9):
        make(number)
    cost()


def plan(rows):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A small table would be read as a whole.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    return rows.explain()


def test_each_filter_is_a_range_of_an_index(comment, mia):
    moderation.decide(comment, "rejected", mia)

    def ordered(query):
        form = log_views.LogForm(query)
        assert form.is_valid()
        rows, time = form.rows()
        return plan(rows.order_by(f"-{time}", "-id")[:51])

    assert "decision_of_user" in ordered({"who": str(mia.pk)})
    # PostgreSQL does not order by the rest of an index after IS NULL: it walks the newest, or sorts the few there are.
    nobody = "comments_decision_pkey" if connection.vendor == "postgresql" else "decision_of_user"
    assert nobody in ordered({"who": "0"})
    assert "decision_of_user" in ordered({"who": str(mia.pk), "what": "reject"})
    assert "decision_weeks" in ordered({"what": "reject"})
    last = Decision.objects.filter(comment=comment).order_by("-id")[:1]
    assert "decision_of_comment" in plan(last)
    theirs = Decision.objects.filter(commenter=1).order_by("-id")[: log.MOST_OF_ONE]
    assert "decision_of_commenter" in plan(theirs)
