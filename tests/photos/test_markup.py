"""The HTML of a picture: what a browser may choose from, its size, its description, and nothing that is missing."""

import pytest

from photos import recipe
from photos.markup import BOXES, TONES, picture, tone_of
from photos.models import Photo
from tests import factories
from tests.photos.test_art import BASE, FIRST, WHOLE, art
from tests.reading import Reading, read


def drawn(art, box, **options):
    """(the sources, the img) of a picture."""
    page = Reading(picture(art, box, **options))
    [image] = page.all("img")
    return page.all("source"), image


def test_the_better_formats_come_first_and_jpeg_is_for_the_rest():
    sources, image = drawn(art(), "frame", alt="Six domes")
    assert [source["type"] for source in sources] == ["image/avif", "image/webp"]
    assert sources[0]["srcset"] == art().srcset("natural", "avif")
    assert image["srcset"] == art().srcset("natural", "jpg")
    assert image["src"] == f"{BASE}natural-640.jpg"
    assert {source["sizes"] for source in sources} == {image["sizes"]} == {BOXES["frame"].sizes}
    assert image["alt"] == "Six domes"


@pytest.mark.parametrize(
    ("box", "shape"),
    [
        ("hero", "natural"),
        ("lead", "16x9"),
        ("row", "4x3"),
        ("portrait", "1x1"),
        ("frame", "natural"),
        ("wide", "natural"),
    ],
)
def test_a_box_gets_the_shape_that_suits_it(box, shape):
    _sources, image = drawn(art(), box)
    width = WHOLE[shape][-1]
    assert image["src"].startswith(f"{BASE}{shape}-")
    assert (image["width"], image["height"]) == (str(width), str(recipe.height_of(shape, width, (1600, 1067))))


def test_a_tall_picture_is_cut_for_a_wide_box_and_whole_in_the_foto_review():
    tall = art(width=1067, height=1600)
    assert f"{BASE}4x3-" in drawn(tall, "hero")[1]["src"]
    assert f"{BASE}natural-" in drawn(tall, "frame")[1]["src"]


@pytest.mark.parametrize("box", BOXES)
def test_every_picture_has_its_size_so_that_nothing_moves(box):
    for renditions in (WHOLE, FIRST, {}):
        _sources, image = drawn(art(renditions), box)
        assert int(image["width"]) > 0
        assert int(image["height"]) > 0


def test_a_telephone_gets_another_part_of_a_storys_lead():
    sources, image = drawn(art(), "hero")
    assert [source.get("media", "") for source in sources] == ["(max-width: 61.99rem)"] * 3 + ["", ""]
    assert [source["type"] for source in sources[:3]] == ["image/avif", "image/webp", "image/jpeg"]
    assert all("/4x3-" in source["srcset"] for source in sources[:3])
    assert {(source["width"], source["height"]) for source in sources[:3]} == {("1200", "900")}
    assert "/natural-" in image["srcset"]


def test_a_picture_of_that_shape_needs_no_other_part():
    sources, _image = drawn(art(width=1600, height=1200), "hero")
    assert not any("media" in source for source in sources)


@pytest.mark.parametrize(
    ("box", "widths"),
    [("row", [240, 480]), ("film", [320, 640]), ("card", [320, 640, 1080]), ("wide", WHOLE["natural"])],
)
def test_a_small_box_is_offered_no_large_files(box, widths):
    sources, image = drawn(art(), box)
    for offered in (*sources, image):
        assert [int(part.split()[1][:-1]) for part in offered["srcset"].split(", ")] == widths


def test_what_leads_a_page_is_asked_for_first_and_the_rest_when_it_is_near():
    eager, lazy = drawn(art(), "hero", is_eager=True)[1], drawn(art(), "wide")[1]
    assert eager["fetchpriority"] == "high"
    assert "loading" not in eager
    assert lazy["loading"] == "lazy"
    assert lazy["decoding"] == "async"
    assert "fetchpriority" not in lazy


def test_what_was_made_first_is_a_picture_without_a_choice_of_formats():
    sources, image = drawn(art(FIRST), "lead", alt="Six domes")
    assert sources == []
    assert image["src"] == "/media/photos/ab/ab12/first/natural-960.webp"
    assert image["srcset"] == art(FIRST).srcset()


def test_without_renditions_its_colour_stands_there_in_its_place():
    sources, image = drawn(art({}, color="#f2b661"), "card", alt="Six domes")
    assert sources == []
    assert image["src"] == art({}, color="#f2b661").placeholder
    assert (image["width"], image["height"], image["alt"]) == ("1600", "1067", "Six domes")
    assert "srcset" not in image
    assert "tone-332" in image["class"].split()


