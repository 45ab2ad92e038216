"""A photo as a page shows it: which renditions there are, and their addresses. Rows of lists need no model for that."""

import math
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

from . import recipe

# Columns of Photo, in the order of Art.
COLUMNS = ["token", "renditions", "width", "height", "focal_x", "focal_y", "color"]
# The desk asks for one file where readers get a choice, and every browser that the desk works in shows this.
DESK_FORMAT = "webp"
# A surface in the picture's proportions and colour, as an address.
PLACEHOLDER = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {} {}'%3E"
    "%3Crect width='100%25' height='100%25' fill='%23{}'/%3E%3C/svg%3E"
)


class Art(NamedTuple):
    """`renditions`: {"key": …, "formats": [best first], "<shape>": [widths], …, "search": [shapes]}, or {} for none."""

    token: str
    renditions: dict
    width: int
    height: int
    focal_x: int
    focal_y: int
    color: str

    def ratio(self, shape=recipe.NATURAL):
        """Width by height."""
        across, down = recipe.SHAPES[shape] or (self.width, self.height)
        return across / down

    def shape_for(self, ratio):
        """Of the shapes that exist the one that fills a box of this ratio with least to cut off; None: as it is."""
        if ratio is None:
            return recipe.NATURAL
        return _nearest(tuple(filter(self.renditions.__contains__, recipe.SHAPES)), self.ratio(), ratio)

    def size(self, shape=recipe.NATURAL):
        """(width, height) of the widest rendition of this shape, or of the picture where there is none."""
        if not self.renditions:
            return self.width, self.height
        width = self.renditions[shape][-1]
        return width, recipe.height_of(shape, width, (self.width, self.height))

    def url(self, width=960, shape=recipe.NATURAL, format=None):
        """The smallest rendition at least so wide, else the widest; in the most widely understood format."""
        if not self.renditions:
            return ""
        format = format or self.renditions["formats"][-1]
        return f"{self._base(shape)}{self.widths(shape, width)[-1]}.{format}"

    @property
    def thumb(self):
        """For the desk: never empty, so that nothing looks broken there."""
        if not self.renditions:
            return self.placeholder
        return self.url(320, format=DESK_FORMAT if DESK_FORMAT in self.renditions["formats"] else None)

    @property
    def search(self):
        """[(url, width, height), …] of the pictures for search engines; none until they are made."""
        width, format = recipe.SEARCH_WIDTH, recipe.SEARCH_FORMAT
        return [
            (f"{self._base(shape)}{width}.{format}", width, recipe.height_of(shape, width, (self.width, self.height)))
            for shape in self.renditions.get("search", [])
        ]

    @property
    def placeholder(self):
        return PLACEHOLDER.format(self.width, self.height, self.color[1:])

    def srcset(self, shape=recipe.NATURAL, format=None, most=math.inf):
        """`most`: the pixels of a screen that its box can fill; what is wider than needed for them is not offered."""
        if not self.renditions:
            return ""
        format = format or self.renditions["formats"][-1]
        base = self._base(shape)
        return ", ".join(f"{base}{width}.{format} {width}w" for width in self.widths(shape, most))

    def widths(self, shape, most):
        """Up to the first that is at least so wide."""
        widths = self.renditions[shape]
        return widths[: sum(width < most for width in widths) + 1]

    def _base(self, shape):
        return f"{settings.MEDIA_URL}{recipe.folder(self.token, self.renditions['key'])}/{shape}-"

    @property
    def focus(self):
        """Of the picture as it is."""
        return self.focus_in(recipe.NATURAL)

    def focus_in(self, shape):
        """Classes that keep the focal point in view where a page crops a shape further (css/components/focal.css)."""
        left, top, right, bottom = recipe.cut(self.width, self.height, shape, self.focal_x, self.focal_y)
        x = (self.width * self.focal_x / 100 - left) / (right - left)
        y = (self.height * self.focal_y / 100 - top) / (bottom - top)
        return "".join(
            f" f{axis}-{tens}" for axis, at in (("x", x), ("y", y)) if (tens := int(at * 10 + 0.5) * 10) != 50
        )


@lru_cache(maxsize=4096)
def _nearest(shapes, natural, ratio):
    def off(shape):
        across, down = recipe.SHAPES[shape] or (natural, 1)
        return abs(math.log(across / down / ratio))

    return min(shapes, key=off)
