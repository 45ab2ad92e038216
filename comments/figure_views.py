"""The moderators' figures, and the switch of the daily mail that tells the most important of them."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.story_state import moment
from newsroom.answers import see_other

from . import digest, figure_charts, figures
from .weeks import last_weeks


class DigestForm(forms.Form):
    daily_digest = forms.BooleanField(required=False)


@require_safe
def moderation_figures(request):
    if not request.user.has_perm("comments.view_comment"):
        raise PermissionDenied
    context = {
        **admin.site.each_context(request),
        **_figures(timezone.now()),
        "title": _("Figures"),
        "may_moderate": request.user.has_perm("comments.moderate_comment"),
        "digest_hour": digest.HOUR,
    }
    return render(request, "admin/comments/figures/figures.html", context)


def _figures(now):
    weeks, queue = last_weeks(now), figures.queue(now)
    decisions = figures.Decisions(weeks)
    waits, every = figures.waits(decisions)
    found = figures.reasons(weeks)
    return {
        "headline": figure_charts.headline(queue, figures.reported(), decisions, waits),
        "queue": queue,
        "oldest": queue.oldest and moment(queue.oldest),
        "ages": figure_charts.age_rows(queue),
        "charts": [figure_charts.decision_chart(decisions), figure_charts.wait_chart(weeks, waits, every)],
        "reasons": figure_charts.reason_rows(found, figures.outcomes(weeks)),
        "weeks": weeks[::-1],
        "since": weeks[0].name,
        "moderators": figure_charts.moderator_rows(decisions),
        "moderator_heads": figure_charts.decision_heads(),
        "recent": figures.RECENT,
    }


@require_POST
def moderation_digest(request):
    if not request.user.has_perm("comments.moderate_comment"):
        raise PermissionDenied
    form = DigestForm(request.POST)
    form.is_valid()  # a box is ticked or it is not
    request.user.daily_digest = form.cleaned_data["daily_digest"]
    request.user.save(update_fields=["daily_digest"])
    is_on = request.user.daily_digest
    messages.success(request, _("The daily mail is on.") if is_on else _("The daily mail is off: you get no more."))
    return see_other(f"{reverse('admin:moderation_figures')}#digest")
