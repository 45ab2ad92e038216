"""For tests of renditions: a photo whose halves tell where it was cut, and what lies in the storage."""

import io
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from photos.models import Photo
from photos.pictures import add_photo

RED, BLUE = (200, 30, 30), (30, 30, 200)


def halves(width=300, height=100, **fields):
    """A photo that is red at the left and blue at the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    fields = {"mark": "ai_generated", "credit": "Tech&Space", "title": "Halves", **fields}
    photo = Photo(texts={"en": {"alt": "Red and blue"}}, **fields)
    return add_photo(photo, ContentFile(buffer.getvalue(), name="halves.png"))


def opened(name):
    with default_storage.open(name) as file:
        image = Image.open(io.BytesIO(file.read()))
        image.load()
    return image


def stored(settings):
    """The names of all renditions on the disk."""
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.glob("photos/**/*") if path.is_file())


def urls_of(photo):
    """Every address that a page may name of it."""
    art = photo.art
    for shape in [name for name in art.renditions if name in ("natural", "16x9", "4x3", "1x1")]:
        for form in art.renditions["formats"]:
            yield from (part.split()[0] for part in art.srcset(shape, form).split(", "))
