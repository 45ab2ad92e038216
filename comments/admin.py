"""The moderators' queue, first cut: what waits and what was reported, each decision by a button."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from newsroom.backoffice import KeptAdmin, status_mark
from newsroom.errors import NotAllowed

from .models import Comment
from .moderation import decide, pick, seal

MARKS = {"pending": "review", "approved": "public", "rejected": "out", "removed": "out", "withdrawn": "draft"}
STATUS = Comment.Status
DECISIONS = {"approve": STATUS.APPROVED, "reject": STATUS.REJECTED, "remove": STATUS.REMOVED}
STEPS = {
    "approve": gettext_lazy("Approve"),
    "reject": gettext_lazy("Reject"),
    "remove": gettext_lazy("Remove"),
    "keep": gettext_lazy("Keep: the reports are done"),
    "pick": gettext_lazy("Pick: pin it on top"),
    "unpick": gettext_lazy("Take the pick back"),
}
# What the list says afterwards.
DONE = {
    **{name: status.label for name, status in DECISIONS.items()},
    "keep": gettext_lazy("kept"),
    "pick": gettext_lazy("picked"),
    "unpick": gettext_lazy("no longer picked"),
}
# Beside the statuses, the list of what readers reported.
REPORTED = "reported"
# What readers have seen is removed, which leaves a note where it was answered; only what they never saw is rejected.
OFFERED = {
    STATUS.PENDING: ["approve", "reject"],
    STATUS.APPROVED: ["remove", "pick", "unpick"],
    STATUS.REJECTED: ["approve"],
    STATUS.REMOVED: ["approve"],
    STATUS.WITHDRAWN: [],
    REPORTED: ["keep", "remove"],
}
MOST_REPORTS = 50


def listed_status(chosen):
    return chosen if chosen in (*STATUS.values, REPORTED) else STATUS.PENDING.value


def offered(comment):
    """The steps that make sense for one comment."""
    fit = {"pick": comment.parent_id is None and not comment.is_pick, "unpick": comment.is_pick}
    steps = [name for name in OFFERED[comment.status] if fit.get(name, True)]
    return [*(["keep"] if comment.report_count else []), *steps]


def take_step(name, comment, request):
    """Returns whether anything changed. Raises ValidationError with a sentence for the moderator."""
    if name in ("pick", "unpick"):
        pick(comment, name == "pick", request.user)
        return True
    # Of a whole list over several pages most texts were not on the page, and carry no seal.
    seen = request.POST.get(f"seen-{comment.pk}", "")
    return decide(comment, DECISIONS.get(name), request.user, seen) is not None


class StatusFilter(admin.SimpleListFilter):
    """Always one status, what waits by default, or what was reported: each is one range of an index of its own."""

    title, parameter_name = gettext_lazy("status"), "is"

    def lookups(self, request, model_admin):
        return [*STATUS.choices, (REPORTED, _("Reported"))]

    def value(self):
        return listed_status(super().value())

    def choices(self, changelist):
        return list(super().choices(changelist))[1:]

    def queryset(self, request, queryset):
        if self.value() == REPORTED:
            return queryset.filter(report_count__gt=0)
        return queryset.filter(status=self.value())


@admin.register(Comment)
class CommentAdmin(KeptAdmin):
    """What waits, the oldest on top; what was reported, the most reported on top. Nobody writes or deletes here."""

    list_display = ["status_shown", "text_shown", "name_shown", "article", "report_count", "created_at"]
    list_display_links = ["text_shown"]
    list_filter = [StatusFilter, "is_demo"]
    list_select_related = ["article", "user", "author"]
    search_fields = ["name", "body"]
    actions = list(STEPS)
    change_form_template = "admin/comments/comment/change_form.html"

    def get_fields(self, request, obj=None):
        shown = ["status_shown", "article", "name_shown", "answers", "body", "created_at", "edited_at"]
        # What readers report is for those alone who decide.
        reports = ["reports_shown"] if self.has_moderate_permission(request) else []
        return [*shown, *reports, "decided_at", "decided_by"]

    get_readonly_fields = get_fields

    def get_ordering(self, request):
        listed = listed_status(request.GET.get("is"))
        if listed == REPORTED:
            return ["-report_count", "-id"]
        return ["created_at", "id"] if listed == STATUS.PENDING else ["-created_at", "-id"]

    def has_add_permission(self, request):
        return False

    def has_moderate_permission(self, request, obj=None):
        return request.user.has_perm("comments.moderate_comment")

    def get_actions(self, request):
        """The list shows one status, so it offers what makes sense for that."""
        actions, fit = super().get_actions(request), OFFERED[listed_status(request.GET.get("is"))]
        return {name: action for name, action in actions.items() if name not in STEPS or name in fit}

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_shown(self, comment):
        """Carries along which text the page shows: nobody decides on one that its writer changed since."""
        mark = status_mark(MARKS[comment.status], comment.get_status_display())
        if comment.is_pick:
            mark = format_html("{} · {}", mark, _("Editors' pick"))
        return format_html('{}<input type="hidden" name="seen-{}" value="{}">', mark, comment.pk, seal(comment))

    @admin.display(description=gettext_lazy("text"))
    def text_shown(self, comment):
        if comment.status == STATUS.WITHDRAWN:
            return _("Deleted by its author")
        return comment.body if len(comment.body) <= 160 else f"{comment.body[:159]}…"

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def name_shown(self, comment):
        """With the badge that readers see beside it; no e-mail address."""
        if comment.author:
            return f"{comment.author.name} ({pgettext('badge beside a name', 'AI editor')})"
        return f"{comment.name} ({_('Staff')})" if comment.user and comment.user.is_staff else comment.name

    @admin.display(description=gettext_lazy("answers"))
    def answers(self, comment):
        if comment.parent is None:
            return _("Nobody: it begins a thread.")
        return format_html("<q>{}</q> – {}", self.text_shown(comment.parent)[:300], comment.parent.name)

    @admin.display(description=gettext_lazy("reports"))
    def reports_shown(self, comment):
        rows = comment.reports.order_by("-created_at")[:MOST_REPORTS]
        lines = [
            (
                date_format(timezone.localtime(report.created_at), "DATETIME_FORMAT"),
                report.get_reason_display(),
                _("handled") if report.handled_at else _("not handled yet"),
                report.note,
            )
            for report in rows
        ]
        if not lines:
            return _("None.")
        return format_html('<ul class="reports">{}</ul>', format_html_join("", "<li>{} · {} · {}<br>{}</li>", lines))

    def _take(self, request, rows, name):
        """The step for each, every one a transaction of its own: what is refused is told, the others go through."""
        rows, done, refused = list(rows), 0, {}
        for comment in rows:
            try:
                done += take_step(name, comment, request)
            except ValidationError as refusal:
                refused.setdefault(refusal.messages[0], []).append(comment.name)
        # What is in the list no more, by the time that the button was pushed.
        left = len(request.POST.getlist("_selected_action")) - len(rows)
        if done or not (refused or left > 0):
            sentence = ngettext("%(count)d comment: %(step)s.", "%(count)d comments: %(step)s.", done)
            self.message_user(request, sentence % {"count": done, "step": DONE[name]}, messages.SUCCESS)
        for sentence, names in refused.items():
            self.message_user(request, f"{', '.join(names)}: {sentence}", messages.ERROR)
        if left > 0:
            sentence = ngettext(
                "%(count)d comment was left as it is: it was decided on, changed or deleted meanwhile.",
                "%(count)d comments were left as they are: they were decided on, changed or deleted meanwhile.",
                left,
            )
            self.message_user(request, sentence % {"count": left}, messages.WARNING)

    @admin.action(description=gettext_lazy("Approve: readers see them"), permissions=["moderate"])
    def approve(self, request, queryset):
        self._take(request, queryset, "approve")

    @admin.action(description=gettext_lazy("Reject: they were never shown"), permissions=["moderate"])
    def reject(self, request, queryset):
        self._take(request, queryset, "reject")

    @admin.action(description=gettext_lazy("Remove: answered ones leave a note"), permissions=["moderate"])
    def remove(self, request, queryset):
        self._take(request, queryset, "remove")

    @admin.action(description=gettext_lazy("Keep: the reports are done"), permissions=["moderate"])
    def keep(self, request, queryset):
        self._take(request, queryset, "keep")

    @admin.action(description=gettext_lazy("Pick: pin them on top"), permissions=["moderate"])
    def pick(self, request, queryset):
        self._take(request, queryset, "pick")

    @admin.action(description=gettext_lazy("Take the pick back"), permissions=["moderate"])
    def unpick(self, request, queryset):
        self._take(request, queryset, "unpick")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        try:
            return super().change_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            self.message_user(request, refusal.messages[0], messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request, obj, form, change):
        """The page has nothing to change but the decision."""
        name = next((name for name in STEPS if f"_{name}" in request.POST), None)
        if name is None or not self.has_moderate_permission(request):
            raise PermissionDenied
        if obj.status == STATUS.WITHDRAWN:
            raise ValidationError(_("Its writer has deleted this comment meanwhile."))
        if name not in offered(obj):
            raise NotAllowed(_("Somebody decided on this comment meanwhile. Open it again to see how it stands."))
        take_step(name, obj, request)

    def response_change(self, request, obj):
        obj.refresh_from_db()
        self.message_user(request, f"{obj.name}: {obj.get_status_display()}", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:comments_comment_changelist"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_moderate"] = self.has_moderate_permission(request)
        context["steps"] = [(name, STEPS[name]) for name in offered(obj)]
        return super().render_change_form(request, context, add, change, form_url, obj)
