"""The same decision on several comments of a list, each in a transaction of its own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from newsroom.answers import see_other, wants_json

from . import cards, queues
from .deciding import carry_out
from .models import Comment
from .queue_forms import BulkForm
from .queue_views import for_moderators, refused


@for_moderators
@require_POST
def bulk(request):
    asked, form = queues.read(request.POST), BulkForm(request.POST)
    if not form.is_valid():
        return refused(request, asked, asked.c, form.sentences, 400)
    done, left = _carry_out_all(request.user, form)
    if wants_json(request):
        return JsonResponse(_outcome(done, left))
    if done or not left:
        messages.success(request, _sentence(done))
    for sentence, names in _by_sentence(left).items():
        messages.error(request, f"{', '.join(names)}: {sentence}")
    return see_other(reverse("admin:queue") + asked.query(c=None, done=None))


def _carry_out_all(user, form):
    """([(comment, its decision or None)], [(comment, the sentence why not)])"""
    done, left, values = [], [], form.cleaned_data
    rows = Comment.objects.select_related("article").in_bulk(list(form.chosen))
    for pk, seen in form.chosen.items():
        if pk not in rows:
            continue
        try:
            decision = carry_out(values["action"], rows[pk], user, seen["seen"], seen["count"], values["why"])
        except ValidationError as refusal:
            left.append((rows[pk], refusal.messages[0]))
        else:
            done.append((rows[pk], decision))
    return done, left


def _sentence(done):
    """How many, and what they are now; "done" where that differs, or nothing was left to do."""
    said = {decision.get_action_display() for _comment, decision in done if decision}
    what = said.pop() if len(said) == 1 else _("done")
    sentence = ngettext("%(number)d comment: %(what)s.", "%(number)d comments: %(what)s.", len(done))
    return sentence % {"number": len(done), "what": what}


def _by_sentence(left):
    """{why not: the names of whose comments}"""
    found = {}
    for comment, sentence in left:
        found.setdefault(sentence, []).append(comment.name or str(cards.WITHDRAWN))
    return found


def _outcome(done, left):
    return {
        "sentence": _sentence(done),
        "done": [_line(comment, decision) for comment, decision in done],
        "refused": [{"comment": comment.pk, "sentence": f"{comment.name}: {said}"} for comment, said in left],
        "counts": queues.waiting().counts,
    }


def _line(comment, decision):
    found = {"comment": comment.pk, "decision": None, "undo": None, "sentence": _("Nothing was changed.")}
    if decision:
        decision.comment = comment
        undo = reverse("admin:queue_undo", args=[decision.pk])
        found |= {"decision": decision.pk, "sentence": cards.sentence_of(decision), "undo": undo}
    return found
