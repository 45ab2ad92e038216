"""What was fetched, to read: how each feed went, the satellites and the launches. Nobody changes any of it by hand."""

import re

from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import ReadOnlyAdmin, status_mark

from .ages import LAUNCHES_KEY
from .models import Feed, Launch, Satellite


@admin.register(Feed)
class FeedAdmin(ReadOnlyAdmin):
    list_display = ["key", "how", "fetched_at", "records", "skipped", "next_at"]
    fields = [
        *("key", "address", "how", "detail", "failures", "tried_at", "fetched_at", "next_at"),
        *("kept", "skipped", "problems_shown"),
    ]
    ordering = ["key"]

    @admin.display(description=_("last failure"), ordering="error")
    def how(self, feed):
        if feed.error:
            return status_mark("out", feed.get_error_display())
        return (
            status_mark("public", pgettext("last failure", "None"))
            if feed.fetched_at
            else self.get_empty_value_display()
        )

    @admin.display(description=_("records kept"), ordering="kept")
    def records(self, feed):
        """Leads to them."""
        kind, _colon, group = feed.key.partition(":")
        if kind == LAUNCHES_KEY:
            url = reverse("admin:tracker_launch_changelist")
        else:
            url = reverse("admin:tracker_satellite_changelist", query={"group": group})
        return format_html('<a href="{}">{}</a>', url, feed.kept)

    @admin.display(description=_("skipped records"))
    def problems_shown(self, feed):
        """Reasons are kept as English sentences, and said in the language of the desk."""
        rows = [(problem.get("record") or "–", gettext(problem.get("reason") or "–")) for problem in feed.problems]
        if not rows:
            return self.get_empty_value_display()
        return format_html("<ol>{}</ol>", format_html_join("", "<li>{}: {}</li>", rows))


class GroupFilter(admin.SimpleListFilter):
    """The groups that are fetched. Django's own filter would look at every satellite for those that occur."""

    title, parameter_name = _("group"), "group"

    def lookups(self, request, model_admin):
        return [(group, group) for group in settings.SATELLITE_GROUPS]

    def queryset(self, request, queryset):
        return queryset.filter(group=self.value()) if self.value() else queryset


@admin.register(Satellite)
class SatelliteAdmin(ReadOnlyAdmin):
    list_display = ["number", "name", "group", "epoch", "fetched"]
    list_filter = [GroupFilter]
    search_fields = ["name"]
    search_help_text = _("A name, a part of one, or a whole catalogue number.")
    ordering = ["number"]

    @admin.display(description=_("fetched"), ordering="fetched_at")
    def fetched(self, satellite):
        """A set of the demo came with a package: nobody fetched it."""
        return None if satellite.is_demo else satellite.fetched_at

    def get_search_results(self, request, queryset, search_term):
        if re.fullmatch(r"\s*[0-9]{1,9}\s*", search_term):
            return queryset.filter(number=int(search_term)), False
        return super().get_search_results(request, queryset, search_term)


@admin.register(Launch)
class LaunchAdmin(ReadOnlyAdmin):
    list_display = ["name", "net", "precision", "status", "site", "withdrawn_at"]
    list_filter = ["status"]
    search_fields = ["name", "site"]
    ordering = ["-net", "-uuid"]
