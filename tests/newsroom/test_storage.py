"""A file on the local disk is there whole or not at all."""

import os
import subprocess
import sys

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

FULL = """
import errno, resource, signal, sys
from django.core.files.base import ContentFile
from django.core.files.storage import storages
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    storages[sys.argv[1]].save("photos/a.webp", ContentFile(b"x" * 5000))
except OSError as error:
    print(errno.errorcode[error.errno])
"""


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_name_that_is_written_twice_has_the_newer_content(settings):
    for content in (b"old", b"new"):
        assert default_storage.save("photos/a.webp", ContentFile(content)) == "photos/a.webp"
    assert default_storage.open("photos/a.webp").read() == b"new"
    assert files(settings.MEDIA_ROOT) == ["photos/a.webp"]
    assert oct((settings.MEDIA_ROOT / "photos/a.webp").stat().st_mode)[-3:] == "644"


class Breaks(ContentFile):
    def chunks(self, chunk_size=None):
        yield b"half"
        raise OSError("the disk is full")


def test_what_cannot_be_written_leaves_nothing_and_takes_nothing_away(settings):
    default_storage.save("photos/a.webp", ContentFile(b"old"))
    for name in ("photos/a.webp", "photos/b.webp"):
        with pytest.raises(OSError, match="full"):
            default_storage.save(name, Breaks(b"x"))
    assert files(settings.MEDIA_ROOT) == ["photos/a.webp"]
    assert default_storage.open("photos/a.webp").read() == b"old"


@pytest.mark.parametrize("alias", ["default", "originals"])
def test_the_bound_of_the_system_is_met_like_a_full_disk(tmp_path, alias):
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    done = subprocess.run(
        [sys.executable, "-c", FULL, alias], env=environment, capture_output=True, text=True, cwd=os.getcwd()
    )
    assert done.stdout == "EFBIG\n", done.stderr
    assert files(tmp_path / "media") == []
