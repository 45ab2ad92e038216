from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import story_page
from articles.models import Article
from articles.views import find_story
from newsroom.errors import gone
from newsroom.keyset import page

from .models import Comment
from .threads import ROOTS, threads


@require_safe
def story_comments(request, language, category, slug):
    """All threads of a story, the newest first, page by page."""
    article, answer = find_story(language, category, slug)
    if answer:
        return HttpResponsePermanentRedirect(answer.url + "comments/")
    if article.status == Article.Status.RETRACTED:
        return gone(request, article.retraction_reason)
    roots = Comment.objects.visible().filter(article=article, parent__isnull=True)
    listed = page(roots, request.GET, ROOTS, time="created_at", read=lambda rows: list(rows.only("id", "created_at")))
    if not listed.rows and not listed.is_first:
        raise Http404
    nodes = threads(article.pk, [root.pk for root in listed.rows])
    return render(
        request,
        "comments/story_comments.html",
        {
            "language": language,
            "article": article,
            "threads": nodes[::-1],
            "page": listed,
            "path": article.get_absolute_url() + "comments/",
            "others": {code: path + "comments/" for code, path in story_page.translations(article).items()},
        },
    )
