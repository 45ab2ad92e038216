"""The page of the log, and the undo of its last lines."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from articles.story_state import moment
from authors.models import User
from newsroom.answers import see_other, wants_json
from newsroom.errors import BadInput
from newsroom.keyset import page

from . import commenters, log, moderation
from .desk_pages import for_moderators, path_back
from .models import Decision, NetworkBan

PAGE, MOST_STAFF = 50, 200
PIPELINE = "0"


class LogForm(forms.Form):
    """By whom and what. The pipeline decides without a user."""

    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    what = forms.ChoiceField(label=gettext_lazy("What"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_staff=True).order_by("display_name", "pk")[:MOST_STAFF]
        people = [(str(user.pk), str(user)) for user in staff]
        self.fields["who"].choices = [("", _("Everybody")), (PIPELINE, _("The pipeline")), *people]
        self.fields["what"].choices = [("", _("Everything")), *Decision.Action.choices]

    def rows(self):
        """The decisions, and by what they are ordered: each way has an index that it is entered by."""
        who, what = self.cleaned_data["who"], self.cleaned_data["what"]
        rows = Decision.objects.filter(action=what) if what else Decision.objects.all()
        if who:
            return rows.filter(user=None if who == PIPELINE else int(who)), "id"
        return rows, "made_at" if what else "id"


@for_moderators
@require_safe
def moderation_log(request):
    form = LogForm(request.GET)
    if not form.is_valid():
        raise BadInput(_("There is nobody and nothing like that in the log."))
    rows, time = form.rows()
    query = "&".join(f"{name}={value}" for name, value in form.cleaned_data.items() if value)
    context = {"title": _("Log"), "form": form, "query": query}
    context["page"] = page(rows, request.GET, PAGE, time=time, read=log.read)
    context["here"] = request.get_full_path()
    return render(request, "admin/comments/log/log.html", {**admin.site.each_context(request), **context})


@for_moderators
@require_POST
def log_undo(request, decision):
    """Takes a decision back, on a comment or on a writer; JSON for a script, else the page it came from."""
    decision = get_object_or_404(Decision.objects.select_related("comment", "commenter"), pk=decision)
    try:
        made = _undo(decision, request.user)
    except ValidationError as refusal:
        return _answer(request, {"errors": {"__all__": refusal.messages}}, refusal.messages[0], 409)
    sentence = _undone(decision)
    answer = {"decision": made.pk, "comment": made.comment_id, "commenter": made.commenter_id, "sentence": sentence}
    return _answer(request, answer, sentence, 200)


def _undone(decision):
    """Of a ban as well what it leaves: the network, banned in the same breath, has a line of its own."""
    sentence = _("Undone: %(what)s.") % {"what": decision.get_action_display()}
    if decision.action != Decision.Action.BAN:
        return sentence
    bans = NetworkBan.objects.filter(commenter=decision.commenter, until__gt=timezone.now())
    ban = bans.order_by("-until").first()
    still = _("The network is banned until %(time)s.") % {"time": moment(ban.until)} if ban else ""
    return f"{sentence} {still}".rstrip()


def _undo(decision, user):
    if decision.comment:
        return moderation.undo(decision, user)
    if decision.commenter:
        return commenters.undo(decision, user)
    raise ValidationError(_("This cannot be undone."))


def _answer(request, answer, sentence, status):
    if wants_json(request):
        return JsonResponse(answer, status=status)
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, sentence)
    return see_other(path_back(request, reverse("admin:moderation_log")))
