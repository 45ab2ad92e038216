"""Which photos the desk looks for: words of their titles, credits and texts, origin, and whether they are used.

No index stands behind the words: a row is short, so that looking through 100,000 of them, the newest first and only
until a page is full, stays under a second.
"""

import re

from django import forms
from django.conf import settings
from django.db import connection
from django.db.models import BooleanField, Case, Exists, Func, OuterRef, Q, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from .models import Photo

WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"photo:(\d{1,18})\Z", re.ASCII)
MOST_WORDS = 6
# Croatian letters, which many type without their accents.
PLAIN = str.maketrans("čćšžđ", "ccszd")
ACCENTED = {"c": "cčć", "s": "sš", "z": "zž", "d": "dđ"}
USE = [("", _("Any")), ("no", _("Not used")), ("yes", _("Used")), ("replaced", _("Replaced"))]


class FindForm(forms.Form):
    """What stands in the address of the library; anything that does not fit is left out of the question."""

    q = forms.CharField(required=False, max_length=100)
    mark = forms.ChoiceField(required=False, choices=[("", _("Any")), *Photo.Mark.choices])
    use = forms.ChoiceField(required=False, choices=USE)


def find(params):
    """(photos in no order, what was asked for as {name: text}), of request.GET."""
    form = FindForm(params)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name, "") for name in form.fields}
    photos = Photo.objects.filter(replaced_by__isnull=False) if asked["use"] == "replaced" else current()
    if asked["mark"]:
        photos = photos.filter(mark=asked["mark"])
    if asked["use"] in ("yes", "no"):
        is_used = _is_named_by("uses") | _is_named_by("author")
        photos = photos.filter(is_used if asked["use"] == "yes" else ~is_used)
    return saying(photos, asked["q"]), asked


def current():
    """All that were not replaced."""
    return Photo.objects.filter(_holds(Q(replaced_by__isnull=True)))


def _is_named_by(relation):
    """Whether a story's photo, or an author's portrait, is this one: photos know neither model by name."""
    named = Photo._meta.get_field(relation)
    return Q(Exists(named.related_model.objects.filter(**{named.field.name: OuterRef("pk")})))


def saying(photos, question):
    """Those whose title, credit or texts have every word of the question; `photo:57` is the one with that number."""
    if match := NUMBER.match(question.strip()):
        return photos.filter(pk=int(match[1]))
    words = WORD.findall(question.casefold().translate(PLAIN))[:MOST_WORDS]
    return photos.filter(_holds(*_looks(words))) if words else photos


def _holds(*conditions):
    """All conditions, each asked only where those before it hold.

    As a CASE they are kept from the planners, which would guess that next to no row fits (PostgreSQL) or take the index
    of a column that is null in all (SQLite), and read and sort the whole library instead of walking it from the newest.
    """
    fails = (When(~Q(condition), then=Value(False)) for condition in conditions)
    return Case(*fails, default=Value(True), output_field=BooleanField())


def _looks(words):
    """The exact look at the texts is cheap for PostgreSQL; for SQLite two coarser ones come first."""
    texts = _joined("title", "credit", *_texts())
    if connection.vendor == "sqlite":
        stored = _joined("title", "credit", Cast("texts", TextField()))
        yield from (_Like(stored, Value(f"%{_longest_part(word)}%")) for word in words)
        yield from (_Like(texts, Value(f"%{_loose(word)}%")) for word in words)
        words = [word for word in words if _loose(word) != word]
    yield from (_Fits(texts, Value(_exact(word))) for word in words)


def _loose(word):
    """Every letter that comes in several forms is any letter. (At either end it would only cost time.)

    A word of nothing but such letters would be found everywhere: it is taken as it stands.
    """
    loose = "".join(letter if letter.isascii() and letter not in ACCENTED else "_" for letter in word)
    return loose.strip("_") or word


def _longest_part(word):
    """What is written in one way only. JSON of SQLite has \\u0161 for š, so that other letters are not found in it."""
    return max(_loose(word).split("_"), key=len)


def _exact(word):
    pattern = "".join(f"[{(small := ACCENTED.get(letter, letter))}{small.upper()}]" for letter in word)
    return f"*{pattern}*" if connection.vendor == "sqlite" else pattern


def _texts():
    for code, _language in settings.LANGUAGES:
        for name in ("alt", "caption"):
            yield KeyTextTransform(name, KeyTextTransform(code, "texts"))


def _joined(*parts):
    return Concat(*(each for part in parts for each in (part, Value("\n"))), output_field=TextField())


class _Like(Func):
    """LIKE of SQLite, which knows capital letters of ASCII only: _Fits has the others."""

    template = "(%(expressions)s)"
    arg_joiner = " LIKE "
    output_field = BooleanField()


class _Fits(Func):
    """A pattern of letters and [sets of letters]: GLOB on SQLite, a regular expression on PostgreSQL."""

    template = "(%(expressions)s)"
    arg_joiner = " GLOB "
    output_field = BooleanField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, arg_joiner=" ~ ", **context)
