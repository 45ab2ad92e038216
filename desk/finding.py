"""The finder in the bar of every page of the desk: stories, photos, people, and what stories are filed under."""

from typing import NamedTuple

from django.contrib import admin
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from articles import desk_search
from articles.models import Article, Category, Place, Source, Tag
from articles.story_state import status_of
from authors.models import Author, User
from newsroom.language import CODES
from newsroom.text import clean_line
from photos import finding as photo_finding
from photos.models import Photo

from .navigation import may_see

MOST, LONGEST = 8, 200


class Found(NamedTuple):
    row: object
    name: str
    url: str
    said: str = ""


class Group(NamedTuple):
    kind: str
    heading: str
    rows: list
    # The list that has the others; empty where all stand here.
    more: str


@require_safe
def find(request):
    query = clean_line(request.GET.get("q", ""))[:LONGEST]
    match = desk_search.RECORD.match(query)
    # A bare number may be a word of a title too: it only puts its story first.
    number = match[2] if match and match[1] else ""
    if number and may_see(request.user, "articles.article"):
        article = Article.objects.filter(record_number=int(number)).only("pk").first()
        if article:
            return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
    context = {**admin.site.each_context(request), "title": _("Find"), "query": query, "number": number}
    groups = list(_groups(request.user, query)) if query else []
    return TemplateResponse(request, "admin/find.html", {**context, "groups": groups})


def _groups(user, query):
    """What this person may see of all that fits; a kind of which nothing fits is left out."""
    for model, heading, search, list_query in SEARCHES:
        rows = search(query)[: MOST + 1] if may_see(user, model) else []
        if rows:
            name = f"admin:{model.replace('.', '_')}"
            found = [Found(row, str(row), reverse(f"{name}_change", args=[row.pk]), _said(row)) for row in rows[:MOST]]
            more = reverse(f"{name}_changelist", query={list_query: query} if list_query else None)
            yield Group(model.partition(".")[2], heading, found, more if len(rows) > MOST else "")


def _said(row):
    """What tells rows of the same name apart."""
    if isinstance(row, User):
        return row.email
    if isinstance(row, Author):
        return row.get_kind_display()
    return row.credit if isinstance(row, Photo) else ""


def _stories(query):
    ids = desk_search.find(query, limit=MOST + 1)
    fields = ["title", "language", "record_number", "status", "public_at", "update_at", "category__name"]
    stories = (
        Article.objects.select_related("category", "desk_row").only(*fields, "desk_row__update_waits").in_bulk(ids)
    )
    rows = [stories[pk] for pk in ids if pk in stories]
    for story in rows:
        story.standing = status_of(story, hasattr(story, "desk_row") and story.desk_row.update_waits)
    return rows


def _photos(query):
    photos = photo_finding.current()
    return list(photo_finding.saying(photos, query).order_by("-created_at", "-id")[: MOST + 1])


def _named(queryset, *fields):
    def search(query):
        """SQLite folds letters of ASCII only: the usual spellings of the query stand for the others."""
        spellings = dict.fromkeys([query, query.lower(), query.capitalize(), query.title()])
        wanted = Q(*((f"{name}__icontains", text) for name in fields for text in spellings), _connector=Q.OR)
        return list(queryset.filter(wanted)[: MOST + 1])

    return search


# (model, heading, search, the list's own name for a query)
SEARCHES = [
    ("articles.article", gettext_lazy("Stories"), _stories, "q"),
    ("photos.photo", gettext_lazy("Photos"), _photos, "q"),
    ("authors.author", gettext_lazy("Authors"), _named(Author.objects.order_by("position", "name"), "name"), "q"),
    (
        "authors.user",
        pgettext_lazy("people of the house", "Staff"),
        _named(User.objects.filter(is_staff=True).order_by("display_name", "id"), "display_name", "email"),
        "q",
    ),
    (
        "articles.category",
        gettext_lazy("Sections"),
        _named(Category.objects.order_by("language", "position"), "name"),
        "",
    ),
    (
        "articles.place",
        gettext_lazy("Places"),
        _named(Place.objects.order_by("key"), "key", *(f"texts__{code}__name" for code in CODES)),
        "q",
    ),
    ("articles.source", gettext_lazy("Sources"), _named(Source.objects.order_by("name"), "name", "key"), "q"),
    ("articles.tag", gettext_lazy("Tags"), _named(Tag.objects.order_by("name"), "name"), "q"),
]
