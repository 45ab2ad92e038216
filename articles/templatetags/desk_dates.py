"""Years, months and days to choose from above the list of stories.

Worked out from the first and the last date alone. Django's own hierarchy asks the database for every year that occurs,
which reads the whole table on each view of the list.
"""

import calendar
import datetime as dt

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

register = template.Library()
NAMES = ("year", "month", "day")


@register.inclusion_tag("admin/articles/article/dates.html")
def desk_dates(cl):
    field = cl.date_hierarchy
    given = _given(cl, field)
    level = len(given)
    choices = [(_label(parts), _link(cl, parts)) for parts in _choices(cl, field, given)] if level < 3 else []
    return {
        "back": _link(cl, given[:-1]) if level else "",
        "back_title": _label(given) if level else "",
        "choices": choices,
        "label": cl.model._meta.get_field(field).verbose_name,
    }


def _given(cl, field):
    """The date in the address as far as it can be read: a month counts with its year only, a day with its month."""
    given = []
    for name in NAMES:
        try:
            part = int(cl.params[f"{field}__{name}"])
            _first_day([*given, part])
        except (KeyError, ValueError, OverflowError):
            break
        given.append(part)
    return given


def _first_day(parts):
    return dt.date(*parts, *[1] * (3 - len(parts)))


def _choices(cl, field, given):
    if len(given) == 2:
        return [[*given, day] for day in range(1, calendar.monthrange(*given)[1] + 1)]
    if len(given) == 1:
        return [[*given, month] for month in range(1, 13)]
    times = cl.root_queryset.filter(**{f"{field}__isnull": False}).order_by(field).values_list(field, flat=True)
    first, last = times.first(), times.last()
    if first is None:
        return []
    return [[year] for year in range(timezone.localtime(last).year, timezone.localtime(first).year - 1, -1)]


def _label(parts):
    formats = ["Y", "YEAR_MONTH_FORMAT", "MONTH_DAY_FORMAT"]
    return capfirst(date_format(_first_day(parts), formats[len(parts) - 1]))


def _link(cl, parts):
    filters = {f"{cl.date_hierarchy}__{name}": part for name, part in zip(NAMES, parts, strict=False)}
    return cl.get_query_string(filters, [f"{cl.date_hierarchy}__"])
