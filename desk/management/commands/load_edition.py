import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from desk.edition import FAILED, NAMES, Edition, described
from desk.edition_tables import CHANGED, NEW


class Command(BaseCommand):
    help = "Loads an edition folder (stories, photos, pages …). Safe to repeat; bad files are named and left out."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, help="the folder, such as demo")
        parser.add_argument(
            "--overwrite", action="store_true", help="save over what was changed on the desk (stories: a new revision)"
        )

    def handle(self, *, folder, overwrite, **options):
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        if not any((folder / name).exists() for name in NAMES):
            raise CommandError(f"{folder} is no edition: it has none of {', '.join(NAMES)}.")
        start = time.monotonic()
        edition = Edition(folder, say=self.stdout.write, complain=self.stderr.write, overwrite=overwrite)
        counts = edition.load()
        took = f"{time.monotonic() - start:.1f} s"
        if counts[NEW] or counts[CHANGED] or counts[FAILED]:
            self.stdout.write(f"Loaded {folder} in {took}: {described(counts)}.")
        else:
            self.stdout.write(f"Nothing new in {folder} ({took}): {described(counts)}.")
        if counts[FAILED]:
            sys.exit(1)
