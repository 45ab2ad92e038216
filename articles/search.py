"""Search: which public stories contain these words, newest first, at the same cost on every page.

Each story that is or will be public has one row in ArticleSearch, whose `position` is its place in the order of
publication. Its words are lexemes that carry their language and whether they stand in the title: `en:grok`, `en=grok`.
So one inverted index serves all languages without one slowing the other, and the title needs no weights.

- SQLite: FTS5, whose rowid is the position. It walks its lists in the order of rowid and stops at the limit.
- PostgreSQL: GIN knows no order. A common word is found by walking the newest stories; only where a few hundred of them
  do not fill the page, the word is rare enough to fetch all its stories from GIN and sort them.

What is found here is a proposal: Article.objects.public() has the last word on what is shown.
"""

import datetime as dt
from html import unescape
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone
from django.utils.html import strip_tags

from newsroom.keyset import EPOCH

from .models import Article, ArticleSearch
from .words import all_stems, stems, words_in

TEXT, TITLE = ":", "="
MILLISECOND = dt.timedelta(milliseconds=1)
# A position is milliseconds since 1970, then the story's id to tell apart what was published at the same moment.
ID_BITS = 20
LAST_POSITION = 2**63 - 1
BATCH = 500
# How many of the newest stories PostgreSQL looks through before it asks GIN.
WALK = 300


class Hit(NamedTuple):
    id: int
    position: int

    @property
    def public_at(self):
        return EPOCH + (self.position >> ID_BITS) * MILLISECOND


