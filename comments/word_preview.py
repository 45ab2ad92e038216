"""What entries would have caught among the newest comments, before they go live."""

import time
from typing import NamedTuple

from .models import Comment
from .word_lists import entry_of, matcher, text_of

MOST_COMMENTS, MOST_SHOWN = 5000, 30
SECONDS = 4
# Of one entry in a preview of many.
MOST_PIECES = 3
AROUND = 160
Status = Comment.Status
REFUSED = (Status.REJECTED, Status.REMOVED)


class Caught(NamedTuple):
    """One past comment: `parts` is its text around what was found, [(piece, is_found), …]."""

    pk: int
    name: str
    story: str
    language: str
    written: object
    status: str
    parts: list


class Count:
    """How one entry, or all of them, did."""

    def __init__(self):
        self.approved, self.refused, self.waiting, self.pieces = 0, 0, 0, []

    @property
    def all(self):
        return self.approved + self.refused + self.waiting

    def add(self, status):
        self.approved += status == Status.APPROVED
        self.refused += status in REFUSED
        self.waiting += status == Status.PENDING


class Preview(NamedTuple):
    looked_at: int
    is_cut: bool
    total: Count
    by_entry: dict
    rows: list

    @property
    def more(self):
        return self.total.all - len(self.rows)


def preview(words, *, seconds=SECONDS):
    """Tries the entries on the newest comments; approved ones come first, for those would have been caught wrongly."""
    entries = [entry_of(word) for word in words]
    matchers, total, by_entry = {}, Count(), {entry.pk: Count() for entry in entries}
    approved, others, number, until = [], [], 0, time.monotonic() + seconds
    for row in _newest():
        if time.monotonic() > until:
            return Preview(number, True, total, by_entry, (approved + others)[:MOST_SHOWN])
        number += 1
        language, status = row["article__language"], row["status"]
        if language not in matchers:
            matchers[language] = matcher(entries, language)
        text = text_of(row["body"], row["name"])
        if not (matches := matchers[language].find(text)):
            continue
        total.add(status)
        for match in matches:
            _note(by_entry[match.entry.pk], match, status)
        shown = approved if status == Status.APPROVED else others
        if len(shown) < MOST_SHOWN:
            body = text.removesuffix(f"\n\n{row['name']}")
            shown.append(_caught(row, text if matches[-1].start > len(body) else body, matches))
    return Preview(number, False, total, by_entry, (approved + others)[:MOST_SHOWN])


def _newest():
    rows = Comment.objects.exclude(status=Status.WITHDRAWN).order_by("-pk")
    fields = ("pk", "name", "body", "status", "created_at", "article__language", "article__title")
    return rows.values(*fields)[:MOST_COMMENTS].iterator(chunk_size=500)


def _note(count, match, status):
    count.add(status)
    if match.text not in count.pieces and len(count.pieces) < MOST_PIECES:
        count.pieces.append(match.text)


def _caught(row, text, matches):
    fields = (row["pk"], row["name"], row["article__title"], row["article__language"], row["created_at"], row["status"])
    return Caught(*fields, _parts(text, matches))


def _parts(text, matches):
    """The text from a little before the first piece to a little behind the last one, at most some lines of it."""
    at = max(0, matches[0].start - AROUND)
    parts = [("…", False)] if at else []
    for match in matches:
        if match.start < at or match.start > matches[0].start + 2 * AROUND:
            continue
        parts += [(text[at : match.start], False), (match.text, True)]
        at = match.start + len(match.text)
    rest = text[at : at + AROUND]
    return [*parts, (rest + ("…" if at + len(rest) < len(text) else ""), False)]
