"""Paging by position instead of by number: every page of a list costs the same, however deep it lies.

A position is `<value>-<id>` of the last (or first) row that was shown: its time in microseconds since 1970, or a number
where a list is ordered by one (which may be below zero, as a time may not).
"""

import datetime as dt
import re
from typing import NamedTuple

from django import forms
from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _

from .errors import BadInput

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# The year 9999, in microseconds: beyond it there are no dates.
LAST = 253_000_000_000_000_000
POSITION = re.compile(r"(-?\d{1,18})-(\d{1,18})\Z", re.ASCII)


class Position(NamedTuple):
    time: dt.datetime | int
    id: int

    def __str__(self):
        number = self.time if isinstance(self.time, int) else (self.time - EPOCH) // dt.timedelta(microseconds=1)
        return f"{number}-{self.id}"


class PositionField(forms.CharField):
    is_time = True

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        match = POSITION.match(value)
        if not match or int(match[1]) > LAST or (self.is_time and int(match[1]) < 0):
            raise forms.ValidationError(_("This address is not one of ours. Start again from the first page."))
        value = EPOCH + dt.timedelta(microseconds=int(match[1])) if self.is_time else int(match[1])
        return Position(value, int(match[2]))


class PagingForm(forms.Form):
    before = PositionField(required=False, max_length=40)
    after = PositionField(required=False, max_length=40)

    def __init__(self, params, is_time):
        super().__init__(params)
        for field in self.fields.values():
            field.is_time = is_time


class Page(NamedTuple):
    rows: list
    older: Position | None
    newer: Position | None
    is_first: bool


def page(queryset, params, size, *, time="public_at", key="id", read=list, rising=False):
    """One page of a queryset, newest (highest) first; lowest first if `rising`.

    `params` is request.GET: `before` and `after` are positions. Raises BadInput on anything else.
    `queryset` has conditions only; its index must end in (time, key). `read` turns a sliced queryset into the rows to
    show, which have the attributes `id` and the one named by `time`, a time or a whole number. What lies `before` a
    position is what comes next in the list, also if it is `rising`.
    """

    def fetch(position, onward, limit):
        return read(_sliced(queryset, time, key, position, onward != rising, limit))

    return page_of(fetch, params, size, time=time, is_time=_is_time(queryset, time))


def merged_page(querysets, params, size, *, time, read=list, rising=False):
    """The same of several querysets that are one list together: each is asked for by itself, a range of its index."""

    def fetch(position, onward, limit):
        falls = onward != rising
        rows = [row for rows in querysets for row in read(_sliced(rows, time, "id", position, falls, limit))]
        return sorted(rows, key=lambda row: (getattr(row, time), row.id), reverse=falls)[:limit]

    return page_of(fetch, params, size, time=time, is_time=_is_time(querysets[0], time))


def _is_time(queryset, name):
    return isinstance(queryset.model._meta.get_field(name), models.DateTimeField)


def _sliced(queryset, time, key, position, falls, limit):
    rows = _beyond(queryset, time, key, position, "lt" if falls else "gt")
    order = (f"-{time}", f"-{key}") if falls else (time, key)
    return rows.order_by(*order)[:limit]


def page_of(fetch, params, size, *, time="public_at", is_time=True):
    """One page of whatever can be walked both ways: `fetch(position, newest_first, limit)` gives rows beyond it.

    Raises Http404 where nothing lies beyond the position that was asked for.
    """
    form = PagingForm(params, is_time)
    if not form.is_valid():
        raise BadInput(next(iter(form.errors.values()))[0])
    before, after = form.cleaned_data["before"], form.cleaned_data["after"]
    if after and not before:
        rows = fetch(after, False, size + 1)
        more_newer, rows = len(rows) > size, rows[:size][::-1]
        more_older = True
    else:
        rows = fetch(before, True, size + 1)
        more_older, rows = len(rows) > size, rows[:size]
        more_newer = before is not None
    if not rows and (before or after):
        raise Http404
    older = Position(getattr(rows[-1], time), rows[-1].id) if rows and more_older else None
    newer = Position(getattr(rows[0], time), rows[0].id) if rows and more_newer else None
    return Page(rows, older, newer, is_first=not more_newer)


def _beyond(queryset, time, key, position, direction):
    """Rows after the position. Written so that the index is entered at the position: a range, then the ties.

    The range stands before the queryset's own conditions: of two bounds on `time` (the other is "until now") SQLite
    enters the index at the one that is written first, and would walk all newer rows to a deep page.
    """
    if position is None:
        return queryset
    ties = {time: position.time, f"{key}__{'lte' if direction == 'gt' else 'gte'}": position.id}
    in_range = queryset.model._default_manager.filter(**{f"{time}__{direction}e": position.time})
    return (in_range & queryset).exclude(**ties)
