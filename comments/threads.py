"""Adding a comment, deciding on it, reading threads. Counters change in the transaction of what they count."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef
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
    *("is_demo", "reply_count", "author__name", "author__slug", "author__sigil", "user__is_staff"),
]
ROOTS = 20
REPLIES = 12


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


def _rows(roots):
    """The chosen roots and the first replies of each, in one query. `roots`: ids, or a sliced queryset of them."""
    # Asked per row: as conditions of the same level they tempt both databases to read all comments of the story.
    is_visible = Exists(Comment.objects.visible().filter(pk=OuterRef("pk")))
    top = Comment.objects.filter(is_visible, pk__in=roots).values_list(*COLUMNS)
    below = Comment.objects.filter(is_visible, root_id__in=roots, reply_number__lte=REPLIES).values_list(*COLUMNS)
    return top.union(below, all=True)


find_newest = Prepared(
    lambda article: _rows(roots_of(article).order_by("-created_at", "-id").values("pk")[:ROOTS]), article=int
)


def roots_of(article):
    return Comment.objects.visible().filter(article=article, parent__isnull=True)


def newest_threads(article):
    """The newest threads of a story, the newest first, each a Node with its replies."""
    return _nested(find_newest(article=article.pk), article.language)


def threads_of(article, roots):
    """The same for chosen root ids."""
    return _nested(_rows(roots), article.language)


def _nested(rows, language):
    nodes = [Node(row, language) for row in rows]
    nodes.sort(key=lambda node: (node.created_at, node.id))
    by_id = {node.id: node for node in nodes}
    for node in nodes:
        parent = by_id.get(node.parent_id)
        if parent is not None:
            parent.replies.append(node)
    return [node for node in nodes if node.root_id is None][::-1]


class Node:
    """A comment as a page shows it."""

    def __init__(self, row, language):
        for name, value in zip(COLUMNS, row, strict=True):
            setattr(self, name.replace("__", "_"), value)
        self.language = language
        self.replies = []

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
