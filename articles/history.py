"""Every saved version of a story: the list of them, any two side by side, and an earlier one made the newest again.

Nothing here changes a version: restoring writes a new one (publishing.restore), and the public text stays as it is.
"""

import datetime as dt

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.backoffice import status_mark
from newsroom.errors import BadInput

from . import publishing
from .comparing import shown
from .models import Publication
from .rail import part_path
from .seen import SeenForm, require_history
from .seen import urls as seen_urls
from .story_state import moment, span, status_of

ROWS, MOST_SPANS = 50, 400
GET, SEND = ("GET", "HEAD"), ("GET", "HEAD", "POST")


def urls(story_admin):
    return [
        part_path(story_admin, "history", "history", history_view, GET),
        part_path(story_admin, "compare", "compare", compare_view, GET),
        part_path(story_admin, "restore/<int:number>", "restore", restore_view, SEND),
        *seen_urls(story_admin),
    ]


def number_field(**options):
    """A version's number. The upper bound is that of the column."""
    return forms.IntegerField(min_value=0, max_value=2**31 - 1, **options)


class PageForm(forms.Form):
    before = number_field(required=False)


class TwoForm(forms.Form):
    old, new = number_field(), number_field()


class RestoreForm(forms.Form):
    based_on = number_field(widget=forms.HiddenInput)


def told(revision):
    """A version as the pages name it: when and by whom it was saved, and why."""
    return {
        "row": revision,
        "name": _("Version %(number)d") % {"number": revision.number},
        "who": revision.created_by or _("an import"),
        "when": moment(revision.created_at),
        "when_long": f"{moment(revision.created_at)} {settings.EDITION_TIME_ZONE}",
        "ago": _ago(revision.created_at),
    }


def _ago(time):
    length = timezone.now() - time
    return _("just now") if length < dt.timedelta(minutes=1) else _("%(time)s ago") % {"time": span(length)}


def _page(story_admin, request, article, template, context, status=200):
    context = {
        **story_admin.admin_site.each_context(request),
        "opts": story_admin.opts,
        "article": article,
        "may_restore": _may_restore(story_admin, request, article),
        **context,
    }
    return render(request, f"admin/articles/article/{template}.html", context, status=status)


def _may_restore(story_admin, request, article):
    """A scheduled story goes out by itself: who changes it, publishes."""
    may = story_admin.has_change_permission(request, article)
    return may and (not article.is_scheduled or story_admin.has_publish_permission(request))


# The list


def history_view(story_admin, request, article):
    require_history(request)
    form = PageForm(request.GET)
    if not form.is_valid():
        raise BadInput(_("This address is not one of ours. Start again from the first page."))
    before = form.cleaned_data["before"]
    versions = article.revisions.defer("content").select_related("created_by", "translated_from__article")
    versions = versions.order_by("-number")
    rows = list((versions.filter(number__lt=before) if before else versions)[: ROWS + 1])
    newest = versions.first() if before else next(iter(rows), None)
    context = {
        "title": _("History"),
        "status": status_mark(*status_of(article, article.update_waits(newest))),
        "versions": _versions(article, newest, rows[:ROWS]),
        "newest": newest,
        "is_first": not before,
        "older": rows[ROWS - 1].number if len(rows) > ROWS else None,
        "seen_form": SeenForm(initial={"day": timezone.localdate()}),
    }
    return _page(story_admin, request, article, "history", context)


def _versions(article, newest, rows):
    """The rows of the list. Two are chosen to begin with: the newest and the one before it."""
    spans = {}
    shown_rows = Publication.objects.filter(article=article, revision__in=[row.pk for row in rows])
    for shown_row in shown_rows.order_by("-shown_from")[:MOST_SPANS]:
        spans.setdefault(shown_row.revision_id, []).append(_span(shown_row))
    first = [row.number for row in rows if row.pk != newest.pk][:1]
    return [
        {
            **told(row),
            "marks": _marks(article, row, newest),
            "spans": spans.get(row.pk, []),
            "previous": row.number - 1,
            "is_newest": row.pk == newest.pk,
            "is_old": row.number in first,
        }
        for row in rows
    ]


def _marks(article, revision, newest):
    marks = []
    if revision.pk == article.revision_id and article.is_public:
        marks.append(("public", _("Readers see it now")))
    if revision.pk == article.revision_id and article.is_scheduled:
        marks.append(("set", _("Goes out %(time)s") % {"time": moment(article.public_at)}))
    if revision.pk == article.update_revision_id:
        marks.append(("update", _("Update goes out %(time)s") % {"time": moment(article.update_at)}))
    elif revision.pk == newest.pk and article.update_waits(newest):
        marks.append(("update", _("Update waits")))
    if revision.pk == article.reviewed_revision_id:
        marks.append(("review", _("Read by %(who)s") % {"who": article.reviewed_by}))
    if revision.redacted_at:
        marks.append(("out", _("Redacted")))
    return [status_mark(*mark) for mark in marks]


