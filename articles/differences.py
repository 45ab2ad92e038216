"""What differs between two versions of a story, part by part; and a version made of pieces of both.

    compare(old, new)          a Row for each part of a story; of texts the changed words (matching.py)
    merge(old, new, choices)   {key of a piece: "old", "new" or "both"} -> content; what is not named is the new one's
    suggest(rows, base)        which side of each piece somebody wrote since both began from `base`

The keys of pieces depend on the two contents alone: "title", "tags", "body:1", "body:2", … in the order of the text.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from django.utils.translation import gettext_lazy as _

from .content import EMPTY
from .matching import blocks, matches, rewritten, word_runs

LABELS = {
    "title": _("Title"),
    "slug": _("Slug"),
    "interpreter": _("Quick article interpreter"),
    "key_points": _("Key points"),
    "body": _("Text"),
    "category": _("Section"),
    "author": _("Author"),
    "origin": _("Origin"),
    "place": _("Place"),
    "tags": _("Tags"),
    "sources": _("Sources"),
    "photos": _("Photos"),
}
KINDS = {"title": "text", "slug": "text", "interpreter": "text", "body": "body"}
KINDS |= dict.fromkeys(("key_points", "tags", "sources", "photos"), "list")
# By what an item of a list is found again in the other version; the surest first.
IDENTITY = {
    "key_points": [str],
    "tags": [str],
    "sources": [lambda row: tuple(sorted(row.items())), lambda row: (row["source"], row["url"])],
    "photos": [lambda row: row["photo"]],
}
IDENTITY["sources"].append(lambda row: row["source"])
BREAK = "\n\n"


@dataclass
class Piece:
    """What can be taken from one version or from the other. `key` is empty where both are alike."""

    key: str
    old: Any
    new: Any

    @property
    def count(self):
        return len(self.old)

    @cached_property
    def runs(self):
        """Of a text: its Runs. A text that stands in one version alone is one run."""
        return word_runs(*(side if isinstance(side, str) else BREAK.join(side) for side in (self.old, self.new)))

    @property
    def old_runs(self):
        return [run for run in self.runs if run.kind != "inserted"]

    @property
    def new_runs(self):
        return [run for run in self.runs if run.kind != "deleted"]


@dataclass
class Item:
    """One item of a list beside what it was or became (None): same, moved, changed, removed or added."""

    state: str
    value: Any
    other: Any = None
    moved: bool = False


@dataclass
class Row:
    """A part of the story. `kind`: text, body (several pieces), value (a key of something) or list (with items)."""

    name: str
    kind: str
    pieces: list

    @property
    def label(self):
        return LABELS[self.name]

    @property
    def changed(self):
        return any(piece.key for piece in self.pieces)

    @cached_property
    def items(self):
        """Of a list: (items of the old version, items of the new one)."""
        return _items(self.pieces[0].old, self.pieces[0].new, self.name)


def compare(old, new):
    """Rows for all parts of a story, changed or not. A redacted version's content ({}) compares as an empty one."""
    old, new = {**EMPTY, **old}, {**EMPTY, **new}
    return [Row(name, KINDS.get(name, "value"), _pieces(name, old[name], new[name])) for name in LABELS]


def _pieces(name, old, new):
    if name == "body":
        return list(_body(_paragraphs(old), _paragraphs(new)))
    return [Piece(name if old != new else "", old, new)]


def _paragraphs(text):
    return text.split(BREAK) if text else []


def _body(old, new):
    number = 0
    for block in blocks(old, new, matches(old, new)):
        gone, come = old[block.a : block.b], new[block.c : block.d]
        if block.same:
            yield Piece("", gone, come)
            continue
        for left, right in _beside(gone, come):
            number += 1
            yield Piece(f"body:{number}", left, right)


def _beside(old, new):
    """Replaced paragraphs, each rewritten one beside what it was, and between them what has no like."""
    a = c = 0
    for i, j in [*rewritten(old, new), (len(old), len(new))]:
        if i > a or j > c:
            yield old[a:i], new[c:j]
        if i < len(old):
            yield old[i : i + 1], new[j : j + 1]
        a, c = i + 1, j + 1


def _partners(old, new, name):
    """{place in old: place in new} of a list's items."""
    partners, free = {}, dict.fromkeys(range(len(new)))
    for identity in IDENTITY[name]:
        for i, row in enumerate(old):
            if i not in partners:
                j = next((j for j in free if identity(new[j]) == identity(row)), None)
                if j is not None:
                    partners[i] = j
                    del free[j]
    if name == "key_points":
        left = [i for i in range(len(old)) if i not in partners]
        right = list(free)
        found = rewritten([old[i] for i in left], [new[j] for j in right])
        partners |= {left[i]: right[j] for i, j in found}
    return partners


def _items(old, new, name):
    partners = _partners(old, new, name)
    order = [partners[i] for i in sorted(partners)]
    steady = {order[index] for index, _place in matches(order, sorted(order))}
    before = [Item("removed", row) for row in old]
    after = [Item("added", row) for row in new]
    for i, j in partners.items():
        moved = j not in steady
        state = "changed" if old[i] != new[j] else "moved" if moved else "same"
        before[i], after[j] = Item(state, old[i], new[j], moved), Item(state, new[j], old[i], moved)
    return before, after


def merge(old, new, choices):
    """A content made of pieces of both. "both" holds for texts of several paragraphs and for lists, the old first."""
    merged = {}
    for row in compare(old, new):
        taken = [_taken(row, piece, choices.get(piece.key, "new")) for piece in row.pieces]
        merged[row.name] = BREAK.join(chain(*taken)) if row.name == "body" else taken[0]
    return merged


def _taken(row, piece, choice):
    if choice == "old":
        return piece.old
    if choice != "both" or row.kind not in ("body", "list"):
        return piece.new
    if row.kind == "body":
        return piece.old + piece.new
    return piece.old + [item.value for item in row.items[1] if item.state == "added"]


def suggest(rows, base):
    """{key: "old" or "new"} where one side alone was changed since `base`; where both were, nothing is suggested."""
    base = {**EMPTY, **base}
    paragraphs = set(_paragraphs(base["body"]))
    found = {}
    for row in rows:
        for piece in row.pieces:
            if row.name == "body":
                old_stood, new_stood = (
                    _stood(piece.old, piece.new, paragraphs),
                    _stood(piece.new, piece.old, paragraphs),
                )
            else:
                old_stood, new_stood = piece.old == base[row.name], piece.new == base[row.name]
            if piece.key and old_stood != new_stood:
                found[piece.key] = "new" if old_stood else "old"
    return found


def _stood(side, other, base):
    """Whether a side of a piece is as it was. An empty one is, when the paragraphs of the other are new."""
    if side:
        return all(paragraph in base for paragraph in side)
    return not all(paragraph in base for paragraph in other)
