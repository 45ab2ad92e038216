"""What a writer does with their comment: add, change, take back. Each is one transaction, counters included."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from . import notices
from .dialect import HTML_VERSION, render_comment
from .identity import writer_key
from .models import Comment, CommentLike, Finding, Mail, Report
from .moderation import log_first, refusal
from .visibility import locked, set_status

Status = Comment.Status
EDIT_MINUTES = 15
# What a comment that its writer deleted still says of them: nothing.
ERASED = {
    "name": "",
    "body": "",
    "html": "",
    "reader": "",
    "writer_key": "",
    "network": "",
    "user": None,
    "author": None,
    "notify": None,
    "like_count": 0,
    "report_count": 0,
    "likeness": -1,
    "text_key": None,
}


@transaction.atomic
def add_comment(article, *, name, body, parent=None, status=Status.PENDING, judgement=None, **fields):
    """Stores a comment at its place in the thread, with what the pipeline said of it (`judgement`) and as that decided.

    Raises ValidationError with a sentence for its writer.
    """
    html = render_comment(body)
    if parent is not None:
        fields |= _place(article, parent.pk)
    if judgement:
        status = judgement.status
        fields |= {"likeness": judgement.likeness, "text_key": judgement.text_key}
    fields.setdefault("writer_key", writer_key(fields.get("user"), fields.get("reader", ""), name))
    comment = Comment.objects.create(
        article=article, name=name, body=body, html=html, html_version=HTML_VERSION, **fields
    )
    if status != Status.PENDING:
        set_status(comment, status)
        notices.announce(comment)
    if judgement:
        _record(comment, judgement)
    return comment


def _record(comment, judgement):
    """What the phases found, and the line of the log where they decided."""
    Finding.objects.bulk_create(
        Finding(comment=comment, phase=phase, verdict=opinion.verdict, details=opinion.details)
        for phase, opinion in judgement.findings
    )
    if comment.status != Status.PENDING:
        log_first(comment, comment.status, judgement.why)


def _place(article, parent):
    parent = locked(parent)
    if parent.article_id != article.pk:
        raise ValidationError(_("The comment that you answer stands below another story."))
    if parent.status != Status.APPROVED:
        raise ValidationError(_("The comment that you answer is no longer there. Post your text as one of its own."))
    return {"parent": parent, "root": parent.root or parent, "depth": parent.depth + 1}


def post(article, *, submission, **fields):
    """add_comment for a form that may come twice. Returns the comment and whether it is new."""
    try:
        with transaction.atomic():
            return add_comment(article, submission=submission, **fields), True
    except IntegrityError:
        found = Comment.objects.filter(submission=submission).first()
        if found is None:
            raise
        return found, False


def may_edit(comment, now=None):
    """Whether its writer can still change it: for 15 minutes, unless a moderator or they themselves took it down."""
    until = comment.created_at + dt.timedelta(minutes=EDIT_MINUTES)
    return comment.status in (Status.PENDING, Status.APPROVED) and (now or timezone.now()) < until


def too_late():
    return _("This comment can no longer be changed: %(minutes)d minutes have passed, or it was taken down.") % {
        "minutes": EDIT_MINUTES
    }


@transaction.atomic
def edit_comment(pk, body, judgement=None):
    """Gives the comment another text, and the status that the pipeline gave it; without one it waits for a moderator.

    Raises ValidationError with a sentence for its writer where it can no longer be changed.
    """
    html, comment = render_comment(body), locked(pk)
    if not may_edit(comment):
        raise ValidationError(too_late())
    if body == comment.body:
        return comment
    status, was = judgement.status if judgement else Status.PENDING, comment.status
    if status == Status.REJECTED:
        status = refusal(comment)
    changes = {"body": body, "html": html, "html_version": HTML_VERSION, "edited_at": timezone.now()}
    # What was decided was decided on another text.
    changes |= {"decided_at": None, "decided_by": None}
    if judgement:
        changes |= {"likeness": judgement.likeness, "text_key": judgement.text_key}
    set_status(comment, status, **changes)
    if status != was:
        notices.announce(comment)
    comment.findings.all().delete()
    if judgement:
        _record(comment, judgement)
    return comment


@transaction.atomic
def withdraw(pk):
    """Its writer deletes the comment: every word of it and of them goes; where it was answered, a note stays."""
    comment = locked(pk)
    if comment.status == Status.WITHDRAWN:
        return comment
    CommentLike.objects.filter(comment=pk).delete()
    Report.objects.filter(comment=pk).delete()
    Mail.objects.filter(reply=pk).delete()
    comment.findings.all().delete()
    comment.decisions.exclude(body="").update(body="")
    address = comment.notify
    set_status(comment, Status.WITHDRAWN, **ERASED)
    notices.forget(address)
    return comment
