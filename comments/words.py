"""Finds the listed words in a text. No entry and no text can make it slow: docs/decisions/0020-word-lists.md.

Every look-up is one in a dictionary. What depends on the entries (how long they are, how many begin alike) is bounded.
"""

import heapq
import itertools
from typing import NamedTuple

from .inflection import stems
from .letters import WIDEST_GAP, readings, words_in
from .models import ListedWord

How = ListedWord.How
MOST_WORDS = 6  # of a phrase
LEAST_START, LONGEST_START = 3, 12
# A comment and the name above it.
MOST_TEXT = 4100
MOST_MATCHES = 20
# Bounds that honest lists do not reach: entries with the same stem, entries that one word is a form of, phrases that
# are half found at one place, and in a whole text.
MOST_OF_STEM, MOST_OF_WORD, MOST_BEGUN, MOST_STEPS = 6, 8, 16, 2000
MOST_ENDING = 6
HEAD = 4
# Of one text, besides each word as it stands.
MOST_READINGS = 400


class Entry(NamedTuple):
    """A listed word as phases and pages show it."""

    pk: int
    text: str
    folded: str
    language: str
    list: str
    how: str
    note: str = ""
    since: object = None
    by: str = ""


class Match(NamedTuple):
    """`text`: the piece as it was written, which begins at `start`."""

    entry: Entry
    text: str
    start: int


def fold_entry(text):
    """What two entries are the same by: their words as letters.py has them."""
    return " ".join(letters for letters, _start, _end in words_in(text)[0])


class Matcher:
    """The entries for texts of one language. Those of other languages are to be left out by the caller."""

    def __init__(self, entries, language):
        self.exact, self.stems, self.starts = {}, {}, {}
        self.language, self.ids, self.phrases = language, {}, {}
        # How what is listed begins: most words of a text are done with by that.
        self.heads, self.start_heads = set(), set()
        for entry in entries:
            self._add(entry)
        self.start_lengths = sorted({len(start) for start in self.starts})

    def find(self, text):
        """[Match, …] in the order of the text: each entry once, MOST_MATCHES at most."""
        text, found, begun, before, steps = text[:MOST_TEXT], {}, [], 0, 0
        words, gapped = words_in(text)
        ids = _Ids(self)
        for letters, start, end in words:
            numbers = ids[letters]
            steps += len(begun)
            if begun and (start - before > WIDEST_GAP or steps > MOST_STEPS):
                begun = []
            if numbers:
                begun = self._step([(self.phrases, start), *begun], numbers, end, found)
            elif begun:
                begun = []
            before = end
        for letters, start, end in gapped:
            if numbers := ids[letters]:
                self._step([(self.phrases, start)], numbers, end, found)
        matches = (Match(entry, text[start:end], start) for entry, start, end in found.values())
        return heapq.nsmallest(MOST_MATCHES, matches, key=lambda match: match.start)

    def _add(self, entry):
        words = entry.folded.split()[:MOST_WORDS]
        node = self.phrases
        for place, word in enumerate(words, 1):
            # Only the last word of a phrase may go on.
            ends = place < len(words) or len(word) > LONGEST_START
            how = How.WORD if entry.how == How.START and ends else entry.how
            node = node.setdefault(self._id(how, word), {})
        node.setdefault(None, []).append(entry)

    def _id(self, how, word):
        if (how, word) in self.ids:
            return self.ids[how, word]
        number = self.ids[how, word] = len(self.ids)
        if how == How.START:
            self.starts[word] = number
            self.start_heads.add(word[:LEAST_START])
        elif how == How.WORD:
            self.exact[word] = number
            self.heads.add(word[:HEAD])
        else:
            for stem, endings in stems(word, self.language):
                self._add_stem(stem, endings, number)
        return number

    def _add_stem(self, stem, endings, number):
        sharing = self.stems.setdefault(stem, [])
        if len(sharing) < MOST_OF_STEM:
            sharing.append((endings, number))
            self.heads.update([stem[:HEAD]] if len(stem) >= HEAD else ((stem + ending)[:HEAD] for ending in endings))

    def _step(self, places, numbers, end, found):
        """One word further from each of the places, the phrases that begin here first: what is bounded never costs a
        single word. Returns what is open then."""
        opened = []
        for node, start in places:
            for number in numbers:
                following = node.get(number)
                if following is not None and len(opened) < MOST_BEGUN:
                    opened.append((following, start))
                    if None in following:
                        for entry in following[None]:
                            found.setdefault(entry.pk, (entry, start, end))
        return opened

    def ids_of(self, reading):
        """The listed words that this is, begins like, or is a form of."""
        if reading[:HEAD] in self.heads:
            if (number := self.exact.get(reading)) is not None:
                yield number
            for cut in range(min(MOST_ENDING, len(reading) - 1) + 1):
                at = len(reading) - cut
                for endings, number in self.stems.get(reading[:at], ()):
                    if reading[at:] in endings:
                        yield number
        if reading[:LEAST_START] in self.start_heads:
            for length in self.start_lengths:
                if (number := self.starts.get(reading[:length])) is not None:
                    yield number
                if length > len(reading):
                    break


class _Ids(dict):
    """{word of one text: the listed words that it may be read as}. Of a text that is all riddles, the first part is
    read in every way, the rest as it stands."""

    def __init__(self, matcher):
        self.heads, self.start_heads, self.ids_of = matcher.heads, matcher.start_heads, matcher.ids_of
        self.left = MOST_READINGS

    def __missing__(self, letters):
        ways = readings(letters) if self.left > 0 else [letters]
        self.left -= len(ways) - 1
        self[letters] = numbers = []
        likely = [way for way in ways if way[:HEAD] in self.heads or way[:LEAST_START] in self.start_heads]
        for number in itertools.chain.from_iterable(map(self.ids_of, likely)):
            if number not in numbers:
                numbers.append(number)
                if len(numbers) == MOST_OF_WORD:
                    break
        return numbers
