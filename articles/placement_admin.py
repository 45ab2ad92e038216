"""The plain list of placements, the past ones too. Arranging is done at the front page's desk (desk/front_desk.py)."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, DELETION
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import DeskAdmin, status_mark

from . import placing
from .forms import PlacementForm
from .models import Placement


@admin.register(Placement)
class PlacementAdmin(DeskAdmin):
    """What has begun keeps its story, place and beginning; it can end, and what never began can be deleted."""

    form = PlacementForm
    list_display = ["article", "slot", "position", "language", "state", "shown_from", "shown_until"]
    list_filter = ["language", "slot"]
    list_select_related = ["article"]
    autocomplete_fields = ["article"]
    ordering = ["-shown_from", "-id"]
    actions = ["take_away"]

    @admin.display(description=_("now"))
    def state(self, placement):
        now = timezone.now()
        if placement.shown_from > now:
            return status_mark("set", gettext("To come"))
        if placement.shown_until and placement.shown_until <= now:
            return status_mark("draft", gettext("Over"))
        if not placement.article.is_public:
            return status_mark("out", gettext("Passed over: the story is not public"))
        return status_mark("public", gettext("Stands there"))

    def get_readonly_fields(self, request, obj=None):
        if obj is None or obj.shown_from > timezone.now():
            return ()
        return ("slot", "position", "article", "shown_from", *(("shown_until",) if _is_over(obj) else ()))

    def save_model(self, request, obj, form, change):
        placing.lock(obj.article.language)
        super().save_model(request, obj, form, change)
        if "article" in form.cleaned_data:
            placing.end_replaced(obj)

    # Taking away: the past stays

    def get_actions(self, request):
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.action(description=_("Take from the front page"), permissions=["delete"])
    def take_away(self, request, queryset):
        rows = [row for row in queryset.select_related("article") if not _is_over(row)]
        self.log_deletions(request, rows)
        for row in rows:
            placing.end(row)
        sentence = ngettext(
            "%(number)d placement is taken from the front page.",
            "%(number)d placements are taken from the front page.",
            len(rows),
        )
        self.message_user(request, sentence % {"number": len(rows)}, messages.SUCCESS)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and _is_over(obj))

    def delete_model(self, request, obj):
        placing.end(obj)

    def log_deletions(self, request, queryset):
        begun = timezone.now()
        placing.log(request.user, [row for row in queryset if row.shown_from < begun], CHANGE)
        placing.log(request.user, [row for row in queryset if row.shown_from >= begun], DELETION)

    def response_delete(self, request, obj_display, obj_id):
        if not Placement.objects.filter(pk=obj_id).exists():
            return super().response_delete(request, obj_display, obj_id)
        sentence = gettext("“%(placement)s” ended now. It was shown, so it stays in this list.")
        self.message_user(request, sentence % {"placement": obj_display}, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_placement_changelist"))


def _is_over(placement):
    return placement.shown_until is not None and placement.shown_until <= timezone.now()
