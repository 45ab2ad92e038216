"""The last weeks by the edition's clock, each from Monday, 00:00; one in which the clock is changed is an hour off."""

import bisect
import datetime as dt
import zoneinfo
from itertools import pairwise
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, IntegerField, Value
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

WEEKS = 12


class Week(NamedTuple):
    start: dt.datetime
    end: dt.datetime
    # The one that is not over.
    is_now: bool

    @property
    def name(self):
        return date_format(self.start, pgettext("date format of a week's Monday", "j M"))

    @property
    def title(self):
        last = self.start + dt.timedelta(days=6)
        days = _("%(first)s to %(last)s") % {"first": self.name, "last": date_format(last)}
        return _("%(week)s, so far") % {"week": days} if self.is_now else days


def midnight(day):
    """When this day of the edition's calendar begins."""
    return dt.datetime.combine(day, dt.time.min, zoneinfo.ZoneInfo(settings.EDITION_TIME_ZONE))


def today(now):
    return now.astimezone(zoneinfo.ZoneInfo(settings.EDITION_TIME_ZONE)).date()


def last_weeks(now, number=WEEKS):
    """The present week and those before it, the oldest first."""
    monday = today(now) - dt.timedelta(days=today(now).weekday())
    days = [monday - dt.timedelta(weeks=back) for back in range(number - 1, -2, -1)]
    return [Week(midnight(day), midnight(following), day == monday) for day, following in pairwise(days)]


def counted(rows, weeks, time, *names):
    """Yields (place of the week, the row's values of these names, how many such rows), as one statement.

    A range of the index for each week: told apart within one range, the weeks would cost the database more than twice.
    """

    def of_week(place, week):
        within = rows.filter(**{f"{time}__gte": week.start, f"{time}__lt": week.end})
        within = within.annotate(week=Value(place, IntegerField())).values_list("week", *names)
        return within.annotate(number=Count("pk")).order_by()

    first, *others = [of_week(place, week) for place, week in enumerate(weeks)]
    return first.union(*others, all=True)


def place_of(time, weeks):
    """Which of the weeks it is in; the last one for what is later."""
    return bisect.bisect([week.start for week in weeks], time) - 1
