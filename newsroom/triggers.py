"""Append-only tables, guarded by the database itself: an app says what is allowed, this makes the triggers.

On SQLite a column change rebuilds the table and silently drops its triggers, so they are dropped before every migrate
and made again after it; a system check finds a missing one.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.core.checks import Warning
from django.db import connections

FUNCTION = """CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"""


class Rule(NamedTuple):
    """What may be done to a row. `allowed(same)` is SQL over OLD and NEW; `same(columns)` says that they are equal."""

    table: str
    event: str  # UPDATE or DELETE
    allowed: Callable
    message: str


def _sqlite_same(columns):
    return " AND ".join(f"NEW.{column} IS OLD.{column}" for column in columns)


def _postgresql_same(columns):
    return " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in columns)


class AppendOnly:
    """The triggers of one app: {name: Rule}. `drop` and `create` are handlers of pre_migrate and post_migrate."""

    def __init__(self, rules):
        self.rules = rules

    def existing(self, connection):
        query = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        with connection.cursor() as cursor:
            cursor.execute(query)
            return {name for (name,) in cursor.fetchall()}

    def missing(self, connection):
        return [name for name in self.rules if name not in self.existing(connection)]

    def drop(self, using="default", **kwargs):
        connection = connections[using]
        if not self._has_tables(connection):
            return
        with connection.cursor() as cursor:
            for name, rule in self.rules.items():
                target = "" if connection.vendor == "sqlite" else f" ON {rule.table}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{target}")

    def create(self, using="default", **kwargs):
        connection = connections[using]
        if not self._has_tables(connection):
            return
        self.drop(using)
        with connection.cursor() as cursor:
            for statement in self._statements(connection.vendor):
                cursor.execute(statement)

    def check(self, databases, code):
        """Warnings, no errors: `migrate`, which makes them again, runs the checks first and would not start."""
        return [
            Warning(
                f"The trigger {name} is missing on the database '{alias}': the history could be changed.",
                hint="Run `manage.py migrate`, which creates it again.",
                id=code,
            )
            for alias in databases or []
            if self._has_tables(connections[alias])
            for name in self.missing(connections[alias])
        ]

    def _has_tables(self, connection):
        return {rule.table for rule in self.rules.values()} <= set(connection.introspection.table_names())

    def _statements(self, vendor):
        if vendor == "sqlite":
            for name, rule in self.rules.items():
                yield (
                    f"CREATE TRIGGER {name} BEFORE {rule.event} ON {rule.table} "
                    f"WHEN NOT ({rule.allowed(_sqlite_same)}) BEGIN SELECT RAISE(ABORT, '{rule.message}'); END"
                )
            return
        yield FUNCTION
        for name, rule in self.rules.items():
            yield (
                f"CREATE TRIGGER {name} BEFORE {rule.event} ON {rule.table} FOR EACH ROW "
                f"WHEN (NOT ({rule.allowed(_postgresql_same)})) EXECUTE FUNCTION append_only('{rule.message}')"
            )
