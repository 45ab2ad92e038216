from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Media, Script
from django.http import Http404, JsonResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import KeptAdmin

from . import library
from .forms import PhotoForm
from .models import Photo
from .pictures import store


@admin.register(Photo)
class PhotoAdmin(KeptAdmin):
    form = PhotoForm
    texts = PhotoForm.field_names()
    new_fields = ["upload", "again", "title", *texts, "mark", "credit"]
    # In this order templates/admin/photos/photo/change_form.html takes them.
    fieldsets = [
        (_("Focal point"), {"fields": [("focal_x", "focal_y")]}),
        (None, {"fields": ["title", *texts, "mark", "credit", "uploaded_by", "created_at"]}),
    ]

    @property
    def media(self):
        return super().media + Media(js=[Script("js/desk/photos.js", defer=True)])

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else [(None, {"fields": self.new_fields})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        for name in ("upload", "again") if obj else ("focal_x", "focal_y"):
            del form.base_fields[name]
        return form

    def get_readonly_fields(self, request, obj=None):
        """The credit is part of every story's signed record: it is fixed once a story shows the photo."""
        if obj is None:
            return []
        fixed = ["mark", "uploaded_by", "created_at"]
        return [*fixed, "credit"] if obj.uses.exists() else fixed

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.uploaded_by = request.user
            store(obj, form.picture)

    def get_urls(self):
        view = self.admin_site.admin_view(self.card_view)
        return [
            path("<int:pk>/card.json", view, name="photos_photo_card"),
            *library.urls(self),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {"show_save_and_add_another": False, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def changelist_view(self, request, extra_context=None):
        return library.wall(request, self)

    def card_view(self, request, pk):
        """What the story form shows of a photo that was just chosen."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        photo = self.get_object(request, pk)
        if photo is None:
            raise Http404
        card = library.as_json(photo, request.GET.get("language", ""))
        return JsonResponse({name: card[name] for name in ("title", "thumbnail", "alt", "caption")})
