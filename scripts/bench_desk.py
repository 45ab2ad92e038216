"""`make bench-desk`: how long the desk's lists take over many stories. Exit code 1 when one takes more than a second.

What counts is CPU time, that of the database included, as in bench.py: what else runs on the machine does not matter.

    make bench-desk                                  a throwaway SQLite with 100,000 stories
    make bench-desk ARGS="--postgres --stories 5000" the same on a throwaway PostgreSQL, with fewer
    make bench-desk DATABASE_URL=… DATA_DIR=…        the database that is there; nothing in it is changed for good

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

from bench import make_site
from prepare import PYTHON, ROOT, say

STORIES = 100_000
MOST = 1000
# Django has to be set up before the module with the pages can import models.
MEASURE = "import newsroom.wsgi, bench_desk_pages; bench_desk_pages.main()"


def main():
    parser = argparse.ArgumentParser(description="How long the desk's lists take.")
    parser.add_argument("--stories", type=int, default=STORIES, help="how many (default 100,000)")
    parser.add_argument("--postgres", action="store_true", help="a throwaway PostgreSQL instead of SQLite")
    parser.add_argument("--runs", type=int, default=7, help="requests per page (default 7)")
    options = parser.parse_args()
    is_here = not options.postgres and bool(os.environ.get("DATABASE_URL") or os.environ.get("DATA_DIR"))
    with contextlib.ExitStack() as stack:
        environment = dict(os.environ)
        if not is_here:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-bench-desk-")))
            environment = make_site(stack, folder, options.stories, options.postgres)
        say("measure", f"{options.runs} requests a page")
        run = measure(environment, options.runs)
    sys.exit(report(run))


def measure(environment, runs):
    environment = {**environment, "PYTHONPATH": f"{ROOT}:{ROOT / 'scripts'}"}
    command = [PYTHON, "-c", MEASURE, str(runs)]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit("The measurement failed; the lines above say why.")
    return json.loads(done.stdout)


def report(run):
    print(f"\n{run['stories']:,} stories on {run['vendor']}: ms per request")
    print(f"{'page':<56}{'CPU':>8}{'quickest':>10}{'slowest':>9}{'queries':>9}")
    slow = []
    for name, page in run["pages"].items():
        figures = f"{statistics.median(page['cpu']):>8.1f}{min(page['ms']):>10.1f}{max(page['ms']):>9.1f}"
        print(f"{name:<56}{figures}{page['queries']:>9}")
        took = statistics.median(page["cpu"]) if run["is_cpu_whole"] else min(page["ms"])
        if took > MOST:
            slow.append(name)
    if slow:
        print(f"\nMore than {MOST} ms: {', '.join(slow)}.")
    return 1 if slow else 0


if __name__ == "__main__":
    main()