def _span(publication):
    """From when until when readers saw it, in words."""
    start = moment(publication.shown_from)
    if publication.shown_from > timezone.now():
        return _("Readers will see it from %(start)s.") % {"start": start}
    if publication.shown_until is None:
        return _("Readers see it since %(start)s.") % {"start": start}
    return _("Readers saw it from %(start)s until %(end)s.") % {"start": start, "end": moment(publication.shown_until)}


# Two side by side


def compare_view(story_admin, request, article):
    require_history(request)
    form = TwoForm(request.GET)
    numbers = sorted(form.cleaned_data.values()) if form.is_valid() else []
    found = {row.number: row for row in _whole(article).filter(number__in=numbers)}
    if not numbers or not set(numbers) <= set(found):
        return _no_version(story_admin, request, article)
    old, new = (found[number] for number in numbers)
    context = {
        "title": _("Two versions of one story"),
        "old": told(old),
        "new": told(new),
        "old_name": _("Version %(number)d") % {"number": old.number},
        "new_name": _("Version %(number)d") % {"number": new.number},
        "two": TwoForm(initial={"old": old.number, "new": new.number}, auto_id="two_%s"),
        "is_redacted": bool(old.redacted_at or new.redacted_at),
        "last": article.revisions.order_by("-number").values_list("number", flat=True).first(),
    }
    if not context["is_redacted"]:
        context |= shown(old.content, new.content, article.language)
    return _page(story_admin, request, article, "compare", context)


def _whole(article):
    return article.revisions.select_related("created_by")


def _no_version(story_admin, request, article):
    newest = article.newest_revision()
    context = {"title": _("No such version"), "newest": newest}
    return _page(story_admin, request, article, "no_version", context, status=404)


# An earlier one again


def restore_view(story_admin, request, article, number):
    require_history(request)
    if not _may_restore(story_admin, request, article):
        raise PermissionDenied
    revision = _whole(article).filter(number=min(number, 2**31 - 1)).first()
    if revision is None:
        return _no_version(story_admin, request, article)
    newest = _whole(article).order_by("-number").first()
    if request.method != "POST":
        return _confirm(story_admin, request, article, revision, newest)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("This form is not complete. Open the page again and repeat it there."))
    if fault := _reason_against(revision, newest):
        return _confirm(story_admin, request, article, revision, newest, [fault], 422)
    try:
        publishing.restore(article, revision, request.user, based_on=form.cleaned_data["based_on"])
    except publishing.NewerText as error:
        faults = [
            _("%(who)s saved version %(number)d meanwhile: nothing has been restored. Look again at what would change.")
            % {"who": error.newest.created_by or _("Somebody"), "number": error.newest.number}
        ]
        return _confirm(story_admin, request, article, revision, error.newest, faults, 409)
    except ValidationError as error:
        return _confirm(story_admin, request, article, revision, newest, error.messages, 422)
    return _restored(story_admin, request, article, revision)


def _reason_against(revision, newest):
    if revision.redacted_at:
        return _("This version is redacted: its text is gone for good and cannot come back.")
    if revision.sha256 == newest.sha256 and not newest.redacted_at:
        return _("This version and the newest one are alike: there is nothing to restore.")
    return ""


def _confirm(story_admin, request, article, revision, newest, faults=(), status=200):
    reason = _reason_against(revision, newest)
    context = {
        "title": _("Restore version %(number)d") % {"number": revision.number},
        "old": told(newest),
        "new": told(revision),
        "old_name": _("Now, version %(number)d") % {"number": newest.number},
        "new_name": _("Restored from version %(number)d") % {"number": revision.number},
        "faults": faults or ([reason] if reason else []),
        "can": not reason,
        "form": RestoreForm(initial={"based_on": newest.number}),
        "says": _what_follows(article),
        **({} if revision.redacted_at else shown(newest.content, revision.content, article.language)),
    }
    return _page(story_admin, request, article, "restore", context, status)


def _what_follows(article):
    """What a restored version means for readers."""
    if article.is_public:
        return _(
            "Readers keep the version that they see now. The restored text waits as an update until it is published."
        )
    if article.is_scheduled:
        return _("The story goes out at %(time)s with the restored text.") % {"time": moment(article.public_at)}
    if article.status == article.Status.RETRACTED:
        return _("The story stays retracted. The restored text is kept for the desk alone.")
    if article.status == article.Status.ARCHIVED:
        return _("The story stays in the archive. The restored text is kept for the desk alone.")
    return _("The story is not public: only the desk sees the restored text.")


def _restored(story_admin, request, article, revision):
    sentence = _("Version %(number)d is restored as the newest version.") % {"number": revision.number}
    if article.is_public:
        sentence += " " + _("Readers see it once you publish the change.")
    story_admin.log_change(request, article, sentence)
    story_admin.message_user(request, sentence, messages.SUCCESS)
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
