"""Space Tracker: where the newest stories happen, on a globe and as a list."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.language import CODES, url_in

from .globe import View, centre, draw
from .located import NEWEST, located_places
from .marks import Box, add_labels, best_view, find_marks

# The drawing in its own units: on a narrow phone two of them make a pixel.
BOX, RADIUS = Box(-376, -376, 376, 376), 352
# How the globe may be turned: its middle's latitude (from further north or south it would be hard to read), and so far
# east of the middle of all places. The first that shows most stories is taken.
TILTS, TURNS = (25, 0, -25), (0, -30, 30, -60, 60, -90, 90, -120, 120, -150, 150, 180)
# Marks nearer than this would cover each other's place to point at.
APART = 28
# The largest sizes of a label in units (.tk-globe .g-text), on narrow screens and on wide ones.
LARGE_LETTERS, SMALL_LETTERS = 29, 16


@require_safe
def space_tracker(request, language):
    places = located_places(language)
    spots = [place.spot for place in places]
    view = _turned_to(spots)
    marks, beyond = find_marks(view, BOX, spots, APART)
    add_labels(marks, BOX, LARGE_LETTERS)
    for mark in marks:
        mark.is_minor = not mark.label
    add_labels(marks, BOX, SMALL_LETTERS)
    rows = _rows(places, marks)
    context = {
        "language": language,
        "path": url_in(language, "space_tracker"),
        "others": {code: url_in(code, "space_tracker") for code in CODES if code != language},
        "is_tracker": True,
        "view": view,
        "drawing": draw(view),
        "marks": marks,
        "beyond": beyond,
        "rows": rows,
        "story_count": sum(len(place.stories) for place in rows),
        "newest": NEWEST,
        "has_demo": any(story.is_demo for place in rows for story in place.stories),
    }
    return render(request, "tracker/space_tracker.html", context)


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
