"""Two weeks of the edition as a calendar, from this week's Monday on: what went out and what will, at its hour."""

import datetime as dt
from collections import defaultdict

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.models import Article

from .clock import full

DAYS = 14
MOST_A_DAY = 6
# Of so many stories at most the time alone is read, to know which are shown and how many are not.
MOST_TIMES = 5000


class Slot:
    """One story at its hour; `kind` is the end of a CSS class, as for a status."""

    def __init__(self, article, time, kind):
        self.article, self.time, self.kind, self.title = article, time, kind, full(time)
        self.word = {"public": _("Public"), "set": _("Scheduled"), "update": _("Update waits")}[kind]


class Day:
    def __init__(self, date, today):
        self.date, self.is_today, self.is_off = date, date == today, date.weekday() >= 5
        self.name = capfirst(date_format(date, pgettext("date format", "D j")))
        self.slots, self.more = [], 0

    @property
    def list_url(self):
        """The stories of the whole day, in the list of stories."""
        start, end = (
            timezone.make_aware(dt.datetime.combine(day, dt.time.min)) for day in (self.date, _next(self.date))
        )
        query = {"public_at__gte": start.isoformat(), "public_at__lt": end.isoformat()}
        return reverse("admin:articles_article_changelist", query=query)


def two_weeks(language, planned, now):
    """{language, days}: at most MOST_A_DAY stories a day, those to come before those that are out, by their hour."""
    today = timezone.localtime(now).date()
    monday = today - dt.timedelta(days=today.weekday())
    days = {date: Day(date, today) for date in (monday + dt.timedelta(days=number) for number in range(DAYS))}
    planned = [story for story in planned if language in ("", story.language)]
    # (time, id, planned update?): narrow rows, which the index alone answers.
    by_day = defaultdict(list)
    for time, pk, is_update in [*_times(language, days), *((story.update_at, story.pk, True) for story in planned)]:
        by_day[timezone.localtime(time).date()].append((time, pk, is_update))
    chosen = {date: _chosen(by_day[date], now) for date in days}
    ids = {pk for rows in chosen.values() for _time, pk, _is_update in rows}
    stories = Article.objects.only("title", "language", "record_number").in_bulk(ids)
    for date, rows in chosen.items():
        days[date].more = len(by_day[date]) - len(rows)
        days[date].slots = [Slot(stories[pk], time, _kind(time, is_update, now)) for time, pk, is_update in rows]
    return {"language": language, "days": list(days.values()), "has_any": bool(ids)}


def _times(language, days):
    first, last = min(days), _next(max(days))
    bounds = [timezone.make_aware(dt.datetime.combine(date, dt.time.min)) for date in (first, last)]
    rows = Article.objects.filter(public_at__gte=bounds[0], public_at__lt=bounds[1])
    if language:
        rows = rows.filter(language=language)
    for time, pk in rows.order_by("-public_at", "-id").values_list("public_at", "pk")[:MOST_TIMES]:
        yield time, pk, False


def _next(date):
    return date + dt.timedelta(days=1)


def _chosen(rows, now):
    """Those to come first: what is out can be read elsewhere. Of those that are out, the latest."""
    to_come = sorted(row for row in rows if row[0] > now)
    out = sorted((row for row in rows if row[0] <= now), reverse=True)
    return sorted([*to_come, *out][:MOST_A_DAY])


def _kind(time, is_update, now):
    if is_update:
        return "update"
    return "set" if time > now else "public"
