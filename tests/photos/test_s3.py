"""The same with a store that speaks S3: moto's server, a process of its own on loopback."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import boto3
import environ
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.utils import timezone

import newsroom.urls  # noqa: F401 (reads MEDIA_URL when it is imported, and is to know that of other tests)
from articles import share_cards, story_page
from newsroom.file_stores import stores
from photos import making, planning, recipe, retiring
from photos.models import Making, originals
from tests import factories
from tests.articles.desk import editor, signed_in
from tests.photos.making import halves

pytestmark = pytest.mark.django_db
MEDIA, ORIGINALS = "pictures", "uploads"
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
FOR_GOOD = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def endpoint():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(url, server):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert server.poll() is None, "moto's server ended"
        try:
            urllib.request.urlopen(f"{url}/moto-api/", timeout=5).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("moto's server did not answer")


@pytest.fixture
def s3(endpoint, monkeypatch, settings):
    """A client of the store. The site is set up for it as by the environment."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "for-tests")
    env = environ.Env()
    env.ENVIRON = {
        "MEDIA_S3_BUCKET": MEDIA,
        "ORIGINALS_S3_BUCKET": ORIGINALS,
        "MEDIA_S3_ENDPOINT": endpoint,
        "MEDIA_S3_REGION": "us-east-1",
    }
    settings.MEDIA_URL = f"{endpoint}/{MEDIA}/"
    settings.STORAGES = {**settings.STORAGES, **stores(env)}
    client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
    for bucket in (MEDIA, ORIGINALS):
        client.create_bucket(Bucket=bucket)
    yield client
    for bucket in (MEDIA, ORIGINALS):
        for key in keys(client, bucket):
            client.delete_object(Bucket=bucket, Key=key)
        client.delete_bucket(Bucket=bucket)


def keys(client, bucket):
    return [row["Key"] for row in client.list_objects_v2(Bucket=bucket).get("Contents", [])]


def test_an_upload_and_its_renditions_lie_in_two_buckets(s3, settings):
    desk = signed_in(editor())
    data = {"upload": factories.png(), "title": "Domes", "mark": "photograph", "credit": "ESO", "alt_en": "Six domes"}
    assert desk.post("/admin/photos/photo/add/", data).status_code == 302
    photo = Making.objects.get().photo
    assert keys(s3, ORIGINALS) == [photo.file.name]
    assert keys(s3, MEDIA) == planning.names_in(photo.token, photo.renditions)
    assert making.make_due(60) == 1
    photo.refresh_from_db()
    assert photo.renditions["key"] == recipe.key_of(photo)
    assert set(planning.names_in(photo.token, photo.renditions)) < set(keys(s3, MEDIA))
    assert keys(s3, ORIGINALS) == [photo.file.name]
    assert not settings.MEDIA_ROOT.exists()


def test_every_file_has_its_type_and_may_be_kept_for_good(s3):
    photo = halves()
    making.make_now(photo)
    names = planning.names_in(photo.token, photo.renditions)
    assert {name.rpartition(".")[2] for name in names} == set(TYPES)
    for name in names:
        head = s3.head_object(Bucket=MEDIA, Key=name)
        assert (head["ContentType"], head["CacheControl"]) == (TYPES[name.rpartition(".")[2]], FOR_GOOD)
    assert "CacheControl" not in s3.head_object(Bucket=ORIGINALS, Key=photo.file.name)


def test_pages_name_the_store_and_what_they_name_is_there(s3, client, edition):
    photo = halves()
    making.make_now(photo)
    page = client.get(factories.make_story(photos=[factories.photo_row(photo)]).get_absolute_url()).content.decode()
    url = photo.art.url()
    assert url.startswith("http://127.0.0.1:")
    assert url in page
    assert s3.get_object(Bucket=MEDIA, Key=url.partition(f"/{MEDIA}/")[2])["Body"].read()[:2] == b"\xff\xd8"


