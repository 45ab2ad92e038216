"""The HTML of a picture: its formats, the shape that suits its box, its size, and its colour until it is there.

Built here and not by a template with an include, nor by format_html(): a front page has forty of them.
"""

import math
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# The steps of each light in a placeholder: close together in the dark, where most pictures of this publication are.
TONES = (0x0C, 0x2C, 0x70, 0xC4)
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
SRC_WIDTH = 640  # for a browser that chooses nothing
LAZY, EAGER = ' loading="lazy" decoding="async"', ' fetchpriority="high"'
PHONE = "(max-width: 61.99rem)"
SMALL_PHONE = "(max-width: 43.99rem)"


class Box(NamedTuple):
    """A place for a picture, as the style sheets draw it (tests/browser/test_pictures.py holds it against them).

    `ratio`: width by height, None for a picture as it is. `most`: the pixels of a screen that it can fill, as far as
    there are renditions beyond. `narrow`: (media, ratio) where a narrow screen shows another part of the picture.
    """

    ratio: float | None
    sizes: str
    most: float = math.inf
    narrow: tuple[str, float] | None = None


# From 96rem on the shell grows no further. Below 62rem columns stand under each other.
BOXES = {
    # A story: above its text, and in it.
    "hero": Box(3 / 2, "(min-width: 96rem) 58rem, (min-width: 62rem) 60vw, 100vw", narrow=(PHONE, 4 / 3)),
    "wide": Box(16 / 10, "(min-width: 96rem) 66rem, (min-width: 75rem) 68vw, (min-width: 62rem) 91vw, 100vw"),
    # The first of the front page, of a section.
    "lead": Box(16 / 9, "(min-width: 96rem) 66rem, (min-width: 62rem) 68vw, 91vw"),
    "opener": Box(
        4 / 3,
        "(min-width: 96rem) 28rem, (min-width: 62rem) 29vw, (min-width: 44rem) 44vw, 91vw",
        most=1200,
        narrow=(SMALL_PHONE, 16 / 9),
    ),
    # The front page's first section: its first story, the others (beside each other as soon as they have 24rem).
    "big": Box(16 / 9, "(min-width: 96rem) 58rem, (min-width: 62rem) 60vw, 91vw"),
    "side": Box(
        16 / 10,
        "(min-width: 96rem) 11rem, (min-width: 83rem) 11.2vw, (min-width: 62rem) 29vw, (min-width: 44rem) 36vw, 33vw",
        most=800,
    ),
    # Its other sections; the lists beside a story.
    "block": Box(
        16 / 10, "(min-width: 96rem) 28rem, (min-width: 62rem) 29vw, (min-width: 44rem) 44vw, 91vw", most=1200
    ),
    "card": Box(
        16 / 10,
        "(min-width: 94rem) 16rem, (min-width: 74rem) 21vw, (min-width: 54rem) 29vw, (min-width: 44rem) 44vw, "
        "(min-width: 36rem) 17vw, 33vw",
        most=800,
    ),
    # A line of a list.
    "row": Box(4 / 3, "(min-width: 83rem) 12rem, (min-width: 62rem) 14.5vw, (min-width: 28rem) 22vw, 6rem", most=480),
    # Foto Review: the strip, the contact sheet, one large.
    "film": Box(3 / 2, "clamp(9.5rem, 14vw, 13.25rem)", most=480),
    "sheet": Box(3 / 2, "(min-width: 65rem) 15rem, (min-width: 49rem) 28vw, 40vw", most=640),
    "frame": Box(None, "(min-width: 96rem) 65rem, (min-width: 62rem) 67vw, 91vw"),
    "portrait": Box(1, "(min-width: 96rem) 20rem, (min-width: 62rem) 21vw, min(54vw, 15rem)"),
    # The desk: the wall of photos, one on a page of its own, the lead of the front page's board.
    "wall": Box(None, "(max-width: 44rem) 91vw, 16rem", most=960),
    "whole": Box(None, "(min-width: 70rem) 40rem, 100vw"),
    "place": Box(3 / 2, "(min-width: 44rem) 17rem, 91vw", most=800),
}


def picture(art, box, alt="", is_eager=False) -> SafeString:
    """A picture in one of BOXES. Nothing of it is ever missing: without renditions its colour stands there."""
    box = BOXES[box]
    shape = art.shape_for(box.ratio) if art.renditions else None
    sources = _sources(art, box, shape) if shape else ""
    width, height = art.size(shape)
    image = (
        f'<img class="art{_focus(art, box, shape)} {tone_of(art.color)}" {_files(art, box, shape)}'
        f' width="{width}" height="{height}" alt="{escape(alt)}"{EAGER if is_eager else LAZY}>'
    )
    html = f"<picture>{sources}{image}</picture>" if sources else image
    return mark_safe(html)  # noqa: S308 - addresses and alt are escaped, the rest are numbers and words of ours


def _focus(art, box, shape):
    """Where files are of the box's own shape, or the box takes that of the file, nothing is cropped further."""
    if not shape or not box.ratio:
        return ""
    ratios = [box.ratio] + ([box.narrow[1]] if box.narrow else [])
    fits = all(abs(art.ratio(art.shape_for(ratio)) / ratio - 1) < 0.01 for ratio in ratios)
    return "" if fits else art.focus_in(shape)


def _files(art, box, shape):
    """The attributes of the img that lead to files."""
    if not shape:
        return f'src="{escape(art.placeholder)}"'
    src, srcset = art.url(SRC_WIDTH, shape), art.srcset(shape, most=box.most)
    return f'src="{escape(src)}" srcset="{escape(srcset)}" sizes="{box.sizes}"'


def _sources(art, box, shape):
    """The better formats; on a narrow screen those of another shape where the box is another one there."""
    *better, last = art.renditions["formats"]
    rows = [_source(art, box, shape, format) for format in better]
    if box.narrow and (other := art.shape_for(box.narrow[1])) != shape:
        width, height = art.size(other)
        only = f' media="{box.narrow[0]}" width="{width}" height="{height}"'
        rows = [_source(art, box, other, format, only) for format in (*better, last)] + rows
    return "".join(rows)


def _source(art, box, shape, format, only=""):
    srcset = escape(art.srcset(shape, format, box.most))
    return f'<source{only} type="{TYPES[format]}" srcset="{srcset}" sizes="{box.sizes}">'


def tone_of(color):
    """The class of the nearest of 64 colours (static/css/components/tones.css): no style may stand in a page."""
    lights = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    return "tone-" + "".join(str(min(range(4), key=lambda step: abs(TONES[step] - light))) for light in lights)