def position_of(moment, article_id):
    return min((moment - EPOCH) // MILLISECOND << ID_BITS | article_id % 2**ID_BITS, LAST_POSITION)


# Writing


@transaction.atomic
def index(article):
    """Brings search up to the story. Belongs into the transaction that changes what is public of it."""
    _forget([article.pk])
    _write([article])


def index_many(ids):
    """The same for many stories, a batch and a transaction at a time."""
    batch = []
    for pk in ids:
        batch.append(pk)
        if len(batch) == BATCH:
            _index_batch(batch)
            batch = []
    if batch:
        _index_batch(batch)
    if connection.vendor == "postgresql":
        # Until the planner knows of the many rows, it sorts them all instead of walking along the index.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE articles_articlesearch")


@transaction.atomic
def _index_batch(ids):
    columns = ["language", "public_at", "title", "interpreter", "key_points", "html", "tags_json", "sources_json"]
    rows = Article.objects.filter(pk__in=ids).select_related("place", "author")
    _forget(ids)
    _write(rows.only(*columns, "place__texts", "author__name"))


def _forget(ids):
    if connection.vendor == "sqlite":
        positions = ArticleSearch.objects.filter(article__in=ids).values_list("position")
        _many("DELETE FROM articles_searchwords WHERE rowid = %s", list(positions))
    ArticleSearch.objects.filter(article__in=ids).delete()


def _write(articles):
    rows = [
        (article.pk, article.language, position_of(article.public_at, article.pk), " ".join(lexemes(article)))
        for article in articles
        if article.public_at
    ]
    if connection.vendor != "sqlite":
        _many(
            "INSERT INTO articles_articlesearch (article_id, language, position, vector)"
            " VALUES (%s, %s, %s, array_to_tsvector(string_to_array(%s, ' ')))",
            rows,
        )
        return
    _many(
        "INSERT INTO articles_articlesearch (article_id, language, position) VALUES (%s, %s, %s)",
        [row[:3] for row in rows],
    )
    # A flush by Django knows nothing of this table and leaves its rows behind: hence REPLACE.
    _many("INSERT OR REPLACE INTO articles_searchwords (rowid, words) VALUES (%s, %s)", [row[2:] for row in rows])


def _many(sql, rows):
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def lexemes(article):
    """Every word of the story as `language:word`, and those of its title as `language=word` too."""
    place = article.place.name(article.language) if article.place else ""
    names = [place, article.author.name, *(name for name, _slug in article.tags_json)]
    names += [source["name"] for source in article.sources_json]
    texts = [article.title, article.interpreter, *article.key_points, unescape(strip_tags(article.html)), *names]
    return [
        *(f"{article.language}{TEXT}{word}" for word in all_stems(" ".join(texts), article.language)),
        *(f"{article.language}{TITLE}{word}" for word in all_stems(article.title, article.language)),
    ]


# Finding


def terms(query, language):
    """What to look for: the words of a query, each as its stems. All words must be there, each in one of its stems."""
    found = (stems(word, language) for word in words_in(query))
    return [spellings for spellings in dict.fromkeys(found) if spellings]


def newest(language, wanted, position, newest_first, limit):
    """The Hits beyond a keyset position (None: from the newest on) that have all words of terms()."""
    low, high = 0, _now()
    if position and newest_first:
        high = min(high, position_of(*position))
    elif position:
        low = position_of(*position)
    values = _values(language, wanted, low=low, high=high, limit=limit)
    return [Hit(*row) for row in _run(_sql("match", newest_first), values)]


def title_first(language, wanted, limit):
    """The newest Hits that have all words in the title, then the newest others, up to the limit in all."""
    sql = (
        f"SELECT 0, titles.* FROM ({_sql('title')}) AS titles"  # noqa: S608 - both are our own
        f" UNION ALL SELECT 1, texts.* FROM ({_sql('match')}) AS texts"
    )
    rows = _run(sql, _values(language, wanted, low=0, high=_now(), limit=limit))
    rows.sort(key=lambda row: (row[0], -row[2]))
    return list(dict.fromkeys(Hit(*row[1:]) for row in rows))[:limit]


def _now():
    return position_of(timezone.now(), 0) + 2**ID_BITS


def _sql(match, newest_first=True):
    """One search; `match` names the value that holds the words."""
    sql = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    return sql.format(match=f"%({match})s", order="DESC" if newest_first else "ASC")


def _values(language, wanted, **bounds):
    matches = {"match": _match(language, wanted, TEXT), "title": _match(language, wanted, TITLE)}
    return {"language": language, "walk": WALK, **matches, **bounds}


def _run(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _match(language, wanted, where):
    """The query in the language of the database. A word is letters and digits only, so nothing in it can be syntax."""
    quote, either, both = ('"', " OR ", " AND ") if connection.vendor == "sqlite" else ("'", " | ", " & ")
    groups = [[f"{quote}{language}{where}{word}{quote}" for word in spellings] for spellings in wanted]
    return both.join(f"({either.join(group)})" for group in groups)


# CROSS JOIN keeps SQLite from turning the join around, which would lose the order of rowid.
SQLITE = """
    SELECT found.article_id, found.position
    FROM articles_searchwords CROSS JOIN articles_articlesearch found ON found.position = articles_searchwords.rowid
    WHERE articles_searchwords MATCH {match}
      AND articles_searchwords.rowid > %(low)s AND articles_searchwords.rowid < %(high)s
    ORDER BY articles_searchwords.rowid {order} LIMIT %(limit)s"""
# The walk stops as soon as it has filled the page, and then `enough` keeps GIN from being asked at all; so it does
# where the walk came to the last story, as on the last page of a common word.
# `position + 0`: GIN alone finds the rare rows; the index on position would only be read in full beside it.
POSTGRESQL = """
    WITH common AS MATERIALIZED (
        SELECT article_id, position FROM (
            SELECT article_id, position, vector FROM articles_articlesearch
            WHERE language = %(language)s AND position > %(low)s AND position < %(high)s
            ORDER BY position {order} LIMIT %(walk)s
        ) AS walk
        WHERE vector @@ {match}::tsquery ORDER BY position {order} LIMIT %(limit)s
    ), enough AS MATERIALIZED (
        SELECT count(*) = %(limit)s OR NOT EXISTS (
            SELECT 1 FROM articles_articlesearch
            WHERE language = %(language)s AND position > %(low)s AND position < %(high)s
            ORDER BY position {order} OFFSET %(walk)s LIMIT 1
        ) AS yes FROM common
    )
    SELECT article_id, position FROM common WHERE (SELECT yes FROM enough)
    UNION ALL
    SELECT article_id, position FROM articles_articlesearch
    WHERE NOT (SELECT yes FROM enough)
      AND vector @@ {match}::tsquery AND position + 0 > %(low)s AND position + 0 < %(high)s
    ORDER BY position {order} LIMIT %(limit)s"""
