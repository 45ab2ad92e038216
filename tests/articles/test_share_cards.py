"""Share cards: their addresses, what pages say of them, and that they are drawn once, whatever the storage does."""

import errno
import io
import threading

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone, translation
from PIL import Image

from articles import share_cards, story_page
from articles.models import Article
from articles.preview import preview
from articles.publishing import publish, retract, save_story, unpublish
from tests import factories
from tests.reading import expect_status, in_croatian, read

pytestmark = pytest.mark.django_db
STORY = "/ai/a-model-learns-to-wait/"


@pytest.fixture
def photo(edition):
    return factories.make_photo(width=900, height=600, credit="Tech&Space")


@pytest.fixture
def story(photo):
    return factories.make_story(photos=[factories.photo_row(photo)])


def metas(client, path):
    """{name: value} of what the page says to those who show a link to it."""
    tags = read(client, path).all("meta")
    return {tag.get("property") or tag.get("name"): tag["content"] for tag in tags if "content" in tag}


def card_path(client, path):
    return metas(client, path)["og:image"].removeprefix("http://127.0.0.1:8000")


def picture(response):
    assert response.status_code == 200, response.status_code
    return Image.open(io.BytesIO(response.content))


def kept():
    folders = default_storage.listdir("cards")[0] if default_storage.exists("cards") else []
    return [name for folder in folders for name in default_storage.listdir(f"cards/{folder}")[1]]


@pytest.fixture
def drawings(monkeypatch):
    """Grows with each card that is drawn."""
    drawn, draw = [], share_cards.Card.draw

    def counted(card):
        drawn.append(card.title)
        return draw(card)

    monkeypatch.setattr(share_cards.Card, "draw", counted)
    return drawn


# What pages say


def test_a_story_says_where_its_card_is_and_what_it_shows(client, story):
    said = metas(client, STORY)
    assert said["og:image"].startswith(f"http://127.0.0.1:8000{STORY}card-")
    assert (said["og:image:type"], said["og:image:width"], said["og:image:height"]) == ("image/jpeg", "1200", "630")
    assert said["og:image:alt"] == (
        "A model learns to wait. AI rewritten, Nexus Vale. Six domes under stars (AI-generated / Tech&Space)"
    )
    assert said["twitter:card"] == "summary_large_image"
    assert (said["og:type"], said["og:title"]) == ("article", story.title)
    assert said["og:description"] == story.interpreter
    assert said["og:url"] == f"http://127.0.0.1:8000{STORY}"
    assert (said["og:site_name"], said["og:locale"]) == ("Tech & Space", "en_US")
    assert said["article:published_time"] == story.public_at.isoformat(timespec="seconds")
    assert said["article:section"] == "AI"
    assert "og:locale:alternate" not in said
    assert "article:modified_time" not in said


def test_it_names_the_languages_that_the_story_is_read_in(client, story):
    factories.make_story("hr", title="Model uči čekati", translation_key=story.translation_key)
    assert metas(client, STORY)["og:locale:alternate"] == "hr_HR"
    croatian = metas(client, "/hr/umjetna-inteligencija/model-uci-cekati/")
    assert (croatian["og:locale"], croatian["og:locale:alternate"]) == ("hr_HR", "en_US")


def test_no_title_breaks_out_of_what_is_said(client, edition, settings):
    settings.SITE_NAME = 'Tech "> Space'
    title = "A model & <script>alert(1)</script>"
    factories.make_story(title=title, slug="marked-up")
    said = metas(client, "/ai/marked-up/")
    assert (said["og:title"], said["og:site_name"]) == (title, settings.SITE_NAME)
    assert "<script>alert" not in client.get("/ai/marked-up/").content.decode()


def test_the_foto_review_has_the_card_of_its_story(client, story):
    said = metas(client, STORY + "photos/")
    assert said["og:image"] == metas(client, STORY)["og:image"]
    assert said["og:title"] == f"Foto Review: {story.title}"
    assert said["og:url"] == f"http://127.0.0.1:8000{STORY}photos/"
    assert "og:description" not in said


@pytest.mark.parametrize("path", ["/", "/hr/", "/ai/", "/authors/", "/photos/"])
def test_other_pages_have_the_card_of_the_edition(client, story, path):
    said = metas(client, path)
    prefix = "/hr/" if path == "/hr/" else "/"
    assert said["og:image"].startswith(f"http://127.0.0.1:8000{prefix}card-")
    assert (said["og:type"], said["twitter:card"]) == ("website", "summary_large_image")
    card = client.get(card_path(client, path))
    assert picture(card).size == (1200, 630)
    assert "immutable" in card["Cache-Control"]


