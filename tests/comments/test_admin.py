"""A moderator decides on comments, in the list and on a comment's own page."""

import pytest

from comments.models import Comment
from tests import factories
from tests.articles.desk import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/comments/comment/"


@pytest.fixture
def story(edition):
    return factories.make_story()


@pytest.fixture
def mia():
    return factories.make_user("mia@example.org", name="Mia", group="Moderators")


@pytest.fixture
def queue(mia):
    return signed_in(mia)


def waiting(story, body="A good word.", **fields):
    return factories.make_comment(story, body=body, status="pending", **fields)


def act(client, action, *comments):
    return client.post(LIST, {"action": action, "_selected_action": [comment.pk for comment in comments]})


def test_the_list_shows_what_waits_the_oldest_first(queue, story):
    first, second = waiting(story, "The first."), waiting(story, "The second.")
    factories.make_comment(story, body="Long approved.")
    rows = list(queue.get(LIST).context["cl"].result_list)
    assert rows == [first, second]
    assert [row.body for row in queue.get(LIST, {"is": "approved"}).context["cl"].result_list] == ["Long approved."]


def test_a_moderator_approves_several_in_the_list(queue, mia, story):
    one, two = waiting(story, "One."), waiting(story, "Two.")
    assert act(queue, "approve", one, two).status_code == 302
    one.refresh_from_db()
    assert (one.status, one.decided_by) == ("approved", mia)
    assert one.decided_at is not None
    story.stats.refresh_from_db()
    assert story.stats.comment_count == 2


@pytest.mark.parametrize(
    ("status", "action", "becomes"), [("pending", "reject", "rejected"), ("approved", "remove", "removed")]
)
def test_a_moderator_rejects_and_removes_in_the_list(queue, story, status, action, becomes):
    comment = factories.make_comment(story, status=status)
    queue.post(f"{LIST}?is={status}", {"action": action, "_selected_action": [comment.pk]})
    comment.refresh_from_db()
    assert comment.status == becomes
    story.stats.refresh_from_db()
    assert story.stats.comment_count == 0


STEPS = ["approve", "reject", "remove", "keep", "pick", "unpick"]
# What the list offers for each status, and the page of a comment that begins a thread.
OFFERED = [
    ("pending", ["approve", "reject"], ["approve", "reject"]),
    ("approved", ["remove", "pick", "unpick"], ["remove", "pick"]),
    ("rejected", ["approve"], ["approve"]),
    ("removed", ["approve"], ["approve"]),
]


@pytest.mark.parametrize(("status", "in_the_list", "on_the_page"), OFFERED)
def test_only_what_was_never_shown_is_rejected(queue, story, status, in_the_list, on_the_page):
    comment = factories.make_comment(story, status=status)
    choices = queue.get(LIST, {"is": status}).context["action_form"].fields["action"].choices
    assert [name for name, _label in choices if name] == in_the_list
    page = queue.get(f"{LIST}{comment.pk}/change/").content.decode()
    assert [name for name in STEPS if f'name="_{name}"' in page] == on_the_page


def test_what_the_page_does_not_offer_is_refused(queue, story):
    comment = factories.make_comment(story)
    queue.post(f"{LIST}?is=approved", {"action": "reject", "_selected_action": [comment.pk]})
    response = queue.post(f"{LIST}{comment.pk}/change/", {"_reject": "1"})
    assert response.status_code == 403
    assert "decided on this comment" in response.content.decode()
    comment.refresh_from_db()
    assert comment.status == "approved"


@pytest.mark.parametrize(
    ("before", "button", "status"),
    [("pending", "_approve", "approved"), ("pending", "_reject", "rejected"), ("approved", "_remove", "removed")],
)
def test_a_moderator_decides_on_the_comments_page(queue, mia, story, before, button, status):
    comment = factories.make_comment(story, status=before)
    url = f"{LIST}{comment.pk}/change/"
    assert button in queue.get(url).content.decode()
    response = queue.post(url, {button: "1"})
    assert (response.status_code, response.url) == (302, LIST)
    comment.refresh_from_db()
    assert (comment.status, comment.decided_by) == (status, mia)


def test_the_words_of_a_comment_cannot_be_changed(queue, story):
    comment = waiting(story)
    queue.post(f"{LIST}{comment.pk}/change/", {"_approve": "1", "body": "Put into the mouth.", "name": "Someone"})
    comment.refresh_from_db()
    assert (comment.body, comment.name) == ("A good word.", "Petra K.")


def test_a_post_without_a_decision_is_refused(queue, story):
    comment = waiting(story)
    assert queue.post(f"{LIST}{comment.pk}/change/", {"_save": "1"}).status_code == 403


def test_comments_are_neither_written_nor_deleted_here(queue, story):
    comment = waiting(story)
    root = signed_in(factories.make_user("root@example.org", is_superuser=True))
    for client in (queue, root):
        assert client.get(f"{LIST}add/").status_code == 403
        assert client.get(f"{LIST}{comment.pk}/delete/").status_code == 403
    act(root, "delete_selected", comment)
    assert Comment.objects.filter(pk=comment.pk).exists()


def test_an_editor_reads_comments_and_decides_on_none(story):
    comment = waiting(story)
    ana = signed_in(factories.make_user("ana@example.org", group="Editors"))
    assert ana.get(LIST).status_code == 200
    assert "_approve" not in ana.get(f"{LIST}{comment.pk}/change/").content.decode()
    assert ana.post(f"{LIST}{comment.pk}/change/", {"_approve": "1"}).status_code == 403
    act(ana, "approve", comment)
    comment.refresh_from_db()
    assert comment.status == "pending"


def test_the_right_to_change_is_not_the_right_to_decide(story):
    from django.contrib.auth.models import Permission

    user = factories.make_user("half@example.org")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["change_comment", "view_comment"]))
    comment = waiting(story)
    assert signed_in(user).post(f"{LIST}{comment.pk}/change/", {"_approve": "1"}).status_code == 403
    comment.refresh_from_db()
    assert comment.status == "pending"


@pytest.mark.parametrize("query", ["?is=nothing", "?is=", "?q=%27%22", "?p=x"])
def test_a_broken_address_is_answered_calmly(queue, story, query):
    waiting(story)
    assert queue.get(f"{LIST}{query}").status_code in (200, 302)


@pytest.mark.parametrize("count", [1, 9])
def test_the_queue_takes_the_same_queries_whatever_its_length(queue, story, count, django_assert_num_queries):
    for number in range(count):
        waiting(story, f"Word {number}")
    # Session, account, its two sets of permissions, the bounded count, the rows; what waits, for the navigation.
    with django_assert_num_queries(7):
        queue.get(LIST)
