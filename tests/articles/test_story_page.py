"""Each named part of a story's page is there, by the text that a reader sees."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.models import Correction, Source
from articles.publishing import publish, save_story
from articles.reviewing import mark_reviewed
from authors.models import Author
from tests import factories
from tests.reading import read

pytestmark = pytest.mark.django_db
STORY = "/ai/a-model-learns-to-wait/"


@pytest.fixture(autouse=True)
def _edition(edition):
    pass


@pytest.fixture
def photos():
    return [factories.make_photo(f"Picture {number}") for number in (1, 2)]


@pytest.fixture
def article(photos):
    hero, inline = photos
    body = f"The first paragraph.\n\n> [!pull]\n> It waits.\n\n![](photo:{inline.pk})\n\nThe second paragraph."
    rows = [factories.photo_row(hero, caption="The hero."), factories.photo_row(inline, "Seven domes", "Seven domes.")]
    return factories.make_story(body=body, photos=rows, record_number=3629)


def test_the_masthead_leads_everywhere(client, article):
    page = read(client, STORY)
    assert "PRO" in page.text
    assert "EN" in page.text
    assert "HR" in page.text
    assert "Space Tracker" in page.text
    assert {"/", "/space-tracker/", "/ai/", "/space/", "/energy/"} <= set(page.links)


def test_the_globe_strip_shows_place_and_coordinates(client, article):
    page = read(client, STORY)
    assert "// INITIALIZING GLOBE FEED…" in page.text
    assert "San Francisco, California" in page.text
    assert "37.77" in page.text


def test_the_head_says_how_it_was_made_and_where_it_comes_from(client, article):
    page = read(client, STORY)
    assert "AI rewritten" in page.main
    assert "db#3629" in page.main
    assert "/db/3629/" in page.links
    assert "A model learns to wait" in page.main
    assert page.all("time", **{"data-rel": "paren"})
    assert "TechCrunch AI" in page.main
    assert "https://techcrunch.com/" in page.links
    assert "1 min read" in page.main


def test_interpreter_key_points_and_body_are_there(client, article):
    page = read(client, STORY)
    assert "// Quick article interpreter" in page.main
    assert "A model learned to wait. That matters because patience is cheap." in page.main
    for text in ("It waits.", "It is cheap.", "It works.", "The first paragraph.", "The second paragraph."):
        assert text in page.main
    assert page.all("ul", **{"aria-label": "Key points"})
    assert page.all("figure", **{"class": "pull"})


def test_the_dateline_stands_before_the_first_words(client, article):
    assert "San Francisco The first paragraph." in read(client, STORY).main


def test_photos_carry_caption_credit_and_mark(client, article):
    page = read(client, STORY)
    assert "The hero. 📷 AI-generated / Tech&Space" in page.main
    assert "Seven domes. 📷 AI-generated / Tech&Space" in page.main
    assert {"Six domes under stars", "Seven domes"} <= {image["alt"] for image in page.all("img")}
    assert "⊞ Foto Review" in page.main
    assert "All 2 photos of this story" in page.main
    assert STORY + "photos/" in page.links


def test_a_lead_picture_that_the_text_shows_does_not_stand_twice(client, photos):
    body = f"The first paragraph.\n\n![](photo:{photos[0].pk})"
    factories.make_story(body=body, photos=[factories.photo_row(photo) for photo in photos], record_number=3629)
    plates = [figure["class"] for figure in read(client, STORY).all("figure") if "plate" in figure.get("class", "")]
    assert plates == ["plate plate--wide"]


def test_the_author_card_names_the_persona(client, article):
    page = read(client, STORY)
    assert "Author Nexus Vale AI editor" in page.main
    assert "“Read the footnote first.”" in page.main
    assert "/authors/nexus-vale/" in page.links


def test_tags_lead_to_their_pages(client, article):
    assert {"/tags/patience/", "/tags/models/"} <= set(read(client, STORY).links)


def test_the_like_is_a_plain_form(client, article):
    page = read(client, STORY)
    assert page.all("form", method="post", action=STORY + "like/")
    assert page.all("button", name="action", value="like")


def test_lists_beside_the_story(client, article):
    same = factories.make_story(title="Another of AI")
    factories.make_story(title="One of space", category="space")
    liked = factories.make_story(title="The liked one", category="energy")
    client.post(liked.get_absolute_url() + "like/", headers={"Sec-Fetch-Site": "same-origin"})
    page = read(client, STORY)
    assert "// Continue in this category" in page.main
    assert "// Liked by readers" in page.main
    assert same.get_absolute_url() in page.links
    assert liked.get_absolute_url() in page.links
    assert "One of space" not in page.main


def test_comments_stand_below(client, article):
    root = factories.make_comment(article, name="Petra K.", body="A good word.")
    factories.make_comment(article, name="Ivo", body="A better one.", parent=root)
    factories.make_comment(article, name="Hidden", body="Not yet.", status="pending")
    page = read(client, STORY)
    assert "// Comments" in page.main
    assert "2 comments" in page.main
    assert "A good word." in page.main
    assert "A better one." in page.main
    assert "Not yet." not in page.main
    assert STORY + "comments/" in page.links


def test_without_photos_place_comments_or_likes_the_page_says_so_or_leaves_it_out(client):
    author = factories.make_person().slug
    factories.make_story(place=None, origin="human", author=author, sources=[], tags=[], key_points=[])
    page = read(client, STORY)
    assert "No place recorded" in page.text
    assert "Written by a person" in page.main
    assert "No comments yet." in page.main
    assert "No likes yet." in page.main
    assert "Foto Review" not in page.main
    assert not page.all("ul", **{"aria-label": "Tags"})


# Provenance: only what a row proves.


def test_without_a_reviewer_the_panel_says_so(client, article):
    page = read(client, STORY)
    assert "How this story was made" in page.main
    assert "No review by a person is on record for this version." in page.main
    assert article.revision.sha256 in page.main
    assert "revision 1" in page.main
    assert "Model:" not in page.main


def test_the_reviewer_of_this_revision_is_named(client, article):
    mark_reviewed(article, article.revision, factories.make_user())
    page = read(client, STORY)
    assert "Ana Horvat" in page.main
    assert "No review by a person" not in page.main


def test_the_reviewer_of_an_older_revision_is_not(client, article):
    mark_reviewed(article, article.revision, factories.make_user())
    changed = {**article.revision.content, "key_points": ["Changed."]}
    publish(save_story(changed, language="en", article=article))
    page = read(client, STORY)
    assert "Changed." in page.main
    assert "Ana Horvat" not in page.main
    assert "No review by a person is on record for this version." in page.main


def test_a_demonstration_is_labelled_and_never_counts_as_reviewed(client):
    demo = factories.make_story(is_demo=True)
    mark_reviewed(demo, demo.revision, factories.make_user())
    page = read(client, STORY)
    assert "Demonstration text written by a language model, not reviewed by a person." in page.main
    assert "Ana Horvat" not in page.main


def test_a_real_story_carries_no_demonstration_label(client, article):
    assert "emonstration" not in read(client, STORY).main


def test_the_model_is_named_when_somebody_named_it(client, article):
    Author.objects.filter(slug="nexus-vale").update(model_name="Wait-1")
    assert "Model: Wait-1" in read(client, STORY).main


def test_sources_with_title_and_day_are_linked_where_they_are_known(client):
    row = {"url": "https://techcrunch.com/a", "title": "The original", "published": "2026-01-02"}
    factories.make_story(sources=[{"source": "techcrunch-ai", **row}, {"source": "esa"}])
    page = read(client, STORY)
    for text in ("Sources", "The original", "2026-01-02", "ESA"):
        assert text in page.main
    assert {"https://techcrunch.com/a", "https://www.esa.int/"} <= set(page.links)


def test_versions_are_listed_only_once_readers_saw_them(client, article):
    save_story({**article.revision.content, "title": "Better"}, language="en", article=article)
    assert "Better" not in read(client, STORY).main
    publish(article)
    page = read(client, STORY)
    assert "Better" in page.main
    assert "revision 2" in page.main
    assert "Updated" in page.main


def test_corrections_are_dated_and_below_the_text(client, article):
    moment = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
    Correction.objects.create(article=article, text="It waited longer.", made_at=moment)
    page = read(client, STORY)
    assert "// Correction" in page.main
    assert "It waited longer." in page.main
    assert "2 Jan" in page.main


# Escaping: what people write is shown, never run.

EVIL = "<script>alert(1)</script>"


def test_markup_in_any_field_is_shown_as_text(client):
    photo = factories.make_photo(credit=EVIL)
    Source.objects.filter(key="esa").update(name=EVIL)
    Author.objects.filter(slug="nexus-vale").update(
        name=EVIL, model_name=EVIL, texts={"en": {"role": EVIL, "motto": EVIL, "bio": EVIL}}
    )
    article = factories.make_story(
        title=f"A {EVIL}",
        slug="evil",
        interpreter=EVIL,
        key_points=[EVIL],
        tags=[EVIL],
        body=f"{EVIL}\n\n![{EVIL}](photo:{photo.pk})",
        sources=[{"source": "esa", "title": EVIL, "url": "", "published": ""}],
        photos=[factories.photo_row(photo, EVIL, EVIL)],
    )
    Correction.objects.create(article=article, text=EVIL)
    factories.make_comment(article, name=EVIL, body=EVIL)
    for path in (
        "/ai/evil/",
        "/ai/evil/photos/",
        "/ai/evil/comments/",
        "/authors/nexus-vale/",
        "/ai/",
        "/",
        "/photos/",
    ):
        response = client.get(path)
        assert response.status_code == 200
        html = response.content.decode()
        assert "<script>alert" not in html, path
        assert "&lt;script&gt;alert" in html, path


def test_a_scheduled_change_of_another_story_is_not_linked(client, article):
    factories.make_story(title="Tomorrow", at=timezone.now() + dt.timedelta(days=1))
    assert "Tomorrow" not in read(client, STORY).main
