"""Adding a comment, deciding on it, reading threads. Counters change in the transaction of what they count."""

from collections import defaultdict
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BooleanField, Exists, F, Max, OuterRef, Value
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import ArticleStats
from newsroom.language import prefix
from newsroom.prepared import Prepared

from .dialect import HTML_VERSION, render_comment
from .models import Comment

APPROVED = Comment.Status.APPROVED
COLUMNS = [
    *("id", "root_id", "parent_id", "depth", "status", "name", "html", "created_at", "like_count", "is_pick"),
    *("is_demo", "reply_count", "reply_number", "author__name", "author__slug", "author__sigil", "user__is_staff"),
]
ROOTS = 20
REPLIES = 12
# How many numbers of a thread are looked at for its first REPLIES, and how many replies its own page shows.
WINDOW = 60
THREAD = 40


@transaction.atomic
def add_comment(article, *, name, body, parent=None, status=Comment.Status.PENDING, **fields):
    """Stores a comment at its place in the thread. Raises ValidationError with a sentence for its writer."""
    html = render_comment(body)
    if parent is not None:
        if parent.article_id != article.pk:
            raise ValidationError(_("The comment that you answer stands below another story."))
        root = parent if parent.root_id is None else parent.root
        # Locks the thread, so that two replies do not take one number.
        Comment.objects.select_for_update().filter(pk=root.pk).first()
        last = Comment.objects.filter(root=root).aggregate(last=Max("reply_number"))["last"] or 0
        fields |= {"parent": parent, "root": root, "depth": parent.depth + 1, "reply_number": last + 1}
    comment = Comment.objects.create(
        article=article, name=name, body=body, html=html, html_version=HTML_VERSION, status=status, **fields
    )
    if status == APPROVED:
        _count(comment, 1)
    return comment


@transaction.atomic
def decide(comment, status, user=None):
    """Approves, rejects or removes a comment. Returns whether anything changed."""
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if comment.status == status:
        return False
    was_shown, comment.status = comment.status == APPROVED, status
    comment.decided_at, comment.decided_by = timezone.now(), user
    comment.save(update_fields=["status", "decided_at", "decided_by"])
    change = int(status == APPROVED) - int(was_shown)
    if change:
        _count(comment, change)
    return True


def _count(comment, change):
    ArticleStats.objects.filter(article_id=comment.article_id).update(comment_count=F("comment_count") + change)
    if comment.parent_id:
        Comment.objects.filter(pk=comment.parent_id).update(reply_count=F("reply_count") + change)


def _is_visible():
    """Asked per row: as conditions of the same level they tempt both databases to read all comments of the story."""
    return Exists(Comment.objects.visible().filter(pk=OuterRef("pk")))


def _rows(roots):
    """The chosen roots and the first replies of each, in one query. `roots`: ids, or a sliced queryset of them.

    Of every thread the first WINDOW numbers are looked at, so that those of replies that nobody sees take no places.
    """
    goes_on = Exists(Comment.objects.filter(root=OuterRef("pk"), reply_number__gt=WINDOW))
    top = Comment.objects.filter(_is_visible(), pk__in=roots).annotate(goes_on=goes_on)
    below = Comment.objects.filter(_is_visible(), root_id__in=roots, reply_number__lte=WINDOW)
    below = below.annotate(goes_on=Value(False, BooleanField()))
    return top.values_list(*COLUMNS, "goes_on").union(below.values_list(*COLUMNS, "goes_on"), all=True)


def newest_query(article):
    return _rows(roots_of(article).order_by("-created_at", "-id").values("pk")[:ROOTS])


find_newest = Prepared(newest_query, article=int)


def roots_of(article):
    return Comment.objects.visible().filter(article=article, parent__isnull=True)


def newest_threads(article):
    """The newest threads of a story, the newest first, each a Node with its first replies."""
    return _first_replies(find_newest(article=article.pk), article.language)


def threads_of(article, roots):
    """The same for chosen root ids."""
    return _first_replies(_rows(roots), article.language)


def _first_replies(rows, language):
    tops, below = [], defaultdict(list)
    for *row, goes_on in rows:
        node = Node(row, language)
        if node.root_id is None:
            node.goes_on = bool(goes_on)
            tops.append(node)
        else:
            below[node.root_id].append(node)
    for top in tops:
        replies = sorted(below[top.id], key=lambda node: node.reply_number)
        top.more_count = max(0, len(replies) - REPLIES)
        _hang(top, replies[:REPLIES])
    return sorted(tops, key=lambda node: (node.created_at, node.id), reverse=True)


def _hang(root, replies):
    """Puts each reply below what it answers; below the root where that is not shown here."""
    by_id = {node.id: node for node in [root, *replies]}
    for node in replies:
        by_id.get(node.parent_id, root).replies.append(node)


class ThreadPage(NamedTuple):
    """A thread's root with one page of its replies. `earlier` and `later`: the numbers that the others lie beyond."""

    root: "Node"
    earlier: int | None
    later: int | None


def thread_page(article, root, after=0, before=None):
    """The replies after or before a number of the thread, or None where readers have nothing there."""
    row = roots_of(article).filter(pk=root).values_list(*COLUMNS).first()
    if row is None:
        return None
    replies = Comment.objects.filter(_is_visible(), root_id=root).values_list(*COLUMNS)
    if before:
        rows = list(replies.filter(reply_number__lt=before).order_by("-reply_number")[: THREAD + 1])
        has_earlier, has_later, rows = len(rows) > THREAD, True, rows[:THREAD][::-1]
    if not before or not rows:
        rows = list(replies.filter(reply_number__gt=after).order_by("reply_number")[: THREAD + 1])
        has_earlier, has_later, rows = after > 0, len(rows) > THREAD, rows[:THREAD]
    if after and not rows:
        return None
    root, *nodes = [Node(values, article.language) for values in [row, *rows]]
    _hang(root, nodes)
    earlier = nodes[0].reply_number if nodes and has_earlier else None
    later = nodes[-1].reply_number if nodes and has_later else None
    return ThreadPage(root, earlier, later)


class Node:
    """A comment as a page shows it."""

    def __init__(self, row, language):
        for name, value in zip(COLUMNS, row, strict=True):
            setattr(self, name.replace("__", "_"), value)
        self.language = language
        self.replies = []
        self.goes_on, self.more_count = False, 0

    @property
    def more(self):
        """What leads to the replies that are not shown, '' without any. A number only where it is sure."""
        if self.goes_on:
            return _("All replies of this thread")
        if not self.more_count:
            return ""
        return ngettext("%(number)d more reply", "%(number)d more replies", self.more_count) % {
            "number": self.more_count
        }

    @property
    def place(self):
        """Its permanent place below `…/comments/`. The first THREAD numbers are always on the thread's first page."""
        after = f"&after={self.reply_number - 1}" if self.reply_number > THREAD else ""
        return f"?thread={self.root_id or self.id}{after}#c{self.id}"

    @property
    def author_path(self):
        return f"{prefix(self.language)}/authors/{self.author_slug}/"

    @property
    def likes_label(self):
        return ngettext("%(number)d like", "%(number)d likes", self.like_count) % {"number": self.like_count}

    @property
    def is_removed(self):
        return self.status == Comment.Status.REMOVED

    @property
    def initials(self):
        words = [word for word in self.name.replace("_", " ").split() if word[0].isalnum()] or [self.name]
        return "".join(word[0] for word in words[:2]).upper() if len(words) > 1 else words[0][:2].upper()
