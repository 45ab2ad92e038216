"""What is made of a photo: shapes cut round its focal point, widths, formats, and the name of each file.

A rendition's address says its whole content: `photos/<ab>/<token>/<key>/<shape>-<width>.<format>`, where the key stands
for the picture, the cut, the mark and this recipe. So a file never changes, and what was changed has other addresses.
"""

import hashlib
import json

from . import credentials
from .xmp import packet

# Goes up when pictures are opened, cut or signed in another way.
VERSION = 1
NATURAL = "natural"
# Width by height.
SHAPES = {NATURAL: None, "16x9": (16, 9), "4x3": (4, 3), "1x1": (1, 1)}
# In pixels, as the layouts ask for them. A picture is never scaled up to one of these.
WIDTHS = {
    NATURAL: (320, 480, 640, 880, 1080, 1280, 1600, 2400),
    "16x9": (480, 800, 1200, 1600),
    "4x3": (240, 480, 800, 1200),
    "1x1": (160, 480, 1200),
}
# The best first, as a browser chooses. The options are Pillow's.
FORMATS = {
    "avif": {"format": "AVIF", "quality": 52, "speed": 7},
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "jpg": {"format": "JPEG", "quality": 80, "progressive": True, "optimize": True},
}
# Search engines want a picture of this width in three shapes. These alone are scaled up, at most so many times.
SEARCH_WIDTH, SEARCH_SHAPES, SEARCH_SCALE, SEARCH_FORMAT = 1200, ("16x9", "4x3", "1x1"), 2, "jpg"
# Made at once, while the upload waits, so that there is something to see before the rest is made.
FIRST = {"shapes": {NATURAL: (320, 960)}, "formats": ("webp",)}


def key_of(photo):
    """The name of the set of renditions that this photo should have, 10 letters of hexadecimal."""
    said = [VERSION, SHAPES, WIDTHS, FORMATS, SEARCH_WIDTH, SEARCH_SHAPES, SEARCH_SCALE, credentials.fingerprint()]
    own = [photo.sha256, photo.focal_x, photo.focal_y, packet(photo).decode()]
    return hashlib.sha256(json.dumps([said, own], sort_keys=True).encode()).hexdigest()[:10]


def cut(width, height, shape, focal_x, focal_y):
    """(left, top, right, bottom): the largest part of this shape, as near round the focal point (per cent) as fits."""
    if SHAPES[shape] is None:
        return 0, 0, width, height
    across, down = SHAPES[shape]
    part_width = min(width, max(1, round(height * across / down)))
    part_height = min(height, max(1, round(width * down / across)))
    left = _start(width, part_width, focal_x)
    top = _start(height, part_height, focal_y)
    return left, top, left + part_width, top + part_height


def _start(whole, part, focal):
    return min(max(0, round(whole * focal / 100 - part / 2)), whole - part)


def widths_of(widths, part_width):
    """Those that a part so wide fills, and its own width instead of the first that it does not."""
    fitting = [width for width in widths if width <= part_width]
    return fitting if len(fitting) == len(widths) else sorted({*fitting, part_width})


def height_of(shape, width, whole):
    """The height of a rendition so wide; `whole` is (width, height) of the whole picture."""
    across, down = SHAPES[shape] or whole
    return max(1, round(width * down / across))


def folder(token, key):
    return f"photos/{token[:2]}/{token}/{key}"
