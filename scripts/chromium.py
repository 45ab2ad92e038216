"""The Chromium that tests, benchmarks and pictures of the manual drive."""

import shutil

import system_packages

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def ensure():
    """The path of a Chromium, installed where that is possible."""
    if not (path := _find()):
        system_packages.install("Chromium for the browser tests", "chromium")
        path = _find()
    return path


def for_tests():
    """The headless shell where it is installed: the same browser without windows, a quarter quicker.

    It sets text half a pixel differently, so what is measured or shown is done with the whole one.
    """
    return shutil.which("chromium-headless-shell") or ensure()


def _find():
    return next((path for name in NAMES if (path := shutil.which(name))), None)
