"""What a story's pages tell machines (JSON-LD): what the page shows, with the origin of every picture, and no more."""

import datetime as dt
import json
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from articles import structured_data
from articles.models import Article
from articles.publishing import publish, retract, save_story
from authors.models import Author
from photos import making, source_types
from photos.models import Photo
from tests import factories
from tests.articles.desk import editor, signed_in

pytestmark = pytest.mark.django_db
STORY = "/ai/a-model-learns-to-wait/"
SITE = "https://news.example.org"


@pytest.fixture(autouse=True)
def _site(edition, settings):
    settings.SITE_URL, settings.SITE_NAME = SITE, "Tech & Space"


class Blocks(HTMLParser):
    """The data blocks of a page, as a browser parses it."""

    def __init__(self, html):
        super().__init__()
        self.found, self.is_inside = [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.is_inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        if self.is_inside:
            self.found.append("")

    def handle_endtag(self, tag):
        self.is_inside = False

    def handle_data(self, data):
        if self.is_inside:
            self.found[-1] += data


def blocks(html):
    return [json.loads(text) for text in Blocks(html).found]


def data_of(client, path):
    (data,) = blocks(client.get(path).content.decode())
    return data


def photo_story(*photos, **changes):
    rows = [factories.photo_row(photo, f"Alt {n}", f"Caption {n}.") for n, photo in enumerate(photos, 1)]
    return factories.make_story(photos=rows, **changes)


def made(title="Domes", **fields):
    photo = factories.make_photo(title, **{"width": 700, "height": 600, **fields})
    making.make_now(photo)
    return photo


def test_a_story_says_what_its_page_shows(client):
    article = factories.make_story(origin="human", author=factories.make_person().slug)
    data = data_of(client, STORY)
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "NewsArticle"
    assert data["url"] == data["mainEntityOfPage"] == SITE + STORY
    assert (data["headline"], data["inLanguage"]) == (article.title, "en")
    assert data["description"] == article.interpreter
    assert dt.datetime.fromisoformat(data["datePublished"]) == article.public_at.replace(microsecond=0)
    assert data["dateModified"] == data["datePublished"]
    assert data["author"] == {
        "@type": "Person",
        "name": "Ana Horvat",
        "url": f"{SITE}/authors/ana-horvat/",
        "jobTitle": "Human editor",
    }
    assert data["publisher"]["name"] == "Tech & Space"
    assert data["publisher"]["logo"]["url"].startswith(f"{SITE}/static/img/apple-touch-icon")
    assert data["articleSection"] == article.category.name
    assert sorted(data["keywords"]) == ["models", "patience"]
    assert data["contentLocation"]["name"] == "San Francisco, California"
    # Written by a person, without a photo: neither is said to be a machine's.
    assert "digitalSourceType" not in data
    assert "image" not in data


def test_an_ai_editor_is_no_person_and_its_text_is_a_machines(client):
    factories.make_story()
    data = data_of(client, STORY)
    author = Article.objects.get().author
    assert author.kind == Author.Kind.AI
    assert data["author"]["@type"] == "Organization"
    assert data["author"]["name"] == author.name
    assert data["author"]["description"].startswith("AI editor")
    assert data["author"]["parentOrganization"]["name"] == "Tech & Space"
    assert data["digitalSourceType"] == "https://schema.org/TrainedAlgorithmicMediaDigitalSource"


def test_the_original_is_named_and_a_publication_alone_is_none(client):
    row = {"source": "techcrunch-ai", "url": "https://techcrunch.com/a-story/", "title": "A story", "published": ""}
    factories.make_story(sources=[row, {**row, "url": "", "title": ""}])
    assert data_of(client, STORY)["isBasedOn"] == [
        {
            "@type": "CreativeWork",
            "name": "A story",
            "url": "https://techcrunch.com/a-story/",
            "publisher": {"@type": "Organization", "name": "TechCrunch AI"},
        }
    ]


@pytest.mark.parametrize(
    ("origin", "member"),
    [("ai_rewritten", "TrainedAlgorithmic"), ("ai_assisted", "CompositeWithTrainedAlgorithmic"), ("human", None)],
)
def test_the_origin_of_the_text(client, origin, member):
    author = {"author": factories.make_person().slug} if origin == "human" else {}
    factories.make_story(origin=origin, **author)
    said = data_of(client, STORY).get("digitalSourceType")
    assert said == (member and f"https://schema.org/{member}MediaDigitalSource")


def test_nobody_is_named_as_a_reviewer(client):
    ana = editor()
    article = factories.make_story()
    Article.objects.update(reviewed_by=ana, reviewed_revision=article.revision, reviewed_at=timezone.now())
    assert "review" not in json.dumps(data_of(client, STORY)).lower()


def test_a_change_after_publication_is_dated(client):
    article = factories.make_story()
    publish(save_story({**article.revision.content, "interpreter": "Other words."}, language="en", article=article))
    data = data_of(client, STORY)
    assert dt.datetime.fromisoformat(data["dateModified"]) > dt.datetime.fromisoformat(data["datePublished"])


@pytest.mark.parametrize("mark", Photo.Mark.values)
def test_the_lead_photo_in_three_shapes_with_credit_and_origin(client, mark, settings):
    photo = made(mark=mark, credit="Čedomir & Sons")
    photo_story(photo)
    images = data_of(client, STORY)["image"]
    assert [(image["width"], image["height"]) for image in images] == [(1200, 675), (1200, 900), (1200, 1200)]
    for image in images:
        assert image["@type"] == "ImageObject"
        assert image["url"] == image["contentUrl"]
        assert image["caption"] == "Caption 1."
        assert image["creditText"] == "Čedomir & Sons"
        assert image["digitalSourceType"] == f"https://schema.org/{structured_data.SOURCE_OF_MARK[mark]}"
        # The address leads to a JPEG of that size.
        response = client.get(image["url"].removeprefix(SITE))
        assert response["Content-Type"] == "image/jpeg"


def test_each_mark_is_a_member_of_schema_orgs_enumeration():
    assert set(structured_data.SOURCE_OF_MARK) == set(source_types.WORDS)
    assert set(structured_data.SOURCE_OF_MARK.values()) == {
        "TrainedAlgorithmicMediaDigitalSource",
        "CompositeWithTrainedAlgorithmicMediaDigitalSource",
        "DigitalCaptureDigitalSource",
        "DigitalArtDigitalSource",
    }


def test_a_photo_that_is_not_made_yet_is_shown_as_it_is(client):
    photo = factories.make_photo(width=700, height=600)
    photo_story(photo)
    (image,) = data_of(client, STORY)["image"]
    assert (image["width"], image["height"]) == (700, 600)
    assert client.get(image["url"].removeprefix(SITE)).status_code == 200
    Photo.objects.update(renditions={})
    assert "image" not in data_of(client, STORY)


def test_the_foto_review_lists_every_photo_in_order(client):
    photos = [made("One", mark="photograph", credit="ESO"), made("Two", width=640, credit="Tech&Space")]
    photo_story(*photos)
    data = data_of(client, f"{STORY}photos/")
    assert data["@type"] == "ImageGallery"
    assert data["url"] == f"{SITE}{STORY}photos/"
    assert data["about"]["url"] == SITE + STORY
    rows = [(image["caption"], image["creditText"], image["width"]) for image in data["associatedMedia"]]
    assert rows == [("Caption 1.", "ESO", 700), ("Caption 2.", "Tech&Space", 640)]
    types = [image["digitalSourceType"].rpartition("/")[2] for image in data["associatedMedia"]]
    assert types == ["DigitalCaptureDigitalSource", "TrainedAlgorithmicMediaDigitalSource"]
    for image in data["associatedMedia"]:
        assert client.get(image["contentUrl"].removeprefix(SITE)).status_code == 200
        assert "contentLocation" not in image
    # What cannot be shown yet is not named.
    Photo.objects.filter(title="Two").update(renditions={})
    assert [image["caption"] for image in data_of(client, f"{STORY}photos/")["associatedMedia"]] == ["Caption 1."]


def test_the_place_of_a_photo_stands_with_it(client):
    photo = made()
    photo.texts["en"]["place"] = "Cerro Paranal, Chile"
    photo.save()
    photo_story(photo)
    (image,) = data_of(client, f"{STORY}photos/")["associatedMedia"]
    assert image["contentLocation"] == {"@type": "Place", "name": "Cerro Paranal, Chile"}


def test_media_of_another_host_keep_their_address(client, settings):
    photo_story(made())
    settings.MEDIA_URL = "https://media.example.org/"
    for image in data_of(client, STORY)["image"]:
        assert image["url"].startswith("https://media.example.org/photos/")


HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]> & \"quotes\" 'so'",
    "Šibenik \u2028 \u2029 đ 🚀",
    "\\u003c/script\\u003e \\",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_leaves_its_block(client, text):
    article = photo_story(made(credit=text[:120]), interpreter=text, title=f"Story {text}")
    Article.objects.update(interpreter=text)
    html = client.get(article.get_absolute_url()).content.decode()
    (data,) = blocks(html)
    assert data["description"] == text
    assert data["image"][0]["creditText"] == Photo.objects.get().credit
    block = html.partition("ld+json")[2].partition("</script>")[0][2:]
    assert not set("<>&\u2028\u2029") & set(block)


def test_the_same_story_in_croatian_speaks_croatian(client):
    factories.make_story("hr", title="Model uči čekati")
    data = data_of(client, Article.objects.get().get_absolute_url())
    assert data["inLanguage"] == "hr"
    assert data["url"].startswith(f"{SITE}/hr/")
    assert data["author"]["url"].startswith(f"{SITE}/hr/")


def test_only_a_public_page_says_anything(client):
    article = photo_story(made())
    desk = signed_in(editor())
    preview = desk.get(f"/admin/articles/revision/{article.revision_id}/preview/")
    assert preview.status_code == 200
    assert blocks(preview.content.decode()) == []
    retract(article, "It was wrong.")
    assert blocks(client.get(STORY).content.decode()) == []


def test_it_costs_no_query(client, django_assert_num_queries):
    article = photo_story(made())
    article = Article.objects.select_related("category", "author", "place").get(pk=article.pk)
    from articles.story_page import photos_of

    photos = photos_of(article.pk)
    with django_assert_num_queries(0):
        structured_data.of_story(article, photos)
        structured_data.of_photos(article, photos)
