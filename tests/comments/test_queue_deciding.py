"""Decisions from the queue: each button, what stands in its way, undo, and that nothing that was typed is lost."""

import pytest
import time_machine

from comments import moderation
from comments.models import Decision
from comments.posting import edit_comment, withdraw
from comments.queue_forms import UNKNOWN
from tests import factories
from tests.articles.desk import signed_in
from tests.comments.queueing import (
    JSON,
    QUEUE,
    ask_decide,
    buttons,
    card,
    decide,
    form_of,
    listed,
    now,
    open_card,
    page,
    reported,
    seals,
    waiting,
)
from tests.reading import Reading

pytestmark = pytest.mark.django_db
CHANGED = "Its writer has changed this comment meanwhile."
DELETED = "Its writer has deleted this comment meanwhile."


@pytest.fixture
def mia():
    return factories.make_user("mia@example.org", name="Mia", group="Moderators")


@pytest.fixture
def queue(mia):
    return signed_in(mia)


@pytest.fixture
def tom():
    return signed_in(factories.make_user("tom@example.org", name="Tom", group="Moderators"))


def stands(comment):
    now(comment)
    return comment.status, comment.is_spam, comment.is_pick, comment.report_count


# (how it stood, the button, how it stands then: status, spam, picked)
DECISIONS = [
    ("pending", "approve", "approved", False, False),
    ("pending", "reject", "rejected", False, False),
    ("pending", "spam", "rejected", True, False),
    ("pending", "pick", "approved", False, True),
    # What readers have seen is removed, which leaves a note where it was answered.
    ("approved", "reject", "removed", False, False),
    ("approved", "spam", "removed", True, False),
    ("approved", "pick", "approved", False, True),
    ("rejected", "approve", "approved", False, False),
    ("rejected", "spam", "rejected", True, False),
    ("removed", "approve", "approved", False, False),
]


@pytest.mark.parametrize(("before", "action", "status", "is_spam", "is_pick"), DECISIONS)
def test_a_button_does_what_it_says(queue, mia, story, before, action, status, is_spam, is_pick):
    comment = factories.make_comment(story, status=before)
    assert action in buttons(card(queue, comment))
    assert decide(queue, comment, action).status_code == 303
    assert stands(comment) == (status, is_spam, is_pick, 0)
    assert comment.decisions.latest("id").user == mia
    story.stats.refresh_from_db()
    assert story.stats.comment_count == (status == "approved")


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("pending", ["approve", "reject", "spam", "pick"]),
        ("approved", ["reject", "spam", "pick"]),
        ("rejected", ["approve", "spam"]),
        ("removed", ["approve", "spam"]),
        ("withdrawn", []),
    ],
)
def test_a_card_offers_what_makes_sense(queue, story, status, offered):
    comment = factories.make_comment(story, status=status)
    assert buttons(card(queue, comment)) == offered


def test_what_is_offered_of_reports_picks_spam_and_replies(queue, story):
    root = factories.make_comment(story)
    reply = reported(story, "spam", parent=root)
    assert buttons(card(queue, reply)) == ["keep", "reject", "spam"]
    moderation.pick(root, True)
    assert "unpick" in buttons(card(queue, root))
    moderation.decide(root, "removed", is_spam=True)
    assert buttons(card(queue, root)) == ["approve", "reject"]


def test_no_longer_spam_and_still_no(queue, story):
    comment = waiting(story)
    decide(queue, comment, "spam")
    decide(queue, comment, "reject")
    assert stands(comment)[:2] == ("rejected", False)


def test_keep_ends_the_reports_and_publishes_nothing(queue, story):
    shown, waits = reported(story, "spam", "hate"), reported(story, "spam")
    edit_comment(waits.pk, "Changed.")
    decide(queue, shown, "keep")
    decide(queue, waits, "keep")
    assert stands(shown) == ("approved", False, False, 0)
    assert stands(waits) == ("pending", False, False, 0)
    assert "handled" in card(queue, shown).text


def test_a_decision_is_in_the_log_with_its_reason(queue, mia, story):
    comment = waiting(story)
    decide(queue, comment, "reject", why=" Off\ttopic ")
    line = Decision.objects.get()
    assert (line.action, line.user, line.why, line.body) == ("reject", mia, "Off topic", "A good word.")
    assert "Mia: rejected – Off topic" in card(queue, comment).text


