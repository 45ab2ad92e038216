from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import KeptAdmin

from .forms import PhotoForm
from .models import Photo
from .pictures import add_photo

MOST_USES = 50


@admin.register(Photo)
class PhotoAdmin(KeptAdmin):
    form = PhotoForm
    list_display = ["thumbnail", "title", "mark", "credit", "created_at"]
    list_display_links = ["thumbnail", "title"]
    list_filter = ["mark"]
    search_fields = ["title", "credit"]
    ordering = ["-created_at", "-id"]
    texts = PhotoForm.field_names()
    new_fields = ["upload", "title", *texts, "mark", "credit"]
    fields = ["picture", "title", *texts, "mark", "credit", "used_in", "uploaded_by", "created_at"]

    def get_fields(self, request, obj=None):
        return self.fields if obj else self.new_fields

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if obj:
            del form.base_fields["upload"]
        return form

    def get_readonly_fields(self, request, obj=None):
        """The credit is part of every story's signed record: it is fixed once a story shows the photo."""
        if obj is None:
            return []
        fixed = ["picture", "mark", "used_in", "uploaded_by", "created_at"]
        return [*fixed, "credit"] if obj.uses.exists() else fixed

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.uploaded_by = request.user
            add_photo(obj, form.cleaned_data["upload"])

    @admin.display(description=_("picture"))
    def thumbnail(self, photo):
        return format_html('<img class="thumb" src="{}" alt="{}" loading="lazy">', photo.url(320), photo.title)

    @admin.display(description=_("picture"))
    def picture(self, photo):
        return format_html(
            '<img class="picture" src="{}" width="{}" height="{}" alt="{}"> <span class="n">photo:{} · {} × {}</span>',
            photo.url(640),
            photo.width,
            photo.height,
            photo.title,
            photo.pk,
            photo.width,
            photo.height,
        )

    @admin.display(description=_("used in"))
    def used_in(self, photo):
        uses = photo.uses.values_list("article_id", "article__title").order_by("-article_id")[:MOST_USES]
        rows = [(reverse("admin:articles_article_change", args=[pk]), title) for pk, title in uses]
        if not rows:
            return _("No story yet.")
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}">{}</a></li>', rows))

    def get_urls(self):
        view = self.admin_site.admin_view(self.card_view)
        return [path("<int:pk>/card.json", view, name="photos_photo_card"), *super().get_urls()]

    def card_view(self, request, pk):
        """What the story form shows of a photo that was just chosen."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        photo = self.get_object(request, pk)
        if photo is None:
            raise Http404
        texts = photo.texts.get(request.GET.get("language", "")) or {}
        return JsonResponse(
            {
                "title": photo.title,
                "thumbnail": photo.url(320),
                "alt": texts.get("alt", ""),
                "caption": texts.get("caption", ""),
            }
        )
