"""The moderators' queue: lists, cards, decisions. Every page works as plain forms; a script is answered with JSON."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.models import Discussion
from newsroom.answers import see_other, wants_json

from . import cards, policy, queues
from .deciding import carry_out, take_back
from .desk_pages import for_moderators
from .discussion import MODES
from .models import Comment, Decision
from .queue_forms import DecideForm


def guarded(view):
    """For who may see comments. No browser keeps the page, which would show the queue as it was."""

    @never_cache
    @wraps(view)
    def inner(request, *args, **kwargs):
        if not request.user.has_perm("comments.view_comment"):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return inner


def may_moderate(request):
    return request.user.has_perm("comments.moderate_comment")


@guarded
@require_safe
def queue(request):
    return queue_page(request, _asked(request))


def _asked(request):
    """What readers report is for those alone who may decide."""
    asked = queues.read(request.GET)
    if asked.tab == "reported" and not may_moderate(request):
        raise PermissionDenied
    return asked


def queue_page(request, asked, *, problems=(), typed="", status=200):
    """With the card that was asked for, else that of the first line. `typed`: the reason that a refused form gave."""
    now, found = timezone.now(), queues.listed(asked)
    lines = [cards.Line(comment, now, asked) for comment in found.rows]
    keys = [line.pk for line in lines]
    pk = asked.c or (keys[0] if keys else None)
    at = keys.index(pk) if pk in keys else None
    counts = queues.waiting_for(request).counts
    context = {
        **admin.site.each_context(request),
        **_list_context(asked, found, lines),
        "title": _("Comments"),
        "may_moderate": may_moderate(request),
        "hint": _site_hint(),
        "tabs": _tabs(request, counts),
        "orders": [(name, queues.ORDERS[name][0]) for name in queues.TABS[asked.tab].orders],
        "counts": counts,
        "bulk_steps": cards.bulk_steps(asked.tab) if may_moderate(request) else [],
        "empty": queues.TABS[asked.tab].empty,
        "card": _card(request, pk) if pk else None,
        "back": reverse("admin:queue") + asked.query(c=pk, done=None),
        "place": at + 1 if at is not None and found.is_first and not asked.q else None,
        "total": counts.get(asked.tab),
        "moves": _moves(asked, found, keys, at),
        "next_card": next(iter(keys[at + 1 :] or keys[:at][-1:]), None) if at is not None else None,
        "done": _done(request, asked.done),
        "problems": problems,
        "typed": typed,
    }
    return render(request, "admin/comments/queue/queue.html", context, status=status)


def _site_hint():
    mode = Discussion(policy.site_mode())
    return f"{mode.label}. {MODES[mode]}"


def _tabs(request, counts):
    names = [name for name in queues.TABS if name != "reported" or may_moderate(request)]
    return [(name, queues.TABS[name].label, counts.get(name)) for name in names]


def _list_context(asked, found, lines):
    return {
        "asked": asked,
        "tab": queues.TABS[asked.tab],
        "lines": lines,
        "page": found,
        "here": asked.query(c=None, done=None),
        "again": asked.query(before="", after="", c=None, done=None),
        "further": asked.query(before=str(found.older), after="", c=None, done=None) if found.older else "",
        "nearer": asked.query(after=str(found.newer), before="", c=None, done=None) if found.newer else "",
        "most_searched": queues.MOST_SEARCHED,
    }


def _moves(asked, found, keys, at):
    """(query of the one before, of the one after); '' at an end. Beyond the last line comes the next page."""
    if at is None:
        return "", asked.query(c=keys[0], done=None) if keys else ""
    after = keys[at + 1 : at + 2]
    onward = asked.query(before=str(found.older), after="", c=None, done=None) if found.older else ""
    back = asked.query(after=str(found.newer), before="", c=None, done=None) if found.newer else ""
    return (
        asked.query(c=keys[at - 1], done=None) if at else back,
        asked.query(c=after[0], done=None) if after else onward,
    )


def _card(request, pk):
    try:
        return cards.Card(cards.find(pk), may_moderate(request))
    except Comment.DoesNotExist as missing:
        raise Http404 from missing


def _done(request, pk):
    """(sentence, what to undo or None) of the decision that this person has just made, while it is the newest."""
    if not pk:
        return None
    decision = Decision.objects.filter(pk=pk, user=request.user, comment__isnull=False)
    decision = decision.select_related("comment__article").first()
    if decision is None or decision.comment.decisions.filter(pk__gt=pk).exists():
        return None
    return cards.sentence_of(decision), None if decision.action == Decision.Action.UNDO else decision


@guarded
@require_safe
def card(request, pk):
    """A fragment: the card as it stands now; with `on=page` a small one, for readers' pages."""
    found = _card(request, pk)
    name = "on_page" if request.GET.get("on") == "page" else "card"
    asked = queues.read(request.GET)
    back = reverse("admin:queue") + asked.query(c=pk)
    context = {"card": found, "may_moderate": found.may_act, "asked": asked, "back": back}
    return render(request, f"admin/comments/queue/{name}.html", context)


