import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import likes
from articles.likes import like_score, weeks
from articles.models import Like
from tests import factories

pytestmark = pytest.mark.django_db
LIKE = "/ai/a-model-learns-to-wait/like/"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def article(edition):
    return factories.make_story()


def post(client, action="like", headers=SAME_ORIGIN, **extra):
    return client.post(LIKE, {"action": action}, headers={**headers, **extra})


def count(article):
    article.stats.refresh_from_db()
    return article.stats.like_count


def test_a_plain_form_likes_and_leads_to_a_page_that_shows_it(client, article):
    response = post(client)
    assert response.status_code == 303
    assert response["Location"] == LIKE
    page = client.get(LIKE)
    assert "You like this" in page.content.decode()
    assert 'value="unlike"' in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert count(article) == 1


def test_a_script_gets_the_state_as_json(client, article):
    response = post(client, Accept="application/json")
    assert response.json() == {"liked": True, "count": 1}
    assert post(client, "unlike", Accept="application/json").json() == {"liked": False, "count": 0}


def test_liking_twice_is_one_like_and_taking_back_twice_is_none(client, article):
    post(client)
    post(client)
    assert count(article) == Like.objects.count() == 1
    post(client, "unlike")
    post(client, "unlike")
    assert count(article) == Like.objects.count() == 0


def test_two_readers_are_two_likes(client, article):
    from django.test import Client

    post(client)
    post(Client())
    assert count(article) == 2


def test_the_first_like_alone_sets_a_cookie(client, article):
    assert client.get("/ai/a-model-learns-to-wait/").cookies == {}
    cookie = post(client).cookies["reader"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert len(cookie.value) == 32
    assert post(client, "unlike").cookies == {}


def test_under_https_the_cookie_belongs_to_this_host_alone(client, article, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = post(client).cookies["__Host-reader"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""


def test_taking_back_without_a_like_sets_no_cookie(client, article):
    assert post(client, "unlike").cookies == {}


def test_likes_of_one_reader_cannot_be_linked(client, article):
    other = factories.make_story(title="Another one")
    post(client)
    client.post("/ai/another-one/like/", headers=SAME_ORIGIN)
    one, two = Like.objects.order_by("id").values_list("reader", flat=True)
    token = client.cookies["reader"].value
    assert one != two
    assert token not in one + two
    assert other.likes.count() == 1


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_a_form_from_elsewhere_is_refused(client, article, headers):
    response = post(client, headers=headers)
    assert response.status_code == 403
    assert "not sent from our own page" in response.content.decode()
    assert count(article) == 0


def test_an_older_browser_is_known_by_its_origin(client, article):
    assert post(client, headers={"Origin": "http://testserver"}).status_code == 303


def test_an_unknown_action_is_a_400(client, article):
    assert post(client, "love").status_code == 400


def test_a_forged_cookie_counts_as_none(client, article):
    client.cookies["reader"] = "x" * 500
    assert "reader" in post(client).cookies
    assert count(article) == 1


def test_an_unpublished_story_cannot_be_liked(client, edition):
    factories.make_draft()
    assert post(client).status_code == 404


def test_too_many_likes_of_one_network_are_a_429(client, article, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "like-network": (2, 60)}
    codes = [post(client, action).status_code for action in ("like", "unlike", "like")]
    assert codes == [303, 303, 429]


def test_the_database_refuses_a_second_like(article):
    Like.objects.create(article=article, reader="a" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        Like.objects.create(article=article, reader="a" * 64)


def test_the_score_weighs_recent_likes_more():
    now = timezone.now()
    fresh = like_score([now] * 2)
    old = like_score([now - dt.timedelta(weeks=2)] * 7)
    assert fresh > old
    assert like_score([now - dt.timedelta(weeks=2)] * 9) > fresh


def test_the_score_kept_step_by_step_is_that_of_all_likes(article, time_machine):
    start = timezone.now()
    tokens = [f"{number:032x}" for number in range(4)]
    for day, token in enumerate(tokens):
        time_machine.move_to(start + dt.timedelta(days=day), tick=False)
        likes.set_like(article.pk, token, liked=True)
    likes.set_like(article.pk, tokens[1], liked=False)
    article.stats.refresh_from_db()
    moments = Like.objects.values_list("created_at", flat=True)
    assert article.stats.like_score == pytest.approx(like_score(moments))
    for token in tokens:
        likes.set_like(article.pk, token, liked=False)
    article.stats.refresh_from_db()
    assert article.stats.like_score == 0
    assert weeks(start) > 300
