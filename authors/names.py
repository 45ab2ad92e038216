"""The names that readers may go by: not those of AI editors, of the newsroom's people and offices, nor look-alikes.

Two names look alike when their skeletons are equal (docs/decisions/0015-names-that-look-alike.md).
"""

import functools
import re
import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Author, User

SHORTEST, LONGEST = 2, 60
# A letter may come with its marks beside it.
MOST_TYPED = 4 * LONGEST
MOST_MARKS = 3
# Letters by Unicode's account that show nothing: Hangul fillers, the blank of Braille, grapheme joiner, Khmer vowels.
BLANK = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
E_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
# Not every ending: "dr.sc. Ana" is a title.
ENDINGS = (
    "com|net|org|info|biz|io|ai|app|dev|xyz|top|shop|store|online|site|club|live|news|link|eu|hr|ba|rs|si|ru|cn|de|uk"
)
ADDRESS = re.compile(rf"://|\bwww\.|[^\W_][\w-]*\.(?:{ENDINGS})\b", re.IGNORECASE)

# What the newsroom calls its people, in both languages; refused alone and in front of a name.
OFFICES = [
    *("admin", "administrator", "administration", "sysadmin", "webmaster", "moderator", "moderators", "moderation"),
    *("editor", "editors", "editorial", "editor-in-chief", "chief editor", "managing editor", "AI editor", "staff"),
    *("newsroom", "administratorica", "administracija", "moderatorica", "moderatori", "moderacija", "redakcija"),
    *("urednik", "urednica", "urednici", "urednice", "uredništvo", "glavni urednik", "glavna urednica", "AI urednik"),
    *("AI urednica", "osoblje"),
]
ARTICLES = {"the", "a", "an"}

LEET = str.maketrans("01l|!3457@$v", "oiiiieastasu")
PUNCTUATION_AS_LETTERS = str.maketrans("|!@$", "iias")
PAIRS = [("rn", "m"), ("uu", "w")]
# What the data of `confusable_homoglyphs` has under another sign than the one it is used for.
ALSO = {"ε": "e", "є": "e", "э": "e", "χ": "x", "и": "n", "п": "n", "я": "r", "δ": "a", "λ": "a", "∆": "a"}
NAMED = re.compile(r"\b(?:LATIN|REGIONAL INDICATOR)\b.* ([A-Z])(?: WITH .*)?$")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
WORD, WORD_OR_NUMBER = re.compile(r"[^\W_]+"), re.compile(r"[^\W\d_]+|\d+")


def check_name(name, user=None):
    """The name as it is shown. Raises ValidationError with a sentence for whoever wants to go by it.

    `user`: whose name it is; staff carry their own.
    """
    name = _readable(name)
    if user is None or not user.is_staff:
        _refuse_reserved(name)
    return name


def _readable(name):
    """One line, composed, that a person can read."""
    name = name.strip()
    if len(name) > MOST_TYPED:
        _refuse_length(name)  # before it is composed, which takes quadratic time
    name = unicodedata.normalize("NFC", name)
    if any(unicodedata.category(char) in UNSEEN or char in BLANK for char in name):
        raise ValidationError(_("This name contains characters that cannot be seen. Type it anew, without them."))
    name = " ".join(name.split())
    if not SHORTEST <= len(name) <= LONGEST:
        _refuse_length(name)
    if not any(char.isalnum() for char in name):
        raise ValidationError(_("A name needs at least one letter or digit."))
    if _is_stacked(name):
        raise ValidationError(_("This name has too many marks on one letter. Leave some of them out."))
    flat = unicodedata.normalize("NFKC", name)
    if len(flat) > MOST_TYPED:
        _refuse_length(flat)  # one character can be a sentence of eighteen letters: ﷺ
    if E_MAIL.search(flat) or ADDRESS.search(flat):
        raise ValidationError(_("Everybody sees this name: an e-mail or web address cannot stand in it."))
    return name


