"""A reader's own comments: below one story and over all, to take with them, and to delete all at once."""

import json
import time

from django import forms
from django.http import HttpResponseRedirect, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from articles.views import find_story
from newsroom.answers import see_other, wants_json
from newsroom.errors import BadInput
from newsroom.keyset import page
from newsroom.language import CODES, url_in
from newsroom.security import require_same_origin

from .identity import mine, writer_of
from .models import Comment
from .own import RELATED, Own, acts_html, as_record, own_html
from .posting import withdraw

PAGE, SCRIPT_PAGE, FILE_STEP = 20, 100, 200
# What one request deletes at most, in comments and in seconds; the page that follows goes on.
MOST_DELETED, MOST_SECONDS = 200, 5


class DeleteForm(forms.Form):
    action = forms.ChoiceField(choices=[("delete", "delete"), ("delete_all", "delete_all")])
    comment = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    confirm = forms.ChoiceField(choices=[("yes", "yes")], required=False)


def _read(rows):
    return list(rows.select_related(*RELATED))


@never_cache
@require_safe
def comments_mine(request, language, category, slug):
    """Own comments below one story: a page, or JSON for the script that shows them in their place."""
    article, answer = find_story(language, category, slug)
    if answer:
        return HttpResponseRedirect(answer.url + "comments/mine/")
    if article.status == Article.Status.RETRACTED:
        # It has no comments any more, but what is the reader's own stays theirs.
        return HttpResponseRedirect(url_in(language, "my_comments"))
    writer = writer_of(request)
    rows = mine(writer).filter(article=article)
    if wants_json(request):
        newest = _read(rows.order_by("-created_at", "-id")[:SCRIPT_PAGE])
        return JsonResponse({"comments": [_for_script(comment, language) for comment in newest]})
    listed = page(rows, request.GET, PAGE, time="created_at", read=_read)
    context = {"article": article, "path": article.get_absolute_url() + "comments/mine/"}
    return _list(request, "comments/mine.html", language, listed, writer, others={}, **context)


def _for_script(comment, language):
    is_in_page = comment.status == Comment.Status.APPROVED
    return {
        "id": comment.pk,
        "parent": comment.parent_id,
        "status": comment.status,
        "html": None if is_in_page else own_html(comment, language),
        "acts": acts_html(comment),
    }


def _list(request, template, language, listed, writer, **context):
    rows = [Own(comment) for comment in listed.rows]
    context |= {"language": language, "rows": rows, "page": listed, "is_known": writer.is_known, "noindex": True}
    return render(request, template, context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_comments(request, language):
    """All own comments over all stories. `action=delete_all` asks, and deletes them with `confirm=yes`;
    `action=delete` deletes one, for those whose story has no page any more."""
    if request.method == "POST":
        return _delete(request, language)
    writer, others = writer_of(request), {code: url_in(code, "my_comments") for code in CODES if code != language}
    listed = page(mine(writer), request.GET, PAGE, time="created_at", read=_read)
    context = {"path": url_in(language, "my_comments"), "has_deleted": "deleted" in request.GET}
    return _list(request, "comments/my_comments.html", language, listed, writer, others=others, **context)


def _delete(request, language):
    require_same_origin(request)
    form = DeleteForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Your own comments can be deleted here, nothing else."))
    rows, path = mine(writer_of(request)), url_in(language, "my_comments")
    if form.cleaned_data["action"] == "delete":
        withdraw(get_object_or_404(rows, pk=form.cleaned_data["comment"]).pk)
        return see_other(f"{path}?deleted=1")
    return _delete_all(request, language, rows, path, is_sure=form.cleaned_data["confirm"])


def _delete_all(request, language, rows, path, is_sure):
    deleted = _delete_some(rows) if is_sure else 0
    left = rows.count()
    if not left:
        return see_other(f"{path}?deleted=1")
    context = {"language": language, "path": path, "deleted": deleted, "left": left, "others": {}, "noindex": True}
    return render(request, "comments/delete_all.html", context)


def _delete_some(rows):
    """Deletes as many as one request may, each whole and in a transaction of its own. Returns how many."""
    until, deleted = time.monotonic() + MOST_SECONDS, 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_DELETED]):
        withdraw(pk)
        deleted += 1
        if time.monotonic() >= until:
            break
    return deleted


@never_cache
@require_safe
def my_comments_file(request, language):
    """All own comments as a JSON file, read in steps: however many there are, few are held in memory."""
    response = StreamingHttpResponse(_file(mine(writer_of(request))), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="my-comments.json"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _file(rows):
    yield '{"comments": ['
    last, between = 0, ""
    while step := list(rows.filter(pk__gt=last).select_related(*RELATED).order_by("pk")[:FILE_STEP]):
        for comment in step:
            yield between + json.dumps(as_record(comment), ensure_ascii=False)
            between = ",\n"
        last = step[-1].pk
    yield "]}\n"
