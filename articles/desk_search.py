"""The desk's search: stories of any status by words of their titles and slugs, the latest edited first.

Apart from what readers search (search.py), so that neither can leak into the other or slow it. Each story has a row in
DeskSearch, whose `position` is its place in the order of editing. A waiting update is found by its own title too.
A word of the query stands for all words that begin with it, one letter for itself; letters are folded (č = c, đ = d or
dj).

- SQLite: FTS5, whose rowid is the position. It walks its lists in the order of rowid and stops at the limit.
- PostgreSQL: GIN knows no order. A common word is found by walking the latest edited stories; only where that does not
  fill the list, the word is rare enough to fetch all its stories from GIN and sort them.
"""

import re

from django.db import connection, transaction
from django.db.models import BooleanField, F, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL

from .models import Article, DeskSearch, Revision
from .search import LAST_POSITION, position_of
from .words import foldings, words_in

RECORD = re.compile(r"\s*(?:(db\s*#?|#)\s*)?(\d{1,18})\s*\Z", re.IGNORECASE)
BATCH = 500
# A word of so many stories or fewer is rare: their ids are fetched; a commoner one is looked for in each row of a list.
RARE = 500
# How many of the latest stories PostgreSQL looks through for each one that is wanted, before it asks GIN.
WALK, SHORTEST_WALK = 4, 300
MOST_WORDS = 12


# Writing


def index(*ids):
    """Brings the search up to these stories. Belongs into the transaction that changes them."""
    _write(ids)


def index_many(ids):
    """The same for many stories, a batch and a transaction at a time."""
    batch = []
    for pk in ids:
        batch.append(pk)
        if len(batch) == BATCH:
            _write(batch)
            batch = []
    if batch:
        _write(batch)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE articles_desksearch")


@transaction.atomic
def _write(ids):
    newest = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
    newer = Revision.objects.filter(article__in=ids, pk__gt=F("article__revision"), pk=Subquery(newest))
    waiting = {
        row[0]: row[1:] for row in newer.values_list("article", "content", "sha256", "article__revision__sha256")
    }
    _forget(ids)
    rows = []
    for article in Article.objects.filter(pk__in=ids).only("language", "edited_at", "title", "slug", "public_at"):
        content, newest, shown = waiting.get(article.pk, ({}, "", ""))
        texts = [article.title, article.slug, content.get("title", ""), content.get("slug", "")]
        words = [form for word in words_in(" ".join(texts)) for form in foldings(word)]
        position = position_of(article.edited_at, article.pk)
        # A change that was taken back is a newer revision too, and nothing waits.
        update_waits = article.public_at is not None and newest != shown
        rows.append((article.pk, article.language, position, update_waits, " ".join(dict.fromkeys(words))))
    if connection.vendor == "sqlite":
        _many(f"INSERT INTO articles_desksearch ({COLUMNS}) VALUES (%s, %s, %s, %s)", [row[:4] for row in rows])  # noqa: S608
        # A flush by Django knows nothing of this table and leaves its rows behind: hence REPLACE.
        rows = [(position, words) for _pk, _language, position, _waits, words in rows]
        _many("INSERT OR REPLACE INTO articles_deskwords (rowid, words) VALUES (%s, %s)", rows)
    else:
        vector = "array_to_tsvector(string_to_array(%s, ' '))"
        _many(f"INSERT INTO articles_desksearch ({COLUMNS}, vector) VALUES (%s, %s, %s, %s, {vector})", rows)  # noqa: S608


COLUMNS = "article_id, language, position, update_waits"


def _forget(ids):
    rows = DeskSearch.objects.filter(article__in=ids)
    if connection.vendor == "sqlite":
        _many("DELETE FROM articles_deskwords WHERE rowid = %s", list(rows.values_list("position")))
    rows.delete()


def _many(sql, rows):
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(sql, rows)


# Finding


def find(text, language=None, limit=20, before=None):
    """Ids of stories, the latest edited first; that of a record number of this text stands before all.

    `before` is a keyset Position of edited_at and id: only stories beyond it. Anything may be typed; nothing fits, then
    the list is empty.
    """
    number = RECORD.match(text)
    found = []
    if number and not before:
        rows = Article.objects.filter(record_number=int(number[2]), **({"language": language} if language else {}))
        found = list(rows.values_list("pk", flat=True))
    if not (number and number[1]):
        found += _newest(_match(text), language, limit, position_of(*before) if before else LAST_POSITION)
    return list(dict.fromkeys(found))[:limit]


