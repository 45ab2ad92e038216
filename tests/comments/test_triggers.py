"""The log of decisions is append-only in the database itself."""

import io

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from comments.models import Decision
from comments.moderation import decide
from comments.posting import withdraw
from comments.triggers import LOG
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(story):
    return decide(factories.make_comment(story, status="pending"), "approved", factories.make_user(), why="A rule")


@pytest.mark.parametrize(
    "change",
    [
        {"action": "reject"},
        {"comment_id": None},
        {"user_id": None},
        {"made_at": timezone.now()},
        {"why": "x"},
        {"seal": "x"},
        {"was": {}},
        {"body": "Another word."},
        {"body": "", "why": "x"},
    ],
)
def test_the_database_refuses_to_change_a_decision(decision, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)


def test_the_database_refuses_to_delete_a_decision(decision):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM comments_decision WHERE id = %s", [decision.pk])


def test_what_its_writer_deletes_is_gone_from_the_log_too(decision):
    withdraw(decision.comment_id)
    decision.refresh_from_db()
    assert (decision.body, decision.why, decision.action) == ("", "A rule", "approve")
    assert decision.seal


def test_a_missing_trigger_is_found_and_made_again(db):
    LOG.drop()
    assert {found.id for found in run_checks(databases=["default"])} >= {"comments.W001"}
    call_command("migrate", verbosity=0, stdout=io.StringIO(), stderr=io.StringIO())
    assert LOG.missing(connection) == []