def test_a_preview_shows_no_card(story, rf):
    response = preview(rf.get("/"), story.revision.content, "en", story)
    assert story.title in response.content.decode()
    assert b"og:image" not in response.content


# Addresses


def test_the_card_is_a_jpeg_that_never_changes(client, story):
    response = client.get(card_path(client, STORY))
    card = picture(response)
    assert (card.format, card.size, card.mode) == ("JPEG", (1200, 630), "RGB")
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not response.cookies


def test_the_card_carries_the_mark_and_the_credit_of_its_photo(client, story):
    data = client.get(card_path(client, STORY)).content
    assert b"digitalsourcetype/trainedAlgorithmicMedia" in data
    assert b"Tech&amp;Space" in data


def test_a_card_without_a_photo_says_that_it_is_drawn(client, edition):
    factories.make_story()
    data = client.get(card_path(client, STORY)).content
    assert b"digitalsourcetype/digitalCreation" in data
    assert b"trainedAlgorithmicMedia" not in data


def test_head_answers_and_nothing_can_be_sent(client, story):
    path = card_path(client, STORY)
    response = client.head(path)
    assert (response.status_code, response.content) == (200, b"")
    assert int(response["Content-Length"]) > 10_000
    assert client.post(path).status_code == 405


def test_another_key_leads_to_the_present_card(client, story):
    for key in ("0123456789", "x", "0" * 64):
        response = client.get(f"{STORY}card-{key}.jpg")
        assert (response.status_code, response["Location"]) == (302, card_path(client, STORY))
        assert "immutable" not in response.get("Cache-Control", "")


def test_a_new_title_is_another_card_and_the_old_address_leads_there(client, story):
    old = card_path(client, STORY)
    save_story(factories.content(title="A model learns to hurry"), language="en", article=story)
    publish(Article.objects.get(pk=story.pk))
    new = card_path(client, Article.objects.get(pk=story.pk).get_absolute_url())
    response = client.get(old, follow=True)
    assert response.redirect_chain[-1] == (new, 302)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another title"},
        {"author": "lyra-stanton"},
        {"origin": "ai_assisted"},
        {"category": "space"},
        {"photos": []},
    ],
)
def test_the_key_says_all_that_is_drawn(photo, change):
    photos = [factories.photo_row(photo)]
    keys = set()
    for changes in ({}, change):
        article = factories.make_story(slug="same", **{"photos": photos, **changes})
        card = share_cards.card_of(article, story_page.photos_of(article.pk))
        keys.add(share_cards.key_of(card._replace(number=1, base="/")))
        Article.objects.filter(pk=article.pk).update(slug=f"s{article.pk}")
    assert len(keys) == 2


def test_no_part_of_a_card_is_left_out_of_its_key(story):
    card = share_cards.card_of(story, story_page.photos_of(story.pk))
    others = [card._replace(**{name: "other"}) for name in card._fields]
    others += [card._replace(picture=card.picture._replace(**{name: "other"})) for name in card.picture._fields]
    assert len({share_cards.key_of(each) for each in [card, *others]}) == 1 + len(others)


def test_what_is_not_drawn_does_not_change_the_key(story, photo):
    card = share_cards.card_of(story, story_page.photos_of(story.pk))
    story.interpreter, story.body, story.place = "Other words.", "Another body.", None
    assert share_cards.card_of(story, story_page.photos_of(story.pk)) == card


def test_a_changed_picture_is_another_card(client, story, photo):
    before = card_path(client, STORY)
    photo.renditions = {**photo.renditions, "key": "0123456789"}
    photo.save()
    assert card_path(client, STORY) != before


def test_a_wrong_section_leads_on(client, story):
    path = card_path(client, STORY)
    response = client.get(path.replace("/ai/", "/space/"))
    assert (response.status_code, response["Location"]) == (301, path)


def test_the_croatian_card_speaks_croatian(client, photo):
    article = factories.make_story("hr", title="Čekić", photos=[factories.photo_row(photo)], is_demo=True)
    with translation.override("hr"):
        card = share_cards.card_of(article, story_page.photos_of(article.pk))
    assert (card.section, card.role) == ("Umjetna inteligencija", "AI urednik")
    assert card.origin == in_croatian("AI rewritten") != "AI rewritten"
    assert card.picture.mark_label == in_croatian("AI-generated") != "AI-generated"
    assert card.demo == in_croatian("demo")
    assert card_path(client, "/hr/umjetna-inteligencija/cekic/").startswith("/hr/umjetna-inteligencija/cekic/card-")


