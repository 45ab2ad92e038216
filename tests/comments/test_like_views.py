"""A comment is liked by one click, and one more takes it back; the first like alone sets a cookie."""

import pytest
from django.test import Client
from django.utils import timezone

from articles.publishing import retract
from comments import like_views
from comments.models import CommentLike
from comments.moderation import decide
from comments.posting import edit_comment
from tests import factories
from tests.reading import expect_status, read

pytestmark = pytest.mark.django_db
STORY = "/ai/a-model-learns-to-wait/"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def story(edition):
    return factories.make_story()


@pytest.fixture
def comment(story):
    return factories.make_comment(story)


def address(comment):
    return f"{STORY}comments/{comment.pk}/like/"


def post(client, comment, action="like", headers=SAME_ORIGIN, **extra):
    return client.post(address(comment), {"action": action}, headers={**headers, **extra})


def count(comment):
    comment.refresh_from_db()
    assert comment.like_count == comment.likes.count()
    return comment.like_count


def test_a_plain_form_likes_and_leads_to_a_page_that_takes_it_back(client, comment):
    response = post(client, comment)
    assert (response.status_code, response["Location"]) == (303, address(comment))
    page = read(client, address(comment))
    assert "You like this comment" in page.main
    assert "1 like" in page.main
    assert "A good word." in page.main
    assert page.all("button", name="action", value="unlike")
    assert page.all("meta", name="robots", content="noindex")
    post(client, comment, "unlike")
    page = read(client, address(comment))
    assert "You have not liked this comment" in page.main
    assert page.all("button", name="action", value="like")
    assert f"{STORY}comments/?thread={comment.pk}#c{comment.pk}" in page.links


def test_the_page_is_never_kept(client, comment):
    assert "no-store" in client.get(address(comment))["Cache-Control"]
    assert "no-store" in post(client, comment)["Cache-Control"]


def test_a_script_gets_the_state_as_json(client, comment):
    assert post(client, comment, Accept="application/json").json() == {"liked": True, "count": 1}
    assert post(client, comment, "unlike", Accept="application/json").json() == {"liked": False, "count": 0}


def test_liking_twice_is_one_like_and_two_readers_are_two(client, comment):
    post(client, comment)
    post(client, comment)
    assert count(comment) == 1
    post(Client(), comment)
    assert count(comment) == 2


def test_the_first_like_alone_sets_a_cookie(client, comment):
    assert client.get(address(comment)).cookies == {}
    assert post(client, comment, "unlike").cookies == {}
    cookie = post(client, comment).cookies["reader"]
    assert (len(cookie.value), cookie["httponly"], cookie["samesite"]) == (32, True, "Lax")
    assert post(client, comment).cookies == {}


def test_likes_of_one_reader_cannot_be_linked(client, story, comment):
    other = factories.make_comment(story, body="Another.")
    post(client, comment)
    post(client, other)
    one, two = CommentLike.objects.order_by("id").values_list("reader", flat=True)
    assert one != two
    assert client.cookies["reader"].value not in one + two


@pytest.mark.parametrize("status", ["pending", "rejected", "removed"])
def test_what_readers_do_not_see_cannot_be_liked(client, story, status):
    comment = factories.make_comment(story, status=status)
    assert post(client, comment).status_code == 404
    expect_status(client, address(comment), 404)


def test_a_tombstone_cannot_be_liked_nor_its_text_be_read(client, story, comment):
    factories.make_comment(story, parent=comment)
    edit_comment(comment.pk, "Not for everyone yet.")
    assert post(client, comment).status_code == 404
    expect_status(client, address(comment), 404)


def test_a_comment_of_another_story_or_none_is_a_404(client, comment):
    other = factories.make_comment(factories.make_story(title="Another one"))
    assert post(client, other).status_code == 404
    expect_status(client, f"{STORY}comments/{2**70}/like/", 404)
    expect_status(client, f"/hr{address(comment)}", 404)


def test_what_is_taken_down_in_the_very_moment_is_a_404(client, comment, monkeypatch):
    found = like_views.find_comment(language="en", category="ai", slug="a-model-learns-to-wait", pk=comment.pk)
    decide(comment, "removed")
    monkeypatch.setattr(like_views, "find_comment", lambda *args: found)
    assert post(client, comment).status_code == 404
    assert count(comment) == 0


def test_below_a_retracted_story_nothing_can_be_liked(client, story, comment):
    retract(story, "Wrong.")
    assert post(client, comment).status_code == 404
    expect_status(client, address(comment), 404)
    assert count(comment) == 0


def test_a_demonstration_that_is_not_public_cannot_be_liked(client, story, settings):
    comment = factories.make_comment(story, is_demo=True)
    settings.DEMO_IS_PUBLIC = False
    assert post(client, comment).status_code == 404


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_from_elsewhere_is_refused(client, comment, headers):
    assert post(client, comment, headers=headers).status_code == 403
    assert count(comment) == 0


def test_an_unknown_action_is_a_400(client, comment):
    assert post(client, comment, "love").status_code == 400
    assert count(comment) == 0


@pytest.mark.parametrize("limit", ["like-reader", "like-network"])
def test_too_many_likes_are_a_429(client, comment, settings, limit, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    post(client, comment)
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "like-reader": (99, 60), "like-network": (99, 60), limit: (3, 60)}
    answers = [post(client, comment, action) for action in ("unlike", "like", "unlike", "like")]
    assert [answer.status_code for answer in answers].count(429) > 0
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_a_readers_limit_holds_over_stories_and_comments_alike(client, comment, settings, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    post(client, comment)
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "like-reader": (1, 60)}
    assert client.post(f"{STORY}like/", {"action": "like"}, headers=SAME_ORIGIN).status_code == 303
    assert client.post(f"{STORY}like/", {"action": "unlike"}, headers=SAME_ORIGIN).status_code == 429
    assert post(client, comment, "unlike").status_code == 429
    assert post(Client(), comment).status_code == 303


def test_the_queries_of_a_like_are_few(client, comment, django_assert_num_queries):
    post(client, comment)
    post(client, comment, "unlike")
    client.get(address(comment))
    with django_assert_num_queries(3):
        client.get(address(comment))
