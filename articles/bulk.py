"""Bulk actions of the list of stories: a page that says what will happen to each, the work in steps, a page of results.

A job is kept in the session: what is still to do, what is done, what was left alone and why. Each request works for a
few seconds and the page goes on by itself, so that a job that was broken off is taken up again where it stopped.
"""

import datetime as dt
import functools
import time
import uuid

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from newsroom.backoffice import status_mark
from newsroom.errors import BadInput

from . import working
from .bulk_changes import AddTags, Move, RemoveTags
from .bulk_forms import Left
from .bulk_steps import Archive, AskReview, Unpublish
from .models import Article
from .story_state import status_of

ACTIONS = {action.name: action() for action in (AddTags, RemoveTags, Move, AskReview, Unpublish, Archive)}
MOST = 200
# Seconds that one request works; and how many jobs a session remembers.
STEP_SECONDS, JOBS = 2, 3
LIST = "admin:articles_article_changelist"
SHOWN = ("title", "language", "record_number", "status", "public_at", "revision", "update_at", "translation_key")
SHOWN += ("review_asked_at", "reviewer")


# What the list offers


def _make(action):
    @admin.action(description=action.label, permissions=["publish" if action.needs_publish else "change"])
    def from_list(model_admin, request, queryset):
        # Not `queryset`: a story that fell out of the filter meanwhile is still what the person has selected.
        return _page(model_admin, request, action, None)

    from_list.__name__ = action.name
    return from_list


actions = [_make(action) for action in ACTIONS.values()]


def urls(model_admin):
    def guarded(view, allowed=require_POST):
        return model_admin.admin_site.admin_view(allowed(functools.partial(view, model_admin)))

    return [
        path("bulk/", guarded(confirm_view), name="articles_article_bulk"),
        path("bulk/<uuid:key>/", guarded(job_view, require_safe), name="articles_article_bulk_job"),
        path("bulk/<uuid:key>/go-on/", guarded(go_on_view), name="articles_article_bulk_go_on"),
        path("bulk/<uuid:key>/undo/", guarded(undo_view), name="articles_article_bulk_undo"),
    ]


def unfinished(request):
    """(address, done, all) of a job that was broken off, or None."""
    for key, job in reversed(request.session.get("bulk", {}).items()):
        if job["rest"]:
            number = len(job["done"]) + len(job["left"])
            return reverse("admin:articles_article_bulk_job", args=[key]), number, number + len(job["rest"])
    return None


# Before


def _require(model_admin, request, action):
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    if action.needs_publish and not model_admin.has_publish_permission(request):
        raise PermissionDenied


def confirm_view(model_admin, request):
    action = ACTIONS.get(request.POST.get("action"))
    if action is None:
        raise BadInput(_("This address is not one of ours. Start again from the list."))
    _require(model_admin, request, action)
    form = action.form(request.POST)
    if "_do" in request.POST and form.is_valid():
        job = _new_job(request, action.name, form.cleaned_data, _selected(request))
        _work(model_admin, request, job)
        return HttpResponseRedirect(reverse("admin:articles_article_bulk_job", args=[job["key"]]))
    return _page(model_admin, request, action, form)


def _selected(request):
    ids = list(dict.fromkeys(request.POST.getlist(ACTION_CHECKBOX_NAME)))
    if len(ids) > MOST:
        raise BadInput(_("At most %(most)d stories at a time. Select fewer.") % {"most": MOST})
    if not ids or not all(pk.isascii() and pk.isdigit() and len(pk) < 19 for pk in ids):
        raise BadInput(_("No story is selected. Start again from the list."))
    return [int(pk) for pk in ids]


def _page(model_admin, request, action, form):
    """What the action asks, and below what will happen to each story as far as that is known."""
    _require(model_admin, request, action)
    ids = _selected(request)
    may_publish = model_admin.has_publish_permission(request)
    if form is None:
        form = action.form(None if action.form.base_fields else {})
    if not may_publish:
        form.fields.pop("publish_too", None)
    is_ready = form.is_bound and form.is_valid()
    rows = list(_rows(ids, action, form.cleaned_data if is_ready else None, may_publish))
    context = {
        **_context(model_admin, request, action.label),
        "form": form,
        "action": action,
        "rows": rows,
        "ids": ids,
        "is_ready": is_ready,
        "touched": sum(not row["left"] for row in rows),
        "most": MOST,
    }
    status = 422 if form.is_bound and not is_ready else 200
    return render(request, "admin/articles/article/bulk.html", context, status=status)


