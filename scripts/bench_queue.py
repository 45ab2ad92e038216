"""The moderators' queue with 50,000 comments that wait, on SQLite and on PostgreSQL: part of `make bench-moderation`.

Beside them as many decided ones, two reasons each, 2,000 reported ones, a writer with 5,000 comments and a network that
half of all write from. What counts is CPU time, that of the database included, as in bench.py: what else runs on the
machine does not matter. Exit code 1 when a page takes half a second or more, none of it kept from the time before.
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

PENDING, DECIDED, REPORTED, OF_ONE = 50_000, 50_000, 2_000, 5_000
STORIES, RUNS, WARM_UP = 200, 15, 2
MOST_MS = 500
CHILD = "import newsroom.wsgi, bench_queue; bench_queue.measure()"


def main():
    """Returns the exit code."""
    codes = [on_database(on_postgres) for on_postgres in (False, True)]
    return max(codes)


def on_database(on_postgres):
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-bench-queue-")))
        environment = bench.make_site(stack, folder, STORIES, on_postgres)
        say("queue", f"{PENDING:,} that wait, {DECIDED:,} decided")
        environment["PYTHONPATH"] = f"{ROOT}:{ROOT / 'scripts'}"
        done = subprocess.run([PYTHON, "-c", CHILD], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit("The measurement failed; the lines above say why.")
    return report("PostgreSQL" if on_postgres else "SQLite", json.loads(done.stdout))


def report(database, pages):
    print(f"\n{database}: ms per request over {PENDING:,} waiting comments (aim: under {MOST_MS})")
    print(f"{'page':<36}{'CPU':>8}{'quickest':>10}{'queries':>9}")
    slow = [name for name, page in pages.items() if statistics.median(page["cpu"]) >= MOST_MS]
    for name, page in pages.items():
        print(f"{name:<36}{statistics.median(page['cpu']):>8.1f}{min(page['ms']):>10.1f}{page['queries']:>9}")
    if slow:
        print(f"\n{MOST_MS} ms or more: {', '.join(slow)}.")
    return 1 if slow else 0


# In the process that measures


def measure():
    from django.db import connection

    import bench_pages

    client = prepare()
    analyse(connection)
    database, found = bench_pages.DatabaseClock(), {}
    for name, path in addresses().items():
        works = [lambda path=path: ask(client, path)] * (RUNS + WARM_UP + 1)
        found[name] = figures(works, database, bench_pages, connection)
    found["a decision"] = figures(list(decisions(client)), database, bench_pages, connection)
    json.dump(found, sys.stdout)


def figures(works, database, bench_pages, connection):
    """Of calls that are as good as one another. The last is the one whose queries are counted."""
    import time

    cpu, ms = [], []
    for work in works[:-1]:
        start = time.perf_counter()
        cpu.append(bench_pages.cost(work, database))
        ms.append((time.perf_counter() - start) * 1000)
    return {"cpu": cpu[WARM_UP:], "ms": ms[WARM_UP:], "queries": queries_of(connection, works[-1])}


def prepare():
    """The comments, and a moderator who is signed in."""
    from django.contrib.auth.models import Group
    from django.test import Client

    from authors.models import User

    write_comments()
    mia = User.objects.create_user("mia@example.org", display_name="Mia", is_staff=True)
    mia.groups.add(Group.objects.get(name="Moderators"))
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(mia)
    return client


def write_comments():
    import datetime as dt
    import random

    from django.utils import timezone

    from articles.models import Article
    from comments.models import Comment, Finding, Report

    draw, now = random.Random(5), timezone.now()
    stories = list(Article.objects.public("en").newest().values_list("pk", flat=True)[:50])
    rows = []
    for number in range(PENDING + DECIDED):
        is_pending = number % 2 == 0
        writer = 0 if number % (100_000 // OF_ONE) == 0 else draw.randrange(1, 20_000)
        body = " ".join(["A word on this story, and what the source says of it."] * draw.randint(1, 8))
        status = "pending" if is_pending else draw.choice(["approved"] * 4 + ["rejected"])
        rows.append(
            Comment(
                article_id=draw.choice(stories),
                status=status,
                is_shown=status == "approved",
                name=f"Reader {writer}",
                reader=f"{writer:064}",
                network=f"{0 if draw.random() < 0.5 else writer:064}",
                body=body,
                html=f"<p>{body}</p>",
                likeness=draw.randint(-1, 100),
                report_count=1 if status == "approved" and number < REPORTED * 2.5 else 0,
                created_at=now - dt.timedelta(seconds=(PENDING + DECIDED - number) * 5),
            )
        )
    made = Comment.objects.bulk_create(rows, batch_size=2000)
    waiting = [row.pk for row in made if row.status == "pending"]
    phases = {"newcomer": {"approved": 0, "until": 3}, "premoderated": {}}
    pairs = [(pk, name) for pk in waiting for name in phases]
    findings = [Finding(comment_id=pk, phase=name, verdict="hold", details=phases[name]) for pk, name in pairs]
    Finding.objects.bulk_create(findings, batch_size=5000)
    reported = [row.pk for row in made if row.report_count]
    Report.objects.bulk_create([Report(comment_id=pk, reporter=f"{pk:064}", reason="spam") for pk in reported])


def analyse(connection):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # autovacuum does it on a server that lives longer


def addresses():
    """{name: address}"""
    from comments.models import Comment
    from newsroom.keyset import Position

    pending = Comment.objects.filter(status="pending").order_by("created_at", "id")
    middle = Position(*pending.values_list("created_at", "id")[PENDING // 2])
    busy = pending.filter(reader=f"{0:064}").values_list("pk", flat=True)[0]
    queue = "/admin/comments/queue/"
    return {
        "the queue": queue,
        "the queue, in its middle": f"{queue}?before={middle}",
        "most doubtful first": f"{queue}?order=doubtful",
        "most likely fine first": f"{queue}?order=likely",
        "reported": f"{queue}?tab=reported",
        "approved": f"{queue}?tab=approved",
        "rejected and removed": f"{queue}?tab=rejected",
        "all": f"{queue}?tab=all",
        "search, in every comment": f"{queue}?q=source",
        "search, in none": f"{queue}?q=xyzzyx",
        "search in all, in none": f"{queue}?tab=all&q=xyzzyx+čćž",
        "a card": f"{queue}{busy}/card/",
        "further lines": f"{queue}lines/?before={middle}",
        "My desk": "/admin/",
    }


def ask(client, path):
    response = client.get(path)
    if response.status_code != 200:
        sys.exit(f"{path} answered {response.status_code}")


def queries_of(connection, work):
    found = []

    def note(execute, sql, params, many, context):
        found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        work()
    return len(found)


def decisions(client):
    """One after another on what waits longest, each with the answer that a script gets."""
    from comments.models import Comment
    from comments.moderation import seal

    for row in Comment.objects.filter(status="pending").order_by("created_at", "id")[: RUNS + WARM_UP + 1]:
        data = {"action": "reject", "seen": seal(row), "count": row.decision_count}

        def send(path=f"/admin/comments/queue/{row.pk}/decide/", data=data):
            if client.post(path, data, headers={"accept": "application/json"}).status_code != 200:
                sys.exit(f"{path} was refused")

        yield send


if __name__ == "__main__":
    sys.exit(main())
