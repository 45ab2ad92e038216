"""Reads the SVG paths that the globe draws, as a browser would."""

import re

TOKEN = re.compile(r"([MmahlL])|(-?(?:\d+\.\d+|\.\d+|\d+))|([ ])|(.)")
LENGTHS = {"M": 2, "m": 2, "a": 7, "l": 2, "h": 1}


def commands(path):
    """[(letter, [number, …]), …]; refuses what is no path."""
    found = []
    for letter, number, _blank, other in TOKEN.findall(path):
        assert not other, f"{other!r} in a path"
        if letter:
            found.append((letter, []))
        elif number:
            found[-1][1].append(float(number))
    for letter, numbers in found:
        assert len(numbers) == LENGTHS[letter], (letter, numbers)
    return found


def points(path):
    """The points through which the path is drawn, in order."""
    x = y = 0.0
    found = []
    for letter, numbers in commands(path):
        step_x, step_y = (numbers[0], 0) if letter == "h" else numbers[-2:]
        x, y = x + step_x, y + step_y
        found.append((x, y))
    return found
