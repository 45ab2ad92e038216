"""Times as the desk says them: how long something waits, when it goes out, and the whole truth on hover."""

import datetime as dt
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.story_state import moment, span

OLD = dt.timedelta(days=1)
# Within these days a weekday and a number say which day is meant.
NEAR = dt.timedelta(days=10)


class Age(NamedTuple):
    """A time and what stands for it: `text` on the page, `title` on hover."""

    time: dt.datetime
    text: str
    title: str
    is_old: bool = False


def waited(since, now):
    return Age(since, span(now - since), full(since), is_old=now - since >= OLD)


def left(until, now):
    return Age(until, _("%(span)s left") % {"span": span(until - now)}, full(until))


def full(time):
    """24 Nov 2026, 14:02 (Europe/Zagreb, CET): for the title of a shorter one."""
    local = timezone.localtime(time)
    return f"{moment(time)} ({timezone.get_current_timezone_name()}, {local:%Z})"


def short(time, now):
    """Wed 25, 07:00 when it is near, else the whole date."""
    if abs(time - now) > NEAR:
        return moment(time)
    return date_format(timezone.localtime(time), pgettext("date format", "D j, H:i"))
