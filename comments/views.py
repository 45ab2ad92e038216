from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles import story_page
from articles.models import Article
from articles.views import find_story
from newsroom.errors import gone
from newsroom.keyset import page

from .threads import ROOTS, roots_of, threads_of


@require_safe
def story_comments(request, language, category, slug):
    """All threads of a story, the newest first, page by page."""
    article, answer = find_story(language, category, slug)
    if answer:
        return HttpResponsePermanentRedirect(answer.url + "comments/")
    if article.status == Article.Status.RETRACTED:
        return gone(request, article.retraction_reason)
    roots = roots_of(article).only("id", "created_at")
    listed = page(roots, request.GET, ROOTS, time="created_at")
    nodes = threads_of(article, [root.pk for root in listed.rows])
    return render(
        request,
        "comments/story_comments.html",
        {
            "language": language,
            "article": article,
            "threads": nodes,
            "page": listed,
            "path": article.get_absolute_url() + "comments/",
            "others": {code: path + "comments/" for code, path in story_page.translations(article).items()},
        },
    )
