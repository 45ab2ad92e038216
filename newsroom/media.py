"""Pictures from the local disk, for an installation without a file store of its own (S3 and a CDN take over there)."""

import re

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

# The renditions that photos/pictures.py writes, not the originals. Their names are unguessable and their content final.
NAME = re.compile(r"photos/[0-9a-f]{2}/[0-9a-f]{24}/\d{1,5}\.webp\Z")


@require_safe
def serve_media(request, name):
    if not NAME.match(name) or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), content_type="image/webp")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
