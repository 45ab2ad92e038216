"""What the desk refuses, in a sentence and without losing what was typed; never with a 500."""

import datetime as dt

import pytest
from django.contrib import admin
from django.db import DataError
from django.utils import timezone

from articles.models import Article
from newsroom.errors import BadInput
from tests import factories
from tests.articles.desk import ADD, change_url, editor, errors_of, form_data, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(edition):
    return signed_in(editor())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"slug": "Ž!"}, "slug"),
        ({"category": "nowhere"}, "category"),
        ({"author": ""}, "author"),
        ({"origin": "dictated"}, "origin"),
        ({"place": "atlantis"}, "place"),
        ({"key_points": "\n".join("abcdef")}, "key_points"),
        ({"key_points": "x" * 301}, "key_points"),
        ({"tags": ",".join(map(str, range(13)))}, "tags"),
        ({"interpreter": "x" * 601}, "interpreter"),
        ({"body": "> " * 40 + "deep"}, "body"),
        ({"body": "![A photo](photo:99)"}, "body"),
        ({"publish_at_0": "tomorrow", "publish_at_1": "soon"}, "publish_at"),
        ({"reviewer": "999"}, "reviewer"),
        ({"reviewer": "x"}, "reviewer"),
        ({"translation_of": "999"}, "translation_of"),
        ({"sources": [{"source": "nobody"}]}, "sources-0-source"),
        ({"sources": [{"source": "esa", "url": "javascript:alert(1)"}]}, "sources-0-url"),
        ({"sources": [{"source": "esa", "published": "some day"}]}, "sources-0-published"),
        ({"sources": [{"source": "esa", "title": "x" * 301}]}, "sources-0-title"),
        ({"photos": [{"photo": "999", "alt": "a"}]}, "photos-0-photo"),
        ({"photos": [{"photo": "one", "alt": "a"}]}, "photos-0-photo"),
        ({"photos": [{"photo": "9" * 400, "alt": "a"}]}, "photos-0-photo"),
        ({"photos-TOTAL_FORMS": "many"}, "photos"),
        ({"sources-TOTAL_FORMS": ""}, "sources"),
        ({"sources-TOTAL_FORMS": "100000"}, "sources"),
        ({"based_on": "x"}, "based_on"),
    ],
)
def test_a_fault_lands_on_its_field_and_nothing_is_lost(desk, changes, field):
    response = desk.post(ADD, form_data(**{"interpreter": "Typed with care.", **changes}))
    assert response.status_code == 200
    assert field in errors_of(response)
    assert not Article.objects.exists()
    if field != "interpreter":
        assert "Typed with care." in response.content.decode()


def test_a_photo_twice_is_refused_beside_the_photos(desk):
    photo = factories.make_photo()
    response = desk.post(ADD, form_data(photos=[{"photo": photo.pk}, {"photo": photo.pk}]))
    assert "photos" in errors_of(response)
    assert response.content.decode().count("stands here twice") == 1


def test_a_photo_without_a_description_is_refused(desk):
    photo = factories.make_photo()
    response = desk.post(ADD, form_data(language="hr", title="Naslov", photos=[{"photo": photo.pk}]))
    assert "photos" in errors_of(response)


def test_a_slug_that_another_story_has_is_refused(desk):
    factories.make_draft(slug="taken")
    assert "slug" in errors_of(desk.post(ADD, form_data(slug="taken")))


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"body": ""}, "body"), ({"interpreter": ""}, "interpreter"), ({"sources": []}, "sources")],
)
def test_publishing_what_readers_would_miss_is_refused_and_nothing_is_saved(desk, changes, field):
    response = desk.post(ADD, form_data(_publish="1", **changes))
    assert response.status_code == 200
    assert field in errors_of(response)
    assert not Article.objects.exists()
    assert "A model learns to wait" in response.content.decode()


def test_a_nul_byte_is_refused(desk):
    assert desk.post(ADD, form_data(title="A\x00B")).status_code == 400


def test_a_number_beyond_all_bounds_is_refused(desk):
    # SQLite cannot take such a number at all; PostgreSQL finds no story that has it.
    assert desk.post(ADD, form_data(translation_of="9" * 30)).status_code in (200, 400)
    assert not Article.objects.exists()


