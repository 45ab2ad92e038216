"""Picture files that tests need: honest small ones of every format, bombs, files that are two things at once, and files
broken at random.
"""

import functools
import io
import struct
import zlib
from pathlib import Path

from PIL import Image, PngImagePlugin

# pi-heif cannot write: red at the left, blue at the right, 64 × 48, made by pillow-heif.
HEIC = Path(__file__).parent / "pictures" / "small.heic"
SCRIPT = b"<script>alert(document.domain)</script>"
PHP = b"<?php system($_GET['c']); ?>"


def encoded(kind="JPEG", size=(64, 48), mode="RGB", color="red", **options):
    return saved(Image.new(mode, size, color), kind, **options)


def saved(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def two_colors(size=(64, 48)):
    """Red at the left, blue at the right."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    return image


@functools.cache
def samples():
    """{format: an honest small file}"""
    image = two_colors()
    kinds = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "gif": "GIF"}
    files = {extension: saved(image, kind) for extension, kind in kinds.items()}
    files["progressive.jpg"] = saved(image, "JPEG", progressive=True, quality=95)
    files["palette.png"] = saved(image.quantize(8), "PNG")
    files["alpha.webp"] = saved(image.convert("RGBA"), "WEBP", lossless=True)
    files["frames.gif"] = saved(image, "GIF", save_all=True, append_images=[image.rotate(90)] * 3)
    return {**files, "heic": HEIC.read_bytes()}


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, pixels=b"\0", depth=8, color=2, extra=b""):
    """A PNG that announces this size."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", zlib.compress(pixels, 9)) + chunk(b"IEND", b"")


