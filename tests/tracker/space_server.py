"""A real HTTP server on loopback in place of the sources, that answers as a test wants: well, wrongly, or never.

An answer is a function that is given the request's handler and sends what it likes. The records are made up, in the
shape of the real ones.
"""

import contextlib
import gzip
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Space:
    """`requests`: the (path, headers) that came. `pauses`: what the fetching code waited for between its tries."""

    def __init__(self):
        self.requests, self.pauses, self.is_over = [], [], threading.Event()
        self._answers = {}

    def will(self, *answers, path=""):
        """To requests with `path` in their address: these answers in turn, the last one again and again."""
        self._answers[path] = list(answers)

    def next_answer(self, path):
        known = [key for key in self._answers if key in path]
        if not known:
            return say("nothing here", 404, "text/plain")
        waiting = self._answers[max(known, key=len)]
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        space = self.server.space
        space.requests.append((self.path, self.headers))
        space.next_answer(self.path)(self)

    def begin(self, status=200, content_type="application/json", **headers):
        self.send_response(status)
        for name, value in {"Content-Type": content_type, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def log_message(self, *_arguments):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request, address):
        """A client that has heard enough, or does not like the certificate, is no news."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, address)


@contextlib.contextmanager
def space_server(tls=None):
    """With an SSLContext as `tls` it speaks https."""
    server = Server(("127.0.0.1", 0), Handler)
    server.space = space = Space()
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    space.address = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield space
    finally:
        space.is_over.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _bytes(content):
    if isinstance(content, bytes):
        return content
    return (content if isinstance(content, str) else json.dumps(content)).encode()


def say(content, status=200, content_type="application/json", **headers):
    """Text, bytes, or what becomes JSON. Headers are written with underscores: Retry_After="60"."""
    body = _bytes(content)

    def answer(handler):
        handler.begin(status, content_type, Content_Length=len(body), **headers)
        handler.wfile.write(body)

    return answer


def say_packed(content):
    return say(gzip.compress(_bytes(content)), Content_Encoding="gzip")


def unless_known(content, **marks):
    """304 to who sends back ETag or Last_Modified, as given here; else the content with these."""
    asked_by = {"ETag": "If-None-Match", "Last_Modified": "If-Modified-Since"}

    def answer(handler):
        if any(handler.headers[asked_by[name]] == value for name, value in marks.items()):
            handler.send_response(304)
            handler.end_headers()
        else:
            say(content, **marks)(handler)

    return answer


def cut_off(content):
    """The connection ends after half of what was announced."""
    body = _bytes(content)

    def answer(handler):
        handler.begin(Content_Length=len(body))
        handler.wfile.write(body[: len(body) // 2])
        handler.close_connection = True

    return answer


def hang_up(handler):
    handler.close_connection = True


def speak_no_http(handler):
    handler.wfile.write(b"220 mail.example.org ESMTP\r\n")
    handler.close_connection = True


def be_silent(handler):
    handler.server.space.is_over.wait(30)
    handler.close_connection = True


def drip(handler):
    """A blank every twentieth of a second for half a minute, each in time."""
    handler.begin(Content_Length=600)
    for _blank in range(600):
        handler.wfile.write(b" ")
        if handler.server.space.is_over.wait(0.05):
            break


def drip_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _letter in range(600):
        handler.wfile.write(b"a")
        if handler.server.space.is_over.wait(0.05):
            break


def announce(size):
    """So many bytes are to come, and do not."""

    def answer(handler):
        handler.begin(Content_Length=size)
        be_silent(handler)

    return answer


def flood(size):
    """So many bytes of a JSON list. `sent` tells how many the client took before it left."""

    def answer(handler):
        answer.sent = 0
        handler.begin(Connection="close")
        piece = b"[" * 100_000
        while answer.sent < size:
            handler.wfile.write(piece)
            answer.sent += len(piece)
        handler.close_connection = True

    return answer


def lead_to(location):
    return say("", 302, "text/plain", Location=location)


def omm(number=25544, **fields):
    """A record in the shape of CelesTrak's gp.php?FORMAT=json. Upper case names replace what is there."""
    return {
        "OBJECT_NAME": "ISS (ZARYA)" if number == 25544 else f"TEST {number}",
        "OBJECT_ID": "1998-067A" if number == 25544 else f"2020-{number % 900 + 1:03}A",
        "EPOCH": "2026-11-25T18:21:07.123456",
        "MEAN_MOTION": 15.49512345,
        "ECCENTRICITY": 0.0004231,
        "INCLINATION": 51.6412,
        "RA_OF_ASC_NODE": 247.4627,
        "ARG_OF_PERICENTER": 130.536,
        "MEAN_ANOMALY": 325.0288,
        "EPHEMERIS_TYPE": 0,
        "CLASSIFICATION_TYPE": "U",
        "NORAD_CAT_ID": number,
        "ELEMENT_SET_NO": 999,
        "REV_AT_EPOCH": 48123,
        "BSTAR": 0.00028098,
        "MEAN_MOTION_DOT": 0.00015,
        "MEAN_MOTION_DDOT": 0,
        **fields,
    }


def as_csv(records):
    """The same as FORMAT=csv gives it: a line of names, and lines of values."""
    lines = [",".join(records[0]), *(",".join(str(value) for value in record.values()) for record in records)]
    return "\r\n".join(lines) + "\r\n"
