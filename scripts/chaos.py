"""`make chaos`: what was acknowledged is there, exactly once, whatever is killed.

    make chaos                            500 rounds on a throwaway SQLite
    make chaos ARGS=--postgres            the same on a throwaway PostgreSQL, whose own processes are killed too
    make chaos ARGS="--rounds 50 --seed 7"

Readers post, answer, change, delete and like, and a moderator decides, while the processes that serve them get
`kill -9`: one worker, all of them, or the whole server. A round is one such moment, and some writes that are
acknowledged after it. What the crowd was told (chaos_readers.py) is then held against the database (chaos_checks.py).
"""

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import bench
import leftovers
import postgres
from chaos_readers import KINDS, Crowd, Moderator, Reader, ledger
from prepare import PYTHON, ROOT, say

READERS, WORKERS = 6, 3
STORIES = 8
# So many writes are acknowledged after each kill before the next one.
WRITES = 6
START_SECONDS, ROUND_SECONDS, MOMENT_SECONDS = 90, 90, 0.5
CHILD = "import newsroom.wsgi, chaos_checks; chaos_checks.{}()"
WAYS = {"one worker": 60, "all workers": 33, "the whole server": 7}
BACKEND = "one process of PostgreSQL"
# All that the throwaway server is spared for speed but this: what is committed is out of its own memory.
KEEP_COMMITS = "ALTER DATABASE postgres SET synchronous_commit = on"


def main():
    options = read_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended from outside."))
    leftovers.adopt()
    try:
        with contextlib.ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-chaos-")))
            sys.exit(Chaos(options, folder, make_site(stack, folder, options)).run())
    finally:
        leftovers.end()


def read_options():
    parser = argparse.ArgumentParser(description="Kills what serves while readers write; then looks what is there.")
    parser.add_argument("--rounds", type=int, default=500, help="how many kills (default 500)")
    parser.add_argument("--seconds", type=int, default=3600, help="when to give up (default 3600)")
    parser.add_argument("--seed", type=int, default=1, help="another number kills otherwise")
    parser.add_argument("--postgres", action="store_true", help="a throwaway PostgreSQL instead of SQLite")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="a throwaway one that is there and has stories; for the tests",
    )
    return parser.parse_args()


def make_site(stack, folder, options):
    """The environment of a site with some stories."""
    if options.database:
        environment = {**os.environ, "NEWSROOM_ENV": "local", "DATABASE_URL": options.database, "DATA_DIR": str(folder)}
    else:
        environment = bench.make_site(stack, folder, STORIES, options.postgres)
    # Readers of many networks, as a proxy would tell them apart.
    return {**environment, "TRUSTED_PROXIES": "1", "PYTHONPATH": f"{ROOT}:{ROOT / 'scripts'}"}


class Server:
    """gunicorn as scripts/serve.py has it, but loaded once and forked, so that a killed worker is back at once."""

    def __init__(self, folder, environment):
        self.port, self.environment, self.process = postgres._free_port(), environment, None
        self.log = (folder / "server.log").open("a+")

    def start(self):
        command = [PYTHON, "-m", "gunicorn", "chaos_wsgi", "--preload", "--bind", f"127.0.0.1:{self.port}"]
        command += ["--worker-class", "gthread", "--workers", str(WORKERS), "--threads", "4", "--no-control-socket"]
        # A group of its own, so that no process of it is left.
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )

    def workers(self):
        return leftovers.children(self.process.pid)

    def kill(self):
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        # The workers are our children now.
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-self.process.pid, 0)
        self.process.wait()
        self.process = None

    def last_words(self):
        self.log.seek(0)
        return "".join(self.log.readlines()[-30:])


