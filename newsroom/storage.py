"""Where files are kept: on the local disk."""

import os
import secrets
from pathlib import Path

from django.core.files.storage import FileSystemStorage


class LocalStorage(FileSystemStorage):
    """A file appears whole or not at all, whether the disk is full or the process ends; no reader meets half of it."""

    def _save(self, name, content):
        part = f"{name}.{secrets.token_hex(4)}.part"
        try:
            super()._save(part, content)
            os.replace(self.path(part), self.path(name))
        except BaseException:
            Path(self.path(part)).unlink(missing_ok=True)
            raise
        return name
