"""The metadata of pictures as exiftool reads them: a program that shares no line with what wrote them."""

import json
import shutil
import subprocess

CREDIT, SOURCE, SOURCE_TYPE = "XMP-photoshop:Credit", "XMP-photoshop:Source", "XMP-iptcExt:DigitalSourceType"
# What every file of a format says of itself; the rest is metadata.
FORMAT = {"SourceFile", "ExifTool", "System", "File", "Composite", "JFIF", "RIFF", "QuickTime", "Meta"}


def read(*paths):
    """{path: {"group:tag": value}}; `make test` installs exiftool where it is missing."""
    program = shutil.which("exiftool")
    assert program, "exiftool is missing (Debian: libimage-exiftool-perl); scripts/test.py installs it"
    command = [program, "-json", "-all", "-G1", "-charset", "utf8", "-validate", "-warning", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {row["SourceFile"]: row for row in json.loads(done.stdout)}


def metadata(row):
    """What stands in a file beside the picture."""
    return {name: value for name, value in row.items() if name.split(":")[0] not in FORMAT}
