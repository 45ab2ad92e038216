from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from articles import dialect as articles_dialect
from articles.models import Article, StandingPage
from comments import dialect as comments_dialect
from comments.models import Comment

BATCH = 200


class Command(BaseCommand):
    help = (
        "Renders stored texts again whose HTML is of an older version: stories, comments, and all standing pages. "
        "May be stopped and started again, and run while the site serves; what is up to date is not touched."
    )

    def handle(self, *args, **options):
        failed = self.again(Article.objects.all(), articles_dialect.render_article, articles_dialect.HTML_VERSION)
        failed += self.again(Comment.objects.all(), comments_dialect.render_comment, comments_dialect.HTML_VERSION)
        for page in StandingPage.objects.all():
            page.save()
        self.stdout.write("Done." if not failed else f"Done; {failed} texts were left as they were.")

    def again(self, rows, render, version):
        """Renders what is older than `version`, in batches by id. Returns how many texts the renderer refused."""
        name, last, done, failed = rows.model._meta.verbose_name_plural, 0, 0, 0
        while batch := list(rows.filter(html_version__lt=version, pk__gt=last).order_by("pk")[:BATCH]):
            for row in batch:
                try:
                    rows.filter(pk=row.pk).update(html=render(row.body), html_version=version)
                    done += 1
                except ValidationError as error:
                    failed += 1
                    self.stderr.write(f"{row._meta.verbose_name} {row.pk}: {error.message}")
            last = batch[-1].pk
            self.stdout.write(f"{name}: {done} rendered")
        return failed
