"""An editor writes, saves, publishes and withdraws a story at the desk."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import Article, Publication, Revision
from tests import factories
from tests.articles.desk import ADD, change_url, editor, errors_of, form_data, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(edition):
    return editor()


@pytest.fixture
def desk(ana):
    return signed_in(ana)


def post(client, article, follow=False, **changes):
    newest = article.newest_revision()
    content = newest.content
    data = form_data(**{"based_on": newest.number, "slug": content["slug"], "title": content["title"], **changes})
    return client.post(change_url(article), data, follow=follow)


def test_a_saved_story_is_a_draft_with_one_revision(desk, ana):
    response = desk.post(ADD, form_data(reason="First draft"))
    article = Article.objects.get()
    assert response.status_code == 302
    assert response.url == change_url(article)
    assert (article.status, article.public_at, article.slug) == ("draft", None, "a-model-learns-to-wait")
    revision = Revision.objects.get()
    assert (revision.number, revision.created_by, revision.reason) == (1, ana, "First draft")
    assert revision.content["key_points"] == ["It waits.", "It is cheap.", "It works."]
    assert revision.content["tags"] == ["patience", "models"]
    assert article.tags_json == [["patience", "patience"], ["models", "models"]]


def test_every_save_writes_a_revision(desk):
    article = factories.make_draft()
    post(desk, article, title="Another title")
    post(desk, article, title="Another title")
    assert Revision.objects.filter(article=article).count() == 3
    article.refresh_from_db()
    assert article.title == "Another title"


def test_the_form_is_filled_from_the_newest_revision(desk):
    article = factories.make_story()
    post(desk, article, title="A title that waits")
    page = desk.get(change_url(article))
    form = page.context["adminform"].form
    assert form.initial["title"] == "A title that waits"
    assert "A title that waits" in page.content.decode()


def test_a_published_story_keeps_its_public_revision_and_says_that_an_update_waits(desk):
    article = factories.make_story()
    response = post(desk, article, title="A title that waits", follow=True)
    article.refresh_from_db()
    assert article.title == "A model learns to wait"
    assert "Update waits" in response.content.decode()
    post(desk, article, title="A title that waits", _publish="1")
    article.refresh_from_db()
    assert article.title == "A title that waits"
    assert article.updated_at is not None


def test_save_and_publish_makes_it_public_at_once(desk, client):
    desk.post(ADD, form_data(_publish="1"))
    article = Article.objects.get()
    assert article.is_public
    assert Publication.objects.get().revision == article.revision


def test_a_set_time_is_the_editions_own_and_holds_the_story_back(desk):
    desk.post(ADD, form_data(_publish="1", publish_at_0="2040-07-01", publish_at_1="07:00"))
    article = Article.objects.get()
    # Zagreb is two hours ahead of UTC in July.
    assert article.public_at == dt.datetime(2040, 7, 1, 5, 0, tzinfo=dt.UTC)
    assert article.is_scheduled
    page = desk.get(change_url(article)).content.decode()
    assert 'value="2040-07-01"' in page
    assert 'value="07:00"' in page
    assert "Scheduled" in page


def test_a_scheduled_story_can_be_moved_but_not_left_without_a_time(desk):
    desk.post(ADD, form_data(_publish="1", publish_at_0="2040-07-01", publish_at_1="07:00"))
    article = Article.objects.get()
    post(desk, article, publish_at_0="2040-07-02", publish_at_1="07:00")
    article.refresh_from_db()
    assert article.public_at == dt.datetime(2040, 7, 2, 5, 0, tzinfo=dt.UTC)
    assert Publication.objects.get().shown_from == article.public_at
    response = post(desk, article)
    assert "publish_at" in errors_of(response)


def test_sources_and_photos_are_saved_in_the_given_order(desk):
    one, two = factories.make_photo("One"), factories.make_photo("Two", width=65)
    photos = [
        {"photo": one.pk, "alt": "First", "ORDER": 2},
        {"photo": two.pk, "alt": "", "caption": "Seen", "ORDER": 1},
    ]
    sources = [
        {"source": "techcrunch-ai", "ORDER": 2},
        {
            "source": "esa",
            "url": "https://www.esa.int/news",
            "title": "Original",
            "published": "2026-07-01 09:30",
            "ORDER": 1,
        },
    ]
    response = desk.post(ADD, form_data(photos=photos, sources=sources, _publish="1"))
    assert response.status_code == 302
    article = Article.objects.get()
    assert article.hero == two
    # What a row leaves empty comes from the photo itself.
    assert list(article.photos.values_list("photo", "alt", "caption")) == [
        (two.pk, "Six domes under stars", "Seen"),
        (one.pk, "First", "Six domes."),
    ]
    assert [source["name"] for source in article.sources_json] == ["ESA", "TechCrunch AI"]
    assert article.sources.first().published_at == dt.datetime(2026, 7, 1, 7, 30, tzinfo=dt.UTC)


def test_a_row_marked_for_removal_goes(desk):
    sources = [{"source": "techcrunch-ai"}, {"source": "esa", "DELETE": "on"}]
    desk.post(ADD, form_data(sources=sources))
    assert [row["source"] for row in Revision.objects.get().content["sources"]] == ["techcrunch-ai"]


def test_a_translation_shares_the_key_and_starts_with_what_has_no_language(desk):
    photo = factories.make_photo()
    original = factories.make_story(photos=[factories.photo_row(photo)])
    page = desk.get(f"{ADD}?language=hr&translation_of={original.pk}")
    form = page.context["adminform"].form
    assert form.initial["translation_of"] == original.pk
    assert form.initial["category"] == "ai"
    assert [row["photo"] for row in form.photos.initial] == [photo.pk]
    assert ("ai", "Umjetna inteligencija") in form.fields["category"].choices
    desk.post(ADD, form_data(language="hr", title="Model uči čekati", translation_of=original.pk))
    translation = Article.objects.get(language="hr")
    assert translation.translation_key == original.translation_key
    croatian = Article.objects.get(language="hr")
    assert croatian.newest_revision().translated_from == original.newest_revision()
    second = desk.post(ADD, form_data(language="hr", title="Još jednom", translation_of=original.pk))
    assert "translation_of" in errors_of(second)


def test_marking_as_reviewed_binds_to_the_newest_revision(desk, ana):
    article = factories.make_draft()
    post(desk, article, title="Read this", _reviewed="1")
    article.refresh_from_db()
    assert article.reviewed_by == ana
    assert article.reviewed_revision == article.newest_revision()
    assert article.reviewed_revision.content["title"] == "Read this"
    # Publishing what was signed makes no new revision, so the sign-off holds for what readers see.
    post(desk, article, tags="patience, models", _publish="1")
    article.refresh_from_db()
    assert article.is_public
    assert article.is_reviewed


def test_unpublishing_asks_first_and_then_takes_the_story_from_the_public(desk):
    article = factories.make_story()
    url = f"/admin/articles/article/{article.pk}/unpublish/"
    assert desk.get(url).status_code == 200
    article.refresh_from_db()
    assert article.is_public
    desk.post(url)
    article.refresh_from_db()
    assert (article.status, article.public_at) == ("draft", None)


def test_retracting_needs_a_reason_that_readers_get_to_see(desk, client):
    article = factories.make_story()
    url = f"/admin/articles/article/{article.pk}/retract/"
    assert desk.post(url, {"reason": " "}).status_code == 422
    article.refresh_from_db()
    assert article.is_public
    desk.post(url, {"reason": "The figure was invented."})
    article.refresh_from_db()
    assert (article.status, article.retraction_reason) == ("retracted", "The figure was invented.")


@pytest.mark.parametrize("step", ["Retract", "Unpublish", "Archive"])
def test_a_page_that_asks_says_first_what_it_asks(desk, step):
    page = desk.get(f"/admin/articles/article/{factories.make_story().pk}/{step.lower()}/").content.decode()
    assert f"<h1>{step}</h1>" in page
    assert f'class="default" value="{step}"' in page


def test_a_retracted_story_is_not_offered_for_publication(desk):
    article = factories.make_story()
    assert 'name="_publish"' in desk.get(change_url(article)).content.decode()
    desk.post(f"/admin/articles/article/{article.pk}/retract/", {"reason": "The figure was invented."})
    page = desk.get(change_url(article)).content.decode()
    assert 'name="_publish"' not in page
    assert 'name="_save"' in page


def test_the_history_of_a_story_lists_who_saved_what_when_and_why(desk):
    article = factories.make_draft()
    factories.make_draft(title="Another story")
    post(desk, article, reason="Figure corrected")
    response = desk.get(f"/admin/articles/article/{article.pk}/history/", follow=True)
    page = response.content.decode()
    assert "Figure corrected" in page
    assert "Ana Horvat" in page
    assert "Another story" not in page
    assert article.newest_revision().sha256[:12] in page


def test_a_revision_can_be_read_and_seen_but_not_changed(desk):
    revision = factories.make_draft().newest_revision()
    url = f"/admin/articles/revision/{revision.pk}/"
    assert revision.sha256 in desk.get(f"{url}change/").content.decode()
    assert desk.post(f"{url}change/", {"reason": "x"}).status_code == 403
    preview = desk.get(f"{url}preview/")
    assert "A model learns to wait" in preview.content.decode()
    assert "no-store" in preview["Cache-Control"]


def test_what_is_past_can_still_be_reached_by_date(desk):
    article = factories.make_draft()
    Article.objects.filter(pk=article.pk).update(edited_at=timezone.now() - dt.timedelta(days=800))
    factories.make_draft(title="A newer one")
    article.refresh_from_db()
    page = desk.get(f"/admin/articles/article/?edited_at__year={article.edited_at.year}").content.decode()
    assert "A model learns to wait" in page
    assert "A newer one" not in page


def test_a_row_that_has_its_number_alone_is_empty(desk):
    data = form_data(origin="ai_assisted", sources=[{"source": ""}], photos=[{"photo": ""}])
    assert desk.post(ADD, data).status_code == 302
    assert Article.objects.get().newest_revision().content["sources"] == []
