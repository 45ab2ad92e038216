"""The desk's own list of pages at the left of each: what this person may open, and how many comments wait."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.models import Comment

from . import front_desk

# As far as waiting comments are counted: beyond it a number says nothing more.
MOST_WAITING = 100
# (heading, [(name of the address, what it is called, the model that one must be allowed to see or rights, keys)])
MENU = [
    (
        _("Desk"),
        [
            ("index", _("My desk"), None, "g d"),
            ("articles_article_changelist", _("Stories"), "articles.article", "g s"),
            ("front_page", _("Front page"), front_desk.RIGHTS, "g f"),
            ("photos_photo_changelist", _("Photos"), "photos.photo", "g p"),
        ],
    ),
    (_("Readers"), [("comments_comment_changelist", _("Comments"), "comments.comment", "g c")]),
    (
        _("House"),
        [
            ("authors_author_changelist", _("Authors"), "authors.author", ""),
            ("articles_source_changelist", _("Sources"), "articles.source", ""),
            ("articles_place_changelist", _("Places"), "articles.place", ""),
            ("articles_category_changelist", _("Sections"), "articles.category", ""),
            ("articles_standingpage_changelist", _("Pages"), "articles.standingpage", ""),
            ("articles_tag_changelist", _("Tags"), "articles.tag", ""),
            ("articles_correction_changelist", _("Corrections"), "articles.correction", ""),
            ("articles_redirect_changelist", _("Redirects"), "articles.redirect", ""),
            ("authors_user_changelist", pgettext_lazy("people of the house", "Staff"), "authors.user", ""),
            ("auth_group_changelist", _("Groups"), "auth.group", ""),
        ],
    ),
]
# Pages that belong to another one of the list.
BELOW = {
    "articles_article_changelist": ("articles_revision_changelist", "articles_publication_changelist"),
    "front_page": ("articles_placement_changelist",),
}


class Entry(NamedTuple):
    name: str
    url: str
    keys: str
    # "page" on the very page, "true" on one below it, else nothing: the value of aria-current.
    current: str
    waiting: str


class Waiting(NamedTuple):
    number: int
    oldest: object

    @property
    def shown(self):
        return f"{MOST_WAITING - 1}+" if self.number >= MOST_WAITING else str(self.number or "")


def may_see(user, model):
    """Whether the user may open the list of `app.model`: the rule of Django's ModelAdmin. A list names rights."""
    if isinstance(model, list):
        return user.has_perms(model)
    app, name = model.split(".")
    return user.has_perm(f"{app}.view_{name}") or user.has_perm(f"{app}.change_{name}")


def comments_waiting(request):
    """How many comments wait, up to MOST_WAITING, and since when the oldest does: asked once in a request."""
    if not hasattr(request, "comments_waiting"):
        rows = Comment.objects.filter(status=Comment.Status.PENDING).order_by("created_at", "id")
        times = list(rows.values_list("created_at", flat=True)[:MOST_WAITING])
        request.comments_waiting = Waiting(len(times), times[0] if times else None)
    return request.comments_waiting


def navigation(request):
    """[(heading, [Entry, …])] of what the person may see; a heading without entries is left out."""
    groups = [(heading, list(_entries(request, rows))) for heading, rows in MENU]
    return [(heading, entries) for heading, entries in groups if entries]


def _entries(request, rows):
    for name, label, model, keys in rows:
        if model is None or may_see(request.user, model):
            url = reverse(f"admin:{name}")
            yield Entry(label, url, keys, _current(request.path, name, url), _waiting(request, model))


def _current(path, name, url):
    if path == url:
        return "page"
    below = [] if name == "index" else [url, *(reverse(f"admin:{other}") for other in BELOW.get(name, ()))]
    return "true" if path.startswith(tuple(below)) else ""


def _waiting(request, model):
    is_theirs = model == "comments.comment" and request.user.has_perm("comments.moderate_comment")
    return comments_waiting(request).shown if is_theirs else ""
