"""Ends what the tests started and did not end themselves (a browser's helper, a server), by process id.

On Linux an orphan is handed to the nearest ancestor that asked for orphans; `adopt` asks, `end` ends those it got.
Elsewhere both do nothing.
"""

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


def adopt():
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end():
    if sys.platform != "linux":
        return
    # Ending one may orphan its own children, which then come to us: until there are none.
    while pids := children(os.getpid()):
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def children(of):
    """The process ids of all children of a process, on Linux; also of those that ended unheard."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # After the name in parentheses: state, parent.
            parent = stat.read_text(errors="replace").rpartition(")")[2].split()[1]
            if int(parent) == of:
                found.append(int(stat.parent.name))
    return found
