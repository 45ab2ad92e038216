"""The words of the pass table. The browser, which fills the same table by itself, takes them from the page.

{name}, {typed} and {date} are filled in here by say(), and in the browser.
"""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

# By the compass, from north by east.
DIRECTIONS = [
    pgettext_lazy("compass", "N"),
    pgettext_lazy("compass", "NNE"),
    pgettext_lazy("compass", "NE"),
    pgettext_lazy("compass", "ENE"),
    pgettext_lazy("compass", "E"),
    pgettext_lazy("compass", "ESE"),
    pgettext_lazy("compass", "SE"),
    pgettext_lazy("compass", "SSE"),
    pgettext_lazy("compass", "S"),
    pgettext_lazy("compass", "SSW"),
    pgettext_lazy("compass", "SW"),
    pgettext_lazy("compass", "WSW"),
    pgettext_lazy("compass", "W"),
    pgettext_lazy("compass", "WNW"),
    pgettext_lazy("compass", "NW"),
    pgettext_lazy("compass", "NNW"),
]
# What stands above the table, or instead of it.
SENTENCES = {
    "nothing": _("No element sets yet. Passes stand here once satellites have been fetched."),
    "unknown": _("No satellite here has the name or number “{typed}”. Check the spelling, or type only a part of it."),
    "several": _("Several satellites match “{typed}”. Choose one:"),
    "more": _("There are more. Type more of the name."),
    "lost": _("The elements of {name} are of {date}, more than 30 days old: no pass is computed from them."),
    "stale": _("The elements of {name} are of {date}, more than 7 days old: a pass may come minutes early or late."),
    "demo": _(
        "This is the past: the elements of {name} are a published test set of {date}, and these were the passes of the "
        "10 days after it. They say nothing about tonight."
    ),
    "unseen": _("No visible pass in these 10 days: it crosses only in daylight or in Earth’s shadow."),
    "never": _("{name} never rises here: in these 10 days it stays below 10° above the horizon."),
    "always": _("{name} is always above the horizon here: it neither rises nor sets."),
    "fallen": _("No passes: the elements of {name} give no orbit for all of these 10 days. It may have come down."),
}
# Said by the browser alone, which may be asked where it is.
HERE = {
    "here": _("My position"),
    "asking": _("Asking your browser for your position…"),
    "refused": _("Your browser was not allowed to say where you are. Choose a place from the list instead."),
    "unavailable": _("Your browser does not know where you are. Choose a place from the list instead."),
    "broken": _("The element sets could not be loaded. Press Show to have the passes computed by our server."),
}


def direction(azimuth):
    return DIRECTIONS[round(azimuth / 22.5) % 16]


def say(key, **values):
    return str(SENTENCES[key]).format(**values)


def dates():
    """Names and layouts of dates, from which the browser prints a date letter for letter as date_format does."""
    return {
        "weekdays": [date_format(dt.date(2024, 1, day), "D") for day in range(1, 8)],
        "months": [date_format(dt.date(2024, month, 1), "M") for month in range(1, 13)],
        "layout": pgettext("date format", "D j M"),
        "layout_year": pgettext("date format", "D j M Y"),
        "layout_date": pgettext("date format", "j M Y"),
    }
