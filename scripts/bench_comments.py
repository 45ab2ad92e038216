"""`make bench-comments`: a story with 10,000 comments against one with 50, on SQLite and on PostgreSQL.

Both stories have the same text and photos, and their comments come from the same hand: a third begins a thread, the
others answer one of those before them. Counted are queries, bytes and CPU time, application and database together.
"""

import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import bench
from prepare import PYTHON, ROOT, say

FEW, MANY = 50, 10_000
STORIES, RUNS = 200, 200
AIM = 1.2
CHILD = "import newsroom.wsgi, bench_comments; bench_comments.compare()"


def main():
    for on_postgres in (False, True):
        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-bench-")))
            environment = bench.make_site(stack, folder, STORIES, on_postgres)
            say("comments", f"writing {FEW} and {MANY:,}")
            environment["PYTHONPATH"] = f"{ROOT}:{ROOT / 'scripts'}"
            done = subprocess.run([PYTHON, "-c", CHILD], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
            if done.returncode:
                sys.exit("The measurement failed; the lines above say why.")
            show("PostgreSQL" if on_postgres else "SQLite", json.loads(done.stdout))


def show(database, pages):
    print(f"\n{database}: median of {RUNS} requests (aim: at most {AIM} times)")
    print(f"{'page':<22}{'':>10}{f'{FEW} comments':>14}{f'{MANY:,} comments':>18}{'ratio':>8}")
    for name, (few, many) in pages.items():
        for key in ("queries", "bytes", "cpu_ms"):
            ratio = f"{many[key] / few[key]:.2f}"
            print(f"{name:<22}{key:>10}{few[key]:>14.5g}{many[key]:>18.6g}{ratio:>8}")


# In the process that measures


def compare():
    from django.db import connection

    import bench_pages
    from articles.models import Article

    stories = list(Article.objects.public("en").newest().select_related("category")[:2])
    paths = [make_story(stories[0], number) for number in (FEW, MANY)]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # autovacuum does it on a server that lives longer
        connection.close()
    database = bench_pages.DatabaseClock()
    found = {}
    for name, below in (("story", ""), ("comments", "comments/"), ("most liked", "comments/?sort=liked")):
        found[name] = measure([path + below for path in paths], bench_pages, database)
    json.dump(found, sys.stdout)


def make_story(pattern, number):
    """A public story like the pattern with so many comments. Returns its address."""
    from articles.publishing import publish, save_story

    content = {**pattern.revision.content, "slug": f"with-{number}-comments"}
    article = publish(save_story(content, language="en", is_demo=True))
    write_comments(article, number)
    return article.get_absolute_url()


def write_comments(article, number):
    import random

    from django.db import transaction

    from comments.posting import add_comment

    draw, answerable = random.Random(4), []
    with transaction.atomic():
        for turn in range(number):
            parent = draw.choice(answerable[-40:]) if answerable and draw.random() < 2 / 3 else None
            body = " ".join(["A word on this story."] * draw.randint(1, 9))
            comment = add_comment(
                article, name=f"Reader {turn % 97}", body=body, parent=parent, status="approved", is_demo=True
            )
            answerable.append(comment)


def measure(paths, bench_pages, database):
    """The figures of both pages; they take turns, so that what disturbs the machine hits both."""
    times = {path: [] for path in paths}
    for turn in range(RUNS + bench_pages.WARM_UP):
        for path in paths:
            spent = bench_pages.cost(lambda path=path: bench_pages.ask(path), database)
            if turn >= bench_pages.WARM_UP:
                times[path].append(spent)
    return [
        {
            "queries": len(bench_pages.queries_of(path)),
            "bytes": len(bench_pages.ask(path)),
            "cpu_ms": statistics.median(times[path]),
        }
        for path in paths
    ]


if __name__ == "__main__":
    main()
