"""A moderator's button, carried out: which decision it means for a comment as it stands, and what comes of it."""

import datetime as dt

from django.db import transaction

from .models import Comment, Decision
from .moderation import Overtaken, decide, pick, refusal, undo

Status, Action = Comment.Status, Decision.Action
# Two lines of one button are no further apart.
AT_ONCE = dt.timedelta(seconds=1)
# By which lines of the log an action is recognised that arrived twice.
LINES = {
    "approve": (Action.APPROVE,),
    "reject": (Action.REJECT, Action.REMOVE),
    "spam": (Action.SPAM,),
    "keep": (Action.KEEP,),
    "pick": (Action.PICK,),
    "unpick": (Action.UNPICK,),
}


def carry_out(action, comment, user, seen, count, why=""):
    """Returns the Decision, None where nothing changed; raises ValidationError with a sentence for the moderator.

    The same of the same person twice (the answer to the first was lost on its way) is one decision.
    """
    try:
        return _step(action, comment, user, seen, count, why)
    except Overtaken as overtaken:
        last = overtaken.decision
        # A waiting comment that is picked takes two lines.
        since = last.comment.decision_count - count
        is_own = last.user_id == user.pk and last.action in LINES[action]
        if is_own and since <= (2 if action == "pick" else 1):
            return last
        raise


def _step(action, comment, user, seen, count, why):
    if action == "pick":
        return _pick(comment, user, seen, count, why)
    if action == "unpick":
        return pick(comment, False, user, seen, count=count, why=why)
    status = {"approve": Status.APPROVED, "keep": None}.get(action, refusal(comment))
    return decide(comment, status, user, seen, count=count, is_spam=action == "spam", why=why)


@transaction.atomic
def _pick(comment, user, seen, count, why):
    """What still waits is approved by it: both or neither."""
    if comment.status == Status.PENDING:
        decide(comment, Status.APPROVED, user, seen, count=count, why=why)
        count += 1
    return pick(comment, True, user, seen, count=count, why=why)


@transaction.atomic
def take_back(decision, user):
    """Undoes what a button did: of a waiting comment that was picked, both lines. Returns the last Decision of it.

    Raises ValidationError with a sentence for the moderator.
    """
    approval, done = _approval_with(decision), undo(decision, user)
    return undo(approval, user) if approval else done


def _approval_with(decision):
    if decision.action != Action.PICK:
        return None
    before = Decision.objects.filter(comment=decision.comment_id, pk__lt=decision.pk).order_by("-id").first()
    is_one = before and (before.action, before.user_id) == (Action.APPROVE, decision.user_id)
    return before if is_one and decision.made_at - before.made_at < AT_ONCE else None