def narrow(queryset, text):
    """The stories of a queryset of Article that the text finds, in whatever order the queryset has."""
    number = RECORD.match(text)
    record = Q(record_number=int(number[2])) if number else Q()
    if number and number[1]:
        return queryset.filter(record)
    match = _match(text)
    ids = _newest(match, None, RARE + 1, LAST_POSITION)
    if len(ids) <= RARE:
        return queryset.filter(Q(pk__in=ids) | record if number else Q(pk__in=ids))
    common = RawSQL(HAS_WORDS[connection.vendor], [match], output_field=BooleanField())  # noqa: S611 - no user's SQL
    return queryset.filter(Q(common) | record if number else common)


def _match(text):
    """The query in the language of the database; empty where the text has no words.

    A word is letters and digits only, so nothing in it can be syntax. Of an address its last part counts.
    """
    text = text.strip()
    if text.startswith(("/", "http://", "https://")):
        text = text.rstrip("/").rpartition("/")[2]
    words = [forms for word in words_in(text)[:MOST_WORDS] if (forms := foldings(word))]
    quote, beginning, either, both = ('"', "*", " OR ", " AND ")
    if connection.vendor == "postgresql":
        quote, beginning, either, both = ("'", ":*", " | ", " & ")
    groups = [[f"{quote}{form}{quote}{beginning if len(form) > 1 else ''}" for form in forms] for forms in words]
    return both.join(f"({either.join(group)})" for group in groups)


def _newest(match, language, limit, high):
    if not match:
        return []
    values = {
        "match": match,
        "language": language,
        "high": high,
        "limit": limit,
        "walk": max(SHORTEST_WALK, WALK * limit),
    }
    same = "AND found.language = %(language)s" if language else ""
    if connection.vendor == "sqlite":
        return [pk for (pk,) in _run(SQLITE.format(same=same), values)]
    walked = _run(POSTGRESQL_WALK.format(same=same), values)
    hits = [pk for pk, is_hit in walked if is_hit]
    if len(hits) < limit and len(walked) == values["walk"]:
        hits = [pk for (pk,) in _run(POSTGRESQL_RARE.format(same=same), values)]
    return hits[:limit]


def _run(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


# CROSS JOIN keeps SQLite from turning the join around, which would lose the order of rowid.
SQLITE = """
    SELECT found.article_id
    FROM articles_deskwords CROSS JOIN articles_desksearch found ON found.position = articles_deskwords.rowid
    WHERE articles_deskwords MATCH %(match)s AND articles_deskwords.rowid < %(high)s {same}
    ORDER BY articles_deskwords.rowid DESC LIMIT %(limit)s"""
POSTGRESQL_WALK = """
    SELECT found.article_id, found.vector @@ %(match)s::tsquery FROM articles_desksearch found
    WHERE found.position < %(high)s {same} ORDER BY found.position DESC LIMIT %(walk)s"""
# All stories of a rare word, then their order: else PostgreSQL would walk the index on position and look into each row.
POSTGRESQL_RARE = """
    WITH rare AS MATERIALIZED (
        SELECT article_id, position FROM articles_desksearch found WHERE vector @@ %(match)s::tsquery {same}
    )
    SELECT article_id FROM rare WHERE position < %(high)s ORDER BY position DESC LIMIT %(limit)s"""
# Whether a row of Article has the words. SQLite makes the set of their positions once. PostgreSQL, which would take
# every word for a rare one, is made to ask row by row: a subquery that gives a value is never turned into a join.
HAS_WORDS = {
    "sqlite": """(SELECT found.position FROM articles_desksearch found WHERE found.article_id = articles_article.id)
        IN (SELECT rowid FROM articles_deskwords WHERE articles_deskwords MATCH %s)""",
    "postgresql": """SELECT found.vector @@ %s::tsquery FROM articles_desksearch found
        WHERE found.article_id = articles_article.id""",
}
