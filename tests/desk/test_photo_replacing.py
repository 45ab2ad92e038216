"""A replaced photo gives way in every story, portrait and change that waits; nothing that was saved is lost."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.models import Article
from articles.publishing import archive, publish, publish_due_updates, restore, retract, save_story
from articles.reviewing import ask_review
from authors.models import Author
from desk import photo_replacing
from desk.photo_replacing import follow, stories_showing
from photos.forms import PhotoForm
from photos.models import Photo
from tests import factories
from tests.articles.desk import editor, signed_in

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(hours=3)


@pytest.fixture
def ana(edition):
    return editor()


@pytest.fixture
def old(ana):
    return factories.make_photo("Domes")


@pytest.fixture
def new(ana):
    return factories.make_photo("Domes, sharper", width=65, mark="photograph", credit="ESO")


def content(photo, **changes):
    body = f"Words.\n\n![Seen here](photo:{photo.pk})\n\nMore words."
    row = factories.photo_row(photo, alt="Six domes", caption="At night.")
    return factories.content(**{"body": body, "photos": [row], **changes})


def draft(photo, **changes):
    return save_story(content(photo, **changes), language="en")


def public(photo, **changes):
    article = publish(draft(photo, **changes))
    factories.backdate(article, timezone.now() - dt.timedelta(hours=2))
    return again(article)


def again(article):
    return Article.objects.get(pk=article.pk)


def replace(old, new, user):
    old.give_way_to(new)
    return follow(old, user)


def shown(article):
    """The photos that readers see: hero, list, and the figures of the text."""
    article = again(article)
    return {article.hero_id, *article.photos.values_list("photo", flat=True)}


def contents(article):
    """[(photos, reason)] of the story's revisions, the oldest first."""
    rows = article.revisions.order_by("number")
    return [([photo["photo"] for photo in row.content["photos"]], row.reason) for row in rows]


def test_a_draft_is_saved_with_the_new_photo_and_says_why(old, new, ana):
    article = draft(old)
    assert replace(old, new, ana).refused == []
    assert shown(article) == {new.pk}
    assert contents(article) == [([old.pk], ""), ([new.pk], "Photo replaced: Domes")]
    revision = again(article).newest_revision()
    assert f"(photo:{new.pk})" in revision.content["body"]
    assert revision.created_by == ana
    row = revision.content["photos"][0]
    assert (row["sha256"], row["mark"], row["credit"]) == (new.sha256, "photograph", "ESO")
    assert (row["alt"], row["caption"]) == ("Six domes", "At night.")


def test_a_public_story_shows_the_new_photo_at_once(old, new, ana, client):
    article = public(old)
    before = article.public_at
    replace(old, new, ana)
    page = client.get(article.get_absolute_url()).content.decode()
    assert new.token in page
    assert old.token not in page
    article = again(article)
    assert article.public_at == before
    assert article.revision == article.newest_revision()
    assert [row.revision.number for row in article.publications.order_by("shown_from")] == [1, 2]


def test_a_change_that_waits_stays_newest_and_unpublished(old, new, ana):
    article = public(old)
    waiting = content(old, title="A new headline")
    save_story(waiting, language="en", article=article, user=ana, reason="A better headline")
    replace(old, new, ana)
    article = again(article)
    assert shown(article) == {new.pk}
    assert article.title == "A model learns to wait"
    newest = article.newest_revision()
    assert newest.content["title"] == "A new headline"
    assert [photo["photo"] for photo in newest.content["photos"]] == [new.pk]
    assert article.revision.number == 3
    assert newest.number == 4
    assert article.update_at is None


def test_a_change_without_the_photo_stays_newest_too(old, new, ana):
    article = public(old)
    save_story(factories.content(title="No pictures"), language="en", article=article)
    replace(old, new, ana)
    assert shown(article) == {new.pk}
    assert again(article).newest_revision().content["title"] == "No pictures"


def test_only_the_change_that_waits_shows_the_photo(old, new, ana):
    article = publish(save_story(factories.content(), language="en"))
    save_story(content(old), language="en", article=article)
    replace(old, new, ana)
    article = again(article)
    assert article.revision.number == 1
    assert contents(article)[-1][0] == [new.pk]


def test_a_planned_update_goes_out_at_its_time_with_the_new_photo(old, new, ana):
    article = public(old)
    at = timezone.now() + LATER
    article = save_story(content(old, title="Planned"), language="en", article=article)
    publish(article, at=at)
    save_story(content(old, title="Still being written"), language="en", article=article)
    replace(old, new, ana)
    article = again(article)
    assert article.title == "A model learns to wait"
    assert article.update_at == at
    assert article.update_revision.content["title"] == "Planned"
    assert [photo["photo"] for photo in article.update_revision.content["photos"]] == [new.pk]
    assert article.newest_revision().content["title"] == "Still being written"
    publish_due_updates(at)
    assert again(article).title == "Planned"
    assert shown(article) == {new.pk}


