"""Many plausible stories in little time and memory: rows as publishing.py would leave them, written in bulk.

A batch is one transaction with all that belongs to its stories, so an interruption leaves whole batches. What the rows
must agree in (content and hash, row and copies, counters) is checked by tests/desk/test_seed_stories.py.
"""

import datetime as dt
import random

from django.db import connection, transaction
from django.utils import timezone

from articles import desk_search, search
from articles.content import VERSION, digest, source_moment
from articles.dialect import HTML_VERSION
from articles.likes import like_score
from articles.models import (
    Article,
    ArticlePhoto,
    ArticleSource,
    ArticleStats,
    ArticleTag,
    Publication,
    RecordCounter,
    Revision,
)
from comments.models import Comment
from newsroom.text import slugify

from . import seed_readers
from .seed_cast import make_cast
from .seed_texts import Texts, figure

BATCH = 500
SPAN = dt.timedelta(days=6 * 365)
DRAFTS, SCHEDULED, SAME_MOMENT, TRANSLATED, WITH_PLACE, WITH_PHOTOS = 0.02, 0.005, 0.03, 0.3, 0.8, 0.85
REASON = "Made by seed_stories"


class Seeder:
    """run() stores the stories and yields how many there are after each batch. The first language has them all."""

    def __init__(self, count, seed, languages):
        self.count, self.languages = count, languages
        self.rng = random.Random(seed)  # noqa: S311 - makes up content, guards nothing
        # The comments of the hot story are the same whatever the count, so that its page can be compared.
        self.hot_rng = random.Random(seed)  # noqa: S311
        self.now = timezone.now()
        self.cast = make_cast(languages)
        self.texts = {language: Texts(language, self.rng) for language in languages}
        self.figures = {photo.pk: figure(photo.pk) for photo in self.cast.photos}
        self.last_moment = None
        self.has_hot = False

    def run(self):
        done = 0
        while done < self.count:
            done += self._store_batch(done, min(BATCH, self.count - done))
            yield done

    @transaction.atomic
    def _store_batch(self, done, size):
        number = RecordCounter.take(count=size)
        batch = Batch(self.now)
        while len(batch.articles) < size:
            room = size - len(batch.articles)
            self._add_family(batch, number + len(batch.articles), done + len(batch.articles), room)
        batch.store()
        return size

    def _add_family(self, batch, number, index, room):
        """A story and, of some, its translations, as far as there is room in the batch."""
        moment, is_public = self._moment(index), self.rng.random() > DRAFTS
        is_translated = is_public and self.rng.random() < TRANSLATED
        languages = self.languages[: room if is_translated else 1]
        shared = self._shared()
        family = [
            self._story(batch, language, number + offset, moment if is_public else None, shared)
            for offset, language in enumerate(languages)
        ]
        original = family[0]
        for article in family:
            article.translation_key = f"seed-{number}"
            article.translations_json = [_translation(other) for other in family if other is not article]
            if article is not original:
                article.revision.translated_from = original.revision
        if original.public_at and original.public_at < self.now:
            is_hot = not self.has_hot and index >= self.count // 2
            self.has_hot |= is_hot
            for article in family:
                self._add_readers(batch, article, is_hot and article is original)

    def _moment(self, index):
        """Older stories first, some at the moment of the one before, some still to come."""
        chance = self.rng.random()
        if chance < SCHEDULED:
            return self.now + dt.timedelta(hours=1) + dt.timedelta(days=30) * self.rng.random()
        if chance > SAME_MOMENT + SCHEDULED or self.last_moment is None:
            self.last_moment = self.now - SPAN * (1 - (index + self.rng.random()) / self.count)
        return self.last_moment

    def _shared(self):
        """What the translations of a story have in common."""
        rng, cast = self.rng, self.cast
        return {
            "section": rng.choice(cast.sections),
            "author": rng.choice(cast.editors),
            "place": rng.choice(cast.places) if rng.random() < WITH_PLACE else None,
            "photos": rng.sample(cast.photos, rng.randint(1, 3)) if rng.random() < WITH_PHOTOS else [],
            "sources": rng.sample(cast.sources, rng.choice([1, 1, 1, 2, 3])),
            "origin": rng.choice([Article.Origin.AI_REWRITTEN] * 4 + [Article.Origin.AI_ASSISTED]),
        }

    def _story(self, batch, language, number, moment, shared):
        photos = shared["photos"]
        text = self.texts[language].story([self.figures[photo.pk] for photo in photos[1:]])
        tags = self.cast.tags[language].draw(self.rng, self.rng.randint(2, 6))
        written = min(moment or self.now, self.now) - dt.timedelta(hours=1 + 20 * self.rng.random())
        content = _content(text, number, language, tags, written, shared)
        article = Article(
            language=language,
            record_number=number,
            status=Article.Status.PUBLISHED if moment else Article.Status.DRAFT,
            publish_at=moment if moment and moment > self.now else None,
            public_at=moment,
            is_demo=True,
            edited_at=written,
            title=text.title,
            slug=content["slug"],
            category=shared["section"][language],
            author=shared["author"],
            origin=shared["origin"],
            interpreter=text.interpreter,
            key_points=text.key_points,
            body=text.body,
            place=shared["place"],
            hero=photos[0] if photos else None,
            html=text.html,
            html_version=HTML_VERSION,
            words=text.words,
            hero_alt=content["photos"][0]["alt"] if photos else "",
            tags_json=[[tag.name, tag.slug] for tag in tags],
            sources_json=_told_sources(content["sources"], shared["sources"]),
            history_json=[{"number": 1, "shown_from": moment.isoformat(), "reason": REASON}] if moment else [],
        )
        article.revision = _revision(article, content, written)
        batch.add(article, content, tags, shared["sources"])
        return article

    def _add_readers(self, batch, article, is_hot):
        rng = self.hot_rng if is_hot else self.rng
        likes = seed_readers.likes(article, rng, self.now)
        comments = seed_readers.comments(article, self.texts[article.language], rng, self.now, is_hot)
        article.stats.like_count = len(likes)
        article.stats.like_score = like_score([like.created_at for like in likes])
        article.stats.comment_count = sum(comment.status == Comment.Status.APPROVED for comment in comments)
        batch.likes += likes
        batch.comments += comments
        batch.comment_likes += seed_readers.comment_likes(comments, rng)


