"""One address has one language; no page varies by what the browser says or keeps."""

import pytest

from articles.models import StandingPage
from tests import factories
from tests.reading import in_croatian, read

pytestmark = pytest.mark.django_db
PAGES = [
    *("/", "/ai/", "/ai/a-model-learns-to-wait/", "/ai/a-model-learns-to-wait/photos/"),
    *("/ai/a-model-learns-to-wait/comments/", "/authors/", "/authors/nexus-vale/", "/tags/patience/", "/photos/"),
    *("/corrections/", "/about/", "/search/", "/search/?q=wait", "/space-tracker/", "/nothing/"),
]
CROATIAN = [
    "/hr" + path.replace("/ai/", "/umjetna-inteligencija/").replace("/about/", "/o-nama/") for path in PAGES
]  # fmt: skip


@pytest.fixture(autouse=True)
def _stories(edition):
    for language, slug in (("en", "about"), ("hr", "o-nama")):
        StandingPage.objects.create(key="about", language=language, slug=slug, title="About", body="Text.")
        photo = factories.photo_row(factories.make_photo())
        factories.make_story(language, translation_key="wait", slug="a-model-learns-to-wait", photos=[photo])


@pytest.mark.parametrize("path", PAGES + CROATIAN)
def test_the_address_alone_decides_the_language(client, path):
    language = "hr" if path.startswith("/hr/") else "en"
    client.cookies["django_language"] = "hr" if language == "en" else "en"
    other = client.get(path, headers={"Accept-Language": "hr" if language == "en" else "en"})
    assert other.headers["Content-Language"] == language
    assert "Vary" not in other.headers
    assert other.content == client.get(path, headers={"Accept-Language": "de"}).content
    assert f'<html lang="{language}">' in other.content.decode()


@pytest.mark.parametrize(("path", "twin"), zip(PAGES, CROATIAN, strict=True))
def test_every_page_has_a_twin(client, path, twin):
    assert client.get(path).status_code == client.get(twin).status_code == (404 if path == "/nothing/" else 200)


@pytest.mark.parametrize(
    ("path", "twin"), [pair for pair in zip(PAGES, CROATIAN, strict=True) if "tags" not in pair[0]]
)
def test_the_switch_leads_to_this_page_in_the_other_language(client, path, twin):
    page = read(client, path, status=404 if path == "/nothing/" else 200)
    (switch,) = [link for link in page.all("a", hreflang="hr") if "title" in link]
    if path == "/nothing/":
        assert switch["href"] == "/hr/"
        assert "Not translated yet" in switch["title"]
    else:
        assert switch["href"] == twin


@pytest.mark.parametrize(("path", "twin"), zip(PAGES[:9], CROATIAN[:9], strict=True))
def test_links_of_a_page_stay_in_its_language(client, path, twin):
    for address, language in ((path, "en"), (twin, "hr")):
        page = read(client, address)
        leaving = {link["href"] for link in page.all("a") if "hreflang" in link}
        inside = {link for link in page.links if link.startswith("/")} - leaving
        strays = {link for link in inside if link.startswith("/hr/") != (language == "hr")}
        # Accounts and files of pictures have one address for both languages.
        assert {link for link in strays if not link.startswith(("/accounts/login/", "/media/"))} == set(), address


@pytest.mark.parametrize(
    "path",
    [
        *("/hr/ai/", "/umjetna-inteligencija/", "/hr/ai/a-model-learns-to-wait/photos/x/", "/hr/about/", "/o-nama/"),
        *("/de/", "/en/", "/hrv/", "/hr/hr/", "/hr/admin/", "/hr/healthz"),
    ],
)
def test_a_slug_of_the_other_language_is_not_found(client, path):
    assert client.get(path, follow=True).status_code == 404


def test_a_category_segment_of_the_other_language_leads_to_the_right_one(client):
    response = client.get("/hr/ai/a-model-learns-to-wait/")
    assert response.status_code == 301
    assert response.headers["Location"] == "/hr/umjetna-inteligencija/a-model-learns-to-wait/"


def test_the_croatian_pages_speak_croatian(client):
    page = read(client, "/hr/umjetna-inteligencija/a-model-learns-to-wait/")
    for message in ("Quick article interpreter", "How this story was made", "Comments", "Liked by readers"):
        assert in_croatian(message) in page.main
    assert "Umjetna inteligencija" in page.text
    assert "San Francisco, Kalifornija" in page.main


def test_the_prefix_without_its_slash_leads_home(client):
    response = client.get("/hr")
    assert response.status_code == 301
    assert response.headers["Location"] == "/hr/"
