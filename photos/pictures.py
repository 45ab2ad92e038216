"""From an uploaded file to a photo with its first renditions: checked by its content, and whole or not there at all."""

import errno
import hashlib
import logging
import re
from contextlib import suppress
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import OperationalError, transaction
from django.utils.translation import gettext as _

from . import credentials, decoding
from .marking import require_reason
from .models import originals
from .planning import first_set, names_in

log = logging.getLogger(__name__)
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# SQLite and PostgreSQL.
FULL_SAID = re.compile("disk is full|No space left")


class Picture(NamedTuple):
    """An upload that was read; the facts are those of decoding.Facts."""

    data: bytes
    sha256: str
    extension: str
    width: int
    height: int
    color: str
    declared: str


class PictureNotStored(ValidationError):
    """There is no place for it now. Nothing of it was kept."""


def read_picture(file):
    """Reads and checks an upload. Raises ValidationError with a sentence for the person who chose the file."""
    if file.size > settings.PHOTO_MAX_BYTES:
        raise ValidationError(
            _("The file has %(size)d MB; at most %(most)d MB are taken. Export it smaller and try again.")
            % {"size": file.size // 2**20, "most": settings.PHOTO_MAX_BYTES // 2**20}
        )
    file.seek(0)
    data = file.read()
    return Picture(data, hashlib.sha256(data).hexdigest(), *decoding.check(data))


def add_photo(photo, file, then=None):
    """Fills and saves a new Photo from an uploaded file, as `store` does."""
    return store(photo, read_picture(file), then)


def store(photo, picture, then=None):
    """Saves a new Photo with the picture that was read: original, first renditions, row, or none of them.

    `then(photo)` runs in the transaction that saves the row, and undoes everything by what it raises. Raises
    ValidationError for a picture that nobody described or that cannot be opened now, PictureNotStored for want of room.
    """
    if not any((texts or {}).get("alt") for texts in photo.texts.values()):
        raise ValidationError(_("Describe what the picture shows, for readers who do not see it."))
    for name in decoding.Facts._fields:
        setattr(photo, name, getattr(picture, name))
    photo.sha256 = picture.sha256
    require_reason(photo)
    try:
        _write(photo, picture.data)
        _save_row(photo, then)
    except BaseException:
        discard(photo)
        raise
    return photo


def _write(photo, data):
    name = photo.file.field.generate_filename(photo, "original")
    # Noted before it is written, so that one that is half written can be deleted.
    photo.file = name
    _keep(originals(), name, data)
    photo.renditions, files = first_set(photo)
    decoding.make(data, files, lambda name, made: _keep(default_storage, name, _signed(photo, name, made)))


def _signed(photo, name, made):
    try:
        return credentials.sign(made, name.rpartition(".")[2], photo)
    # A certificate that is over, a key that cannot be read: each fails in its own way.
    except Exception as error:
        log.exception("%s could not be signed", name)
        raise _not_stored(is_full=False) from error


def _keep(storage, name, data):
    try:
        storage.save(name, ContentFile(data))
    # Each store has errors of its own.
    except Exception as error:
        log.exception("%s could not be written", name)
        raise _not_stored(is_full=getattr(error, "errno", None) in FULL) from error


def _save_row(photo, then):
    try:
        with transaction.atomic():
            photo.save()
            photo.ask_for_renditions()
            if then:
                then(photo)
    except BaseException as error:
        # A row that was taken back leaves its number on the object.
        photo.pk, photo._state.adding = None, True
        if isinstance(error, OperationalError):
            log.exception("a photo's row could not be written")
            raise _not_stored(is_full=bool(FULL_SAID.search(str(error)))) from error
        raise


def _not_stored(is_full):
    if is_full:
        sentence = _(
            "There is no space left for pictures. Nothing was saved. Tell those who run the site, then try again."
        )
    else:
        sentence = _("The picture could not be kept just now. Nothing was saved; try again in a minute.")
    return PictureNotStored(sentence)


def discard(photo):
    """Deletes the files of a photo that has no row: the original, the renditions it names, their empty folders."""
    doomed = [(originals(), photo.file.name)] if photo.file else []
    if photo.renditions:
        names = names_in(photo.token, photo.renditions)
        folder = names[0].rpartition("/")[0]
        doomed += [(default_storage, name) for name in [*names, folder, folder.rpartition("/")[0]]]
    # A folder in which something stands is not deleted. A store that is away is asked once, since asking takes long.
    with suppress(Exception):
        for storage, name in doomed:
            storage.delete(name)
