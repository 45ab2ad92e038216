"""The moderators' pages of who may comment: the switch of the site, and a story's control."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import ArticleStats
from comments.models import Decision
from comments.policy import set_site, set_story, site_mode
from comments.queue_forms import UNKNOWN
from tests import factories
from tests.comments.writing import STORY
from tests.reading import Reading, read

pytestmark = pytest.mark.django_db
SITE = "/admin/comments/discussion/"


@pytest.fixture
def mia(client):
    return sign_in(client, "mia@example.org", "Moderators")


def sign_in(client, email, group):
    user = factories.make_user(email, group, group=group, language="en")
    client.force_login(user)
    return user


def at(story):
    return f"{SITE}{story.pk}/"


def stands(story):
    return ArticleStats.objects.values_list("discussion", "discussion_days").get(article=story)


def pressed(page):
    return [button["value"] for button in page.all("button", **{"aria-pressed": "true"})]


def test_the_page_says_which_mode_holds(client, mia):
    page = read(client, SITE)
    assert "Pre-moderated holds now" in page.main
    assert [button["value"] for button in page.all("button", name="mode")] == ["open", "closed"]


def test_the_switch_closes_the_whole_site_at_once_and_says_so(client, mia, story):
    response = client.post(SITE, {"mode": "closed"})
    assert (response.status_code, response["Location"]) == (303, SITE)
    page = read(client, SITE)
    assert "Closed. Nobody can write." in page.main
    assert "Closed holds now" in page.main
    assert "closed on the whole site" in read(client, STORY).main


def test_pressed_twice_it_says_that_nothing_changed(client, mia):
    client.post(SITE, {"mode": "closed"})
    client.post(SITE, {"mode": "closed"})
    assert "It stood so already." in read(client, SITE).main
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"mode": ""}, {"mode": "half"}])
def test_another_mode_is_refused_with_a_sentence(client, mia, sent):
    response = client.post(SITE, sent)
    assert response.status_code == 400
    assert "Choose one of: open, pre-moderated, closed." in Reading(response.content.decode()).main
    assert site_mode() == "premoderated"


def test_the_page_lists_what_was_changed_and_by_whom(client, mia, story):
    set_site("open", mia)
    set_story(story, "closed", 7, mia)
    page = read(client, SITE)
    assert "The whole site Open Moderators" in page.main
    assert "A model learns to wait Closed, closes after 7 days Moderators" in page.main
    assert at(story) in page.links


def test_the_list_is_bounded_and_costs_the_same(client, mia, story):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page = read(client, SITE)
        return len(captured), len([time for time in page.all("time") if time.get("class") == "age"])

    set_story(story, "open", 1, mia)
    few, listed = queries()
    assert listed == 1
    for days in range(2, 30):
        set_story(factories.make_story(title=f"Story {days}") if days < 5 else story, "open", days, mia)
    assert queries() == (few, 20)


def test_a_storys_page_shows_how_it_stands(client, mia, story):
    factories.make_comment(story)
    factories.make_comment(story, status="pending")
    factories.make_comment(story, status="pending")
    page = read(client, at(story))
    assert "1 public, 2 waiting. As the whole site: Pre-moderated." in page.main
    assert pressed(page) == []
    set_story(story, "open", 14, mia)
    page = read(client, at(story))
    assert "Open. Comments close on " in page.main
    assert pressed(page) == ["open"]
    assert "Open, closes after 14 days Moderators" in page.main
    set_story(story, "closed", 14, mia)
    page = read(client, at(story))
    assert "2 waiting. Closed." in page.main
    assert "Comments close on" not in page.main


def test_it_says_when_the_site_is_closed_whatever_the_story_has(client, mia, story):
    set_story(story, "open", None, mia)
    set_site("closed", mia)
    page = read(client, at(story))
    assert "The whole site is closed." in page.main
    assert pressed(page) == ["open"]


def test_a_moderator_sets_a_story_and_comes_back(client, mia, story):
    sent = {"mode": "closed", "days": "", "seen": "site", "next": "/admin/comments/queue/?c=1"}
    response = client.post(at(story), sent)
    assert (response.status_code, response["Location"]) == (303, "/admin/comments/queue/?c=1")
    assert stands(story) == ("closed", None)
    assert "A model learns to wait: Closed." in read(client, SITE).main


def test_how_it_stood_must_come_along(client, mia, story):
    response = client.post(at(story), {"mode": "closed", "days": ""})
    assert response.status_code == 400
    assert str(UNKNOWN) in Reading(response.content.decode()).main
    assert stands(story) == ("", None)


def test_it_leads_to_no_foreign_site(client, mia, story):
    response = client.post(at(story), {"mode": "closed", "seen": "site", "next": "https://evil.example/"})
    assert response["Location"] == at(story)


def test_back_to_what_holds_for_the_site(client, mia, story):
    set_story(story, "closed", 3, mia)
    client.post(at(story), {"mode": "", "days": "3", "seen": "closed 3"})
    assert stands(story) == ("", 3)


def test_the_days_are_set_and_taken_back(client, mia, story):
    client.post(at(story), {"mode": "", "days": "14", "seen": "site"})
    assert stands(story) == ("", 14)
    client.post(at(story), {"mode": "", "days": "", "seen": "site 14"})
    assert stands(story) == ("", None)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("soon", "Give the days as a number, or leave the field empty."),
        ("0", "Give one day or more, or leave the field empty."),
        ("3651", "At most 3650 days."),
        ("9" * 30, "At most 3650 days."),
    ],
)
def test_other_days_are_refused_and_what_was_typed_stays(client, mia, story, days, sentence):
    response = client.post(at(story), {"mode": "", "days": days, "next": "/admin/comments/queue/?c=1"})
    assert response.status_code == 400
    page = Reading(response.content.decode())
    assert sentence in page.main
    assert page.all("input", id="discussion-days")[0]["value"] == days
    assert page.all("input", name="next", value="/admin/comments/queue/?c=1")
    assert stands(story) == ("", None)


def test_an_unknown_mode_is_refused(client, mia, story):
    response = client.post(at(story), {"mode": "half"})
    assert response.status_code == 400
    assert "Choose one of: open" in Reading(response.content.decode()).main


def test_of_two_moderators_the_second_is_told(client, mia, story):
    set_story(story, "closed", 7, mia)
    response = client.post(at(story), {"mode": "open", "days": "", "seen": "site"})
    assert response.status_code == 409
    assert (
        "Somebody changed this story's comments meanwhile: Closed, closes after 7 days."
        in response.content.decode().replace("&#x27;", "'")
    )
    assert stands(story) == ("closed", 7)


def test_a_script_gets_the_sentence_and_the_control(client, mia, story):
    headers = {"Accept": "application/json"}
    response = client.post(at(story), {"mode": "closed", "seen": "site", "next": "/x"}, headers=headers)
    assert response.status_code == 200
    assert response.json()["sentence"] == f"{story.title}: Closed."
    part = Reading(response.json()["html"])
    assert pressed(part) == ["closed"]
    assert part.all("input", name="seen", value="closed")
    assert part.all("input", name="next", value="/x")
    assert not part.all("html")
    for sent, status in (({"mode": "open", "seen": "site"}, 409), ({"mode": "half"}, 400)):
        response = client.post(at(story), sent, headers=headers)
        assert response.status_code == status
        assert response.json()["errors"]["__all__"][0]


def test_a_story_that_is_not_there_is_a_404(client, mia):
    assert client.get(f"{SITE}999999/").status_code == 404
    assert client.post(f"{SITE}999999/", {"mode": "closed"}).status_code == 404


def test_editors_look_and_find_nothing_to_press(client, story):
    sign_in(client, "ana@example.org", "Editors")
    for path in (SITE, at(story)):
        page = read(client, path)
        assert not page.all("button", name="mode")
        assert client.post(path, {"mode": "closed"}).status_code == 403
    assert not Decision.objects.exists()


def test_the_forms_are_guarded_by_a_token(mia, story):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(mia)
    for path in (SITE, at(story)):
        assert strict.post(path, {"mode": "closed"}).status_code == 403
        token = read(strict, path).all("input", name="csrfmiddlewaretoken")[0]["value"]
        sent = {"mode": "closed", "seen": "site", "csrfmiddlewaretoken": token}
        assert strict.post(path, sent).status_code == 303