def test_a_croatian_story_without_photos_shows_its_place(client, edition):
    factories.make_story("hr", title="Čekić")
    assert picture(client.get(card_path(client, "/hr/umjetna-inteligencija/cekic/"))).size == (1200, 630)


def test_a_draft_and_a_scheduled_story_have_none(client, photo):
    draft = factories.make_draft(title="Draft", photos=[factories.photo_row(photo)])
    later = factories.make_story(title="Later", at=timezone.now() + timezone.timedelta(hours=1))
    for article in (draft, later):
        card = share_cards.card_of(article, [])
        expect_status(client, share_cards.path_of(card), 404)
    expect_status(client, "/ai/nothing/card-0123456789.jpg", 404)


def test_an_unpublished_story_has_none_any_more(client, story):
    path = card_path(client, STORY)
    unpublish(story)
    expect_status(client, path, 404)


def test_a_retracted_story_says_why(client, story):
    path = card_path(client, STORY)
    retract(story, "Its source was made up.")
    assert "Its source was made up." in read(client, path, status=410).main


def test_a_demonstration_has_none_in_production(client, photo, settings):
    article = factories.make_story(is_demo=True)
    path = share_cards.path_of(share_cards.card_of(article, []))
    assert client.get(path).status_code == 200
    settings.DEMO_IS_PUBLIC = False
    expect_status(client, path, 404)


def test_a_card_costs_as_many_queries_as_its_story_and_photos(client, story, django_assert_num_queries):
    path = card_path(client, STORY)
    client.get(path)
    with django_assert_num_queries(2):
        client.get(path)


# Made once


def test_it_is_drawn_once(client, story, drawings):
    path = card_path(client, STORY)
    first, second = client.get(path).content, client.get(path).content
    assert first == second
    assert drawings == [story.title]
    assert len(kept()) == 1


def test_stories_that_look_alike_do_not_share_a_file(client, story, photo):
    other = factories.make_story(title=story.title, slug="other", photos=[factories.photo_row(photo)])
    for article in (story, other):
        client.get(card_path(client, article.get_absolute_url()))
    assert len(kept()) == 2


def test_two_at_once_draw_one(story, drawings):
    card = share_cards.card_of(story, story_page.photos_of(story.pk))
    together, found = threading.Barrier(4), []

    def ask():
        together.wait()
        found.append(share_cards.file_of(card))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
    assert len(drawings) == 1


def test_a_full_disk_still_shows_it_and_keeps_no_half(client, story, monkeypatch, caplog):
    path, save = card_path(client, STORY), FileSystemStorage._save

    def full(storage, name, content):
        save(storage, name, type(content)(content.read()[:100]))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    assert picture(client.get(path)).size == (1200, 630)
    assert kept() == []
    assert "cannot be kept" in caplog.text
    monkeypatch.undo()
    assert client.get(path).status_code == 200
    assert len(kept()) == 1


@pytest.mark.parametrize("fault", [PermissionError("no"), RuntimeError("the store is down")])
def test_a_broken_storage_is_no_fault_of_the_page(client, story, monkeypatch, caplog, fault):
    path = card_path(client, STORY)

    def fail(*args, **kwargs):
        raise fault

    monkeypatch.setattr(FileSystemStorage, "open", fail)
    response = client.get(path)
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "does not answer" in caplog.text
    assert "Try again in a minute" in response.content.decode()
    assert "immutable" not in response.get("Cache-Control", "")


def test_a_picture_that_is_gone_makes_no_wrong_card(client, story, photo, caplog):
    path = card_path(client, STORY)
    picture_name = share_cards.card_of(story, story_page.photos_of(story.pk)).picture.name
    data = default_storage.open(picture_name).read()
    default_storage.delete(picture_name)
    assert client.get(path).status_code == 503
    assert kept() == []
    assert "cannot be drawn" in caplog.text
    default_storage.save(picture_name, io.BytesIO(data))
    assert client.get(path).status_code == 200


def test_nobody_waits_for_ever(client, story, monkeypatch):
    path = card_path(client, STORY)
    monkeypatch.setattr(share_cards, "WAIT_SECONDS", 0.01)
    with share_cards.one_drawing:
        assert client.get(path).status_code == 503
    assert client.get(path).status_code == 200
    with share_cards.one_drawing:
        assert client.get(path).status_code == 200  # what is kept waits for nobody
