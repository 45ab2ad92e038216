"""Through the real WSGI callable: what breaks before Django's own error handling."""

import io

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from newsroom.wsgi import application

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keep_the_tests_connection():
    """As Django's own test client does: the connection of the test's transaction stays open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def answer(**environ):
    seen = {}

    def start_response(status, headers, exc_info=None):
        seen["status"] = status

    base = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/healthz",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "HTTP_HOST": "localhost",
    }
    response = application({**base, **environ}, start_response)
    list(response)
    response.close()
    return seen["status"]


@pytest.mark.parametrize("charset", ["hex", "undefined", "rot13", "idna", "base64", "utf-16", "nonsense", "UTF-8"])
def test_a_strange_charset_does_not_break_the_request(charset):
    status = answer(PATH_INFO="/search/", QUERY_STRING="q=a", CONTENT_TYPE=f"text/plain; Charset={charset}")
    assert status == "200 OK"


def test_the_boundary_of_a_form_stays():
    body = b'--x\r\nContent-Disposition: form-data; name="action"\r\n\r\nlike\r\n--x--\r\n'
    status = answer(
        REQUEST_METHOD="POST",
        PATH_INFO="/ai/no-such-story/like/",
        CONTENT_TYPE="multipart/form-data; charset=hex; boundary=x",
        CONTENT_LENGTH=str(len(body)),
        **{"wsgi.input": io.BytesIO(body)},
    )
    # A form that could not be read would be a 400.
    assert status == "404 Not Found"
