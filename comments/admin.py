from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.backoffice import KeptAdmin, status_mark
from newsroom.errors import NotAllowed

from .models import Comment
from .moderation import decide

MARKS = {"pending": "review", "approved": "public", "rejected": "out", "removed": "out"}
STATUS = Comment.Status
DECISIONS = {"approve": STATUS.APPROVED, "reject": STATUS.REJECTED, "remove": STATUS.REMOVED}
# What readers have seen is removed, which leaves a note where it was answered; only what they never saw is rejected.
OFFERED = {
    STATUS.PENDING: ["approve", "reject"],
    STATUS.APPROVED: ["remove"],
    STATUS.REJECTED: ["approve"],
    STATUS.REMOVED: ["approve"],
}


def listed_status(chosen):
    return chosen if chosen in STATUS.values else STATUS.PENDING.value


class StatusFilter(admin.SimpleListFilter):
    """Always one status, what waits by default: each is one range of the index `comment_queue`."""

    title, parameter_name = gettext_lazy("status"), "is"

    def lookups(self, request, model_admin):
        return STATUS.choices

    def value(self):
        return listed_status(super().value())

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
        waits = listed_status(request.GET.get("is")) == STATUS.PENDING
        return ["created_at", "id"] if waits else ["-created_at", "-id"]

    def has_add_permission(self, request):
        return False

    def has_moderate_permission(self, request, obj=None):
        return request.user.has_perm("comments.moderate_comment")

    def get_actions(self, request):
        """The list shows one status, so it offers what makes sense for that."""
        actions, offered = super().get_actions(request), OFFERED[listed_status(request.GET.get("is"))]
        return {name: action for name, action in actions.items() if name not in DECISIONS or name in offered}

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
        self._decide(request, queryset, STATUS.APPROVED)

    @admin.action(description=gettext_lazy("Reject: they were never shown"), permissions=["moderate"])
    def reject(self, request, queryset):
        self._decide(request, queryset, STATUS.REJECTED)

    @admin.action(description=gettext_lazy("Remove: answered ones leave a note"), permissions=["moderate"])
    def remove(self, request, queryset):
        self._decide(request, queryset, STATUS.REMOVED)

    def save_model(self, request, obj, form, change):
        """The page has nothing to change but the decision."""
        decision = next((name for name in DECISIONS if f"_{name}" in request.POST), None)
        if decision is None or not self.has_moderate_permission(request):
            raise PermissionDenied
        if decision not in OFFERED[obj.status]:
            raise NotAllowed(_("Somebody decided on this comment meanwhile. Open it again to see how it stands."))
        decide(obj, DECISIONS[decision], request.user)

    def response_change(self, request, obj):
        obj.refresh_from_db()
        self.message_user(request, f"{obj.name}: {obj.get_status_display()}", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:comments_comment_changelist"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_moderate"] = self.has_moderate_permission(request)
        context["decisions"] = OFFERED[obj.status]
        return super().render_change_form(request, context, add, change, form_url, obj)
