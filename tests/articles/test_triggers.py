import io

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from articles.models import Publication, Revision
from articles.publishing import publish, unpublish
from articles.triggers import HISTORY
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision(edition):
    return factories.make_draft().newest_revision()


@pytest.mark.parametrize(
    "change",
    [{"content": {}}, {"sha256": "0" * 64}, {"number": 9}, {"reason": "x"}, {"created_by_id": None, "reason": "y"}],
)
def test_the_database_refuses_to_change_a_revision(revision, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(**change)


def test_the_database_refuses_to_delete_a_revision(revision):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_revision WHERE id = %s", [revision.pk])


def test_a_redaction_is_the_one_change_allowed_and_only_once(revision, django_user_model):
    from django.utils import timezone

    now = timezone.now()
    Revision.objects.filter(pk=revision.pk).update(content={}, redacted_at=now, redaction_reason="court")
    revision.refresh_from_db()
    assert revision.content == {}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(content={}, redacted_at=now, redaction_reason="again")


def test_a_redaction_that_keeps_the_content_is_refused(revision):
    from django.utils import timezone

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(redacted_at=timezone.now())


@pytest.fixture
def shown(edition):
    """What the public read of a story, until it was unpublished."""
    article = factories.make_story()
    unpublish(article)
    return Publication.objects.get()


@pytest.mark.parametrize("change", [{"shown_until": None}, {"revision_id": 0}, {"shown_from": "2020-01-01T00:00Z"}])
def test_the_database_refuses_to_change_what_the_public_has_read(shown, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Publication.objects.filter(pk=shown.pk).update(**change)


def test_the_database_refuses_to_delete_what_the_public_has_read(shown):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_publication WHERE id = %s", [shown.pk])


def test_what_is_public_now_can_only_end(edition):
    from django.utils import timezone

    publication = publish(factories.make_draft()).publications.filter()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        publication.update(shown_from=timezone.now())
    assert publication.update(shown_until=timezone.now()) == 1


def test_a_system_check_finds_a_missing_trigger(db):
    assert [error.id for error in run_checks(databases=["default"]) if error.id == "articles.W001"] == []
    HISTORY.drop()
    assert HISTORY.missing(connection) == [
        "revision_no_update",
        "revision_no_delete",
        "publication_no_update",
        "publication_no_delete",
    ]
    assert [error.id for error in run_checks(databases=["default"])].count("articles.W001") == 4
    HISTORY.create()
    assert HISTORY.missing(connection) == []


def test_migrate_makes_missing_triggers_again_and_is_not_stopped_by_the_check(db):
    HISTORY.drop()
    call_command("migrate", verbosity=0, skip_checks=False, stderr=io.StringIO())
    assert HISTORY.missing(connection) == []
