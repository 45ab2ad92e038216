"""Draws a story's share card: its name plate and title on the left, its picture on the right, in the look of the night.

A story without a picture has the engraved globe there, the edition's own card a wordmark over it.
"""

import functools
import io
import math

from django.template.loader import get_template
from PIL import Image, ImageDraw

from .card_lines import Ink, engrave, shapes
from .card_type import OPENING, Type, drawable, fit

WIDTH, HEIGHT = 1200, 630
# The night of static/css/tokens.css.
NIGHT, RAISED, DEEP = "#0b0e13", "#11161d", "#07090d"
INK, INK_2, INK_3 = "#ece8df", "#b7bcc4", "#8f98a5"
HAIR, CONTROL, LAMP = "#39434f", "#6c7786", "#f2b661"
# The column of the text, and the window to its right.
LEFT, RIGHT, WINDOW = 64, 640, 696
TITLE_TOP, LEADING = 192, 1.07
# Sizes, and the most lines in each: rather three quiet lines than four loud ones.
TITLE_STEPS = [
    *((size, 3) for size in (92, 86, 80, 74, 68, 63, 59)),
    *((size, 4) for size in (62, 58, 54, 50)),
    *((size, 5) for size in (51, 47, 43, 39, 35)),
]
FACE_TOP, FACE_SIZE = 506, 76

TITLE = Type("serif", 0, 400, -0.022)
PLATE = Type("sans", 27, 600, 0.13)
LABEL = Type("mono", 23, 500, -0.01)
SMALL = Type("mono", 22, 400, -0.01)
STAMP = Type("mono", 19, 600, 0.09)
NAME = Type("sans", 28, 500, 0.01)
CREDIT = Type("mono", 21, 400, -0.02)

