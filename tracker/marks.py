"""Marks of places on a globe, and their labels: which can be seen, which share a mark, which label fits where."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from .globe import project

# Width of a letter of the monospaced face, and its reach above and below the line, as shares of the font size.
LETTER, ABOVE, BELOW = 0.6, 0.8, 0.25
# Units that a label keeps to everything else.
AIR = 3
# A place on the very edge of the globe cannot be pointed at.
EDGE = 0.03


class Spot(NamedTuple):
    """A place, with the number of its stories."""

    name: str
    latitude: float
    longitude: float
    stories: int = 1
    key: str = ""

    @property
    def short_name(self):
        """'San Francisco' of 'San Francisco, California'."""
        return self.name.split(",")[0].strip() or self.name


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other):
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom

    def holds(self, other):
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


@dataclass
class Mark:
    """A ring on the globe for one place, or for several too near to each other to be pointed at singly."""

    x: float
    y: float
    spots: list
    label: str = ""
    label_x: int = 0
    label_y: int = 0
    anchor: str = ""
    # Its label fits only where letters are small, which is on wide screens.
    is_minor: bool = False

    @property
    def key(self):
        return self.spots[0].key

    @property
    def stories(self):
        return sum(spot.stories for spot in self.spots)

    @property
    def radius(self):
        return 6 + 2 * min(self.stories, 4)

    @property
    def text(self):
        """What its label says: 'San Francisco', '+2' for two more places."""
        more = len(self.spots) - 1
        return self.spots[0].short_name + (f" +{more}" if more else "")

    @property
    def names(self):
        """All its places; those who hear a label that stands for several hear the label first."""
        names = "; ".join(spot.name for spot in self.spots)
        return names if len(self.spots) == 1 else f"{self.text} ({names})"

    @property
    def box(self):
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)

    @property
    def transform(self):
        return f"translate({self.x:.1f} {self.y:.1f})"


def best_view(views, bounds, spots):
    """The view that shows most stories within the bounds; the first of equals."""
    return max(views, key=lambda view: sum(spot.stories for spot in spots if _position(view, bounds, spot)))


def _position(view, bounds, spot):
    """(x, y) of a spot that this view shows, else None."""
    x, y, depth = project(view, spot.latitude, spot.longitude)
    return (x, y) if depth >= EDGE and bounds.holds(Box(x, y, x, y)) else None


def find_marks(view, bounds, spots, apart=0, limit=None):
    """(marks, the spots left over: on the far side, out of bounds or beyond the limit).

    A spot nearer than `apart` to the first of a mark shares it.
    """
    marks, left_over = [], []
    for spot in spots:
        position = _position(view, bounds, spot)
        if position is None:
            left_over.append(spot)
            continue
        x, y = position
        near = next((mark for mark in marks if math.hypot(mark.x - x, mark.y - y) < apart), None)
        if near:
            near.spots.append(spot)
        elif limit is None or len(marks) < limit:
            marks.append(Mark(x, y, [spot]))
        else:
            left_over.append(spot)
    return marks, left_over


def add_labels(marks, bounds, size):
    """Gives labels to as many of the marks without one as fit at this font size: none leaves the bounds, or meets
    another label or another mark. Marks with more stories choose first.

    A label is anchored, so it stays within its box at any smaller size.
    """
    boxes = [_label_box(mark, size) for mark in marks if mark.label]
    for mark in sorted(marks, key=lambda mark: -mark.stories):
        if not mark.label:
            taken = [*boxes, *(other.box for other in marks if other is not mark)]
            boxes += _place_label(mark, bounds, size, taken)


def _place_label(mark, bounds, size, taken):
    """Puts the label where it fits, and returns its box in a list; an empty list where it fits nowhere."""
    mark.label = mark.text
    for position in _positions(mark, size):
        mark.label_x, mark.label_y, mark.anchor = position
        box = _label_box(mark, size)
        if bounds.holds(box) and not any(box.meets(other) for other in taken):
            return [box]
    mark.label = ""
    return []


def _positions(mark, size):
    """Where a label may stand: right, left, below, above of its mark."""
    beside, middle = mark.radius + 4, round(size / 4)
    yield beside, middle, "start"
    yield -beside, middle, "end"
    yield 0, beside + math.ceil(size * ABOVE), "middle"
    yield 0, -beside - 1, "middle"


def _label_box(mark, size):
    width = len(mark.label) * LETTER * size
    left = mark.x + mark.label_x - {"start": 0, "middle": width / 2, "end": width}[mark.anchor]
    line = mark.y + mark.label_y
    return Box(left - AIR, line - ABOVE * size - AIR, left + width + AIR, line + BELOW * size + AIR)
