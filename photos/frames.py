"""Messages between a process that has a picture and the one that looks into it: a few words as JSON, and bytes.

No pickle: what broke into the decoder could answer with anything.
"""

import json
import struct
import time

HEAD = struct.Struct("!II")
MOST = 64 * 2**20


class Broken(Exception):
    """What came is no message."""


def send(connection, words, data=b""):
    said = json.dumps(words).encode()
    connection.sendall(HEAD.pack(len(said), len(data)) + said)
    # Sending nothing fails too where the other side has its answer out and is gone: it waits for no data.
    if data:
        connection.sendall(data)


def receive(connection, until=None):
    """(words, data), or None where the other side has ended. `until`: TimeoutError by then (time.monotonic)."""
    head = _read(connection, HEAD.size, until)
    if head is None:
        return None
    lengths = HEAD.unpack(head)
    if sum(lengths) > MOST:
        raise Broken
    said, data = (_read(connection, length, until) for length in lengths)
    if said is None or data is None:
        return None
    return _words(said), data


def _words(said):
    try:
        words = json.loads(said)
    except ValueError as error:
        raise Broken from error
    if not isinstance(words, dict):
        raise Broken
    return words


def _read(connection, length, until):
    """So many bytes, or None where there are fewer."""
    data = bytearray(length)
    view = memoryview(data)
    while view:
        if until is not None:
            # Never 0: that would mean not to wait, which is another error.
            connection.settimeout(max(until - time.monotonic(), 0.001))
        received = connection.recv_into(view)
        if not received:
            return None
        view = view[received:]
    return bytes(data)
