import signal
import sys
import threading
from functools import partial

from django.core.management.base import BaseCommand

from newsroom.progress_line import ProgressLine
from photos import asking, claims, making
from photos.models import Making
from photos.progress import FAULTS

# Of those that failed, named at the end.
NAMED = 50


class Command(BaseCommand):
    help = (
        "Makes the renditions of all photos that have not those of the present settings, the newest first. May be "
        "stopped and started again, and run several times at once, also on several machines and beside `tick`: each "
        "takes other photos. Exit code 1 if some could not be made."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--force", action="store_true", help="make all anew, also those that are right (after a new certificate)"
        )

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.is_ended = threading.Event()

    def handle(self, *, force, **options):
        asked = asking.ask_for_all(force)
        if not Making.objects.exists():
            self.stdout.write("All photos have their renditions.")
            return
        if asked:
            self.stdout.write(f"Photos to make: {asked:,}.")
        self.progress = ProgressLine(self.stdout, Making.objects.count(), "photos")
        made, before = 0, signal.signal(signal.SIGINT, self._end)
        try:
            made = self._make_all()
        except (making.Stopped, KeyboardInterrupt):
            self.progress.end()
            self.stdout.write("Stopped. What was made is in use; run it again, without --force, to go on.")
            sys.exit(130)
        finally:
            signal.signal(signal.SIGINT, before)
        self.progress.end()
        self._report(made)

    def _end(self, *_signal):
        """Ctrl-C ends it after the file in hand: no database takes a statement while another runs. Twice, at once."""
        self.is_ended.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def _make_all(self):
        """How many were made. A store that is away or full meets every photo, and ends it."""
        made, fault = 0, ""
        while fault != "storage" and (claim := claims.take()):
            # What other workers make counts too.
            done = max(0, self.progress.total - Making.objects.count())
            fault = making.make(claim, partial(self._show, done, claim.photo.pk), self.is_ended.is_set)
            made += fault == ""
            if self.is_ended.is_set():
                raise making.Stopped
        return made

    def _show(self, photos, pk, done, total):
        self.progress.show(photos, f" · photo:{pk}, file {done} of {total}")

    def _report(self, made):
        self.stdout.write(f"Photos made: {made:,}.")
        failed = Making.objects.exclude(fault="").order_by("-pk").select_related("photo")
        for row in failed[:NAMED]:
            self.stderr.write(f"photo:{row.pk} ({row.photo.title}): {FAULTS[row.fault]}")
        number = failed.count()
        if number > NAMED:
            self.stderr.write(f"… and {number - NAMED:,} more.")
        if others := Making.objects.filter(fault="").count():
            self.stdout.write(f"With other workers, or waiting for a store that is away: {others:,}.")
        if number:
            sys.exit(1)
