"""One measurement for bench.py: asks the application for each page in this process and prints what it cost as JSON.

The pages go through the WSGI application with all its middleware, as gunicorn would call it; nothing is cached between
two requests but what every process keeps (sections, editors, compiled templates).
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

from django.db import connection
from django.test import RequestFactory

from articles import search
from articles.models import Article, ArticleStats, ArticleTag, Category, Tag
from articles.words import words_in
from authors.models import Author
from comments.models import Comment
from newsroom.keyset import EPOCH, Position
from newsroom.language import DEFAULT, url_in
from newsroom.wsgi import application

WARM_UP = 5
STORIES = 60
PAGE = 20
# A word is rare when all its stories fit on a page, and middling when it is in about one story of thirty.
RARE, MIDDLING = 5, 1 / 30


# Which pages


def pages():
    """{name: [path, …]}: one path for each page, many different stories for the story page."""
    public = Article.objects.public(DEFAULT)
    section = Category.objects.filter(language=DEFAULT).order_by("position").first()
    author = Author.objects.order_by("position", "pk").first()
    tag, tagged = _largest_tag()
    hot = Article.objects.get(pk=ArticleStats.objects.order_by("-comment_count").values("pk")[:1])
    roots = Comment.objects.shown().filter(article=hot, parent=None)
    comments = hot.get_absolute_url() + "comments/"
    return {
        "nothing (/healthz)": ["/healthz"],
        "story": _stories(public),
        "story with most comments": [hot.get_absolute_url()],
        "home": [url_in(DEFAULT, "home")],
        **_both("section", section.get_absolute_url(), _deepest(public.filter(category=section))),
        **_both("tag", tag.path(DEFAULT), _deepest(tagged, key="content_object_id")),
        **_both("author", author.path(DEFAULT), _deepest(public.filter(author=author))),
        **_both("comments", comments, _deepest(roots, time="created_at")),
        **_searches(public),
    }


def _stories(public):
    ids = list(public.newest().values_list("pk", flat=True))
    chosen = ids[:: max(1, len(ids) // STORIES)][:STORIES]
    return [article.get_absolute_url() for article in Article.objects.filter(pk__in=chosen).select_related("category")]


def _largest_tag():
    [newest] = ArticleTag.objects.filter(language=DEFAULT).order_by("-pk")[:1]
    counts = Counter(
        ArticleTag.objects.filter(language=DEFAULT, pk__gt=newest.pk - 5000).values_list("tag_id", flat=True)
    )
    tag = Tag.objects.get(pk=counts.most_common(1)[0][0])
    return tag, ArticleTag.objects.filter(tag=tag, language=DEFAULT, public_at__isnull=False)


def _deepest(queryset, time="public_at", key="id"):
    """Where the last page begins, or None when there is but one page."""
    rows = list(queryset.order_by(time, key).values_list(time, key)[PAGE : PAGE + 1])
    return Position(*rows[0]) if rows else None


def _both(name, path, deepest):
    found = {name: [path]}
    if deepest:
        found[f"{name}, deepest page"] = [f"{path}{'&' if '?' in path else '?'}before={deepest}"]
    return found


def _searches(public):
    path = url_in(DEFAULT, "search") + "?q="
    titles = public.newest().values_list("title", flat=True)
    common = "the"
    found = _both("search, common word", path + common, _deepest_hit(common))
    if middling := _middling_word(titles):
        found |= _both("search, middling word", path + middling, _deepest_hit(middling))
    if rare := next((word for title in titles[:500] for word in words_in(title.lower()) if _is_rare(word)), None):
        found["search, rare word"] = [path + rare]
    found["search, no hit"] = [path + "xyzzyx"]
    return found


def _hits(word, position, newest_first, limit):
    return search.newest(DEFAULT, search.terms(word, DEFAULT), position, newest_first, limit)


def _deepest_hit(word):
    hits = _hits(word, Position(EPOCH, 0), False, PAGE + 1)
    return Position(hits[-1].public_at, hits[-1].id) if len(hits) > PAGE else None


def _is_rare(word):
    return 0 < len(_hits(word, None, True, RARE + 1)) <= RARE


def _middling_word(titles):
    sample = titles[:1000]
    counts = Counter(word for title in sample for word in words_in(title.lower()))
    return min(counts, key=lambda word: abs(counts[word] - MIDDLING * len(sample)), default=None)


# What they cost


class DatabaseClock:
    """CPU time of the PostgreSQL process behind our connection, in nanoseconds, when it runs on this machine."""

    def __init__(self):
        self.stat = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                process = Path(f"/proc/{cursor.fetchone()[0]}")
            if process.exists() and "postgres" in (process / "comm").read_text():
                self.stat = process / "schedstat"

    def __call__(self):
        return int(self.stat.read_text().split()[0]) if self.stat else 0


def ask(path):
    """The body of a page, and refuses any answer but 200."""
    answers = []
    environ = RequestFactory(headers={"host": "127.0.0.1"}).get(path).environ
    response = application(environ, lambda status, headers: answers.append(status))
    body = b"".join(response)
    response.close()
    if not answers[0].startswith("200"):
        sys.exit(f"{path} answered {answers[0]}")
    return body


def queries_of(path):
    found = []

    def note(execute, sql, params, many, context):
        found.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask(path)
    return found


def replay(queries):
    with connection.cursor() as cursor:
        for sql, params in queries:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


def cost(work, database):
    """CPU milliseconds of this process and the database for one call."""
    start = time.process_time_ns() + database()
    work()
    return (time.process_time_ns() + database() - start) / 1e6


def measure(runs):
    chosen = pages()
    for paths in chosen.values():
        for turn in range(WARM_UP):
            ask(paths[turn % len(paths)])
    database = DatabaseClock()
    queries = {name: [queries_of(path) for path in paths] for name, paths in chosen.items()}
    results = {
        name: {
            "ms": [],
            "sql_ms": [],
            "queries": max(map(len, queries[name])),
            "bytes": len(ask(paths[0])),
            "path": paths[0],
        }
        for name, paths in chosen.items()
    }
    # Pages take turns, so that what disturbs the machine for a while does not hit one of them alone.
    for turn in range(runs):
        for name, paths in chosen.items():
            which = turn % len(paths)
            results[name]["ms"].append(cost(lambda path=paths[which]: ask(path), database))
            results[name]["sql_ms"].append(cost(lambda rows=queries[name][which]: replay(rows), database))
    return {"vendor": connection.vendor, "has_database_clock": bool(database.stat), "pages": results}


def main():
    json.dump(measure(int(sys.argv[1])), sys.stdout)
