"""Photos of an edition. A Photo's file, mark and credit never change in place: a new Photo takes the key over."""

import hashlib
from collections import Counter
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File

from newsroom.language import CODES
from photos.marking import require_reason
from photos.models import Photo
from photos.pictures import add_photo

from .edition_fields import Row, entry_name
from .edition_files import read_list, refuse
from .edition_tables import CHANGED, NEW, put

FIELDS = ["key", "file", "title", "mark", "mark_reason", "credit", "alt", "caption", "place"]


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
    told = {"alt": row.texts("alt", 300, required=True)}
    told |= {"caption": row.texts("caption", 400), "place": row.texts("place", 120)}
    fixed = {
        "mark": row.choice("mark", Photo.Mark.values),
        "credit": row.line("credit", 120, required=True),
    }
    reason = row.line("mark_reason", 300)
    if not fixed["mark"]:
        row.fault("mark", "is missing")
    texts = {code: {} for code in CODES if any(code in values for values in told.values())}
    for name, values in told.items():
        for language, text in values.items():
            texts[language][name] = " ".join(text.split())
    free = {"texts": texts, "title": row.line("title", 160) or key.replace("-", " ").capitalize()}
    row.raise_any()
    path = _inside(edition.folder, file, row.where)
    old = Photo.objects.filter(key=key).first()
    is_same = old and old.sha256 == _sha256(path, row.where) and all(getattr(old, n) == fixed[n] for n in fixed)
    try:
        if is_same:
            old.mark_reason = reason
            require_reason(old)
            return Counter([put(edition, Photo, {"key": key}, free | {"mark_reason": old.mark_reason}, key)])
        with path.open("rb") as handle:
            add_photo(Photo(**fixed, **free, mark_reason=reason), File(handle), then=partial(_take_key, key))
    except ValidationError as error:
        field = "mark_reason" if hasattr(error, "error_dict") else "file"
        raise ValidationError({f"{row.where}, {field}": error.messages}) from error
    return Counter([CHANGED if old else NEW])


def _take_key(key, photo):
    Photo.objects.filter(key=key).update(key=None)
    Photo.objects.filter(pk=photo.pk).update(key=key)


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
