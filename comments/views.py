from django import forms
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import story_page
from articles.models import Article
from articles.views import find_story
from newsroom.errors import BadInput, gone
from newsroom.keyset import page

from .threads import ROOTS, roots_of, thread_page, threads_of

MOST_ID, MOST_NUMBER = 2**63 - 1, 2**31 - 1


class ThreadForm(forms.Form):
    thread = forms.IntegerField(min_value=1, max_value=MOST_ID)
    after = forms.IntegerField(min_value=0, max_value=MOST_NUMBER, required=False)
    before = forms.IntegerField(min_value=1, max_value=MOST_NUMBER, required=False)


@require_safe
def story_comments(request, language, category, slug):
    """All threads of a story, the newest first, page by page."""
    article, answer = find_story(language, category, slug)
    if answer:
        query = request.GET.urlencode()
        return HttpResponsePermanentRedirect(answer.url + "comments/" + (f"?{query}" if query else ""))
    if article.status == Article.Status.RETRACTED:
        return gone(request, article.retraction_reason)
    if "thread" in request.GET:
        return _thread(request, article)
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
            "others": _others(article),
        },
    )


def _others(article):
    return {code: path + "comments/" for code, path in story_page.translations(article).items()}


def _thread(request, article):
    """One thread with all its replies, in the order they came. Nothing for search engines: all of it is a part."""
    form = ThreadForm(request.GET)
    if not form.is_valid():
        raise BadInput(_("This address is not one of ours. Start again from the first page."))
    asked = form.cleaned_data
    found = thread_page(article, asked["thread"], asked["after"] or 0, asked["before"])
    if found is None:
        raise Http404
    return render(
        request,
        "comments/thread.html",
        {
            "language": article.language,
            "article": article,
            "thread": found,
            "path": article.get_absolute_url() + "comments/",
            "noindex": True,
            "others": _others(article),
        },
    )
