"""A PostgreSQL for one test run: its own folder, a free port on loopback, no care for durability, gone afterwards."""

import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import system_packages

EXTENSIONS = ("pg_trgm", "unaccent")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=60")
START_SECONDS = 30
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


@contextlib.contextmanager
def throwaway_server():
    """Yields the URL of an empty database, for as long as the block lasts."""
    binaries = _ensure_binaries()
    folder = Path(tempfile.mkdtemp(prefix="newsroom-postgres-"))
    server = None
    try:
        account = _account(folder)
        password = _initdb(binaries, folder, account)
        port = _free_port()
        server = _start(binaries, folder, port, account)
        yield f"postgres://newsroom:{password}@127.0.0.1:{port}/postgres"
    finally:
        if server:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _ensure_binaries():
    if not (found := _find()):
        system_packages.install("PostgreSQL with pg_trgm and unaccent", "postgresql", "postgresql-contrib")
        found = _find()
    if not found:
        sys.exit("PostgreSQL's initdb, postgres or its extensions are not where they are looked for; put them on PATH.")
    return found


def _find():
    folders = [Path(path).resolve().parent for path in [shutil.which("initdb"), shutil.which("postgres")] if path]
    for pattern in ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin"):
        versions = Path("/").glob(pattern)
        folders += sorted(versions, key=lambda folder: int(re.search(r"\d+", str(folder))[0]), reverse=True)
    return next((folder for folder in folders if _complete(folder)), None)


def _complete(folder):
    if not all((folder / program).exists() for program in ("initdb", "postgres", "pg_isready", "pg_config")):
        return False
    shared = subprocess.run([folder / "pg_config", "--sharedir"], capture_output=True, text=True).stdout.strip()
    return all((Path(shared) / "extension" / f"{name}.control").exists() for name in EXTENSIONS)


def _account(folder):
    """PostgreSQL refuses to run as root: then it runs as the account its package made, else as nobody."""
    if os.geteuid() != 0:
        return {}
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _initdb(binaries, folder, account):
    password = secrets.token_urlsafe(16)
    secret = folder / "password"
    secret.write_text(password)
    secret.chmod(0o644)  # the folder itself is closed to others
    command = [binaries / "initdb", "--pgdata", folder / "data", "--username=newsroom", f"--pwfile={secret}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", f"--locale={LOCALE}", "--no-sync"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, **account)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nPostgreSQL for the tests could not be set up (initdb failed).")
    secret.unlink()
    return password


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _start(binaries, folder, port, account):
    command = [binaries / "postgres", "-D", folder / "data", "-p", str(port), "-h", "127.0.0.1", "-k", ""]
    command += [part for setting in FAST for part in ("-c", setting)]
    with (folder / "log").open("w") as log:
        # A session of its own: Ctrl-C in the terminal reaches the tests first, and we end the server after them.
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True, **account)
    deadline = time.monotonic() + START_SECONDS
    ready = [binaries / "pg_isready", "--quiet", "--host=127.0.0.1", f"--port={port}"]
    while subprocess.run(ready).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            server.kill()
            sys.exit(f"{(folder / 'log').read_text()}\nPostgreSQL for the tests did not start.")
        time.sleep(0.1)
    return server


def _stop(server):
    server.send_signal(signal.SIGINT)  # "fast": ends open connections, frees its shared memory
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
