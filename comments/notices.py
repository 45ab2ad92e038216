"""Notices of replies: who is told, and by which mail. A mail is a row first; `manage.py tick` sends it."""

from .models import Comment, Mail


def announce(comment):
    """Writes the mail to whom it answers, if they wanted one. In the transaction that shows the comment first."""
    parent = comment.parent
    if comment.status != Comment.Status.APPROVED or parent is None or parent.notify is None:
        return
    address = parent.notify
    is_own = parent.writer_key == comment.writer_key
    if address.confirmed_at and not address.unsubscribed_at and not is_own:
        Mail.objects.get_or_create(address=address, reply=comment, defaults={"kind": Mail.Kind.REPLY})
