"""The sizes that a WebP, AVIF or HEIC announces, read from its first bytes.

Their libraries make room for the whole picture as they open the file, or tell the size of the part that is shown, which
may be small where what must be decoded is not. Of the other formats Pillow reads the size first.
"""

import re
import struct

SIZE_BOX = re.compile(rb"ispe.{4}(.{8})", re.DOTALL)


def sizes(data):
    """[(width, height), …]: of the canvas, or of each picture that the file describes."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return [_webp(data)]
    if data[4:8] == b"ftyp":
        return [struct.unpack(">II", size) for size in SIZE_BOX.findall(_description(data))]
    return []


def _webp(data):
    kind = data[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(data[start : start + 3], "little") + 1 for start in (24, 27))
    elif kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    else:
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", data[26:30]))
    return width, height


def _description(data):
    """The content of the file's "meta" box, in which there is no compressed data."""
    at = 0
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"meta":
            return data[at : at + length]
        at += max(length, 8)
    return b""
