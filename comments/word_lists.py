"""The word lists that are live, kept per process until one of them changes, and what may happen to them.

Each change of what is live is one transaction with its line in the log, and counts SiteDiscussion.words_version up.
"""

from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from newsroom.text import clean_block

from .models import Decision, ListedWord, SiteDiscussion
from .words import Entry, Matcher

# Further entries of one language are not read; the form refuses to put more live.
MOST_LIVE = 5000


class Kept(NamedTuple):
    version: int
    entries: list
    matchers: dict


_kept = None


def match(text, language):
    """[Match(entry, text, start), …]: which live entries the text holds, and the piece of it as written."""
    return live(language).find(text)


def text_of(body, name):
    """What the lists are held against: the text as readers would see it, and below it the name.

    As it was typed it may be twice as long, with its marks beside their letters: its end would not be looked at.
    """
    return f"{clean_block(body)}\n\n{name}"


def live(language):
    """The Matcher of what is live for texts of this language. Asks the database for the version alone."""
    global _kept
    kept, version = _kept, _version()
    if kept is None or kept.version != version:
        # Read after the version: at worst newer than it says, and then read once more.
        rows = ListedWord.objects.filter(is_live=True).select_related("created_by").order_by("pk")[:MOST_LIVE]
        kept = _kept = Kept(version, [entry_of(word) for word in rows], {})
    if language not in kept.matchers:
        kept.matchers[language] = matcher(kept.entries, language)
    return kept.matchers[language]


def matcher(entries, language):
    return Matcher([entry for entry in entries if entry.language in ("", language)], language)


def entry_of(word):
    by = word.created_by.display_name if word.created_by else ""
    return Entry(word.pk, word.text, word.folded, word.language, word.list, word.how, word.note, word.live_since, by)


def matched_by(word):
    """What an entry does, besides its note."""
    return word.folded, word.language, word.list, word.how


def forget():
    global _kept
    _kept = None


def _version():
    return SiteDiscussion.objects.filter(pk=1).values_list("words_version", flat=True).first() or 0


@transaction.atomic
def put_live(words, user):
    """Makes these entries count from now on. Returns those that did not before; what somebody changed since it was read
    stays as it is."""
    read = {word.pk: matched_by(word) for word in words}
    words = [word for word in _locked(words).filter(is_live=False) if matched_by(word) == read[word.pk]]
    if words:
        ListedWord.objects.filter(pk__in=[word.pk for word in words]).update(is_live=True, live_since=timezone.now())
        log_change(user, "+", words)
    return words


@transaction.atomic
def take_off(words, user):
    """Nothing happens by these entries any more, until they are put live again. Returns those that were live."""
    words = list(_locked(words).filter(is_live=True))
    if words:
        ListedWord.objects.filter(pk__in=[word.pk for word in words]).update(is_live=False)
        log_change(user, "−", words)
    return words


def _locked(words):
    return ListedWord.objects.select_for_update().filter(pk__in=[word.pk for word in words]).order_by("pk")


def log_change(user, sign, words):
    """`sign`: + for what is live now, − for what is no longer, = for what stays so with another note."""
    SiteDiscussion.objects.get_or_create(pk=1)
    SiteDiscussion.objects.filter(pk=1).update(words_version=F("words_version") + 1)
    named = [f"“{word.text}” ({word.language or '*'}, {word.list}, {word.how})" for word in words]
    why, rest = "", len(named)
    for name in named:
        if len(why) + len(name) > 460:
            break
        why, rest = f"{why}{sign} {name} ", rest - 1
    Decision.objects.create(
        action=Decision.Action.WORDS, user=user, why=f"{why}{f'… {sign}{rest}' if rest else ''}".strip()
    )
