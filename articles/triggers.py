"""The database's own guard of the history: a Revision is never changed and never deleted, and what the public has read
(a Publication that has ended) neither.

Two exceptions. For a court or a privacy request a revision may be redacted, once, which blanks its content and keeps
its number, its author, its time and its original hash. A publication that has not ended may end; while it has not, it
may also be a plan that is taken back, so its deletion is left to publishing.py, which deletes what is to come alone.

On SQLite a column change rebuilds the table and silently drops its triggers, so they are dropped before every migrate
and made again after it; `articles.W001` finds a missing one.
"""

from django.db import connections

REVISION, PUBLICATION = "articles_revision", "articles_publication"
TABLES = {
    "revision_no_update": REVISION,
    "revision_no_delete": REVISION,
    "publication_no_update": PUBLICATION,
    "publication_no_delete": PUBLICATION,
}
KEPT = ["id", "article_id", "number", "sha256", "canonical_version"]
KEPT += ["created_at", "created_by_id", "reason", "translated_from_id"]
KEPT_OF_PUBLICATION = ["id", "article_id", "revision_id", "shown_from"]
MESSAGE, MESSAGE_OF_PUBLICATION = "a revision is append-only", "what the public has read is append-only"


def _allowed(same, empty):
    """{table: (the update that is allowed, whether a row may go)}; `same` writes that columns are as they were."""
    redaction = f"OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL AND NEW.content = {empty}"
    end = "OLD.shown_until IS NULL AND NEW.shown_until IS NOT NULL"
    return {
        "revision_no_update": f"{same(KEPT)} AND {redaction}",
        "revision_no_delete": "1 = 0",
        "publication_no_update": f"{same(KEPT_OF_PUBLICATION)} AND {end}",
        "publication_no_delete": "OLD.shown_until IS NULL",
    }


def _message(name):
    return MESSAGE if TABLES[name] == REVISION else MESSAGE_OF_PUBLICATION


def _event(name):
    return "UPDATE" if name.endswith("update") else "DELETE"


def _sqlite():
    def same(columns):
        return " AND ".join(f"NEW.{column} IS OLD.{column}" for column in columns)

    return [
        f"""CREATE TRIGGER {name} BEFORE {_event(name)} ON {TABLES[name]} WHEN NOT ({allowed})
            BEGIN SELECT RAISE(ABORT, '{_message(name)}'); END"""
        for name, allowed in _allowed(same, "'{}'").items()
    ]


def _postgresql():
    def same(columns):
        return " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in columns)

    statements = [
        """CREATE OR REPLACE FUNCTION revision_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"""
    ]
    for name, allowed in _allowed(same, "'{}'::jsonb").items():
        statements.append(
            f"""CREATE TRIGGER {name} BEFORE {_event(name)} ON {TABLES[name]} FOR EACH ROW WHEN (NOT ({allowed}))
                EXECUTE FUNCTION revision_append_only('{_message(name)}')"""
        )
    return statements


def existing(connection):
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


def missing(connection):
    return [name for name in TABLES if name not in existing(connection)]


def _has_tables(connection):
    return set(TABLES.values()) <= set(connection.introspection.table_names())


def drop_triggers(using="default", **kwargs):
    connection = connections[using]
    if not _has_tables(connection):
        return
    with connection.cursor() as cursor:
        for name, table in TABLES.items():
            target = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{target}")


def create_triggers(using="default", **kwargs):
    connection = connections[using]
    if not _has_tables(connection):
        return
    drop_triggers(using)
    with connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgresql():
            cursor.execute(statement)
