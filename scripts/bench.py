"""`make bench`: what a page costs in CPU time, application and database together, uncached.

    make bench                                   a throwaway SQLite with 1,000 stories
    make bench ARGS="--compare 1000,100000"      the same pages at two sizes, and the ratio
    make bench ARGS="--postgres --stories 5000"  the same on a throwaway PostgreSQL
    make bench DATABASE_URL=… DATA_DIR=…         the database that is there, as it is

docs/benchmarks.md says how it is measured and keeps the results.
"""

import argparse
import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import postgres
from prepare import PYTHON, ROOT, say

# Sizes are measured in turns, so that a busy machine disturbs both alike.
ROUNDS = 3
# Django has to be set up before the module with the pages can import models.
MEASURE = "import newsroom.wsgi, bench_pages; bench_pages.main()"


def main():
    options = read_options()
    with contextlib.ExitStack() as stack:
        if options.is_here:
            sites = {"this database": dict(os.environ)}
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-bench-")))
            sites = {f"{size:,} stories": make_site(stack, folder, size, options.postgres) for size in options.sizes}
        results = {name: [] for name in sites}
        for number in range(ROUNDS):
            for name, environment in sites.items():
                say("measure", f"{name}, round {number + 1} of {ROUNDS}")
                results[name].append(measure(environment, -(-options.runs // ROUNDS)))
    merged = {name: merge(rounds) for name, rounds in results.items()}
    for name, pages in merged.items():
        print_costs(name, pages, results[name][0])
    if len(merged) > 1:
        print_ratios(*merged.values(), *merged)


def read_options():
    parser = argparse.ArgumentParser(description="What a page costs in CPU time.")
    parser.add_argument("--stories", type=int, help="how many stories the throwaway database gets (default 1000)")
    parser.add_argument("--compare", metavar="A,B", help="two sizes, such as 1000,100000")
    parser.add_argument("--postgres", action="store_true", help="a throwaway PostgreSQL instead of SQLite")
    parser.add_argument("--runs", type=int, default=60, help="requests per page (default 60, at least 50)")
    options = parser.parse_args()
    options.runs = max(50, options.runs)
    try:
        options.sizes = [int(size) for size in (options.compare or str(options.stories or 1000)).split(",")]
    except ValueError:
        parser.error("--compare takes two numbers, such as 1000,100000")
    wants_own = options.stories or options.compare or options.postgres
    options.is_here = not wants_own and bool(os.environ.get("DATABASE_URL") or os.environ.get("DATA_DIR"))
    return options


def make_site(stack, folder, size, on_postgres):
    """A database of its own with so many stories. Returns the environment that leads to it."""
    data = folder / str(size)
    data.mkdir()
    url = stack.enter_context(postgres.throwaway_server()) if on_postgres else f"sqlite:///{data}/db.sqlite3"
    environment = {**os.environ, "NEWSROOM_ENV": "local", "DATA_DIR": str(data), "DATABASE_URL": url}
    environment["STATIC_ROOT"] = str(folder / "static")
    say("seed", f"{size:,} stories on {'PostgreSQL' if on_postgres else 'SQLite'}")
    manage(environment, "migrate", "--verbosity", "0")
    manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
    manage(environment, "seed_stories", str(size))
    if on_postgres:
        # The throwaway server has no autovacuum, which would do this.
        manage(environment, "shell", "-v0", "-c", "from django.db import connection as c; c.cursor().execute('VACUUM')")
    return environment


def manage(environment, *arguments):
    if code := subprocess.run([PYTHON, ROOT / "manage.py", *arguments], cwd=ROOT, env=environment).returncode:
        sys.exit(f"manage.py {arguments[0]} failed (exit code {code}); the lines above say why.")


def measure(environment, runs):
    environment = {**environment, "PYTHONPATH": f"{ROOT}:{ROOT / 'scripts'}"}
    command = [PYTHON, "-c", MEASURE, str(runs)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit("The measurement failed; the lines above say why.")
    return json.loads(done.stdout)


def merge(rounds):
    """{page: its figures over all rounds}"""
    pages = {name: dict(figures) for name, figures in rounds[0]["pages"].items()}
    for name, figures in pages.items():
        for key in ("ms", "sql_ms"):
            figures[key] = [value for one in rounds for value in one["pages"][name][key]]
    return pages


def print_costs(name, pages, run):
    database = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[run["vendor"]]
    counted = "" if run["vendor"] == "sqlite" or run["has_database_clock"] else " (the database's own CPU not counted)"
    print(f"\n{name} on {database}: CPU ms per request{counted}")
    print(f"{'page':<36}{'median':>8}{'p95':>8}{'of it SQL':>11}{'queries':>9}{'HTML KB':>9}")
    for page, figures in pages.items():
        median, p95 = statistics.median(figures["ms"]), statistics.quantiles(figures["ms"], n=20)[-1]
        sql, size = statistics.median(figures["sql_ms"]), figures["bytes"] / 1000
        print(f"{page:<36}{median:>8.2f}{p95:>8.2f}{sql:>11.2f}{figures['queries']:>9}{size:>9.1f}")


def print_ratios(small, large, small_name, large_name):
    print(f"\nRatio of {large_name} to {small_name} (aim: at most 1.2)")
    print(f"{'page':<36}{'before':>10}{'after':>10}{'ratio':>8}{'queries':>10}")
    for page, figures in large.items():
        if page not in small:
            continue
        before, after = statistics.median(small[page]["ms"]), statistics.median(figures["ms"])
        queries = f"{small[page]['queries']} → {figures['queries']}"
        print(f"{page:<36}{before:>10.2f}{after:>10.2f}{after / before:>8.2f}{queries:>10}")


if __name__ == "__main__":
    main()