@guarded
@require_safe
def lines(request):
    """A fragment: the lines that follow on those which a script has."""
    asked, now = _asked(request), timezone.now()
    found = queues.further(asked)
    context = _list_context(asked, found, [cards.Line(comment, now, asked) for comment in found.rows])
    return render(request, "admin/comments/queue/lines.html", {**context, "may_moderate": may_moderate(request)})


@for_moderators
@require_POST
def decide(request, pk):
    asked, comment, form = queues.read(request.POST), get_object_or_404(Comment, pk=pk), DecideForm(request.POST)
    if not form.is_valid():
        return refused(request, asked, pk, form.sentences, 400)
    values = form.cleaned_data
    try:
        decision = carry_out(comment=comment, user=request.user, **values)
    except ValidationError as refusal:
        return refused(request, asked, pk, refusal.messages, 409)
    if wants_json(request):
        return JsonResponse(_outcome(decision, pk))
    # A pick stays in the list of what is approved: the card shows it.
    stays = values["action"] in ("pick", "unpick") and asked.tab != "pending"
    return _back(asked._replace(c=pk if stays else asked.c), decision)


def refused(request, asked, pk, sentences, status):
    """The card as it stands now, under the sentence why nothing was done; the reason that was typed stays."""
    if wants_json(request):
        return JsonResponse({"errors": {"__all__": list(sentences)}}, status=status)
    typed = request.POST.get("why", "")
    return queue_page(request, asked._replace(c=pk), problems=sentences, typed=typed, status=status)


def _back(asked, decision):
    return see_other(reverse("admin:queue") + asked.query(done=decision and decision.pk))


def _outcome(decision, pk):
    """For scripts. Where nothing changed there is no decision, and nothing to undo."""
    comment = Comment.objects.select_related("article").get(pk=pk)
    found = {"comment": pk, "status": comment.status, "shown": comment.is_shown, "pick": comment.is_pick}
    found |= {"counts": queues.waiting().counts, "decision": None, "undo": None, "sentence": _("Nothing was changed.")}
    if decision:
        decision.comment = comment
        found |= {"decision": decision.pk, "sentence": cards.sentence_of(decision)}
        if decision.action != Decision.Action.UNDO:
            found["undo"] = reverse("admin:queue_undo", args=[decision.pk])
    return found


@for_moderators
@require_POST
def undo(request, decision):
    asked = queues.read(request.POST)
    decision = get_object_or_404(Decision, pk=decision, comment__isnull=False)
    try:
        new = take_back(decision, request.user)
    except ValidationError as refusal:
        return refused(request, asked, decision.comment_id, refusal.messages, 409)
    if wants_json(request):
        return JsonResponse(_outcome(new, decision.comment_id))
    return _back(asked._replace(c=decision.comment_id), new)
