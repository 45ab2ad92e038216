"""The phases of the pipeline, by the names that settings.MODERATION["phases"] has in order.

Each is one question about a Candidate and gives an Opinion, or None where it has nothing to say. What it found stands
in `details`; reasons.py says it in words.
"""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Discussion
from authors import ratelimit

from . import commenters
from .candidates import Opinion, Verdict
from .dialect import measured
from .models import Comment, Commenter, ListedWord

APPROVE, HOLD, REJECT = Verdict.APPROVE, Verdict.HOLD, Verdict.REJECT
Status, Standing = Comment.Status, Commenter.Standing
# What one phase keeps and names of what it found.
MOST_NAMED = 10
# So many of the same text are looked at.
MOST_SAME = 100


def site_closed(candidate):
    return _turned_away(_closed(candidate)) if candidate.policy.is_site_closed else None


def story_closed(candidate):
    return _turned_away(_closed(candidate)) if candidate.policy.is_closed else None


def length(candidate):
    """Too long was refused when it was rendered; here for whatever comes another way."""
    shortest = settings.MODERATION["shortest"]
    try:
        body = measured(candidate.body)
    except ValidationError as error:
        return Opinion(REJECT, {}, error.message, 400, field="body")
    if len(body) < shortest:
        sentence = ngettext(
            "Say a little more: at least %(number)d character.",
            "Say a little more: at least %(number)d characters.",
            shortest,
        )
        return Opinion(REJECT, {}, sentence % {"number": shortest}, 400, field="body")
    return None


def trap(candidate):
    """A field that people do not see, and a time that no person is quick enough for."""
    if candidate.website:
        sentence = _(
            "A field that people do not see was filled in, perhaps by your browser. It is empty now: post again."
        )
        return Opinion(REJECT, {"trap": "field"}, sentence, 400)
    fastest = settings.MODERATION["fastest"]
    if candidate.stamp and candidate.stamp.age < fastest:
        sentence = ngettext(
            "That was too fast for a person. Wait %(number)d second and post again.",
            "That was too fast for a person. Wait %(number)d seconds and post again.",
            fastest,
        )
        return Opinion(REJECT, {"trap": "time"}, sentence % {"number": fastest}, 409)
    return None


def rate(candidate):
    """Of one writer and of one network. Changes have a limit of their own, where they are sent."""
    if candidate.comment or not candidate.address:
        return None
    who = f"account {candidate.user.pk}" if candidate.user else candidate.reader
    seconds = who and ratelimit.hit("comment-writer", who)
    seconds = seconds or ratelimit.hit("comment-network", candidate.address)
    return Opinion(REJECT, {}, wait_sentence(seconds), 429, wait=seconds) if seconds else None


def author_status(candidate):
    """What moderators have said of the writer, and of the network."""
    standing = candidate.standing
    if standing == Standing.BANNED:
        return _turned_away(_("You can no longer comment here: a moderator has banned you. Your text is kept."))
    if standing == Standing.SUSPENDED:
        until = date_format(timezone.localtime(candidate.commenter.until), "DATETIME_FORMAT")
        sentence = _("A moderator has suspended you: you can comment again from %(until)s on. Your text is kept.")
        return _turned_away(sentence % {"until": until})
    is_known = standing == Standing.TRUSTED or (candidate.user and candidate.user.is_staff)
    if not is_known and commenters.is_network_banned(candidate.network, candidate.now):
        return _turned_away(
            _("Nobody can comment from your network for some days, because of what came from it. Your text is kept.")
        )
    return _warning(candidate) or (Opinion(HOLD, is_firm=True) if standing == Standing.HELD else None)


def _warning(candidate):
    warning = commenters.open_warning(candidate.commenter)
    if not warning or candidate.comment:
        return None
    if candidate.acknowledges and commenters.acknowledge(candidate.commenter, candidate.acknowledges):
        return None
    sentence = _("Before your next comment, a moderator has something to say to you. Confirm that you have read it.")
    return Opinion(REJECT, {"warning": warning}, sentence, 409)


def duplicate(candidate):
    """One's own text once more is turned down; the same from several is held."""
    if candidate.text_key is None:
        return None
    since = candidate.now - dt.timedelta(hours=settings.MODERATION["duplicate_hours"])
    same = Comment.objects.filter(text_key=candidate.text_key, text_key__isnull=False, created_at__gte=since)
    same = same.exclude(pk=candidate.comment.pk) if candidate.comment else same
    found = list(same.order_by("-id").values_list("user_id", "reader", "network")[:MOST_SAME])
    if any(_is_own(candidate, user, reader) for user, reader, _network in found):
        return _may_rewrite(candidate, {"own": True}, _("You have posted this text already."))
    if not found or len(found) + 1 < settings.MODERATION["duplicate_times"]:
        return None
    near = sum(network == candidate.network != "" for _user, _reader, network in found)
    return Opinion(HOLD, {"times": len(found) + 1, "network": near})


