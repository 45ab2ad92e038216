import contextlib
import datetime as dt

import pytest
from django.http import Http404, QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Correction
from newsroom.errors import BadInput
from newsroom.keyset import EPOCH, Page, Position, page, page_of
from tests import factories


class Row:
    def __init__(self, minute, number):
        self.public_at, self.id = EPOCH + dt.timedelta(minutes=minute), number

    @property
    def key(self):
        return self.public_at, self.id


def fetch_from(rows):
    def fetch(position, newest_first, limit):
        place = position and (position.time, position.id)
        beyond = [row for row in rows if not place or (row.key < place if newest_first else row.key > place)]
        return sorted(beyond, key=lambda row: row.key, reverse=newest_first)[:limit]

    return fetch


def ask(**params):
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in params.items() if value})
    return query


@settings(deadline=None)
@given(minutes=st.lists(st.integers(0, 6), max_size=30), size=st.integers(1, 7))
def test_walking_there_and_back_meets_every_row_once(minutes, size):
    rows = [Row(minute, number) for number, minute in enumerate(minutes, 1)]
    newest_first = sorted(rows, key=lambda row: row.key, reverse=True)
    there = [page_of(fetch_from(rows), ask(), size)]
    assert there[0].is_first
    while there[-1].older:
        there.append(page_of(fetch_from(rows), ask(before=there[-1].older), size))
        assert not there[-1].is_first
    assert [row for listed in there for row in listed.rows] == newest_first
    back = [there[-1]]
    while back[-1].newer:
        back.append(page_of(fetch_from(rows), ask(after=back[-1].newer), size))
    assert [listed.rows for listed in back] == [listed.rows for listed in reversed(there)]
    assert back[-1].is_first


@settings(deadline=None)
@given(moment=st.datetimes(dt.datetime(1970, 1, 1), dt.datetime(9980, 1, 1)), number=st.integers(0, 10**18 - 1))  # noqa: DTZ001
def test_a_position_survives_its_address(moment, number):
    position = Position(moment.replace(tzinfo=dt.UTC), number)
    asked = []
    with pytest.raises(Http404):
        page_of(lambda *arguments: asked.append(arguments) or [], ask(before=position), 3)
    assert asked == [(position, True, 4)]


@settings(deadline=None)
@given(st.text(max_size=50))
def test_whatever_is_sent_is_a_page_or_a_refusal(text):
    for name in ("before", "after"):
        with contextlib.suppress(BadInput, Http404):
            assert isinstance(page_of(lambda *arguments: [], ask(**{name: text}), 3), Page)


def test_a_refusal_is_a_sentence_for_the_reader():
    with pytest.raises(BadInput, match=r"This address is not one of ours\. Start again from the first page\."):
        page_of(lambda *arguments: [], ask(before="x"), 3)


def test_before_wins_over_after():
    rows = [Row(1, number) for number in range(1, 6)]
    position = Position(rows[2].public_at, 3)
    assert [row.id for row in page_of(fetch_from(rows), ask(before=position, after=position), 3).rows] == [2, 1]


def test_an_empty_list_is_an_empty_first_page():
    assert page_of(lambda *arguments: [], ask(), 3) == Page([], None, None, True)


@pytest.mark.django_db
def test_the_database_walks_the_same_way(edition):
    """Equal times down to the microsecond, on the database at hand."""
    article, at = factories.make_story(), dt.datetime(2026, 1, 2, 3, 4, 5, 678_901, tzinfo=dt.UTC)
    moments = [at, at, at, at + dt.timedelta(microseconds=1), at.replace(microsecond=0), at, at]
    for moment in moments:
        Correction.objects.create(article=article, text="Note.", made_at=moment)
    wanted = list(Correction.objects.order_by("-made_at", "-id"))
    there = [page(Correction.objects.all(), ask(), 2, time="made_at")]
    while there[-1].older:
        there.append(page(Correction.objects.all(), ask(before=there[-1].older), 2, time="made_at"))
    assert [row for listed in there for row in listed.rows] == wanted
    back = [there[-1]]
    while back[-1].newer:
        back.append(page(Correction.objects.all(), ask(after=back[-1].newer), 2, time="made_at"))
    assert [listed.rows for listed in back] == [listed.rows for listed in reversed(there)]
