from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.backoffice import KeptAdmin, status_mark

from .models import Comment
from .threads import decide

MARKS = {"pending": "review", "approved": "public", "rejected": "out", "removed": "out"}
BUTTONS = {
    "_approve": Comment.Status.APPROVED,
    "_reject": Comment.Status.REJECTED,
    "_remove": Comment.Status.REMOVED,
}


class StatusFilter(admin.SimpleListFilter):
    """Always one status, what waits by default: each is one range of the index `comment_queue`."""

    title, parameter_name = gettext_lazy("status"), "is"

    def lookups(self, request, model_admin):
        return Comment.Status.choices

    def value(self):
        chosen = super().value()
        return chosen if chosen in Comment.Status.values else Comment.Status.PENDING.value

    def choices(self, changelist):
        return list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value())


@admin.register(Comment)
class CommentAdmin(KeptAdmin):
    """The queue, first cut: what waits, the oldest on top. Nobody writes or deletes comments here."""

    list_display = ["status_shown", "text_shown", "name", "article", "created_at"]
    list_display_links = ["text_shown"]
    list_filter = [StatusFilter, "is_demo"]
    list_select_related = ["article"]
    search_fields = ["name", "body"]
    actions = ["approve", "reject", "remove"]
    fields = ["status_shown", "article", "name", "answers", "body", "created_at", "decided_at", "decided_by"]
    readonly_fields = fields
    change_form_template = "admin/comments/comment/change_form.html"

    def get_ordering(self, request):
        waiting = request.GET.get("is", Comment.Status.PENDING) == Comment.Status.PENDING
        return ["created_at", "id"] if waiting else ["-created_at", "-id"]

    def has_add_permission(self, request):
        return False

    def has_moderate_permission(self, request, obj=None):
        return request.user.has_perm("comments.moderate_comment")

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_shown(self, comment):
        return status_mark(MARKS[comment.status], comment.get_status_display())

    @admin.display(description=gettext_lazy("text"))
    def text_shown(self, comment):
        return comment.body if len(comment.body) <= 160 else f"{comment.body[:159]}…"

    @admin.display(description=gettext_lazy("answers"))
    def answers(self, comment):
        if comment.parent is None:
            return _("Nobody: it begins a thread.")
        return format_html("<q>{}</q> – {}", comment.parent.body[:300], comment.parent.name)

    def _decide(self, request, rows, status):
        count = sum(decide(comment, status, request.user) for comment in rows)
        sentence = ngettext("%(count)d comment: %(status)s.", "%(count)d comments: %(status)s.", count)
        self.message_user(request, sentence % {"count": count, "status": status.label}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Approve: readers see them"), permissions=["moderate"])
    def approve(self, request, queryset):
        self._decide(request, queryset, Comment.Status.APPROVED)

    @admin.action(description=gettext_lazy("Reject: they were never shown"), permissions=["moderate"])
    def reject(self, request, queryset):
        self._decide(request, queryset, Comment.Status.REJECTED)

    @admin.action(description=gettext_lazy("Remove: answered ones leave a note"), permissions=["moderate"])
    def remove(self, request, queryset):
        self._decide(request, queryset, Comment.Status.REMOVED)

    def save_model(self, request, obj, form, change):
        """The page has nothing to change but the decision."""
        status = next((status for name, status in BUTTONS.items() if name in request.POST), None)
        if status is None or not self.has_moderate_permission(request):
            raise PermissionDenied
        decide(obj, status, request.user)

    def response_change(self, request, obj):
        obj.refresh_from_db()
        self.message_user(request, f"{obj.name}: {obj.get_status_display()}", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:comments_comment_changelist"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_moderate"] = self.has_moderate_permission(request)
        context["decisions"] = [(name, status.value) for name, status in BUTTONS.items() if obj.status != status]
        return super().render_change_form(request, context, add, change, form_url, obj)
