"""What a file says of its origin is found in every container, in whole and in pieces, and in bounded time."""

import io
import struct
import time
import zlib

import pytest
from PIL import Image, PngImagePlugin

from photos import declared, source_types
from photos.declared import declared_mark

AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
XMP = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"><Iptc4xmpExt:DigitalSourceType>{AI}
</Iptc4xmpExt:DigitalSourceType></rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def encoded(format, **options):
    buffer = io.BytesIO()
    Image.effect_noise((64, 48), 40).convert("RGB").save(buffer, format, **options)
    return buffer.getvalue()


def png(*, zip, kind="iTXt"):
    info = PngImagePlugin.PngInfo()
    if kind == "iTXt":
        info.add_itxt("XML:com.adobe.xmp", XMP.decode(), lang="en", tkey="x", zip=zip)
    else:
        info.add_text("XML:com.adobe.xmp", XMP.decode(), zip=zip)
    return encoded("PNG", pnginfo=info)


def gif():
    """XMP stands in a GIF as one application extension, with 258 letters behind it that lead readers out again."""
    data = encoded("GIF")
    trailer = bytes([1, *range(255, -1, -1), 0])
    return data[:-1] + b"\x21\xff\x0bXMP DataXMP" + XMP + trailer + b";"


def heic():
    """Nothing here writes HEIC. Its container is AVIF's, under another brand."""
    return encoded("AVIF", xmp=XMP).replace(b"avif", b"heic")


def segments(*contents, marker=0xE1):
    """A JPEG with these segments at its head."""
    data = encoded("JPEG")
    added = b"".join(struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content for content in contents)
    return data[:2] + added + data[2:]


def extended_xmp():
    """Two segments that cut the word in two, the second one first."""
    at = XMP.index(b"trained") + 3
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + struct.pack(">I", len(XMP))
    pieces = [head + struct.pack(">I", 0) + XMP[:at], head + struct.pack(">I", at) + XMP[at:]]
    return segments(*reversed(pieces))


def manifest_in_two_segments():
    """As C2PA cuts a long manifest: each segment repeats the head of the box."""
    content = b"cbor digitalSourceTypexF" + AI.encode()
    at = content.index(b"trained") + 3
    head = b"JP\0\1"
    box = struct.pack(">I4s", len(content) + 8, b"jumb")
    return segments(
        head + struct.pack(">I", 1) + box + content[:at],
        head + struct.pack(">I", 2) + box + content[at:],
        marker=0xEB,
    )


FILES = {
    "JPEG": lambda: encoded("JPEG", xmp=XMP),
    "JPEG, extended XMP": extended_xmp,
    "JPEG, a manifest in pieces": manifest_in_two_segments,
    "JPEG, in the segment of IPTC": lambda: segments(b"Photoshop 3.0\0" + AI.encode(), marker=0xED),
    "PNG": lambda: png(zip=False),
    "PNG, compressed": lambda: png(zip=True),
    "PNG, compressed in the older way": lambda: png(zip=True, kind="zTXt"),
    "WebP": lambda: encoded("WEBP", xmp=XMP),
    "AVIF": lambda: encoded("AVIF", xmp=XMP),
    "GIF": gif,
    "HEIC": heic,
}


@pytest.mark.parametrize("name", FILES)
def test_the_word_is_found_in_every_container(name):
    assert declared_mark(FILES[name]()) == "ai_generated"


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_a_file_that_says_nothing_declares_nothing(format):
    assert declared_mark(encoded(format)) == ""


@pytest.mark.parametrize(
    "text",
    [
        'Iptc4xmpExt:DigitalSourceType="{}"',
        "<Iptc4xmpExt:DigitalSourceType rdf:resource='{}'/>",
        '"digitalSourceType": "{}"',
        "digitalSourceTypexF{}",
        "<ext:DigitalSourceType>\n  {}\n</ext:DigitalSourceType>",
    ],
)
def test_each_way_of_writing_the_property_is_understood(text):
    assert declared_mark(text.format(AI).encode()) == "ai_generated"
    assert declared_mark(text.format(AI.replace("http:", "https:")).encode()) == "ai_generated"