def test_a_planned_update_that_never_had_the_photo_keeps_its_plan(old, new, ana):
    article = public(old)
    at = timezone.now() + LATER
    save_story(factories.content(title="Planned"), language="en", article=article)
    publish(again(article), at=at)
    replace(old, new, ana)
    article = again(article)
    assert article.update_at == at
    assert article.update_revision == article.newest_revision()
    assert article.newest_revision().content["title"] == "Planned"


def test_a_scheduled_story_goes_out_with_the_new_photo(old, new, ana):
    at = timezone.now() + LATER
    article = publish(draft(old), at=at)
    replace(old, new, ana)
    article = again(article)
    assert (article.public_at, shown(article)) == (at, {new.pk})
    assert article.revision == article.newest_revision()


def test_who_is_asked_to_read_a_public_story_stays_asked(old, new, ana):
    article = public(old)
    save_story(content(old, title="Read this"), language="en", article=article)
    asked = ask_review(again(article), ana).review_asked_at
    replace(old, new, ana)
    assert again(article).review_asked_at == asked


def test_an_archived_story_follows_and_a_retracted_one_stays_as_it_was(old, new, ana):
    kept, gone = archive(public(old)), retract(public(old, title="Wrong"), "It was wrong.")
    replace(old, new, ana)
    assert shown(kept) == {new.pk}
    assert shown(gone) == {old.pk}
    assert again(gone).revisions.count() == 1


def test_translations_and_portraits_follow(old, new, ana):
    article = public(old)
    texts = content(old, title="Model uči čekati")
    croatian = save_story(texts, language="hr", translation_key=article.translation_key)
    face = Author.objects.create(name="Ana", slug="ana", kind="human", portrait=old)
    replace(old, new, ana)
    face.refresh_from_db()
    assert face.portrait == new
    assert shown(croatian) == {new.pk}
    assert contents(croatian)[-1][1] != ""


def test_where_the_new_photo_stands_already_it_stands_once(old, new, ana):
    rows = [factories.photo_row(old), factories.photo_row(new, alt="The sharp one")]
    article = draft(old, photos=rows)
    replace(old, new, ana)
    photos = again(article).newest_revision().content["photos"]
    assert [(row["photo"], row["alt"]) for row in photos] == [(new.pk, "The sharp one")]


def test_running_again_changes_nothing(old, new, ana):
    article = public(old)
    replace(old, new, ana)
    assert list(stories_showing(old)) == []
    assert follow(old, ana) == ([], [])
    assert again(article).revisions.count() == 2


def test_what_was_interrupted_goes_on_where_it_stopped(old, new, ana, monkeypatch):
    first, second = public(old), public(old, title="Second")
    renew = photo_replacing.renew

    def killed(article, *args):
        if article.pk == first.pk:
            raise KeyboardInterrupt
        renew(article, *args)

    monkeypatch.setattr(photo_replacing, "renew", killed)
    with pytest.raises(KeyboardInterrupt):
        replace(old, new, ana)
    assert [article.pk for article in stories_showing(old)] == [first.pk]
    monkeypatch.setattr(photo_replacing, "renew", renew)
    assert [article.pk for article in follow(old, ana).changed] == [first.pk]
    assert shown(first) == shown(second) == {new.pk}


def test_a_story_that_cannot_be_saved_does_not_stop_the_others_and_stays_whole(old, new, ana):
    from articles.models import Source

    broken, fine = public(old, title="Broken"), public(old, title="Fine", sources=[{"source": "esa"}])
    broken.sources.all().delete()
    Source.objects.get(key="techcrunch-ai").delete()
    outcome = replace(old, new, ana)
    assert [article.pk for article in outcome.changed] == [fine.pk]
    assert [(article.pk, bool(why)) for article, why in outcome.refused] == [(broken.pk, True)]
    assert again(broken).revisions.count() == 1
    assert shown(broken) == {old.pk}


def test_only_so_many_stories_change_at_once(old, new, ana):
    for number in range(3):
        draft(old, title=f"Story {number}")
    old.give_way_to(new)
    assert len(follow(old, ana, most=2).changed) == 2
    assert len(follow(old, ana, most=2).changed) == 1


