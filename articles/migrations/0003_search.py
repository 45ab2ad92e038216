"""The rows of search, and the index over their words: FTS5 on SQLite, tsvector and GIN on PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    # The tokenizer only splits at spaces: articles/words.py has folded, stemmed and marked the words before.
    """CREATE VIRTUAL TABLE articles_searchwords USING fts5(
           words, detail=none, tokenize="unicode61 remove_diacritics 0 tokenchars ':='")""",
]
POSTGRESQL = [
    "ALTER TABLE articles_articlesearch ADD COLUMN vector tsvector NOT NULL DEFAULT ''",
    # Without statistics the planner takes every word for a rare one and uses GIN, never a walk over all vectors.
    "ALTER TABLE articles_articlesearch ALTER COLUMN vector SET STATISTICS 0",
    # New words wait in a list that each search reads too: a short one.
    "CREATE INDEX articles_search_vector ON articles_articlesearch USING gin (vector) WITH (gin_pending_list_limit = 512)",
]


def create(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    # On PostgreSQL column and index go with the table.
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE articles_searchwords")


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_initial")]

    operations = [
        migrations.DeleteModel("ArticleSearch"),
        migrations.CreateModel(
            name="ArticleSearch",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_row",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("position", models.BigIntegerField(unique=True)),
            ],
            options={"indexes": [models.Index(fields=["language", "-position"], name="search_newest")]},
        ),
        migrations.RunPython(create, drop),
    ]
