"""What readers saw of a story on a day, or at one moment of it: from Publication, in the edition's time."""

import datetime as dt

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.clickjacking import xframe_options_sameorigin

from .preview import preview
from .rail import part_path
from .story_state import moment

MOST = 100
GET = ("GET", "HEAD")


class SeenForm(forms.Form):
    day = forms.DateField(
        label=gettext_lazy("Day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    time = forms.TimeField(
        label=gettext_lazy("Time (optional)"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="seen_%s", **kwargs)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not 1970 <= day.year <= 2200:
            raise forms.ValidationError(_("Choose a day of this publication's time."))
        return day

    def span(self):
        """(start, end) of what was asked for: the whole day, or the minute."""
        day, time = self.cleaned_data["day"], self.cleaned_data["time"]
        start = timezone.make_aware(dt.datetime.combine(day, time or dt.time()))
        if time:
            return start, start + dt.timedelta(microseconds=1)
        return start, timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def urls(story_admin):
    return [
        part_path(story_admin, "seen", "seen", seen_view, GET),
        part_path(story_admin, "seen/<int:publication>", "seen_page", seen_page_view, GET),
    ]


def require_history(request):
    """Versions hold what was never public, so reading them is a right of its own."""
    if not request.user.has_perm("articles.view_revision"):
        raise PermissionDenied


def what_was_public(article, start, end):
    """[(from, until, Publication or None), …] without gaps between start and end, the earliest first."""
    rows = article.publications.filter(Q(shown_until=None) | Q(shown_until__gt=start), shown_from__lt=end)
    rows = rows.select_related("revision__created_by").defer("revision__content").order_by("shown_from")
    found, at = [], start
    for row in rows[:MOST]:
        if row.shown_from > at:
            found.append((at, row.shown_from, None))
        at = min(row.shown_until or end, end)
        found.append((row.shown_from, row.shown_until, row))
    return found if at >= end else [*found, (at, end, None)]


@csp_update({"frame-src": [SELF]})
def seen_view(story_admin, request, article):
    require_history(request)
    form = SeenForm(request.GET)
    context = {"form": form, "spans": None, "frame": None}
    if form.is_valid():
        context |= _answer(request, article, form)
    context |= {
        **story_admin.admin_site.each_context(request),
        "opts": story_admin.opts,
        "title": _("What readers saw"),
        "article": article,
    }
    return render(request, "admin/articles/article/seen.html", context, status=200 if form.is_valid() else 422)


def _answer(request, article, form):
    start, end = form.span()
    now = timezone.now()
    asked = {"asked": moment(start) if form.cleaned_data["time"] else form.cleaned_data["day"]}
    if start > now:
        return asked | {"is_to_come": True}
    spans = what_was_public(article, start, min(end, now))
    shown = [row for _start, _end, row in spans if row]
    wanted = request.GET.get("show", "")
    # Of several versions that day the first is opened, or the one that was asked for.
    frame = next((row for row in shown if str(row.pk) == wanted), shown[0] if shown else None)
    is_moment = bool(form.cleaned_data["time"])
    return {
        **asked,
        "spans": [_span(row, start, end, is_moment) for start, end, row in spans],
        "frame": frame,
        "day_query": f"day={form.cleaned_data['day']:%Y-%m-%d}"
        + (f"&time={form.cleaned_data['time']:%H:%M}" if is_moment else ""),
    }


def _span(row, start, end, is_moment):
    """One stretch of time in words. A version's is told whole, also where it began before the day or went on after."""
    ends = {"start": moment(start), "end": moment(end) if end else _("now")}
    told = _("%(start)s until %(end)s") % ends
    return {"row": row, "when": moment(start) if is_moment and row is None else told, "redacted": _redacted(row)}


def _redacted(row):
    return row.revision.redaction_reason if row and row.revision.redacted_at else ""


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def seen_page_view(story_admin, request, article, publication):
    """The page itself, with the corrections that stood at the end of what was asked for."""
    require_history(request)
    now = timezone.now()
    row = article.publications.filter(pk=publication, shown_from__lte=now).select_related("revision").first()
    if row is None:
        raise Http404
    if row.revision.redacted_at:
        return redacted_page(request, row.revision)
    form = SeenForm(request.GET)
    end = min(form.span()[1] if form.is_valid() else now, row.shown_until or now)
    return preview(request, row.revision.content, article.language, article, as_of=_row_then(article, row, end))


def _row_then(article, row, end):
    """What the story's row said while readers saw this version: its times, and the corrections that stood then."""
    corrections = article.corrections.filter(made_at__lt=end).order_by("-made_at", "-id")
    starts = dict(article.publications.filter(shown_from__lt=row.shown_from).values_list("shown_until", "shown_from"))
    first = row.shown_from
    while first in starts:
        first = starts[first]
    return {
        "public_at": first,
        "updated_at": row.shown_from if first < row.shown_from else None,
        "corrections_json": [{"text": each.text, "made_at": each.made_at.isoformat()} for each in corrections],
    }


def redacted_page(request, revision):
    """What stands in place of a page whose text had to go."""
    return render(request, "admin/articles/article/redacted.html", {"revision": revision}, status=410)
