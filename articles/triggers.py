"""The database's own guard: a Revision is never changed and never deleted.

One exception, for a court or a privacy request: a revision may be redacted, once, which blanks its content and keeps
its number, its author, its time and its original hash.

On SQLite a column change rebuilds the table and silently drops its triggers, so they are dropped before every migrate
and made again after it; `articles.E001` finds a missing one.
"""

from django.db import connections

NAMES = ["revision_no_update", "revision_no_delete"]
KEPT = ["id", "article_id", "number", "sha256", "canonical_version"]
KEPT += ["created_at", "created_by_id", "reason", "translated_from_id"]
MESSAGE = "a revision is append-only"


def _sqlite():
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in KEPT)
    return [
        f"""CREATE TRIGGER revision_no_update BEFORE UPDATE ON articles_revision
            WHEN NOT ({same} AND OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL AND NEW.content = '{{}}')
            BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
        f"""CREATE TRIGGER revision_no_delete BEFORE DELETE ON articles_revision
            BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END""",
    ]


def _postgresql():
    same = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in KEPT)
    return [
        f"""CREATE OR REPLACE FUNCTION revision_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        f"""CREATE TRIGGER revision_no_update BEFORE UPDATE ON articles_revision FOR EACH ROW
            WHEN (NOT ({same} AND OLD.redacted_at IS NULL AND NEW.redacted_at IS NOT NULL
                       AND NEW.content = '{{}}'::jsonb))
            EXECUTE FUNCTION revision_append_only()""",
        """CREATE TRIGGER revision_no_delete BEFORE DELETE ON articles_revision FOR EACH ROW
            EXECUTE FUNCTION revision_append_only()""",
    ]


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
    return [name for name in NAMES if name not in existing(connection)]


def _has_table(connection):
    return "articles_revision" in connection.introspection.table_names()


def drop_triggers(using="default", **kwargs):
    connection = connections[using]
    if not _has_table(connection):
        return
    target = "" if connection.vendor == "sqlite" else " ON articles_revision"
    with connection.cursor() as cursor:
        for name in NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{target}")


def create_triggers(using="default", **kwargs):
    connection = connections[using]
    if not _has_table(connection):
        return
    drop_triggers(using)
    with connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgresql():
            cursor.execute(statement)
