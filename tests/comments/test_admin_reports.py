"""What moderators do beyond the queue: reports, picks, and no decision on a text that has changed meanwhile."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection

from authors.models import Author
from comments.moderation import decide
from comments.posting import edit_comment, withdraw
from comments.reports import report
from tests import factories
from tests.articles.desk import signed_in
from tests.reading import Reading, read

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/comment/"
CHANGED = "Its writer has changed this comment meanwhile."
DELETED = "Its writer has deleted this comment meanwhile."


@pytest.fixture
def story(edition):
    return factories.make_story()


@pytest.fixture
def mia():
    return factories.make_user("mia@example.org", name="Mia", group="Moderators")


@pytest.fixture
def queue(mia):
    return signed_in(mia)


def page_of(comment):
    return f"{LIST}{comment.pk}/change/"


def reported(story, *reasons, **fields):
    comment = factories.make_comment(story, **fields)
    for number, reason in enumerate(reasons):
        report(comment.pk, f"{number:064}", reason, f"Note {number}.")
    comment.refresh_from_db()
    return comment


def hidden(client, path, **query):
    """What the page carries of the texts that stand on it."""
    page = Reading(client.get(path, query).content.decode())
    fields = page.all("input", type="hidden")
    return {field["name"]: field["value"] for field in fields if field["name"].startswith("seen-")}


def act(client, action, *comments, status="pending", **data):
    chosen = {"action": action, "_selected_action": [comment.pk for comment in comments], **data}
    return Reading(client.post(f"{LIST}?is={status}", chosen, follow=True).content.decode()).text


def push(client, comment, button, **data):
    return Reading(client.post(page_of(comment), {f"_{button}": "1", **data}, follow=True).content.decode()).text


def now(comment):
    comment.refresh_from_db()
    return comment


def test_what_was_reported_is_listed_the_most_reported_on_top(queue, story):
    once = reported(story, "spam", body="Once.")
    thrice = reported(story, "spam", "hate", "insult", body="Three times.")
    factories.make_comment(story, body="Never.")
    waits = reported(story, "spam", "false", body="Changed since.")
    edit_comment(waits.pk, "Changed since, really.")
    rows = list(queue.get(LIST, {"is": "reported"}).context["cl"].result_list)
    assert rows == [thrice, waits, once]
    assert "Reported" in read(queue, LIST).text


def test_the_list_of_reports_is_a_range_of_its_index(queue, story):
    if connection.vendor == "postgresql":
        # It walks a table of a few rows as a whole, and knows other ways to find them.
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    reported(story, "spam")
    rows = queue.get(LIST, {"is": "reported"}).context["cl"].result_list
    assert "comment_reported" in rows.explain()


def test_the_page_says_why_and_when_to_moderators_alone(queue, story):
    comment = reported(story, "hate", "private", body="Reported.")
    page = read(queue, page_of(comment))
    for words in ("Hatred against a group", "Note 0.", "Gives away something private", "Note 1.", "not handled yet"):
        assert words in page.text
    editor = signed_in(factories.make_user("ana@example.org", group="Editors"))
    assert "Note 0." not in read(editor, page_of(comment)).text


def test_a_note_is_shown_as_text(queue, story):
    comment = factories.make_comment(story)
    report(comment.pk, "r" * 64, "spam", "<script>alert(1)</script>")
    html = queue.get(page_of(comment)).content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_keep_ends_the_reports_and_leaves_the_comment(queue, mia, story):
    one, two = reported(story, "spam", "hate"), reported(story, "spam", body="Another.")
    assert "2 comments: kept." in act(queue, "keep", one, two, status="reported")
    for comment in (one, two):
        assert (now(comment).status, comment.report_count, comment.decided_by) == ("approved", 0, mia)
        assert not comment.reports.filter(handled_at=None).exists()
    assert "handled" in read(queue, page_of(one)).text
    assert list(queue.get(LIST, {"is": "reported"}).context["cl"].result_list) == []


def test_keep_stands_on_the_page_of_what_was_reported_alone(queue, story):
    comment, other = reported(story, "spam"), factories.make_comment(story, body="Never.")
    assert "_keep" in queue.get(page_of(comment)).content.decode()
    assert "_keep" not in queue.get(page_of(other)).content.decode()
    push(queue, comment, "keep")
    assert (now(comment).status, comment.report_count) == ("approved", 0)
    assert queue.post(page_of(other), {"_keep": "1"}).status_code == 403


def test_keep_publishes_nothing_that_waits(queue, story):
    comment = reported(story, "spam")
    edit_comment(comment.pk, "Changed.")
    act(queue, "keep", comment, status="reported")
    assert (now(comment).status, comment.report_count) == ("pending", 0)


def test_removing_what_was_reported_ends_its_reports(queue, story):
    comment = reported(story, "spam")
    act(queue, "remove", comment, status="reported")
    assert (now(comment).status, comment.report_count) == ("removed", 0)


def test_a_comment_is_picked_and_unpicked(queue, story):
    comment = factories.make_comment(story)
    assert "1 comment: picked." in act(queue, "pick", comment, status="approved")
    assert now(comment).is_pick
    page = queue.get(page_of(comment)).content.decode()
    assert "_unpick" in page
    assert 'name="_pick"' not in page
    assert "Editors&#x27; pick" in page
    push(queue, comment, "unpick")
    assert not now(comment).is_pick
    push(queue, comment, "pick")
    act(queue, "unpick", comment, status="approved")
    assert not now(comment).is_pick


def test_what_cannot_be_picked_is_said_and_the_others_are(queue, story):
    root = factories.make_comment(story, name="Root")
    reply = factories.make_comment(story, name="Reply", parent=root)
    said = act(queue, "pick", root, reply, status="approved")
    assert "1 comment: picked." in said
    assert "Reply: Only an approved comment that begins a thread can be picked." in said
    assert (now(root).is_pick, now(reply).is_pick) == (True, False)
    assert 'name="_pick"' not in queue.get(page_of(reply)).content.decode()


def test_a_fourth_pick_is_refused_in_words(queue, story):
    comments = [factories.make_comment(story, body=f"Number {number}.") for number in range(4)]
    act(queue, "pick", *comments[:3], status="approved")
    assert "This story has 3 picks already." in push(queue, comments[3], "pick")
    assert not now(comments[3]).is_pick
    assert LogEntry.objects.filter(object_id=comments[3].pk).count() == 0


def test_the_list_and_the_page_carry_which_text_they_show(queue, story):
    one, two = (factories.make_comment(story, body=body, status="pending") for body in ("One.", "Two."))
    made = hidden(queue, LIST)
    assert set(made) == {f"seen-{one.pk}", f"seen-{two.pk}"}
    assert made[f"seen-{one.pk}"] != made[f"seen-{two.pk}"]
    assert hidden(queue, page_of(one)) == {f"seen-{one.pk}": made[f"seen-{one.pk}"]}


def test_a_text_that_changed_since_the_list_was_made_is_left_and_the_others_go_through(queue, story):
    one, two = (factories.make_comment(story, name=name, status="pending") for name in ("Petra", "Ivan"))
    seen = hidden(queue, LIST)
    edit_comment(one.pk, "Something else.")
    said = act(queue, "approve", one, two, **seen)
    assert f"Petra: {CHANGED}" in said
    assert "1 comment: Approved." in said
    assert "0 comments" not in act(queue, "approve", one, **seen)
    assert (now(one).status, now(two).status) == ("pending", "approved")
    assert "1 comment: Approved." in act(queue, "approve", one, **hidden(queue, LIST))


def test_a_text_that_changed_since_its_page_was_made_is_shown_again(queue, story):
    comment = factories.make_comment(story, status="pending")
    seen = hidden(queue, page_of(comment))
    edit_comment(comment.pk, "Something else.")
    said = push(queue, comment, "approve", **seen)
    assert CHANGED in said
    assert "Something else." in said
    assert now(comment).status == "pending"


def test_what_left_the_list_meanwhile_is_said(queue, story):
    gone, decided, stays = (factories.make_comment(story, body=f"{n}.", status="pending") for n in range(3))
    withdraw(gone.pk)
    decide(decided, "rejected")
    said = act(queue, "approve", gone, decided, stays)
    assert "1 comment: Approved." in said
    assert "2 comments were left as they are" in said
    assert [now(comment).status for comment in (gone, decided, stays)] == ["withdrawn", "rejected", "approved"]


def test_what_its_writer_deleted_is_shown_as_such_and_decided_on_by_nobody(queue, story):
    comment = factories.make_comment(story, status="pending")
    withdraw(comment.pk)
    assert DELETED in push(queue, comment, "approve")
    assert now(comment).status == "withdrawn"
    listed = queue.get(LIST, {"is": "withdrawn"})
    assert list(listed.context["cl"].result_list) == [comment]
    assert "Deleted by its author" in listed.content.decode()
    assert (
        listed.context["action_form"] is None
        or [name for name, _label in listed.context["action_form"].fields["action"].choices if name] == []
    )
    page = queue.get(page_of(comment)).content.decode()
    assert "_approve" not in page


def test_names_carry_their_badges_and_no_address(queue, story):
    ana = factories.make_user("ana@example.org", name="Ana", group="Editors")
    petra = factories.make_user("petra@example.org", name="Petra", is_staff=False)
    nexus = Author.objects.get(slug="nexus-vale")
    comments = [
        factories.make_comment(story, name="Ana", user=ana),
        factories.make_comment(story, name="Petra", user=petra),
        factories.make_comment(story, name="x", author=nexus),
    ]
    listed = read(queue, f"{LIST}?is=approved").text
    pages = [read(queue, page_of(comment)).text for comment in comments]
    for name, page in zip(["Ana (Staff)", "Petra", "Nexus Vale (AI editor)"], pages, strict=True):
        assert name in listed
        assert name in page
    assert "Petra (Staff)" not in listed
    for address in ("ana@example.org", "petra@example.org"):
        assert address not in listed + "".join(pages)


def test_an_answer_to_what_is_gone_says_so(queue, story):
    root = factories.make_comment(story)
    reply = factories.make_comment(story, parent=root, body="The answer.")
    withdraw(root.pk)
    assert "Deleted by its author" in read(queue, page_of(reply)).text


def test_the_queries_do_not_grow_with_the_list_nor_with_the_reports(queue, story, django_assert_num_queries):
    user = factories.make_user("petra@example.org", is_staff=False)
    comment = reported(story, "spam")
    queue.get(page_of(comment))
    for more in range(1, 3):
        for number in range(more):
            reported(story, "spam", "hate", body=f"{more}, {number}.", user=user)
        report(comment.pk, f"{more}" * 64, "other")
        with django_assert_num_queries(7):
            queue.get(LIST, {"is": "reported"})
        with django_assert_num_queries(8):
            queue.get(page_of(comment))
