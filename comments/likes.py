"""Likes of comments: one per reader, idempotent, counted in the same transaction."""

from django.db import transaction
from django.utils.crypto import salted_hmac

from .models import Comment, CommentLike


def liker(token, comment_id):
    """CommentLike.reader: bound to the comment, so that the likes of one reader cannot be linked."""
    return salted_hmac("newsroom.comment-like", f"{token}:{comment_id}", algorithm="sha256").hexdigest()


def likes_comment(token, comment_id):
    return bool(token) and CommentLike.objects.filter(comment=comment_id, reader=liker(token, comment_id)).exists()


@transaction.atomic
def set_comment_like(comment_id, token, liked):
    """Makes it so that the reader likes the comment, or not. Returns its count. Raises Comment.DoesNotExist."""
    comment = Comment.objects.select_for_update().get(pk=comment_id, status=Comment.Status.APPROVED)
    given = CommentLike.objects.filter(comment=comment, reader=liker(token, comment_id))
    if liked and not given.exists():
        CommentLike.objects.create(comment=comment, reader=liker(token, comment_id))
        comment.like_count += 1
    elif not liked and given.delete()[0]:
        comment.like_count -= 1
    comment.save(update_fields=["like_count"])
    return comment.like_count
