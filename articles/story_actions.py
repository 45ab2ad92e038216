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

from . import publishing
from .content import EMPTY
from .desk_formsets import number_in
from .models import Article
from .story_state import moment

ACTIONS = {"_publish": "publish", "_reviewed": "review"}


class Refused(Exception):
    """Publishing said no; `error` is the ValidationError with its sentences. Undoes what the request has written."""

    def __init__(self, error):
        super().__init__(str(error))
        self.error = error


def action_of(data):
    return next((action for name, action in ACTIONS.items() if name in data), "save")


def save(form, article, action, may_publish):
    """Saves the form as a new revision and does what was asked for beside it. Returns the story."""
    _check_schedule(form, article, may_publish)
    before = article.public_at if article and article.is_scheduled else None
    story = publishing.save_story(
        form.raw,
        language=form.story_language,
        article=article,
        user=form.user,
        reason=form.cleaned_data["reason"],
        # A sign-off holds for one revision: publishing or signing an unchanged text makes no new one.
        skip_unchanged=action != "save",
        translated_from=_original(form) if article is None else None,
        **form.row_fields,
    )
    at = form.cleaned_data["publish_at"]
    if action == "publish":
        return publishing.publish(story, at=at if at and at > timezone.now() else None)
    if before and at != before:
        return publishing.publish(story, at=at)
    if action == "review":
        publishing.mark_reviewed(story, story.newest_revision(), form.user)
    return story


def _original(form):
    """The version of the other language that a new translation follows."""
    sibling = form.cleaned_data.get("translation_of")
    return sibling.newest_revision() if sibling else None


def _check_schedule(form, article, may_publish):
    """A scheduled story goes out by itself, so saving it is publishing it."""
    if not article or not article.is_scheduled:
        return
    if not may_publish:
        raise ValidationError(_("This story is scheduled. Only somebody who may publish can change it now."))
    at = form.cleaned_data["publish_at"]
    if not at:
        sentence = _("Set the time at which it goes out, or press Unpublish to take it off the schedule.")
        raise ValidationError({"publish_at": sentence})


def outcome(article, action):
    """The sentence above the page after a save."""
    if action == "review":
        return _("Saved and marked as read by you.")
    if article.is_scheduled:
        return _("Saved. The story goes out at %(time)s.") % {"time": moment(article.public_at)}
    if article.is_public:
        if action == "publish":
            return _("Published. Readers see it now.")
        return _("Saved. Update waits: readers see the earlier version until you publish this one.")
    return _("Saved. Only the desk can see this story.")


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


class UnpublishForm(forms.Form):
    pass


FORMS = {"unpublish": UnpublishForm, "retract": RetractForm}


def withdraw(model_admin, request, pk, action):
    """A page that says what will happen, and does it when told so again."""
    article = model_admin.get_object(request, pk)
    if article is None:
        raise Http404
    if not (model_admin.has_change_permission(request, article) and model_admin.has_publish_permission(request)):
        raise PermissionDenied
    back = reverse("admin:articles_article_change", args=[pk])
    if article.status != Article.Status.PUBLISHED:
        model_admin.message_user(
            request, _("This story is not public: there is nothing to withdraw."), messages.WARNING
        )
        return HttpResponseRedirect(back)
    form = FORMS[action](request.POST if request.method == "POST" else None)
    if form.is_valid():
        if action == "retract":
            publishing.retract(article, form.cleaned_data["reason"])
            sentence = _("Retracted. The story's address now tells readers why.")
        else:
            publishing.unpublish(article)
            sentence = _("Unpublished. The story is a draft again, and its address answers “not found”.")
        model_admin.log_change(request, article, sentence)
        model_admin.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(back)
    context = {**model_admin.admin_site.each_context(request), "article": article, "form": form, "action": action}
    context |= {"opts": model_admin.opts, "back": back, "title": article.title}
    status = 422 if form.is_bound else 200
    return render(request, "admin/articles/article/withdraw.html", context, status=status)
