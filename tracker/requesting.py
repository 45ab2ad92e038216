"""One request over HTTP within bounds of time and size. Everything that can go wrong with it is a FetchFailed."""

import contextlib
import socket
import threading
import time
from http.client import HTTPException
from urllib.parse import urljoin, urlsplit

from urllib3 import exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection

from .models import Feed

# Seconds: to connect, and between two pieces of an answer.
CONNECT_TIMEOUT, READ_TIMEOUT = 5, 15
REDIRECTS = {301, 302, 303, 307, 308}
CHUNK = 64 * 1024


class FetchFailed(Exception):
    """`wait`: seconds that the source asks us to stay away. `is_passing`: the next request may do better already."""

    def __init__(self, code, detail, *, wait=0, is_passing=False):
        super().__init__(detail)
        self.code, self.detail, self.wait, self.is_passing = code, detail, wait, is_passing


@contextlib.contextmanager
def response_to(address, headers, ends):
    """The response (urllib3's, unread) to a GET. `ends` is when all has to be over, by the monotonic clock."""
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        left = max(ends - time.monotonic(), 0.001)
        connection = kind(parts.hostname, parts.port, timeout=min(CONNECT_TIMEOUT, left))
        with contextlib.closing(connection):
            connection.connect()
            connection.timeout = READ_TIMEOUT
            with _cut_off_at(ends, connection.sock):
                connection.request("GET", target, headers=headers, preload_content=False)
                yield connection.getresponse()
    except (exceptions.HTTPError, HTTPException, OSError) as error:
        raise _failure(error, ends) from error


def next_address(address, response):
    """Where a redirect leads. A source may move its own files; it does not send us elsewhere."""
    location = response.headers.get("Location", "")
    try:
        target = urljoin(address, location)
        is_same = urlsplit(target)[:2] == urlsplit(address)[:2] and target.isascii()
    except ValueError:
        is_same = False
    if not is_same:
        raise FetchFailed(Feed.Error.STATUS, f"HTTP {response.status}: it leads elsewhere: {location}")
    return target


def body_of(response, limit):
    """All of it, unpacked. What is announced as too large is not begun, what turns out so is not gone on with."""
    too_large = FetchFailed(Feed.Error.TOO_LARGE, f"More than {limit // 1024:,} KB.")
    if (response.length_remaining or 0) > limit:
        raise too_large
    pieces, size = [], 0
    while piece := response.read1(CHUNK):
        size += len(piece)
        if size > limit:
            raise too_large
        pieces.append(piece)
    return b"".join(pieces)


def beginning_of(response):
    """What an error says for itself; that it cannot be read is of no importance."""
    try:
        return response.read1(500)
    except exceptions.HTTPError:
        return b""


@contextlib.contextmanager
def _cut_off_at(ends, sock):
    """A source that sends a byte now and then runs into no timeout between two pieces: this ends it all the same."""
    watch = threading.Timer(max(ends - time.monotonic(), 0), _shut, [sock])
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
    if time.monotonic() >= ends:
        # Cut off, an answer of no announced length looks whole.
        raise TimeoutError


def _shut(sock):
    with contextlib.suppress(OSError):  # closed meanwhile
        sock.shutdown(socket.SHUT_RDWR)


def _failure(error, ends):
    detail = str(error) or type(error).__name__
    if time.monotonic() >= ends:
        return FetchFailed(Feed.Error.TIMEOUT, "The time for all of it was over.")
    is_refused = isinstance(error, exceptions.NewConnectionError)  # a kind of timeout to urllib3
    if isinstance(error, (TimeoutError, exceptions.TimeoutError)) and not is_refused:
        return FetchFailed(Feed.Error.TIMEOUT, detail, is_passing=True)
    is_no_http = isinstance(error, HTTPException) and not isinstance(error, OSError)
    is_broken_body = isinstance(error, (exceptions.ProtocolError, exceptions.DecodeError))
    if is_no_http or is_broken_body:
        return FetchFailed(Feed.Error.UNREADABLE, detail)
    return FetchFailed(Feed.Error.UNREACHABLE, detail, is_passing=True)
