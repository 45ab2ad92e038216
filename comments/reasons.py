"""Why a comment waits, or was turned down, in words for moderators: what each finding of the pipeline means."""

import datetime as dt
import re
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from .features import SIGNS, named
from .models import Comment, Finding

# What each phase is called in a list, in figures, and as the reason of a decision of the pipeline.
NAMES = {
    "site_closed": gettext_lazy("site closed"),
    "story_closed": gettext_lazy("story closed"),
    "length": gettext_lazy("length"),
    "trap": gettext_lazy("trap"),
    "rate": gettext_lazy("too many at once"),
    "author_status": gettext_lazy("always hold"),
    "duplicate": gettext_lazy("same text"),
    "banned_words": gettext_lazy("banned word"),
    "suspect_words": gettext_lazy("suspect word"),
    "links": gettext_lazy("links"),
    "capitals": gettext_lazy("capitals"),
    "newcomer": gettext_lazy("newcomer"),
    "recently_rejected": gettext_lazy("recently rejected"),
    "learned": gettext_lazy("learned"),
    "premoderated": gettext_lazy("pre-moderated"),
    "edited": pgettext_lazy("reason why a comment waits", "changed"),
    "trusted_author": gettext_lazy("trusted author"),
    "staff": gettext_lazy("staff"),
}
HOLD = Finding.Verdict.HOLD
# Of 100: what the classifier takes for as likely approved as not.
EVEN = 50


class Reason(NamedTuple):
    """`name` for lists, `sentence` in full, `marks`: the pieces of the comment's text that it is about."""

    name: str
    sentence: str
    marks: list
    phase: str = ""
    verdict: str = ""


def reasons(findings):
    return [
        Reason(name_of(finding.phase), _sentence(finding), _marks(finding), finding.phase, finding.verdict)
        for finding in findings
    ]


def with_learned(findings, learned):
    """The findings with what the classifier says of the text now (learning.Learned), in place of what it once said."""
    if learned is None:
        return findings
    looks_good = learned.likeness >= EVEN
    details = {"likeness": learned.likeness, "words": learned.words}
    now = Finding(phase="learned", verdict=Finding.Verdict.APPROVE if looks_good else HOLD, details=details)
    return [*(finding for finding in findings if finding.phase != "learned"), now]


def short(findings):
    """What holds or rejects it, for one line of a list: "suspect word · same text ×4".

    That the whole site is pre-moderated is said once, above the list: here only where nothing else was found.
    """
    found = [finding for finding in findings if finding.verdict != Finding.Verdict.APPROVE]
    own = [finding for finding in found if finding.phase != "premoderated" or finding.details.get("story")]
    return " · ".join(_brief(finding) for finding in own or found)


def _brief(finding):
    times = finding.details.get("times") if finding.phase == "duplicate" else None
    return f"{name_of(finding.phase)} ×{times}" if times else name_of(finding.phase)


def name_of(phase):
    """Of a phase that there is no more, its own word."""
    return str(NAMES.get(phase, phase.replace("_", " ")))


def _sentence(finding):
    details = finding.details
    if "failed" in details:
        sentence = _("The check “%(phase)s” failed (%(error)s), so a person must read this.")
        return sentence % {"phase": name_of(finding.phase), "error": details["failed"]}
    try:
        return SENTENCES[finding.phase](finding, details)
    except KeyError:
        # A phase of the operator's own, or a finding of another version of this program.
        return f"{name_of(finding.phase)}."


def _marks(finding):
    """Of what was learned, the words that speak against it."""
    words, links = finding.details.get("words", []), finding.details.get("links", [])
    if finding.phase == "learned":
        if finding.verdict == Finding.Verdict.APPROVE:
            return []
        return [word for word, weight in words if weight < 0 and word not in SIGNS]
    return [word["text"] for word in words] + links


def _author_status(finding, details):
    return _("A moderator decided that what they write always waits.")


