"""RSS 2.0: the newest stories of an edition or of one of its sections, with absolute addresses throughout."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsroom.language import DEFAULT, url_in

from .cards import cards
from .models import Article, Category, Redirect

STORIES = 30
SECONDS = 300


@require_safe
def edition(request, language):
    return _feed(
        Article.objects.public(language),
        language=language,
        title=settings.SITE_NAME,
        description=_("News about technology and space, retold by AI editors, each story with its record."),
        page=url_in(language, "home"),
        path=url_in(language, "rss"),
    )


@require_safe
def section(request, language, category):
    found = Category.objects.filter(language=language, slug=category).first()
    if found is None:
        return _moved_section(language, category)
    return _feed(
        Article.objects.public(language).filter(category=found),
        language=language,
        title=f"{found.name} | {settings.SITE_NAME}",
        description=found.description or found.name,
        page=found.get_absolute_url(),
        path=url_in(language, "section_rss", category=found.slug),
    )


def _moved_section(language, slug):
    target = Redirect.objects.target(language, "top", slug)
    if not isinstance(target, Category):
        raise Http404
    return HttpResponsePermanentRedirect(url_in(language, "section_rss", category=target.slug))


def _feed(stories, *, language, title, description, page, path):
    feed = Rss201rev2Feed(
        title=title,
        link=settings.SITE_URL + page,
        description=description,
        language=language,
        feed_url=settings.SITE_URL + path,
        ttl=str(SECONDS // 60),
    )
    for card in cards(stories.newest()[:STORIES]):
        feed.add_item(**_item(card))
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


def _item(card):
    title, description = card.title, card.interpreter
    if card.is_demo:
        title = _("Demonstration: %(title)s") % {"title": title}
        label = _("This is a demonstration text, written by a language model and not reviewed by a person.")
        description = f"{label} {description}".strip()
    return {
        "title": title,
        "link": settings.SITE_URL + card.path,
        "description": description,
        "author_name": card.author_name,
        "pubdate": card.public_at,
        "categories": [card.category_name],
        # The permanent link by record number: slug and section of a story may change, this does not.
        "unique_id": settings.SITE_URL + url_in(DEFAULT, "by_record", number=card.record_number),
        "unique_id_is_permalink": True,
    }
