import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from desk.seed_cast import NoSections
from desk.seed_words import WORDS
from desk.seeding import Seeder
from newsroom.progress_line import ProgressLine


class Command(BaseCommand):
    help = "Adds many plausible stories with tags, photos, likes and comments, for measuring. Local installations only."

    def add_arguments(self, parser):
        parser.add_argument("count", type=int, help="how many stories, translations among them")
        parser.add_argument("--seed", type=int, default=1, help="another number makes other stories (default 1)")
        parser.add_argument("--languages", default="en,hr", help="the first has all stories, the others translations")

    def handle(self, *, count, seed, languages, **options):
        if settings.PRODUCTION:
            raise CommandError("This is a production installation: made-up stories are never written here.")
        languages = languages.split(",")
        if unknown := [code for code in languages if code not in dict(settings.LANGUAGES) or code not in WORDS]:
            raise CommandError(
                f"There are no words to make stories in “{unknown[0]}”; there are in {', '.join(WORDS)}."
            )
        if len(set(languages)) < len(languages):
            raise CommandError("Name each language once.")
        if count < 1:
            raise CommandError("Say how many stories: 1 or more.")
        try:
            seeder = Seeder(count, seed, languages)
        except NoSections as error:
            raise CommandError(f"No section exists in all of {', '.join(languages)}. Add one in the desk.") from error
        self._run(seeder)

    def _run(self, seeder):
        start, done = time.monotonic(), 0
        progress = ProgressLine(self.stdout, seeder.count, "stories")
        try:
            for done in seeder.run():
                progress.show(done)
        except KeyboardInterrupt:
            progress.end()
            self.stdout.write(f"Stopped. {done:,} stories are complete; the batch in work was taken back.")
            sys.exit(130)
        progress.end()
        if connection.vendor == "postgresql":
            # What autovacuum does some time later: without statistics the planner guesses.
            connection.cursor().execute("ANALYZE")
        seconds = time.monotonic() - start
        self.stdout.write(f"{done:,} stories in {seconds:.0f} s ({done / seconds:.0f} a second).")
