"""Reading threads: three levels of each, the first replies of each level, in a fixed number of queries."""

from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import navigation
from newsroom.language import prefix
from newsroom.prepared import Prepared

from .models import Comment

Status = Comment.Status
COLUMNS = [
    *("id", "root_id", "parent_id", "number", "depth", "status", "name", "html", "created_at", "edited_at"),
    *("like_count", "reply_count", "is_pick", "is_demo", "writer_key"),
    *("author__name", "author__slug", "author__sigil", "user__is_staff"),
]


class Caps(NamedTuple):
    """How much of the threads a page shows: so many roots, replies to each, and replies to each of those."""

    roots: int
    replies: int
    deeper: int


# At most 50 comments below a story, 200 on a page of comments, 100 on that of a thread (its replies are its roots).
STORY, PAGE, THREAD = Caps(10, 2, 1), Caps(20, 3, 2), Caps(20, 4, 0)


def roots_of(article):
    """The comments that begin a thread, but for the editors' picks."""
    return _roots(article, picks=False)


def picks_of(article):
    return _roots(article, picks=True)


def _roots(article, picks):
    # A value in a list, so that the database can enter the index by it: a bare column it could only look at row by row.
    return Comment.objects.shown().filter(article=article, parent=None, is_pick__in=[picks])


def _levels(tops, caps):
    """The querysets of these comments (ids, or a sliced queryset of them), the replies to them, and the next level."""
    shown = Comment.objects.shown()
    yield shown.filter(pk__in=tops)
    yield shown.filter(parent__in=tops, number__lte=caps.replies)
    if caps.deeper:
        yield shown.filter(parent__parent__in=tops, parent__number__lte=caps.replies, number__lte=caps.deeper)


def _union(levels):
    first, *rest = [level.values_list(*COLUMNS) for level in levels]
    return first.union(*rest, all=True)


def newest_query(article):
    newest = roots_of(article).order_by("-created_at", "-id").values("pk")[: STORY.roots]
    return _union([*_levels(newest, STORY), *_levels(picks_of(article).values("pk"), STORY)])


find_newest = Prepared(newest_query, article=int)


def newest_threads(article):
    """What stands below a story: the editors' picks, then the newest threads. One query."""
    tops = _hang(find_newest(article=article.pk), article.language)
    return sorted(tops, key=lambda node: (node.is_pick, node.created_at, node.id), reverse=True)


def threads_of(article, roots):
    """The threads of these root ids, in their order. One query."""
    if not roots:
        return []
    by_id = {node.id: node for node in _hang(_union(_levels(roots, PAGE)), article.language)}
    return [by_id[pk] for pk in roots if pk in by_id]


def _hang(rows, language, top_of=lambda node: node.parent_id is None):
    """Puts each reply below what it answers. Returns the nodes on top."""
    nodes = [Node(row, language) for row in rows]
    by_id = {node.id: node for node in nodes}
    for node in sorted(nodes, key=lambda node: node.number or 0):
        if not top_of(node) and node.parent_id in by_id:
            by_id[node.parent_id].replies.append(node)
    return [node for node in nodes if top_of(node)]


class ThreadPage(NamedTuple):
    """A comment with one page of the replies to it. `above`: the comment that it answers, None on a root or where that
    is hidden. `earlier` and `later`: the numbers that the others lie beyond, None where there are none."""

    top: "Node"
    above: "Node | None"
    earlier: int | None
    later: int | None


def thread_page(article, pk, after=0, before=None):
    """The comment with the replies after or before a number, or None where readers have nothing there."""
    # What it answers comes along: the page says so.
    near = Comment.objects.shown().filter(Q(pk=pk) | Q(replies=pk), article=article).values_list(*COLUMNS)
    by_id = {node.id: node for node in (Node(row, article.language) for row in near)}
    top = by_id.pop(pk, None)
    if top is None:
        return None
    numbers, has_earlier, has_later = _numbers(pk, after, before)
    if after and not numbers:
        return None
    if numbers:
        levels = list(_levels([pk], Caps(1, numbers[-1], THREAD.replies)))
        replies = _union([level.filter(_range(numbers, depth)) for depth, level in enumerate(levels[1:], 1)])
        top.replies = _hang(replies, article.language, top_of=lambda node: node.parent_id == pk)
        top.replies.sort(key=lambda node: node.number)
    top.pages = bool(has_earlier or has_later)
    above = next(iter(by_id.values()), None)
    return ThreadPage(top, above, numbers[0] if has_earlier else None, numbers[-1] if has_later else None)


def _range(numbers, depth):
    """The replies with these numbers (first level), or what answers them (second)."""
    return Q(number__gte=numbers[0]) if depth == 1 else Q(parent__number__gte=numbers[0])


def _numbers(pk, after, before):
    """The numbers of one page of the shown replies, and whether others lie before and behind them."""
    replies = Comment.objects.shown().filter(parent=pk).values_list("number", flat=True)
    size = THREAD.roots
    if before:
        numbers = list(replies.filter(number__lt=before).order_by("-number")[: size + 1])
        if numbers:
            return numbers[:size][::-1], len(numbers) > size, True
    numbers = list(replies.filter(number__gt=after).order_by("number")[: size + 1])
    return numbers[:size], after > 0 and bool(numbers), len(numbers) > size


class Node:
    """A comment as a page shows it."""

    def __init__(self, row, language):
        for name, value in zip(COLUMNS, row, strict=True):
            setattr(self, name.replace("__", "_"), value)
        self.language = language
        self.replies = []
        # Whether the page has the rest of its replies on pages of its own.
        self.pages = False

    @property
    def more(self):
        """What leads to the replies that are not shown, '' without any."""
        count = 0 if self.pages else self.reply_count - len(self.replies)
        if count <= 0:
            return ""
        if not self.replies:
            return _("Continue this thread")
        return ngettext("%(number)d more reply", "%(number)d more replies", count) % {"number": count}

    @property
    def place(self):
        """Its permanent place below `…/comments/`, wherever a list has got to."""
        return f"?thread={self.id}#c{self.id}"

    @property
    def author_path(self):
        return f"{prefix(self.language)}/authors/{self.author_slug}/"

    @property
    def likes_label(self):
        return ngettext("%(number)d like", "%(number)d likes", self.like_count) % {"number": self.like_count}

    @property
    def is_gone(self):
        """Whether a note stands in its place: it is shown for its replies alone."""
        return self.status != Status.APPROVED

    @property
    def note(self):
        """What stands in the place of a comment that is gone."""
        return {
            Status.WITHDRAWN: _("Deleted by its author"),
            Status.PENDING: _("Changed by its author; it waits for a moderator."),
        }.get(self.status, _("Removed comment"))

    @property
    def rules(self):
        """The house rules' page where moderators took the comment down and there is one, else None."""
        return house_rules(self.language) if self.status in (Status.REJECTED, Status.REMOVED) else None

    @property
    def initials(self):
        return initials_of(self.name)


def house_rules(language):
    return navigation.standing_page(language, "house-rules")


def initials_of(name):
    words = [word for word in name.replace("_", " ").split() if word[0].isalnum()] or [name]
    return "".join(word[0] for word in words[:2]).upper() if len(words) > 1 else words[0][:2].upper()
