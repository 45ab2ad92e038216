"""The line drawings of our own templates (emblems, the globe) as pixels: the little of SVG that they use.

That is paths, circles and ellipses, some turned by rotate(). They become lists of points, drawn larger and scaled down.
"""

import math
import re
from typing import NamedTuple
from xml.etree import ElementTree

from PIL import Image, ImageDraw

# Drawn so many times larger than it is shown, in place of the smooth edges that Pillow's lines do not have.
FINER = 4
TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "A": 7, "Z": 0}
CURVE_STEPS = 10


class Shape(NamedTuple):
    """`kind`: its class in the drawing, which says how it is inked."""

    kind: str
    lines: list


class Ink(NamedTuple):
    """`width` in units of the drawing; 0 fills the shape."""

    color: str
    width: float = 0


def shapes(svg):
    """What a drawing consists of, in its order."""
    for element in ElementTree.fromstring(svg).iter():  # noqa: S314 - our own template
        have = element.attrib
        tag = element.tag.split("}")[-1]
        if tag == "path":
            lines = outlines(have["d"])
        elif tag in ("circle", "ellipse"):
            x, y = float(have.get("cx", 0)), float(have.get("cy", 0))
            lines = [_round(x, y, float(have.get("rx") or have["r"]), float(have.get("ry") or have["r"]))]
        else:
            continue
        if turn := have.get("transform"):
            lines = [_turned(line, *map(float, TOKEN.findall(turn)[-3:])) for line in lines]
        yield Shape(have.get("class", ""), lines)


def _steps(across, down):
    """So many straight pieces make a round line."""
    return max(64, int(max(across, down)))


def _round(x, y, across, down):
    count = _steps(across, down)
    turns = [2 * math.pi * step / count for step in range(count + 1)]
    return [(x + across * math.cos(turn), y + down * math.sin(turn)) for turn in turns]


def _turned(line, degrees, x, y):
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return [(x + (a - x) * cosine - (b - y) * sine, y + (a - x) * sine + (b - y) * cosine) for a, b in line]


def outlines(path):
    """The lines of an SVG path, each a list of points."""
    lines, at, tokens = [], (0.0, 0.0), TOKEN.findall(path)
    command, position = "M", 0
    while position < len(tokens):
        if tokens[position].isalpha():
            command, position = tokens[position], position + 1
        count = ARGUMENTS[command.upper()]
        points = _absolute(command, [float(token) for token in tokens[position : position + count]], at)
        position += count
        if command in "Mm":
            lines.append([points[0]])
            command = "l" if command == "m" else "L"  # what further pairs of numbers are
        elif command in "Zz":
            points = [lines[-1][0]]
            lines[-1] += points
        else:
            lines[-1] += points
        at = points[-1]
    return lines


def _absolute(command, numbers, at):
    """The points that a command leads over from here."""
    kind, (x, y) = command.upper(), at
    left, top = at if command.islower() else (0, 0)
    if kind == "H":
        return [(numbers[0] + left, y)]
    if kind == "V":
        return [(x, numbers[0] + top)]
    if kind == "A":
        return _arc(at, *numbers[:5], (numbers[5] + left, numbers[6] + top))
    handles = [(a + left, b + top) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
    return _curve([at, *handles]) if kind == "C" else handles


def _curve(handles):
    """Points on a cubic curve, without its start."""
    found = []
    for step in range(1, CURVE_STEPS + 1):
        t = step / CURVE_STEPS
        shares = [math.comb(3, n) * t**n * (1 - t) ** (3 - n) for n in range(4)]
        found.append(tuple(sum(s * p[axis] for s, p in zip(shares, handles, strict=True)) for axis in (0, 1)))
    return found


def _arc(start, across, down, degrees, is_large, is_clockwise, end):
    """Points on an elliptical arc, without its start: from its two ends to its middle, as SVG's specification says."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    a, b = (cosine * half_x + sine * half_y) / across, (cosine * half_y - sine * half_x) / down
    size = a * a + b * b
    if size == 0:
        return [end]
    grow = max(1.0, math.sqrt(size))
    across, down, a, b, size = across * grow, down * grow, a / grow, b / grow, size / grow**2
    reach = math.sqrt(max(0.0, 1 / size - 1)) * (-1 if is_large == is_clockwise else 1)
    first = math.atan2(b + reach * a, a - reach * b)
    sweep = (math.atan2(-b + reach * a, -a - reach * b) - first) % (2 * math.pi)
    if not is_clockwise:
        sweep -= 2 * math.pi
    # The middle, from the middle of the chord.
    x, y = reach * b * across, -reach * a * down
    x, y = cosine * x - sine * y + (start[0] + end[0]) / 2, sine * x + cosine * y + (start[1] + end[1]) / 2
    steps = max(2, math.ceil(abs(sweep) / (2 * math.pi) * _steps(across, down)))
    turns = [first + sweep * step / steps for step in range(1, steps)]
    round_points = [(across * math.cos(turn), down * math.sin(turn)) for turn in turns]
    return [*((x + cosine * p - sine * q, y + sine * p + cosine * q) for p, q in round_points), end]


def engrave(canvas, box, drawn, inks, scale, middle):
    """Draws shapes into a box (left, top, right, bottom) of the canvas. `inks`: {kind: Ink}; kinds without stay away.

    `middle`: where on the canvas the drawing's point (0, 0) lies.
    """
    left, top, right, bottom = box
    size = ((right - left) * FINER, (bottom - top) * FINER)
    zoom, x, y = scale * FINER, (middle[0] - left) * FINER, (middle[1] - top) * FINER
    for shape in drawn:
        if not (ink := inks.get(shape.kind)):
            continue
        mask = Image.new("L", size)
        pen = ImageDraw.Draw(mask)
        width = max(1, round(ink.width * zoom))
        for line in shape.lines:
            points = [(a * zoom + x, b * zoom + y) for a, b in line]
            if ink.width:
                pen.line(points, fill=255, width=width, joint="curve")
            else:
                pen.polygon(points, fill=255)
        canvas.paste(ink.color, (left, top), mask.reduce(FINER))
