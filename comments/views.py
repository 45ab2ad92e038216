"""Reading comments: all of a story, page by page, and one thread. The same for everyone, like every page of readers."""

from django import forms
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles import story_page
from articles.models import Article
from articles.views import find_story
from newsroom.errors import BadInput, gone
from newsroom.keyset import page

from .threads import PAGE, picks_of, roots_of, thread_page, threads_of

MOST_ID, MOST_NUMBER = 2**63 - 1, 2**31 - 1
# For each order how newsroom.keyset.page walks the roots; the first is what a page without `sort` has.
ORDERS = {
    "newest": {"time": "created_at"},
    "oldest": {"time": "created_at", "rising": True},
    "liked": {"time": "like_count"},
}
ORDER_NAMES = {
    "newest": gettext_lazy("Newest"),
    "oldest": gettext_lazy("Oldest"),
    "liked": gettext_lazy("Most liked"),
}


class OrderForm(forms.Form):
    sort = forms.ChoiceField(choices=[(key, key) for key in ORDERS], required=False)


class ThreadForm(forms.Form):
    thread = forms.IntegerField(min_value=1, max_value=MOST_ID)
    after = forms.IntegerField(min_value=0, max_value=MOST_NUMBER, required=False)
    before = forms.IntegerField(min_value=1, max_value=MOST_NUMBER, required=False)


@require_safe
def story_comments(request, language, category, slug):
    """All threads of a story in one of three orders, page by page, the editors' picks first."""
    article, answer = find_story(language, category, slug)
    if answer:
        query = request.GET.urlencode()
        return HttpResponsePermanentRedirect(answer.url + "comments/" + (f"?{query}" if query else ""))
    if article.status == Article.Status.RETRACTED:
        return gone(request, article.retraction_reason)
    if "thread" in request.GET:
        return _thread(request, article)
    order = _asked(OrderForm(request.GET))["sort"] or "newest"
    roots = roots_of(article).only("id", "created_at", "like_count")
    listed = page(roots, request.GET, PAGE.roots, **ORDERS[order])
    picks = list(picks_of(article).order_by("-created_at").values_list("pk", flat=True)) if listed.is_first else []
    return render(
        request,
        "comments/story_comments.html",
        {
            **_context(article),
            "threads": threads_of(article, picks + [root.pk for root in listed.rows]),
            "page": listed,
            "order": order,
            "orders": ORDER_NAMES.items(),
        },
    )


def _asked(form):
    if not form.is_valid():
        raise BadInput(_("This address is not one of ours. Start again from the first page."))
    return form.cleaned_data


def _context(article):
    others = {code: path + "comments/" for code, path in story_page.translations(article).items()}
    path = article.get_absolute_url()
    return {"language": article.language, "article": article, "path": f"{path}comments/", "others": others}


def _thread(request, article):
    """A comment with all replies to it, in the order they came. Nothing for search engines: all of it is a part."""
    asked = _asked(ThreadForm(request.GET))
    found = thread_page(article, asked["thread"], asked["after"] or 0, asked["before"])
    if found is None:
        raise Http404
    return render(request, "comments/thread.html", {**_context(article), "thread": found, "noindex": True})