@pytest.mark.parametrize("error", [OverflowError, DataError])
def test_a_number_that_no_column_holds_is_bad_input_and_no_fault_of_ours(edition, rf, error):
    def view(request):
        raise error

    request = rf.get("/admin/")
    request.user = factories.make_user()
    with pytest.raises(BadInput):
        admin.site.admin_view(view)(request)


def test_ten_megabytes_of_title_are_refused(desk):
    assert desk.post(ADD, form_data(title="x" * 10_000_000)).status_code in (400, 413)


@pytest.mark.parametrize(
    "address", ["99999/change/", "x/change/", f"{10**30}/change/", "99999/unpublish/", f"{10**30}/retract/"]
)
def test_an_unknown_story_is_not_found(desk, address):
    assert desk.get(f"/admin/articles/article/{address}").status_code in (302, 404)


@pytest.mark.parametrize(
    "query",
    [
        "?p=abc",
        "?p=99999",
        "?edited_at__year=abc",
        "?is=nothing",
        "?category__id__exact=x",
        "?q=%00",
        "?nonsense=1",
        "?o=99.x",
    ],
)
def test_a_broken_address_of_the_list_is_answered_calmly(desk, query):
    factories.make_draft()
    assert desk.get(f"/admin/articles/article/{query}").status_code in (200, 302, 400)


def test_stories_and_revisions_cannot_be_deleted_by_anybody(edition):
    article = factories.make_draft()
    root = signed_in(factories.make_user("root@example.org", is_superuser=True))
    assert root.get(f"/admin/articles/article/{article.pk}/delete/").status_code == 403
    assert root.get(f"/admin/articles/revision/{article.revision_id}/delete/").status_code == 403
    data = {"action": "delete_selected", "_selected_action": [article.pk]}
    root.post("/admin/articles/article/", data)
    assert Article.objects.filter(pk=article.pk).exists()


def test_withdrawing_what_is_not_public_is_told_so(desk):
    article = factories.make_draft()
    response = desk.post(f"/admin/articles/article/{article.pk}/retract/", {"reason": "Wrong."}, follow=True)
    assert "does not fit where the story stands" in response.content.decode()
    article.refresh_from_db()
    assert article.status == "draft"


class TestWithoutTheRightToPublish:
    @pytest.fixture
    def writer(self, edition):
        from django.contrib.auth.models import Permission

        user = factories.make_user("writer@example.org")
        rights = ["add_article", "change_article", "view_article"]
        user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
        return signed_in(user)

    def test_writing_is_open(self, writer):
        assert writer.post(ADD, form_data()).status_code == 302
        assert Article.objects.get().status == "draft"

    def test_publishing_is_not(self, writer):
        assert 'name="_publish"' not in writer.get(ADD).content.decode()
        assert writer.post(ADD, form_data(_publish="1")).status_code == 403
        assert not Article.objects.exists()

    def test_withdrawing_is_not(self, writer):
        article = factories.make_story()
        for action in ("unpublish", "retract"):
            url = f"/admin/articles/article/{article.pk}/{action}/"
            assert writer.post(url, {"reason": "Because."}).status_code == 403
        article.refresh_from_db()
        assert article.is_public

    def test_a_scheduled_story_goes_out_as_it_was_scheduled(self, writer):
        article = factories.make_story(at=timezone.now() + dt.timedelta(days=1))
        response = writer.post(change_url(article), form_data(based_on=1, title="Smuggled"))
        assert "This story is scheduled" in response.content.decode()
        article.refresh_from_db()
        assert article.title == "A model learns to wait"


def test_a_moderator_may_read_a_story_and_not_change_it(edition):
    article = factories.make_draft()
    mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
    page = mia.get(change_url(article))
    assert page.status_code == 200
    assert "_save" not in page.content.decode()
    assert mia.post(change_url(article), form_data()).status_code == 403
    assert mia.get(ADD).status_code == 403


def test_a_reader_is_sent_to_the_login(edition, client):
    article = factories.make_draft()
    for url in (
        ADD,
        change_url(article),
        "/admin/articles/article/preview/",
        f"/admin/articles/article/{article.pk}/retract/",
    ):
        response = client.post(url)
        assert response.status_code == 302
        assert response.url.startswith("/admin/login/")


def test_a_refusal_at_the_desk_leads_back_to_the_desk(desk, client):
    page = desk.get("/admin/articles/redirect/")
    assert page.status_code == 403
    assert '<a class="btn" href="/admin/">My desk</a>' in page.content.decode()
    assert "My desk" not in client.get("/nothing/here/").content.decode()
