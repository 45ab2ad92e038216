"""The globe on other pages: the strip above a story, and the horizon on the home page. Both take plain values."""

from functools import lru_cache

from django import template
from django.utils.translation import ngettext

from newsroom.language import url_in
from tracker.globe import NEUTRAL, View, centre, coordinates, draw, project
from tracker.marks import Box, Spot, add_labels, best_view, find_marks

register = template.Library()

# The strip looks from low orbit: the place stands this many degrees above the middle of the globe, just below its limb.
STRIP_RISE = 74.4
HORIZON_MARKS = 8
# The horizon looks from the south or across the pole, to the side of the middle of all places: what shows most of them.
HORIZON_TILTS, HORIZON_TURNS = (-15, 0, -30, 15, -45, -60, -75), (0, -15, 15, -30, 30, -45, 45)
# The drawing's box of 1200 × 377 units without its left part, where the page's text lies over it.
HORIZON_BOUNDS = Box(-462, -680, 400, -318)
# The largest size of a label, in units (.hz-globe .g-text).
HORIZON_LETTERS = 14.5


@register.inclusion_tag("components/globe_strip.html")
def globe_strip(name, latitude, longitude, language):
    """The strip for a story that happens at this place; name '' and no position for a story without one."""
    has_place = latitude is not None and longitude is not None
    view = strip_view(round(latitude, 2), round(longitude, 2)) if has_place else strip_view(*NEUTRAL)
    context = {"view": view, "drawing": draw(view), "tracker_path": url_in(language, "space_tracker")}
    if has_place:
        x, y, _depth = project(view, latitude, longitude)
        context |= {"x": round(x), "y": round(y), "name": name, "position": coordinates(latitude, longitude, language)}
    return context


def strip_view(latitude, longitude):
    return View(latitude - STRIP_RISE, longitude, 1000, -470, -1014, 470, -926, land_step=1, grid_step=10)


@register.inclusion_tag("components/horizon.html")
def horizon(places, language):
    """The globe of the home page. `places`: (name, latitude, longitude, number of stories), the most important first."""
    spots = tuple(Spot(*place) for place in places)
    view = horizon_view(spots)
    marks, _left_over = find_marks(view, HORIZON_BOUNDS, spots, limit=HORIZON_MARKS)
    add_labels(marks, HORIZON_BOUNDS, HORIZON_LETTERS)
    return {
        "view": view,
        "drawing": draw(view),
        "marks": marks,
        "names": ", ".join(name for mark in marks for name in mark.names),
        "sentence": _sentence(spots),
        "tracker_path": url_in(language, "space_tracker"),
    }


@lru_cache(maxsize=64)
def horizon_view(spots):
    """Drawn wider than its box of 1200 units: on narrow screens the box moves left, and its right side shows more."""
    longitude = round(centre([spot[1:3] for spot in spots])[1])
    views = [
        View(tilt, longitude + turn, 633, -792, -687, 633, -310, land_step=1, grid_step=10)
        for tilt in HORIZON_TILTS
        for turn in HORIZON_TURNS
    ]
    return best_view(views, HORIZON_BOUNDS, spots)


def _sentence(spots):
    count = sum(spot.stories for spot in spots)
    stories = ngettext("%(count)s story", "%(count)s stories", count) % {"count": count}
    places = ngettext("in %(count)s place", "in %(count)s places", len(spots)) % {"count": len(spots)}
    return f"{stories} {places}."