def test_an_original_is_read_again_and_has_no_public_address(s3):
    photo = halves()
    with originals().open(photo.file.name) as file:
        assert file.read()[:4] == b"\x89PNG"
    assert "Signature" not in originals().url(photo.file.name)


def test_two_uploads_never_share_a_name(s3):
    first = originals().save("originals/aa/same.png", ContentFile(b"first"))
    second = originals().save("originals/aa/same.png", ContentFile(b"second"))
    assert first != second
    assert originals().open(first).read() == b"first"


def test_old_renditions_go_after_their_week(s3):
    photo = halves()
    making.make_now(photo)
    assert retiring.delete_old(timezone.now() + retiring.KEPT * 2) == 1
    assert sorted(keys(s3, MEDIA)) == sorted(planning.names_in(photo.token, photo.renditions))


def test_an_original_that_is_gone_is_named(s3):
    photo = halves()
    s3.delete_object(Bucket=ORIGINALS, Key=photo.file.name)
    assert making.make_due(60) == 0
    assert Making.objects.get().fault == "original"


def test_a_store_that_is_away_is_a_fault_for_later_and_nothing_breaks(s3, client, edition, settings):
    photo = halves()
    story = factories.make_story(photos=[factories.photo_row(photo)])
    with socket.create_server(("127.0.0.1", 0)) as free:
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"
    broken = {
        alias: {**store, "OPTIONS": {**store["OPTIONS"], "endpoint_url": nowhere}}
        for alias, store in ((alias, settings.STORAGES[alias]) for alias in ("default", "originals"))
    }
    whole = settings.STORAGES
    settings.STORAGES = {**whole, **broken}
    assert making.make_due(60) == 0
    row = Making.objects.get()
    assert (row.fault, row.attempts, row.claimed_until) == ("storage", 1, None)
    assert row.next_try_at > timezone.now()
    assert client.get(story.get_absolute_url()).status_code == 200
    settings.STORAGES = whole
    Making.objects.update(next_try_at=timezone.now())
    assert making.make_due(60) == 1


def test_an_upload_to_a_store_that_is_away_is_answered_with_a_sentence(s3, settings):
    s3.delete_bucket(Bucket=ORIGINALS)
    desk = signed_in(editor())
    data = {"upload": factories.png(), "title": "Domes", "mark": "photograph", "credit": "ESO", "alt_en": "Six domes"}
    response = desk.post("/admin/photos/photo/add/", data)
    s3.create_bucket(Bucket=ORIGINALS)
    assert response.status_code == 200
    assert 'value="Domes"' in response.content.decode()
    assert keys(s3, MEDIA) == []
    assert not Making.objects.exists()


def test_both_are_the_stores_that_the_environment_names(s3):
    assert default_storage.bucket_name == MEDIA
    assert storages["originals"].bucket_name == ORIGINALS


def test_share_cards_are_kept_there(s3, client, edition):
    article = factories.make_story(photos=[factories.photo_row(halves(1200, 800))])
    card = share_cards.card_of(article, story_page.photos_of(article.pk))
    for _time in range(2):
        response = client.get(share_cards.path_of(card))
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    (name,) = [key for key in keys(s3, MEDIA) if key.startswith("cards/")]
    head = s3.head_object(Bucket=MEDIA, Key=name)
    assert (head["ContentType"], head["CacheControl"]) == ("image/jpeg", FOR_GOOD)
    assert s3.get_object(Bucket=MEDIA, Key=name)["Body"].read() == response.content


def test_a_share_card_waits_for_a_store_that_is_away(s3, client, edition, settings):
    article = factories.make_story(photos=[factories.photo_row(halves(1200, 800))])
    path = share_cards.path_of(share_cards.card_of(article, story_page.photos_of(article.pk)))
    whole = settings.STORAGES
    away = {**whole["default"], "OPTIONS": {**whole["default"]["OPTIONS"], "endpoint_url": "http://127.0.0.1:9"}}
    settings.STORAGES = {**whole, "default": away}
    assert client.get(path).status_code == 503
    settings.STORAGES = whole
    assert client.get(path).status_code == 200
