"""The desk's start page: what waits for the person, what went out today, the readers' comments, two weeks."""

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.models import Article, Correction, Publication
from comments.queues import waiting_for
from newsroom.language import CODES

from .clock import full, span
from .navigation import may_see
from .two_weeks import two_weeks
from .waits import planned_updates, waits_for

MOST_OUT = 8
# Among so many of the newest entries updates that went out today are looked for; first publications have an index.
RECENT = 300


def my_desk(request):
    """What templates/admin/index.html shows; parts that the person has no right to are missing."""
    now, user = timezone.now(), request.user
    context = {**_heading(now), "may_write": user.has_perm("articles.change_article")}
    if may_see(user, "articles.article"):
        planned = planned_updates()
        if context["may_write"]:
            context["waits"] = waits_for(user, planned, now)
        context["out"] = went_out(now)
        context["weeks"] = two_weeks(_language(request), planned, now)
    if may_see(user, "comments.comment"):
        context["readers"] = _readers(waiting_for(request), now)
    return context


def _language(request):
    return request.GET.get("language") if request.GET.get("language") in CODES else ""


def _heading(now):
    local = timezone.localtime(now)
    zone = settings.EDITION_TIME_ZONE
    return {
        "now": now,
        "today": capfirst(date_format(local, pgettext("date format", "l, j F"))),
        "clock": _("%(city)s, %(time)s (%(utc)s UTC)")
        % {"city": zone.rpartition("/")[2].replace("_", " "), "time": f"{local:%H:%M}", "utc": f"{now:%H:%M}"},
    }


def _readers(waiting, now):
    if not waiting.number:
        return {"number": ""}
    words = ngettext("comment waits, the oldest %(age)s", "comments wait, the oldest %(age)s", waiting.number)
    return {"number": waiting.shown, "words": words % {"age": span(now - waiting.oldest)}}


class Out:
    """Something that readers see since today: `what` is empty for a first publication."""

    def __init__(self, article, time, what=""):
        self.article, self.time, self.what, self.title = article, time, what, full(time)
        self.likes = article.stats.like_count


def went_out(now):
    """What began to be public today, the latest MOST_OUT, in the order of the day; and whether there is more."""
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = (midnight, now)
    fields = ["title", "language", "record_number", "public_at", "stats__like_count"]
    first = Article.objects.filter(public_at__range=today).select_related("stats").only(*fields)
    rows = [Out(article, article.public_at) for article in first.order_by("-public_at", "-id")[: MOST_OUT + 1]]
    rows += [Out(row.article, row.shown_from, _("update")) for row in _updates(today, fields)]
    rows += [Out(row.article, row.made_at, _("correction")) for row in _corrections(today, fields)]
    rows.sort(key=lambda row: row.time)
    query = {"public_at__gte": midnight.isoformat()}
    return {
        "rows": rows[-MOST_OUT:],
        "more": len(rows) > MOST_OUT,
        "list_url": reverse("admin:articles_article_changelist", query=query),
    }


def _updates(today, fields):
    recent = Publication.objects.order_by("-id").values("pk")[:RECENT]
    rows = Publication.objects.filter(pk__in=recent, shown_from__range=today, article__public_at__isnull=False)
    rows = rows.exclude(shown_from=F("article__public_at")).select_related("article__stats")
    return rows.only("shown_from", *(f"article__{name}" for name in fields)).order_by("-shown_from")[: MOST_OUT + 1]


def _corrections(today, fields):
    rows = Correction.objects.filter(made_at__range=today).select_related("article__stats")
    return rows.only("made_at", *(f"article__{name}" for name in fields)).order_by("-made_at", "-id")[: MOST_OUT + 1]
