"""How far a long command is: one line in a terminal, a line now and then in a log."""

import io

import pytest
from django.core.management.base import OutputWrapper

from newsroom import progress_line
from newsroom.progress_line import ProgressLine


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """`clock[0]` is the time in seconds."""
    now = [0.0]
    monkeypatch.setattr(progress_line.time, "monotonic", lambda: now[0])
    return now


def test_a_terminal_shows_a_bar_that_is_rewritten(clock):
    out = Terminal()
    line = ProgressLine(OutputWrapper(out), 8, "photos")
    clock[0] = 4
    line.show(2, " · photo:7")
    line.end()
    bar = "######------------------"
    assert out.getvalue() == f"\r[{bar}] 2 of 8 photos · 0.5 a second · 0:12 min left · photo:7\x1b[K\n"


def test_a_log_gets_a_line_every_ten_seconds(clock):
    out = io.StringIO()
    line = ProgressLine(OutputWrapper(out), 1000, "stories")
    for second in range(1, 31):
        clock[0] = second
        line.show(20 * second)
    line.end()
    assert out.getvalue().splitlines() == [
        "220 of 1,000 stories · 20 a second · 0:39 min left",
        "440 of 1,000 stories · 20 a second · 0:28 min left",
    ]


def test_nothing_done_yet_has_no_pace(clock):
    out = Terminal()
    ProgressLine(OutputWrapper(out), 0, "photos").show(0)
    assert out.getvalue() == f"\r[{'-' * 24}] 0 of 0 photos\x1b[K"
