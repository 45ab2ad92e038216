"""An edition folder becomes stories, photos and pages of this database (`manage.py load_edition DIR`).

Loading twice changes nothing. A wrong file costs one line and only itself: each file, story and photo is a transaction
of its own. What the desk changed since is never overwritten silently.
"""

import time
from collections import Counter

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError
from django.utils import timezone

from newsroom.text import clean_line

from . import edition_comments, edition_photos, edition_stories, edition_tables
from .edition_files import refuse
from .edition_tables import CHANGED, NEW, SAME

FAILED = "failed"
# In this order, because a story names the sections, authors, sources, places and photos before it.
PARTS = {
    "categories": edition_tables.categories,
    "authors": edition_tables.authors,
    "sources": edition_tables.sources,
    "places": edition_tables.places,
    "photos": edition_photos.photos,
    "pages": edition_tables.pages,
    "stories": edition_stories.stories,
    "comments": edition_comments.comments,
    "placements": edition_tables.placements,
}
NAMES = [f"{name}.yaml" for name in ("categories", "authors", "sources", "places", "photos", "placements")]
NAMES += ["stories", "comments", "pages"]
PROGRESS_SECONDS = 5


class Edition:
    """One run over a folder. `say` gets the progress, `complain` one line for each bad file."""

    def __init__(self, folder, *, say, complain, overwrite=False):
        self.folder = folder.resolve()
        self.say, self.complain, self.overwrite = say, complain, overwrite
        # Ages of the whole edition count back from one moment.
        self.now = timezone.now()
        self.counts = Counter()

    def load(self):
        """Loads everything that can be loaded. Returns how many things were new, changed, as before, failed."""
        for name, part in PARTS.items():
            self._load_part(name, part)
        return self.counts

    def _load_part(self, name, part):
        counts, spoken = Counter(), time.monotonic()
        try:
            # (what it is called in a complaint, function that loads it and returns a Counter)
            works = list(part(self))
        except ValidationError as error:
            works = []
            counts[FAILED] += 1
            self._report(name if (self.folder / name).is_dir() else f"{name}.yaml", error)
        for done, (label, work) in enumerate(works):
            if time.monotonic() - spoken > PROGRESS_SECONDS:
                spoken = time.monotonic()
                self.say(f"{name:<12}{done} of {len(works)} …")
            counts += self._attempt(label, work)
        if counts:
            self.say(f"{name:<12}{described(counts)}")
        self.counts += counts

    def _attempt(self, label, work):
        try:
            return work()
        except ValidationError as error:
            self._report(label, error)
        except DatabaseError as error:
            self._report(label, ValidationError({"database": f"it refused this: {error}"}))
        except OSError as error:
            self._report(label, ValidationError({"file": f"{error.strerror or error}"}))
        return Counter({FAILED: 1})

    def _report(self, label, error):
        """One line: file, fields, reasons. What a file said is cut and cleaned before it comes near a terminal."""
        fields = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        faults = [f"{_field(name)}: {' '.join(map(str, messages))}" for name, messages in fields.items()]
        shown = "; ".join(clean_line(fault)[:300] for fault in faults[:4])
        more = f"; and {len(faults) - 4} more" if len(faults) > 4 else ""
        label = str(label).encode("utf-8", "backslashreplace").decode()
        self.complain(f"{clean_line(label)[:200]}: {shown}{more}")

    def refuse_demo(self):
        if settings.PRODUCTION:
            refuse("demo", "demonstration content is never loaded in production")

    def check_desk(self, was_changed):
        if was_changed and not self.overwrite:
            refuse("file", "changed on the desk since; use --overwrite")


def _field(name):
    return "entry" if name == NON_FIELD_ERRORS else name


def described(counts):
    return ", ".join(f"{counts[kind]:,} {kind}" for kind in (NEW, CHANGED, SAME, FAILED) if counts[kind]) or "nothing"
