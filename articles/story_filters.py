"""The filters above the list of stories. What only few stories are is found by its own index."""

from django.conf import settings
from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .models import Article, Category, DeskSearch

STATUS = Article.Status
LANGUAGE_NAMES = dict(settings.LANGUAGES)


class StatusFilter(admin.SimpleListFilter):
    title, parameter_name = _("status"), "is"

    def lookups(self, request, model_admin):
        return [
            ("draft", _("Draft")),
            ("review", _("In review")),
            ("scheduled", _("Scheduled")),
            ("public", _("Public")),
            ("update", _("Update waits")),
            ("planned", _("Update planned")),
            ("retracted", _("Retracted")),
            ("archived", _("Archived")),
        ]

    def queryset(self, request, queryset):
        now = timezone.now()
        stories = Article.objects.order_by()
        # As sets of ids: SQLite would else walk the order of the list and look into each story.
        conditions = {
            "draft": Q(status=STATUS.DRAFT),
            "review": Q(status=STATUS.IN_REVIEW),
            "scheduled": Q(pk__in=stories.filter(public_at__gt=now).values("pk")),
            "public": Q(public_at__lte=now),
            "update": Q(pk__in=DeskSearch.objects.filter(update_waits=True).values("pk")),
            "planned": Q(pk__in=stories.filter(update_at__isnull=False).values("pk")),
            "retracted": Q(status=STATUS.RETRACTED),
            "archived": Q(status=STATUS.ARCHIVED),
        }
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


class WhoseFilter(admin.SimpleListFilter):
    title, parameter_name = _("whose"), "whose"

    def lookups(self, request, model_admin):
        return [("mine", _("Begun by me")), ("asked", _("I am asked to read"))]

    def queryset(self, request, queryset):
        if self.value() == "mine":
            return queryset.filter(created_by=request.user)
        if self.value() == "asked":
            return queryset.filter(reviewer=request.user, review_asked_at__isnull=False)
        return queryset


class SectionFilter(admin.SimpleListFilter):
    """A section in all its languages."""

    title, parameter_name = _("section"), "section"

    def lookups(self, request, model_admin):
        return section_names(request).items()

    def queryset(self, request, queryset):
        if self.value() not in section_names(request):
            return queryset
        sections = Category.objects.filter(key=self.value())
        if language := request.GET.get("language__exact"):
            sections = sections.filter(language=language)
        return queryset.filter(category__in=list(sections.values_list("pk", flat=True)))


class MissingFilter(admin.SimpleListFilter):
    title, parameter_name = _("missing translation"), "missing"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        if self.value() not in LANGUAGE_NAMES:
            return queryset
        members = Article.objects.filter(translation_key=OuterRef("translation_key"), language=self.value())
        return queryset.filter(~Exists(members))


class OrderFilter(admin.SimpleListFilter):
    """By last edit; or by publication, which leaves out what neither is nor will be public."""

    title, parameter_name = _("order"), "by"

    def lookups(self, request, model_admin):
        return [("public", _("Time of publication"))]

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": _("Last edited")}, *others]

    def queryset(self, request, queryset):
        return queryset.filter(public_at__isnull=False) if self.value() == "public" else queryset


def section_names(request):
    """{key: name in the desk's language}, asked once in a request."""
    if not hasattr(request, "section_names"):
        rows = Category.objects.filter(language=get_language()).order_by("position", "id")
        request.section_names = dict(rows.values_list("key", "name"))
    return request.section_names