def black_png(side):
    """One bit a pixel, really all there: 3 KB hold 25 million of them."""
    return png(side, side, bytes((side // 8 + 1) * side), depth=1, color=0)


def jpeg_claiming(width, height):
    data = bytearray(encoded("JPEG"))
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def gif_claiming(width, height):
    """The first frame is larger than the screen that it stands on."""
    data = bytearray(encoded("GIF", size=(1, 1)))
    at = data.rindex(b"\x2c\0\0\0\0")
    data[at + 5 : at + 9] = struct.pack("<HH", width, height)
    return bytes(data)


def webp_claiming(side):
    data = bytearray(encoded("WEBP", mode="RGBA", color=(200, 0, 0, 90)))
    data[24:30] = (side - 1).to_bytes(3, "little") * 2
    return bytes(data)


def lossless_webp_claiming(side):
    data = bytearray(encoded("WEBP", lossless=True))
    rest = int.from_bytes(data[21:25], "little") >> 28 << 28
    data[21:25] = (rest | (side - 1) << 14 | (side - 1)).to_bytes(4, "little")
    return bytes(data)


def heif_claiming(data, side):
    """For AVIF and HEIC: every box that names a size names this one."""
    data, at = bytearray(data), data.index(b"ispe")
    while at >= 0:
        data[at + 8 : at + 16] = struct.pack(">II", side, side)
        at = data.find(b"ispe", at + 4)
    return bytes(data)


def gif_of_frames(number):
    """A GIF in which a frame of one pixel stands over and over."""
    data = encoded("GIF", size=(1, 1))
    at = data.rindex(b"\x2c\0\0\0\0")
    return data[:at] + data[at:-1] * number + b";"


def jpeg_of_scans(size, number):
    """A progressive JPEG whose last scan stands over and over: each goes over the whole picture."""
    data = saved(Image.new("L", size), "JPEG", progressive=True)
    at = data.rindex(b"\xff\xda")
    return data[:at] + data[at:-2] * number + data[-2:]


@functools.cache
def bombs():
    """{name: (file, the code that it is refused by or "" where it is taken)}"""
    nothing = zlib.compress(bytes(100 * 2**20), 9)
    return {
        "png, 10 KB for 81 million pixels": (black_png(9000), "pixels"),
        "png, nothing for 900 million": (png(30_000, 30_000), "pixels"),
        "png, the largest size there is": (png(2**31 - 1, 2**31 - 1), "pixels"),
        "png, one row": (png(20_000, 1), "side"),
        "png, 3 KB for 25 million pixels": (black_png(5000), ""),
        "png, 100 MB of text": (png(8, 8, bytes(200), extra=chunk(b"zTXt", b"a\0\0" + nothing)), "unreadable"),
        "png, 100 MB of text, international": (
            png(8, 8, bytes(200), extra=chunk(b"iTXt", b"a\0\1\0\0\0" + nothing)),
            "unreadable",
        ),
        "png, 100 MB of profile": (png(8, 8, bytes(200), extra=chunk(b"iCCP", b"a\0\0" + nothing)), "unreadable"),
        "png, 100 MB of pixels too many": (png(8, 8, bytes(100 * 2**20)), ""),
        "jpeg of 4 billion pixels": (jpeg_claiming(65_500, 65_500), "pixels"),
        "jpeg of 25 million pixels without any": (jpeg_claiming(5000, 5000), ""),
        "gif whose frame is larger": (gif_claiming(60_000, 60_000), "pixels"),
        "gif of 100,000 frames": (gif_of_frames(100_000), ""),
        "webp of 268 million pixels": (webp_claiming(16_384), "pixels"),
        "webp of 281 billion": (webp_claiming(2**24), "pixels"),
        "lossless webp of 268 million": (lossless_webp_claiming(16_384), "pixels"),
        "avif of 900 million": (heif_claiming(encoded("AVIF"), 30_000), "pixels"),
        "avif of 18 trillion": (heif_claiming(encoded("AVIF"), 2**32 - 1), "pixels"),
        # What is shown of it are 64 × 48, what must be decoded is all.
        "heic of 900 million": (heif_claiming(HEIC.read_bytes(), 30_000), "pixels"),
        "heic of 25 million without any": (heif_claiming(HEIC.read_bytes(), 5000), "unreadable"),
        "tiff in disguise": (encoded("TIFF"), "unreadable"),
        "icon": (encoded("ICO"), "unreadable"),
        "icon that holds a png bomb": (icon_of(png(30_000, 30_000)), "unreadable"),
    }


def icon_of(data):
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, 0, 0, 0, 0, 1, 32, len(data), 22) + data


@functools.cache
def polyglots():
    """{name: a picture that is something else besides}"""
    jpeg, image = encoded("JPEG"), two_colors()
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SCRIPT.decode())
    text.add_itxt("Description", PHP.decode())
    return {
        "gif and script": saved(Image.new("L", (0x2A2F, 8)), "GIF", comment=b"*/=1;alert(document.domain)//"),
        "jpeg and archive": jpeg + b"PK\x03\x04" + bytes(30) + SCRIPT,
        "jpeg and page in a comment": saved(image, "JPEG", comment=SCRIPT + PHP),
        "jpeg and document behind": jpeg + b"%PDF-1.7\n1 0 obj" + SCRIPT,
        "png and page in texts": saved(image, "PNG", pnginfo=text),
        "png and program behind": saved(image, "PNG") + PHP + SCRIPT,
        "webp and page in a chunk": webp_with_chunk(saved(image, "WEBP"), b"XTRA", SCRIPT + PHP),
        "jpeg and page in EXIF": saved(image, "JPEG", exif=exif_of(SCRIPT.decode())),
        "avif and page in XMP": saved(image, "AVIF", xmp=SCRIPT + PHP),
        "jpeg and page in a profile": saved(image, "JPEG", icc_profile=SCRIPT + PHP),
    }


def webp_with_chunk(data, name, body):
    data += name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return data[:4] + struct.pack("<I", len(data) - 8) + data[8:]


def exif_of(secret):
    """Camera, time and the place where it was taken."""
    exif = Image.Exif()
    exif[0x010E], exif[0x010F] = secret, secret
    exif.get_ifd(0x8825).update({1: "N", 2: (45.0, 48.0, 47.0), 3: "E", 4: (15.0, 58.0, 39.0), 29: secret})
    return exif


def mutated(data, chance):
    """The file, changed in one of the ways in which files break or are broken."""
    data = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) or 1)
        way = chance.randrange(7)
        if way == 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif way == 1:
            data[at : at + 4] = chance.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\1\0\0"))
        elif way == 2:
            del data[at : at + chance.choice((1, 2, 8, 100))]
        elif way == 3:
            data[at:at] = chance.randbytes(chance.choice((1, 2, 8, 100)))
        elif way == 4:
            data[at:at] = data[at : at + chance.choice((4, 16, 200))]
        elif way == 5:
            del data[at:]
        else:
            # At the front is what says how large it is and how it is packed.
            data[(start := chance.randrange(64)) : start + 1] = bytes([chance.randrange(256)])
    return bytes(data)
