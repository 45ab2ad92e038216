"""Opens a picture, in the child process of photos/decoder.py: judged by its bytes, bounded before it is decoded, then
turned upright, in sRGB, eight bits, and without anything that the file said besides.
"""

import io

import pi_heif
from PIL import (
    AvifImagePlugin,
    GifImagePlugin,  # noqa: F401 (a child opens no file, so no module either)
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,  # noqa: F401
    MpoImagePlugin,  # noqa: F401
    PngImagePlugin,  # noqa: F401
    WebPImagePlugin,  # noqa: F401
)

from . import announced

# Pillow's names. MPO is a JPEG with more pictures behind it, as some cameras write.
EXTENSIONS = {
    "JPEG": "jpg",
    "MPO": "jpg",
    "PNG": "png",
    "WEBP": "webp",
    "AVIF": "avif",
    "GIF": "gif",
    "HEIF": "heic",
}
OPENED = ["JPEG", "PNG", "WEBP", "AVIF", "GIF", "HEIF"]
SIXTEEN_BITS = {"I", "I;16", "I;16L", "I;16B", "I;16N"}

Image.preinit()
# The own bound, below, says which size it refuses.
Image.MAX_IMAGE_PIXELS = None
AvifImagePlugin.DEFAULT_MAX_THREADS = 2
pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=2)
SRGB = ImageCms.createProfile("sRGB")


class Refused(Exception):
    """Not to be opened. The sentence for the code is in photos/decoding.py."""

    def __init__(self, code, **details):
        super().__init__(code)
        self.code, self.details = code, details


def open_picture(data, max_pixels, max_side):
    """(image, facts): the first picture of the file, in RGB or RGBA. Raises Refused or MemoryError."""
    bounds = max_pixels, max_side
    if _is_svg(data):
        raise Refused("svg")
    try:
        for size in announced.sizes(data):
            _bound(*size, *bounds)
        with Image.open(io.BytesIO(data), formats=OPENED) as image:
            extension = EXTENSIONS[image.format]
            _bound(*image.size, *bounds)
            image.load()
            _bound(*image.size, *bounds)
            image = plain(image)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        # Readers of formats raise whatever comes: SyntaxError, IndexError, struct.error, RuntimeError, OSError.
        raise Refused("unreadable") from error
    return image, {"extension": extension, "width": image.width, "height": image.height}


def _is_svg(data):
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<") and b"<svg" in start


def _bound(width, height, max_pixels, max_side):
    if width * height > max_pixels:
        raise Refused("pixels", width=width, height=height)
    if max(width, height) > max_side:
        raise Refused("side", width=width, height=height)


def plain(image):
    """The picture alone: upright, sRGB, RGB or RGBA with eight bits, and no word of the file's metadata."""
    profile = image.info.get("icc_profile")
    image = _eight_bits(_upright(image))
    has_alpha = image.has_transparency_data
    if image.mode not in ("L", "CMYK", "RGB", "RGBA"):
        image = image.convert("RGBA" if has_alpha else "RGB")
    image = _in_srgb(image, profile)
    if image.mode not in ("RGB", "RGBA") or (has_alpha and image.mode == "RGB"):
        image = image.convert("RGBA" if has_alpha else "RGB")
    if image.mode == "RGBA" and image.getextrema()[3][0] == 255:
        image = image.convert("RGB")
    # Pillow's writers take comments, profiles and EXIF from here.
    image.info = {}
    return image


def _upright(image):
    try:
        return ImageOps.exif_transpose(image)
    except MemoryError:
        raise
    except Exception:
        # EXIF that cannot be read does not say which side is up.
        return image.copy()


def _eight_bits(image):
    if image.mode not in SIXTEEN_BITS:
        return image
    return image.convert("I").point(lambda value: value / 257).convert("L")


def _in_srgb(image, profile):
    """Colours as the file's profile means them; a profile that cannot be read or does not fit is left aside."""
    if not profile:
        return image
    try:
        source = ImageCms.getOpenProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(source):
            return image
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
        return ImageCms.profileToProfile(image, source, SRGB, renderingIntent=intent, outputMode=mode)
    except MemoryError:
        raise
    except Exception:
        return image


def mean_color(image):
    """`#rrggbb`, of what can be seen of the picture."""
    pixel = image.convert("RGBA").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    return "#{:02x}{:02x}{:02x}".format(*pixel[:3])
