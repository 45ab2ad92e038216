"""Space Tracker: where the newest stories happen, on a globe and as a list."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.language import CODES, url_in

from .globe import View, centre, draw
from .located import NEWEST, located_places
from .marks import Box, add_labels, find_marks

# Units of the drawing; the globe's radius is 300. On the narrowest phones one unit is half a pixel.
BOX = Box(-320, -320, 320, 320)
# The globe is turned to the middle of the places, but no further north or south: seen from above, it is hard to read.
STEEPEST = 30
# Marks nearer than this would cover each other's place to point at.
APART = 24
# Sizes of a label in units (.tk-globe .g-text): on narrow screens, and the largest on wide ones.
LARGE_LETTERS, SMALL_LETTERS = 21, 14.5


@require_safe
def space_tracker(request, language):
    places = located_places(language)
    latitude, longitude = centre([(place.latitude, place.longitude) for place in places])
    view = View(round(max(-STEEPEST, min(latitude, STEEPEST))), round(longitude), 300, *BOX)
    marks, beyond = find_marks(view, BOX, [place.spot for place in places], APART)
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


def _rows(places, marks):
    """The places in order of their newest story, those that share a mark one after the other: its link leads to the first."""
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