def _revision(article, content, written):
    return Revision(
        article=article,
        number=1,
        content=content,
        canonical_version=VERSION,
        sha256=digest(content),
        created_at=written,
        reason=REASON,
    )


def _content(text, number, language, tags, written, shared):
    """The content of the story's one revision, in the canonical form of articles/content.py."""
    published = written.date().isoformat()
    return {
        "title": text.title,
        "slug": f"{slugify(text.title, 60)}-{number}",
        "category": shared["section"][language].key,
        "tags": [tag.name for tag in tags],
        "author": shared["author"].slug,
        "origin": shared["origin"].value,
        "interpreter": text.interpreter,
        "key_points": text.key_points,
        "body": text.body,
        "place": shared["place"].key if shared["place"] else None,
        "sources": [
            {"source": source.key, "url": f"{source.url}{number}/", "title": text.title, "published": published}
            for source in shared["sources"]
        ],
        "photos": [
            {
                "photo": photo.pk,
                "sha256": photo.sha256,
                "alt": photo.alt(language),
                "caption": photo.caption(language),
                "credit": photo.credit,
                "mark": photo.mark,
            }
            for photo in shared["photos"]
        ],
    }


def _told_sources(rows, sources):
    return [
        {"name": source.name, "url": row["url"], "title": row["title"], "published": row["published"]}
        for row, source in zip(rows, sources, strict=True)
    ]


def _translation(article):
    return {
        "language": article.language,
        "path": article.get_absolute_url(),
        "public_at": article.public_at.isoformat(),
        "is_demo": article.is_demo,
    }


class Batch:
    """All rows of some hundred stories. They point at each other as objects, and get their ids when they are stored."""

    def __init__(self, now):
        self.now = now
        self.articles, self.likes, self.comments, self.comment_likes = [], [], [], []
        self.publications, self.stats, self.photos, self.sources, self.tags = [], [], [], [], []

    def add(self, article, content, tags, sources):
        self.articles.append(article)
        self.stats.append(ArticleStats(article=article, language=article.language))
        if article.public_at:
            self.publications.append(
                Publication(article=article, revision=article.revision, shown_from=article.public_at)
            )
        self.tags += [
            ArticleTag(tag=tag, content_object=article, language=article.language, public_at=article.public_at)
            for tag in tags
        ]
        self.photos += [
            ArticlePhoto(
                article=article,
                photo_id=row["photo"],
                position=position,
                alt=row["alt"],
                caption=row["caption"],
                mark=row["mark"],
                language=article.language,
                public_at=article.public_at,
            )
            for position, row in reversed(list(enumerate(content["photos"])))
        ]
        self.sources += [
            ArticleSource(
                article=article,
                source=source,
                position=position,
                url=row["url"],
                title=row["title"],
                published_at=source_moment(row["published"]),
            )
            for position, (row, source) in enumerate(zip(content["sources"], sources, strict=True))
        ]

    def store(self):
        revisions = [article.revision for article in self.articles]
        for rows in (self.articles, revisions, self.comments):
            give_ids(rows)
        for rows in (self.articles, revisions, self.publications, self.stats, self.photos, self.sources, self.tags):
            _insert(rows)
        _insert(self.likes)
        _insert(self.comments)
        _insert(self.comment_likes)
        search.index_many(article.pk for article in self.articles)
        desk_search.index_many(article.pk for article in self.articles)


def _insert(rows):
    if rows:
        type(rows[0]).objects.bulk_create(rows)


def give_ids(rows):
    """Ids from the database's own sequence: rows that point at each other can then be stored in one go each.

    Foreign keys are checked at the end of the transaction on both databases.
    """
    if not rows:
        return
    table, key = rows[0]._meta.db_table, rows[0]._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # The transaction holds the only write lock, so nobody else takes these.
            cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
            [last] = cursor.fetchone()
            ids = range(last + 1, last + 1 + len(rows))
        else:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [table, key, len(rows)]
            )
            ids = [number for (number,) in cursor.fetchall()]
    for row, number in zip(rows, ids, strict=True):
        row.pk = number
