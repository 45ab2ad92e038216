"""The desk's page of a story and the list of stories. Saving goes through story_actions.py."""

from csp.decorators import csp_update
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.forms.widgets import Media, Script
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.gzip import gzip_page

from newsroom.backoffice import KeptAdmin

from . import bulk, conflict, history, notes, preview_links, story_actions, unsaved, working
from .bench import bench
from .desk_forms import StoryForm
from .models import Article
from .preview import preview_form
from .publishing import NewerText
from .story_list import HEAVY, StoryColumns
from .story_start import usual_for
from .story_state import story_state
from .story_writing import tag_names, writing

# Of the form, for the form: see desk_forms.py.
HIDDEN = ("language", "based_on", "desk_key", "publish_at_was", "reviewer_was")


@admin.register(Article)
class StoryAdmin(StoryColumns, KeptAdmin):
    form = StoryForm
    fieldsets = [
        (
            None,
            {
                "classes": ["write"],
                "fields": ["title", "slug", "interpreter", "key_points", "body", *HIDDEN],
            },
        ),
        (_("Goes out"), {"fields": ["publish_at", "reviewer", "reason"]}),
        (_("Made by"), {"fields": ["author", "origin"]}),
        (_("Where it belongs"), {"fields": ["category", "place", "tags", "translation_of"]}),
    ]
    actions = bulk.actions
    change_form_template = "admin/articles/article/change_form.html"

    def get_queryset(self, request):
        return super().get_queryset(request).defer(*HEAVY)

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):
        language = request.user.language or StoryForm.first_language
        return type(
            "StoryForm",
            (StoryForm,),
            {
                "user": request.user,
                "refusal": getattr(request, "story_refusal", None),
                "taken": getattr(request, "story_taken", None),
                "first_language": language,
                "Meta": StoryForm.Meta,
            },
        )

    def get_changeform_initial_data(self, request):
        return usual_for(request.user) | story_actions.initial_for(request.GET, request.user)

    # Django's own keeps a token from being guessed by the length of what is compressed.
    @method_decorator(gzip_page)
    @csp_update({"img-src": ["blob:"]})  # a picture that was chosen and is not uploaded yet
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What publishing refuses comes back as the same form with its sentences, and what was typed stays."""
        if request.method == "GET" and "take" in request.GET:
            request.story_taken = unsaved.asked_for(self, request, object_id)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except story_actions.Refused as refusal:
            if isinstance(refusal.error, NewerText):
                return conflict.answer(self, request, object_id, status=409)
            request.story_refusal = refusal.error
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        story_form = context["adminform"].form
        context |= story_state(request, obj, story_form, self.has_publish_permission(request))
        context["may_write"] = self.has_change_permission(request, obj) if change else add
        context |= bench(request, obj, story_form, context["may_write"])
        if context["may_write"]:
            context |= writing(request, obj, story_form)
        # Only what this page needs: none of the admin's own scripts.
        context["media"] = Media(js=[Script("js/desk/story.js", defer=True)])
        if obj:
            context |= notes.context(self, request, obj) | preview_links.context(self, request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Saving

    def has_publish_permission(self, request, obj=None):
        return request.user.has_perm("articles.publish_article")

    def save_model(self, request, obj, form, change):
        action = story_actions.action_of(request.POST)
        if action in story_actions.NEEDS_PUBLISH and not self.has_publish_permission(request):
            raise PermissionDenied
        try:
            story = story_actions.save(form, obj if change else None, action, self.has_publish_permission(request))
        except ValidationError as error:
            raise story_actions.Refused(error) from error
        except IntegrityError as error:
            sentence = gettext(
                "Somebody saved something with the same slug or translation just now. Change it, save again."
            )
            raise story_actions.Refused(ValidationError(sentence)) from error
        obj.pk, obj._state.adding = story.pk, False
        obj.refresh_from_db()

    def save_related(self, request, form, formsets, change):
        """Nothing: photos, sources and tags are part of the revision that save_model() wrote."""

    def response_add(self, request, obj, post_url_continue=None):
        return super().response_add(request, obj) if "_popup" in request.POST else self._answer(request, obj)

    def response_change(self, request, obj):
        return self._answer(request, obj)

    def _answer(self, request, article):
        sentence = story_actions.outcome(article, story_actions.action_of(request.POST))
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(unsaved.page_after_save(article, request.POST.get("desk_key")))

    # More pages of a story

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("preview/", view(gzip_page(self.preview_view)), name="articles_article_preview"),
            path("tags.json", view(self.tag_names_view), name="articles_article_tag_names"),
            path("<int:pk>/unpublish/", view(self.unpublish_view), name="articles_article_unpublish"),
            path("<int:pk>/retract/", view(self.retract_view), name="articles_article_retract"),
            path("<int:pk>/archive/", view(self.archive_view), name="articles_article_archive"),
            path("<int:pk>/bring-back/", view(self.bring_back_view), name="articles_article_bring_back"),
            *bulk.urls(self),
            *working.urls(self),
            *conflict.urls(self),
            *history.urls(self),
            *notes.urls(self),
            *preview_links.urls(self),
            *super().get_urls(),
        ]

    def preview_view(self, request):
        """The unsaved form as readers would see it: the public page's own code and template, never stored anywhere."""
        article = None
        if number := request.GET.get("story", ""):
            article = self.get_object(request, number)
        if not (self.has_change_permission(request, article) if article else self.has_add_permission(request)):
            raise PermissionDenied
        form = self.get_form(request, article)(request.POST, instance=article)
        return preview_form(request, form)

    def tag_names_view(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied
        return tag_names(request)

    def unpublish_view(self, request, pk):
        return story_actions.withdraw(self, request, pk, "unpublish")

    def retract_view(self, request, pk):
        return story_actions.withdraw(self, request, pk, "retract")

    def archive_view(self, request, pk):
        return story_actions.withdraw(self, request, pk, "archive")

    def bring_back_view(self, request, pk):
        return story_actions.withdraw(self, request, pk, "bring-back")

    def history_view(self, request, object_id, extra_context=None):
        """Django's own, of its log. A story's history are its versions: history.py stands before it in the URLs."""
        raise Http404

    def view_on_site(self, article):
        return article.get_absolute_url()
