"""The process that opens pictures for photos/decoding.py: `python -m photos.decoder <descriptor of a socket>`.

It knows neither Django nor a secret. It loads Pillow once, then forks a child for each job; the child may use so much
memory and processor time, opens no file and makes no connection, answers, and ends.
"""

import json
import os
import resource
import select
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from . import cutting, frames, opening
from .declared import declared_mark

# On top of what the process has when it begins. A picture of 25 million pixels needs up to 400 MB while it is opened.
MEMORY = 2**30


def serve(control):
    """One job after the other, until the parent ends or closes its side."""
    while True:
        _note, descriptors, _flags, _address = socket.recv_fds(control, 1, 1)
        if not descriptors:
            return
        exit_code, peak = run(socket.socket(fileno=descriptors[0]), control)
        with suppress(BrokenPipeError):
            control.sendall(json.dumps([exit_code, peak]).encode() + b"\n")


def run(connection, control):
    """The exit code of a child that did what the connection asks for, and the most memory that it had, in KiB."""
    ended, held = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_child(connection, [control.fileno(), ended])
    connection.close()
    os.close(held)
    watch = select.poll()
    watch.register(ended, select.POLLIN)
    watch.register(control, select.POLLIN)
    # The parent says nothing while it waits: what comes from there is its end.
    if control.fileno() in dict(watch.poll()):
        os.kill(child, signal.SIGKILL)
    os.close(ended)
    _child, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss


def _be_the_child(connection, others):
    status = 1
    try:
        for descriptor in others:
            os.close(descriptor)
        work(connection)
        status = 0
    except Exception:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


def work(connection):
    job, data = frames.receive(connection)
    limit(job["seconds"])
    try:
        answer(connection, job, data)
    except opening.Refused as refusal:
        frames.send(connection, {"refused": refusal.code, **refusal.details})
    except MemoryError:
        frames.send(connection, {"refused": "memory"})


def answer(connection, job, data):
    """What the picture is; or, where files are asked for, each of them."""
    image, facts = opening.open_picture(data, job["max_pixels"], job["max_side"])
    if job["files"] is None:
        frames.send(connection, {**facts, "color": opening.mean_color(image), "declared": declared_mark(data)})
        return
    files = [file | {"xmp": file["xmp"].encode("latin-1")} for file in job["files"]]
    for name, made in cutting.made(image, files):
        frames.send(connection, {"name": name}, made)


def limit(seconds):
    """From here on this process is a small one."""
    with suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        _lower(resource.RLIMIT_AS, pages * resource.getpagesize() + MEMORY)
    # First a signal that says why, then the kernel's last word.
    _lower(resource.RLIMIT_CPU, seconds, seconds + 5)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, 0)


def _lower(what, to, at_last=None):
    # A system that knows no such bound (macOS and memory) leaves the parent's clock.
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (to, to if at_last is None else at_last))


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