def _rows(ids, action, values, may_publish):
    stories = _stories(ids)
    here = working.here(ids)
    for pk in ids:
        story = stories.get(pk)
        row = {"story": story, "here": here.get(pk), "left": story is None, "says": ""}
        if story is None:
            row["says"] = _("This story is not there any more.")
        elif values is not None:
            try:
                row["says"] = action.plan(story, values, may_publish)
            except Left as reason:
                row |= {"left": True, "says": str(reason)}
        yield row


def _stories(ids):
    found = Article.objects.filter(pk__in=ids).select_related("desk_row").only(*SHOWN, "desk_row__update_waits")
    stories = {story.pk: story for story in found}
    for story in stories.values():
        waits = hasattr(story, "desk_row") and story.desk_row.update_waits
        story.standing = status_mark(*status_of(story, waits))
    return stories


def _context(model_admin, request, title):
    each = model_admin.admin_site.each_context(request)
    return {**each, "title": title, "opts": model_admin.opts, "back": reverse(LIST)}


# The work


def _new_job(request, name, values, ids, **more):
    job = {"key": str(uuid.uuid4()), "name": name, "values": values, "since": timezone.now().isoformat()}
    job |= {"rest": ids, "done": [], "left": [], **more}
    jobs = list(request.session.get("bulk", {}).items())[-(JOBS - 1) :]
    request.session["bulk"] = dict([*jobs, (job["key"], job)])
    return job


def _job(request, key):
    """A session never goes over to another person: signing in as somebody else begins a new one."""
    job = request.session.get("bulk", {}).get(str(key))
    if job is None:
        raise Http404
    return job


def _work(model_admin, request, job):
    """As many stories as fit into one request, at least one; each is written down as soon as it is done."""
    stop = time.monotonic() + STEP_SECONDS
    while job["rest"]:
        pk = job["rest"][0]
        try:
            job["done"].append([pk, _one(model_admin, request, job, pk)])
        except Left as reason:
            job["left"].append([pk, str(reason)])
        except ValidationError as error:
            job["left"].append([pk, " ".join(error.messages)])
        job["rest"].pop(0)
        request.session.save()
        if time.monotonic() > stop:
            break


def _one(model_admin, request, job, pk):
    action = ACTIONS[job["name"]]
    article = Article.objects.filter(pk=pk).first()
    if article is None:
        raise Left(_("This story is not there any more."))
    if job.get("undoes"):
        action.undo(article, dict(job["was"])[pk], request.user)
        info, log = {}, getattr(action, "log", None) and _("Bulk action taken back")
    else:
        since = dt.datetime.fromisoformat(job["since"])
        may_publish = model_admin.has_publish_permission(request)
        info = action.run(article, job["values"], request.user, may_publish, since)
        log = getattr(action, "log", None)
    if log:
        # A change of content is in the story's history by itself; a step leaves a line there.
        model_admin.log_change(request, article, str(log))
    return info


def go_on_view(model_admin, request, key):
    job = _job(request, key)
    _require(model_admin, request, ACTIONS[job["name"]])
    _work(model_admin, request, job)
    return HttpResponseRedirect(reverse("admin:articles_article_bulk_job", args=[key]))


def undo_view(model_admin, request, key):
    job = _job(request, key)
    action = ACTIONS[job["name"]]
    _require(model_admin, request, action)
    back = HttpResponseRedirect(reverse("admin:articles_article_bulk_job", args=[job.get("undone") or key]))
    if job["rest"] or job.get("undoes") or job.get("undone"):
        return back
    ids = [pk for pk, _info in job["done"]]
    # With what each was: the session may forget the job itself, which is older.
    undo = _new_job(request, job["name"], {}, ids, undoes=job["key"], was=job["done"])
    job["undone"] = undo["key"]
    _work(model_admin, request, undo)
    return HttpResponseRedirect(reverse("admin:articles_article_bulk_job", args=[undo["key"]]))


# After


def job_view(model_admin, request, key):
    job = _job(request, key)
    action = ACTIONS[job["name"]]
    _require(model_admin, request, action)
    stories = _stories([pk for pk, _what in [*job["done"], *job["left"]]])
    number = len(job["done"]) + len(job["left"])
    title = _("%(action)s: taken back") if job.get("undoes") else _("%(action)s: result")
    context = {
        **_context(model_admin, request, title % {"action": action.label}),
        "job": job,
        "done": [stories[pk] for pk, _info in job["done"] if pk in stories],
        "left": [(stories.get(pk), why) for pk, why in job["left"]],
        "number": number,
        "all": number + len(job["rest"]),
        "can_undo": job["done"] and not (job["rest"] or job.get("undoes") or job.get("undone")),
    }
    return render(request, "admin/articles/article/bulk_done.html", context)
