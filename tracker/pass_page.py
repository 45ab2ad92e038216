"""The part of Space Tracker that says when a satellite can be seen over a place: what was asked for, and the answer."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Case, Exists, IntegerField, Q, Value, When
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from newsroom.language import url_in
from newsroom.text import fold

from .ages import LOST_DAYS, STALE_DAYS
from .cities import CITIES, HOME, PARTS
from .models import Satellite
from .pass_words import DIRECTIONS, HERE, SENTENCES, dates, direction, say
from .passes import visible_passes
from .propagating import elements

# The station; of the demo's sets, one that often passes visibly.
FIRST = (25544, 28057)
DAYS, MOST = 10, 10
# Passes found beyond those: so many may be over by the end of the hour for which they are kept.
OVER = 3
# Satellites of one name that are offered to choose from.
CHOICES = 8


class PassForm(forms.Form):
    satellite = forms.CharField(
        max_length=80,
        error_messages={
            "required": _("Type a satellite’s name or its catalogue number."),
            "max_length": _("This name is too long: type at most 80 characters."),
        },
    )
    place = forms.ChoiceField(
        choices=[(key, key) for key in CITIES],
        error_messages={
            "required": _("Choose a place from the list."),
            "invalid_choice": _("This place is not in the list. Choose one from it."),
        },
    )


def pass_section(asked, language, now):
    """(context of tracker/passes.html, HTTP status) for the parameters of an address; without any, our own place."""
    first = None if "satellite" in asked else _first()
    typed = asked.get("satellite", str(first.number) if first else "")
    form = PassForm({"satellite": typed, "place": asked.get("place", HOME)})
    section = {"form": form, "parts": _parts(language), "days": DAYS, "most": MOST}
    section |= {"directions": DIRECTIONS, "sentences": SENTENCES | HERE, "dates": dates()}
    if form.is_valid():
        city = CITIES[form.cleaned_data["place"]]
        section |= _answer([first] if first else _find(form.cleaned_data["satellite"]), form, city, language, now)
    elif "satellite" not in asked and not first and "place" not in form.errors:
        form.errors.clear()
        section["notes"] = [say("nothing")]
    return {"passes": section}, 400 if form.errors else 200


def _parts(language):
    """Our own cities as they stand, the others by their names in this language."""
    ours, *others = [(part, [(city, city.name(language)) for city in cities]) for part, cities in PARTS]
    return [ours, *((part, sorted(cities, key=lambda one: _rank(one[1], language))) for part, cities in others)]


def _rank(name, language):
    """In Croatian lj is a letter, after l."""
    folded = fold(name)
    return folded.replace("lj", "l~") if language == "hr" else folded


def _known():
    """Sets of the demo count only while there is no real one."""
    return Satellite.objects.exclude(Q(is_demo=True) & Exists(Satellite.objects.filter(is_demo=False)))


def _first():
    rows = {row.number: row for row in _known().filter(number__in=FIRST)}
    return next((rows[number] for number in FIRST if number in rows), None) or _known().order_by("number").first()


def _find(typed):
    """Satellites with this number, or this name, or this in their name: one more than are shown, the best first."""
    match = Q(name__icontains=typed)
    ranks = [When(name__iexact=typed, then=Value(1))]
    if typed.isascii() and typed.isdecimal():
        match |= Q(number=int(typed))
        ranks.insert(0, When(number=int(typed), then=Value(0)))
    rank = Case(*ranks, default=Value(2), output_field=IntegerField())
    found = list(_known().filter(match).annotate(rank=rank).order_by("rank", "name", "number")[: CHOICES + 1])
    best = [row for row in found if row.rank == 0] or [row for row in found if row.rank == 1]
    return best or found


def _answer(found, form, city, language, now):
    typed = form.cleaned_data["satellite"]
    if not found:
        is_empty = not Satellite.objects.exists()
        return {"notes": [say("nothing") if is_empty else say("unknown", typed=typed)]}
    if len(found) > 1:
        return {
            "notes": [say("several", typed=typed)],
            "choices": [_choice(row, city, language) for row in found[:CHOICES]],
            "has_more": len(found) > CHOICES,
        }
    return _table(found[0], city, language, now)


def _choice(row, city, language):
    query = urlencode({"satellite": row.number, "place": city.key})
    return {"name": row.name, "number": row.number, "path": f"{url_in(language, 'space_tracker')}?{query}#passes"}


def _table(row, city, language, now):
    zone = ZoneInfo(city.zone)
    start = row.epoch if row.is_demo else now
    of = {"name": row.name, "date": date_format(row.epoch.astimezone(zone), pgettext("date format", "j M Y"))}
    section = {"satellite": row, "city": city.name(language), "notes": []}
    age = (now - row.epoch) / dt.timedelta(days=1)
    if row.is_demo:
        section["notes"].append(say("demo", **of))
    elif age > LOST_DAYS:
        return section | {"notes": [say("lost", **of)]}
    elif age > STALE_DAYS:
        section["notes"].append(say("stale", **of))
    seen = _seen(elements(row), city.latitude, city.longitude, start if row.is_demo else _hour(now))
    passes = [one for one in seen.passes if one.visible_until > start][:MOST]
    if not passes:
        section["notes"].append(say(_reason(seen), **of))
    layout = pgettext("date format", "D j M Y") if row.is_demo else pgettext("date format", "D j M")
    rows = [_row(one, zone, layout) for one in passes]
    return section | {"rows": rows, "offset": _offset(passes, start, zone)}


def _reason(seen):
    if seen.is_fallen:
        return "fallen"
    if seen.never:
        return "never"
    return "always" if seen.always else "unseen"


def _hour(now):
    return now.replace(minute=0, second=0, microsecond=0)


@lru_cache(maxsize=512)
def _seen(elements, latitude, longitude, start):
    """Kept for the hour in `start`: one set over one place is asked for again and again."""
    return visible_passes(elements, latitude, longitude, start, DAYS, MOST + OVER)


def _row(one, zone, layout):
    """A pass as it is printed, by the place's own clock."""
    return {
        "date": date_format(_nearest_minute(one.rise.at, zone), layout),
        "rise": _time(one.rise.at, zone) | {"direction": direction(one.rise.azimuth)},
        "culmination": _time(one.culmination.at, zone) | {"elevation": round(one.culmination.elevation)},
        "set": _time(one.set.at, zone) | {"direction": direction(one.set.azimuth)},
        "visible_from": _time(one.visible_from, zone),
        "visible_until": _time(one.visible_until, zone),
    }


def _time(moment, zone):
    """To the nearest minute for the reader, to the second for machines."""
    return {"at": moment.isoformat(timespec="seconds"), "time": f"{_nearest_minute(moment, zone):%H:%M}"}


def _nearest_minute(moment, zone):
    return (moment + dt.timedelta(seconds=30)).astimezone(zone)


def _offset(passes, start, zone):
    """UTC+1; where the clocks change between these passes, both: UTC+2, UTC+1."""
    moments = [one.rise.at for one in passes] or [start]
    return ", ".join(dict.fromkeys(_offset_at(moment, zone) for moment in moments))


def _offset_at(moment, zone):
    """UTC, UTC+1, UTC−3, UTC+5:30."""
    minutes = round(moment.astimezone(zone).utcoffset() / dt.timedelta(minutes=1))
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")
