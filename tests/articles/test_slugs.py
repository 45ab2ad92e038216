"""The first segment of an address: what the system uses is closed to sections and standing pages."""

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ValidationError

from articles.models import Category, StandingPage
from articles.slugs import check_top_slug, reserved_segments

pytestmark = pytest.mark.django_db
SYSTEM = [
    *("admin", "archive", "authors", "db", "feeds", "healthz", "readyz", "media", "photos", "search", "static", "tags"),
    *("space-tracker", "sitemap.xml", "robots.txt", "preview"),
    *(code for code, _name in settings.LANGUAGES),
]


def section(slug, language="en"):
    return Category(key=slug, language=language, name="Name", slug=slug)


def standing(slug, language="en"):
    return StandingPage(key=slug, language=language, title="Title", slug=slug, body="Text.")


@pytest.mark.parametrize("model", [Category, StandingPage])
def test_every_address_of_the_system_is_reserved(model):
    assert set(SYSTEM) <= reserved_segments(model)


@pytest.mark.parametrize("make", [section, standing])
@pytest.mark.parametrize("slug", SYSTEM)
def test_a_reserved_slug_is_refused(make, slug):
    with pytest.raises(ValidationError, match="an address of the system"):
        check_top_slug(make(slug))


@pytest.mark.parametrize("slug", ["about", "imprint", "ai-policy", "corrections", "privacy", "house-rules"])
def test_the_names_of_the_systems_pages_are_theirs(slug):
    check_top_slug(standing(slug))
    with pytest.raises(ValidationError):
        check_top_slug(section(slug))


@pytest.mark.parametrize("slug", ["ai", "hrana", "english", "administration", "tag", "photo"])
def test_an_ordinary_slug_is_taken(slug):
    check_top_slug(section(slug))
    check_top_slug(standing(slug))


def test_sections_and_pages_share_one_namespace_per_language():
    section("taken").save()
    with pytest.raises(ValidationError, match="taken by a section or standing page"):
        check_top_slug(standing("taken"))
    check_top_slug(standing("taken", "hr"))
    standing("page").save()
    with pytest.raises(ValidationError, match="taken by a section or standing page"):
        check_top_slug(section("page"))


def found():
    return [error for error in run_checks(databases=["default"]) if error.id == "articles.E002"]


def test_a_system_check_finds_what_came_in_by_another_path():
    section("space").save()
    standing("about").save()
    assert found() == []
    section("search").save()
    standing("hr").save()
    messages = [error.msg for error in found()]
    assert len(messages) == 2
    assert "'search'" in messages[0]
    assert "'hr'" in messages[1]
