import secrets

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from articles.models import Article
from authors.models import User
from desk.edition import Edition, described
from tracker.demo_sets import load_demo_sets

ACCOUNTS = [
    # e-mail, display name, group; without a group: everything
    ("editor@example.org", "Demo editor", "Editors"),
    ("chief@example.org", "Demo chief editor", "Chief editors"),
    ("moderator@example.org", "Demo moderator", "Moderators"),
    ("admin@example.org", "Demo admin", None),
]


class Command(BaseCommand):
    help = "Fills an empty local database with the demo edition and demo accounts. `make run` calls it."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("This is a production installation: demo stories and accounts are never loaded here.")
        # A first run that was interrupted left demo stories and no account: it goes on where it stopped.
        if User.objects.exists() or Article.objects.filter(is_demo=False).exists():
            self.stdout.write("The database is in use already; the demo edition is not loaded.")
            return
        edition = Edition(settings.BASE_DIR / "demo", say=self.stdout.write, complain=self.stderr.write)
        self.stdout.write(f"Demo edition: {described(edition.load())}.")
        if count := load_demo_sets(timezone.now()):
            self.stdout.write(f"Demo satellites: {count} element sets of 2000 to 2006, shown as they stood then.")
        self._show(create_accounts())

    def _show(self, accounts):
        rows = [("Account", "E-mail", "Password"), *accounts]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        self.stdout.write("\nDemo accounts (the passwords were made just now and are shown this once):\n\n")
        for row in rows:
            line = "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(f"  {line.rstrip()}")
        self.stdout.write(f"\n  Sign in: {settings.SITE_URL}/admin/\n\n")


@transaction.atomic
def create_accounts():
    """[(what it may do, e-mail, password), …]"""
    accounts = []
    for email, name, group in ACCOUNTS:
        password = secrets.token_urlsafe(12)
        if group:
            User.objects.create_user(email, password, display_name=name, is_staff=True).groups.add(
                Group.objects.get(name=group)
            )
        else:
            User.objects.create_superuser(email, password, display_name=name)
        accounts.append((name.removeprefix("Demo "), email, password))
    return accounts
