"""The HTML of a picture: the formats that exist, the shape that suits its box, its size, and its colour until it is there.

Built here and not by a template with an include: a front page has forty of them.
"""

from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from . import recipe

TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
PHONE = "(max-width: 61.99rem)"


class Box(NamedTuple):
    """Where pages show a picture: width by height (None: as it is), `sizes`, and the ratio on a telephone if another."""

    ratio: float | None
    sizes: str
    phone_ratio: float | None = None


BOXES = {
    "hero": Box(3 / 2, "(min-width: 62rem) 60rem, 100vw", 4 / 3),
    "wide": Box(16 / 10, "(min-width: 62rem) 60rem, 100vw"),
    "lead": Box(16 / 9, "(min-width: 62rem) 66rem, 100vw"),
    "card": Box(16 / 10, "(min-width: 62rem) 24rem, 40vw"),
    "row": Box(4 / 3, "(min-width: 62rem) 12rem, 24vw"),
    "film": Box(3 / 2, "15rem"),
    "sheet": Box(3 / 2, "(min-width: 44rem) 14rem, 46vw"),
    "frame": Box(None, "(min-width: 62rem) 66rem, 100vw"),
    "portrait": Box(1, "8rem"),
    "desk": Box(3 / 2, "12rem"),
    "whole": Box(None, "20rem"),
}


def picture(art, box, alt="", is_eager=False) -> SafeString:
    """A picture in one of BOXES. Nothing of it is ever missing: without renditions its colour stands there."""
    box = BOXES[box]
    tone = f"{art.focus} {tone_of(art.color)}"
    if not art.renditions:
        return format_html('<span class="art art--none{}" role="img" aria-label="{}"></span>', tone, alt)
    shape = _shape(art, box.ratio)
    width = art.renditions[shape][-1]
    image = format_html(
        '<img class="art{}" src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{}>',
        *(tone, art.url(640, shape), art.srcset(shape), box.sizes),
        *(width, recipe.height_of(shape, width, (art.width, art.height)), alt),
        mark_safe(' fetchpriority="high"' if is_eager else ' loading="lazy" decoding="async"'),
    )
    return format_html("<picture>{}{}</picture>", _sources(art, box, shape), image)


def _shape(art, ratio):
    return art.shape_for(ratio) if ratio else recipe.NATURAL


def _sources(art, box, shape):
    """The better formats; on a telephone those of another shape where the box is another one there."""
    best = art.renditions["formats"][:-1]
    rows = [(shape, "", format) for format in best]
    if box.phone_ratio and (phone := _shape(art, box.phone_ratio)) != shape:
        rows = [(phone, PHONE, format) for format in art.renditions["formats"]] + rows
    return mark_safe("".join(_source(art, box, *row) for row in rows))  # noqa: S308 - made by format_html


def _source(art, box, shape, media, format):
    width = art.renditions[shape][-1]
    return format_html(
        '<source{} type="{}" srcset="{}" sizes="{}" width="{}" height="{}">',
        format_html(' media="{}"', media) if media else "",
        *(TYPES[format], art.srcset(shape, format), box.sizes),
        *(width, recipe.height_of(shape, width, (art.width, art.height))),
    )


def tone_of(color):
    """The class of the nearest of 64 colours (static/css/components/tones.css): no style may stand in a page."""
    return "tone-" + "".join(str(int(color[at : at + 2], 16) // 64) for at in (1, 3, 5))
