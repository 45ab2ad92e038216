"""Bulk actions that move a story on: no revision, but a line in the log of the desk.

Each story is a transaction of its own. What undo() needs is returned by run() and kept by bulk.py.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from authors.models import User

from . import publishing, reviewing
from .bulk_forms import Left, PlainForm, ReviewForm, check_kept
from .models import Article, Revision

STATUS = Article.Status


def _standing(article):
    """Where the story stands, for the way back."""
    return {
        "status": article.status,
        "public_at": article.public_at.isoformat() if article.public_at else None,
        "revision": article.revision_id,
        "update": [article.update_revision_id, article.update_at.isoformat()] if article.update_at else None,
        "reviewer": article.reviewer_id,
        "asked": article.review_asked_at is not None,
    }


def _stand_again(article, was):
    """Back to where it stood before the bulk action, under the dates that it had."""
    if was["public_at"]:
        revision = Revision.objects.get(pk=was["revision"])
        story = publishing.publish_again(article, revision=revision, since=dt.datetime.fromisoformat(was["public_at"]))
        if was["update"]:
            number, time = was["update"]
            planned = Revision.objects.get(pk=number)
            publishing.publish(story, at=dt.datetime.fromisoformat(time), revision=planned)
    elif article.status == STATUS.ARCHIVED:
        article = reviewing.bring_back(article)
    if was["asked"]:
        reviewing.ask_review(article, User.objects.get(pk=was["reviewer"]))


class Step:
    """Base of these actions. A subclass says what it takes and where that leads."""

    def run(self, article, values, user, may_publish, since):
        self.plan(article, values, may_publish)
        was = _standing(article)
        self.take(article, values)
        return {"was": was, "now": self.leads_to(was), "number": _number(article)}

    @transaction.atomic
    def undo(self, article, info, user):
        if article.status != info["now"] or _number(article) != info["number"]:
            raise Left(_("Somebody has worked on it since; that stays."))
        _stand_again(article, info["was"])


def _number(article):
    newest = article.newest_revision()
    return newest.number if newest else 0


class Unpublish(Step):
    name, label, form, needs_publish = "bulk_unpublish", gettext_lazy("Unpublish"), PlainForm, True
    log = gettext_lazy("Bulk: unpublished")

    def plan(self, article, values, may_publish):
        check_kept(article)
        if article.status != STATUS.PUBLISHED:
            raise Left(_("Is not public."))
        if article.is_scheduled:
            return _("Is taken off the schedule and becomes a draft.")
        return _("Leaves the public and becomes a draft; its address answers “not found”.")

    def take(self, article, values):
        publishing.unpublish(article)

    def leads_to(self, was):
        return STATUS.DRAFT


class AskReview(Step):
    name, label, form, needs_publish = "bulk_ask_review", gettext_lazy("Send to review"), ReviewForm, False
    log = gettext_lazy("Bulk: sent to review")

    def plan(self, article, values, may_publish):
        check_kept(article)
        if article.status == STATUS.ARCHIVED:
            raise Left(_("Archived."))
        if article.review_asked_at and article.reviewer_id == values["reviewer"]:
            raise Left(_("Waits for this person already."))
        if article.status == STATUS.PUBLISHED:
            return _("The newest version waits for the reviewer; the public keeps reading.")
        return _("Waits for the reviewer.")

    def take(self, article, values):
        reviewing.ask_review(article, User.objects.get(pk=values["reviewer"]))

    def leads_to(self, was):
        return STATUS.IN_REVIEW if was["status"] == STATUS.DRAFT else was["status"]

    @transaction.atomic
    def undo(self, article, info, user):
        was = info["was"]
        if article.status != info["now"] or article.review_asked_at is None or _number(article) != info["number"]:
            raise Left(_("Somebody has worked on it since; that stays."))
        if was["asked"]:
            reviewing.ask_review(article, User.objects.get(pk=was["reviewer"]))
        else:
            reviewing.back_to_draft(article)


class Archive(Step):
    name, label, form, needs_publish = "bulk_archive", pgettext_lazy("verb", "Archive"), PlainForm, True
    log = gettext_lazy("Bulk: archived")

    def plan(self, article, values, may_publish):
        check_kept(article)
        if article.status == STATUS.ARCHIVED:
            raise Left(_("Is archived already."))
        if article.public_at:
            return _("Leaves the public and the desk's lists of work; its address answers “not found”.")
        return _("Leaves the desk's lists of work.")

    def take(self, article, values):
        publishing.archive(article)

    def leads_to(self, was):
        return STATUS.ARCHIVED
