"""What search compares: the words of a text, folded and cut to their stems, the same way in a story and in a query.

The stems are light on purpose: they bring plurals and cases together ('robots' and 'robot', 'svemiru' and 'svemira')
and leave short words alone, because a wrong stem hides more than it finds ('NASA' would become the Croatian 'nas').
"""

import re
import unicodedata
from functools import lru_cache

from newsroom.text import fold

WORD = re.compile(r"[^\W_]+")
# PostgreSQL refuses a lexeme of more than 2 KB, and nobody types a longer word than this.
MOST_LETTERS = 60
LEAST_STEM = 4
# Endings of nouns and adjectives, folded; the longest that leaves a stem is cut off.
CROATIAN = (
    *("ovima", "evima", "ovi", "evi", "ova", "eva", "ove", "eve", "oga", "ega", "omu", "emu", "ama", "ima"),
    *("om", "em", "og", "eg", "oj", "ih", "im", "a", "e", "i", "o", "u"),
)


def words_in(text):
    """The words of a text as they are written, each once. Letters and digits only."""
    return list(dict.fromkeys(WORD.findall(unicodedata.normalize("NFC", text))))


@lru_cache(maxsize=20_000)
def stems(word, language):
    """What a word is found by: its stem, and that of its other spelling where it has a đ ('Đurić', 'Djurić')."""
    return tuple(_stem(folded, language) for folded in foldings(word))


def foldings(word):
    """A word without case and accents, and so its other spelling where it has a đ."""
    spellings = [word, word.replace("đ", "dj").replace("Đ", "Dj")] if "đ" in word or "Đ" in word else [word]
    folded = ["".join(WORD.findall(fold(spelling)))[:MOST_LETTERS] for spelling in spellings]
    return [word for word in folded if word]


def all_stems(text, language):
    return list(dict.fromkeys(stem for word in words_in(text) for stem in stems(word, language)))


def _stem(word, language):
    if language == "hr":
        return _without(word, CROATIAN)
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > LEAST_STEM + 2 else word
    return word if word.endswith(("ss", "us", "is")) else _without(word, ("s",))


def _without(word, endings):
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            return word[: -len(ending)]
    return word