@pytest.mark.parametrize("action", ["approve", "reject", "spam", "keep", "pick", "unpick"])
def test_no_reason_is_lost(queue, story, action):
    comment = reported(story, "spam")
    if action == "unpick":
        moderation.pick(comment, True)
    if action == "approve":
        edit_comment(comment.pk, "Changed.")
    decide(queue, comment, action, why="Because.")
    assert Decision.objects.latest("id").why == "Because."


@pytest.mark.parametrize("action", ["approve", "reject", "pick", "unpick"])
def test_a_count_that_no_page_has_shown_decides_nothing(queue, story, action):
    comment = waiting(story)
    seen = seals(queue, comment)["seen"]
    for count in ("1", "2147483647"):
        answer = ask_decide(queue, comment, action, seen=seen, count=count)
        assert answer.status_code == 409
        assert answer.json()["errors"]["__all__"] == [UNKNOWN]
    assert (stands(comment)[0], Decision.objects.count()) == ("pending", 0)


# The page that comes next, without a script


def test_the_next_card_comes_with_the_line_about_the_last_and_its_undo(queue, story):
    first, second = waiting(story, "The first.", name="Vedran"), waiting(story, "The second.")
    there = send_form(queue, {}, "spam")
    assert f"c={second.pk}" in there
    reading = Reading(queue.get(there).content.decode())
    assert "Rejected as spam: the comment of “Vedran” on “A model learns to wait”." in reading.main
    undo = reading.all("form", **{"data-undo-form": ""})[0]
    assert "hidden" not in undo
    assert queue.post(undo["action"]).status_code == 303
    assert now(first).status == "pending"


def send_form(client, query, action, **data):
    """The form of the open card, with its hidden fields, as a browser without a script sends it."""
    address, fields = form_of(page(client, **query))
    response = client.post(address, {**fields, "action": action, **data})
    assert response.status_code == 303
    return response.headers["location"]


def test_after_the_last_comment_the_list_is_empty(queue, story):
    waiting(story)
    there = send_form(queue, {}, "approve")
    assert "Nothing waits." in Reading(queue.get(there).content.decode()).main


def test_after_the_last_line_comes_the_one_before(queue, story):
    first, second = waiting(story, "The first."), waiting(story, "The second.")
    assert f"c={first.pk}" in send_form(queue, {"c": second.pk}, "approve")


def test_one_stays_in_the_list_that_one_came_from(queue, story):
    for number in range(2):
        waiting(story, f"Word {number}", likeness=number)
    there = send_form(queue, {"order": "likely", "q": "word"}, "approve")
    assert "order=likely" in there
    assert "q=word" in there
    root = factories.make_comment(story)
    assert f"tab=approved&c={root.pk}" in send_form(queue, {"tab": "approved", "c": root.pk}, "pick")


def test_the_line_is_shown_to_who_decided_and_while_it_is_true(queue, tom, story):
    comment = waiting(story, name="Vedran")
    there = decide(queue, comment, "reject").headers["location"]
    assert "Rejected: the comment of “Vedran”" in Reading(queue.get(there).content.decode()).main
    assert "Rejected: the comment of “Vedran”" not in Reading(tom.get(there).content.decode()).main
    decide(tom, comment, "approve")
    assert "Rejected: the comment of “Vedran”" not in Reading(queue.get(there).content.decode()).main


# For a script


def test_a_script_is_told_what_came_of_it(queue, story):
    comment = waiting(story, name="Vedran")
    waiting(story, "Another.")
    answer = ask_decide(queue, comment, "approve").json()
    decision = Decision.objects.get()
    assert answer == {
        "comment": comment.pk,
        "decision": decision.pk,
        "undo": f"{QUEUE}undo/{decision.pk}/",
        "sentence": "Approved: the comment of “Vedran” on “A model learns to wait”.",
        "status": "approved",
        "shown": True,
        "pick": False,
        "counts": {"pending": "1", "reported": "0"},
    }


def test_where_nothing_changes_nothing_is_logged(queue, story):
    comment = factories.make_comment(story)
    answer = ask_decide(queue, comment, "approve").json()
    assert (answer["decision"], answer["undo"], answer["sentence"]) == (None, None, "Nothing was changed.")
    assert not Decision.objects.exists()
    assert decide(queue, comment, "approve").status_code == 303


# What stands in the way


