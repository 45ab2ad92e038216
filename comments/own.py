"""A writer's own comment as they alone see it: with its state in words, and what they can still do with it."""

import datetime as dt

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from newsroom.language import url_in

from .models import Comment
from .posting import may_edit
from .threads import house_rules, initials_of

Status = Comment.Status
# What a page of own comments reads of each.
RELATED = ["article__category", "user", "author"]


class Own:
    """`story_path` and `place` are '' where readers have nothing there."""

    def __init__(self, comment):
        self.comment = comment
        self.may_edit = may_edit(comment)

    @property
    def is_reachable(self):
        """Whether its story has a page; what a story is called that was taken back is nobody's business."""
        article = self.comment.article
        return article.is_public and (settings.DEMO_IS_PUBLIC or not article.is_demo)

    @property
    def story_path(self):
        return self.comment.article.get_absolute_url() if self.is_reachable else ""

    @property
    def place(self):
        is_seen = self.story_path and self.comment.status == Status.APPROVED
        return f"{self.story_path}comments/?thread={self.comment.pk}#c{self.comment.pk}" if is_seen else ""

    @property
    def all_path(self):
        """Where it can be deleted also when its story has no page."""
        return url_in(self.comment.article.language, "my_comments")

    @property
    def initials(self):
        return initials_of(self.comment.name)

    @property
    def css_class(self):
        return {Status.PENDING: " is-pending", Status.APPROVED: ""}.get(self.comment.status, " is-refused")

    @property
    def rules(self):
        """The house rules' page for a comment that was turned down, in the language of its story; else None."""
        is_down = self.comment.status in (Status.REJECTED, Status.REMOVED)
        return house_rules(self.comment.article.language) if is_down else None

    @property
    def state(self):
        """The state of the comment as a sentence for its writer."""
        if self.comment.status == Status.PENDING and self.comment.is_shown:
            return _("Awaiting moderation. Until then readers see a note in its place.")
        if self.comment.status in (Status.REJECTED, Status.REMOVED) and self.comment.decided_at is None:
            # By the pipeline (posting.py): nobody has looked yet.
            return _("Not published: it breaks a rule that is checked at once. Moderators see it and may publish it.")
        return {
            Status.PENDING: _("Awaiting moderation. Only you see it."),
            Status.APPROVED: _("Published."),
            Status.REJECTED: _("Not published: a moderator decided against it."),
            Status.REMOVED: _("Removed by a moderator."),
            # In another window, a moment ago.
            Status.WITHDRAWN: _("Deleted by its author"),
        }[self.comment.status]


def own_html(comment, language):
    """`<li>` of a comment for its writer, to be put into a list of comments."""
    return render_to_string("components/own_comment.html", {"own": Own(comment), "language": language})


def acts_html(comment):
    """The links of a comment that stands in the page already."""
    return render_to_string("components/own_acts.html", {"own": Own(comment)})


def as_record(comment):
    """The comment in the file that its writer downloads: words and numbers that other programs can read."""
    own = Own(comment)
    return {
        "id": comment.pk,
        "text": comment.body,
        "name": comment.name,
        "story": comment.article.title if own.story_path else None,
        "address": settings.SITE_URL + (own.place or own.story_path) if own.story_path else None,
        "written": _iso(comment.created_at),
        "changed": _iso(comment.edited_at) if comment.edited_at else None,
        "status": comment.status,
        "likes": comment.like_count,
    }


def _iso(moment):
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
