import datetime as dt

import pytest
from django.utils import timezone

from articles import navigation, views
from articles.models import Correction, StandingPage
from articles.publishing import unpublish
from tests import factories
from tests.reading import expect_status, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _edition(edition):
    pass


def make_page(slug="about", language="en", **fields):
    fields = {"title": "About us", "body": "## Who we are\n\nWe *wait*.", **fields}
    return StandingPage.objects.create(key=fields.pop("key", slug), language=language, slug=slug, **fields)


def correct(article, text, hours=1):
    return Correction.objects.create(article=article, text=text, made_at=timezone.now() - dt.timedelta(hours=hours))


def test_a_standing_page_shows_its_text_and_is_linked_in_the_footer(client):
    make_page(description="Who makes this.")
    page = read(client, "/about/")
    assert "About us Who we are We wait." in page.main
    assert page.all("em")
    assert page.all("meta", name="description", content="Who makes this.")
    assert len(page.canonical) == 1
    assert "/about/" in read(client, "/").links


def test_html_in_a_page_is_shown_as_text(client):
    make_page(title="<b>About</b>", body="<script>alert(1)</script>")
    html = client.get("/about/").content.decode()
    assert "<script>alert" not in html
    assert "<b>About" not in html


def test_its_twin_is_known_by_the_key(client):
    make_page()
    make_page("o-nama", "hr", key="about", title="O nama")
    assert "/hr/o-nama/" in read(client, "/about/").links
    assert "/about/" in read(client, "/hr/o-nama/").links
    assert "/hr/o-nama/" in read(client, "/hr/").links


def test_a_page_of_another_language_or_switched_off_is_a_404(client):
    make_page()
    make_page("secret", is_public=False)
    expect_status(client, "/hr/about/", 404)
    expect_status(client, "/secret/", 404)
    assert "/secret/" not in read(client, "/").links


def test_the_six_system_pages_may_be_missing(client):
    for slug in ("about", "imprint", "ai-policy", "privacy", "house-rules"):
        expect_status(client, f"/{slug}/", 404)
    read(client, "/corrections/")


def test_no_link_of_the_frame_leads_nowhere(client):
    """The pages that templates name must be among the footer's only when they exist."""
    for slug in ("about", "ai-policy"):
        make_page(slug)
    for link in dict.fromkeys(read(client, "/").links):
        if link.startswith("/"):
            assert client.get(link, follow=True).status_code == 200, link


def test_corrections_are_listed_the_newest_first(client):
    article = factories.make_story()
    correct(article, "The older note.", hours=2)
    correct(article, "The newer note.", hours=1)
    page = read(client, "/corrections/")
    assert page.main.index("The newer note.") < page.main.index("The older note.")
    assert article.get_absolute_url() in page.links


def test_the_corrections_page_shows_the_text_written_for_it(client):
    make_page("corrections", title="What we got wrong", body="We say so.")
    page = read(client, "/corrections/")
    assert "What we got wrong We say so." in page.main
    assert "No corrections so far." in page.main


def test_corrections_of_unseen_stories_and_other_languages_are_not_listed(client):
    article = factories.make_story()
    correct(article, "The note.")
    correct(factories.make_story("hr", title="Model"), "Ispravak.")
    assert "Ispravak." not in read(client, "/corrections/").main
    assert "Ispravak." in read(client, "/hr/corrections/").main
    unpublish(article)
    assert "The note." not in read(client, "/corrections/").main


def test_corrections_are_paged(client, monkeypatch):
    monkeypatch.setattr(views, "CORRECTIONS_PAGE", 2)
    article, at = factories.make_story(), timezone.now()
    for number in range(5):
        Correction.objects.create(article=article, text=f"Note {number}.", made_at=at)
    met, path = [], "/corrections/"
    while path:
        page = read(client, path)
        met.append([number for number in range(5) if f"Note {number}." in page.main])
        older = page.all("a", rel="next")
        path = older and older[0]["href"]
    assert met == [[3, 4], [1, 2], [0]]
    expect_status(client, "/corrections/?before=x", 400)


@pytest.mark.parametrize(("language", "path"), [("en", "/"), ("hr", "/hr/")])
def test_the_page_on_ai_is_linked_only_where_it_exists(client, language, path):
    story = factories.make_story(language).get_absolute_url()
    link = f"{path}ai-policy/"
    make_page("ai-policy", "hr" if language == "en" else "en")
    for page in (path, story):
        assert link not in read(client, page).links, page
    make_page("ai-policy", language)
    navigation.forget()
    for page in (path, story):
        assert read(client, page).links.count(link) == 2, page
