import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from newsroom.media import NAME
from photos.models import new_token
from tests import factories

TOKEN = "0123456789abcdef01234567"


@pytest.fixture
def photo(db):
    return factories.make_photo()


def test_a_rendition_is_served_for_good(client, photo):
    response = client.get(photo.url())
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in response.headers
    assert b"".join(response.streaming_content)[:4] == b"RIFF"


def test_every_rendition_in_the_srcset_exists(client, db):
    photo = factories.make_photo(width=1000, height=500)
    assert photo.widths == [320, 640, 960, 1000]
    for size in photo.srcset.split(", "):
        assert client.get(size.split()[0]).status_code == 200


def test_an_original_is_not_served(client, photo):
    """It may say where it was taken."""
    assert default_storage.exists(photo.file.name)
    assert client.get(f"/media/{photo.file.name}").status_code == 404
    copied = f"photos/01/{TOKEN}/original.png"
    default_storage.save(copied, ContentFile(b"x"))
    assert client.get(f"/media/{copied}").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "../secret_key",
        "..%2fsecret_key",
        "%2e%2e/secret_key",
        "photos/../secret_key",
        f"photos/01/{TOKEN}/../../../../secret_key",
        f"photos/01/{TOKEN}/320.webp/../../../secret_key",
        f"photos/01/{TOKEN}/320.webp%0a",
        f"photos/01/{TOKEN}/320.svg",
        f"photos/01/{TOKEN}/320.html",
        f"photos/01/{TOKEN}/",
        f"photos/01/{TOKEN}",
        f"photos/01/{TOKEN.upper()}/320.webp",
        "photos/01/",
        "photos/",
        "",
        "/etc/passwd",
        "C:/windows",
        "a" * 5000,
    ],
)
def test_nothing_else_of_the_disk_can_be_read(client, db, settings, name):
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT.parent / "secret_key").write_text("secret")
    response = client.get(f"/media/{name}")
    assert response.status_code == 404
    assert "Cache-Control" not in response.headers


def test_a_picture_that_is_not_there_is_a_404(client, db):
    assert client.get(f"/media/photos/01/{TOKEN}/320.webp").status_code == 404


def test_names_cannot_be_guessed():
    tokens = {new_token() for _number in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 24 for token in tokens)
    assert NAME.match(f"photos/{TOKEN[:2]}/{TOKEN}/320.webp")


def test_pictures_are_only_read(client, photo):
    for method in ("post", "put", "delete"):
        assert getattr(client, method)(photo.url()).status_code == 405
    assert client.head(photo.url()).status_code == 200
