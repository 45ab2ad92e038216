"""The rows of the desk's search, and the index over their words: FTS5 on SQLite, tsvector and GIN on PostgreSQL."""

import django.db.models.deletion
from django.db import migrations, models

SQLITE = [
    # Words come folded, of letters and digits only: anything beyond ASCII is a letter, and spaces split.
    "CREATE VIRTUAL TABLE articles_deskwords USING fts5(words, detail=none, prefix='1 2 3', tokenize='ascii')",
]
POSTGRESQL = [
    "ALTER TABLE articles_desksearch ADD COLUMN vector tsvector NOT NULL DEFAULT ''",
    "ALTER TABLE articles_desksearch ALTER COLUMN vector SET STATISTICS 0",
    "CREATE INDEX articles_desk_vector ON articles_desksearch USING gin (vector) WITH (gin_pending_list_limit = 512)",
]


def create(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    # On PostgreSQL column and index go with the table.
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE articles_deskwords")


def fill(apps, schema_editor):
    """The stories that are there. Reads no more columns than those that this table is made of."""
    from articles import desk_search

    ids = apps.get_model("articles", "Article").objects.order_by("pk").values_list("pk", flat=True)
    desk_search.index_many(list(ids))


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_reviewed_by")]

    operations = [
        migrations.CreateModel(
            name="DeskSearch",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="desk_row",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("language", models.CharField(max_length=10)),
                ("position", models.BigIntegerField(unique=True)),
                ("update_waits", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["language", "-position"], name="desk_search_newest"),
                    models.Index(
                        condition=models.Q(("update_waits", True)), fields=["article"], name="desk_search_waiting"
                    ),
                ]
            },
        ),
        migrations.RunPython(create, drop),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
