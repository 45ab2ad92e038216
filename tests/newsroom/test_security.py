"""What protects every page: headers, the content security policy, and the proof of where a form comes from."""

import pytest
from django.test import RequestFactory

from newsroom.errors import NotAllowed
from newsroom.security import client_ip, require_same_origin
from tests import factories

STORY = "/ai/a-model-learns-to-wait/"
PAGES = [
    *("/", "/hr/", "/ai/", STORY, STORY + "photos/", STORY + "comments/", STORY + "like/", "/authors/nexus-vale/"),
    *("/tags/patience/", "/photos/", "/archive/2026/1/", "/corrections/", "/search/", "/space-tracker/", "/nothing/"),
    *(
        "/?before=%00",
        "/admin/",
        "/admin/login/",
        "/healthz",
        "/readyz",
        "/feeds/rss.xml",
        "/robots.txt",
        "/sitemap.xml",
    ),
    *("/media/nothing", "/db/1/", "/ai/?before=x"),
]
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}


@pytest.fixture
def _stories(edition):
    factories.make_story(photos=[factories.photo_row(factories.make_photo())])


@pytest.mark.django_db
@pytest.mark.usefixtures("_stories")
@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_policy_and_the_headers(client, path):
    headers = client.get(path).headers
    parts = [part.split() for part in headers["Content-Security-Policy"].split(";") if part.strip()]
    assert {name: sources for name, *sources in parts} == POLICY
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
def test_a_500_carries_them_too(edition, monkeypatch):
    from django.test import Client

    from articles import views

    monkeypatch.setattr(views, "front_page", lambda language: 1 / 0)
    headers = Client(raise_request_exception=False).get("/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def request(headers, **extra):
    return RequestFactory().post("/", headers=headers, SERVER_NAME="news.example.org", **extra)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": "http://news.example.org"},
    ],
)
def test_a_form_of_our_own_page_is_taken(settings, headers):
    settings.ALLOWED_HOSTS = ["news.example.org"]
    require_same_origin(request(headers))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://news.example.org"},
        {"Origin": ""},
        {"Origin": "null"},
        {"Origin": "http://news.example.org.evil.example"},
        {"Origin": "http://news.example.org:8080"},
        {"Origin": "http://evil.example"},
        {"Origin": "news.example.org"},
        {"Origin": "http://["},
        {"Referer": "http://news.example.org/"},
    ],
)
def test_a_form_from_elsewhere_is_refused(settings, headers):
    settings.ALLOWED_HOSTS = ["news.example.org"]
    with pytest.raises(NotAllowed):
        require_same_origin(request(headers))


@pytest.mark.parametrize(
    ("forwarded", "proxies", "found"),
    [
        ("", 0, "127.0.0.1"),
        ("1.1.1.1", 0, "127.0.0.1"),
        ("1.1.1.1", 1, "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1", 1, "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1, 2.2.2.2", 2, "1.1.1.1"),
        ("1.1.1.1", 2, "127.0.0.1"),
        (" , ,", 1, "127.0.0.1"),
    ],
)
def test_no_more_proxies_are_believed_than_there_are(forwarded, proxies, found):
    assert client_ip(request({"X-Forwarded-For": forwarded} if forwarded else {}), proxies) == found
