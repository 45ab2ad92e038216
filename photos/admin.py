from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.widgets import Media, Script
from django.http import Http404, JsonResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import KeptAdmin

from . import library, progress
from .forms import PhotoForm
from .models import Photo
from .pictures import store


@admin.register(Photo)
class PhotoAdmin(KeptAdmin):
    form = PhotoForm
    texts = PhotoForm.field_names()
    new_fields = ["upload", "again", "title", *texts, "mark", "mark_reason", "credit"]
    # In this order templates/admin/photos/photo/change_form.html takes them.
    fieldsets = [
        (_("Focal point"), {"fields": [("focal_x", "focal_y")]}),
        (None, {"fields": ["title", *texts, "mark", "declared", "mark_reason", "credit", "uploaded_by", "created_at"]}),
    ]

    @property
    def media(self):
        return super().media + Media(js=[Script("js/desk/photos.js", defer=True)])

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": self.new_fields})]
        empty = [name for name in ("declared", "mark_reason") if not getattr(obj, name)]
        return [
            (title, {"fields": [name for name in options["fields"] if name not in empty]})
            for title, options in self.fieldsets
        ]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        for name in ("upload", "again") if obj else ("focal_x", "focal_y"):
            del form.base_fields[name]
        form.refusal = getattr(request, "refusal", None)
        return form

    def get_readonly_fields(self, request, obj=None):
        """The credit is part of every story's signed record: it is fixed once a story shows the photo."""
        if obj is None:
            return []
        fixed = ["mark", "declared", "mark_reason", "uploaded_by", "created_at"]
        return [*fixed, "credit"] if obj.uses.exists() else fixed

    def save_model(self, request, obj, form, change):
        if change:
            # The worker may have put new renditions into the row since it was read.
            obj.save(update_fields=[*PhotoForm.Meta.fields, "texts"])
            obj.refresh_from_db(fields=["renditions"])
            obj.ask_for_renditions()
        else:
            obj.uploaded_by = request.user
            store(obj, form.picture)

    def get_urls(self):
        view = self.admin_site.admin_view(self.card_view)
        return [
            path("<int:pk>/card.json", view, name="photos_photo_card"),
            *library.urls(self),
            *progress.urls(self),
            *super().get_urls(),
        ]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = {"show_save_and_add_another": False, **(extra_context or {})}
        if object_id is None:
            return self._add(request, form_url, context)
        return super().changeform_view(request, object_id, form_url, context)

    def _add(self, request, form_url, context):
        """Not all in one transaction, as Django has it: opening a picture takes long, and SQLite has one writer."""
        try:
            return self._changeform_view(request, None, form_url, context)
        except ValidationError as error:
            # It could not be stored. The form comes back with what was typed, and says so at the file.
            request.refusal = error
            return self._changeform_view(request, None, form_url, context)

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
