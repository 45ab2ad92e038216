"""What a moderator does with a comment. Each decision is one transaction, counters and its line in the log included."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import ArticleStats

from . import notices
from .models import Comment, Decision
from .visibility import locked, set_status

Status, Action = Comment.Status, Decision.Action
MOST_PICKS = 3
REFUSED = (Status.REJECTED, Status.REMOVED)
ACTIONS = {Status.APPROVED: Action.APPROVE, Status.REJECTED: Action.REJECT, Status.REMOVED: Action.REMOVE}


class Overtaken(ValidationError):
    """Somebody decided on the comment since the page was made. `decision` is the last line of its log."""

    def __init__(self, decision):
        self.decision = decision
        super().__init__(
            _("%(who)s was faster: %(what)s, %(time)s. Nothing was changed.")
            % {
                "who": decision.user or _("The pipeline"),
                "what": decision.get_action_display(),
                "time": date_format(timezone.localtime(decision.made_at), "TIME_FORMAT"),
            }
        )


def seal(comment):
    """Stands for the text that a page shows, so that a decision is on that text and no other.

    A time would not do: a change that began before the page was made may be stored after it.
    """
    return hashlib.sha256(comment.body.encode()).hexdigest()[:16]


def refusal(comment):
    """What a comment becomes that is turned down: what readers have seen is removed, the rest is rejected."""
    return Status.REMOVED if comment.status in (Status.APPROVED, Status.REMOVED) else Status.REJECTED


@transaction.atomic
def decide(comment, status=None, user=None, seen="", *, count=None, is_spam=False, why=""):
    """Approves, rejects or removes a comment; without a status it stays what it is. Its reports are handled with it.

    `seen`: the seal of the text that the moderator read; `count`: how often it had been decided on by then. Raises
    ValidationError where the writer changed the text since, or deleted the comment, and Overtaken where somebody
    decided. Returns the Decision, None where nothing changed.
    """
    comment = _open(comment, seen, count)
    status = status or comment.status
    is_spam = is_spam and status in REFUSED
    reports = list(comment.reports.filter(handled_at=None))
    if (comment.status, comment.is_spam) == (status, is_spam) and not reports:
        return None
    is_new = comment.status != status
    action = Action.SPAM if is_spam else ACTIONS[status] if is_new or comment.is_spam else Action.KEEP
    decision = _log(comment, action, user, why)
    comment.reports.filter(handled_at=None).update(handled_at=decision.made_at, decision=decision)
    _settle(comment, status, decision, report_count=0, is_spam=is_spam)
    if is_new:
        notices.announce(comment)
    return decision


@transaction.atomic
def pick(comment, is_pick, user=None, seen="", *, count=None, why=""):
    """Pins a comment above the others of its story, or unpins it. Raises ValidationError where that cannot be.

    Returns the Decision, None where nothing changed.
    """
    comment = _open(comment, seen, count)
    if comment.is_pick == is_pick:
        return None
    if is_pick:
        _refuse_pick(comment)
    decision = _log(comment, Action.PICK if is_pick else Action.UNPICK, user, why)
    comment.is_pick = is_pick
    comment.decision_count += 1
    comment.save(update_fields=["is_pick", "decision_count"])
    return decision


@transaction.atomic
def undo(decision, user):
    """Brings back how the comment stood before this decision, its reports included. Returns the Decision that does it.

    What was decided and undone since does not count: the one before can be undone then.

    Raises Overtaken where somebody decided since, ValidationError where the writer changed or deleted the comment.
    """
    comment = _open(decision.comment, decision.seal, None)
    if Decision.objects.filter(undoes=decision).exists():
        raise ValidationError(_("That was undone already."))
    if not decision.was or decision.action == Action.UNDO:
        raise ValidationError(_("There is nothing before this decision that it could go back to."))
    if (last := _standing(comment)).pk != decision.pk:
        raise Overtaken(last)
    was = decision.was
    if was["is_pick"] and not comment.is_pick:
        _refuse_pick(comment, Status(was["status"]))
    new = _log(comment, Action.UNDO, user, undoes=decision)
    reopened = decision.handled_reports.update(handled_at=None, decision=None)
    is_new = comment.status != was["status"]
    comment.is_pick = was["is_pick"]
    changes = {"report_count": comment.report_count + reopened, "is_spam": was["is_spam"], "is_pick": was["is_pick"]}
    _settle(comment, Status(was["status"]), new, **changes)
    if is_new:
        notices.announce(comment)
    return new


def log_first(comment, status, why):
    """The line of the pipeline's own decision on a comment that was stored just now, or changed."""
    decision = Decision(comment=comment, action=ACTIONS[status], why=why, body=comment.body, seal=seal(comment))
    decision.save()
    Comment.objects.filter(pk=comment.pk).update(decision_count=comment.decision_count + 1)
    comment.decision_count += 1
    return decision


def _open(comment, seen, count):
    """The comment, locked, if its writer left it as it was read, and nobody decided meanwhile."""
    comment = locked(comment.pk)
    if comment.status == Status.WITHDRAWN:
        raise ValidationError(_("Its writer has deleted this comment meanwhile."))
    if count is not None and count != comment.decision_count:
        raise _not_of_ours(_last(comment))
    if seen and seen != seal(comment):
        raise ValidationError(_("Its writer has changed this comment meanwhile. Read it again before you decide."))
    return comment


def _not_of_ours(last):
    """Why a count is another one: without a line in the log nobody was faster, and no page of ours has shown it."""
    if last:
        return Overtaken(last)
    return ValidationError(_("This button is not one of ours. Open the queue again and repeat it there."))


def _last(comment):
    return comment.decisions.select_related("user").order_by("-id").first()


def _standing(comment):
    """The last decision that was not taken back: of two that belong together both can be, one after the other."""
    lines = comment.decisions.select_related("user").exclude(action=Action.UNDO)
    return lines.filter(undone_by=None).order_by("-id").first()


def _log(comment, action, user, why="", undoes=None):
    was = {"status": comment.status, "is_pick": comment.is_pick, "is_spam": comment.is_spam}
    fields = {"action": action, "user": user, "why": why, "undoes": undoes}
    return Decision.objects.create(comment=comment, body=comment.body, seal=seal(comment), was=was, **fields)


def _settle(comment, status, decision, **changes):
    """The comment as it stands after a decision. One that waits again is decided on by nobody."""
    is_open = status == Status.PENDING
    changes |= {"decided_at": None if is_open else decision.made_at, "decided_by": None if is_open else decision.user}
    set_status(comment, status, decision_count=comment.decision_count + 1, **changes)


def _refuse_pick(comment, status=None):
    if comment.parent_id or (status or comment.status) != Status.APPROVED:
        raise ValidationError(_("Only an approved comment that begins a thread can be picked."))
    # Two picks at once would not see each other: the story's counters are the lock of what the story has few of.
    ArticleStats.objects.select_for_update().get(article=comment.article_id)
    picked = Comment.objects.filter(article=comment.article_id, is_pick=True).exclude(pk=comment.pk)
    if picked.count() >= MOST_PICKS:
        raise ValidationError(_("This story has %(most)d picks already. Take one back first.") % {"most": MOST_PICKS})
