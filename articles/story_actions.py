"""What the buttons of a story's page do. Every path writes through publishing.py."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.backoffice import TidyTexts

from . import publishing, reviewing, unsaved
from .content import EMPTY
from .desk_formsets import number_in
from .models import Article
from .story_state import moment

ACTIONS = {
    "_publish": "publish",
    "_reviewed": "review",
    "_ask": "ask",
    "_back": "back",
    "_cancel_update": "cancel_update",
}
NEEDS_PUBLISH = {"publish", "cancel_update"}


class Refused(Exception):
    """Publishing said no; `error` is the ValidationError with its sentences. Undoes what the request has written."""

    def __init__(self, error):
        super().__init__(str(error))
        self.error = error


def action_of(data):
    return next((action for name, action in ACTIONS.items() if name in data), "save")


def save(form, article, action, may_publish):
    """Saves the form as a new revision and does what was asked for beside it, all or nothing. Returns the story."""
    if article:
        # Asked of the locked row: somebody may be scheduling the story at this moment.
        article = publishing.locked(article, form.row_fields.get("translation_key"))
    _check_schedule(form, article, action, may_publish)
    story = publishing.save_story(
        form.raw,
        language=form.story_language,
        article=article,
        user=form.user,
        reason=form.cleaned_data["reason"],
        # A sign-off holds for one revision: publishing or signing an unchanged text makes no new one.
        skip_unchanged=action != "save",
        translated_from=_original(form) if article is None else None,
        # Who does not say what the text was taken from has seen no version of it.
        based_on=form.cleaned_data.get("based_on") or 0,
        **form.row_fields,
    )
    unsaved.forget(form.user, form.cleaned_data.get("desk_key"))
    if action in STEPS:
        return STEPS[action](form, story)
    return _follow_schedule(form, article, story)


def _publish(form, story):
    at = form.cleaned_data["publish_at"]
    return publishing.publish(story, at=at if at and at > timezone.now() else None)


def _ask(form, story):
    reviewer = form.cleaned_data["reviewer"]
    if reviewer is None:
        raise ValidationError({"reviewer": _("Choose who should read the story, then ask again.")})
    return reviewing.ask_review(story, reviewer)


STEPS = {
    "publish": _publish,
    "ask": _ask,
    "review": lambda form, story: reviewing.mark_reviewed(story, story.newest_revision(), form.user),
    "back": lambda form, story: reviewing.back_to_draft(story),
    "cancel_update": lambda form, story: publishing.cancel_update(story),
}


def _follow_schedule(form, before, story):
    """A plain save of what goes out by itself moves it to another time, when the form names one."""
    at, planned = form.cleaned_data["publish_at"], before and _planned_for(before)
    if not planned or at == planned:
        return story
    return publishing.publish(story, at=at, revision=story.update_revision)


def _planned_for(article):
    return article.public_at if article.is_scheduled else article.update_at


def _original(form):
    """The version of the other language that a new translation follows."""
    sibling = form.cleaned_data.get("translation_of")
    return sibling.newest_revision() if sibling else None


def _check_schedule(form, article, action, may_publish):
    """A scheduled story goes out by itself, so saving it is publishing it. A planned update keeps its own version."""
    planned = article and _planned_for(article)
    if not planned or action == "cancel_update":
        return
    at = form.cleaned_data["publish_at"]
    if not may_publish and (article.is_scheduled or at != planned):
        raise ValidationError(_("This story is scheduled. Only somebody who may publish can change it now."))
    if not at and article.is_scheduled:
        sentence = _("Set the time at which it goes out, or press “Take off the schedule”.")
        raise ValidationError({"publish_at": sentence})
    if not at and action == "save":
        sentence = _("Set the time at which the update goes out, or press “Do not send the update”.")
        raise ValidationError({"publish_at": sentence})


def outcome(article, action):
    """The sentence above the page after a save."""
    if action == "review":
        return _("Saved and marked as read by you.")
    if action == "ask":
        return _("Saved. %(who)s is asked to read this version.") % {"who": article.reviewer}
    if article.is_scheduled:
        return _("Saved. The story goes out at %(time)s.") % {"time": moment(article.public_at)}
    if article.update_at:
        return _update_outcome(article)
    if article.is_public:
        if action == "publish":
            return _("Published. Readers see it now.")
        if not article.update_waits(article.newest_revision()):
            return _("Saved. Readers see the same text already.")
        return _("Saved. Update waits: readers see the earlier version until you publish this one.")
    return _("Saved. Only the desk can see this story.")


def _update_outcome(article):
    planned, newest = article.update_revision, article.newest_revision()
    values = {"time": moment(article.update_at), "number": planned.number}
    if planned.pk == newest.pk:
        return _("Saved. The update goes out at %(time)s; until then readers see the earlier version.") % values
    return _("Saved. At %(time)s version %(number)d goes out as planned, not what you saved now.") % values


def initial_for(query, user):
    """What a new story's form starts with: its language, and for a translation all that has no language of its own."""
    initial = {}
    if language := query.get("language"):
        initial["language"] = language
    original = Article.objects.filter(pk=number_in(query.get("translation_of"))).first()
    if original is None:
        return initial
    newest = original.newest_revision()
    content = {**EMPTY, **(newest.content if newest else {})}
    kept = {name: content[name] for name in ("category", "author", "origin", "place", "sources")}
    photos = [{"photo": row["photo"], "alt": "", "caption": ""} for row in content["photos"]]
    return {**initial, **kept, "photos": photos, "translation_of": original.pk}


