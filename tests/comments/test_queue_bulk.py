"""The same decision on several comments of a list: each by itself, and what is refused is told."""

import pytest

from comments.models import Decision
from comments.moderation import decide as decide_now
from comments.posting import edit_comment, withdraw
from tests import factories
from tests.articles.desk import signed_in
from tests.comments.queueing import JSON, QUEUE, now, page, reported, ticked, waiting
from tests.reading import Reading

pytestmark = pytest.mark.django_db
BULK = f"{QUEUE}bulk/"


@pytest.fixture
def mia():
    return factories.make_user("mia@example.org", name="Mia", group="Moderators")


@pytest.fixture
def queue(mia):
    return signed_in(mia)


def act(client, action, data, **more):
    response = client.post(BULK, {"action": action, **data, **more}, follow=True)
    return Reading(response.content.decode()).text


@pytest.mark.parametrize(
    ("status", "tab", "action", "becomes", "what"),
    [
        ("pending", "pending", "approve", "approved", "approved"),
        ("pending", "pending", "reject", "rejected", "rejected"),
        ("pending", "pending", "spam", "rejected", "rejected as spam"),
        ("approved", "approved", "reject", "removed", "removed"),
        ("rejected", "rejected", "approve", "approved", "approved"),
    ],
)
def test_several_at_once(queue, mia, story, status, tab, action, becomes, what):
    one, two, other = (factories.make_comment(story, body=f"{number}", status=status) for number in range(3))
    said = act(queue, action, ticked(queue, one, two, tab=tab))
    assert f"2 comments: {what}." in said
    for comment in (one, two):
        assert (now(comment).status, comment.decided_by, comment.is_spam) == (becomes, mia, action == "spam")
    assert now(other).status == status
    assert Decision.objects.count() == 2


def test_reports_of_several_are_done(queue, story):
    one, two = reported(story, "spam", "hate"), reported(story, "spam", body="Another.")
    act(queue, "keep", ticked(queue, one, two, tab="reported"))
    for comment in (one, two):
        assert (now(comment).status, comment.report_count) == ("approved", 0)


@pytest.mark.parametrize(
    ("tab", "steps"),
    [
        ("pending", ["approve", "reject", "spam"]),
        ("reported", ["keep", "reject", "spam"]),
        ("approved", ["reject", "spam"]),
        ("rejected", ["approve"]),
        ("all", []),
    ],
)
def test_a_list_offers_what_makes_sense_for_all_of_it(queue, story, tab, steps):
    waiting(story)
    reported(story, "spam")
    factories.make_comment(story, status="rejected")
    buttons = page(queue, tab=tab).all("button", name="action")
    assert [button["value"] for button in buttons if button["data-hotkey"].isupper()] == steps


def test_one_goes_back_to_the_list_that_one_came_from(queue, story):
    comment = factories.make_comment(story, status="rejected")
    data = ticked(queue, comment, tab="rejected")
    response = queue.post(BULK, {"action": "approve", "tab": "rejected", **data})
    assert (response.status_code, response.headers["location"]) == (303, f"{QUEUE}?tab=rejected")


def test_what_is_refused_is_told_and_the_others_go_through(queue, story):
    names = ["Petra", "Ivan", "Lea", "Mate"]
    changed, gone, decided, _stays = comments = [waiting(story, name=name) for name in names]
    data = ticked(queue, *comments)
    edit_comment(changed.pk, "Something else.")
    withdraw(gone.pk)
    decide_now(decided, "rejected", factories.make_user("tom@example.org", "Tom"))
    said = act(queue, "approve", data)
    assert "1 comment: approved." in said
    assert "Petra: Its writer has changed this comment meanwhile." in said
    assert "Deleted by its author: Its writer has deleted this comment meanwhile." in said
    assert "Lea: Tom was faster: rejected" in said
    assert [now(comment).status for comment in comments] == ["pending", "withdrawn", "rejected", "approved"]
    assert "0 comments" not in act(queue, "approve", data)


def test_a_script_is_told_of_each(queue, story):
    one, two = waiting(story, name="Petra"), waiting(story, name="Ivan")
    data = ticked(queue, one, two)
    edit_comment(two.pk, "Something else.")
    answer = queue.post(BULK, {"action": "approve", **data}, **JSON).json()
    decision = Decision.objects.get()
    assert answer["done"] == [
        {
            "comment": one.pk,
            "decision": decision.pk,
            "undo": f"{QUEUE}undo/{decision.pk}/",
            "sentence": "Approved: the comment of “Petra” on “A model learns to wait”.",
        }
    ]
    [refused] = answer["refused"]
    assert refused["comment"] == two.pk
    assert refused["sentence"].startswith("Ivan: Its writer has changed")
    assert (answer["sentence"], answer["counts"]) == ("1 comment: approved.", {"pending": "1", "reported": "0"})


def broken(client, comment):
    good = ticked(client, comment)
    pk = comment.pk
    yield {**good, "action": "publish"}
    yield {**good, "action": "approve", "selected": []}
    yield {**good, "action": "approve", "selected": ["x"]}
    yield {**good, "action": "approve", "selected": [2**63]}
    yield {**good, "action": "approve", f"seen-{pk}": ""}
    yield {**good, "action": "approve", f"count-{pk}": "x"}
    many = range(pk, pk + 101)
    sealed = {f"{name}-{key}": good[f"{name}-{pk}"] for key in many for name in ("seen", "count")}
    yield {**good, **sealed, "action": "approve", "selected": list(many)}


def test_a_broken_form_is_answered_with_400_and_does_nothing(queue, story):
    comment = waiting(story)
    for data in broken(queue, comment):
        assert queue.post(BULK, data).status_code == 400, data
        assert queue.post(BULK, data, **JSON).json()["errors"]["__all__"], data
    assert now(comment).status == "pending"


def test_what_never_was_is_left_out(queue, story):
    comment = waiting(story)
    data = ticked(queue, comment)
    data |= {"selected": [comment.pk, 999999], "seen-999999": "x", "count-999999": "0"}
    assert "1 comment: approved." in act(queue, "approve", data)


def test_what_becomes_different_things_is_done(queue, story):
    comments = [reported(story, "hate"), reported(story, "hate")]
    edit_comment(comments[0].pk, "Another word.")
    assert "2 comments: done." in act(queue, "reject", ticked(queue, *comments, tab="reported"))
    assert [now(comment).status for comment in comments] == ["rejected", "removed"]


def test_only_moderators_decide_on_several(story):
    comment = waiting(story)
    mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
    data = ticked(mia, comment)
    ana = signed_in(factories.make_user("ana@example.org", group="Editors"))
    assert ana.post(BULK, {"action": "approve", **data}).status_code == 403
    assert now(comment).status == "pending"
