"""A demonstration says so wherever its title stands; a real story nowhere."""

import pytest

from articles.models import Correction
from tests import factories
from tests.reading import read

pytestmark = pytest.mark.django_db
STORY = "/ai/made-up/"
MARK = "demonstration"
PAGES = [
    *("/ai/", "/tags/patience/", "/authors/nexus-vale/", "/search/?q=made", "/corrections/", "/photos/"),
    *(f"{STORY}photos/", f"{STORY}like/", "/db/"),
]


@pytest.fixture
def make(edition):
    photo = factories.photo_row(factories.make_photo())

    def make(title, **fields):
        article = factories.make_story(title=title, photos=[photo], **fields)
        article.stats.like_count, article.stats.like_score = 1, 300
        article.stats.save()
        Correction.objects.create(article=article, text="Another number.")
        return article

    return make


def pages(article):
    month = f"/archive/{article.public_at:%Y/%-m}/"
    return [month if path == "/db/" else path for path in PAGES]


def test_every_list_marks_it(client, make):
    for path in pages(make("Made up", is_demo=True)):
        assert MARK in read(client, path).main.lower(), path


def test_a_real_story_has_no_mark(client, make):
    for path in pages(make("Made up")):
        assert MARK not in read(client, path).main.lower(), path


def test_one_below_a_real_story_is_marked(client, make):
    """As a card and among the liked ones."""
    make("Made up", is_demo=True)
    real = make("Real")
    assert read(client, real.get_absolute_url()).main.count(MARK) == 2


def test_on_the_home_page_of_a_real_lead(client, make):
    """On the wire, in their section, and four of the five liked ones."""
    for number in range(5):
        make(f"Made up {number}", is_demo=True)
    make("Real")
    page = read(client, "/")
    assert page.main.count(MARK) == 5 + 4 + 4
    assert page.all("span", title=MARK)
