"""Paging by position instead of by number: every page of a list costs the same, however deep it lies.

A position is `<time>-<id>`, time in microseconds since 1970, of the last (or first) row that was shown.
"""

import datetime as dt
import re
from typing import NamedTuple

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _

from .errors import BadInput

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
# The year 9999, in microseconds: beyond it there are no dates.
LAST = 253_000_000_000_000_000
POSITION = re.compile(r"(\d{1,18})-(\d{1,18})\Z", re.ASCII)


class Position(NamedTuple):
    time: dt.datetime
    id: int

    def __str__(self):
        return f"{(self.time - EPOCH) // dt.timedelta(microseconds=1)}-{self.id}"


class PositionField(forms.CharField):
    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        match = POSITION.match(value)
        if not match or int(match[1]) > LAST:
            raise forms.ValidationError(_("This address is not one of ours. Start again from the first page."))
        return Position(EPOCH + dt.timedelta(microseconds=int(match[1])), int(match[2]))


class PagingForm(forms.Form):
    before = PositionField(required=False, max_length=40)
    after = PositionField(required=False, max_length=40)


class Page(NamedTuple):
    rows: list
    older: Position | None
    newer: Position | None
    is_first: bool


def page(queryset, params, size, *, time="public_at", key="id", read=list):
    """One page of a queryset, newest first.

    `params` is request.GET: `before` and `after` are positions. Raises BadInput on anything else.
    `queryset` has conditions only; its index must end in (time, key). `read` turns a sliced queryset into the rows to
    show, which have the attributes `id` and the one named by `time`.
    """

    def fetch(position, newest_first, limit):
        rows = _beyond(queryset, time, key, position, "lt" if newest_first else "gt")
        order = (f"-{time}", f"-{key}") if newest_first else (time, key)
        return read(rows.order_by(*order)[:limit])

    return page_of(fetch, params, size, time=time)


def page_of(fetch, params, size, *, time="public_at"):
    """One page of whatever can be walked both ways: `fetch(position, newest_first, limit)` gives rows beyond it.

    Raises Http404 where nothing lies beyond the position that was asked for.
    """
    form = PagingForm(params)
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
