from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.ages import LAUNCHES_KEY
from tracker.launch_fetching import fetch_launches
from tracker.models import Feed


class Command(BaseCommand):
    help = (
        "Fetches the coming launches from Launch Library 2. Less than an hour after the last time the source is left "
        "alone. What is there stays when a fetch fails."
    )

    def handle(self, **options):
        feed = fetch_launches(timezone.now())
        if feed is None:
            next_at = Feed.objects.get(key=LAUNCHES_KEY).next_at
            self.stdout.write(f"launches: left alone; they may be fetched again from {next_at:%Y-%m-%d %H:%M} UTC.")
            return
        if feed.error:
            raise CommandError(
                f"launches: {feed.get_error_display()} ({feed.detail}) What was there stays. "
                f"Next try from {feed.next_at:%Y-%m-%d %H:%M} UTC."
            )
        self.stdout.write(f"launches: {feed.kept} kept, {feed.skipped} skipped.")
        for problem in feed.problems:
            self.stderr.write(f"  skipped {problem['record'] or '(no name)'}: {problem['reason']}")
