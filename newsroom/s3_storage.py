"""Pictures and originals in a store that speaks S3. Imported only where one is configured (newsroom/file_stores.py)."""

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from storages.backends.s3 import S3Storage

from .media import TYPES

# A store that is away is to be known as such soon: an editor waits for the answer to an upload.
PATIENCE = {"connect_timeout": 5, "read_timeout": 20, "retries": {"max_attempts": 2, "mode": "standard"}}
# What stores other than Amazon's may not know is left out where S3 itself does not ask for it.
PLAIN = {"request_checksum_calculation": "when_required", "response_checksum_validation": "when_required"}


class OriginalS3Storage(S3Storage):
    """Uploads have random names of their own; nothing is ever written in the place of another."""

    def get_default_settings(self):
        own = {"client_config": Config(**PATIENCE, **PLAIN), "transfer_config": TransferConfig(use_threads=False)}
        return {**super().get_default_settings(), **own, "file_overwrite": False, "querystring_auth": False}


class MediaS3Storage(OriginalS3Storage):
    """A rendition's name says its content: writing it once more writes the same.

    Each file has its own type: the system's table of types need not know AVIF, and a browser believes no guess.
    """

    def get_default_settings(self):
        return {**super().get_default_settings(), "file_overwrite": True}

    def get_object_parameters(self, name):
        suffix = name.rpartition(".")[2]
        kind = {"ContentType": TYPES[suffix]} if suffix in TYPES else {}
        return {**super().get_object_parameters(name), **kind, "CacheControl": "public, max-age=31536000, immutable"}