class RetractForm(TidyTexts, forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One or two sentences for readers: what was wrong. They stand at the story's address in place of the "
            "story, for as long as the address exists."
        ),
    )


class PlainForm(forms.Form):
    """A confirmation without a question."""


FORMS = {"unpublish": PlainForm, "retract": RetractForm, "archive": PlainForm, "bring-back": PlainForm}


def _may_follow(article, action):
    """Whether the step makes sense where the story stands now."""
    status = Article.Status(article.status)
    if action in ("unpublish", "retract"):
        return status == Article.Status.PUBLISHED
    return (status == Article.Status.ARCHIVED) == (action == "bring-back") and status != Article.Status.RETRACTED


def _withdraw(article, action, form):
    """Does it. Returns the sentence that says what happened."""
    if action == "retract":
        publishing.retract(article, form.cleaned_data["reason"])
        return _("Retracted. The story's address now tells readers why.")
    if action == "archive":
        publishing.archive(article)
        return _("Archived. The story is out of the way; “Bring back” makes it a draft again.")
    if action == "bring-back":
        reviewing.bring_back(article)
        return _("Brought back. The story is a draft again.")
    publishing.unpublish(article)
    return _("Unpublished. The story is a draft again, and its address answers “not found”.")


def withdraw(model_admin, request, pk, action):
    """A page that says what will happen, and does it when told so again."""
    article = model_admin.get_object(request, pk)
    if article is None:
        raise Http404
    if not (model_admin.has_change_permission(request, article) and model_admin.has_publish_permission(request)):
        raise PermissionDenied
    back = reverse("admin:articles_article_change", args=[pk])
    if not _may_follow(article, action):
        sentence = _("This step does not fit where the story stands now. Somebody may have taken it just before you.")
        model_admin.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(back)
    form = FORMS[action](request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            sentence = _withdraw(article, action, form)
        except ValidationError as error:
            # Somebody took another step since the line above looked.
            model_admin.message_user(request, " ".join(error.messages), messages.WARNING)
            return HttpResponseRedirect(back)
        model_admin.log_change(request, article, sentence)
        model_admin.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(back)
    context = {**model_admin.admin_site.each_context(request), "article": article, "form": form, "action": action}
    context |= {"opts": model_admin.opts, "back": back, "title": article.title}
    status = 422 if form.is_bound else 200
    return render(request, "admin/articles/article/withdraw.html", context, status=status)
