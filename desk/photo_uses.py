"""Where a photo stands: in what readers see, in changes that wait, and as an author's portrait."""

from typing import NamedTuple

from django.conf import settings
from django.db.models import F, OuterRef, Subquery
from django.urls import reverse

from articles.models import Article, ArticlePhoto, Revision
from articles.story_state import status_of
from authors.models import Author
from newsroom.backoffice import status_mark

# So many are listed on a photo's page; so many waiting changes are looked through.
MOST = 20
MOST_WAITING = 500


class Use(NamedTuple):
    title: str
    url: str
    language: str
    status: str
    # The story shows something else to readers; the change that waits shows the photo.
    only_in_change: bool


class Uses(NamedTuple):
    stories: list
    portraits: list
    has_more: bool


def uses_of(photo):
    """At most MOST stories, the newest first, and the authors whose portrait it is."""
    shown = list(story_ids(photo)[: MOST + 1])
    waiting = [pk for pk in waiting_ids(photo, MOST_WAITING) if pk not in shown]
    found = Article.objects.select_related("desk_row").only(
        *("title", "language", "status", "public_at", "update_at", "desk_row__update_waits")
    )
    stories = found.in_bulk([*shown, *waiting][:MOST])
    uses = [as_use(stories[pk], pk in waiting) for pk in [*shown, *waiting][:MOST]]
    return Uses(uses, list(Author.objects.filter(portrait=photo)[:MOST]), len(shown) + len(waiting) > MOST)


def as_use(article, only_in_change=False):
    waits = hasattr(article, "desk_row") and article.desk_row.update_waits
    return Use(
        article.title,
        reverse("admin:articles_article_change", args=[article.pk]),
        dict(settings.LANGUAGES)[article.language],
        status_mark(*status_of(article, waits)),
        only_in_change,
    )


def story_ids(photo):
    """Stories whose row shows the photo, the newest first."""
    rows = ArticlePhoto.objects.filter(photo=photo).order_by("-article_id")
    return rows.values_list("article_id", flat=True).distinct()


def waiting_ids(photo, most=None):
    """Public stories of which a change that waits (the newest text, or the planned one) shows the photo."""
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("content")[:1]
    waiting = Article.objects.filter(desk_row__update_waits=True).order_by("-edited_at", "-id")
    contents = waiting.values_list("pk", Subquery(newest), F("update_revision__content"))
    return [pk for pk, *both in contents[:most].iterator(chunk_size=100) if any(shows(photo, each) for each in both)]


def shows(photo, content):
    return any(row["photo"] == photo.pk for row in (content or {}).get("photos") or [])
