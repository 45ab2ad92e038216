"""Makes what photos ask for: the whole set of renditions, file by file, in the background."""

import logging
import time

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error

from . import claims, credentials, decoding
from .models import Photo, originals
from .planning import whole_set

log = logging.getLogger(__name__)
# Seconds between two notes of how far a set is.
NOTED = 0.5


class Fault(Exception):
    """What a set failed by, as Making keeps it (photos/progress.py has the sentences)."""


class Stopped(Exception):
    """Whoever makes it was told to end."""


def make_due(seconds, is_ended=lambda: False):
    """Makes what waits until so many seconds are over. Returns how many photos it made."""
    until, made = time.monotonic() + seconds, 0
    while not is_ended() and (claim := claims.take()):
        try:
            fault = make(claim, is_ended=is_ended)
        except Stopped:
            break
        made += fault == ""
        # A store that is away or full meets every photo.
        if fault == "storage" or time.monotonic() >= until:
            break
    return made


def make_now(photo, on_file=None):
    """Makes the set of one photo while the caller waits, if it is not the right one. Raises Fault."""
    photo.ask_for_renditions()
    claim = claims.take(photo.pk)
    if claim and (fault := make(claim, on_file)):
        raise Fault(fault)
    photo.refresh_from_db(fields=["renditions"])


def make(claim, on_file=None, is_ended=lambda: False):
    """Makes a set, and puts it in the place of the old one once it is whole. Returns the fault, "" for none, None
    where the set is not wanted any more.

    `on_file(done, total)` is told of each file that is ready.
    """
    try:
        renditions, files = whole_set(claim.photo)
        claim.begin(renditions, len(files))
        keep = _keeper(claim, len(files), on_file, is_ended)
        data = _original(claim.photo)
        decoding.make(data, files, keep)
        if not claim.photo.renditions:
            _note_color(claim.photo, data)
        claim.finish(renditions)
    except claims.Superseded:
        return None
    except (Stopped, KeyboardInterrupt, SystemExit):
        claim.release()
        raise
    except Error:
        raise
    except Exception as error:
        return _failed(claim, error)
    return ""


def _note_color(photo, data):
    """Of a photo that is older than its column (migration 0003): all others have something to show from the start."""
    Photo.objects.filter(pk=photo.pk).update(color=decoding.check(data).color)


def _failed(claim, error):
    fault = _code_of(error)
    claim.fail(fault)
    log.warning("photo:%d, try %d of %d failed (%s)", claim.photo.pk, claim.attempts, claims.MOST_TRIES, fault)
    if fault == "program":
        log.exception("photo:%d could not be made", claim.photo.pk, exc_info=error)
    return fault


def _code_of(error):
    if isinstance(error, Fault):
        return str(error)
    if isinstance(error, ValidationError):
        return error.code if error.code in ("time", "memory", "busy", "pixels") else "picture"
    return "program"


def _keeper(claim, total, on_file, is_ended):
    """What is done with each file as it comes."""
    done, noted = 0, time.monotonic()

    def keep(name, data):
        nonlocal done, noted
        if is_ended():
            raise Stopped
        _save(name, credentials.sign(data, name.rpartition(".")[2], claim.photo))
        done += 1
        if time.monotonic() - noted >= NOTED:
            claim.hold(done, total)
            noted = time.monotonic()
        if on_file:
            on_file(done, total)

    return keep


def _original(photo):
    try:
        with originals().open(photo.file.name) as file:
            return file.read()
    except FileNotFoundError as error:
        raise Fault("original") from error
    # Each store has errors of its own.
    except Exception as error:
        raise Fault("storage") from error


def _save(name, data):
    try:
        default_storage.save(name, ContentFile(data))
    except Exception as error:
        raise Fault("storage") from error
