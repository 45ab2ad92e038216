"""Pages beside the lists' own: what entries would have caught, the button that puts them live, and many at once."""

import hashlib

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from newsroom.answers import see_other
from newsroom.errors import BadInput

from . import word_lists
from .models import ListedWord
from .word_forms import MOST_AT_ONCE, ManyForm
from .word_preview import preview

# So many that are not live yet are previewed in one go.
MOST_TRIED = MOST_AT_ONCE


def _require(request, *actions):
    if not any(request.user.has_perm(f"comments.{action}_listedword") for action in actions):
        raise PermissionDenied


def _page(request, name, status=200, **context):
    return render(
        request, f"admin/comments/words/{name}.html", admin.site.each_context(request) | context, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def preview_one(request, pk):
    """What one entry would have caught; POST puts it live or takes it off."""
    _require(request, "change") if request.method == "POST" else _require(request, "view", "change")
    word = get_object_or_404(ListedWord.objects.select_related("created_by"), pk=pk)
    if request.method != "POST":
        return _page(request, "preview", title=word.text, word=word, seal=seal(word), preview=preview([word]))
    if request.POST.get("action") == "off":
        word_lists.take_off([word], request.user)
        messages.success(request, _("“%(word)s” is off: nothing happens by it any more.") % {"word": word.text})
    else:
        _put_live(request, [word] if request.POST.get("seal") == seal(word) else [])
    return see_other(reverse("admin:comments_listedword_changelist"))


@require_http_methods(["GET", "HEAD", "POST"])
def try_all(request):
    """All that are not live yet, side by side; POST puts live those that are ticked."""
    _require(request, "change") if request.method == "POST" else _require(request, "view", "change")
    words = ListedWord.objects.filter(is_live=False).order_by("-pk")
    if request.method == "POST":
        ticked = set(request.POST.getlist("word"))
        _put_live(request, [word for word in words[:MOST_TRIED] if f"{word.pk}-{seal(word)}" in ticked])
        return see_other(reverse("admin:comments_listedword_changelist"))
    words = list(words[:MOST_TRIED])
    found = preview(words)
    rows = [(word, found.by_entry[word.pk], seal(word)) for word in words]
    rows.sort(key=lambda row: (-row[1].approved, -row[1].all))
    title = _("Words that are not live yet")
    return _page(request, "try", title=title, rows=rows, preview=found)


def seal(word):
    """Stands for what the page showed: nobody puts live what somebody changed meanwhile."""
    return hashlib.sha256("\n".join(word_lists.matched_by(word)).encode()).hexdigest()[:16]


def _put_live(request, words):
    live = ListedWord.objects.filter(is_live=True)[: word_lists.MOST_LIVE].count()
    if live + len(words) > word_lists.MOST_LIVE:
        raise BadInput(
            _("At most %(most)d entries can be live at once, and %(live)d are. Take some off first.")
            % {"most": word_lists.MOST_LIVE, "live": live}
        )
    done = word_lists.put_live(words, request.user)
    if not done:
        messages.info(
            request, _("Nothing was changed: none was ticked, or somebody changed them meanwhile. Look again.")
        )
        return
    sentence = ngettext(
        "%(number)d entry is live now: %(words)s", "%(number)d entries are live now: %(words)s", len(done)
    )
    named = ", ".join(_("“%(word)s”") % {"word": word.text} for word in done[:10]) + (" …" if len(done) > 10 else "")
    messages.success(request, sentence % {"number": len(done), "words": named})


@require_http_methods(["GET", "HEAD", "POST"])
def many(request):
    """Many entries of one kind, pasted. What is refused stays in the field, with the reason."""
    _require(request, "add")
    form = ManyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 400 if request.method == "POST" else 200
        return _page(request, "many", status, title=_("Add many words"), form=form, most=MOST_AT_ONCE)
    with transaction.atomic():
        pasted = form.add(request.user)
    if pasted.added:
        sentence = ngettext("%(number)d entry is stored.", "%(number)d entries are stored.", len(pasted.added))
        messages.success(request, sentence % {"number": len(pasted.added)})
    if pasted.known:
        sentence = ngettext(
            "%(number)d was there already: %(words)s", "%(number)d were there already: %(words)s", len(pasted.known)
        )
        messages.info(request, sentence % {"number": len(pasted.known), "words": ", ".join(pasted.known[:10])})
    if not pasted.refused:
        return see_other(reverse("admin:comments_listedword_try"))
    kept = request.POST.copy()
    kept["text"] = "\n".join(line for line, _why in pasted.refused)
    context = {"title": _("Add many words"), "form": ManyForm(initial=kept.dict()), "most": MOST_AT_ONCE}
    return _page(request, "many", 400, refused=pasted.refused, **context)
