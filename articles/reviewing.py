"""Where the work on a story stands: who is asked to read it, who has read which version, and back from the archive.

Nothing here changes what readers see.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import Article
from .publishing import locked

STATUS = Article.Status


@transaction.atomic
def bring_back(article):
    """From the archive back to a draft."""
    return _move(article, STATUS.ARCHIVED, STATUS.DRAFT)


@transaction.atomic
def back_to_draft(article):
    """The reviewer, or who asked, takes the request back; what was read stays noted."""
    return _move(article, STATUS.IN_REVIEW, STATUS.DRAFT)


def _move(article, from_status, to_status):
    article = locked(article)
    article.review_asked_at = None
    if article.status == from_status:
        article.status = to_status
    article.save(update_fields=["status", "review_asked_at"])
    return article


@transaction.atomic
def ask_review(article, reviewer):
    """Asks a named human to read the newest revision. A story that is public stays so meanwhile."""
    article = locked(article)
    if article.status in (STATUS.RETRACTED, STATUS.ARCHIVED):
        raise ValidationError(_("Nobody can be asked to read this story: it is retracted or archived."))
    article.reviewer, article.review_asked_at = reviewer, timezone.now()
    if article.status == STATUS.DRAFT:
        article.status = STATUS.IN_REVIEW
    article.save(update_fields=["reviewer", "review_asked_at", "status"])
    return article


@transaction.atomic
def mark_reviewed(article, revision, user):
    """A named human says: I have read this revision. Holds for this revision alone."""
    article = locked(article)
    article.reviewed_by, article.reviewed_revision, article.reviewed_at = user, revision, timezone.now()
    article.review_asked_at = None
    article.save(update_fields=["reviewed_by", "reviewed_revision", "reviewed_at", "review_asked_at"])
    return article
