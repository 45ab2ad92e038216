"""The Foto Review of a story: its figures, and what they say of themselves."""

import pytest

from articles.publishing import retract
from photos.models import Photo
from tests import factories
from tests.reading import expect_status, in_croatian, read

pytestmark = pytest.mark.django_db
STORY = "/ai/a-model-learns-to-wait/"
REVIEW = STORY + "photos/"
GENERATED = "A machine made this picture. No camera was present, and it is no record of what happened."
SENTENCES = {
    "ai_generated": GENERATED,
    "ai_edited": "A machine made or changed parts of this picture. It is not the picture as it was first made.",
    "photograph": "Taken with a camera. The credit names who made it or owns it.",
    "illustration": "A drawing or a graphic. It shows what its maker set down, not what a camera saw.",
}


@pytest.fixture(autouse=True)
def _edition(edition):
    pass


def with_photos(*photos, language="en", **changes):
    rows = [factories.photo_row(photo, f"Alt {photo.title}", f"Caption {photo.title}.") for photo in photos]
    return factories.make_story(language, photos=rows, **changes)


def two_photos():
    return (
        factories.make_photo("One", mark="photograph", credit="NASA/JPL-Caltech"),
        factories.make_photo("Two", mark="ai_generated", credit="Tech&Space"),
    )


def test_every_photo_stands_there_in_order_with_caption_origin_and_credit(client):
    with_photos(*two_photos())
    page = read(client, REVIEW)
    first = f"01 / 02 Caption One. photograph {SENTENCES['photograph']} 📷 photograph / NASA/JPL-Caltech"
    second = f"02 / 02 Caption Two. AI-generated {GENERATED} 📷 AI-generated / Tech&Space"
    assert f"{first} {second}" in page.main
    assert [figure["id"] for figure in page.all("figure")] == ["photo-1", "photo-2"]
    assert [figure["data-says"] for figure in page.all("figure")] == ["Photo 1 of 2: Alt One", "Photo 2 of 2: Alt Two"]
    assert [image["alt"] for image in page.all("img")] == ["Alt One", "Alt Two", "", ""]
    assert STORY in page.links
    assert len(page.canonical) == 1


@pytest.mark.parametrize("mark", Photo.Mark.values)
def test_each_origin_has_a_sentence_of_its_own(client, mark):
    with_photos(factories.make_photo(mark=mark))
    page = read(client, REVIEW)
    assert [sentence for sentence in SENTENCES.values() if sentence in page.main] == [SENTENCES[mark]]
    lit = [stamp for stamp in page.all("span") if "stamp--lit" in stamp.get("class", "")]
    assert len(lit) == (mark in ("ai_generated", "ai_edited"))


def test_the_contact_sheet_leads_to_each_photo_and_counts_them_by_origin(client):
    with_photos(*two_photos(), factories.make_photo("Three"))
    page = read(client, REVIEW)
    assert "Contact sheet 3 frames: 2 AI-generated, 1 photograph" in page.main
    # A number is not parted from what it counts by the end of a line.
    assert "3\xa0frames: 2\xa0AI-generated, 1\xa0photograph" in client.get(REVIEW).text
    sheet = {link["href"]: link["aria-label"] for link in page.all("a") if link.get("href", "").startswith("#photo-")}
    assert sheet == {
        "#photo-1": "Photo 1, photograph: Alt One",
        "#photo-2": "Photo 2, AI-generated: Alt Two",
        "#photo-3": "Photo 3, AI-generated: Alt Three",
    }


def test_one_photo_is_counted_as_one_and_has_no_steps(client):
    with_photos(factories.make_photo(mark="photograph"))
    page = read(client, REVIEW)
    assert "1 frame: 1 photograph" in page.main
    assert [button for button in page.all("button") if "data-step" in button] == []


def test_the_place_of_the_story_stands_above_and_that_of_a_photo_with_its_caption(client):
    one, two = two_photos()
    one.texts["en"]["place"] = "Kourou, French Guiana"
    one.save()
    with_photos(one, two)
    page = read(client, REVIEW)
    head, figures = page.main.split("01 / 02")
    assert "San Francisco, California" in head
    assert figures.startswith(" Caption One. Place: Kourou, French Guiana photograph")
    assert figures.count("Place:") == 1


def test_a_story_without_a_place_shows_none(client):
    with_photos(*two_photos(), place=None)
    assert "i-pin" not in client.get(REVIEW).content.decode()


def test_a_picture_leads_to_its_largest_file(client):
    with_photos(factories.make_photo(width=700, height=400))
    [link] = read(client, REVIEW).all("a", **{"class": "frame-open"})
    assert "/natural-700." in link["href"]
    assert client.get(link["href"]).status_code == 200


def test_a_photo_whose_files_are_not_made_yet_has_its_words_and_no_link(client):
    photo = factories.make_photo()
    with_photos(photo)
    Photo.objects.filter(pk=photo.pk).update(renditions={})
    page = read(client, REVIEW)
    assert page.all("a", **{"class": "frame-open"}) == []
    assert "01 / 01 Caption Six domes." in page.main
    assert [(image["alt"], image["src"][:5]) for image in page.all("img")] == [
        ("Alt Six domes", "data:"),
        ("", "data:"),
    ]


def test_a_tall_photo_is_told_apart(client):
    with_photos(factories.make_photo("Wide", 60, 40), factories.make_photo("Tall", 40, 60))
    assert [figure["class"] for figure in read(client, REVIEW).all("figure")] == ["frame", "frame frame--tall"]


def test_the_gallery_is_loaded_on_this_page_alone(client):
    with_photos(*two_photos())
    script = {"src": "/static/js/gallery.js"}
    assert len(read(client, REVIEW).all("script", **script)) == 1
    for path in (STORY, "/photos/", "/"):
        assert read(client, path).all("script", **script) == []


def test_the_croatian_page_speaks_croatian(client):
    story = with_photos(factories.make_photo(mark="photograph"), language="hr")
    page = read(client, story.get_absolute_url() + "photos/")
    assert page.language == "hr"
    assert "San Francisco, Kalifornija" in page.main
    for words in (SENTENCES["photograph"], "Contact sheet", "Back to the story"):
        assert in_croatian(words) in page.main


def test_what_a_reader_wrote_into_a_description_stays_text(client):
    photo = factories.make_photo()
    factories.make_story(photos=[factories.photo_row(photo, 'Six" <b>& more', "<script>alert(1)</script>")])
    page = read(client, REVIEW)
    assert [figure["data-says"] for figure in page.all("figure")] == ['Photo 1 of 1: Six" <b>& more']
    assert "<script>alert(1)</script>" in page.main


def test_a_story_without_photos_has_no_review(client):
    factories.make_story()
    expect_status(client, REVIEW, 404)
    expect_status(client, "/ai/nothing/photos/", 404)


def test_a_wrong_section_leads_on_and_a_retracted_story_says_why(client):
    story = with_photos(*two_photos())
    answer = client.get("/space/a-model-learns-to-wait/photos/")
    assert (answer.status_code, answer["Location"]) == (301, REVIEW)
    retract(story, reason="The numbers were made up.")
    page = read(client, REVIEW, status=410)
    assert "The numbers were made up." in page.main
    assert page.all("figure") == []
