"""Pictures from the local disk, for an installation without a file store of its own (S3 and a CDN take over there)."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

# What photos/pictures.py writes and nothing else; the names are unguessable and never change their content.
NAME = re.compile(r"photos/[0-9a-f]{2}/[0-9a-f]{24}/(?:\d{1,5}|original)\.(?:webp|jpg|png|avif)\Z")
# Not the machine's own table, which may lack the newer ones.
TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png", "avif": "image/avif"}


@require_safe
def serve_media(request, name):
    if not NAME.match(name) or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), content_type=TYPES[name.rpartition(".")[2]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