def test_the_second_of_two_moderators_sees_that_it_is_done_and_by_whom(queue, tom, story):
    comment = waiting(story, name="Vedran")
    made = seals(tom, comment)
    decide(queue, comment, "spam")
    response = decide(tom, comment, "approve", why="Fine by me", **made)
    assert response.status_code == 409
    reading = Reading(response.content.decode())
    assert "Mia was faster: rejected as spam" in reading.main
    assert "Rejected as spam Mia," in reading.main
    assert reading.all("input", name="why")[0]["value"] == "Fine by me"
    assert buttons(reading) == ["approve", "reject"]
    assert now(comment).status == "rejected"
    # The card that stands there now decides.
    assert decide(tom, comment, "approve").status_code == 303


def test_a_script_of_the_second_is_told_the_same(queue, tom, story):
    comment = waiting(story)
    made = seals(tom, comment)
    decide(queue, comment, "approve")
    response = ask_decide(tom, comment, "reject", **made)
    assert response.status_code == 409
    assert response.json()["errors"]["__all__"][0].startswith("Mia was faster: approved")
    assert now(comment).status == "approved"


def test_both_wanted_the_same_and_the_second_is_told_all_the_same(queue, tom, story):
    comment = waiting(story)
    made = seals(tom, comment)
    decide(queue, comment, "approve")
    assert ask_decide(tom, comment, "approve", **made).status_code == 409
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("action", ["approve", "reject", "spam", "pick"])
def test_what_arrives_twice_of_the_same_person_is_one_decision(queue, story, action):
    """The answer to the first was lost on its way."""
    comment = waiting(story)
    made = seals(queue, comment)
    first = ask_decide(queue, comment, action, **made).json()
    lines = Decision.objects.count()
    second = ask_decide(queue, comment, action, **made).json()
    assert second["decision"] == first["decision"]
    assert second["sentence"] == first["sentence"]
    assert Decision.objects.count() == lines


def test_another_decision_of_ones_own_is_not_the_same(queue, story):
    comment = waiting(story)
    made = seals(queue, comment)
    decide(queue, comment, "approve", **made)
    assert ask_decide(queue, comment, "reject", **made).status_code == 409
    decide(queue, comment, "reject")
    decide(queue, comment, "approve")
    assert ask_decide(queue, comment, "approve", **made).status_code == 409
    assert now(comment).status == "approved"


def test_a_text_that_changed_since_is_shown_again(queue, story):
    comment = waiting(story)
    made = seals(queue, comment)
    edit_comment(comment.pk, "Something else.")
    response = decide(queue, comment, "approve", **made)
    assert response.status_code == 409
    reading = Reading(response.content.decode())
    assert CHANGED in reading.main
    assert "Something else." in reading.main
    assert now(comment).status == "pending"


def test_what_its_writer_deleted_is_decided_on_by_nobody(queue, story):
    comment = waiting(story)
    made = seals(queue, comment)
    withdraw(comment.pk)
    response = decide(queue, comment, "approve", **made)
    assert response.status_code == 409
    assert DELETED in Reading(response.content.decode()).main
    assert now(comment).status == "withdrawn"
    assert "Deleted by its author" in card(queue, comment).text
    assert listed(queue) == []
    assert listed(queue, tab="all") == [comment]


def test_what_cannot_be_picked_is_said_and_nothing_is_approved_by_it(queue, story):
    for number in range(3):
        moderation.pick(factories.make_comment(story, body=f"Number {number}."), True)
    comment = waiting(story)
    response = decide(queue, comment, "pick")
    assert response.status_code == 409
    assert "This story has 3 picks already." in Reading(response.content.decode()).main
    assert stands(comment)[:3] == ("pending", False, False)
    reply = factories.make_comment(story, parent=factories.make_comment(story))
    assert decide(queue, reply, "pick").status_code == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"action": ""},
        {"action": "publish"},
        {"count": "x"},
        {"count": "-1"},
        {"count": str(2**40)},
        {"seen": ""},
        {"seen": "x" * 17},
        {"why": "w" * 501},
    ],
)
def test_a_broken_form_is_answered_with_400_and_keeps_what_was_typed(queue, story, changes):
    comment = waiting(story)
    data = {"action": "approve", "why": "My reason", **seals(queue, comment), **changes}
    response = queue.post(f"{QUEUE}{comment.pk}/decide/", data)
    assert response.status_code == 400
    assert Reading(response.content.decode()).all("input", name="why")[0]["value"] == data["why"]
    assert queue.post(f"{QUEUE}{comment.pk}/decide/", data, **JSON).json()["errors"]["__all__"]
    assert now(comment).status == "pending"


