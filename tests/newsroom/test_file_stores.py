"""Where files are kept is decided by the environment; a half configured store is named at once."""

import environ
import pytest

from newsroom.file_stores import faults, stores
from tests.newsroom.test_settings import COMPLETE, run, values

WHOLE = {
    "MEDIA_S3_BUCKET": "pictures",
    "ORIGINALS_S3_BUCKET": "uploads",
    "MEDIA_S3_ENDPOINT": "https://s3.example.org",
    "MEDIA_S3_REGION": "eu-central-1",
    "MEDIA_URL": "https://media.example.org/",
}


def said(**variables):
    env = environ.Env()
    env.ENVIRON = variables
    return list(faults(env, variables.get("MEDIA_URL", "/media/")))


def chosen(**variables):
    env = environ.Env()
    env.ENVIRON = variables
    return stores(env)


def test_without_variables_files_are_on_the_local_disk():
    assert said() == []
    assert {store["BACKEND"] for store in chosen().values()} == {"newsroom.storage.LocalStorage"}


def test_two_buckets_of_one_store():
    assert said(**WHOLE) == []
    place = {"endpoint_url": "https://s3.example.org", "region_name": "eu-central-1"}
    assert chosen(**WHOLE) == {
        "default": {
            "BACKEND": "newsroom.s3_storage.MediaS3Storage",
            "OPTIONS": {**place, "bucket_name": "pictures"},
        },
        "originals": {
            "BACKEND": "newsroom.s3_storage.OriginalS3Storage",
            "OPTIONS": {**place, "bucket_name": "uploads"},
        },
    }


def test_amazons_own_needs_no_endpoint():
    own = {name: value for name, value in WHOLE.items() if name != "MEDIA_S3_ENDPOINT"}
    assert said(**own) == []
    assert chosen(**own)["default"]["OPTIONS"]["endpoint_url"] is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"MEDIA_S3_BUCKET": ""}, "MEDIA_S3_BUCKET is missing"),
        ({"ORIGINALS_S3_BUCKET": ""}, "ORIGINALS_S3_BUCKET is missing"),
        ({"ORIGINALS_S3_BUCKET": "pictures"}, "ORIGINALS_S3_BUCKET is the same as MEDIA_S3_BUCKET"),
        ({"MEDIA_URL": "/media/"}, "MEDIA_URL must be the public address"),
        ({"MEDIA_URL": "https://media.example.org"}, "MEDIA_URL must be the public address"),
        ({"MEDIA_S3_ENDPOINT": "s3.example.org"}, "MEDIA_S3_ENDPOINT must begin with https://"),
    ],
)
def test_what_is_half_configured_is_named(change, fault):
    (sentence,) = said(**{**WHOLE, **change})
    assert fault in sentence


@pytest.mark.parametrize("name", ["ORIGINALS_S3_BUCKET", "MEDIA_S3_ENDPOINT", "MEDIA_S3_REGION"])
def test_one_variable_alone_is_no_store(name):
    assert said(**{name: "https://s3.example.org"})


@pytest.mark.parametrize("production", [{}, COMPLETE])
def test_the_site_does_not_start_with_half_a_store(tmp_path, production):
    done = run(tmp_path, "manage.py", "check", **production, MEDIA_S3_BUCKET="pictures")
    assert done.returncode != 0
    assert "ORIGINALS_S3_BUCKET is missing" in done.stderr
    assert "MEDIA_URL must be" in done.stderr


def test_the_site_starts_with_a_whole_one(tmp_path):
    expression = "[s.STORAGES['default']['BACKEND'], s.CSP_MEDIA]"
    shown = values(tmp_path, expression, **WHOLE)
    assert shown == "['newsroom.s3_storage.MediaS3Storage', ['https://media.example.org']]"
