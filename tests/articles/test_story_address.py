"""A story's address: what is not public is not there, what moved leads on, and the languages know each other."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import Article
from articles.publishing import archive, publish, retract, save_story, unpublish
from tests import factories
from tests.reading import in_croatian, read

pytestmark = pytest.mark.django_db
STORY = "/ai/a-model-learns-to-wait/"
PARTS = ["", "photos/", "comments/"]


@pytest.fixture(autouse=True)
def _edition(edition):
    pass


@pytest.fixture
def article():
    return factories.make_story(photos=[factories.photo_row(factories.make_photo())])


def rename(article, slug):
    return publish(save_story({**article.newest_revision().content, "slug": slug}, language="en", article=article))


@pytest.mark.parametrize("part", PARTS)
def test_a_public_story_and_its_pages_are_there(client, article, part):
    assert client.get(STORY + part).status_code == 200


@pytest.mark.parametrize("part", [*PARTS, "like/"])
@pytest.mark.parametrize("make_unseen", [unpublish, archive])
def test_what_left_the_public_is_a_404(client, article, make_unseen, part):
    make_unseen(article)
    assert client.get(STORY + part).status_code == 404
    assert client.get(f"/db/{article.record_number}/").status_code == 404


@pytest.mark.parametrize("part", [*PARTS, "like/"])
def test_a_draft_and_a_scheduled_story_are_404(client, part):
    draft = factories.make_draft()
    assert client.get(STORY + part).status_code == 404
    publish(draft, at=timezone.now() + dt.timedelta(hours=1))
    assert client.get(STORY + part).status_code == 404
    assert client.get(f"/db/{draft.record_number}/").status_code == 404


@pytest.mark.parametrize("part", PARTS)
def test_a_retracted_story_is_gone_and_says_why(client, article, part):
    retract(article, "The source was a hoax <b>.")
    page = read(client, STORY + part, status=410)
    assert "Retracted" in page.main
    assert "The source was a hoax <b>." in page.main
    assert "patience is cheap" not in page.main
    assert page.all("meta", name="robots", content="noindex")


def test_a_retracted_story_cannot_be_liked_and_its_number_leads_to_the_reason(client, article):
    retract(article, "A hoax.")
    answer = client.post(STORY + "like/", headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 404
    assert client.get(f"/db/{article.record_number}/").headers["Location"] == STORY


@pytest.mark.parametrize("part", PARTS)
def test_a_wrong_section_leads_to_the_right_one(client, article, part):
    for wrong in ("space", "never-heard-of"):
        response = client.get(f"/{wrong}/a-model-learns-to-wait/{part}")
        assert (response.status_code, response.headers["Location"]) == (301, STORY + part)


@pytest.mark.parametrize("part", PARTS)
def test_old_slugs_lead_straight_to_the_newest(client, article, part):
    rename(article, "second")
    rename(article, "third")
    for old in ("/ai/a-model-learns-to-wait/", "/ai/second/", "/space/second/"):
        response = client.get(old + part)
        assert (response.status_code, response.headers["Location"]) == (301, "/ai/third/" + part)
    assert client.get("/ai/third/" + part).status_code == 200


def test_a_slug_taken_back_is_live_again(client, article):
    rename(article, "second")
    rename(article, "a-model-learns-to-wait")
    assert client.get(STORY).status_code == 200
    assert client.get("/ai/second/").headers["Location"] == STORY


def test_an_old_slug_of_a_story_that_left_the_public_is_a_404(client, article):
    unpublish(rename(article, "second"))
    assert client.get(STORY).status_code == 404


def test_an_old_slug_of_a_retracted_story_leads_to_the_reason(client, article):
    retract(rename(article, "second"), "A hoax.")
    assert client.get(STORY).headers["Location"] == "/ai/second/"
    assert client.get("/ai/second/").status_code == 410


def test_an_old_slug_leads_on_while_a_draft_of_that_slug_waits(client, article):
    rename(article, "second")
    Article.objects.filter(pk=factories.make_draft(title="Another").pk).update(slug="a-model-learns-to-wait")
    assert client.get(STORY).headers["Location"] == "/ai/second/"


@pytest.mark.parametrize("path", ["/ai/nothing/", "/ai/nothing/photos/", "/ai/nothing/comments/", "/nothing/at-all/"])
def test_an_unknown_address_is_a_404(client, article, path):
    assert "Page not found" in read(client, path, status=404).main


def test_a_story_without_photos_has_no_foto_review(client):
    factories.make_story()
    assert client.get(STORY + "photos/").status_code == 404


def test_the_record_number_leads_to_the_story_in_its_own_language(client, article):
    croatian = factories.make_story("hr", title="Model uči čekati", slug="model-uci-cekati")
    assert client.get(f"/db/{article.record_number}/").headers["Location"] == STORY
    for path in (f"/db/{croatian.record_number}/", f"/hr/db/{croatian.record_number}/"):
        response = client.get(path)
        assert response.status_code == 302
        assert response.headers["Location"] == "/hr/umjetna-inteligencija/model-uci-cekati/"


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30, "9" * 5000])
def test_an_unknown_record_number_is_a_404(client, number):
    assert client.get(f"/db/{number}/").status_code == 404


@pytest.mark.parametrize("is_public", [True, False])
def test_a_demonstration_is_public_only_where_the_installation_shows_it(client, settings, is_public):
    settings.DEMO_IS_PUBLIC = is_public
    demo = factories.make_story(is_demo=True)
    assert client.get(STORY).status_code == (200 if is_public else 404)
    assert client.get(f"/db/{demo.record_number}/").status_code == (302 if is_public else 404)


# Languages

CROATIAN = "/hr/umjetna-inteligencija/model-uci-cekati/"


def make_pair(croatian_at=None):
    factories.make_story(translation_key="wait")
    title = {"title": "Model uči čekati", "slug": "model-uci-cekati"}
    return factories.make_story("hr", translation_key="wait", at=croatian_at, **title)


def test_translations_lead_to_each_other(client, settings):
    settings.SITE_URL = "https://news.example.org"
    make_pair()
    for path, other, code in ((STORY, CROATIAN, "hr"), (CROATIAN, STORY, "en")):
        page = read(client, path)
        assert page.all("a", href=other, hreflang=code)
        assert page.canonical == ["https://news.example.org" + path]
        assert page.alternates == {
            "en": "https://news.example.org" + STORY,
            "hr": "https://news.example.org" + CROATIAN,
        }


def test_a_translation_that_is_not_public_yet_is_not_given_away(client, time_machine):
    croatian = factories.make_draft("hr", translation_key="wait", title="Model uči čekati", slug="model-uci-cekati")
    factories.make_story(translation_key="wait")
    publish(croatian, at=timezone.now() + dt.timedelta(hours=1))
    page = read(client, STORY)
    assert "Not translated yet" in page.text
    assert CROATIAN not in page.links
    assert "/hr/" in page.links
    assert page.alternates == {}
    time_machine.move_to(timezone.now() + dt.timedelta(hours=2))
    page = read(client, STORY)
    assert CROATIAN in page.links
    assert "Not translated yet" not in page.text


def test_a_story_without_translation_says_so_and_leads_home(client):
    factories.make_story("hr", title="Model uči čekati", slug="model-uci-cekati")
    page = read(client, CROATIAN)
    assert in_croatian("Not translated yet") in page.text
    assert "/" in page.links
    assert page.language == "hr"


def test_a_story_is_not_found_under_another_language(client, article):
    assert client.get("/hr" + STORY).status_code == 404
    assert client.get("/hr/umjetna-inteligencija/a-model-learns-to-wait/").status_code == 404