class Chaos:
    def __init__(self, options, folder, environment):
        self.options, self.folder, self.environment = options, folder, environment
        self.draw, self.kills = random.Random(options.seed), Counter()
        self.found = self.prepare()
        self.server = Server(folder, environment)
        self.crowd = Crowd(self.server.port, self.found["stories"], options.seed)
        self.readers = [Reader(self.crowd, number) for number in range(READERS)]
        self.moderator = Moderator(self.crowd, self.found["cookies"])
        self.ways = dict(WAYS) if sys.platform == "linux" else {"the whole server": 1}
        if options.postgres:
            self.sql(KEEP_COMMITS)
            self.ways[BACKEND] = 6

    def prepare(self):
        done = self.child("prepare", stdout=subprocess.PIPE, text=True)
        if done.returncode:
            sys.exit("The site could not be prepared; the lines above say why.")
        return json.loads(done.stdout)

    def child(self, name, *arguments, **options):
        command = [PYTHON, "-c", CHILD.format(name), *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.environment, **options)

    def sql(self, statement):
        import psycopg

        with psycopg.connect(self.environment["DATABASE_URL"], autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def run(self):
        """Returns the exit code."""
        began = time.monotonic()
        try:
            self.server.start()
            for member in (*self.readers, self.moderator):
                member.start()
            self.wait_for(lambda: self.crowd.done["comments"] > 0, START_SECONDS)
            began = time.monotonic()
            for number in range(self.options.rounds):
                self.round(number, began)
            # A run without one of them would prove nothing of it.
            self.wait_for(lambda: all(self.crowd.done[kind] for kind in KINDS), START_SECONDS)
            self.crowd.stopping.set()
            for member in (*self.readers, self.moderator):
                member.join(ROUND_SECONDS)
            self.wait_for(lambda: True, 0)
        except Stopped as reason:
            print(f"{reason}\nThe server's last words:\n{self.server.last_words()}")
            return 1
        finally:
            self.crowd.stopping.set()
            self.server.kill()
        self.report(time.monotonic() - began)
        return self.check()

    def wait_for(self, condition, seconds):
        until = time.monotonic() + seconds
        while not (self.crowd.failure or condition()):
            if time.monotonic() > until:
                raise Stopped(f"Nothing is served after {seconds} seconds.")
            time.sleep(0.005)
        if self.crowd.failure:
            raise Stopped(self.crowd.failure)

    def round(self, number, began):
        if time.monotonic() - began > self.options.seconds:
            raise Stopped(f"Only {number} of {self.options.rounds} rounds in {self.options.seconds} seconds.")
        [way] = self.draw.choices(list(self.ways), self.ways.values())
        # However short the run, it has each way once.
        way = list(self.ways)[number] if number < len(self.ways) else way
        self.kill(way)
        self.kills[way] += 1
        before = self.crowd.acknowledged
        self.wait_for(lambda: self.crowd.acknowledged >= before + WRITES, ROUND_SECONDS)
        if (number + 1) % 50 == 0:
            seconds = time.monotonic() - began
            say("chaos", f"round {number + 1}, {seconds:.0f} s, {self.crowd.acknowledged:,} writes acknowledged")

    def kill(self, way):
        if way == "the whole server":
            self.wait_for_moment()
            self.server.kill()
            self.server.start()
            return
        if way == BACKEND:
            rows = self.sql("SELECT pid FROM pg_stat_activity WHERE client_port > 0 AND pid <> pg_backend_pid()")
            pids = [pid for (pid,) in rows]
        else:
            pids = self.server.workers()
        chosen = pids if way == "all workers" else self.draw.sample(pids, min(1, len(pids)))
        self.wait_for_moment()
        for pid in chosen:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def wait_for_moment(self):
        """Any moment, when much is half done; or the one at which a write has just been acknowledged."""
        if self.draw.random() < 0.5:
            time.sleep(self.draw.uniform(0, 0.05))
        else:
            self.crowd.wait_for_next(self.draw.choice(KINDS), MOMENT_SECONDS)

    def report(self, seconds):
        kills = ", ".join(f"{way} {number:,} times" for way, number in self.kills.most_common())
        print(f"\n{self.kills.total():,} rounds in {seconds:.0f} s. Killed: {kills}.")
        print(f"Requests that got no answer and were sent again: {self.crowd.cut:,}.")
        writes = ", ".join(f"{self.crowd.done[kind]:,} {kind}" for kind in KINDS)
        print(f"Writes acknowledged: {self.crowd.acknowledged:,} ({writes}).", flush=True)

    def check(self):
        path = self.folder / "ledger.json"
        path.write_text(json.dumps({**ledger(self.readers, self.moderator), "last": self.found["last"]}))
        is_right = self.child("main", path).returncode == 0
        # A database whose process was killed says so; nothing else is an excuse.
        if self.crowd.errors and not self.kills[BACKEND]:
            print(f"{len(self.crowd.errors)} answers of the server were errors. {self.crowd.errors[0]}")
            print(self.server.last_words())
            is_right = False
        print(
            "All that was acknowledged is there, once." if is_right else "Something is wrong; the lines above say what."
        )
        return 0 if is_right else 1


class Stopped(Exception):
    """The run cannot go on, for the reason that it says."""


if __name__ == "__main__":
    main()
