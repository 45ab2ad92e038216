"""Space Tracker: where the newest stories happen and what flies above, on a globe, in lists and in tables."""

from django.conf import settings
from django.db.models import Max, Min
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from newsroom.language import CODES, url_in
from newsroom.security import PERMISSIONS_POLICY

from .ages import satellites_state
from .globe import COMPASS, View, centre, draw
from .launches import launch_sites, launch_table, utc_minute
from .located import NEWEST, located_places
from .marks import Box, add_labels, best_view, find_marks
from .models import Satellite
from .pass_page import pass_section

# The drawing in its own units: on a narrow phone two of them make a pixel. Around the globe there is room for what
# flies low, and for ticks.
BOX, RADIUS, TICKS = Box(-376, -376, 376, 376), 332, 372
# How the globe may be turned: its middle's latitude (from further north or south it would be hard to read), and so far
# east of the middle of all places. The first that shows most stories is taken.
TILTS, TURNS = (25, 0, -25), (0, -30, 30, -60, 60, -90, 90, -120, 120, -150, 150, 180)
# Marks nearer than this would cover each other's place to point at.
APART = 28
# The largest sizes of a label in units (.tk-globe .g-text), on narrow screens and on wide ones.
LARGE_LETTERS, SMALL_LETTERS = 29, 16
# The reader may have passes computed over where they are; the browser asks them first (pass_table.js).
PERMISSIONS = PERMISSIONS_POLICY.replace("geolocation=()", "geolocation=(self)")
# Names of CelesTrak's groups; one that is not among them is called by its key.
GROUPS = {
    "stations": gettext_lazy("Space stations"),
    "visual": gettext_lazy("The brightest"),
    "weather": gettext_lazy("Weather"),
    "science": gettext_lazy("Science"),
    "gnss": gettext_lazy("Navigation"),
    "active": gettext_lazy("All that are active"),
    "starlink": "Starlink",
    "geo": gettext_lazy("Geostationary"),
}


@require_safe
def space_tracker(request, language):
    now = timezone.now()
    section, status = pass_section(request.GET, language, now)
    satellites, launches = satellites_state(now), launch_table(now, language)
    context = {
        "language": language,
        "path": url_in(language, "space_tracker"),
        "others": {code: url_in(code, "space_tracker") for code in CODES if code != language},
        "is_tracker": True,
        **_map(located_places(language)),
        **_satellites(satellites, language),
        **launches,
        **section,
        "launch_sites": launch_sites(now),
        "failures": [*satellites.failures, *launches["launches_state"].failures],
        "compass": COMPASS.get(language, COMPASS["en"]),
        "turns": _turns(),
    }
    response = render(request, "tracker/space_tracker.html", context, status=status)
    response.headers["Permissions-Policy"] = PERMISSIONS
    return response


def _map(places):
    """The drawing that stands until the globe moves, and for good without JavaScript; and the list beside it."""
    spots = [place.spot for place in places]
    view = _turned_to(spots)
    marks, beyond = find_marks(view, BOX, spots, APART)
    add_labels(marks, BOX, LARGE_LETTERS)
    for mark in marks:
        mark.is_minor = not mark.label
    add_labels(marks, BOX, SMALL_LETTERS)
    rows = _rows(places, marks)
    stories = [story for place in rows for story in place.stories]
    return {
        "view": view,
        "ticks": TICKS,
        # The globe's radius in the shorter side of its box.
        "share": round(RADIUS / (BOX.bottom - BOX.top), 4),
        "drawing": draw(view),
        "marks": marks,
        "beyond": beyond,
        "rows": rows,
        "sections": sorted({(story.section, story.section_name) for story in stories}, key=lambda one: one[1]),
        "story_count": len(stories),
        "newest": NEWEST,
        "has_demo": any(story.is_demo for story in stories),
    }


def _satellites(state, language):
    groups = [(key, GROUPS.get(key, key)) for key in settings.SATELLITE_GROUPS]
    return {
        "satellites": state,
        "satellites_fetched": state.fetched_at and utc_minute(state.fetched_at, language),
        "groups": groups if state.count and not state.is_demo and len(groups) > 1 else [],
        "demo_years": _demo_years(language) if state.is_demo and state.count else None,
    }


def _demo_years(language):
    """1958 to 2006 · 1958. – 2006.; a single year is itself."""
    ends = Satellite.objects.filter(is_demo=True).aggregate(first=Min("epoch"), last=Max("epoch"))
    years = {end: f"{epoch.year}." if language == "hr" else str(epoch.year) for end, epoch in ends.items()}
    return years["first"] if years["first"] == years["last"] else _("%(first)s to %(last)s") % years


def _turns():
    """The globe's buttons: the key that does the same, a name, and the class of what is drawn on it."""
    return [
        ("ArrowLeft", _("Turn left"), "i i-right to-left"),
        ("ArrowUp", _("Turn up"), "i i-right to-up"),
        ("ArrowDown", _("Turn down"), "i i-right to-down"),
        ("ArrowRight", _("Turn right"), "i i-right"),
        ("-", _("Zoom out"), "tk-minus"),
        ("+", _("Zoom in"), ""),
        ("0", _("The whole globe"), "i i-globe"),
    ]


def _turned_to(spots):
    middle = round(centre([(spot.latitude, spot.longitude) for spot in spots])[1])
    views = [View(tilt, middle + turn, RADIUS, *BOX) for tilt in TILTS for turn in TURNS]
    return best_view(views, BOX, spots)


def _rows(places, marks):
    """The places in order of their newest story, those of one mark together: its link leads to the first."""
    by_key = {place.key: place for place in places}
    shared = {mark.key: [by_key[spot.key] for spot in mark.spots] for mark in marks}
    for key, members in shared.items():
        for place in members:
            place.mark = key
    rows = {}
    for place in places:
        for member in shared.get(place.mark, [place]):
            rows[member.key] = member
    return list(rows.values())
