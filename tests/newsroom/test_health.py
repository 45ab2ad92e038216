import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper


def test_it_lives_without_a_database(client):
    """No `db` fixture: any query would fail this test."""
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_it_can_serve_while_the_database_answers(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_it_cannot_serve_while_the_database_is_silent(client, monkeypatch, error):
    def silent(self):
        raise error("the server closed the connection")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", silent)
    response = client.get("/readyz")
    monkeypatch.undo()
    assert response.status_code == 503
    assert response.content == b"The database does not answer.\n"
    assert connection.is_usable()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_they_are_only_read(client, path):
    assert client.post(path).status_code == 405
