"""How far a long command is: one line with a bar, rewritten in a terminal, repeated now and then in a log."""

import time

# Seconds between two lines where the output is no terminal.
PAUSE = 10
BAR = 24


class ProgressLine:
    """`show(done, note)` after each step; `what` is counted, such as "stories"."""

    def __init__(self, stdout, total, what):
        self.stdout, self.total, self.what = stdout, total, what
        self.start = self.shown = time.monotonic()
        self.is_open = False

    def show(self, done, note=""):
        now = time.monotonic()
        if self.stdout.isatty():
            filled = BAR * done // max(self.total, 1)
            # Cleared to its end: a note may be shorter than the one before.
            self.stdout.write(f"\r[{'#' * filled:-<{BAR}}] {self._line(done, now)}{note}\x1b[K", ending="")
            self.is_open = True
        elif now - self.shown > PAUSE:
            self.stdout.write(f"{self._line(done, now)}{note}")
            self.shown = now

    def end(self):
        """The next line begins at the left again."""
        if self.is_open:
            self.stdout.write("")
            self.is_open = False

    def _line(self, done, now):
        line = f"{done:,} of {self.total:,} {self.what}"
        if not done:
            return line
        rate = done / max(now - self.start, 0.001)
        left = int((self.total - done) / rate)
        pace = f"{rate:.0f}" if rate >= 10 else f"{rate:.1f}"
        return f"{line} · {pace} a second · {left // 60}:{left % 60:02} min left"