def test_a_description_is_text_and_never_markup():
    html = picture(art(), "frame", alt='"><script>alert(1)</script>')
    assert "<script>" not in html
    assert Reading(html).all("img")[0]["alt"] == '"><script>alert(1)</script>'


def test_an_address_of_the_storage_is_escaped(settings):
    settings.MEDIA_URL = 'https://media.example.org/"x&y/'
    html = picture(art(), "hero")
    assert '/"x' not in html
    assert Reading(html).all("img")[0]["src"].startswith('https://media.example.org/"x&y/photos/')


@pytest.mark.parametrize(
    ("color", "tone"),
    [("#000000", "tone-000"), ("#1b1d80", "tone-012"), ("#ffffff", "tone-333"), ("#F2B661", "tone-332")],
)
def test_a_colour_has_one_of_64_classes(color, tone):
    assert tone_of(color) == tone


def test_every_tone_has_its_rule_near_the_colour(settings):
    css = (settings.BASE_DIR / "static/css/components/tones.css").read_text()
    for number in range(64):
        steps = number // 16, number // 4 % 4, number % 4
        color = "".join(f"{TONES[step]:02x}" for step in steps)
        assert f".tone-{''.join(map(str, steps))} {{\n  background-color: #{color};\n}}" in css


@pytest.mark.parametrize(
    ("box", "size", "classes"),
    [
        ("wide", (1600, 1067), ["fx-20", "fy-70"]),  # 3:2 in 16:10: the page crops it
        ("hero", (1500, 1000), []),  # of the box's own shape
        ("row", (1600, 1067), []),
        ("lead", (1600, 1067), []),
        ("frame", (1600, 1067), []),  # never cropped
        ("wide", (3000, 1000), ["fx-30", "fy-70"]),  # the cut has brought the point nearer to the middle
    ],
)
def test_the_focal_point_is_told_where_a_page_crops_further(box, size, classes):
    _sources, image = drawn(art(WHOLE, *size, focal_x=20, focal_y=70), box)
    assert [name for name in image["class"].split() if name[:2] in ("fx", "fy")] == classes


def pictures_of(client, path):
    return [image for image in read(client, path).all("img") if "art" in image.get("class", "").split()]


@pytest.fixture
def story(edition):
    photos = [factories.make_photo(title=str(number), width=64 + number) for number in range(3)]
    body = f"Words.\n\n![](photo:{photos[1].pk})\n\nMore words."
    return factories.make_story(photos=[factories.photo_row(photo) for photo in photos], body=body)


PAGES = ["/", "/ai/", "/photos/", "/tags/patience/", "/search/?q=model"]


@pytest.mark.parametrize("path", PAGES)
def test_lists_show_photos_of_which_nothing_is_made_yet(client, story, path):
    Photo.objects.update(renditions={})
    shown = pictures_of(client, path)
    assert shown
    assert all(image["src"].startswith("data:image/svg+xml") for image in shown)


def test_a_story_and_its_foto_review_show_them_too(client, story):
    Photo.objects.update(renditions={})
    assert len(pictures_of(client, story.get_absolute_url())) == 1 + 1 + 3
    assert len(pictures_of(client, f"{story.get_absolute_url()}photos/")) >= 3


def test_one_picture_of_a_page_is_asked_for_first(client, story):
    factories.make_story(title="Another", photos=[factories.photo_row(factories.make_photo())])
    for path in ("/", "/ai/", story.get_absolute_url()):
        shown = pictures_of(client, path)
        assert len(shown) > 1
        assert [image.get("fetchpriority") for image in shown] == ["high"] + [None] * (len(shown) - 1)
        assert all(image["loading"] == "lazy" for image in shown[1:])


def test_an_authors_portrait_is_a_square(client, edition):
    photo = factories.make_photo()
    Photo.objects.update(renditions={**WHOLE, "1x1": [48]})
    author = factories.make_person()
    type(author).objects.filter(pk=author.pk).update(portrait=photo)
    factories.make_story(author=author.slug, origin="human", title="By hand")
    [image] = pictures_of(client, f"/authors/{author.slug}/")
    assert "/1x1-48.jpg" in image["src"]
    assert image["alt"] == author.name


def test_it_is_told_while_the_part_for_telephones_is_not_made_yet():
    _sources, image = drawn(art(FIRST, 1600, 1200, focal_x=20), "opener")
    assert "fx-20" in image["class"].split()
