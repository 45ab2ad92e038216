"""An open form tells the server every few seconds that it is open, in which part its writer is, and what is not saved.

The answer says who else is here and whether somebody has saved meanwhile. Nothing of this is history.
"""

import datetime as dt
import functools
import uuid
from collections import defaultdict

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom.answers import wants_json

from . import unsaved
from .bench import short_moment
from .desk_forms import StoryForm
from .models import Article, Presence, UnsavedText

HERE_FOR, STAYS_FOR = dt.timedelta(seconds=45), dt.timedelta(days=1)
MOST_NUMBER = 2**31 - 1


def urls(story_admin):
    def guarded(view, methods):
        view = require_http_methods(methods)(functools.partial(view, story_admin))
        return story_admin.admin_site.admin_view(view)

    working = guarded(working_view, ["GET", "HEAD", "POST"])
    return [
        path("working/", working, name="articles_article_working_new"),
        path("working/<uuid:key>/drop/", guarded(drop_view, ["POST"]), name="articles_article_drop"),
        path("<int:pk>/working/", working, name="articles_article_working"),
    ]


class WorkingForm(forms.Form):
    key = forms.UUIDField(required=False)
    part = forms.CharField(required=False, max_length=60)
    based_on = forms.IntegerField(required=False, min_value=0, max_value=MOST_NUMBER)
    leaving = forms.BooleanField(required=False)
    # The unsaved text, when it has changed since it was last sent.
    fields_json = forms.CharField(required=False, strip=False)

    def clean_fields_json(self):
        text = self.cleaned_data["fields_json"]
        return unsaved.read_pairs(text) if text else None

    def clean(self):
        if self.cleaned_data.get("fields_json") and not self.cleaned_data.get("key"):
            self.add_error("key", _("Say which form the text comes from."))
        return self.cleaned_data


def working_view(story_admin, request, pk=None):
    article = _story_to_change(story_admin, request, pk)
    if request.method != "POST":
        # After signing in again, and before a save: a token that holds, and who it is now.
        return JsonResponse({"csrf": get_token(request), "user": request.user.pk, "key": str(uuid.uuid4())})
    if len(request.POST.get("fields_json", "").encode("utf-8", "replace")) > unsaved.MOST_BYTES:
        return JsonResponse({"error": _("The text is too long to be kept on the server.")}, status=413)
    form = WorkingForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    told = form.cleaned_data
    kept = _keep(request.user, article, told) if told["fields_json"] is not None else None
    if article is None:
        return JsonResponse({"kept": kept, "here": [], "newer": ""})
    if told["leaving"]:
        Presence.objects.filter(article=article, user=request.user).delete()
    else:
        _note_presence(article, request.user, _part_of(told["part"]))
    return JsonResponse({"kept": kept, "here": _others(article, request.user), "newer": _newer(article, request, told)})


def _story_to_change(story_admin, request, pk):
    if pk is None:
        if not story_admin.has_add_permission(request):
            raise PermissionDenied
        return None
    article = Article.objects.filter(pk=pk).only("language", "record_number").first()
    if article is None:
        raise Http404
    if not story_admin.has_change_permission(request, article):
        raise PermissionDenied
    return article


def _keep(user, article, told):
    pairs = told["fields_json"]
    language = article.language if article else _language_of(pairs)
    based_on = told["based_on"] or 0
    row = unsaved.keep(user, article, language, key=told["key"], based_on=based_on, pairs=pairs)
    return f"{timezone.localtime(row.kept_at):%H:%M:%S}"


def _language_of(pairs):
    language, known = dict(pairs).get("language"), [code for code, _name in StoryForm.base_fields["language"].choices]
    return language if language in known else StoryForm.first_language


def drop_view(story_admin, request, key):
    """Throws an unsaved text of one's own away."""
    text = UnsavedText.objects.filter(key=key, user=request.user).only("article").first()
    if text:
        _story_to_change(story_admin, request, text.article_id)
        unsaved.forget(request.user, key)
    if wants_json(request):
        return JsonResponse({})
    story_admin.message_user(request, _("The unsaved text is thrown away."), messages.SUCCESS)
    if text and text.article_id:
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[text.article_id]))
    return HttpResponseRedirect(reverse("admin:articles_article_add"))


# Presence


def _part_of(name):
    """The part of the story that a control belongs to: "sources" for sources-0-url; "" for what is none."""
    name = name.removesuffix("_0").removesuffix("_1").partition("-")[0]
    return name if name in _part_names() else ""


def _part_names():
    fields = StoryForm.base_fields.items()
    names = {name: field.label for name, field in fields if not field.widget.is_hidden}
    return names | {"sources": _("Sources"), "photos": _("Photos")}


def _note_presence(article, user, part):
    now = timezone.now()
    mine = Presence.objects.filter(article=article, user=user)
    if mine.filter(seen_at__gte=now - HERE_FOR).update(part=part, seen_at=now):
        return
    Presence.objects.filter(seen_at__lt=now - STAYS_FOR).delete()
    Presence.objects.update_or_create(article=article, user=user, defaults={"part": part, "since": now, "seen_at": now})


def present():
    """Rows of those whose form is open now, the earliest first."""
    return Presence.objects.filter(seen_at__gte=timezone.now() - HERE_FOR).select_related("user").order_by("since")


def here(article_ids):
    """{id: [name, …]} of those who have one of these stories open now; ids without anybody are left out."""
    found = defaultdict(list)
    for row in present().filter(article__in=list(article_ids)):
        found[row.article_id].append(str(row.user))
    return dict(found)


def _others(article, user):
    names = _part_names()
    return [
        {"name": str(row.user), "initials": row.user.initials, "sentence": _where(row, names)}
        for row in present().filter(article=article).exclude(user=user)
    ]


def _where(row, names):
    values = {"who": row.user, "time": short_moment(row.since)}
    if row.part in names:
        return _("%(who)s is in %(part)s, since %(time)s") % {**values, "part": names[row.part]}
    return _("%(who)s has the story open, since %(time)s") % values


def _newer(article, request, told):
    """The sentence about a version that the writer does not know; empty when there is none."""
    newest = article.revisions.select_related("created_by").defer("content").order_by("-number").first()
    if told["based_on"] is None or newest is None or newest.number <= told["based_on"]:
        return ""
    return newer_sentence(newest, request.user)


def newer_sentence(revision, user):
    values = {"number": revision.number, "time": short_moment(revision.created_at), "who": revision.created_by}
    if revision.created_by_id is None:
        return _("An import saved version %(number)d at %(time)s while you write.") % values
    if revision.created_by_id == user.pk:
        return _("You saved version %(number)d at %(time)s in another window.") % values
    return _("%(who)s saved version %(number)d at %(time)s while you write.") % values
