"""The desk's pages of who may comment: the switch of the site, and a story's own settings."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Article, Discussion
from newsroom.answers import see_other, wants_json

from . import policy
from .desk_pages import path_back
from .discussion import MODES, SiteForm, StoryDiscussion, StoryForm, changes_of, newest_changes, site_modes

PART = "admin/comments/queue/discussion.html"


def _require_right(request):
    """Editors may look; only moderators change anything."""
    action = "moderate" if request.method == "POST" else "view"
    if not request.user.has_perm(f"comments.{action}_comment"):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def discussion(request):
    """The switch of the site."""
    _require_right(request)
    if request.method != "POST":
        return _site_page(request)
    form = SiteForm(request.POST)
    if not form.is_valid():
        return _site_page(request, form.errors["mode"], 400)
    mode = Discussion(form.cleaned_data["mode"])
    if policy.set_site(mode, request.user):
        messages.success(request, f"{mode.label}. {MODES[mode]}")
    else:
        messages.info(request, _("It stood so already. Nothing was changed."))
    return see_other(reverse("admin:discussion"))


def _site_page(request, problems=(), status=200):
    context = {
        **admin.site.each_context(request),
        "title": _("Who may comment"),
        "modes": site_modes(policy.site_mode()),
        "changes": newest_changes(),
        "problems": problems,
    }
    return render(request, "admin/comments/discussion.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def story_discussion(request, article):
    """A story's own settings: a page, and what the control on other pages sends."""
    _require_right(request)
    story = get_object_or_404(Article.objects.select_related("category"), pk=article)
    if request.method != "POST":
        return _story_page(request, story)
    form = StoryForm(request.POST)
    if not form.is_valid():
        return _refused(request, story, form, [error for errors in form.errors.values() for error in errors], 400)
    data = form.cleaned_data
    try:
        decision = policy.set_story(story, data["mode"], data["days"], request.user, data["seen"])
    except ValidationError as error:
        return _refused(request, story, form, error.messages, 409)
    return _done(request, story, data["next"], decision)


def _done(request, story, back, decision):
    at = StoryDiscussion(story)
    sentence = " ".join(filter(None, [at.sentence, at.closes]))
    if not decision:
        sentence = _("It stood so already. Nothing was changed.")
    if wants_json(request):
        html = render_to_string(PART, {"article": story, "back": back}, request)
        return JsonResponse({"sentence": f"{story.title}: {sentence}", "html": html})
    (messages.success if decision else messages.info)(request, f"{story.title}: {sentence}")
    return see_other(path_back(request, reverse("admin:story_discussion", args=[story.pk])))


def _refused(request, story, form, problems, status):
    """What was typed stays in the page that says why."""
    if wants_json(request):
        return JsonResponse({"errors": {"__all__": problems}}, status=status)
    return _story_page(request, story, problems, form.data.get("days"), form.data.get("next", ""), status)


def _story_page(request, story, problems=(), typed=None, back="", status=200):
    context = {
        **admin.site.each_context(request),
        "title": _("Comments on a story"),
        "article": story,
        "changes": changes_of(story),
        "problems": problems,
        "typed_days": typed,
        "back": back,
    }
    return render(request, "admin/comments/story_discussion.html", context, status=status)