def _is_own(candidate, user, reader):
    return user == candidate.user.pk if candidate.user else bool(candidate.reader) and reader == candidate.reader


def banned_words(candidate):
    found = _listed(candidate, ListedWord.List.BANNED)
    if not found:
        return None
    words = dict.fromkeys(_("“%(word)s”") % {"word": match["text"]} for match in found)
    sentence = ngettext("%(words)s is not published here.", "%(words)s are not published here.", len(words))
    return _may_rewrite(candidate, {"words": found}, sentence % {"words": ", ".join(words)})


def suspect_words(candidate):
    found = _listed(candidate, ListedWord.List.SUSPECT)
    return Opinion(HOLD, {"words": found}) if found else None


def _listed(candidate, which):
    found = [match for match in candidate.matches if match.entry.list == which][:MOST_NAMED]
    return [{"text": match.text, **_entry(match.entry)} for match in found]


def _entry(entry):
    since = timezone.localdate(entry.since or timezone.now())
    return {"entry": entry.text, "note": entry.note, "by": entry.by, "since": since.isoformat()}


def links(candidate):
    found, limits = candidate.links, settings.MODERATION
    details = {"links": found[:MOST_NAMED], "number": len(found)}
    if len(found) >= limits["links_reject"]:
        most = limits["links_reject"] - 1
        sentence = ngettext(
            "A comment can have at most %(most)d link; this one has %(number)d.",
            "A comment can have at most %(most)d links; this one has %(number)d.",
            most,
        )
        return _may_rewrite(candidate, details, sentence % {"most": most, "number": len(found)})
    return Opinion(HOLD, details) if len(found) >= limits["links_hold"] else None


def capitals(candidate):
    letters = [char for char in candidate.body if char.isupper() or char.islower()]
    if len(letters) < settings.MODERATION["capitals_from"]:
        return None
    share = 100 * sum(char.isupper() for char in letters) // len(letters)
    return Opinion(HOLD, {"share": share}) if share >= settings.MODERATION["capitals"] else None


def newcomer(candidate):
    approved = sum(status == Status.APPROVED for status, _when in candidate.past)
    return Opinion(HOLD, {"approved": approved}) if approved < settings.MODERATION["newcomer_until"] else None


def recently_rejected(candidate):
    days = settings.MODERATION["rejected_days"]
    since = candidate.now - dt.timedelta(days=days)
    times = sum(status in (Status.REJECTED, Status.REMOVED) and when >= since for status, when in candidate.past)
    return Opinion(HOLD, {"times": times, "days": days}) if times else None


def learned(candidate):
    """Decides alone only where the settings have numbers for that."""
    if candidate.learned is None:
        return None
    likeness, limits = candidate.learned.likeness, settings.MODERATION
    details = {"likeness": likeness, "words": [list(pair) for pair in candidate.learned.words[:MOST_NAMED]]}
    if limits["learned_reject"] is not None and likeness <= limits["learned_reject"]:
        return Opinion(REJECT, details)
    if likeness < limits["learned_hold"]:
        return Opinion(HOLD, details)
    is_sure = limits["learned_approve"] is not None and likeness >= limits["learned_approve"]
    return Opinion(APPROVE, details) if is_sure else None


def premoderated(candidate):
    if candidate.policy.mode != Discussion.PREMODERATED:
        return None
    return Opinion(HOLD, {"story": bool(candidate.article.stats.discussion)})


def edited(candidate):
    """Moderators decided on another text. One that they have put back themselves waits for them, whoever wrote it."""
    comment = candidate.comment
    if comment is None:
        return None
    is_firm = comment.status == Status.PENDING and comment.decision_count > 0
    return Opinion(HOLD, {"edited": True, "was": comment.status}, is_firm=is_firm)


def trusted_author(candidate):
    return Opinion(APPROVE) if candidate.standing == Standing.TRUSTED else None


def staff(candidate):
    return Opinion(APPROVE) if candidate.user and candidate.user.is_staff else None


def wait_sentence(seconds):
    minutes = -(-seconds // 60)
    sentence = ngettext(
        "Too much came from you or your network at once. Your text is kept: send it again in %(minutes)d minute.",
        "Too much came from you or your network at once. Your text is kept: send it again in %(minutes)d minutes.",
        minutes,
    )
    return sentence % {"minutes": minutes}


def _closed(candidate):
    return f"{candidate.policy.sentence} {_('Your text is kept here, but nothing can be added or changed.')}"


def _turned_away(sentence):
    return Opinion(REJECT, {}, sentence)


def _may_rewrite(candidate, details, sentence):
    if candidate.comment:
        tail = _("Change that, and save again.")
    else:
        tail = _("Rewrite it, or post it as it is: then it is not published, and moderators see that it was refused.")
    return Opinion(REJECT, details, f"{sentence} {tail}", 409, may_rewrite=True)
