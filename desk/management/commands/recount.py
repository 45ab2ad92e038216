import sys

from django.core.management.base import BaseCommand

from desk.recounting import recount


class Command(BaseCommand):
    help = "Counts likes, comments and replies anew and sets the stored counters right. Safe on a live site."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="only report; exit code 1 if a counter differs")

    def handle(self, *, check, **options):
        differences = 0
        for difference in recount(write=not check):
            differences += 1
            self.stdout.write(difference)
        if not differences:
            self.stdout.write("All counters are right.")
        else:
            self.stdout.write(f"{differences:,} differed{'' if check else ' and were set right'}.")
        if check and differences:
            sys.exit(1)
