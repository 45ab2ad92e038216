"""Remembers what each step was last done for, by content, so that a step whose inputs are the same is left out."""

import hashlib
import json
import os
from pathlib import Path


def digest(paths, root):
    """One hash over the names and contents of files; folders stand for every file below them."""
    total = hashlib.sha256()
    for path in sorted(_files(paths)):
        total.update(str(path.relative_to(root)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _files(paths):
    for path in paths:
        if path.is_dir():
            yield from (file for file in path.rglob("*") if file.is_file())
        elif path.exists():
            yield path


class Stamps:
    def __init__(self, path):
        self.path = Path(path)

    def __getitem__(self, step):
        return self._read().get(step)

    def __setitem__(self, step, value):
        # Written beside and renamed: a run that is ended here leaves the old stamps, never half a file.
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps({**self._read(), step: value}, indent=1))
        fresh.replace(self.path)

    def _read(self):
        try:
            return json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}
