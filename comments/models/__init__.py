"""Comments and what belongs to them, by subject; import from here."""

from .comments import Comment, CommentLike, CommentQuerySet, Report
from .moderation import (
    Commenter,
    Decision,
    Finding,
    LearnedModel,
    ListedWord,
    NetworkBan,
    SiteDiscussion,
)
from .notices import Mail, NoticeAddress

__all__ = [
    "Comment",
    "CommentLike",
    "CommentQuerySet",
    "Commenter",
    "Decision",
    "Finding",
    "LearnedModel",
    "ListedWord",
    "Mail",
    "NetworkBan",
    "NoticeAddress",
    "Report",
    "SiteDiscussion",
]
