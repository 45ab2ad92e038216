"""A changed slug of a section or standing page leads on for ever; a live address always wins."""

import pytest

from articles import navigation
from articles.models import Category, Redirect, StandingPage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _edition(edition):
    pass


def rename(row, slug):
    row.slug = slug
    row.save()


def moved(client, path):
    response = client.get(path)
    return response.status_code, response.headers.get("Location")


@pytest.fixture
def section(client):
    client.get("/ai/")  # the process knows the navigation now
    return Category.objects.get(language="en", key="ai")


@pytest.fixture
def about():
    return StandingPage.objects.create(key="about", language="en", slug="about", title="About", body="Text.")


def test_a_renamed_section_is_at_its_new_address_at_once(client, section):
    rename(section, "machines")
    assert client.get("/machines/").status_code == 200
    assert moved(client, "/ai/") == (301, "/machines/")


def test_its_stories_follow(client, section):
    factories.make_story()
    rename(section, "machines")
    assert moved(client, "/ai/a-model-learns-to-wait/") == (301, "/machines/a-model-learns-to-wait/")
    assert client.get("/machines/a-model-learns-to-wait/").status_code == 200


def test_two_renamings_make_no_chain(client, section):
    rename(section, "machines")
    rename(section, "minds")
    client.get("/minds/")
    assert moved(client, "/ai/") == (301, "/minds/")
    assert moved(client, "/machines/") == (301, "/minds/")


def test_a_slug_taken_back_does_not_turn_in_a_circle(client, section):
    rename(section, "machines")
    rename(section, "ai")
    assert client.get("/ai/").status_code == 200
    client.get("/machines/")
    assert moved(client, "/machines/") == (301, "/ai/")


def test_a_new_section_takes_an_old_slug(client, section):
    rename(section, "machines")
    Category.objects.create(key="new", language="en", name="New AI", slug="ai")
    navigation.forget()  # a minute passes
    assert "New AI" in client.get("/ai/").content.decode()


def test_the_other_language_keeps_its_own_slugs(client, section):
    rename(section, "machines")
    assert client.get("/hr/machines/").status_code == 404
    assert client.get("/hr/umjetna-inteligencija/").status_code == 200


def test_a_renamed_standing_page_leads_on(client, about):
    rename(about, "who-we-are")
    assert client.get("/who-we-are/").status_code == 200
    assert moved(client, "/about/") == (301, "/who-we-are/")
    rename(about, "us")
    assert moved(client, "/about/") == moved(client, "/who-we-are/") == (301, "/us/")


def test_an_old_slug_of_a_page_that_is_switched_off_is_a_404(client, about):
    rename(about, "us")
    StandingPage.objects.update(is_public=False)
    assert client.get("/about/").status_code == 404
    assert client.get("/us/").status_code == 404


def test_a_rename_without_a_new_slug_leaves_nothing(section, about):
    section.name = "Machines"
    section.save()
    about.save()
    assert not Redirect.objects.exists()
