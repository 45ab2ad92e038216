"""C2PA content credentials: who published a file and how the picture came to be, signed, beside the XMP that says so.

Optional: without C2PA_CERTIFICATE and C2PA_KEY every file stays as it is. Nothing here asks the network.
"""

import functools
import hashlib
import io
from pathlib import Path

from django.conf import settings

from . import source_types

TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}
CURVES = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
# A thumbnail in each file would weigh more than the smallest files themselves.
OPTIONS = {"builder": {"thumbnail": {"enabled": False}}, "verify": {"verify_after_sign": False}}


def sign(data, extension, photo):
    """The file with its credentials; the same bytes where none are configured."""
    if not settings.C2PA_CERTIFICATE:
        return data
    import c2pa  # an optional package

    algorithm, chain, key = _identity(settings.C2PA_CERTIFICATE, settings.C2PA_KEY)
    info = c2pa.C2paSignerInfo(alg=algorithm.encode(), sign_cert=chain, private_key=key, ta_url=None)
    signed = io.BytesIO()
    with (
        c2pa.Context.from_dict(OPTIONS) as context,
        c2pa.Builder(_manifest(photo), context) as builder,
        c2pa.Signer.from_info(info) as signer,
    ):
        builder.sign(signer, TYPES[extension], io.BytesIO(data), signed)
    return signed.getvalue()


def fingerprint():
    """Part of a rendition's address: a file that another certificate signs is another file."""
    if not settings.C2PA_CERTIFICATE:
        return ""
    _algorithm, chain, _key = _identity(settings.C2PA_CERTIFICATE, settings.C2PA_KEY)
    return hashlib.sha256(chain).hexdigest()


@functools.cache
def _identity(certificate, key):
    key = Path(key).read_bytes()
    return _algorithm(key), Path(certificate).read_bytes(), key


def _algorithm(pem):
    """By the kind of the key; C2PA knows no others."""
    # Here and not above: who signs nothing needs no cryptography.
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(pem, password=None)
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name in CURVES:
        return CURVES[key.curve.name]
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    raise ValueError("C2PA knows no such key: take ECDSA (P-256, P-384, P-521), Ed25519 or RSA.")


def _manifest(photo):
    source_type = source_types.address_of(photo.mark)
    actions = [{"action": "c2pa.created", "digitalSourceType": source_type}]
    if photo.mark == "ai_edited":
        actions.append({"action": "c2pa.edited", "digitalSourceType": source_type})
    actions.append({"action": "c2pa.resized"})
    return {
        "claim_generator_info": [{"name": settings.SITE_NAME}],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": actions}}],
    }
