"""The desk's own list of pages at the left of each: what this person may open, and how many comments wait."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.queues import waiting_for

from . import front_desk

MODERATE = ["comments.moderate_comment"]
# A list of the queue, and no page of its own.
REPORTS = "queue?tab=reported"
COUNTED = {"queue": "pending", REPORTS: "reported"}
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
    (
        _("Readers"),
        [
            ("queue", _("Comments"), "comments.comment", "g c"),
            (REPORTS, _("Reports"), MODERATE, "g r"),
            ("commenters", _("Commenters"), MODERATE, ""),
            ("comments_listedword_changelist", _("Word lists"), MODERATE, ""),
            ("moderation_log", pgettext_lazy("of decisions", "Log"), MODERATE, ""),
            ("moderation_figures", _("Figures"), "comments.comment", ""),
        ],
    ),
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
            ("tracker_feed_changelist", _("Space data"), "tracker.feed", ""),
            ("authors_user_changelist", pgettext_lazy("people of the house", "Staff"), "authors.user", ""),
            ("auth_group_changelist", _("Groups"), "auth.group", ""),
        ],
    ),
]
# Pages that belong to another one of the list.
BELOW = {
    "articles_article_changelist": ("articles_revision_changelist", "articles_publication_changelist"),
    "front_page": ("articles_placement_changelist",),
    "queue": ("comments_comment_changelist", "discussion"),
    "tracker_feed_changelist": ("tracker_satellite_changelist", "tracker_launch_changelist"),
}


class Entry(NamedTuple):
    name: str
    url: str
    keys: str
    # "page" on the very page, "true" on one below it, else nothing: the value of aria-current.
    current: str
    waiting: str
    # Which of the queue's counts `waiting` is: a script brings it up to date.
    counted: str


def may_see(user, model):
    """Whether the user may open the list of `app.model`: the rule of Django's ModelAdmin. A list names rights."""
    if isinstance(model, list):
        return user.has_perms(model)
    app, name = model.split(".")
    return user.has_perm(f"{app}.view_{name}") or user.has_perm(f"{app}.change_{name}")


def navigation(request):
    """[(heading, [Entry, …])] of what the person may see; a heading without entries is left out."""
    groups = [(heading, list(_entries(request, rows))) for heading, rows in MENU]
    return [(heading, entries) for heading, entries in groups if entries]


def _entries(request, rows):
    for name, label, model, keys in rows:
        if model is None or may_see(request.user, model):
            url = _address(name)
            counted = COUNTED.get(name, "")
            yield Entry(label, url, keys, _current(request, name, url), _waiting(request, name), counted)


def _address(name):
    page, mark, query = name.partition("?")
    return reverse(f"admin:{page}") + mark + query


def _current(request, name, url):
    # The list of reports is a part of the queue: one of the two is marked.
    if name in ("queue", REPORTS) and (request.GET.get("tab") == "reported") != (name == REPORTS):
        return ""
    page = url.partition("?")[0]
    if request.path == page:
        return "page"
    below = [] if name == "index" else [page, *(reverse(f"admin:{other}") for other in BELOW.get(name, ()))]
    return "true" if request.path.startswith(tuple(below)) else ""


def _waiting(request, name):
    if name not in ("queue", REPORTS) or not request.user.has_perms(MODERATE):
        return ""
    waiting = waiting_for(request)
    return waiting.shown if name == "queue" else waiting.shown_reported
