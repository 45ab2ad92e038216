"""Parts in the rail of a story's page that are sent on their own, so that the story's unsaved text stays where it is.

HTML forms do not nest: in the rail a script sends the part and puts the answer in its place (static/js/desk/story/
parts.js). Without one, each part has a page of its own with an ordinary form.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from newsroom.answers import see_other, wants_json


def part_path(story_admin, route, name, view, methods=("GET", "HEAD", "POST")):
    """The address of a part, or of a step on it; `view(story_admin, request, article, …)` gets the story it may see."""

    def found(request, pk, **more):
        article = story_admin.get_object(request, pk)
        if article is None:
            raise Http404
        if not story_admin.has_view_permission(request, article):
            raise PermissionDenied
        return view(story_admin, request, article, **more)

    guarded = story_admin.admin_site.admin_view(require_http_methods(methods)(found))
    return path(f"<int:pk>/{route}/", guarded, name=f"articles_article_{name}")


def require_change(story_admin, request, article):
    if not story_admin.has_change_permission(request, article):
        raise PermissionDenied


def answer(story_admin, request, article, part, context, *, title, status=200):
    """The part as it stands: alone for the script, else as a page."""
    if wants_json(request):
        return JsonResponse({"html": _inside(request, part, context), "says": ""}, status=status)
    context = {
        **story_admin.admin_site.each_context(request),
        **context,
        "opts": story_admin.opts,
        "title": title,
        "article": article,
        "part_template": f"admin/articles/article/{part}_body.html",
        "is_page": True,
    }
    return render(request, "admin/articles/article/part_page.html", context, status=status)


def done(story_admin, request, article, part, context, sentence):
    """Something was written: the part with it, or the way back to the part's page."""
    if wants_json(request):
        return JsonResponse({"html": _inside(request, part, context()), "says": sentence}, status=201)
    story_admin.message_user(request, sentence, messages.SUCCESS)
    return see_other(reverse(f"admin:articles_article_{part}", args=[article.pk]))


def _inside(request, part, context):
    return render_to_string(f"admin/articles/article/{part}_body.html", context, request)
