"""What the classifier sees of a text: the stems of its words, and a few signs of how it is written."""

import re

from django.utils.translation import gettext_lazy as _

from articles.words import stems, words_in

# A text is read as far as that; each of its words counts once.
MOST_WORDS = 400
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
# Signs begin with what no word holds.
SIGNS = {
    "#link": _("a link"),
    "#links": _("several links"),
    "#capitals": _("capitals"),
    "#shouts": _("exclamation marks"),
    "#asks": _("a question"),
    "#short": _("very short"),
    "#long": _("long"),
}
FEW_WORDS, MANY_WORDS = 4, 80


def features(text, language):
    """{stem or sign: the word as it was written, or the sign}."""
    words = words_in(text)[:MOST_WORDS]
    found = {stem: word for word in reversed(words) for stem in stems(word, language)[:1]}
    return found | {sign: sign for sign in _signs(text, words)}


def named(word):
    """A word of Learned.words for a page: signs are spoken in the page's language."""
    return str(SIGNS.get(word, word))


def _signs(text, words):
    links = len(LINK.findall(text))
    letters = [char for char in text if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    holds = {
        "#link": links == 1,
        "#links": links > 1,
        "#capitals": len(letters) >= 10 and capitals * 2 > len(letters),
        "#shouts": text.count("!") > 1,
        "#asks": "?" in text,
        "#short": len(words) < FEW_WORDS,
        "#long": len(words) > MANY_WORDS,
    }
    return [sign for sign, is_so in holds.items() if is_so]
