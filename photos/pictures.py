"""From an uploaded file to the renditions that pages show: checked by its content, bounded before it is decoded."""

import hashlib
import io
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from . import recipe

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
BROKEN = (UnidentifiedImageError, Image.DecompressionBombError, SyntaxError, ValueError, OSError)


class Picture(NamedTuple):
    data: bytes
    extension: str
    sha256: str
    width: int
    height: int


def read_picture(file):
    """Reads and checks an upload. Raises ValidationError with a sentence for the person who chose the file."""
    if file.size > settings.PHOTO_MAX_BYTES:
        raise ValidationError(
            _("The file has %(size)d MB; at most %(most)d MB are taken. Export it smaller and try again.")
            % {"size": file.size // 2**20, "most": settings.PHOTO_MAX_BYTES // 2**20}
        )
    file.seek(0)
    data = file.read()
    try:
        with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
            kind, (width, height) = image.format, image.size
            if width * height > settings.PHOTO_MAX_PIXELS:
                raise ValidationError(
                    _("The picture has %(width)d × %(height)d pixels, more than is taken. Scale it down and try again.")
                    % {"width": width, "height": height}
                )
            image.load()
            width, height = ImageOps.exif_transpose(image).size
    except BROKEN as error:
        raise ValidationError(
            _("This file is no picture that can be read. JPEG, PNG, WebP and AVIF are taken.")
        ) from error
    return Picture(data, FORMATS[kind], hashlib.sha256(data).hexdigest(), width, height)


def store_first(photo, data):
    """Writes the renditions that are there at once beside the original, and notes them on the (unsaved) photo."""
    with Image.open(io.BytesIO(data), formats=list(FORMATS)) as opened:
        image = ImageOps.exif_transpose(opened)
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    photo.renditions = {"key": "first", "formats": list(recipe.FIRST["formats"])}
    for shape, widths in recipe.FIRST["shapes"].items():
        photo.renditions[shape] = recipe.widths_of(widths, photo.width)
        for width in photo.renditions[shape]:
            size = (width, recipe.height_of(shape, width, (photo.width, photo.height)))
            buffer = io.BytesIO()
            image.resize(size, Image.Resampling.LANCZOS).save(buffer, "WEBP", quality=78, method=4)
            name = f"{recipe.folder(photo.token, 'first')}/{shape}-{width}.webp"
            default_storage.save(name, ContentFile(buffer.getvalue()))


def add_photo(photo, file):
    """Fills and saves a new Photo from an uploaded file. Raises ValidationError for a file that is none."""
    return store(photo, read_picture(file))


def store(photo, picture):
    """Saves a new Photo with the picture that was read. Raises ValidationError for one that nobody described."""
    if not any((texts or {}).get("alt") for texts in photo.texts.values()):
        raise ValidationError(_("Describe what the picture shows, for readers who do not see it."))
    photo.extension, photo.sha256 = picture.extension, picture.sha256
    photo.width, photo.height = picture.width, picture.height
    photo.file.save("original", ContentFile(picture.data), save=False)
    store_first(photo, picture.data)
    with transaction.atomic():
        photo.save()
        photo.ask_for_renditions()
    return photo
