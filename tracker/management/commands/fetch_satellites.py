from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.checks import wrong_groups
from tracker.satellite_store import Outcome, fetch_group

PROBLEMS_NAMED = 10


class Command(BaseCommand):
    help = (
        "Fetches element sets from CelesTrak: all groups of SATELLITE_GROUPS, or those that you name. A group that was "
        "fetched less than two hours ago is left alone, as CelesTrak asks. What is there stays when a fetch fails."
    )

    def add_arguments(self, parser):
        parser.add_argument("groups", nargs="*", metavar="group", help="one of SATELLITE_GROUPS; all without any")

    def handle(self, *, groups, **options):
        known = settings.SATELLITE_GROUPS
        if wrong := wrong_groups():
            raise CommandError(f"SATELLITE_GROUPS has what cannot be a group of CelesTrak: {', '.join(wrong)}.")
        if unknown := [group for group in groups if group not in known]:
            raise CommandError(f"Not in SATELLITE_GROUPS: {', '.join(unknown)}. There are: {', '.join(known)}.")
        groups = groups or known
        bad = [group for group in groups if not self._fetch(group)]
        if bad:
            raise CommandError(f"{len(bad)} of {len(groups)} groups failed: {', '.join(bad)}. What was there stays.")

    def _fetch(self, group):
        self.stdout.write(f"{group}: ", ending="")
        self.stdout.flush()
        fetched = fetch_group(group, timezone.now())
        feed, next_at = fetched.feed, f"{fetched.feed.next_at:%Y-%m-%d %H:%M} UTC"
        if fetched.outcome is Outcome.STORED:
            self.stdout.write(f"sets kept: {fetched.kept}, records skipped: {len(fetched.problems)}")
            self._name(fetched.problems)
        elif fetched.outcome is Outcome.UNCHANGED:
            self.stdout.write(f"nothing new (sets of the last answer: {feed.kept})")
        elif fetched.outcome is Outcome.TOO_EARLY:
            why = f"the last fetch failed: {feed.get_error_display()}" if feed.error else "it was fetched already"
            self.stdout.write(f"left alone until {next_at} ({why.rstrip('.')})")
        else:
            self.stdout.write(f"failed. {feed.get_error_display()} ({feed.detail}) Next try from {next_at}.")
        return fetched.outcome is not Outcome.FAILED

    def _name(self, problems):
        for problem in problems[:PROBLEMS_NAMED]:
            self.stderr.write(f"  skipped {problem['record'] or '(no name)'}: {problem['reason']}")
        if len(problems) > PROBLEMS_NAMED:
            self.stderr.write(f"  and {len(problems) - PROBLEMS_NAMED} more")