EMBLEM = {"": Ink(INK_2, 1.3), "sg-c": Ink(CONTROL, 0.8), "sg-d": Ink(INK_2), "sg-l": Ink(LAMP)}
GLOBE = {
    "g-sea": Ink("#0b1119"),
    "g-grid": Ink("#1d2733", 1),
    "g-day": Ink("#d9d5ca", 1.4),
    "g-limb": Ink("#47566a", 2),
    "g-ring": Ink(LAMP, 2),
    "g-edge": Ink(DEEP),
    "g-dot": Ink(LAMP),
}
CAMERA = '<svg><path d="M1.6 4.6h3L6 2.8h4l1.4 1.8h3v8.6H1.6z"/><circle cx="8" cy="8.7" r="2.5"/></svg>'
PIN = (
    '<svg><path d="M8 14.4C8 14.4 3.2 10 3.2 6.4a4.8 4.8 0 0 1 9.6 0C12.8 10 8 14.4 8 14.4z"/>'
    '<circle cx="8" cy="6.4" r="1.5"/></svg>'
)
# How far above the middle of the globe the place of a story stands, in degrees.
RISE = 34
GLOBE_RADIUS, GLOBE_MIDDLE = 420, (WINDOW + (WIDTH - WINDOW) // 2, 500)
EUROPE, EUROPE_LOW = (11.0, 10.0), (-14.0, 12.0)


def draw_card(card, picture):
    """A story's card (share_cards.Card) as a PIL image. `picture`: the story's own, or None."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    _head(canvas, card)
    _title(canvas, card)
    _byline(canvas, card)
    if picture:
        _window(canvas, card, picture)
    else:
        _globe_window(canvas, card)
    return canvas


def draw_edition_card(card):
    """For pages that are no story: the wordmark over the globe."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), DEEP)
    _globe(canvas, (0, 0, WIDTH, HEIGHT), EUROPE_LOW, 900, (WIDTH // 2, 1295))
    _ticked_line(canvas, LEFT, WIDTH - LEFT, 56)
    # A letter of it is two thirds as wide as it is high, with the space beside it.
    size = min(132, int((WIDTH - 2 * LEFT) / 0.66 / len(card.site)))
    _wordmark(canvas, card.site, LEFT - size * 0.05, 218, PLATE._replace(size=size, weight=500, tracking=0.04))
    type_, lines = fit(drawable(card.sentence), TITLE, [(36, 2), (28, 3)], 900)
    for number, line in enumerate(lines):
        type_.draw(canvas, LEFT, 290 + number * type_.size * 1.3, line, INK_2)
    return canvas


def _head(canvas, card):
    _wordmark(canvas, card.site, LEFT, 76, PLATE)
    number = f"db#{card.number}"
    SMALL.draw(canvas, RIGHT - SMALL.width(number), 75, number, INK_3)
    _ticked_line(canvas, LEFT, RIGHT, 106)
    left = _stamp(canvas, card.origin, RIGHT, 126)
    LABEL.draw(canvas, LEFT, 153, "//", LAMP)
    start = LEFT + LABEL.width("// ")
    LABEL.draw(canvas, start, 153, LABEL.cut(drawable(card.section, "mono"), left - start - 20), INK_2)


def _wordmark(canvas, name, left, baseline, type_):
    """The name in capitals, its ampersand as the brand's own glyph."""
    size = type_.size
    glyph = Type("serif-italic", round(size * 1.4))
    for number, part in enumerate(drawable(name.upper(), "sans").split("&")):
        if number:
            left += size * (type_.tracking + 0.1)
            glyph.draw(canvas, left, baseline, "&", LAMP)
            left += glyph.width("&") + size * (type_.tracking + 0.14)
        word = part.strip()
        type_.draw(canvas, left, baseline, word, INK)
        left += type_.width(word)


def _ticked_line(canvas, left, right, top):
    pen = ImageDraw.Draw(canvas)
    pen.rectangle((left, top, right - 1, top + 1), HAIR)
    for tick in range(5):
        pen.rectangle((left + 14 * tick, top, left + 14 * tick + 1, top + 8), CONTROL)


def _stamp(canvas, words, right, top):
    """A framed mark that ends at the right. Returns where it begins."""
    words = drawable(words.upper(), "mono")
    left = round(right - STAMP.width(words) - 26)
    ImageDraw.Draw(canvas).rounded_rectangle((left, top, right - 1, top + 37), 3, outline=CONTROL, width=2)
    STAMP.draw(canvas, left + 13, top + 26, words, INK)
    return left


def _title(canvas, card):
    text = drawable(card.title) or f"db#{card.number}"
    type_, lines = fit(text, TITLE, TITLE_STEPS, RIGHT - LEFT)
    baseline = TITLE_TOP + type_.size * 0.76
    for line in lines:
        # Quotation marks hang outside, as in the pages' pull quotes.
        hang = type_.width(line[0]) + type_.tracking * type_.size if line[:1] in OPENING else 0
        type_.draw(canvas, LEFT - hang - type_.size * 0.02, baseline, line, INK)
        baseline += type_.size * LEADING


def _byline(canvas, card):
    """AI editors are squares with an emblem, people are circles with a letter."""
    box = (LEFT, FACE_TOP, LEFT + FACE_SIZE, FACE_TOP + FACE_SIZE)
    _emblem(canvas, box, card.sigil) if card.sigil else _letter(canvas, box, card.author)
    start, end = LEFT + FACE_SIZE + 22, RIGHT
    if card.demo:
        end = _stamp(canvas, card.demo, RIGHT, FACE_TOP + FACE_SIZE - 38) - 20
    middle = FACE_TOP + FACE_SIZE // 2
    NAME.draw(canvas, start, middle - 7, NAME.cut(drawable(card.author, "sans"), end - start), INK)
    SMALL.draw(canvas, start, middle + 29, SMALL.cut(drawable(card.role, "mono"), end - start), INK_3)


def _emblem(canvas, box, name):
    ImageDraw.Draw(canvas).rounded_rectangle(box, 3, fill=RAISED, outline=HAIR, width=2)
    engrave(canvas, box, _drawing(f"components/sigils/{name}.svg"), EMBLEM, FACE_SIZE / 64, box[:2])


@functools.cache
def _drawing(template):
    return list(shapes(get_template(template).render()))


def _letter(canvas, box, name):
    scale = FACE_SIZE / 2
    disc = shapes(f'<svg><circle r="{scale - 1}"/></svg>')
    middle = (box[0] + scale, box[1] + scale)
    engrave(canvas, box, shapes(f'<svg><circle r="{scale}"/></svg>'), {"": Ink(RAISED)}, 1, middle)
    engrave(canvas, box, disc, {"": Ink(HAIR, 2)}, 1, middle)
    letter = drawable(name, "mono")[:1].upper()
    type_ = Type("mono", 30, 500)
    type_.draw(canvas, middle[0] - type_.width(letter) / 2, middle[1] + 11, letter, INK_2)


def _window(canvas, card, picture):
    """The picture, and below it how it came to be and whose it is: on a ground of its own, so that it is readable."""
    said = card.picture
    lines = _credit_lines(said)
    top = HEIGHT - 28 - 30 * len(lines)
    canvas.paste(crop(picture, (WIDTH - WINDOW, top), said.focus), (WINDOW, 0))
    _strip(canvas, top, CAMERA)
    mark = drawable(said.mark_label, "mono")
    for number, line in enumerate(lines):
        left, baseline = WINDOW + 58, top + 36 + 30 * number
        CREDIT.draw(canvas, left, baseline, line, INK_2)
        if not number and line.startswith(mark):
            CREDIT.draw(canvas, left, baseline, mark, INK)


def _credit_lines(said, most=4):
    width = WIDTH - WINDOW - 58 - 24
    text = drawable(f"{said.mark_label} / {said.credit}", "mono")
    lines = CREDIT.wrap(text, width)
    return lines if len(lines) <= most else [*lines[: most - 1], CREDIT.cut(" ".join(lines[most - 1 :]), width)]


def _strip(canvas, top, icon):
    """The ground of what is said below a window."""
    ImageDraw.Draw(canvas).rectangle((WINDOW, top, WIDTH, HEIGHT), DEEP)
    corner = (WINDOW + 22, top + 16)
    engrave(canvas, (*corner, corner[0] + 24, corner[1] + 24), shapes(icon), {"": Ink(INK_2, 1.2)}, 1.5, corner)


def crop(picture, size, focus):
    """The part of a picture that fills the size, as near round the focal point (per cent) as it fits."""
    scale = min(have / want for have, want in zip(picture.size, size, strict=True))
    part = [want * scale for want in size]
    start = [
        min(max(0, have * at / 100 - need / 2), have - need)
        for have, need, at in zip(picture.size, part, focus, strict=True)
    ]
    box = (*start, start[0] + part[0], start[1] + part[1])
    return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS, box=box)


def _globe_window(canvas, card):
    box = (WINDOW, 0, WIDTH, HEIGHT)
    ImageDraw.Draw(canvas).rectangle(box, DEEP)
    if card.place is None:
        _globe(canvas, box, EUROPE, GLOBE_RADIUS, GLOBE_MIDDLE)
        return
    name, latitude, longitude = card.place
    mark_y = -GLOBE_RADIUS * math.sin(math.radians(RISE))
    _globe(canvas, box, (latitude - RISE, longitude), GLOBE_RADIUS, GLOBE_MIDDLE, mark_y)
    _strip(canvas, HEIGHT - 58, PIN)
    width = WIDTH - WINDOW - 58 - 24
    CREDIT.draw(canvas, WINDOW + 58, HEIGHT - 22, CREDIT.cut(drawable(name, "mono"), width), INK)


def _globe(canvas, box, centre, radius, middle, mark_y=None):
    """The engraved globe in a box of the canvas. `centre`: the place (latitude, longitude) in its middle."""
    around = (box[0] - middle[0], box[1] - middle[1], box[2] - middle[0], box[3] - middle[1])
    latitude, longitude = centre
    context = {"latitude": latitude, "longitude": longitude, "radius": radius, "box": around, "mark_y": mark_y}
    engrave(canvas, box, shapes(get_template("components/card_globe.svg").render(context)), GLOBE, 1, middle)


def as_jpeg(canvas, xmp):
    buffer = io.BytesIO()
    canvas.save(buffer, "JPEG", quality=88, subsampling=0, progressive=True, optimize=True, xmp=xmp)
    return buffer.getvalue()