def test_a_restored_version_and_a_late_save_take_the_successor(old, new, ana):
    article = draft(old)
    first = article.newest_revision()
    save_story(factories.content(), language="en", article=article)
    old.give_way_to(new)
    restore(again(article), first, ana)
    assert shown(article) == {new.pk}
    assert f"(photo:{new.pk})" in again(article).body
    late = save_story(content(old, title="A late save"), language="en")
    assert shown(late) == {new.pk}


def test_a_photo_replaced_twice_leads_to_the_last_one(old, new, ana):
    last = factories.make_photo("The last", width=66)
    old.give_way_to(new)
    new.give_way_to(last)
    old.refresh_from_db()
    assert old.replaced_by == last
    assert shown(draft(old)) == {last.pk}


# The page


def page_of(photo):
    return f"/admin/photos/photo/{photo.pk}/replace/"


def data(**changes):
    file = SimpleUploadedFile("new.png", factories.png(66).read(), "image/png")
    texts = {"alt_en": "Six domes", "alt_hr": "", "caption_en": "", "caption_hr": ""}
    return {"upload": file, "title": "Domes", "mark": "photograph", "credit": "ESO", **texts, **changes}


def test_the_page_says_what_will_change_and_is_filled_from_the_old_photo(old, ana):
    public(old, title="A night in Chile")
    page = signed_in(ana).get(page_of(old)).content.decode()
    assert "A night in Chile" in page
    assert "1 story gets a new version" in page
    assert ">\nSix domes under stars</textarea>" in page
    assert 'value="Tech&amp;Space"' in page


def test_an_editor_replaces_a_photo(old, ana):
    article = public(old)
    response = signed_in(ana).post(page_of(old), data(), follow=True)
    old.refresh_from_db()
    new = old.replaced_by
    assert response.redirect_chain[-1][0] == f"/admin/photos/photo/{new.pk}/change/"
    assert "1 story shows the new picture" in response.content.decode()
    assert (new.title, new.mark, new.credit, new.uploaded_by) == ("Domes", "photograph", "ESO", ana)
    assert (new.focal_x, new.focal_y) == (50, 50)
    assert shown(article) == {new.pk}
    before = signed_in(ana).get(f"/admin/photos/photo/{old.pk}/change/").content.decode()
    assert f"photo:{new.pk}" in before


@pytest.mark.parametrize("field", ["upload", "title", "mark", "credit", "alt_en"])
def test_the_new_photo_needs_what_every_photo_needs(old, ana, field):
    public(old)
    response = signed_in(ana).post(page_of(old), data(**{field: ""}))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    old.refresh_from_db()
    assert old.replaced_by is None
    assert Photo.objects.count() == 1


def test_a_photo_is_replaced_by_one_editor_at_a_time(old, new, ana):
    late = Photo.objects.get(pk=old.pk)
    old.give_way_to(new)
    with pytest.raises(Exception, match="Somebody replaced this photo"):
        late.give_way_to(factories.make_photo("Late", width=70))
    old.refresh_from_db()
    assert old.replaced_by == new


def test_who_is_too_late_leaves_no_photo_behind(old, new, ana, monkeypatch):
    is_valid = PhotoForm.is_valid

    def racing(form):
        Photo.objects.get(pk=old.pk).give_way_to(new)
        return is_valid(form)

    monkeypatch.setattr(PhotoForm, "is_valid", racing)
    response = signed_in(ana).post(page_of(old), data())
    assert "Somebody replaced this photo" in response.content.decode()
    assert set(Photo.objects.all()) == {old, new}


def test_stories_that_were_left_are_offered_on_the_page_of_the_old_photo(old, new, ana):
    article = public(old)
    old.give_way_to(new)
    desk = signed_in(ana)
    assert "Change the stories that are left" in desk.get(page_of(old)).content.decode()
    assert desk.post(page_of(old)).status_code == 302
    assert shown(article) == {new.pk}
    assert "Change the stories that are left" not in desk.get(page_of(old)).content.decode()


@pytest.mark.parametrize("missing", ["change_article", "publish_article", "add_photo", "change_photo"])
def test_replacing_needs_every_right(old, edition, missing):
    from django.contrib.auth.models import Permission

    rights = {"change_article", "publish_article", "add_photo", "change_photo", "view_photo"} - {missing}
    user = factories.make_user("vera@example.org")
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    desk = signed_in(user)
    assert desk.get(page_of(old)).status_code == 403
    assert desk.post(page_of(old), data()).status_code == 403
    assert page_of(old) not in desk.get(f"/admin/photos/photo/{old.pk}/change/").content.decode()
    assert Photo.objects.count() == 1


def test_a_photo_that_is_not_there(ana):
    assert signed_in(ana).get("/admin/photos/photo/999/replace/").status_code == 404
