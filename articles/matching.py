"""What two texts have in common: the longest common subsequence, of paragraphs and then of words.

It is found bit-parallel: the row of a whole sequence is one long integer, so that ten thousand words against ten
thousand others are ten thousand additions (60 ms, 12 MB). Time and memory grow with the product of the two lengths;
beyond `most` only the common beginning and end are matched, and what lies between stands as replaced.
"""

import re
from collections import Counter
from itertools import groupby
from typing import NamedTuple

# For the words of two whole bodies, once a comparison; and for those of two paragraphs, which may be many.
MOST, MOST_OF_PAIR = 120_000_000, 9_000_000
# Texts that share less than this part of their letters are two texts, and not one that was changed.
ALIKE = 0.4
TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


class Run(NamedTuple):
    """A stretch of text: in both (same), in the old one alone (deleted) or in the new one alone (inserted)."""

    kind: str
    text: str


class Block(NamedTuple):
    """old[a:b] against new[c:d]: alike item by item, or all that lies between two such stretches."""

    same: bool
    a: int
    b: int
    c: int
    d: int


def matches(old, new, most=MOST):
    """[(i, j), …] rising in both: old[i] == new[j], as many as can be."""
    start, shorter = 0, min(len(old), len(new))
    while start < shorter and old[start] == new[start]:
        start += 1
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = _longest(old[start : len(old) - end], new[start : len(new) - end], most)
    return [
        *((index, index) for index in range(start)),
        *((start + i, start + j) for i, j in middle),
        *((len(old) - end + index, len(new) - end + index) for index in range(end)),
    ]


def _longest(old, new, most):
    if not old or not new or len(old) * len(new) > most:
        return []
    places = {}
    for j, item in enumerate(new):
        places[item] = places.get(item, 0) | 1 << j
    # Bit j of rows[i] is 0 where new[j] makes the subsequence of old[: i + 1] and new[: j + 1] longer by one.
    every = (1 << len(new)) - 1
    row, rows = every, []
    for item in old:
        hits = row & places.get(item, 0)
        row = ((row + hits) | (row - hits)) & every
        rows.append(row)
    return _walk_back(rows, len(new))


def _walk_back(rows, width):
    found, i, j = [], len(rows), width
    while i and j:
        if rows[i - 1] >> (j - 1) & 1:
            j -= 1
        elif i > 1 and not rows[i - 2] >> (j - 1) & 1:
            i -= 1
        else:
            i, j = i - 1, j - 1
            found.append((i, j))
    return found[::-1]


def blocks(old, new, found):
    """The two sequences cut along their matches, without gaps: Blocks that are the same, and those between."""
    cut, a, c = [], 0, 0
    stretches = groupby(enumerate(found), key=lambda row: (row[1][0] - row[0], row[1][1] - row[0]))
    for _offsets, rows in stretches:
        pairs = [pair for _index, pair in rows]
        (i, j), count = pairs[0], len(pairs)
        if i > a or j > c:
            cut.append(Block(False, a, i, c, j))
        a, c = i + count, j + count
        cut.append(Block(True, i, a, j, c))
    if a < len(old) or c < len(new):
        cut.append(Block(False, a, len(old), c, len(new)))
    return cut


def word_runs(old, new):
    """Two texts as Runs: what is kept with what is deleted gives the old one, with what is inserted the new one."""
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    found = matches(a, b, MOST_OF_PAIR)
    if _share(sum(len(a[i]) for i, _j in found if not a[i].isspace()), old, new) < ALIKE:
        found = []
    runs, deleted, inserted = [], "", ""
    cut = blocks(a, b, found)
    for index, block in enumerate(cut):
        gone, come = "".join(a[block.a : block.b]), "".join(b[block.c : block.d])
        after = cut[index + 1] if index + 1 < len(cut) else None
        if block.same and not (_is_chance(gone, deleted, inserted) and after and _outweighs(after, a, b, gone)):
            runs += [*_changed(deleted, inserted), Run("same", gone)]
            deleted = inserted = ""
        else:
            deleted, inserted = deleted + gone, inserted + come
    return _slid(runs + _changed(deleted, inserted))


def _slid(runs):
    """A sentence put in before a full stop that was there reads as one put in after the full stop before it."""
    for index in range(1, len(runs) - 1):
        before, run, after = runs[index - 1 : index + 2]
        mark = run.text[0]
        alone = before.kind == after.kind == "same" and run.kind != "same"
        if alone and mark == after.text[:1] and not (mark.isalnum() or mark.isspace()):
            runs[index - 1] = Run("same", before.text + mark)
            runs[index] = Run(run.kind, run.text[1:] + mark)
            runs[index + 1] = Run("same", after.text[1:])
    return [run for run in runs if run.text]


def _share(common, old, new):
    """How much of two texts is common, from 0 to 1; white space does not count."""
    letters = sum(len("".join(text.split())) for text in (old, new))
    return 2 * common / letters if letters else 1


def _is_chance(kept, deleted, inserted):
    """A word or two that stand in both by chance, in the middle of what was rewritten, only break it up."""
    return bool(deleted or inserted) and (kept.isspace() or len(kept) <= max(len(deleted), len(inserted)))


def _outweighs(block, a, b, kept):
    gone, come = "".join(a[block.a : block.b]), "".join(b[block.c : block.d])
    return kept.isspace() or len(kept) <= max(len(gone), len(come))


def _changed(deleted, inserted):
    return [Run(kind, text) for kind, text in (("deleted", deleted), ("inserted", inserted)) if text]


def rewritten(old, new):
    """[(i, j), …] rising in both: the texts of `old` that are found again in `new`, in other words."""
    a = [(word, i) for i, text in enumerate(old) for word in text.split()]
    b = [(word, j) for j, text in enumerate(new) for word in text.split()]
    common = Counter()
    for p, q in matches([word for word, _i in a], [word for word, _j in b]):
        common[a[p][1], b[q][1]] += len(a[p][0])
    pairs, taken_old, taken_new = [], set(), set()
    for (i, j), letters in common.most_common():
        if i not in taken_old and j not in taken_new and _share(letters, old[i], new[j]) >= ALIKE:
            pairs.append((i, j))
            taken_old.add(i)
            taken_new.add(j)
    return sorted(pairs)
