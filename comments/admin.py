"""Comments have their own pages, the moderators' queue: the admin's lead there."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse

from newsroom.backoffice import KeptAdmin

from . import word_admin  # noqa: F401 - registers the word lists
from .models import Comment


@admin.register(Comment)
class CommentAdmin(KeptAdmin):
    """Nobody writes, changes or deletes a comment here."""

    def has_add_permission(self, request):
        return False

    def changelist_view(self, request, extra_context=None):
        return self._to_queue(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return self._to_queue(request, object_id)

    def _to_queue(self, request, pk=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        # Of any status: the card shows it, whatever list is beside it.
        query = {"tab": "all", "c": pk} if pk else {}
        return HttpResponseRedirect(reverse("admin:queue", query=query))
