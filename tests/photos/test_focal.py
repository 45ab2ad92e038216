"""What must stay in view is kept in view by every page that crops the picture, in classes and at no further query."""

import pytest

from articles.publishing import save_story
from photos.models import Photo
from tests import factories
from tests.articles.desk import editor, signed_in
from tests.photos.test_art import art

pytestmark = pytest.mark.django_db
CLASSES = 'class="art fx-20 fy-70 '


@pytest.fixture
def photo(edition):
    return factories.make_photo(focal_x=20, focal_y=70)


def content(photo, **changes):
    body = f"Words.\n\n![A figure](photo:{photo.pk})\n\nMore words."
    return {"photos": [factories.photo_row(photo)], "body": body, **changes}


def test_every_class_has_its_rule(settings):
    css = (settings.BASE_DIR / "static/css/components/focal.css").read_text()
    for percent in range(0, 101, 10):
        for name in art(focal_x=percent, focal_y=percent).focus.split():
            assert f".{name} {{\n  --{name[:2]}: {percent}%;" in css


@pytest.mark.parametrize(("path", "times"), [("/", 1), ("/ai/", 1), ("/photos/", 1)])
def test_lists_keep_it_in_view(client, photo, path, times):
    factories.make_story(**content(photo))
    assert client.get(path).content.decode().count(CLASSES) >= times


def test_the_story_keeps_it_in_view_in_figure_strip_and_foto_review(client, photo):
    article = factories.make_story(**content(photo))
    assert client.get(article.get_absolute_url()).content.decode().count(CLASSES) == 2
    assert client.get(f"{article.get_absolute_url()}photos/").content.decode().count(CLASSES) == 1


def test_the_lead_above_a_text_that_does_not_show_it_keeps_it_in_view(client, photo):
    article = factories.make_story(**content(photo, body="Words alone."))
    assert client.get(article.get_absolute_url()).content.decode().count(CLASSES) == 2


def test_lists_beside_a_story_keep_it_in_view(client, photo):
    factories.make_story(**content(photo))
    other = factories.make_story(title="Another")
    assert CLASSES in client.get(other.get_absolute_url()).content.decode()


def test_the_middle_needs_no_class(client, edition):
    article = factories.make_story(**content(factories.make_photo()))
    page = client.get(article.get_absolute_url()).content.decode()
    assert 'class="art tone-' in page
    assert "fx-" not in page


def test_a_new_focal_point_holds_at_once_and_is_no_change_of_the_story(client, photo):
    article = factories.make_story(**content(photo))
    before = article.newest_revision()
    desk = signed_in(editor())
    texts = {"alt_en": "Six domes", "alt_hr": "", "caption_en": "", "caption_hr": ""}
    desk.post(f"/admin/photos/photo/{photo.pk}/change/", {"title": "Domes", **texts, "focal_x": 90, "focal_y": 50})
    assert Photo.objects.get().focal_x == 90
    assert 'class="art fx-90 ' in client.get(article.get_absolute_url()).content.decode()
    assert article.revisions.count() == 1
    again = save_story(
        factories.content(**content(photo)), language="en", article=article, skip_unchanged=True
    ).newest_revision()
    assert again.sha256 == before.sha256
    assert again.pk == before.pk
