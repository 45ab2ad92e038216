"""Pictures from the local disk, for an installation without a file store of its own (S3 and a CDN take over there)."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

# The renditions of photos/recipe.py, not the originals. Their names are unguessable and their content final.
NAME = re.compile(
    r"photos/([0-9a-f]{2})/\1[0-9a-f]{22}/(?:first|[0-9a-f]{10})/[a-z0-9]{3,7}-\d{1,5}\.(avif|webp|jpg)\Z"
)
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


@require_safe
def serve_media(request, name):
    match = NAME.match(name)
    if not match:
        raise Http404
    try:
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=TYPES[match[2]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
