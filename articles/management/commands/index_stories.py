from django.core.management.base import BaseCommand

from articles.models import Article
from articles.search import index_many


class Command(BaseCommand):
    help = "Writes the search index of all stories anew, in batches. May be run at any time, and again after a stop."

    def handle(self, **options):
        ids = Article.objects.order_by("pk").values_list("pk", flat=True)
        index_many(ids.iterator(chunk_size=5000))
        self.stdout.write(f"{ids.count()} stories are indexed.")
