"""The desk's pages for all that stories consist of and refer to. Stories themselves: story_admin.py."""

from django.contrib import admin
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import DeskAdmin, KeptAdmin, ReadOnlyAdmin

from . import navigation
from .forms import (
    CategoryForm,
    CorrectionForm,
    PlaceForm,
    RedirectForm,
    SourceForm,
    StandingPageForm,
    TagForm,
)
from .models import Category, Correction, Place, Publication, Redirect, Revision, Source, StandingPage, Tag
from .placement_admin import PlacementAdmin
from .preview import preview
from .seen import redacted_page
from .story_admin import StoryAdmin

__all__ = ["PlacementAdmin", "StoryAdmin"]


class FixedOnceMade:
    """What holds languages together or is referred to by name does not change after it was made."""

    fixed = ()

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(self.fixed if obj else ())]


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    """Who saved which version of a story, when and why: to read, never to change."""

    list_display = ["record", "number", "created_at", "created_by", "reason", "short_hash"]
    list_display_links = ["number"]
    list_select_related = ["article", "created_by"]
    ordering = ["-id"]
    fields = ["article", "number", "created_at", "created_by", "reason", "sha256", "preview_link", "content_shown"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.defer("content", "article__body", "article__html")

    @admin.display(description=_("story"))
    def record(self, revision):
        return format_html("db#{} · {}", revision.article.record_number, revision.article.title)

    @admin.display(description="SHA-256")
    def short_hash(self, revision):
        return format_html('<code title="{}">{}</code>', revision.sha256, revision.sha256[:12])

    @admin.display(description=_("as readers would see it"))
    def preview_link(self, revision):
        if revision.redacted_at:
            return gettext("Redacted: %(reason)s") % {"reason": revision.redaction_reason}
        url = reverse("admin:articles_revision_preview", args=[revision.pk])
        return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', url, gettext("Preview"))

    @admin.display(description=_("content"))
    def content_shown(self, revision):
        rows = ((name, value if isinstance(value, str) else _listed(value)) for name, value in revision.content.items())
        return format_html(
            '<dl class="content">{}</dl>', format_html_join("", '<dt>{}</dt><dd class="text">{}</dd>', rows)
        )

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<int:pk>/preview/", view, name="articles_revision_preview"), *super().get_urls()]

    def preview_view(self, request, pk):
        revision = self.get_object(request, pk)
        if revision is None or not self.has_view_permission(request, revision):
            raise Http404
        if revision.redacted_at:
            return redacted_page(request, revision)
        return preview(request, revision.content, revision.article.language, revision.article)


def _listed(value):
    """A list of a revision's content as lines."""
    rows = value if isinstance(value, list) else [value or ""]
    return "\n".join(
        " · ".join(str(part) for part in row.values() if part) if isinstance(row, dict) else str(row) for row in rows
    )


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """What the public read of a story, from when until when."""

    list_display = ["revision", "shown_from", "shown_until"]
    list_select_related = ["revision__article"]
    ordering = ["-id"]


@admin.register(Correction)
class CorrectionAdmin(FixedOnceMade, KeptAdmin):
    form = CorrectionForm
    list_display = ["article", "text", "made_at", "created_by"]
    list_select_related = ["article", "created_by"]
    autocomplete_fields = ["article"]
    ordering = ["-made_at", "-id"]
    fixed = ["article"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(Source)
class SourceAdmin(FixedOnceMade, KeptAdmin):
    form = SourceForm
    list_display = ["name", "url"]
    search_fields = ["name", "key"]
    fixed = ["key"]


@admin.register(Place)
class PlaceAdmin(FixedOnceMade, KeptAdmin):
    form = PlaceForm
    list_display = ["__str__", "key", "latitude", "longitude"]
    search_fields = ["key"]
    fields = [*PlaceForm.field_names(), "key", ("latitude", "longitude")]
    fixed = ["key"]


@admin.register(Tag)
class TagAdmin(FixedOnceMade, KeptAdmin):
    form = TagForm
    list_display = ["name", "slug"]
    search_fields = ["name"]
    ordering = ["name"]
    fixed = ["name", "slug"]


class NavigationAdmin(FixedOnceMade, KeptAdmin):
    """What the navigation shows: this process forgets its copy at once, the others within a minute."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        navigation.forget()


@admin.register(Category)
class CategoryAdmin(NavigationAdmin):
    form = CategoryForm
    list_display = ["name", "language", "key", "slug", "position"]
    list_filter = ["language"]
    fixed = ["key", "language"]


@admin.register(StandingPage)
class StandingPageAdmin(NavigationAdmin):
    form = StandingPageForm
    list_display = ["title", "language", "key", "slug", "is_public", "updated_at"]
    list_filter = ["language"]
    fixed = ["key", "language"]


@admin.register(Redirect)
class RedirectAdmin(DeskAdmin):
    form = RedirectForm
    list_display = ["__str__", "language", "kind", "article", "category", "page", "created_at"]
    list_filter = ["kind", "language"]
    list_select_related = ["article", "category", "page"]
    search_fields = ["old_slug"]
    autocomplete_fields = ["article"]
    ordering = ["-id"]
