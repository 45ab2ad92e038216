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
# At most so many marks on the horizon, and so many units between them; nearer places share one.
HORIZON_MARKS, HORIZON_APART = 8, 36
# The horizon's camera may stand at these latitudes (beyond -90 it looks across the South Pole) and so far east of the
# middle of all places; the first that shows most stories is taken.
HORIZON_TILTS = (-15, 0, -30, 15, -45, -60, -75, -90, -105, -120, -135)
HORIZON_TURNS = (0, -20, 20, -40, 40)
# The drawing's box of 1440 × 452 units, see its template, without the left part, where the page's text lies over it.
HORIZON_BOUNDS = Box(-554, -816, 480, -382)
# The largest size of a label, in units (.hz-globe .g-text).
HORIZON_LETTERS = 17


@register.simple_tag
def globe_drawing(latitude, longitude, radius, box):
    """The paths of a globe with this place in its middle. `box`: left, top, right and bottom from there."""
    return draw(View(latitude, longitude, radius, *box, land_step=1, grid_step=10))


@register.inclusion_tag("components/globe_strip.html")
def globe_strip(name, latitude, longitude, language):
    """The strip for a story that happens at this place; name '' and no position for a story without one."""
    has_place = latitude is not None and longitude is not None
    turned_to = (round(latitude, 2), round(longitude, 2)) if has_place else NEUTRAL
    view = strip_view(*turned_to)
    context = {"view": view, "drawing": draw(view)} | _addresses(language) | _turned_to(*turned_to)
    if has_place:
        x, y, _depth = project(view, latitude, longitude)
        context |= {"x": round(x), "y": round(y), "name": name, "position": coordinates(latitude, longitude, language)}
    return context


def _addresses(language):
    return {
        "tracker_path": url_in(language, "space_tracker"),
        "stories_path": url_in(language, "tracker_stories"),
    }


def _turned_to(latitude, longitude):
    """What static/js/globe/ reads, written with a point in every language."""
    return {"latitude": str(latitude), "longitude": str(longitude)}


def strip_view(latitude, longitude):
    return View(latitude - STRIP_RISE, longitude, 1000, -470, -1014, 470, -926, land_step=1, grid_step=10)


@register.inclusion_tag("components/horizon.html")
def horizon(places, language):
    """The globe of the home page. `places`: (name, latitude, longitude, number of stories), in order of weight."""
    spots = tuple(Spot(*place) for place in places)
    view = horizon_view(spots)
    marks, _left_over = find_marks(view, HORIZON_BOUNDS, spots, HORIZON_APART, HORIZON_MARKS)
    add_labels(marks, HORIZON_BOUNDS, HORIZON_LETTERS)
    return {
        "view": view,
        "drawing": draw(view),
        "marks": marks,
        "names": "; ".join(mark.names for mark in marks),
        "sentence": _sentence(spots),
        **_addresses(language),
        **_turned_to(view.latitude, view.longitude),
    }


@lru_cache(maxsize=64)
def horizon_view(spots):
    """Drawn wider than its box of 1440 units: on narrow screens the box moves left, and its right side shows more."""
    longitude = round(centre([spot[1:3] for spot in spots])[1])
    views = [
        View(tilt, longitude + turn, 760, -950, -824, 760, -372, land_step=1, grid_step=10)
        for tilt in HORIZON_TILTS
        for turn in HORIZON_TURNS
    ]
    return best_view(views, HORIZON_BOUNDS, spots)


def _sentence(spots):
    count = sum(spot.stories for spot in spots)
    stories = ngettext("%(count)s story", "%(count)s stories", count) % {"count": count}
    places = ngettext("in %(count)s place", "in %(count)s places", len(spots)) % {"count": len(spots)}
    return f"{stories} {places}."