def _refuse_length(name):
    raise ValidationError(
        _("A name has %(shortest)d to %(longest)d characters; this one has %(length)d.")
        % {"shortest": SHORTEST, "longest": LONGEST, "length": len(name)}
    )


def _is_stacked(name):
    marks = 0
    for char in name:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks > MOST_MARKS:
            return True
    return False


def _refuse_reserved(name):
    readings = _readings(name)
    if any(_begins_with_office(words) for words in readings):
        raise ValidationError(
            _("Only the newsroom's own people carry a title such as “editor” or “admin” in front. Choose another name.")
        )
    runs = {run for words in readings for run in _runs(words)}
    whole = {_joined(words) for words in readings} | {_joined(_without_numbers(words)) for words in readings}
    inside, alone = _reserved()
    if runs & inside or whole & alone:
        raise ValidationError(
            _("This name, or one that looks like it, belongs to somebody who writes for us. Choose another one.")
        )


def _reserved():
    """Skeletons that must not stand in a name as whole words, and those that must not be all of it.

    Many people share a first name, so an account of staff with a single word reserves just that.
    """
    staff = [skeleton(name) for name in User.objects.filter(is_staff=True).values_list("display_name", flat=True)]
    inside = [skeleton(name) for name in [*_site_names(), *Author.objects.values_list("name", flat=True)]]
    inside = {text for text, count in inside} | {text for text, count in staff if count > 1}
    return inside - {""}, {text for text, count in staff if count == 1} - {""}


def _site_names():
    return {settings.SITE_NAME, *(settings.SITE_NAME.replace("&", word) for word in ("and", "i"))}


@functools.lru_cache(maxsize=4096)
def skeleton(name):
    """What a name looks like, and of how many words it is."""
    words = _readings(name)[0]
    return _joined(words), len(words)


@functools.lru_cache(maxsize=1)
def _offices():
    return frozenset(skeleton(office)[0] for office in OFFICES)


def _begins_with_office(words):
    words = words[1:] if words and words[0] in ARTICLES else words
    return any(_joined(words[:end]) in _offices() for end in range(1, len(words) + 1))


def _readings(name):
    """The words of a name in plain Latin letters, as they may be meant: signs and last digits are letters, or not."""
    flat = HUMP.sub(" ", "".join(map(latin, unicodedata.normalize("NFKD", name))))
    found = [WORD.findall(flat), WORD.findall(flat.translate(PUNCTUATION_AS_LETTERS)), WORD_OR_NUMBER.findall(flat)]
    return [[word.casefold() for word in words] for words in found]


def _without_numbers(words):
    return [word for word in words if not word.isdigit()]


def _joined(words):
    text = "".join(words).translate(LEET)
    for pair, letter in PAIRS:
        text = text.replace(pair, letter)
    return text


def _runs(words):
    """Each row of whole words, joined: names are found however they are spaced."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield _joined(words[start:end])


def latin(char):
    """The Latin letters that a character looks like; itself where there are none; '' for accents."""
    return char if char.isascii() else _latin_of(char)


@functools.lru_cache(maxsize=4096)
def _latin_of(char):
    if unicodedata.category(char) in ("Mn", "Me"):
        return ""
    if letter := ALSO.get(char.lower()):
        return letter
    table = _table()
    for like in [char, *table.get(char, []), *table.get(char.upper(), [])]:
        flat = "".join(part for part in unicodedata.normalize("NFKD", like) if not unicodedata.combining(part))
        if flat and flat.isascii():
            return flat
        if named := NAMED.search(unicodedata.name(like, "") if len(like) == 1 else ""):
            return named[1] if like.isupper() else named[1].lower()
    return char


@functools.lru_cache(maxsize=1)
def _table():
    """{character: [what it looks like]}. Loads 900 KB: once, and only in a process that checks a foreign letter."""
    from confusable_homoglyphs.utils import load

    def plain(text):
        return text.replace("\u200e", "")

    return {plain(char): [plain(like["c"]) for like in likes] for char, likes in load("confusables.json").items()}
