"""What moderators read of each finding, and which pieces of the text are marked."""

import pytest
from django.conf import settings as project
from django.utils import translation

from comments.models import Finding
from comments.reasons import NAMES, name_of, reasons, short


def finding(phase, verdict="hold", **details):
    return Finding(phase=phase, verdict=verdict, details=details)


def word(text="slipways", entry="slipway", note="", by=""):
    return {"text": text, "entry": entry, "note": note, "by": by, "since": "2026-05-03"}


SENTENCES = [
    (finding("author_status"), "A moderator decided that what they write always waits."),
    (finding("duplicate", times=4, network=0), "The same text came 4 times within a short time."),
    (
        finding("duplicate", times=4, network=2),
        "The same text came 4 times within a short time. 2 of the others are from its network.",
    ),
    (
        finding("duplicate", "reject", own=True),
        "Its writer has posted the same text before, was told so, and posted it again.",
    ),
    (finding("suspect_words", words=[word("Slipway")]), "“Slipway” is on the list since 3 May 2026."),
    (
        finding("suspect_words", words=[word(by="Mira", note="Sells boats"), word("x", "x", note="Why")]),
        "“slipways” matches “slipway”, on the list since 3 May 2026. (Mira: Sells boats) "
        "“x” is on the list since 3 May 2026. (Why)",
    ),
    (
        finding("banned_words", "reject", words=[word("x", "x")]),
        "“x” is on the list since 3 May 2026. Its writer was told so, and posted it again.",
    ),
    (
        finding("links", links=["https://a.example/b?c", "www.d.example", "http://a.example"], number=3),
        "3 links, to a.example, www.d.example.",
    ),
    (
        finding("links", "reject", links=["https://a.example"], number=1),
        "1 link, to a.example: too many. Its writer was told so, and posted it again.",
    ),
    (finding("capitals", share=83), "83% of its letters are capitals."),
    (finding("newcomer", approved=0), "A newcomer: nothing of theirs was approved yet."),
    (finding("newcomer", approved=1), "A newcomer: 1 comment of theirs was approved so far."),
    (
        finding("recently_rejected", times=2, days=14),
        "2 comments of theirs were turned down in the last 14 days.",
    ),
    (
        finding("learned", likeness=12, words=[["slipway", -2.0], ["#capitals", -1.0], ["thanks", 0.5]]),
        "Does not look like comments that moderators approve: 12 of 100. "
        "Weighed most: “slipway”, “capitals”, “thanks”.",
    ),
    (
        finding("learned", "approve", likeness=97, words=[]),
        "Looks like comments that moderators approve: 97 of 100.",
    ),
    (finding("premoderated", story=False), "On this site every comment waits for a moderator."),
    (finding("premoderated", story=True), "Below this story every comment waits for a moderator."),
    (
        finding("edited", edited=True, was="approved"),
        "Its writer changed it after it was approved: this is another text.",
    ),
    (finding("edited", edited=True, was="pending"), "Its writer changed it while it waited."),
    (finding("trusted_author", "approve"), "A moderator trusts who wrote it."),
    (finding("staff", "approve"), "Somebody of the newsroom wrote it."),
    (finding("links", failed="ValueError"), "The check “links” failed (ValueError), so a person must read this."),
    (finding("gone_by_now"), "gone by now."),
]


@pytest.mark.parametrize(("found", "sentence"), SENTENCES)
def test_in_full(found, sentence):
    (reason,) = reasons([found])
    assert reason.sentence == sentence
    assert (reason.phase, reason.verdict) == (found.phase, found.verdict)
    assert reason.name == name_of(found.phase)


def test_in_short():
    found = [
        finding("suspect_words", words=[word()]),
        finding("duplicate", times=4),
        finding("trusted_author", "approve"),
        finding("duplicate", "reject", own=True),
    ]
    assert short(found) == "suspect word · same text ×4 · same text"
    assert short([]) == ""


def test_in_short_the_site_is_spoken_of_only_where_nothing_else_was_found():
    of_site, of_story = finding("premoderated"), finding("premoderated", story=True)
    assert short([finding("newcomer", approved=0), of_site]) == "newcomer"
    assert short([of_site, finding("staff", "approve")]) == "pre-moderated"
    assert short([finding("newcomer", approved=0), of_story]) == "newcomer · pre-moderated"


def test_marks():
    def marks(*found):
        return [reason.marks for reason in reasons(found)]

    assert marks(finding("banned_words", words=[word(), word("x", "x")])) == [["slipways", "x"]]
    assert marks(finding("links", links=["www.d.example"], number=1)) == [["www.d.example"]]
    weighed = [["slipway", -2.0], ["#capitals", -1.0], ["thanks", 0.5]]
    assert marks(finding("learned", likeness=3, words=weighed)) == [["slipway"]]
    assert marks(finding("newcomer", approved=0), finding("links", failed="E")) == [[], []]
    assert marks(finding("learned", failed="E")) == [[]]


def test_each_phase_has_a_name():
    assert set(project.MODERATION["phases"]) == set(NAMES)
    assert name_of("suspect_words") == "suspect word"


def test_in_the_language_of_who_reads(monkeypatch):
    with translation.override("hr"):
        (reason,) = reasons([finding("suspect_words", words=[word("x", "x")])])
    assert "2026" in reason.sentence
    assert "May" not in reason.sentence


def test_a_finding_of_another_version_is_named_and_keeps_no_card_shut():
    (found,) = reasons([finding("newcomer")])
    assert (found.name, found.sentence) == ("newcomer", "newcomer.")
    assert short([finding("newcomer")]) == "newcomer"
