"""The desk's pages of the word lists. An entry does nothing before somebody saw what it would have caught."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models.functions import Lower
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.backoffice import DeskAdmin, status_mark

from . import word_lists, word_views
from .models import ListedWord
from .word_forms import WordForm, languages

# What of a live entry may change without a new preview.
HARMLESS = {"note"}


class LanguageFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("language"), "in"

    def lookups(self, request, model_admin):
        return [(code or "every", name) for code, name in languages()]

    def queryset(self, request, queryset):
        known = [code or "every" for code, _name in languages()]
        if self.value() not in known:
            return queryset
        return queryset.filter(language="" if self.value() == "every" else self.value())


@admin.register(ListedWord)
class WordAdmin(DeskAdmin):
    form = WordForm
    list_display = ["text", "state", "list", "language_shown", "how", "note", "added_by"]
    list_filter = ["list", LanguageFilter, "is_live"]
    list_select_related = ["created_by"]
    search_fields = ["text", "folded", "note"]
    ordering = [Lower("text"), "pk"]
    actions = ["take_off"]
    change_list_template = "admin/comments/words/list.html"
    change_form_template = "admin/comments/words/form.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("many/", view(word_views.many), name="comments_listedword_many"),
            path("try/", view(word_views.try_all), name="comments_listedword_try"),
            path("<int:pk>/preview/", view(word_views.preview_one), name="comments_listedword_preview"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("now"), ordering="is_live")
    def state(self, word):
        return status_mark("public", _("Live")) if word.is_live else status_mark("draft", _("Not live yet"))

    @admin.display(description=gettext_lazy("added by"), ordering="created_by")
    def added_by(self, word):
        return word.created_by or "–"

    @admin.display(description=gettext_lazy("language"), ordering="language")
    def language_shown(self, word):
        return dict(languages()).get(word.language, word.language)

    def changelist_view(self, request, extra_context=None):
        waiting = ListedWord.objects.filter(is_live=False)[: word_views.MOST_TRIED].count()
        return super().changelist_view(request, {"waiting": waiting, **(extra_context or {})})

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, {"title": _("New entry"), **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(request, object_id, form_url, {"title": _("Entry"), **(extra_context or {})})

    def save_model(self, request, obj, form, change):
        """A live entry that would match otherwise than before is off until it was previewed anew."""
        if change:
            # A colleague may have put it live, or taken it off, since this request began.
            now = ListedWord.objects.select_for_update().get(pk=obj.pk)
            obj.is_live, obj.live_since = now.is_live, now.live_since
        else:
            obj.created_by = request.user
        matches_anew = bool(set(form.changed_data) - HARMLESS)
        sign = "−" if matches_anew else "="
        was_live, obj.is_live = obj.is_live, obj.is_live and not matches_anew
        super().save_model(request, obj, form, change)
        if was_live and form.changed_data:
            word_lists.log_change(request.user, sign, [obj])

    def delete_model(self, request, obj):
        self.delete_queryset(request, ListedWord.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            word_lists.take_off(list(queryset), request.user)
            super().delete_queryset(request, queryset)

    @admin.action(description=gettext_lazy("Take off: nothing happens by them"), permissions=["change"])
    def take_off(self, request, queryset):
        done = word_lists.take_off(list(queryset), request.user)
        sentence = ngettext("%(number)d entry is off now.", "%(number)d entries are off now.", len(done))
        self.message_user(request, sentence % {"number": len(done)}, messages.SUCCESS)

    def response_add(self, request, obj, post_url_continue=None):
        return self._to_preview(obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._to_preview(obj) or super().response_change(request, obj)

    def _to_preview(self, word):
        """Saved is half of it: the next page says what it would have caught, and has the button."""
        return None if word.is_live else redirect(reverse("admin:comments_listedword_preview", args=[word.pk]))
