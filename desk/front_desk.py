"""The front page's desk: its outline with a place for each story, put up now or at a set time, and looked at before."""

import datetime as dt
from functools import wraps

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import front_plan, placing
from articles.views import home_context
from newsroom.answers import see_other
from newsroom.language import CODES, DEFAULT, OWN_NAMES

from . import clock
from .front_board import Board
from .front_forms import read_draft, read_page
from .front_stories import stories_to_choose

RIGHTS = ["articles.add_placement", "articles.change_placement"]
MORNING = 7
TYPED = {"start": "changes-0-start", "until": "changes-0-until", "at": "at"}


def urls(site):
    view = site.admin_view
    return [
        path("front-page/", view(desk), name="front_page"),
        path("front-page/board/", view(board), name="front_page_board"),
        path("front-page/stories/", view(stories), name="front_page_stories"),
        path("front-page/preview/", view(preview), name="front_page_preview"),
    ]


def _for_placers(view):
    @wraps(view)
    def guarded(request):
        if not request.user.has_perms(RIGHTS):
            raise PermissionDenied
        return view(request)

    return guarded


@_for_placers
@require_http_methods(["GET", "HEAD", "POST"])
@csp_update({"frame-src": [SELF]})
def desk(request):
    if request.method == "POST":
        return _put_up(request)
    return _page(request, read_page(request.GET, request.user.language or DEFAULT))


def _page(request, asked, arrangement=None, problems=(), typed=None, status=200):
    """`asked` is of the address. A refused arrangement is shown with its problems, and what was typed stays."""
    language, now = asked["language"], timezone.now()
    built = Board(arrangement or front_plan.Arrangement(language, []), now)
    place = asked.get("place")
    found = stories_to_choose(language, asked.get("q", ""), place, built.placed_ids)
    context = {
        **admin.site.each_context(request),
        "title": _("Front page"),
        "edition": language,
        "editions": [(code, OWN_NAMES[code]) for code in CODES],
        "board": built,
        "spot": built.spot(place) if place else None,
        "stories": found,
        "q": asked.get("q", ""),
        "problems": problems,
        "typed": typed or {},
        "moments": list(_moments(now)),
        "put": asked.get("put", ""),
    }
    return render(request, "admin/front_page.html", context, status=status)


def _moments(now):
    """[(value, text), …] of the times that a front page is looked at most often."""
    local = timezone.localtime(now)
    yield "", _("Now, with my changes")
    for days, hour in ((0, 18), (1, MORNING), (1, 18)):
        day = (local + dt.timedelta(days=days)).date()
        time = timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
        if time > now:
            name = _("Tomorrow %(hour)s") if days else _("Today %(hour)s")
            yield time.strftime("%Y-%m-%dT%H:%M"), name % {"hour": f"{hour:02}:00"}


def _put_up(request):
    values, arrangement = read_draft(request.POST)
    at = values["at"] if values["when"] == "later" else None
    try:
        if values["when"] == "later" and at is None:
            raise ValidationError(_("Choose the day and the time when it is put up."))
        plan = placing.put_up(arrangement, request.user, at, values["based_on"])
    except placing.Overtaken:
        return _overtaken(request, values, arrangement)
    except ValidationError as error:
        return _refused(request, values, arrangement, error.messages)
    messages.success(request, _outcome(len(plan.places), at))
    address = reverse("admin:front_page", query={"language": arrangement.language, "put": values["key"]})
    return see_other(address)


def _outcome(number, at):
    if not number:
        return _("Everything stands there already as you want it. Nothing was changed.")
    if at:
        return ngettext(
            "%(number)d change will be put up at %(time)s.", "%(number)d changes will be put up at %(time)s.", number
        ) % {"number": number, "time": clock.full(at)}
    return ngettext("%(number)d change is up.", "%(number)d changes are up.", number) % {"number": number}


def _refused(request, values, arrangement, problems):
    """Without a script there is one change, and its form is shown again as it was filled."""
    asked = {"language": arrangement.language}
    if not values["key"] and len(arrangement.changes) == 1:
        asked["place"] = arrangement.changes[0].place
    typed = {name: request.POST.get(field, "") for name, field in TYPED.items()}
    return _page(request, asked, arrangement, problems, typed, status=422)


def _overtaken(request, values, arrangement):
    """409: what stands there now beside what was wanted. Nothing was written."""
    language, now = arrangement.language, timezone.now()
    built = Board(front_plan.Arrangement(language, []), now)
    since = placing.built_at(values["based_on"])
    context = {
        **admin.site.each_context(request),
        "title": _("Somebody was faster"),
        "edition": language,
        "board": built,
        "rows": [(change, built.spot(change.place)) for change in arrangement.changes],
        "cancelled": len(arrangement.cancelled),
        "who": placing.who_put_up(language, since) if since else None,
        "sent": [pair for pair in _pairs(request.POST) if pair[0] not in ("csrfmiddlewaretoken", "based_on")],
        "key": values["key"],
    }
    return render(request, "admin/front_page/overtaken.html", context, status=409)


def _pairs(data):
    return [(name, value) for name, listed in data.lists() for value in listed]


@_for_placers
@require_POST
def board(request):
    """The outline with a draft laid over it, for the page's script: what stands where is decided here alone."""
    values, arrangement = read_draft(request.POST)
    language, since = arrangement.language, placing.built_at(values["based_on"])
    overtaken = bool(arrangement.changes or arrangement.cancelled) and placing.is_overtaken(
        language, values["based_on"]
    )
    context = {
        "board": Board(arrangement, timezone.now()),
        "edition": language,
        "is_overtaken": overtaken,
        "who": placing.who_put_up(language, since) if overtaken and since else None,
    }
    return render(request, "admin/front_page/board.html", context)


@_for_placers
@require_safe
def stories(request):
    """The list of stories to place, for the page's script. It leaves out itself what the draft has placed."""
    asked = read_page(request.GET, DEFAULT)
    found = stories_to_choose(asked["language"], asked["q"], asked["place"], ())
    context = {"stories": found, "edition": asked["language"], "spot": asked["place"]}
    return render(request, "admin/front_page/stories.html", context)


@_for_placers
@require_POST
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def preview(request):
    """The real home page at a moment, with the draft as if it were put up now. Nothing is written."""
    values, arrangement = read_draft(request.POST)
    language, now = arrangement.language, timezone.now()
    moment = values["look_other"] or values["look"] or now
    placements = placing.open_placements(language, min(moment, now))
    arrangement = placing.sound(arrangement, placing.faults(arrangement, now))
    plan = front_plan.Plan(placements, arrangement, now)
    context = home_context(language, moment, front_plan.slots(plan.rows, moment))
    with translation.override(language):
        response = render(request, "articles/home.html", {**context, "is_preview": True, "noindex": True})
    response.headers["X-Robots-Tag"] = "noindex"
    return response
