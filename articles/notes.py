"""What editors tell each other about a story, in the rail of its page. Never changed or deleted, like the history."""

from django import forms
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import Urlizer, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from authors import ratelimit
from newsroom.backoffice import TidyTexts
from newsroom.keyset import page

from . import rail
from .models import Note
from .story_state import moment

SHOWN, MOST = 50, 1000


def urls(story_admin):
    return [rail.part_path(story_admin, "notes", "notes", notes_view)]


class NoteForm(TidyTexts, forms.Form):
    # No `maxlength` in the page: a browser would cut a long text that is pasted, without a word.
    text = forms.CharField(
        label=gettext_lazy("Note to the desk"),
        validators=[MaxLengthValidator(MOST, gettext_lazy("A note has at most %(limit_value)d characters."))],
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write something first.")},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, auto_id="note_%s", **kwargs)
        self.user = user

    def clean(self):
        if not self.errors and (seconds := ratelimit.hit("note-account", str(self.user.pk))):
            sentence = _("That were many notes at once. This one is kept here: add it again in %(seconds)d s.")
            self.add_error("text", sentence % {"seconds": seconds})
        return self.cleaned_data


def notes_view(story_admin, request, article):
    if request.method != "POST":
        return _answer(story_admin, request, article, NoteForm(user=request.user))
    rail.require_change(story_admin, request, article)
    form = NoteForm(request.POST, user=request.user)
    if not form.is_valid():
        return _answer(story_admin, request, article, form, status=422)
    Note.objects.create(article=article, written_by=request.user, text=form.cleaned_data["text"])
    return rail.done(
        story_admin, request, article, "notes", lambda: context(story_admin, request, article), _("Note added.")
    )


def _answer(story_admin, request, article, form, status=200):
    shown = context(story_admin, request, article, form, request.GET)
    return rail.answer(story_admin, request, article, "notes", shown, title=_("Notes"), status=status)


def context(story_admin, request, article, form=None, paging=None):
    """The newest notes, the oldest of them first; `paging` (the address) leads to earlier ones."""
    listed = page(article.notes.all(), paging or {}, SHOWN, time="created_at", read=_with_writers)
    return {
        "notes_of": article,
        "notes": [_shown(note) for note in reversed(listed.rows)],
        "notes_earlier": listed.older,
        "notes_are_newest": listed.is_first,
        "note_form": form or NoteForm(user=request.user),
        "note_most": MOST,
        "may_write_notes": story_admin.has_change_permission(request, article),
    }


def _with_writers(rows):
    return list(rows.select_related("written_by"))


def _shown(note):
    time = timezone.localtime(note.created_at)
    is_today = time.date() == timezone.localdate()
    return {
        "writer": note.written_by,
        "html": _as_html(note.text),
        "time": note.created_at,
        "short": date_format(time, "H:i") if is_today else moment(time),
        "long": f"{moment(time)} {settings.EDITION_TIME_ZONE}",
    }


class NewTab(Urlizer):
    """Addresses become links that leave the story's page, with its unsaved text, open."""

    url_template = '<a href="{href}"{attrs} target="_blank">{url}</a>'


_linked = NewTab()


def _as_html(text):
    return mark_safe(linebreaks(_linked(text, trim_url_limit=48, nofollow=True, autoescape=True)))  # noqa: S308 - escaped
