"""This side of photos/decoder.py: starts it when it is needed first, gives it one job at a time, and sees it end.

An own small fork server and not multiprocessing's: that one imports this process's main module anew for each job, and
believes what its children pickle.
"""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from . import frames

ROOT = Path(__file__).resolve().parent.parent
# What the other process knows of this one's environment. No secret is in there.
KEPT = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME")
# One arena, so that a thread costs no 64 MB of addresses in a process that may have so many.
# Pillow warns of much that strangers' files have; the site's log is not for that.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore"}
# How long a job waits for those before it; and how long the process may take to say how a job ended.
TURN_WAIT, END_WAIT = 60, 10


class NotDone(Exception):
    """The job did not end well: "memory", "time", "crash" (the picture's doing), or "busy" (the server's)."""


class Decoder:
    """The running process. It ends when this side of the connection closes, so at the latest with this process."""

    def __init__(self):
        self.control, theirs = socket.socketpair()
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "photos.decoder", str(theirs.fileno())],
                cwd=ROOT,
                env=kept | ENVIRONMENT,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                # Ctrl-C at a terminal is not for it, and its children can be ended with it.
                start_new_session=True,
            )

    def begin(self):
        """A connection to a fresh child."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.control, [b"j"], [theirs.fileno()])
        return ours

    def outcome(self):
        """(exit code of the last child, the most memory that it had in KiB)"""
        self.control.settimeout(END_WAIT)
        said = self.control.recv(200)
        if not said:
            raise NotDone("busy")
        return json.loads(said)

    def kill(self):
        self.control.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


_turn = threading.Lock()
_running = None
# Of the last job, for those who measure.
peak_kib = 0


def answers(job, data, wait):
    """Yields (words, data) as the child says them, each after at most `wait` seconds. Raises NotDone."""
    if not _turn.acquire(timeout=TURN_WAIT):
        raise NotDone("busy")
    try:
        yield from _conversation(_decoder(), job, data, wait)
    except BaseException:
        # Whoever stops listening, for whatever reason, has ended the child.
        stop()
        raise
    finally:
        _turn.release()


def _decoder():
    global _running
    if _running is None or _running.process.poll() is not None:
        stop()
        try:
            _running = Decoder()
        except OSError as error:
            raise NotDone("busy") from error
    return _running


def _conversation(decoder, job, data, wait):
    global peak_kib
    try:
        with decoder.begin() as connection:
            connection.settimeout(wait)
            frames.send(connection, job, data)
            while answer := frames.receive(connection, time.monotonic() + wait):
                yield answer
        exit_code, peak_kib = decoder.outcome()
    except TimeoutError as error:
        raise NotDone("time") from error
    except (OSError, ValueError) as error:
        raise NotDone("busy") from error
    except frames.Broken as error:
        raise NotDone("crash") from error
    if exit_code:
        raise NotDone({-signal.SIGXCPU: "time", -signal.SIGKILL: "memory"}.get(exit_code, "crash"))


def stop():
    """Ends the process, if there is one; the next job starts another."""
    global _running
    if _running is not None:
        _running.kill()
        _running = None


def _forget():
    """In a fork of this process: what runs belongs to the other one."""
    global _turn, _running
    _turn = threading.Lock()
    if _running is not None:
        _running.control.close()
        _running = None


os.register_at_fork(after_in_child=_forget)
atexit.register(stop)
