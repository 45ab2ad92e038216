"""A photo as a page shows it: which renditions there are, and their addresses. Rows of lists need no model for that."""

import math
from typing import NamedTuple

from django.conf import settings

from . import recipe

# Columns of Photo, in the order of Art.
COLUMNS = ["token", "renditions", "width", "height", "focal_x", "focal_y", "color"]


class Art(NamedTuple):
    """`renditions`: {"key": …, "formats": [best first], "<shape>": [widths], …, "search": [shapes]}, or {} for none."""

    token: str
    renditions: dict
    width: int
    height: int
    focal_x: int
    focal_y: int
    color: str

    def shape_for(self, ratio):
        """Of the shapes that exist the one that fills a box of this ratio (width by height) with least to cut off."""
        known = [shape for shape in recipe.SHAPES if shape in self.renditions]
        return min(known, key=lambda shape: abs(math.log(self._ratio(shape) / ratio)))

    def _ratio(self, shape):
        across, down = recipe.SHAPES[shape] or (self.width, self.height)
        return across / down

    def url(self, width=960, shape=recipe.NATURAL, format=None):
        """The smallest rendition at least so wide, else the widest; in the most widely understood format."""
        if not self.renditions:
            return ""
        format = format or self.renditions["formats"][-1]
        widths = self.renditions[shape]
        best = min((each for each in widths if each >= width), default=widths[-1])
        return f"{self._base(shape)}{best}.{format}"

    @property
    def thumb(self):
        """For the desk."""
        return self.url(320)

    def srcset(self, shape=recipe.NATURAL, format=None):
        if not self.renditions:
            return ""
        format = format or self.renditions["formats"][-1]
        base = self._base(shape)
        return ", ".join(f"{base}{width}.{format} {width}w" for width in self.renditions[shape])

    def _base(self, shape):
        return f"{settings.MEDIA_URL}{recipe.folder(self.token, self.renditions['key'])}/{shape}-"

    @property
    def focus(self):
        """Classes that keep the focal point in view where a page crops further (static/css/components/focal.css)."""
        places = (("x", self.focal_x), ("y", self.focal_y))
        return "".join(f" f{axis}-{tens}" for axis, at in places if (tens := (at + 5) // 10 * 10) != 50)
