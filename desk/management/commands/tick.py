import logging
import os
import signal
import threading
import time
from contextlib import contextmanager

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from articles.publishing import publish_due_updates
from authors import ratelimit
from comments.digest import write_due
from comments.erasing import erase_old
from comments.sending import send_due
from comments.training import learn_when_due
from photos import making, retiring
from tracker.due import fetch_due

log = logging.getLogger(__name__)
LOOK_ROUND = 2  # seconds between two looks at whether a photo is to be made, or we are to end
FETCH_ROUND = 60  # seconds between two looks at whether something is to be fetched
PATIENCE = 5  # seconds that a fetch may take to its end when we are to end: it leaves nothing half done
MAKING = 20  # seconds that photos are made before anything else is looked at


class Command(BaseCommand):
    help = (
        "Publishes the planned updates whose time has come, sends the mails that wait, makes the renditions of photos, "
        "erases what is kept for a while only, and fetches what flies where SPACE_FETCHES is set. "
        "Safe to run twice, and on several machines at once. "
        "Run it every minute, or leave it running with --every; `make run` does so."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--every",
            type=int,
            metavar="SECONDS",
            help="go on until ended, with a round every so many seconds (1 to 60)",
        )

    def handle(self, *, every, **options):
        if every is None:
            self._round()
            self._make(MAKING)
            self._logged(self._fetch_due)
        elif 1 <= every <= 60:
            self._go_on(every)
        else:
            raise CommandError("--every takes 1 to 60 seconds: an update goes out at most a minute late.")

    def _round(self):
        published, refused = publish_due_updates()
        for article in published:
            self.stdout.write(f"db#{article.record_number} updated: {article.title}")
        for article in refused:
            self.stderr.write(f"db#{article.record_number} not updated; a note on the story says why.")
        write_due(timezone.now())
        if sent := send_due():
            self.stdout.write(f"mails sent: {sent}")
        erase_old(timezone.now())
        ratelimit.prune()
        retiring.delete_old(timezone.now())
        learn_when_due()

    def _make(self, seconds, is_ended=lambda: False):
        if made := making.make_due(seconds, is_ended):
            self.stdout.write(f"photos made: {made}")

    def _go_on(self, every):
        """Rounds until SIGTERM or SIGINT, or until who started us is gone."""
        parent, ended = os.getppid(), threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        next_round = time.monotonic()

        def is_ended():
            return ended.is_set() or os.getppid() != parent

        with self._fetching(ended, is_ended):
            while not is_ended():
                if time.monotonic() >= next_round:
                    self._guarded(self._round)
                    next_round = time.monotonic() + every
                left = next_round - time.monotonic()
                self._guarded(self._make, min(max(left, 0), MAKING), is_ended)
                ended.wait(LOOK_ROUND)

    @contextmanager
    def _fetching(self, ended, is_ended):
        """Meanwhile a thread fetches, with its own connection to the database: no source, however slow, delays an
        update."""
        if not settings.SPACE_FETCHES:
            yield
            return
        thread = threading.Thread(target=self._fetch, args=[ended, is_ended], daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join(PATIENCE)

    def _fetch(self, ended, is_ended):
        while not is_ended():
            self._guarded(self._fetch_due, is_ended)
            ended.wait(FETCH_ROUND)
        connection.close()

    def _fetch_due(self, is_ended=lambda: False):
        for feed in fetch_due(timezone.now(), is_ended):
            if not feed.error:
                self.stdout.write(f"fetched: {feed.key}, {feed.kept} records")

    def _guarded(self, work, *arguments):
        self._logged(work, *arguments)
        close_old_connections()

    def _logged(self, work, *arguments):
        """A database that is away for a while ends nothing: the next time makes up for it."""
        try:
            work(*arguments)
        except Error as error:
            log.error("tick: the database does not answer: %s", str(error).strip())
