from django.core.management.base import BaseCommand

from articles import desk_search, search
from articles.models import Article


class Command(BaseCommand):
    help = "Writes both search indexes of all stories anew, in batches. May be run at any time, and again after a stop."

    def handle(self, **options):
        ids = Article.objects.order_by("pk").values_list("pk", flat=True)
        search.index_many(ids.iterator(chunk_size=5000))
        desk_search.index_many(ids.iterator(chunk_size=5000))
        self.stdout.write(f"{ids.count()} stories are indexed.")
