import re

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from articles.models import Article, UnsavedText
from articles.redacting import reason_against, redact, still_held

RECORD = re.compile(r"(?:db\s*#?)?(\d{1,18})\Z", re.IGNORECASE)
ELSEWHERE = """Not looked at, and not reached by this command: notes, comments and corrections that quote it; photos
and their files; the admin's log; backups and replicas of the database; caches, feed readers and search engines."""


class Command(BaseCommand):
    help = "Blanks the text of one saved version, for a court or a privacy request. Cannot be undone."

    def add_arguments(self, parser):
        parser.add_argument("record", help="the story: db#3629 (quote it in a shell: 'db#3629') or 3629")
        parser.add_argument("version", type=int, help="number of the version, as the story's history shows it")
        parser.add_argument("--reason", required=True, help="stands in the history in place of the text")
        parser.add_argument("--yes", action="store_true", help="do it without asking")
        parser.add_argument("--delete-unsaved", action="store_true", help="also delete all unsaved forms of the story")

    def handle(self, *, record, version, reason, yes, delete_unsaved, **options):
        article, revision = self._find(record, version)
        if fault := reason_against(article, revision, reason):
            raise CommandError(f"Version {version} was not redacted. {fault}")
        name = f"db#{article.record_number} version {version}"
        self.stdout.write(f"{name}: “{revision.content['title']}”")
        self.stdout.write(f"Saved {revision.created_at:%Y-%m-%d %H:%M} UTC by {revision.created_by or 'an import'}.")
        held = list(still_held(article, revision))
        if not yes and not self._is_meant(name):
            raise CommandError("Nothing was redacted.")
        try:
            redact(revision, reason)
        except ValidationError as error:
            raise CommandError(f"Version {version} was not redacted. {error.messages[0]}") from error
        self.stdout.write(f"Redacted. Its hash stays: {revision.sha256}")
        if delete_unsaved:
            count = UnsavedText.objects.filter(article=article).delete()[0]
            self.stdout.write(f"Deleted {count} unsaved forms of the story.")
            held = [sentence for sentence in held if "--delete-unsaved" not in sentence]
        if held:
            self.stdout.write("These may still hold the text:")
            for sentence in held:
                self.stdout.write(f"  {sentence}")
        self.stdout.write(ELSEWHERE)

    def _find(self, record, version):
        match = RECORD.match(record.strip())
        article = Article.objects.filter(record_number=int(match[1])).first() if match else None
        if article is None:
            raise CommandError(f"There is no story {record}.")
        revision = article.revisions.select_related("created_by").filter(number=version).first()
        if revision is None:
            newest = article.newest_revision()
            raise CommandError(f"The story has no version {version}; its versions are 1 to {newest.number}.")
        return article, revision

    def _is_meant(self, name):
        try:
            return input(f"Its text will be gone for good. Type “{name}” to go on: ").strip() == name
        except EOFError:
            return False
