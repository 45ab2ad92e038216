"""The lists of the moderators' queue: what waits, what readers reported, what was decided.

Each is bounded and a range of an index of its own; one of several statuses is merged from a range of each.
"""

from typing import NamedTuple
from urllib.parse import urlencode

from django import forms
from django.db.models import BooleanField, CharField, F, Func, Q, Value, prefetch_related_objects
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import TidyTexts
from newsroom.errors import BadInput
from newsroom.keyset import Page, merged_page

from .models import Comment

LINES = 30
# As far as waiting and reported comments are counted: beyond it a number says nothing more.
MOST_COUNTED = 100
# Among so many of the newest of each status words are looked for: no index knows them.
MOST_SEARCHED = 10_000
MOST_WORDS = 5
MOST_ID = 2**63 - 1
Status = Comment.Status


class HasReports(Func):
    """The words of the index `comment_reported`: PostgreSQL uses it only where 0 is no parameter."""

    template = "%(expressions)s > 0"
    output_field = BooleanField()


REPORTED = Q(HasReports(F("report_count")))


class Tab(NamedTuple):
    label: str
    # None: whatever has reports that wait.
    statuses: tuple | None
    # The first is the one without a word in the address.
    orders: tuple
    # What stands there without a comment.
    empty: str


TABS = {
    "pending": Tab(
        _("Waiting"),
        (Status.PENDING,),
        ("oldest", "doubtful", "likely"),
        _("Nothing waits. What readers write and the rules hold will stand here, the oldest on top."),
    ),
    "reported": Tab(
        _("Reported"),
        None,
        ("reports",),
        _("No report waits. Comments that readers report will stand here, the most reported on top."),
    ),
    "approved": Tab(
        _("Approved"), (Status.APPROVED,), ("newest", "oldest"), _("No comment is public. Approved ones stand here.")
    ),
    "rejected": Tab(
        _("Rejected"),
        (Status.REJECTED, Status.REMOVED),
        ("newest", "oldest"),
        _("Nothing was turned down. Rejected and removed comments stand here, and can be approved again."),
    ),
    "all": Tab(_("All"), tuple(Status), ("newest", "oldest"), _("Nobody has commented yet.")),
}
# (what it is called, by which column, does it rise)
ORDERS = {
    "oldest": (_("Oldest"), "created_at", True),
    "newest": (_("Newest"), "created_at", False),
    "doubtful": (_("Doubtful"), "likeness", True),
    "likely": (_("Likely fine"), "likeness", False),
    "reports": (_("Most reported"), "report_count", False),
}
LINE_COLUMNS = [
    *("id", "status", "name", "body", "created_at", "likeness", "report_count", "is_spam", "is_pick"),
    *("decision_count", "parent_id", "author__name", "user__is_staff"),
]


class ListForm(TidyTexts, forms.Form):
    tab = forms.ChoiceField(choices=[(name, name) for name in TABS], required=False)
    order = forms.ChoiceField(choices=[(name, name) for name in ORDERS], required=False)
    q = forms.CharField(max_length=200, required=False)
    before = forms.CharField(max_length=40, required=False)
    after = forms.CharField(max_length=40, required=False)
    # The comment whose card is open, and the decision of which the line above it speaks.
    c = forms.IntegerField(min_value=1, max_value=MOST_ID, required=False)
    done = forms.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class Asked(NamedTuple):
    """What an address asks for: a list, how deep in it, and which card."""

    tab: str
    order: str
    q: str = ""
    before: str = ""
    after: str = ""
    c: int | None = None
    done: int | None = None

    def query(self, **changes):
        """The address's query of the same list, without what goes without saying."""
        values = self._replace(**changes)
        tab, order = values.tab, values.order
        shown = values._asdict() | {
            "tab": "" if tab == "pending" else tab,
            "order": "" if order == TABS[tab].orders[0] else order,
        }
        return "?" + urlencode({name: value for name, value in shown.items() if value})

    @property
    def words(self):
        return self.q.split()[:MOST_WORDS]


def read(params):
    """Raises BadInput on what no address of ours asks for."""
    form = ListForm(params)
    if not form.is_valid():
        raise BadInput(_("This address is not one of ours. Start again from the queue."))
    values = form.cleaned_data
    values["tab"] = values["tab"] or "pending"
    if values["order"] not in TABS[values["tab"]].orders:
        values["order"] = TABS[values["tab"]].orders[0]
    return Asked(**values)


def listed(asked):
    """The page of lines that an address asks for. What lay beyond its position may be gone: the first page then."""
    try:
        return _page(asked, {"before": asked.before, "after": asked.after})
    except Http404:
        return _page(asked, {})


def further(asked):
    """The same for a script that goes on with a list: an empty page where it has come to its end."""
    try:
        return _page(asked, {"before": asked.before})
    except Http404:
        return Page([], None, None, is_first=False)


def _page(asked, params):
    _label, column, rises = ORDERS[asked.order]
    found = merged_page(_ranges(asked), params, LINES, time=column, read=_lines, rising=rises)
    prefetch_related_objects(found.rows, "findings")
    return found


def _lines(rows):
    return list(rows.select_related("author", "user").only(*LINE_COLUMNS))


def _ranges(asked):
    statuses = TABS[asked.tab].statuses
    ranges = [REPORTED] if statuses is None else [Q(status=status) for status in statuses]
    return [Comment.objects.filter(_searched(part, asked) if asked.words else part) for part in ranges]


def _searched(part, asked):
    """Those of the newest of this range in which every word stands, in the text or in the name."""
    newest = Comment.objects.filter(part).order_by("-created_at", "-id").values("pk")[:MOST_SEARCHED]
    found = Q(pk__in=newest)
    for word in asked.words:
        found &= _has(word)
    return found & part


def _has(word):
    """SQLite folds the case of ASCII letters alone."""
    found = Q()
    for spelled in {word, word.lower(), word.upper(), word.capitalize()} if not word.isascii() else {word}:
        found |= Q(body__icontains=spelled) | Q(name__icontains=spelled)
    return found


class Waiting(NamedTuple):
    """How many comments wait, since when the oldest does, and how many have reports that wait; each up to a bound."""

    number: int
    oldest: object
    reported: int

    @property
    def shown(self):
        return shown_number(self.number)

    @property
    def shown_reported(self):
        return shown_number(self.reported)

    @property
    def counts(self):
        """As the tabs show them."""
        return {"pending": self.shown or "0", "reported": self.shown_reported or "0"}


def shown_number(number):
    """`12`, `99+`, nothing for none."""
    return f"{MOST_COUNTED - 1}+" if number >= MOST_COUNTED else str(number or "")


def waiting_for(request):
    """What waits, asked once for a page: its navigation says it as well."""
    if not hasattr(request, "comments_waiting"):
        request.comments_waiting = waiting()
    return request.comments_waiting


def waiting():
    """One query, which every page of the desk makes for moderators."""
    pending = Comment.objects.filter(status=Status.PENDING).order_by("created_at", "id").values("pk")[:MOST_COUNTED]
    reported = Comment.objects.filter(REPORTED).order_by("-report_count").values("pk")[:MOST_COUNTED]
    rows = list(_marked(pending, "pending").union(_marked(reported, "reported"), all=True))
    times = [created_at for kind, created_at in rows if kind == "pending"]
    return Waiting(len(times), min(times, default=None), len(rows) - len(times))


def _marked(part, kind):
    rows = Comment.objects.filter(pk__in=part).order_by().annotate(kind=Value(kind, CharField()))
    return rows.values_list("kind", "created_at")
