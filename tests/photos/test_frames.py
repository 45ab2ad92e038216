"""The messages to and from the process that opens pictures."""

import socket

import pytest

from photos import frames


@pytest.mark.parametrize("data", [b"", b"a picture"])
def test_what_is_sent_is_received(data):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        frames.send(ours, {"name": "x"}, data)
        assert frames.receive(theirs) == ({"name": "x"}, data)


class AnswersAndEnds:
    """A connection whose other side has read enough with the first piece, and is gone."""

    def __init__(self):
        self.ours, self.theirs = socket.socketpair()

    def sendall(self, data):
        self.ours.sendall(data)
        self.theirs.close()


def test_a_side_that_waits_for_no_data_may_be_gone():
    connection = AnswersAndEnds()
    with connection.ours:
        frames.send(connection, {"name": "x"})