def test_the_words_of_a_comment_cannot_be_changed(queue, story):
    comment = waiting(story)
    decide(queue, comment, "approve", body="Put into the mouth.", name="Someone")
    assert (now(comment).body, comment.name) == ("A good word.", "Petra K.")


def test_the_right_to_change_is_not_the_right_to_decide(story):
    from django.contrib.auth.models import Permission

    user = factories.make_user("half@example.org")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["change_comment", "view_comment"]))
    comment, client = waiting(story), signed_in(user)
    made = {"seen": moderation.seal(comment), "count": 0}
    assert decide(client, comment, "approve", **made).status_code == 403
    assert now(comment).status == "pending"


@pytest.mark.parametrize("path", ["999999/decide/", "undo/999999/", "999999/card/"])
def test_what_is_not_there_is_not_found(queue, path):
    method = queue.get if "card" in path else queue.post
    assert method(QUEUE + path, {}).status_code == 404


@pytest.mark.parametrize("path", ["{pk}/decide/", "undo/1/", "bulk/"])
def test_reading_an_address_decides_nothing(queue, story, path):
    assert queue.get(QUEUE + path.format(pk=waiting(story).pk)).status_code == 405


# Undo


@pytest.mark.parametrize("action", ["approve", "reject", "spam", "pick"])
def test_undo_brings_back_how_it_stood(queue, mia, story, action):
    comment = reported(story, "spam")
    edit_comment(comment.pk, "Changed.")
    before = stands(comment)
    answer = ask_decide(queue, comment, action).json()
    assert stands(comment) != before
    undone = queue.post(answer["undo"], **JSON).json()
    assert stands(comment) == before == ("pending", False, False, 1)
    assert undone["sentence"] == "Undone: the comment of “Petra K.” on “A model learns to wait” waits again."
    assert undone["undo"] is None
    assert (undone["status"], undone["shown"]) == ("pending", False)


def test_an_undo_of_a_pick_leaves_what_was_approved_before(queue, story):
    comment = waiting(story)
    with time_machine.travel("2026-11-25 12:00", tick=False) as traveller:
        decide(queue, comment, "approve")
        traveller.shift(2)
        answer = ask_decide(queue, comment, "pick").json()
    queue.post(answer["undo"])
    assert stands(comment)[:3] == ("approved", False, False)


def test_without_a_script_undo_leads_back_to_the_card(queue, story):
    comment = factories.make_comment(story)
    waiting(story)
    answer = ask_decide(queue, comment, "reject").json()
    response = queue.post(answer["undo"], {"order": "oldest"})
    assert response.status_code == 303
    reading = Reading(queue.get(response.headers["location"]).content.decode())
    assert "is public, as it was before." in reading.main
    assert "hidden" in reading.all("form", **{"data-undo-form": ""})[0]
    assert f"c={comment.pk}" in response.headers["location"]


def test_undo_of_what_a_colleague_decided_on_since_is_refused(queue, tom, story):
    comment = waiting(story)
    answer = ask_decide(queue, comment, "approve").json()
    decide(tom, comment, "reject")
    response = queue.post(answer["undo"])
    assert response.status_code == 409
    assert "Tom was faster: removed" in Reading(response.content.decode()).main
    assert queue.post(answer["undo"], **JSON).status_code == 409
    assert now(comment).status == "removed"


def test_undo_twice_is_told(queue, story):
    comment = waiting(story)
    answer = ask_decide(queue, comment, "approve").json()
    queue.post(answer["undo"])
    assert queue.post(answer["undo"], **JSON).json()["errors"]["__all__"] == ["That was undone already."]
    assert now(comment).status == "pending"


def test_undo_is_for_moderators(queue, story):
    comment = waiting(story)
    answer = ask_decide(queue, comment, "approve").json()
    ana = signed_in(factories.make_user("ana@example.org", group="Editors"))
    assert ana.post(answer["undo"]).status_code == 403
    assert now(comment).status == "approved"


def test_the_first_card_stays_open_while_it_is_read(queue, story):
    first = waiting(story)
    assert open_card(queue) == open_card(queue) == first.pk
