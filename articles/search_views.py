"""The search page: a plain GET form, newest stories first, or those first whose title has the words."""

import re
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from newsroom.errors import BadInput
from newsroom.keyset import page_of
from newsroom.language import CODES, url_in

from . import search as index
from .cards import cards
from .models import Article

PAGE = 20
MOST_WORDS = 12
# `db#3629` can only mean a record; a bare number may be a year.
RECORD = re.compile(r"(?:db\s*#?|#)\s*(\d{1,18})", re.ASCII | re.IGNORECASE)
BARE = re.compile(r"(\d{1,18})", re.ASCII)


class SearchForm(forms.Form):
    q = forms.CharField(max_length=200, required=False)
    order = forms.ChoiceField(
        choices=[("", gettext_lazy("Newest first")), ("title", gettext_lazy("In the title first"))], required=False
    )


@require_safe
def search(request, language):
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise BadInput(next(iter(form.errors.values()))[0])
    query, order = form.cleaned_data["q"], form.cleaned_data["order"]
    if story := _story_with_number(RECORD, query):
        return HttpResponseRedirect(story.get_absolute_url())
    wanted = index.terms(query, language)
    if len(wanted) > MOST_WORDS:
        raise BadInput(_("Search for at most %(most)d words at once.") % {"most": MOST_WORDS})
    found = _page(language, wanted, order, request.GET)
    path, asked = url_in(language, "search"), urlencode({"q": query}) if query else ""
    return render(
        request,
        "articles/search.html",
        {
            "language": language,
            "noindex": True,
            "form": form,
            "query": query,
            "order": order,
            "page": found,
            "record": _story_with_number(BARE, query) if found.is_first else None,
            "path": path,
            "asked": asked,
            "others": {
                code: url_in(code, "search") + (f"?{asked}" if asked else "") for code in CODES if code != language
            },
        },
    )


def _story_with_number(pattern, query):
    """The public story whose record number this is, in whatever language it is."""
    match = pattern.fullmatch(query)
    return match and Article.objects.public().filter(record_number=match[1]).select_related("category").first()


def _page(language, wanted, order, params):
    """A keyset Page of Cards. What the index proposes and the visibility rule does not confirm is left out."""

    def fetch(position, newest_first, limit):
        if not wanted:
            return []
        if order == "title":
            return index.title_first(language, wanted, limit - 1)
        return index.newest(language, wanted, position, newest_first, limit)

    found = page_of(fetch, params, PAGE)
    ids = [hit.id for hit in found.rows]
    shown = {card.id: card for card in cards(Article.objects.public_among(ids, language))} if ids else {}
    return found._replace(rows=[shown[pk] for pk in ids if pk in shown])
