"""The Chromium that the browser tests drive."""

import shutil

import system_packages

# The headless shell is the same browser without windows, and a quarter quicker.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def ensure():
    """The path of a Chromium, installed where that is possible."""
    if not (path := _find()):
        system_packages.install("Chromium for the browser tests", "chromium")
        path = _find()
    return path


def _find():
    return next((path for name in NAMES if (path := shutil.which(name))), None)
