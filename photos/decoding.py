"""Pictures are opened in a process of their own, one at a time: whatever a file does there, the site lives on.

`check(data)` says what an upload is, `make(data, files, on_file)` makes files of it. Both raise ValidationError with a
sentence for the person who chose the file; its `code` is one of SENTENCES. photos/decoder.py is the other side.
"""

import contextlib
import logging
import re
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import decoder_process

log = logging.getLogger(__name__)
SENTENCES = {
    "unreadable": _("This file is no picture that can be read. JPEG, PNG, WebP, AVIF, GIF and HEIC are taken."),
    "svg": _("SVG is a drawing that may hold scripts, and is not taken. Export it as PNG and choose that file."),
    "pixels": _("The picture has %(width)d × %(height)d pixels; at most %(most)s million are taken. Scale it down."),
    "side": _(
        "The picture has %(width)d × %(height)d pixels; a side may have at most %(most_side)d. "
        "Crop it or scale it down and try again."
    ),
    "memory": _("The picture needs more memory than is allowed. Export it smaller, or as JPEG, and try again."),
    "time": _("The picture takes longer to open than is allowed. Export it smaller, or as JPEG, and try again."),
    "crash": _("This file breaks the program that opens pictures. Export it anew, as JPEG or PNG, and try again."),
    "busy": _("The server could not look at the picture just now. Nothing was saved; try again in a minute."),
}
EXTENSIONS = {"jpg", "png", "webp", "avif", "gif", "heic"}
COLOR = re.compile(r"#[0-9a-f]{6}\Z")
MARK = re.compile(r"[a-z_]{0,20}\Z")
# A longer side is more than WebP knows, and a rendition may be as high as the picture.
MOST_SIDE = 16_383
# Processor time of a job, and the longest wait for its next answer. 25 million pixels take up to 2 s on a free machine.
CHECK_SECONDS, CHECK_WAIT = 15, 40
MAKE_SECONDS, MAKE_WAIT = 300, 90


class Facts(NamedTuple):
    """What a picture is: its format by content, its size as it is seen, its mean colour, the mark that it names."""

    extension: str
    width: int
    height: int
    color: str
    declared: str


def check(data):
    """Opens the whole picture, so that a broken one is refused now and not when its renditions are made."""
    facts = [words for words, _data in _answers({"files": None, "seconds": CHECK_SECONDS}, data, CHECK_WAIT)]
    if len(facts) != 1:
        raise refusal("crash")
    return _facts(**facts[0])


def _facts(extension, width, height, color, declared):
    """Not believed blindly: the process that says so had a stranger's file in hand, and this makes names of files."""
    if extension not in EXTENSIONS or not COLOR.match(color) or not MARK.match(declared):
        raise refusal("crash")
    return Facts(extension, int(width), int(height), color, declared)


def make(data, files, on_file):
    """Calls `on_file(name, data)` for each of the files as soon as it is made.

    Each is a dict for photos.cutting.made: name, box, size, options, xmp (bytes). What `on_file` raises ends the making
    and comes out of here.
    """
    written = [file | {"xmp": file["xmp"].decode("latin-1")} for file in files]
    job = {"files": written, "seconds": MAKE_SECONDS}
    waiting = [file["name"] for file in files]
    with contextlib.closing(_answers(job, data, MAKE_WAIT)) as answers:
        for words, made in answers:
            if not waiting or words.get("name") != waiting.pop(0):
                raise refusal("crash")
            on_file(words["name"], made)
    if waiting:
        raise refusal("crash")


def _answers(job, data, wait):
    bounds = {"max_pixels": settings.PHOTO_MAX_PIXELS, "max_side": MOST_SIDE}
    refused = None
    try:
        with contextlib.closing(decoder_process.answers(job | bounds, data, wait)) as answers:
            for words, made in answers:
                if "refused" in words:
                    refused = words
                else:
                    yield words, made
    except decoder_process.NotDone as error:
        log.warning("a picture of %d bytes could not be opened: %s", len(data), error)
        raise refusal(str(error)) from error
    if refused:
        raise refusal(refused.pop("refused"), **refused)


def refusal(code, **details):
    details |= {"most": f"{settings.PHOTO_MAX_PIXELS / 10**6:g}", "most_side": MOST_SIDE}
    return ValidationError(str(SENTENCES[code]) % details, code=code)
