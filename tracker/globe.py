"""The engraved globe: parallels drawn over land only, in orthographic projection, as SVG paths.

Pure functions of a View. The camera turns the globe about the Earth's axis (longitude) and then about the drawing's
horizontal axis (latitude, which may go beyond a pole), so the axis always stands upright: a parallel is an ellipse with
level axes, and each visible span of land is one elliptical arc. Drawings do not depend on time: pages are cached.
"""

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.utils.formats import get_format

# {latitude: [(west, east), …]} in degrees: where each parallel crosses land. Made by scripts/make_land_table.py.
LAND = {
    int(latitude): [(west / 10, east / 10) for west, east in zip(ends[::2], ends[1::2], strict=True)]
    for latitude, ends in json.loads(Path(__file__).with_name("land.json").read_text()).items()
}
# What a globe shows that has no place to show.
NEUTRAL = (45.0, 10.0)
ALL_ROUND = [(-180.0, 180.0)]
# The sine and cosine of latitudes along a meridian.
MERIDIAN = [(math.sin(math.radians(up)), math.cos(math.radians(up))) for up in range(-90, 91, 2)]
# Units that the grid runs over the edge of the box, where it is cut off.
BLEED = 12
# Longer arcs are drawn in pieces, so that SVG's large-arc flag is never needed.
LONGEST_ARC = 150
# A bend of less than this many units is drawn as a straight line.
FLAT = 0.25


class View(NamedTuple):
    """A camera: what stands in the middle of the globe, the globe's radius, and the box that is drawn around it."""

    latitude: float
    longitude: float
    radius: float
    left: float
    top: float
    right: float
    bottom: float
    # Degrees between two lines over land, and between two lines of the grid.
    land_step: int = 2
    grid_step: int = 30

    @property
    def box(self):
        return f"{self.left} {self.top} {self.right - self.left} {self.bottom - self.top}"


class Drawing(NamedTuple):
    grid: str
    land: str


def project(view, latitude, longitude):
    """(x, y, depth) of a place in the drawing; it is on the near side where depth is positive (1 in the middle)."""
    up, turn, tilt = math.radians(latitude), math.radians(longitude - view.longitude), math.radians(view.latitude)
    x = math.cos(up) * math.sin(turn)
    y = math.sin(up) * math.cos(tilt) - math.cos(up) * math.sin(tilt) * math.cos(turn)
    depth = math.sin(up) * math.sin(tilt) + math.cos(up) * math.cos(tilt) * math.cos(turn)
    return x * view.radius, -y * view.radius, depth


def centre(points):
    """The mean of (latitude, longitude) points on the sphere; NEUTRAL where they cancel out or there are none."""
    x = y = z = 0.0
    for latitude, longitude in points:
        up, turn = math.radians(latitude), math.radians(longitude)
        x, y = x + math.cos(up) * math.cos(turn), y + math.cos(up) * math.sin(turn)
        z += math.sin(up)
    if math.hypot(x, y, z) < 0.05 * max(1, len(points)):
        return NEUTRAL
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


@lru_cache(maxsize=512)
def draw(view):
    """The grid and the land of a view, as the `d` of two SVG paths."""
    land = _Path()
    for latitude in range(-90, 90, view.land_step):
        _parallel(land, view, latitude, LAND.get(latitude, []))
    grid = _Path()
    for latitude in range(-90 + view.grid_step, 90, view.grid_step):
        _parallel(grid, view, latitude, ALL_ROUND)
    for longitude in range(-180, 180, view.grid_step):
        _meridian(grid, view, longitude)
    return Drawing(str(grid), str(land))


def _parallel(path, view, latitude, spans):
    if not spans:
        return
    seen = _seen(view, latitude)
    width = math.cos(math.radians(latitude)) * view.radius
    height = abs(width * math.sin(math.radians(view.latitude)))
    for west, east in _overlaps([(w - view.longitude, e - view.longitude) for w, e in spans], seen):
        pieces = math.ceil((east - west) / LONGEST_ARC)
        turns = [view.longitude + west + (east - west) * half / (2 * pieces) for half in range(2 * pieces + 1)]
        points = [project(view, latitude, turn)[:2] for turn in turns]
        for start, middle, end in zip(points[:-2:2], points[1::2], points[2::2], strict=True):
            path.arc(start, middle, end, width, height)


def _seen(view, latitude):
    """The stretches of a parallel that are on the near side and in the box, in degrees east of the view's middle."""
    up, tilt = math.radians(latitude), math.radians(view.latitude)
    width = max(math.cos(up), 1e-9)
    height, lift = width * math.sin(tilt), math.sin(up) * math.cos(tilt)
    # Each is a + b·cos(turn) ≥ 0: the near side, below the top, above the bottom.
    conditions = [
        (math.sin(up) * math.sin(tilt), width * math.cos(tilt)),
        (-view.top / view.radius - lift, height),
        (view.bottom / view.radius + lift, -height),
    ]
    low, high = _cosines(conditions)
    if low > high:
        return []
    near, far = math.degrees(math.acos(high)), math.degrees(math.acos(low))
    stretches = [(-far, far)] if near == 0 else [(-far, -near), (near, far)]
    left, right = view.left / view.radius / width, view.right / view.radius / width
    if left <= -1 and right >= 1:
        return stretches
    if left > 1 or right < -1:
        return []
    west, east = math.degrees(math.asin(max(left, -1))), math.degrees(math.asin(min(right, 1)))
    return _overlaps(stretches, [(west, east), (180 - east, 180 - west)])


