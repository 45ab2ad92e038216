"""Somebody saved while another was writing: a page with both texts, and every way out of it keeps both.

    mine      this person's text becomes the newest version, on top of the other
    theirs    this person's text is saved as a version, and the other on top of it again
    pieces    the same, and then a version made of pieces of both
    look      the same as theirs; the pieces stand in the form, not saved yet
    write     back to the form with this person's text, as if nothing had been pressed

The page carries the whole form in hidden fields, so it works without a script, and it is guarded itself: `seen` is the
newest version that it showed.
"""

import functools
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import publishing, story_actions, unsaved
from .bench import short_moment
from .comparing import FIELD, chosen, shown
from .content import EMPTY, clean, digest
from .desk_formsets import number_in
from .differences import compare, merge, suggest

DECISIONS = ("mine", "theirs", "pieces", "look", "write")


def urls(story_admin):
    view = story_admin.admin_site.admin_view(functools.partial(conflict_view, story_admin))
    return [path("<int:pk>/conflict/", view, name="articles_article_conflict")]


def conflict_view(story_admin, request, pk):
    article = story_admin.get_object(request, pk)
    if article is None:
        raise Http404
    if not story_admin.has_change_permission(request, article):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))
    decision = next((name for name in DECISIONS if f"_{name}" in request.POST), None)
    return answer(story_admin, request, pk, decision=decision)


def answer(story_admin, request, pk, *, decision=None, status=200):
    """What follows from a posted form: a page with both texts, or what was decided on it."""
    article = story_admin.get_object(request, pk)
    form = story_admin.get_form(request, article, change=True)(request.POST, instance=article)
    newest = article.newest_revision()
    if not form.is_valid() or newest is None:
        return _back_to_form(story_admin, request, article, form)
    if decision is None:
        return _page(story_admin, request, article, form, newest, status=status)
    if decision == "write":
        return HttpResponseRedirect(unsaved.page_to_take(_keep_typed(request, article, form)))
    try:
        sentence, address = _decide(story_admin, request, article, form, decision)
    except publishing.NewerText as error:
        return _page(story_admin, request, article, form, error.newest, status=409)
    except ValidationError as error:
        return _page(story_admin, request, article, form, newest, status=422, faults=error.messages)
    story_admin.log_change(request, article, sentence)
    story_admin.message_user(request, sentence, messages.SUCCESS)
    return HttpResponseRedirect(address)


def _back_to_form(story_admin, request, article, form):
    """A text with a fault cannot stand beside another as a version: it is mended in the form first."""
    text = _keep_typed(request, article, form)
    faults = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
    sentence = _("Your text stands below, not saved. Mend this first, then save again: %(faults)s")
    story_admin.message_user(request, sentence % {"faults": " ".join(faults)}, messages.WARNING)
    return HttpResponseRedirect(unsaved.page_to_take(text))


def _typed(request):
    """[[name, value], …] of the form; what the conflict page itself has added is left out."""
    own = {"seen", *unsaved.NEVER}
    names = [name for name in request.POST if name not in own and not name.startswith(("_", FIELD))]
    return [[name, value] for name in names for value in request.POST.getlist(name)]


def _keep_typed(request, article, form, key=None):
    return unsaved.keep(
        request.user,
        article,
        article.language,
        key=key or form.cleaned_data.get("desk_key") or uuid.uuid4(),
        based_on=form.cleaned_data.get("based_on") or 0,
        pairs=_typed(request),
    )


# The page


def _page(story_admin, request, article, form, theirs, *, status, faults=()):
    mine = clean(form.raw, article.language, article)
    based_on = form.cleaned_data.get("based_on") or 0
    base = article.revisions.filter(number=based_on).first()
    choices = suggest(compare(theirs.content, mine), base.content if base else EMPTY)
    is_own = theirs.created_by_id == request.user.pk
    context = {
        **story_admin.admin_site.each_context(request),
        **shown(theirs.content, mine, article.language, {**choices, **chosen(request.POST)}),
        "opts": story_admin.opts,
        "title": _("Two versions of one story"),
        "article": article,
        "theirs": theirs,
        "theirs_when": short_moment(theirs.created_at),
        "is_own": is_own,
        "based_on": based_on,
        "now": timezone.localtime(timezone.now()),
        "old_name": _("Saved meanwhile"),
        "new_name": _("Yours, not saved yet"),
        "typed": _typed(request),
        "desk_key": form.cleaned_data.get("desk_key"),
        "faults": faults,
    }
    return render(request, "admin/articles/article/conflict.html", context, status=status)


# The ways out


@transaction.atomic
def _decide(story_admin, request, article, form, decision):
    """Does it, all or nothing. Returns a sentence and the address to go on with."""
    may_publish = story_admin.has_publish_permission(request)
    if article.is_scheduled and not may_publish:
        raise PermissionDenied
    seen = number_in(request.POST.get("seen")) or 0
    theirs = article.revisions.filter(number=seen).first()
    key = form.cleaned_data.get("desk_key")
    if theirs is None:
        raise publishing.NewerText(article.newest_revision())
    mine = clean(form.raw, article.language, article)
    wanted = _wanted(decision, theirs, mine, request)
    if decision in ("mine", "pieces") and digest(wanted) == digest(mine):
        _save(form, article, may_publish, mine, seen, _("Kept beside version %(number)d"))
        return _("Your text is the newest version now. The other stays in the history."), _after(article, key)
    _set_aside(form, article, mine, theirs)
    if decision == "pieces":
        _save(form, article, may_publish, wanted, seen + 1, _("Made of version %(number)d and the one after it"))
        return _("Saved, piece by piece. Both versions stay in the history."), _after(article, key)
    publishing.restore(article, theirs, request.user, based_on=seen + 1)
    unsaved.forget(request.user, key)
    if decision == "theirs":
        return _("The other version is the newest again. Yours stays in the history."), _after(article, key)
    text = unsaved.keep(
        request.user,
        article,
        article.language,
        key=uuid.uuid4(),
        based_on=seen + 2,
        pairs=unsaved.pairs_of(wanted, _typed(request)),
    )
    sentence = _("This is the text made of both, not saved yet. Both versions stay in the history.")
    return sentence, f"{unsaved.page_to_take(text)}&saved={key or ''}"


def _wanted(decision, theirs, mine, request):
    if decision in ("pieces", "look"):
        return clean(merge(theirs.content, mine, chosen(request.POST)), theirs.article.language, theirs.article)
    return mine if decision == "mine" else theirs.content


def _save(form, article, may_publish, content, based_on, reason):
    """As the form's own button Save would do it, with times and reviewer."""
    form.raw = content
    form.cleaned_data["based_on"] = based_on
    form.cleaned_data["reason"] = form.cleaned_data["reason"] or reason % {"number": based_on}
    story_actions.save(form, article, "save", may_publish)


def _set_aside(form, article, content, theirs):
    reason = _("Set aside for version %(number)d") % {"number": theirs.number}
    publishing.save_story(
        content,
        language=article.language,
        article=article,
        user=form.user,
        reason=reason,
        based_on=theirs.number,
    )


def _after(article, key):
    return unsaved.page_after_save(article, str(key or ""))
