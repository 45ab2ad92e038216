"""The coming launches as the page shows them. Where they come from: launch_fetching.py."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Q
from django.utils.dates import MONTHS_3
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .ages import launches_state
from .models import Launch

ROWS = 10
# For the globe: more of them than the table has, as several start from the same place.
SITE_LAUNCHES = 40
# A launch stays in the table for a while after its time, with what became of it.
AFTER = dt.timedelta(hours=2)
Status, Precision = Launch.Status, Launch.Precision
# The marks of static/css/components/tables.css.
MARKS = {
    **dict.fromkeys((Status.GO, Status.IN_FLIGHT, Status.SUCCESS), "go"),
    **dict.fromkeys((Status.TO_CONFIRM, Status.TO_DECIDE), "tbc"),
    **dict.fromkeys((Status.HOLD, Status.PARTIAL, Status.FAILURE), "hold"),
}
# The others have flown, or nobody knows when they go on.
COUNTED = (Status.GO, Status.TO_CONFIRM, Status.TO_DECIDE)


class Row(NamedTuple):
    launch: Launch
    # "T−2d 04h"; "" where nothing is counted.
    countdown: str
    # The browser counts on, second by second.
    is_counting: bool
    when: str
    mark: str


def ahead(now):
    """Launches to come, the nearest first. A vague one stays until its day, its month or its year is over.

    Read off the index launch_coming from the beginning of the year: a few hundred rows at most.
    """
    day = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    month, year = day.replace(day=1), day.replace(month=1, day=1)
    is_ahead = (
        Q(net__gte=now - AFTER)
        | Q(net__gte=day, precision=Precision.DAY)
        | Q(net__gte=month, precision=Precision.MONTH)
        | Q(net__gte=year, precision=Precision.LATER)
    )
    rows = Launch.objects.filter(withdrawn_at=None, net__gte=min(year, now - AFTER)).filter(is_ahead)
    return rows.order_by("net", "uuid")


def launch_table(now, language):
    """What templates/tracker/launches.html shows."""
    state = launches_state(now)
    return {
        "launches": [_row(launch, now, language) for launch in ahead(now)[:ROWS]],
        "launches_state": state,
        "launches_fetched": state.fetched_at and utc_minute(state.fetched_at, language),
        "countdown_days": _days_pattern(),
        "countdown_clock": _clock_pattern(),
    }


def launch_sites(now):
    """For the globe, in the language that is active: where the coming launches start, the site of the next first."""
    sites, language = {}, get_language()
    for launch in ahead(now)[:SITE_LAUNCHES]:
        # Not a place in the sea: nobody knows the pad yet.
        if (launch.latitude, launch.longitude) == (0, 0):
            continue
        site = {"name": launch.site, "latitude": launch.latitude, "longitude": launch.longitude, "launches": []}
        sites.setdefault(launch.site, site)["launches"].append(
            {
                "name": launch.name,
                "net": launch.net.isoformat(),
                "when": launch_time(launch, now, language),
                "status": launch.get_status_display(),
            }
        )
    return list(sites.values())


def _row(launch, now, language):
    is_exact = launch.precision == Precision.EXACT and launch.status in COUNTED
    return Row(
        launch=launch,
        countdown=countdown(launch, now),
        is_counting=is_exact and launch.net > now,
        when=launch_time(launch, now, language),
        mark=MARKS[launch.status],
    )


def _days_pattern():
    """Filled here, and by static/js/tracker/countdown.js."""
    return _("T−{days}d {hours}h")


def _clock_pattern():
    return _("T−{clock}")


def countdown(launch, now):
    """How long until then, as exactly as the source knows it; "" where it knows no hour, or nothing is counted."""
    if launch.status not in COUNTED or launch.precision not in (Precision.EXACT, Precision.HOUR):
        return ""
    if launch.net <= now:
        return _("Time reached")
    minutes = (launch.net - now) // dt.timedelta(minutes=1)
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return _days_pattern().format(days=days, hours=f"{hours:02}")
    if launch.precision == Precision.HOUR:
        return _("T−{hours}h").format(hours=max(hours, 1))
    return _clock_pattern().format(clock=f"{hours:02}:{minutes % 60:02}")


def launch_time(launch, now, language):
    """The window in UTC: "12 Nov, 22:55 to 23:40"; what is vague is printed as vague as it is."""
    if launch.precision == Precision.LATER:
        return str(launch.net.year)
    if launch.precision == Precision.MONTH:
        return date_format(launch.net, "YEAR_MONTH_FORMAT")
    day = utc_day(launch.net, language, now)
    if launch.precision == Precision.DAY:
        return _("Not before %(day)s") % {"day": day}
    if launch.precision == Precision.HOUR:
        return _("%(day)s, about %(time)s") % {"day": day, "time": f"{launch.net:%H:%M}"}
    return _window(launch, now, language)


def _window(launch, now, language):
    start, end = launch.window_start, launch.window_end
    if not start or not end or start == end:
        return f"{utc_day(launch.net, language, now)}, {launch.net:%H:%M}"
    until = f"{end:%H:%M}"
    if end.date() != start.date():
        until = f"{utc_day(end, language, now)}, {until}"
    since = f"{utc_day(start, language, now)}, {start:%H:%M}"
    return _("%(since)s to %(until)s") % {"since": since, "until": until}


def utc_minute(moment, language):
    return f"{utc_day(moment, language)}, {moment:%H:%M} UTC"


def utc_day(moment, language, now=None):
    """12 Nov · 12. 11.; with the year where it is not this one. Times from the database are in UTC."""
    has_year = now is None or moment.year != now.year
    if language == "hr":
        return f"{moment.day}. {moment.month}." + (f" {moment.year}." if has_year else "")
    return f"{moment.day} {MONTHS_3[moment.month].title()}" + (f" {moment.year}" if has_year else "")
