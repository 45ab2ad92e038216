"""Small charts as SVG. Widths are per cent and heights are pixels, so that a chart fits a phone without its words
shrinking; every axis begins at zero. Colours are classes (static/css/desk/figures.css)."""

import datetime as dt
from typing import NamedTuple

from django.utils.formats import number_format

from articles.story_state import span

# Pixels: from the top to the highest line, to the ground, and to the end of the words below it.
TOP, GROUND, END = 6, 146, 168
# Per cent at the left for the words of the axis; of a column's room, what the column takes.
GUTTER, SHARE = 14, 0.7
# Each so manieth column has its name below it, the last one always.
NAMED = 3
MINUTES = (2, 10, 20, 60, 120, 240, 480, 720, 1440, 2880, 5760, 11520, 20160, 40320, 80640)


class Line(NamedTuple):
    y: str
    label: str


class Bar(NamedTuple):
    kind: str
    y: str
    height: str


class Column(NamedTuple):
    x: str
    width: str
    middle: str
    # Below it, and where that is anchored; '' for none. `title` says what it stands for.
    label: str
    label_x: str
    anchor: str
    title: str
    bars: list
    # The end of a thin line above the bars.
    reach: str


class Plot(NamedTuple):
    lines: list
    columns: list
    gutter: str = f"{GUTTER}%"
    words: str = f"{GUTTER - 2}%"
    ground: int = GROUND
    below: int = END - 6
    height: int = END


class Value(NamedTuple):
    """A column to draw: its parts from the ground up [(kind, number)], and a number that a line above them reaches."""

    label: str
    title: str
    parts: list
    reach: float = 0


def count_top(highest):
    """The number at the highest line: 2, 4, 6, 8, 10, 20, 40, …, so that the line at half of it is a whole one."""
    power = 1
    while highest > 10 * power:
        power *= 10
    return next(top for top in (2 * power, 4 * power, 6 * power, 8 * power, 10 * power) if top >= highest)


def time_top(highest):
    """The same in seconds, of a time that is read at a glance."""
    seconds = [minutes * 60 for minutes in MINUTES]
    return next((top for top in seconds if top >= highest), None) or count_top(highest / 86400) * 86400


def count_plot(values):
    return _plot(values, count_top(_highest(values)), lambda number: number_format(number, force_grouping=True))


def time_plot(values):
    return _plot(values, time_top(_highest(values)), lambda seconds: span(dt.timedelta(seconds=seconds)))


def _highest(values):
    return max(max(sum(number for _kind, number in value.parts), value.reach) for value in values)


def _plot(values, top, say):
    lines = [Line(_y(part, top), say(int(part)) if part else "0") for part in (top, top / 2, 0)]
    room = (100 - GUTTER) / len(values)
    return Plot(lines, [_column(value, place, room, top, len(values)) for place, value in enumerate(values)])


def _column(value, place, room, top, number):
    bars, height = [], 0
    for kind, part in value.parts:
        if part:
            bars.append(Bar(kind, _y(height + part, top), f"{_pixels(part, top):.1f}"))
        height += part
    left = GUTTER + room * (place + (1 - SHARE) / 2)
    middle = GUTTER + room * (place + 0.5)
    is_last = place == number - 1
    label = value.label if (number - 1 - place) % NAMED == 0 else ""
    label_x, anchor = ("100%", "end") if is_last else (f"{middle:.2f}%", "middle")
    reach = _y(value.reach, top) if value.reach else ""
    width = f"{room * SHARE:.2f}%"
    return Column(f"{left:.2f}%", width, f"{middle:.2f}%", label, label_x, anchor, value.title, bars, reach)


def _y(number, top):
    return f"{GROUND - (GROUND - TOP) * number / top:.1f}"


def _pixels(number, top):
    """What is there is seen: no bar is thinner than a pixel."""
    return max(1, (GROUND - TOP) * number / top)


def lying(numbers):
    """[length in per cent] of bars side by side that begin at zero; the longest is whole."""
    longest = max(numbers, default=0)
    return [f"{100 * number / longest:.2f}%" if number else "" for number in numbers]


class Spark(NamedTuple):
    x: str
    width: str
    y: str
    height: str


SPARK = 24


def sparks(numbers, top):
    """A row of columns without words; rows that are compared have the same `top`."""
    room = 100 / len(numbers)
    return [
        Spark(f"{room * place:.2f}%", f"{room * SHARE:.2f}%", f"{SPARK - height:.1f}", f"{height:.1f}")
        for place, number in enumerate(numbers)
        if number and (height := max(1, SPARK * number / top))
    ]
