"""A Redis for one test run: a socket in its own folder, nothing written to disk, gone afterwards."""

import contextlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import system_packages

START_SECONDS = 30


@contextlib.contextmanager
def throwaway_server():
    """Yields the URL of an empty Redis, for as long as the block lasts."""
    binary = _ensure_binary()
    folder = Path(tempfile.mkdtemp(prefix="newsroom-redis-"))  # closed to other accounts, and so the socket
    server = None
    try:
        server = _start(binary, folder)
        yield f"unix://{folder}/redis.sock"
    finally:
        if server:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _ensure_binary():
    if not (found := shutil.which("redis-server")):
        system_packages.install("Redis", "redis-server")
        found = shutil.which("redis-server")
    if not found:
        sys.exit("redis-server is not where programs are looked for; put it on PATH.")
    return found


def _start(binary, folder):
    command = [binary, "--port", "0", "--unixsocket", folder / "redis.sock", "--dir", folder]
    command += ["--save", "", "--appendonly", "no"]
    with (folder / "log").open("w") as log:
        # A session of its own: Ctrl-C in the terminal reaches the tests first, and we end the server after them.
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    deadline = time.monotonic() + START_SECONDS
    while not _answers(folder / "redis.sock"):
        if server.poll() is not None or time.monotonic() > deadline:
            _stop(server)
            sys.exit(f"{(folder / 'log').read_text()}\nRedis for the tests did not start.")
        time.sleep(0.05)
    return server


def _answers(path):
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            probe.connect(str(path))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _stop(server):
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
