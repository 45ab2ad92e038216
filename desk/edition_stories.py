"""Stories of an edition: through articles.publishing, like every save. One transaction each."""

import re
import secrets
from collections import Counter

from django.db import transaction

from articles.content import clean, digest
from articles.likes import like_score
from articles.models import Article, ArticleStats, Like
from articles.publishing import publish, publish_as_of, save_story
from photos.models import Photo

from .edition_fields import Row
from .edition_files import files_in, key_and_language, read_markdown, refuse
from .edition_tables import CHANGED, NEW, SAME

# By this reason, and by no person, the loader knows a revision of its own again.
REASON = "Imported"
FIELDS = [
    *("record", "title", "slug", "category", "tags", "author", "origin", "demo", "age", "published", "place"),
    *("sources", "interpreter", "key_points", "photos", "likes"),
]
PHOTO_IN_BODY = re.compile(r"(!\[[^\]\n]{0,600}\]\(photo:)([^)\n]{0,100})\)")
MOST_RECORD = 1_000_000_000
MOST_LIKES = 10_000


def stories(edition):
    """Stories with a number of their own come first, so that no other takes it from the counter."""
    paths = files_in(edition.folder / "stories")
    for path in sorted(paths, key=lambda path: (not _asks_for_record(path), path.name)):
        yield f"stories/{path.name}", lambda path=path: _story(edition, path)


def _asks_for_record(path):
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return b"\nrecord:" in file.read(4096)
    except OSError:
        return False


def _story(edition, path):
    key, language = key_and_language(path, "md")
    front, body = read_markdown(path)
    row = Row(front, FIELDS)
    raw = _raw(row, body, language)
    demo, record = row.flag("demo"), row.whole("record", 1, MOST_RECORD)
    public_at, likes = _public_at(row, edition.now), row.whole("likes", 0, MOST_LIKES)
    if likes and not demo:
        row.fault("likes", "only demonstration stories come with likes")
    if likes and (public_at is None or public_at > edition.now):
        row.fault("likes", "a story that is not public yet has none")
    row.raise_any()
    if demo:
        edition.refuse_demo()
    with transaction.atomic():
        article = Article.objects.filter(translation_key=key, language=language).first()
        if article:
            return Counter([_save_again(edition, article, raw, record, demo)])
        _check_record(record)
        fields = {"translation_key": key, "is_demo": demo} | ({"record_number": record} if record else {})
        article = save_story(raw, language=language, reason=REASON, **fields)
        if public_at:
            article = publish(article, at=public_at) if public_at > edition.now else publish_as_of(article, public_at)
        _give_likes(article, likes, edition.now)
    return Counter([NEW])


def _check_record(record):
    if record and Article.objects.filter(record_number=record).exists():
        refuse("record", f"db#{record} is the number of another story")


def _save_again(edition, article, raw, record, demo):
    """A changed file is a new revision; it is public at once when the story is."""
    if record and record != article.record_number:
        _check_record(record)
        refuse("record", f"this story is db#{article.record_number}; a record number never changes")
    newest = article.newest_revision()
    # Without a slug of its own the file leaves the address as it is, whatever becomes of the title.
    raw["slug"] = raw["slug"] or newest.content.get("slug", "")
    same = digest(clean(raw, article.language, article)) == newest.sha256
    if same and article.is_demo == demo:
        return SAME
    edition.check_desk(not same and not _is_ours(newest))
    article = save_story(
        raw, language=article.language, article=article, reason=REASON, skip_unchanged=True, is_demo=demo
    )
    if article.is_public:
        publish(article)
    return CHANGED


def _is_ours(revision):
    return revision.reason == REASON and revision.created_by_id is None and revision.redacted_at is None


def _raw(row, body, language):
    """The story as content.clean() takes it."""
    photos = _photos(row, language)
    return {
        **{name: row.line(name) for name in ("title", "origin", "place", "category", "author")},
        "slug": row.line("slug"),
        "interpreter": row.block("interpreter", 5000),
        "tags": row.lines("tags"),
        "key_points": row.lines("key_points"),
        "sources": [
            {name: source.line(name) for name in ("source", "url", "title", "published")}
            for source in row.rows("sources", ["source", "url", "title", "published"])
        ],
        "photos": list(photos.values()),
        "body": _body(row, body, photos),
    }


def _photos(row, language):
    """{key: row for content.clean()}, the hero first."""
    rows = row.rows("photos", ["photo", "alt", "caption"])
    keys = [photo.key("photo", required=True) for photo in rows]
    found = {photo.key: photo for photo in Photo.objects.filter(key__in=keys)}
    photos = {}
    for use, key in zip(rows, keys, strict=True):
        photo = found.get(key)
        if key in photos:
            use.fault("photo", f"“{key}” stands here twice")
        elif photo:
            alt, caption = use.line("alt", 300), use.line("caption", 400)
            photos[key] = {"photo": photo.pk, "alt": alt or photo.alt(language)}
            photos[key]["caption"] = caption or photo.caption(language)
        elif key:
            photos[key] = {"photo": None}
            use.fault("photo", f"there is no photo “{key}”")
    return photos


def _body(row, body, photos):
    """`photo:<key>` of the file becomes `photo:<id>` of this database."""

    def with_id(match):
        if match[2] not in photos:
            row.fault("body", f"it shows the photo “{match[2]}”, which is not among the story's photos")
            return match[0]
        return f"{match[1]}{photos[match[2]]['photo']})"

    return PHOTO_IN_BODY.sub(with_id, body.strip())


def _public_at(row, now):
    """When the story is public: an age back from now, an exact time, or None for a draft."""
    ago, moment = row.ago("age", now), row.moment("published")
    if row.data.get("age") and row.data.get("published"):
        row.fault("published", "there is an age too; keep one of the two")
    return ago or moment


def _give_likes(article, count, now):
    """Demonstration likes, spread over the time since publication. Their readers are random and nobody."""
    if not count:
        return
    span = (now - article.public_at).total_seconds()
    draw = secrets.SystemRandom()
    moments = [now - (now - article.public_at) * draw.random() for _number in range(count)] if span else [now] * count
    Like.objects.bulk_create(
        [Like(article=article, reader=secrets.token_hex(32), created_at=moment) for moment in moments], batch_size=1000
    )
    ArticleStats.objects.filter(article=article).update(like_count=count, like_score=like_score(moments))