def test_the_bare_word_is_understood_in_the_property_alone():
    assert declared_mark(b'Iptc4xmpExt:DigitalSourceType="trainedAlgorithmicMedia"') == "ai_generated"
    assert declared_mark(b"<dc:description>A talk on trainedAlgorithmicMedia</dc:description>") == ""


@pytest.mark.parametrize(
    ("mark", "word"), [(mark, word) for mark, words in source_types.MEANINGS.items() for word in words]
)
def test_all_words_that_have_a_mark(mark, word):
    assert declared_mark(f"http://cv.iptc.org/newscodes/digitalsourcetype/{word}<".encode()) == mark


@pytest.mark.parametrize("word", ["composite", "empty", "trainedAlgorithmicMediaNot", "trained"])
def test_words_that_say_too_little_are_no_mark(word):
    assert declared_mark(f"http://cv.iptc.org/newscodes/digitalsourcetype/{word}<".encode()) == ""


def test_of_several_words_the_one_counts_that_admits_most():
    place = "http://cv.iptc.org/newscodes/digitalsourcetype/"
    said = "\n".join(place + word for word in ("digitalCapture", "compositeWithTrainedAlgorithmicMedia", "print"))
    assert declared_mark(said.encode()) == "ai_edited"
    assert declared_mark(f"{said}\n{AI}".encode()) == "ai_generated"


def test_a_prompt_or_a_system_in_the_metadata_says_that_ai_was_used():
    assert declared_mark(b"<Iptc4xmpExt:AISystemUsed>Some model</Iptc4xmpExt:AISystemUsed>") == "ai_edited"
    assert declared_mark(b"<Iptc4xmpExt:AIPromptInformation>" + AI.encode()) == "ai_generated"
    assert declared_mark(b"Iptc4xmpExt:AISystemUsed digitalsourcetype/digitalCapture") == "ai_edited"


@pytest.mark.parametrize("zip", [True, False])
def test_a_profile_in_digits_is_read_as_image_magick_writes_it(zip):
    digits = XMP.hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    for text, mark in ((lines, "ai_generated"), ("no digits", "")):
        info = PngImagePlugin.PngInfo()
        info.add_text("Raw profile type xmp", f"\nxmp\n{len(XMP):8}\n{text}\n", zip=zip)
        assert declared_mark(encoded("PNG", pnginfo=info)) == mark


def test_a_compressed_text_is_unpacked_as_far_as_a_text_goes(monkeypatch):
    bomb = zlib.compress(b" " * 50_000_000 + AI.encode())
    chunk = b"XML:com.adobe.xmp\0\1\0\0\0" + bomb
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", len(chunk), b"iTXt") + chunk + b"\0\0\0\0"
    assert declared_mark(data) == ""
    monkeypatch.setattr(declared, "MOST_TEXT", 60_000_000)
    assert declared_mark(data) == "ai_generated"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff\xe1",
        b"\xff\xd8\xff\xe1\x00\x00" * 3,
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffzTXt",
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 4, b"zTXt") + b"abcd",
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 19, b"iTXt") + b"a\0\1\0en\0key\0no zip at",
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 12, b"zTXt") + b"a\0\0no zip at",
    ],
)
def test_a_file_cut_short_or_odd_declares_nothing(data):
    assert declared_mark(data) == ""


@pytest.mark.parametrize(
    "data",
    [
        b"digitalsourcetype" * 1_200_000,
        b"digitalsourcetype" + b"/" * 20_000_000,
        b"\xff\xd8" + b"\xff\xe1\x00\x02" * 5_000_000,
        b"\x89PNG\r\n\x1a\n" + (struct.pack(">I4s", 0, b"zTXt") + b"\0\0\0\0") * 1_600_000,
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", 2**24, b"tEXt") + b"Raw profile type xmp\0" + b"\n" * 2**24,
    ],
)
def test_the_largest_file_of_the_worst_kind_is_read_in_seconds(data):
    began = time.process_time()
    assert declared_mark(data[: 20 * 2**20]) == ""
    assert time.process_time() - began < 2
