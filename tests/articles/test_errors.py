"""Bad input gets a 4xx with a clear page in the language of the address; a fault of ours gets one without database."""

import pytest
from django.db import OperationalError
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from articles import views
from newsroom.errors import too_many
from tests import factories
from tests.reading import Reading, expect_status, in_croatian

pytestmark = pytest.mark.django_db
STORY = "/ai/a-model-learns-to-wait/"
HR_STORY = "/hr/umjetna-inteligencija/model-uci-cekati/"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _stories(edition):
    factories.make_story()
    factories.make_story("hr", title="Model uči čekati", slug="model-uci-cekati")


def check_page(response, status, language, title):
    page = Reading(response.content.decode())
    assert response.status_code == status
    assert page.language == response.headers["Content-Language"] == language
    assert (in_croatian(title) if language == "hr" else title) in page.text
    assert page.all("meta", name="robots", content="noindex")
    assert ("/hr/" if language == "hr" else "/") in page.links
    assert "Set-Cookie" not in response.headers
    return page


@pytest.mark.parametrize(("start", "language"), [("", "en"), ("/hr", "hr")])
def test_400_and_404_pages(client, start, language):
    check_page(client.get(start + "/photos/x/y/z/"), 404, language, "Page not found")
    check_page(client.get(start + "/authors/nexus-vale/?before=x"), 400, language, "That cannot be read")


@pytest.mark.parametrize(("story", "language"), [(STORY, "en"), (HR_STORY, "hr")])
def test_403_page(client, story, language):
    page = check_page(client.post(story + "like/"), 403, language, "Not allowed")
    if language == "en":
        assert "This form was not sent from our own page." in page.main


@pytest.mark.parametrize(("story", "language"), [(STORY, "en"), (HR_STORY, "hr")])
def test_429_page_says_when_to_come_back(client, settings, story, language):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "like-network": (1, 60)}
    client.post(story + "like/", headers=SAME_ORIGIN)
    client.cookies.clear()
    response = client.post(story + "like/", headers=SAME_ORIGIN)
    check_page(response, 429, language, "Too many at once")
    assert 0 < int(response.headers["Retry-After"]) <= 60


def test_429_page_names_the_seconds():
    request = HttpRequest()
    request.LANGUAGE_CODE = "en"
    response = too_many(request, 17)
    assert response.headers["Retry-After"] == "17"
    assert "Try again in 17 s." in response.content.decode()


@pytest.mark.parametrize(("path", "language"), [("/", "en"), ("/hr/", "hr")])
def test_500_page_needs_no_database(monkeypatch, path, language, django_assert_num_queries):
    def broken(language):
        raise OperationalError("the database is gone")

    monkeypatch.setattr(views, "front_page", broken)
    with django_assert_num_queries(0):
        response = Client(raise_request_exception=False).get(path)
    page = check_page(response, 500, language, "Something broke on our side")
    assert "database is gone" not in page.text


def test_500_page_comes_also_when_only_the_frame_needs_the_database(monkeypatch):
    def broken(*args):
        raise OperationalError("the database is gone")

    monkeypatch.setattr("articles.navigation.sections", broken)
    response = Client(raise_request_exception=False).get("/photos/x/y/z/")
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


NUL = [
    "/%00/",
    "/ai%00/",
    "/ai/a%00b/",
    "/ai/?before=%00",
    "/?q=%00",
    "/hr/?x=%00",
    "/search/?q=a%00b",
    "/search/?%00=1",
]


@pytest.mark.parametrize("path", NUL)
def test_nul_bytes_in_an_address_are_refused(client, path):
    response = client.get(path)
    assert response.status_code in (400, 404)
    assert "text/html" in response.headers["Content-Type"]


@pytest.mark.parametrize("form", [{"action": "like\0"}, {"like\0": "1"}])
def test_nul_bytes_in_a_form_are_refused(client, form):
    assert client.post(STORY + "like/", form, headers=SAME_ORIGIN).status_code == 400


@pytest.mark.parametrize("name", ["reader", "sessionid", "csrftoken", "messages"])
@pytest.mark.parametrize("value", ["x" * 4000, "%00", '"', "[[]]", "é"])
def test_strange_cookies_change_no_page(client, name, value):
    plain = client.get(STORY).content
    assert client.get(STORY, headers={"Cookie": f"{name}={value}"}).content == plain
    assert client.get(STORY + "like/", headers={"Cookie": f"{name}={value}"}).status_code == 200


ODD = ["/%ff/", "/ai/%ff/", "/ai/%c3%28/", "/ai/?before=%ff", "/%F0%9F%98%80/", "/ai/..%2f..%2fetc/", "/ai/%0d%0aX:1/"]


@pytest.mark.parametrize("path", ODD)
def test_bytes_that_are_no_text_are_a_4xx(client, path):
    assert client.get(path).status_code in (400, 404)


@pytest.mark.parametrize(
    "path", ["/" + "a" * 10_240 + "/", "/ai/" + "a" * 10_240 + "/", "/" + "a/" * 5000, "/tags/" + "a" * 10_240 + "/"]
)
def test_a_very_long_address_is_a_404(client, path):
    expect_status(client, path, 404)


@pytest.mark.parametrize("path", ["/", "/ai/", STORY, STORY + "comments/", "/authors/nexus-vale/", "/tags/patience/"])
def test_parameters_without_meaning_are_ignored(client, path, time_machine):
    # The home page prints the time, in full in its markup.
    time_machine.move_to(timezone.now(), tick=False)
    assert client.get(path + "?page=abc&x=%ff&__proto__=1").content == client.get(path).content


PAGES = ["/", "/ai/", STORY, STORY + "comments/", "/authors/", "/photos/", "/corrections/", "/search/", "/healthz"]


@pytest.mark.parametrize("path", PAGES)
def test_head_is_get_without_the_body(client, path):
    get, head = client.get(path), client.head(path)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("path", PAGES)
def test_other_methods_are_a_405(client, path, method):
    response = client.generic(method, path)
    if (path, method) == (STORY + "comments/", "POST"):
        # That is where comments are sent, from our own page.
        assert response.status_code == 403
        return
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(("path", "language"), [("/", "en"), (HR_STORY, "hr"), ("/hr/search/", "hr")])
@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS"])
def test_405_page(client, path, language, method):
    response = client.generic(method, path)
    check_page(response, 405, language, "Not done this way")
    assert response.headers["Allow"] == "GET, HEAD"


def test_a_405_of_what_is_no_page_stays_bare(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.post("/healthz").content == b""


def test_a_like_takes_no_other_method(client):
    assert client.put(STORY + "like/", headers=SAME_ORIGIN).status_code == 405


def test_a_form_without_its_token_gets_our_own_page():
    client = Client(enforce_csrf_checks=True)
    page = check_page(client.post("/hr/search/"), 403, "hr", "Not allowed")
    assert not page.all("style")


def test_an_unknown_host_is_a_400(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_a_broken_or_enormous_form_is_a_400(client, settings):
    broken = {"data": b"--x\r\nbroken", "content_type": "multipart/form-data; boundary="}
    assert client.post(STORY + "like/", headers=SAME_ORIGIN, **broken).status_code == 400
    form = {"action": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}
    assert client.post(STORY + "like/", form, headers=SAME_ORIGIN).status_code == 400
    fields = {f"f{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    assert client.post(STORY + "like/", fields, headers=SAME_ORIGIN).status_code == 400
