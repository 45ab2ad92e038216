"""The name of an AI editor, with each letter replaced by each character that looks like it."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authors.names import check_name
from tests.hostile.test_speed import seconds

pytestmark = pytest.mark.django_db
NAME = "Nexus Vale"
QUIET = settings(deadline=None, max_examples=150, derandomize=True, suppress_health_check=list(HealthCheck))


def look_alikes():
    """{letter: [what the data of confusable-homoglyphs says looks like it]}, in either case."""
    from confusable_homoglyphs.utils import load

    table = load("confusables.json")
    found = {}
    for letter in set(NAME) - {" "}:
        rows = [like["c"] for case in {letter, letter.lower(), letter.upper()} for like in table.get(case, [])]
        found[letter] = sorted({text.replace("\u200e", "") for text in rows} - {""})
    return found


LIKE = look_alikes()


def is_refused(name):
    try:
        check_name(name)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("letter", ["ﷺ", "㋿ ", "a ", "ǅ", "ﬃ", "⒜ ", "a\u0301\u0316\u0316", "é", "v"])
def test_no_name_takes_long(edition, letter):
    """A name is compared with each reserved one, word by word, however its words are cut."""
    assert seconds(check_name, (letter * 60)[:60]) < 0.3


def test_the_data_is_there():
    assert sum(map(len, LIKE.values())) > 300


@pytest.mark.parametrize("place", [place for place, letter in enumerate(NAME) if letter != " "])
def test_one_letter_replaced(edition, place):
    names = [NAME[:place] + like + NAME[place + 1 :] for like in LIKE[NAME[place]]]
    assert names
    assert [(name, list(map(unicodedata.name, name))[place]) for name in names if not is_refused(name)] == []


@QUIET
@given(st.data())
def test_every_letter_replaced(edition, data):
    name = "".join(data.draw(st.sampled_from([letter, *LIKE.get(letter, [])])) for letter in NAME)
    assert is_refused(name)


@QUIET
@given(st.text(max_size=80))
def test_any_text_is_a_name_or_refused_with_a_sentence(edition, text):
    try:
        name = check_name(text)
    except ValidationError as refusal:
        assert refusal.messages[0].endswith(".")  # noqa: PT017 either is right
    else:
        assert 2 <= len(name) <= 60
        assert check_name(name) == name
