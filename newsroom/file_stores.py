"""settings.STORAGES: pictures on the local disk, or in two buckets of a store that speaks S3.

Credentials are those that boto3 finds: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or the machine's role.
"""

from urllib.parse import urlsplit

S3_NAMES = ["MEDIA_S3_BUCKET", "ORIGINALS_S3_BUCKET", "MEDIA_S3_ENDPOINT", "MEDIA_S3_REGION"]


def faults(env, media_url):
    """What is wrong with the variables of S3, a sentence each. None of them set is right too."""
    bucket, originals, endpoint, region = (env.str(name, "") for name in S3_NAMES)
    if not (bucket or originals or endpoint or region):
        return
    if not bucket:
        yield "MEDIA_S3_BUCKET is missing: name the bucket that the pictures of pages go to."
    if not originals:
        yield "ORIGINALS_S3_BUCKET is missing: name a private bucket for uploads as they came."
    if bucket and bucket == originals:
        yield "ORIGINALS_S3_BUCKET is the same as MEDIA_S3_BUCKET: name another, which nobody can read from outside."
    if urlsplit(media_url).scheme not in ("http", "https") or not media_url.endswith("/"):
        yield "MEDIA_URL must be the public address of MEDIA_S3_BUCKET, such as https://media.example.org/."
    if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
        yield "MEDIA_S3_ENDPOINT must begin with https:// (or http://); leave it out for Amazon's own."


def stores(env):
    """{alias: backend} of what pages show (default) and of what was uploaded (originals)."""
    bucket, originals, endpoint, region = (env.str(name, "") for name in S3_NAMES)
    if not bucket:
        local = "newsroom.storage.LocalStorage"
        # A rendition's name says its content: writing it once more writes the same.
        return {"default": {"BACKEND": local, "OPTIONS": {"allow_overwrite": True}}, "originals": {"BACKEND": local}}
    place = {"endpoint_url": endpoint or None, "region_name": region or None}
    return {
        "default": {"BACKEND": "newsroom.s3_storage.MediaS3Storage", "OPTIONS": {**place, "bucket_name": bucket}},
        "originals": {
            "BACKEND": "newsroom.s3_storage.OriginalS3Storage",
            "OPTIONS": {**place, "bucket_name": originals},
        },
    }
