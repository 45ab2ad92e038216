"""Photos are found by what the desk knows of them, with or without accents and capitals."""

import pytest

from articles.publishing import save_story
from authors.models import Author
from photos.finding import find
from photos.models import Photo
from tests import factories

pytestmark = pytest.mark.django_db


def titles(**params):
    return {photo.title for photo in find(params)[0]}


@pytest.fixture
def photos():
    rows = [
        ("Šuma u Đurđevcu", "HINA/Žarko Čić", "ai_generated", {"hr": {"alt": "Borova ŠUMA", "caption": "Snijeg."}}),
        ("Guma", "ESO", "photograph", {"en": {"alt": "A tyre", "caption": "Rubber on Mars."}}),
        ("Moon_9", "NASA", "illustration", {"en": {"alt": "The moon"}, "hr": {"alt": "Mjesec 100 %"}}),
    ]
    for number, (title, credit, mark, texts) in enumerate(rows):
        Photo.objects.create(
            title=title, credit=credit, mark=mark, texts=texts, token=f"t{number}", sha256="0", width=3, height=2
        )


@pytest.mark.parametrize(
    "question",
    ["Šuma", "šuma", "suma", "SUMA", "ŠUMA", "đurđev", "durd", "DURD", "zarko cic", "snijeg", "borova suma hina"],
)
def test_words_are_found_in_every_text_with_or_without_accents(photos, question):
    assert titles(q=question) == {"Šuma u Đurđevcu"}


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("tyre mars", {"Guma"}),
        ("guma", {"Guma"}),
        ("moon 9", {"Moon_9"}),
        ("moon_9", {"Moon_9"}),
        ("100 %", {"Moon_9"}),
        ("tyre moon", set()),
        ("[xg]uma", set()),
        ("*", {"Guma", "Moon_9", "Šuma u Đurđevcu"}),
        ("  ", {"Guma", "Moon_9", "Šuma u Đurđevcu"}),
    ],
)
def test_all_words_must_be_there_and_signs_mean_nothing(photos, question, found):
    assert titles(q=question) == found


def test_a_photo_is_found_by_its_number(photos):
    photo = Photo.objects.get(title="Guma")
    assert titles(q=f"photo:{photo.pk}") == {"Guma"}
    assert titles(q="photo:999999999999999999") == set()


def test_origin_and_use_narrow_the_library(edition):
    hero, face = factories.make_photo("Hero"), factories.make_photo("Face", width=65, mark="photograph")
    factories.make_photo("Spare", width=66)
    gone = factories.make_photo("Gone", width=67)
    Photo.objects.filter(pk=gone.pk).update(replaced_by=hero)
    save_story(factories.content(photos=[factories.photo_row(hero)]), language="en")
    Author.objects.create(name="Ana", slug="ana", kind="human", portrait=face)
    assert titles() == {"Hero", "Face", "Spare"}
    assert titles(mark="photograph") == {"Face"}
    assert titles(use="no") == {"Spare"}
    assert titles(use="yes") == {"Hero", "Face"}
    assert titles(use="replaced") == {"Gone"}
    assert titles(use="nonsense", mark="nonsense") == {"Hero", "Face", "Spare"}
