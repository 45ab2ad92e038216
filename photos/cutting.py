"""Cuts parts out of an opened picture, scales and encodes them. Runs in the decoding child: nothing of Django here."""

import io
from itertools import groupby

from PIL import Image

WHITE = (255, 255, 255)


def made(image, files):
    """Yields (name, bytes) of each file. `image` is upright, in sRGB, of mode RGB or RGBA.

    Each file is a dict: name, box (left, top, right, bottom of its part), size, options (Pillow's, the format among
    them), xmp. Those of one part and size are scaled once where they stand side by side.
    """
    for (box, size), same in groupby(files, key=lambda file: (file["box"], file["size"])):
        part = scaled(image, box, size)
        for file in same:
            yield file["name"], encoded(part, file["options"], file["xmp"])


def scaled(image, box, size):
    """Straight from the picture, so that no rendition inherits the loss of another."""
    part = image.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    # Pillow hands on what it read (a comment, a profile) to whatever it saves.
    part.info = {}
    return part


def encoded(part, options, xmp):
    if options["format"] == "JPEG":
        part = _flat(part)
    buffer = io.BytesIO()
    part.save(buffer, **options, xmp=xmp)
    return buffer.getvalue()


def _flat(part):
    """What is transparent becomes white: JPEG knows nothing of it."""
    if part.mode != "RGBA":
        return part
    flat = Image.new("RGB", part.size, WHITE)
    flat.paste(part, mask=part.getchannel("A"))
    return flat
