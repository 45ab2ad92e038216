"""`/media/` serves the renditions of photos from the local disk, for good, and nothing else of it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from newsroom.media import NAME
from photos import making, planning
from photos.models import new_token
from tests import factories
from tests.photos.making import urls_of

TOKEN = "0123456789abcdef01234567"
FOLDER = f"photos/01/{TOKEN}"


@pytest.fixture
def photo(db):
    return factories.make_photo()


def body(response):
    return b"".join(response.streaming_content)


def test_a_rendition_is_served_for_good(client, photo):
    response = client.get(photo.art.url())
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response.headers
    assert "Vary" not in response.headers
    data = body(response)
    assert data[:4] == b"RIFF"
    assert int(response.headers["Content-Length"]) == len(data)


def test_every_address_that_a_page_may_name_is_served_in_its_format(client, photo):
    making.make_now(photo)
    known = {"avif": ("image/avif", b"ftypavif"), "webp": ("image/webp", b"WEBP"), "jpg": ("image/jpeg", b"\xff\xd8")}
    urls = list(urls_of(photo))
    assert {url.rpartition(".")[2] for url in urls} == set(known)
    for url in urls:
        response = client.get(url)
        kind, start = known[url.rpartition(".")[2]]
        assert (response.status_code, response.headers["Content-Type"]) == (200, kind)
        assert start in body(response)[:12]


def test_every_file_of_a_set_has_a_name_that_is_served(photo):
    making.make_now(photo)
    names = planning.names_in(photo.token, {**photo.renditions, "search": ["16x9", "4x3", "1x1"]})
    assert names
    assert all(NAME.match(name) for name in names)


def test_an_original_is_not_served(client, photo):
    """It may say where it was taken."""
    assert default_storage.exists(photo.file.name)
    assert client.get(f"/media/{photo.file.name}").status_code == 404
    for copied in (f"{FOLDER}/original.png", f"{FOLDER}/first/original.jpg", f"{FOLDER}/first/natural-320.png"):
        default_storage.save(copied, ContentFile(b"x"))
        assert client.get(f"/media/{copied}").status_code == 404


def test_what_is_half_written_is_not_served(client, db):
    default_storage.save(f"{FOLDER}/first/natural-320.webp.0a1b2c3d.part", ContentFile(b"x"))
    assert client.get(f"/media/{FOLDER}/first/natural-320.webp.0a1b2c3d.part").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../secret_key",
        "..%2fsecret_key",
        "%2e%2e/secret_key",
        "photos/../secret_key",
        f"{FOLDER}/first/../../../../../secret_key",
        f"{FOLDER}/first/natural-320.webp/../../../../../secret_key",
        f"{FOLDER}/first/natural-320.webp%0a",
        f"{FOLDER}/first/natural-320.svg",
        f"{FOLDER}/first/natural-320.html",
        f"{FOLDER}/first/natural-320",
        f"{FOLDER}/first/natural-.webp",
        f"{FOLDER}/first/",
        f"{FOLDER}/0123456789/",
        f"{FOLDER}/second/natural-320.webp",
        f"{FOLDER}/012345678/natural-320.webp",
        f"{FOLDER}/natural-320.webp",
        f"photos/02/{TOKEN}/first/natural-320.webp",
        f"photos/01/{TOKEN.upper()}/first/natural-320.webp",
        f"photos//01/{TOKEN}/first/natural-320.webp",
        f"{FOLDER}/",
        FOLDER,
        "photos/01/",
        "photos/",
        "cards/",
        "",
        "/etc/passwd",
        "C:/windows",
    ],
)
def test_nothing_else_of_the_disk_can_be_read(client, db, settings, name):
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT.parent / "secret_key").write_text("secret")
    # What the names that are nearly right would lead to.
    for folder in (FOLDER, f"photos/02/{TOKEN}"):
        for path in ("first", "0123456789", "012345678", "second", ""):
            default_storage.save(f"{folder}/{path}/natural-320.webp".replace("//", "/"), ContentFile(b"x"))
    response = client.get(f"/media/{name}")
    assert response.status_code == 404
    assert "Cache-Control" not in response.headers


def test_the_name_that_these_are_near_to_is_served(client, db):
    default_storage.save(f"{FOLDER}/first/natural-320.webp", ContentFile(b"x"))
    assert client.get(f"/media/{FOLDER}/first/natural-320.webp").status_code == 200


def test_a_picture_that_is_not_there_is_a_404(client, db):
    response = client.get(f"/media/{FOLDER}/first/natural-320.webp")
    assert response.status_code == 404
    assert "immutable" not in response.headers.get("Cache-Control", "")


def test_a_photo_of_an_unpublished_story_cannot_be_guessed(client, edition):
    """Nothing in its address follows from what a reader knows: its number, its file, its story."""
    photo, twin = factories.make_photo(), factories.make_photo()
    factories.make_draft(photos=[factories.photo_row(photo)])
    assert photo.sha256 == twin.sha256
    assert photo.token != twin.token
    tokens = {new_token() for _number in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 24 for token in tokens)
    other = photo.art.url().replace(photo.token, twin.token[:12] + photo.token[12:])
    assert client.get(other).status_code == 404


def test_pictures_are_only_read(client, photo):
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(photo.art.url()).status_code == 405
    response = client.head(photo.art.url())
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert body(response) == b""
