"""Photos of an edition. A Photo's file, mark and credit never change in place: a new Photo takes the key over."""

import hashlib
from collections import Counter

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction

from newsroom.language import CODES
from photos.models import Photo
from photos.pictures import add_photo

from .edition_fields import Row, entry_name
from .edition_files import read_list, refuse
from .edition_tables import CHANGED, NEW, put

FIELDS = ["key", "file", "title", "mark", "credit", "alt", "caption"]


def photos(edition):
    path = edition.folder / "photos.yaml"
    if not path.exists():
        return
    seen = set()
    for number, data in enumerate(read_list(path), 1):
        row = Row(data, FIELDS, entry_name(data, number))
        key = row.key("key", required=True)
        if key in seen:
            row.fault("key", "stands here twice")
        seen.add(key)
        yield "photos.yaml", lambda row=row, key=key: _photo(edition, row, key)


def _photo(edition, row, key):
    """The picture is read and scaled outside a transaction: that takes long, and its database row comes last."""
    file = row.line("file", 300, required=True)
    alts, captions = row.texts("alt", 300, required=True), row.texts("caption", 400)
    fixed = {
        "mark": row.choice("mark", Photo.Mark.values),
        "credit": row.line("credit", 120, required=True),
    }
    if not fixed["mark"]:
        row.fault("mark", "is missing")
    texts = {code: {} for code in CODES if code in alts or code in captions}
    for name, values in (("alt", alts), ("caption", captions)):
        for language, text in values.items():
            texts[language][name] = " ".join(text.split())
    free = {"texts": texts, "title": row.line("title", 160) or key.replace("-", " ").capitalize()}
    row.raise_any()
    path = _inside(edition.folder, file, row.where)
    old = Photo.objects.filter(key=key).first()
    if old and old.sha256 == _sha256(path, row.where) and all(getattr(old, n) == value for n, value in fixed.items()):
        return Counter([put(edition, Photo, {"key": key}, free, key)])
    try:
        with path.open("rb") as handle:
            photo = add_photo(Photo(**fixed, **free), File(handle))
    except ValidationError as error:
        raise ValidationError({f"{row.where}, file": error.messages}) from error
    with transaction.atomic():
        Photo.objects.filter(key=key).update(key=None)
        Photo.objects.filter(pk=photo.pk).update(key=key)
    return Counter([CHANGED if old else NEW])


def _inside(folder, file, where):
    """The picture's path; one that leads out of the edition's folder, by dots or by a link, is refused."""
    path = (folder / file).resolve()
    if not path.is_relative_to(folder):
        refuse(f"{where}, file", f"“{file}” lies outside the edition's folder")
    if not path.is_file():
        refuse(f"{where}, file", f"“{file}” is not there")
    return path


def _sha256(path, where):
    if path.stat().st_size > settings.PHOTO_MAX_BYTES:
        refuse(f"{where}, file", f"it is larger than {settings.PHOTO_MAX_BYTES // 2**20} MB")
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
