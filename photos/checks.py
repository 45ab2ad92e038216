"""Asked of `manage.py check` and `migrate`: whether what is configured for content credentials can sign."""

import io
from types import SimpleNamespace

from django.conf import settings
from django.core.checks import Error, register
from PIL import Image

from . import credentials


@register
def credentials_sign(app_configs, **kwargs):
    if not settings.C2PA_CERTIFICATE:
        return []
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "JPEG")
    try:
        credentials.sign(buffer.getvalue(), "jpg", SimpleNamespace(mark="photograph"))
    # Keys, certificates and the library fail each in their own way.
    except Exception as error:
        hint = (
            "C2PA_CERTIFICATE is the signer's certificate and after it those above it, C2PA_KEY its private key, PEM."
        )
        return [Error(f"Content credentials cannot be signed: {error}", hint=hint, id="photos.E001")]
    return []
