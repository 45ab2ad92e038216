"""What readers see of a thread, and the counters that follow from it, all under the lock of the thread's root.

A comment is shown when it is approved, or when replies to it are shown: then readers see a note in its place.
"""

from django.db.models import F, Max

from articles.models import ArticleStats

from .models import Comment

APPROVED = Comment.Status.APPROVED


def locked(pk):
    """The comment as it stands, with its whole thread locked: what changes a thread happens one after another."""
    root = Comment.objects.values_list("root", flat=True).get(pk=pk) or pk
    Comment.objects.select_for_update().get(pk=root)
    return Comment.objects.select_for_update(of=("self",)).select_related("parent").get(pk=pk)


def set_status(comment, status, **changes):
    """Saves the status of a locked comment with what follows from it: whether it is shown, and every counter."""
    change = (status == APPROVED) - (comment.status == APPROVED)
    comment.status = status
    if status != APPROVED:
        changes["is_pick"] = False
    if status not in (Comment.Status.REJECTED, Comment.Status.REMOVED):
        changes["is_spam"] = False
    for name, value in changes.items():
        setattr(comment, name, value)
    _carry_up(comment, list(changes))
    if change:
        stats = ArticleStats.objects.filter(article_id=comment.article_id)
        stats.update(comment_count=F("comment_count") + change)


def _carry_up(comment, also):
    """A comment that appears or vanishes changes its parent's counter, which may show or hide that one, and so on."""
    while comment is not None:
        was_shown = comment.is_shown
        comment.is_shown = comment.status == APPROVED or comment.reply_count > 0
        if comment.is_shown and comment.parent_id and comment.number is None:
            comment.number = _next_number(comment.parent_id)
        comment.save(update_fields=["status", "is_shown", "number", "reply_count", *also])
        if comment.is_shown == was_shown or comment.parent_id is None:
            return
        parent = Comment.objects.get(pk=comment.parent_id)
        parent.reply_count += 1 if comment.is_shown else -1
        comment, also = parent, []


def _next_number(parent):
    return (Comment.objects.filter(parent=parent).aggregate(last=Max("number"))["last"] or 0) + 1