def _duplicate(finding, details):
    if details.get("own"):
        return _("Its writer has posted the same text before, was told so, and posted it again.")
    times, near = details["times"], details.get("network")
    sentence = ngettext(
        "The same text came %(times)d time within a short time.",
        "The same text came %(times)d times within a short time.",
        times,
    ) % {"times": times}
    if not near:
        return sentence
    also = ngettext("%(near)d of the others is from its network.", "%(near)d of the others are from its network.", near)
    return f"{sentence} {also % {'near': near}}"


def _words(finding, details):
    each = [_word(word) for word in details["words"]]
    if finding.phase == "banned_words":
        each.append(_("Its writer was told so, and posted it again."))
    return " ".join(each)


def _word(word):
    """What stands there, the entry that found it where that is another word, since when it is listed, and why."""
    if word["text"].casefold() == word["entry"].casefold():
        sentence = _("“%(text)s” is on the list since %(day)s.")
    else:
        sentence = _("“%(text)s” matches “%(entry)s”, on the list since %(day)s.")
    day = date_format(dt.date.fromisoformat(word["since"]), "DATE_FORMAT")
    sentence %= {"text": word["text"], "entry": word["entry"], "day": day}
    said = ": ".join(part for part in (word["by"], word["note"]) if part)
    return f"{sentence} ({said})" if said else sentence


def _links(finding, details):
    if finding.verdict == HOLD:
        sentence = ngettext("%(number)d link, to %(hosts)s.", "%(number)d links, to %(hosts)s.", details["number"])
    else:
        sentence = ngettext(
            "%(number)d link, to %(hosts)s: too many. Its writer was told so, and posted it again.",
            "%(number)d links, to %(hosts)s: too many. Its writer was told so, and posted it again.",
            details["number"],
        )
    return sentence % {"number": details["number"], "hosts": ", ".join(_hosts(details["links"]))}


def _hosts(links):
    """Each once, in their order."""
    bare = [link.partition("://")[2] or link for link in links]
    return dict.fromkeys(re.split(r"[/?#]", address)[0] for address in bare)


def _capitals(finding, details):
    return _("%(share)d%% of its letters are capitals.") % {"share": details["share"]}


def _newcomer(finding, details):
    number = details["approved"]
    if not number:
        return _("A newcomer: nothing of theirs was approved yet.")
    sentence = ngettext(
        "A newcomer: %(number)d comment of theirs was approved so far.",
        "A newcomer: %(number)d comments of theirs were approved so far.",
        number,
    )
    return sentence % {"number": number}


def _recently_rejected(finding, details):
    sentence = ngettext(
        "%(times)d comment of theirs was turned down in the last %(days)d days.",
        "%(times)d comments of theirs were turned down in the last %(days)d days.",
        details["times"],
    )
    return sentence % details


def _learned(finding, details):
    likeness = details["likeness"]
    if finding.verdict == Finding.Verdict.APPROVE:
        sentence = _("Looks like comments that moderators approve: %(likeness)d of 100.")
    else:
        sentence = _("Does not look like comments that moderators approve: %(likeness)d of 100.")
    words = ", ".join(_("“%(word)s”") % {"word": named(word)} for word, _weight in details["words"])
    weighed = f" {_('Weighed most: %(words)s.') % {'words': words}}" if words else ""
    return sentence % {"likeness": likeness} + weighed


def _premoderated(finding, details):
    if details.get("story"):
        return _("Below this story every comment waits for a moderator.")
    return _("On this site every comment waits for a moderator.")


def _edited(finding, details):
    if details.get("was") == Comment.Status.APPROVED:
        return _("Its writer changed it after it was approved: this is another text.")
    return _("Its writer changed it while it waited.")


def _trusted_author(finding, details):
    return _("A moderator trusts who wrote it.")


def _staff(finding, details):
    return _("Somebody of the newsroom wrote it.")


SENTENCES = {
    "author_status": _author_status,
    "duplicate": _duplicate,
    "banned_words": _words,
    "suspect_words": _words,
    "links": _links,
    "capitals": _capitals,
    "newcomer": _newcomer,
    "recently_rejected": _recently_rejected,
    "learned": _learned,
    "premoderated": _premoderated,
    "edited": _edited,
    "trusted_author": _trusted_author,
    "staff": _staff,
}
