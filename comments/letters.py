"""What a text says however it is spelled: its words in small Latin letters, and the ways in which each can be read.

Nothing here knows of word lists. All of it takes time in proportion to the text (docs/decisions/0020-word-lists.md).
"""

import functools
import itertools
import re
import unicodedata

from authors.names import latin

# Signs that stand for letters; the digits do so between letters only.
SIGNS = "@$!|€"
LEET = str.maketrans("03456789@$!|€1", "oeasgtbgasiiei")
# One and the bar are an l as well.
LEET_L = str.maketrans("03456789@$!|€1", "oeasgtbgasilel")
DIGITS = "0123456789"
DIGITS_IN = frozenset(DIGITS)
NO_LEET = str.maketrans("", "", SIGNS + DIGITS.replace("2", ""))
# A bar or an exclamation mark is one inside of a word only.
WORD = re.compile(r"(?:[^\W_]|[@$€]|[!|](?=[^\W_]|[@$€]))+")
STRETCHED = re.compile(r"([^\W\d_])\1\1+")
LAST_ASCII = 127
# Different foreign letters of one text; no script that is written here has more.
MOST_FOREIGN = 100
# A character can be a sentence of eighteen letters (ﷺ).
MOST_OF_ONE = 3
# No entry has more letters; what is longer is read as far as that.
MOST_LETTERS = 100
# Letters of a word that has numbers at its ends (“idiot123”): “CO2” is no “co”.
LEAST_WITHOUT = 3
# Between the letters of a word that is spaced out, and between the words of a phrase.
WIDEST_GAP = 3
LEAST_SPACED = 3
MOST_PARTS = 12
# Of one letter, in English and Croatian.
SHORT_WORDS = "aiou"


def words_in(text):
    """Two lists of (letters, start, end): the words of a text as `plain` gives them and where they stand in it as it
    was written; and what stands in it besides: words that are written with gaps."""
    flat, places = _flat(text)
    spans = [match.span() for match in WORD.finditer(flat)]
    whole = [(flat[start:end], places[start], places[end - 1] + 1) for start, end in spans]
    return whole, [
        ("".join([flat[start:end] for start, end in run]), places[run[0][0]], places[run[-1][1] - 1] + 1)
        for run in _gapped(flat, spans)
    ]


def _flat(text):
    """Small Latin letters: without accents, look-alikes as what they look like, what cannot be seen left out. And
    where each of them stands in the text."""
    if text.isascii():
        return text.lower(), range(len(text))
    # Each character that occurs is in it: one that is missing costs more than all others.
    chars = list(dict.fromkeys(text))
    table = dict(zip(map(ord, chars), map(str.lower, chars), strict=True))
    for code in itertools.islice((code for code in table if code > LAST_ASCII), MOST_FOREIGN):
        table[code] = _plain(chr(code))
    if set(map(len, table.values())) == {1}:
        return text.translate(table), range(len(text))
    places = [at for at, char in enumerate(text) for _letter in table[ord(char)]]
    return text.translate(table), places


@functools.lru_cache(maxsize=8192)
def _plain(char):
    """What one character that is not ASCII stands for."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return ""
    if char.isspace():
        return " "
    return "".join(map(latin, unicodedata.normalize("NFKD", char))).casefold()[:MOST_OF_ONE]


def readings(letters):
    """What a word may say: as it stands, without signs and numbers at its ends, with digits and signs as letters,
    and with letters that are drawn out (“idiooot”) once and twice. At most a dozen."""
    if letters.isalpha():
        return _unstretched(letters)
    bare = letters.strip(SIGNS)
    found = [letters, bare]
    if len(without := bare.strip(DIGITS)) >= LEAST_WITHOUT:
        found += _unstretched(without)
    for reading in _leet(letters):
        found += _unstretched(reading)
    return [word for word in dict.fromkeys(way[:MOST_LETTERS] for way in found) if word]


def _leet(letters):
    """Beside digits two letters at least, and no digit that stands for none: “2015”, “h2o” and “A55” are not leet."""
    rest = letters.translate(NO_LEET)
    if not rest.isalpha() or (len(rest) == 1 and not DIGITS_IN.isdisjoint(letters)):
        return []
    return {letters.translate(LEET), letters.translate(LEET_L)}


def _unstretched(word):
    """With two letters drawn out, each of them may be meant once or twice: “asssshoooole”."""
    if not STRETCHED.search(word):
        return [word[:MOST_LETTERS]]
    once, twice = r"\1", r"\1\1"
    ways = ((once, once), (twice, twice), (once, twice), (twice, once))
    found = (STRETCHED.sub(others, STRETCHED.sub(first, word, count=1)) for first, others in ways)
    return list(dict.fromkeys(way[:MOST_LETTERS] for way in found))


def _gapped(flat, spans):
    """Words of which the letters stand apart (“i d i o t”) or that are cut by a sign (“ku-rac”), as lists of spans."""
    spaced, cut, last = [], [], -1
    for span in spans:
        start, end = span
        gap, last = start - last, end
        if start + 1 < end or gap > WIDEST_GAP:
            if len(spaced) >= LEAST_SPACED:
                yield from _spaced(flat, spaced)
            spaced = []
        if start + 1 == end:
            spaced.append(span)
        if gap != 1 or flat[start - 1].isspace():
            if 1 < len(cut) <= MOST_PARTS:
                yield cut
            cut = []
        cut.append(span)
    if len(spaced) >= LEAST_SPACED:
        yield from _spaced(flat, spaced)
    if 1 < len(cut) <= MOST_PARTS:
        yield cut


def _spaced(flat, run):
    """All of a run of single letters, the same without a word of one letter at either end (“a”, “i”), and the words
    in it where some gaps are wider than others."""
    yield run
    first, last = (int(flat[at] in SHORT_WORDS) for at in (run[0][0], run[-1][0]))
    yield from (run[start : len(run) - end] for start in range(first + 1) for end in range(last + 1) if start or end)
    gaps = [after[0] - before[1] for before, after in itertools.pairwise(run)]
    if (narrow := min(gaps)) != max(gaps):
        breaks = [0, *(at for at, gap in enumerate(gaps, 1) if gap > narrow), len(run)]
        yield from (run[start:end] for start, end in itertools.pairwise(breaks) if end - start >= LEAST_SPACED)
