"""What a picture file itself says of its origin. Runs in the child process that checks uploads: no Django.

No XML parser and no picture library reads the file here: the words of the vocabulary are sought in its bytes. That
finds them in XMP and in C2PA manifests alike, in every container, takes time that grows with the file alone, and cannot
be bombed. Only what a container cuts in pieces or compresses is put together before (JPEG, PNG).
"""

import re
import struct
import zlib

from .source_types import MEANINGS

# As an address of the vocabulary, or as the bare value that some programs write.
SAID = re.compile(rb"digitalsourcetype[^0-9a-z]{1,8}([a-z]{4,40})")
# IPTC's fields for what a machine was told, and with what (since 2025): somebody used AI for it.
USED_AI = re.compile(rb"iptc4xmpext:ai(?:systemused|systemversionused|promptinformation|promptwritername)\b")
# No file of a camera or a program has as many parts (20 MB in segments of 64 KB are 320) or as much to say.
MOST_PARTS, MOST_TEXTS, MOST_TEXT = 10_000, 64, 2**20
JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
EXTENDED_XMP, EXTENDED_HEAD = b"http://ns.adobe.com/xmp/extension/\0", 75
JUMBF, JUMBF_HEAD = b"JP", 16
# How ImageMagick and its kin write XMP into a PNG: in hexadecimal digits, after lines with its kind and its length.
RAW_PROFILE = b"Raw profile type "


def declared_mark(data):
    """The mark that the file's metadata name, the one that admits most where there are several, or ""."""
    words, used_ai = set(), False
    for part in (data, *_rejoined(data)):
        folded = part.lower()
        words.update(found.group(1).decode() for found in SAID.finditer(folded))
        used_ai = used_ai or bool(USED_AI.search(folded))
    known = (mark for mark, meanings in MEANINGS.items() if words & {word.lower() for word in meanings})
    mark = next(known, "")
    return "ai_edited" if used_ai and not mark.startswith("ai_") else mark


def _rejoined(data):
    """What cannot be read in the file's bytes as they stand."""
    if data.startswith(JPEG):
        return _jpeg_segments(data)
    if data.startswith(PNG):
        return _png_texts(data)
    return ()


def _jpeg_segments(data):
    """Extended XMP and JUMBF, each put together from the segments of 64 KB that it was cut into."""
    parts = {EXTENDED_XMP: [], JUMBF: []}
    at = 2
    for _part in range(MOST_PARTS):
        if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] == 0xDA:
            break
        length = struct.unpack_from(">H", data, at + 2)[0]
        segment = data[at + 4 : at + 2 + length]
        if segment.startswith(EXTENDED_XMP):
            # Which packet it is of, and its place in that: a hash of 32 letters, the whole length, the offset.
            parts[EXTENDED_XMP].append((segment[35:67], segment[71:75], segment[EXTENDED_HEAD:]))
        elif data[at + 1] == 0xEB and segment.startswith(JUMBF):
            parts[JUMBF].append((segment[2:4], segment[4:8], segment[JUMBF_HEAD:]))
        at += 2 + length
    return [b"".join(piece for *_place, piece in sorted(pieces)) for pieces in parts.values() if pieces]


def _png_texts(data):
    """The texts that are compressed or in digits, each of at most 1 MB: a longer one describes no picture."""
    texts, at = [], len(PNG)
    for _part in range(MOST_PARTS):
        if at + 8 > len(data) or len(texts) == MOST_TEXTS:
            break
        length, kind = struct.unpack_from(">I4s", data, at)
        # What stands there in plain letters is found without this.
        if kind in (b"zTXt", b"iTXt") or (kind == b"tEXt" and data.startswith(RAW_PROFILE, at + 8)):
            texts.append(_text(kind, data[at + 8 : at + 8 + length]))
        at += 12 + length
    return texts


def _text(kind, chunk):
    text = chunk.partition(b"\0")[2][:MOST_TEXT] if kind == b"tEXt" else _inflated(kind, chunk)
    if not chunk.startswith(RAW_PROFILE):
        return text
    try:
        return bytes.fromhex(text.strip().split(b"\n", 2)[-1].decode("ascii"))
    except ValueError:
        return b""


def _inflated(kind, chunk):
    _keyword, _zero, rest = chunk.partition(b"\0")
    if kind == b"iTXt":
        if rest[:1] != b"\1":
            return b""
        # Compression flag and method, then language and translated keyword, each ended by a zero.
        rest = rest[1:2] + b"".join(rest[2:].split(b"\0", 2)[2:])
    try:
        return zlib.decompressobj().decompress(rest[1:], MOST_TEXT)
    except zlib.error:
        return b""
