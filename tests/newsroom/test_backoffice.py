"""What all pages of the desk share: texts without control characters, the site's name, calm answers."""

import json

import pytest

from articles.models import Category, Correction, Place, Source, StandingPage
from authors.models import Author, User
from photos.models import Photo
from tests import factories
from tests.articles.desk import signed_in

pytestmark = pytest.mark.django_db
DATES = {"made_at_0": "2026-01-01", "made_at_1": "07:00"}


@pytest.fixture
def root(edition):
    return signed_in(factories.make_user("root@example.org", is_superuser=True))


def author(**texts):
    return {"name": "Mira\x0b Kern\x1f", "slug": "mira", "kind": "ai", "sigil": "lens", "position": "3", **texts}


CASES = [
    (Category, {"key": "r", "language": "en", "name": "R", "slug": "r", "description": "\x0ba", "position": "9"}),
    (Author, author(role_en="AI\x0b editor", motto_en="\x02Look.", bio_en="One.\r\n\r\nTwo\x0b.")),
    (StandingPage, {"key": "j", "language": "en", "title": "J", "slug": "j", "description": "a\x08", "body": "a\x0bb"}),
    (Source, {"name": "O\x0butlet", "key": "outlet", "url": "https://example.org/"}),
    (Place, {"name_en": "Kou\x0brou", "name_hr": "", "key": "kourou", "latitude": "5", "longitude": "-52"}),
    (
        Photo,
        {"title": "Do\x0bmes", "mark": "photograph", "credit": "E\x0bSO", "alt_en": "\x1fSix", "caption_en": "\x0b."},
    ),
    (Correction, {"text": "It was 38,\x0b not 83.\r\nReally.", **DATES}),
]


@pytest.mark.parametrize(("model", "data"), CASES, ids=[model.__name__ for model, _data in CASES])
def test_no_control_character_reaches_the_database(root, model, data):
    if model is Photo:
        data = {**data, "upload": factories.png()}
    if model is Correction:
        data = {**data, "article": factories.make_story().pk}
    url = f"/admin/{model._meta.app_label}/{model._meta.model_name}/add/"
    assert root.post(url, data).status_code == 302
    row = model.objects.order_by("-pk").values().first()
    stored = [value if isinstance(value, str) else json.dumps(value, default=str) for value in row.values()]
    assert not [value for value in stored if any(mark in value for mark in "\x02\x08\x0b\x1f\r")]
    assert not [value for value in stored if "\\u00" in value or "\\r" in value]


def test_lines_of_a_long_text_stay(root):
    root.post("/admin/authors/author/add/", author(role_en="AI editor", bio_en="One.\r\n\r\nTwo\x0b."))
    mira = Author.objects.get(slug="mira")
    assert (mira.name, mira.texts["en"]["bio"]) == ("Mira Kern", "One.\n\nTwo.")


def test_a_text_of_control_characters_alone_is_empty(root):
    response = root.post("/admin/authors/author/add/", author(role_en="\x01\x02"))
    assert response.context["adminform"].form.errors["role_en"]


def test_the_reason_of_a_retraction_has_no_control_characters(root):
    article = factories.make_story()
    root.post(f"/admin/articles/article/{article.pk}/retract/", {"reason": "Inven\x0bted.\r\nAll of it."})
    article.refresh_from_db()
    assert article.retraction_reason == "Invented.\nAll of it."


def test_a_name_at_the_desk_has_no_control_characters(root):
    ana = factories.make_user()
    root.post(f"/admin/authors/user/{ana.pk}/change/", {"email": ana.email, "display_name": "Ana\x0b Horvat"})
    ana.refresh_from_db()
    assert ana.display_name == "Ana Horvat"


def test_a_password_is_taken_as_it_is(root):
    secret = "  two  blanks and a tab\t"
    data = {"email": "iva@example.org", "display_name": "Iva", "usable_password": "true"}
    root.post("/admin/authors/user/add/", {**data, "password1": secret, "password2": secret})
    assert User.objects.get(email="iva@example.org").check_password(secret)


def test_the_desk_carries_the_name_of_the_site(root, settings):
    settings.SITE_NAME = "Wind&Wave"
    assert "WIND<i>&amp;</i>WAVE" in root.get("/admin/").content.decode()
