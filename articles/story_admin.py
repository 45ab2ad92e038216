"""The desk's page of a story and the list of stories. Saving goes through story_actions.py."""

import re

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models import Exists, OuterRef, Q
from django.forms.widgets import Script
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import KeptAdmin, status_mark

from . import story_actions
from .desk_forms import StoryForm
from .models import Article, Revision
from .preview import preview_form
from .story_state import moment, status_of, story_state

RECORD = re.compile(r"\s*(?:(db\s*#?|#)\s*)?(\d{1,18})\s*\Z", re.IGNORECASE)
# Wide columns that neither list nor form reads: the form shows the newest revision.
HEAVY = ("body", "html", "interpreter", "key_points", "sources_json", "tags_json")


class StatusFilter(admin.SimpleListFilter):
    title, parameter_name = _("status"), "is"

    def lookups(self, request, model_admin):
        return [
            ("draft", _("Draft")),
            ("scheduled", _("Scheduled")),
            ("public", _("Public")),
            ("update", _("Update waits")),
            ("retracted", _("Retracted")),
            ("archived", _("Archived")),
        ]

    def queryset(self, request, queryset):
        now = timezone.now()
        conditions = {
            "draft": Q(status__in=[Article.Status.DRAFT, Article.Status.IN_REVIEW]),
            "scheduled": Q(public_at__gt=now),
            "public": Q(public_at__lte=now),
            "update": Q(public_at__isnull=False, update_waits=True),
            "retracted": Q(status=Article.Status.RETRACTED),
            "archived": Q(status=Article.Status.ARCHIVED),
        }
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


@admin.register(Article)
class StoryAdmin(KeptAdmin):
    form = StoryForm
    fieldsets = [
        (
            None,
            {
                "classes": ["write"],
                "fields": ["title", "slug", "interpreter", "key_points", "body", "language", "based_on"],
            },
        ),
        (_("Goes out"), {"fields": ["publish_at", "reviewer", "reason"]}),
        (_("Made by"), {"fields": ["author", "origin"]}),
        (_("Where it belongs"), {"fields": ["category", "place", "tags", "translation_of"]}),
    ]
    list_display = ["status_shown", "title_shown", "language", "category", "author", "record_shown", "when_shown"]
    list_display_links = ["title_shown"]
    list_filter = [StatusFilter, "language", "category", "author", "origin"]
    list_select_related = ["category", "author"]
    search_fields = ["title"]
    search_help_text = _(
        "Words of the title, or a record number such as db#3629. The newest 2,000 are listed; "
        "filters and dates reach the rest."
    )
    date_hierarchy = "edited_at"
    ordering = ["-edited_at", "-id"]
    change_form_template = "admin/articles/article/change_form.html"

    class Media:
        js = [Script("js/desk/story.js", defer=True)]

    # Lists

    def get_queryset(self, request):
        newer = Revision.objects.filter(article=OuterRef("pk"), id__gt=OuterRef("revision_id"))
        return super().get_queryset(request).defer(*HEAVY).annotate(update_waits=Exists(newer))

    def get_search_results(self, request, queryset, search_term):
        match = RECORD.match(search_term)
        if not match:
            return super().get_search_results(request, queryset, search_term)
        found = Q(record_number=int(match[2]))
        return queryset.filter(found if match[1] else found | Q(title__icontains=match[2])), False

    @admin.display(description=_("status"))
    def status_shown(self, article):
        return status_mark(*status_of(article, article.update_waits))

    @admin.display(description=_("title"), ordering="title")
    def title_shown(self, article):
        return format_html('<span class="title" lang="{}">{}</span>', article.language, article.title)

    @admin.display(description=_("record"), ordering="record_number")
    def record_shown(self, article):
        return f"db#{article.record_number}"

    @admin.display(description=_("when"), ordering="edited_at")
    def when_shown(self, article):
        time = timezone.localtime(article.public_at or article.edited_at)
        return format_html('<time datetime="{}">{}</time>', time.isoformat(), moment(time))

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):
        language = request.user.language or StoryForm.first_language
        return type(
            "StoryForm",
            (StoryForm,),
            {
                "user": request.user,
                "refusal": getattr(request, "story_refusal", None),
                "first_language": language,
                "Meta": StoryForm.Meta,
            },
        )

    def get_changeform_initial_data(self, request):
        return story_actions.initial_for(request.GET, request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """What publishing refuses comes back as the same form with its sentences, and what was typed stays."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except story_actions.Refused as refusal:
            request.story_refusal = refusal.error
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= story_state(request, obj, context["adminform"].form, self.has_publish_permission(request))
        return super().render_change_form(request, context, add, change, form_url, obj)

    # Saving

    def has_publish_permission(self, request, obj=None):
        return request.user.has_perm("articles.publish_article")

    def save_model(self, request, obj, form, change):
        action = story_actions.action_of(request.POST)
        if action == "publish" and not self.has_publish_permission(request):
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
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    # More pages of a story

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("preview/", view(self.preview_view), name="articles_article_preview"),
            path("<int:pk>/unpublish/", view(self.unpublish_view), name="articles_article_unpublish"),
            path("<int:pk>/retract/", view(self.retract_view), name="articles_article_retract"),
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

    def unpublish_view(self, request, pk):
        return story_actions.withdraw(self, request, pk, "unpublish")

    def retract_view(self, request, pk):
        return story_actions.withdraw(self, request, pk, "retract")

    def history_view(self, request, object_id, extra_context=None):
        """A story's history are its revisions."""
        return HttpResponseRedirect(
            reverse("admin:articles_revision_changelist", query={"article__id__exact": object_id})
        )

    def view_on_site(self, article):
        return article.get_absolute_url()
