"""What a moderator does with a comment. Each decision is one transaction, counters included."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import ArticleStats

from . import notices
from .models import Comment
from .visibility import locked, set_status

Status = Comment.Status
MOST_PICKS = 3


def seal(comment):
    """Stands for the text that a page shows, so that a decision is on that text and no other.

    A time would not do: a change that began before the page was made may be stored after it.
    """
    return hashlib.sha256(comment.body.encode()).hexdigest()[:16]


@transaction.atomic
def decide(comment, status=None, user=None, seen=""):
    """Approves, rejects or removes a comment; without a status it stays what it is. Its reports are handled with it.

    `seen`: the seal of the text that the moderator read. Raises ValidationError where the writer changed the text
    since, or deleted the comment. Returns whether anything changed.
    """
    comment = locked(comment.pk)
    if comment.status == Status.WITHDRAWN:
        raise ValidationError(_("Its writer has deleted this comment meanwhile."))
    if seen and seen != seal(comment):
        raise ValidationError(_("Its writer has changed this comment meanwhile. Read it again before you decide."))
    now, was = timezone.now(), comment.status
    status = status or was
    handled = comment.reports.filter(handled_at=None).update(handled_at=now)
    if was == status and not handled:
        return False
    set_status(comment, status, decided_at=now, decided_by=user, report_count=0)
    if status != was:
        notices.announce(comment)
    return True


@transaction.atomic
def pick(comment, is_pick):
    """Pins a comment above the others of its story, or unpins it. Raises ValidationError where that cannot be."""
    comment = locked(comment.pk)
    if is_pick and (comment.parent_id or comment.status != Status.APPROVED):
        raise ValidationError(_("Only an approved comment that begins a thread can be picked."))
    # Two picks at once would not see each other: the story's counters are the lock of what the story has few of.
    ArticleStats.objects.select_for_update().get(article=comment.article_id)
    picked = Comment.objects.filter(article=comment.article_id, is_pick=True).exclude(pk=comment.pk)
    if is_pick and picked.count() >= MOST_PICKS:
        raise ValidationError(_("This story has %(most)d picks already. Take one back first.") % {"most": MOST_PICKS})
    comment.is_pick = is_pick
    comment.save(update_fields=["is_pick"])
