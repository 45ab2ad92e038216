"""RSS 2.0: the newest comments on one story."""

from django.conf import settings
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.feeds import SECONDS
from articles.models import Article
from articles.views import find_story
from newsroom.errors import gone

from .models import Comment

COMMENTS = 50


@require_safe
def comments_feed(request, language, category, slug):
    article, answer = find_story(language, category, slug)
    if answer:
        return HttpResponsePermanentRedirect(answer.url + "comments/rss.xml")
    if article.status == Article.Status.RETRACTED:
        return gone(request, article.retraction_reason)
    address = f"{settings.SITE_URL}{article.get_absolute_url()}comments/"
    feed = Rss201rev2Feed(
        title=f"{_('Comments')}: {article.title}",
        link=address,
        description=_("What readers say on “%(title)s”.") % {"title": article.title},
        language=language,
        feed_url=f"{address}rss.xml",
        ttl=str(SECONDS // 60),
    )
    for comment in newest(article):
        feed.add_item(**_item(comment, article, address))
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


def newest(article):
    rows = Comment.objects.shown().filter(article=article, status=Comment.Status.APPROVED)
    return rows.select_related("author").order_by("-created_at", "-id")[:COMMENTS]


def _item(comment, article, address):
    name = comment.author.name if comment.author else comment.name
    title = _("%(name)s on %(title)s") % {"name": name, "title": article.title}
    if comment.is_demo:
        title = _("Demonstration: %(title)s") % {"title": title}
    link = f"{address}?thread={comment.pk}#c{comment.pk}"
    return {
        "title": title,
        "link": link,
        # Stored HTML, cleaned when it was stored; feeds carry it escaped.
        "description": comment.html,
        "author_name": name,
        "pubdate": comment.created_at,
        "unique_id": link,
        "unique_id_is_permalink": True,
    }
