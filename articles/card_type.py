"""Type on drawn cards: the publication's own faces, letters that they have, and titles that fit their space."""

import functools
import re
import unicodedata
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import ImageDraw, ImageFont

NBSP = "\u00a0"
# A character of private use, which no face has: what is drawn for it is drawn for every letter that is missing.
NO_LETTER = "\ue000"
STAND_INS = {"\u00ad": "", "→": "›", "←": "‹", "ł": "l", "Ł": "L", "ı": "i", "‐": "-", "―": "—", "⁄": "/"}
OPENING = "„“”‘’‚\"'«»"
AXES = {"serif": ["wght", "opsz"], "serif-italic": [], "sans": ["wght"], "mono": ["wght"]}
# Ligatures stand in the way of letters that are set apart one by one.
FEATURES = ["-liga"]
DARK_SPACE = re.compile(r"[^\S\u00a0]+")
# "u orbitu", "Voyager 1": what stays on one line.
TOGETHER = re.compile(r"(?<!\S)([^\W\d_]) | (?=\d(?!\w))")


def static_file(name):
    """Where a file of static/dist lies: in the source tree, else where an installation collected it."""
    return Path(finders.find(name) or Path(settings.STATIC_ROOT) / name)


@functools.lru_cache(maxsize=64)
def _font(face, size, weight):
    font = ImageFont.truetype(static_file(f"fonts/{face}.woff2"), size)
    # Cards are mostly seen at half their size, hence the cut for half of it.
    axes = {"wght": weight, "opsz": min(60, max(20, size / 2))}
    if names := AXES[face]:
        font.set_variation_by_axes([axes[name] for name in names])
    return font


class Type(NamedTuple):
    """A face in a size, a weight, and so much space between its letters (in parts of the size)."""

    face: str
    size: int
    weight: int = 400
    tracking: float = 0

    @property
    def font(self):
        return _font(self.face, self.size, self.weight)

    def width(self, text):
        return self.font.getlength(text, features=FEATURES) + self.tracking * self.size * max(0, len(text) - 1)

    def draw(self, canvas, x, baseline, text, color):
        """Letter by letter, each kerned with those before it."""
        pen, step = ImageDraw.Draw(canvas), self.tracking * self.size
        for number, letter in enumerate(text):
            before = self.font.getlength(text[: number + 1], features=FEATURES) - self.font.getlength(letter)
            pen.text((x + before + number * step, baseline), letter, color, self.font, anchor="ls")

    def cut(self, text, width):
        """The text, or as much of its beginning as fits, with an ellipsis."""
        if self.width(text) <= width:
            return text
        while text and self.width(text + "…") > width:
            text = text[:-1].rstrip()
        return text + "…"

    def wrap(self, text, width):
        """The text as lines that fit; a word that is wider than a line is divided."""
        lines = [""]
        for word in text.split(" "):
            for number, piece in enumerate(self._pieces(word, width)):
                longer = f"{lines[-1]}{'' if number or not lines[-1] else ' '}{piece}"
                if lines[-1] and self.width(longer) > width:
                    lines.append(piece)
                else:
                    lines[-1] = longer
        return lines

    def _pieces(self, word, width):
        if self.width(word) <= width:
            return [word]
        for mark in (NBSP, "-", "–", "/"):
            head, found, tail = word.rstrip(mark).rpartition(mark)
            if head and tail:
                kept = "" if mark == NBSP else found
                return [
                    *self._pieces(head + kept, width),
                    *self._pieces(tail + word[len(head + found + tail) :], width),
                ]
        most = max((n for n in range(1, len(word)) if self.width(word[:n] + "-") <= width), default=1)
        return [word[:most] + "-", *self._pieces(word[most:], width)]

    def balanced(self, text, width):
        """As wrap(), in as many lines, but as even as can be."""
        words, plain = text.split(" "), self.wrap(text, width)
        widths, gap = [self.width(word) for word in words], self.width(" ") + 2 * self.tracking * self.size
        best = {0: (0.0, [])}  # {words that are placed: (how ragged, the lines)}
        for _line in plain:
            longer = {}
            for start, (ragged, lines) in best.items():
                long = -gap
                for end in range(start + 1, len(words) + 1):
                    long += widths[end - 1] + gap
                    if long > width:
                        break
                    option = (ragged + (width - long) ** 2, [*lines, " ".join(words[start:end])])
                    longer[end] = min(longer.get(end, option), option)
            best = longer
        return best.get(len(words), (0.0, plain))[1]

    def divides(self, text, width):
        """Whether a word is wider than a line."""
        return any(self.width(word) > width for word in text.split(" "))


def fit(text, type_, steps, width):
    """(Type, lines) of the first step, each a size and the most lines in it, in which the text fits undivided.

    In the last step a long word is divided, and what does not fit is cut off.
    """
    text = TOGETHER.sub(rf"\1{NBSP}", text)
    for size, most in steps:
        sized = type_._replace(size=size)
        if not sized.divides(text, width) and len(sized.wrap(text, width)) <= most:
            return sized, sized.balanced(text, width)
    lines = sized.wrap(text, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], sized.cut(" ".join(lines[most - 1 :]), width)]
    return sized, lines


def drawable(text, face="serif"):
    """The text in letters that the face has: for another letter its base, or its name; for an emoji nothing."""
    known = "".join(map(functools.partial(_drawable, face=face), unicodedata.normalize("NFC", text)))
    return DARK_SPACE.sub(" ", known).strip()


@functools.lru_cache(maxsize=2048)
def _drawable(letter, face):
    if letter in STAND_INS:
        return STAND_INS[letter]
    if letter.isspace() or _has(face, letter):
        return letter
    plain = [part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)]
    if plain != [letter]:
        return "".join(_drawable(part, face) for part in plain)
    words = unicodedata.name(letter, "?").lower().split()
    return words[-1] if words[0] == "greek" and letter.isalpha() else ""


def _has(face, letter):
    font = _font(face, 40, 400)
    return font.getmask(letter).getbbox() and bytes(font.getmask(letter)) != bytes(font.getmask(NO_LETTER))
