"""exiftool, by which tests read the metadata of pictures: another program than the one that wrote them."""

import shutil

import system_packages


def ensure():
    """The path of exiftool, installed where that is possible."""
    if not shutil.which("exiftool"):
        system_packages.install("exiftool for the tests of pictures", "libimage-exiftool-perl")
    return shutil.which("exiftool")
