"""The moderators' pages about writers: what holds for one, and the list of all of whom they said something."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from newsroom.answers import see_other, wants_json
from newsroom.errors import BadInput
from newsroom.keyset import page

from . import log
from .cards import MARKS
from .commenter_acts import DAYS, LIFT, NETWORK_DAYS, ActForm, act
from .commenters import Standing, standing_of, written_by
from .desk_pages import for_moderators, path_back
from .models import Comment, Commenter, Decision, NetworkBan
from .past import WriterPart

PAGE, THEIRS = 50, 20
TABS = [Standing.BANNED, Standing.SUSPENDED, Standing.HELD, Standing.TRUSTED, Standing.NORMAL]
NETWORKS = "networks"
THEIR_FIELDS = ["status", "is_spam", "name", "body", "created_at", "article__title", "article__language"]


@for_moderators
@require_http_methods(["GET", "HEAD", "POST"])
def queue_writer(request, pk):
    """What holds for the writer of a comment: a page, with `?on=card` its form alone for a script."""
    comment = get_object_or_404(Comment.objects.select_related("user", "article"), pk=pk)
    here, back = reverse("admin:queue_writer", args=[pk]), reverse("admin:queue", query={"c": pk, "tab": "all"})
    context = {"here": here, "back": back, "comment": comment, "next": path_back(request, "")}
    if request.method == "POST":
        return _act(request, comment, context["next"] or back, _writer_page, context)
    return _writer_page(request, comment, context)


def _writer_page(request, comment, context, status=200):
    template = "acts" if request.GET.get("on") == "card" else "writer"
    part = WriterPart(comment, may_act=True)
    # It is opened to ban somebody; of whom something holds already, that is shown.
    chosen = Standing.BANNED if part.standing == Standing.NORMAL else part.standing
    context = {"title": _("Writer"), "part": part, "chosen": chosen, "bans": part.bans(), **_choices(), **context}
    context = {**admin.site.each_context(request), **context}
    return render(request, f"admin/comments/commenters/{template}.html", context, status=status)


@for_moderators
@require_http_methods(["GET", "HEAD", "POST"])
def commenter(request, pk):
    """One of them: what holds, what they wrote, what moderators did."""
    row = get_object_or_404(Commenter.objects.select_related("user"), pk=pk)
    here = reverse("admin:commenter", args=[pk])
    if request.method == "POST":
        return _act(request, row, path_back(request, here), _commenter_page, {"here": here})
    return _commenter_page(request, row, {"here": here})


def _commenter_page(request, row, context, status=200):
    part = WriterPart(row, may_act=True)
    context = {
        **admin.site.each_context(request),
        **_choices(),
        "title": row.name,
        "part": part,
        "chosen": part.standing,
        "bans": part.bans(),
        "theirs": page(written_by(row), request.GET, THEIRS, time="id", read=_with_story),
        "lines": log.read(row.decisions.order_by("-id")[: log.MOST_OF_ONE]),
        **context,
    }
    return render(request, "admin/comments/commenters/commenter.html", context, status=status)


@for_moderators
@require_http_methods(["GET", "HEAD", "POST"])
def commenters(request):
    """`?is=` a standing, or the networks that are banned; all without it. POST lifts the ban of a network."""
    here = request.get_full_path()
    if request.method == "POST":
        if request.POST.get("action") != LIFT:
            raise BadInput(_("In this list a ban of a network can be lifted, nothing else."))
        return _act(request, None, here, _list_page, {"here": here})
    return _list_page(request, None, {"here": here})


def _list_page(request, _nobody, context, status=200):
    chosen = request.GET.get("is", "")
    if chosen not in (*Standing.values, NETWORKS, ""):
        raise BadInput(_("There is no such list of writers."))
    if chosen == NETWORKS:
        # Longest first: the others end by themselves soon.
        rows = NetworkBan.objects.filter(until__gt=timezone.now())
        listed = page(rows, request.GET, PAGE, time="until", read=_with_commenter)
    else:
        rows = Commenter.objects.filter(standing=chosen) if chosen else Commenter.objects.all()
        listed = page(rows, request.GET, PAGE, time="id", read=_with_last)
    tabs = [
        ("", pgettext("commenters", "All")),
        *((kind.value, kind.label) for kind in TABS),
        (NETWORKS, _("Networks")),
    ]
    query = f"is={chosen}" if chosen else ""
    context = {"title": _("Commenters"), "tabs": tabs, "page": listed, "list_query": query, **context, "chosen": chosen}
    context = {**admin.site.each_context(request), **context}
    return render(request, "admin/comments/commenters/commenters.html", context, status=status)


def _act(request, who, back, again, context):
    """Does what the form says. What is refused is the page again with what was typed, or JSON for a script."""
    form = ActForm(request.POST)
    if not form.is_valid():
        return _refused(request, who, again, context, form, form.errors, 400)
    try:
        done = act(who, form.cleaned_data, request.user)
    except ValidationError as refusal:
        return _refused(request, who, again, context, form, {"__all__": refusal.messages}, 409)
    if not wants_json(request):
        messages.success(request, done.sentence)
        return see_other(back)
    made = done.decision
    answer = {"decision": made and made.pk, "commenter": made and made.commenter_id, "sentence": done.sentence}
    undo = reverse("admin:log_undo", args=[made.pk]) if made and log.is_undoable(made) else ""
    return JsonResponse({**answer, "undo": undo, "rejected": done.rejected})


def _refused(request, who, again, context, form, errors, status):
    if wants_json(request):
        return JsonResponse({"errors": errors}, status=status)
    sentences = [sentence for found in errors.values() for sentence in found]
    typed = {"typed": form.data} | ({"chosen": form.data["action"]} if form.data.get("action") in Standing else {})
    return again(request, who, {**context, "sentences": sentences, **typed}, status)


def _choices():
    return {"days": DAYS, "network_days": NETWORK_DAYS}


def _with_story(rows):
    rows = list(rows.select_related("article").only(*THEIR_FIELDS))
    for row in rows:
        row.mark = MARKS[row.status]
    return rows


def _with_commenter(rows):
    return list(rows.select_related("commenter"))


def _with_last(rows):
    """Each with what holds now and with the last line of its log, in two queries."""
    newest = Decision.objects.filter(commenter=OuterRef("pk")).order_by("-id").values("pk")[:1]
    rows, now = list(rows.select_related("user").annotate(newest=Subquery(newest))), timezone.now()
    lines = Decision.objects.select_related("user").in_bulk([row.newest for row in rows])
    for row in rows:
        row.now, row.line = standing_of(row, now), lines.get(row.newest)
        row.mark = log.MARKS.get(row.now, "draft")
    return rows