def _cosines(conditions):
    """The interval of cosines that meet every a + b·cos ≥ 0; low > high where none does."""
    low, high = -1.0, 1.0
    for a, b in conditions:
        if abs(b) < 1e-9:
            if a < 0:
                return 1.0, -1.0
        elif b > 0:
            low = max(low, -a / b)
        else:
            high = min(high, -a / b)
    return low, high


def _overlaps(spans, others):
    """Where two sets of stretches of a circle (degrees, of any turn) overlap, from west to east."""
    found = []
    for west, east in spans:
        shift = 360 * math.floor((west + 180) / 360)
        for other_west, other_east in others:
            for turn in (shift - 360, shift, shift + 360):
                start, end = max(west, other_west + turn), min(east, other_east + turn)
                if end - start > 1e-6:
                    found.append((start - shift, end - shift))
    return sorted(found)


def _meridian(path, view, longitude):
    """A meridian from pole to pole: half of an ellipse around the globe's middle, wherever it is in sight."""
    turn, tilt, radius = math.radians(longitude - view.longitude), math.radians(view.latitude), view.radius
    across, along = math.cos(turn), math.sin(turn) * math.sin(tilt)
    height = abs(math.sin(turn) * math.cos(tilt)) * radius
    slope = math.degrees(math.atan2(across, along))
    # The same as project(), with all that a meridian's points share worked out once.
    east, down, rise = math.sin(turn) * radius, across * math.sin(tilt) * radius, math.cos(tilt) * radius
    front, lift = across * math.cos(tilt), math.sin(tilt)
    left, top, right, bottom = view.left - BLEED, view.top - BLEED, view.right + BLEED, view.bottom + BLEED
    run = []
    for up, flat in [*MERIDIAN, (0, -1)]:
        x, y = flat * east, flat * down - up * rise
        if flat >= 0 and up * lift + flat * front >= 0 and left <= x <= right and top <= y <= bottom:
            run.append((x, y))
            continue
        if len(run) > 2:
            half = len(run) // 2
            for piece in (run[: half + 1], run[half:]):
                path.arc(piece[0], piece[len(piece) // 2], piece[-1], radius, height, slope)
        run = []


class _Path:
    """An SVG path in relative steps of half a unit, from rounded point to rounded point, so that nothing drifts."""

    def __init__(self):
        self.parts = []
        self.x = self.y = 0

    def __str__(self):
        return "".join(self.parts)

    def arc(self, start, middle, end, width, height, slope=0):
        """From start over middle to end, on an ellipse with these half axes; nothing where it is shorter than a dot."""
        start_x, start_y, end_x, end_y = (round(value * 2) for value in (*start, *end))
        step_x, step_y = end_x - start_x, end_y - start_y
        if not step_x and not step_y:
            return
        if not self.parts or (start_x, start_y) != (self.x, self.y):
            self.parts.append(("m" if self.parts else "M") + _numbers(start_x - self.x, start_y - self.y))
        self.x, self.y = end_x, end_y
        to_middle = middle[0] - start[0], middle[1] - start[1]
        chord = end[0] - start[0], end[1] - start[1]
        # Twice the area between chord and middle: its size tells how much the arc bends, its sign which way.
        bend = chord[0] * to_middle[1] - chord[1] * to_middle[0]
        if abs(bend) > FLAT * math.hypot(*chord):
            axes = _numbers(round(width) * 2, max(2, round(height * 2)), round(slope) * 2)
            self.parts.append(f"a{axes} 0 {int(bend < 0)}{_numbers(step_x, step_y, first=False)}")
        elif step_y:
            self.parts.append("l" + _numbers(step_x, step_y))
        else:
            self.parts.append("h" + _numbers(step_x))


def _numbers(*halves, first=True):
    """Half units as the shortest text that SVG reads (7 → 3.5, 1 → .5), with no blank that is not needed."""
    text = ""
    for half in halves:
        whole, rest = divmod(abs(half), 2)
        number = f"{'-' if half < 0 else ''}{whole or '' if rest else whole}{'.5' if rest else ''}"
        text += number if (first and not text) or half < 0 else " " + number
    return text


COMPASS = {"en": "NSEW", "hr": "SJIZ"}


def coordinates(latitude, longitude, language):
    """A place's position as this language writes it: '37.77° N, 122.42° W', '37,77° S, 122,42° Z'."""
    north, south, east, west = COMPASS.get(language, COMPASS["en"])
    point = get_format("DECIMAL_SEPARATOR", language)
    up, turn = (f"{abs(value):.2f}".replace(".", point) for value in (latitude, longitude))
    return f"{up}° {north if latitude >= 0 else south}, {turn}° {east if longitude >= 0 else west}"
