"""What the desk's admin pages of all apps share: nothing is deleted, and no list counts a whole table."""

import functools

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.paginator import Paginator
from django.db import models
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from .text import clean_block, clean_line


class BoundedPaginator(Paginator):
    """Counts no further than MOST rows, so that a list costs the same over a thousand stories and over a million.

    What lies deeper is found by search, filter and date.
    """

    MOST = 2000

    @cached_property
    def count(self):
        return self.object_list.order_by()[: self.MOST].count()


class DateAndTime(forms.SplitDateTimeWidget):
    """The browser's own fields for a date and a time, each with a name for those who do not see them side by side."""

    def __init__(self, attrs=None):
        super().__init__(
            attrs,
            date_format="%Y-%m-%d",
            time_format="%H:%M",
            date_attrs={"class": "day", "aria-label": _("Date")},
            time_attrs={"class": "hour", "aria-label": _("Time")},
        )
        for widget, kind in zip(self.widgets, ("date", "time"), strict=True):
            widget.input_type = kind


class TidyTexts:
    """For forms: their texts lose control characters, a pasted one included, before anything is checked of them.

    Feeds and sitemaps are XML, where a control character is an error. Passwords are taken as they are.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.strip:
                tidy = clean_block if isinstance(field.widget, forms.Textarea) else clean_line
                field.to_python = functools.partial(_tidy, field.to_python, tidy, field.max_length)


def _tidy(to_python, tidy, most, value):
    """What is far too long is refused as it came: to compose it takes quadratic time."""
    value = to_python(value)
    is_short = isinstance(value, str) and not (most and len(value) > 4 * most)
    return tidy(value) if is_short else value


class DeskAdmin(admin.ModelAdmin):
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    formfield_overrides = {models.DateTimeField: {"form_class": forms.SplitDateTimeField, "widget": DateAndTime}}
    list_per_page = 50
    list_max_show_all = 200

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def get_changelist_instance(self, request):
        """A date in the address that no calendar has fails in several places of Django's list: the list is shown."""
        try:
            return super().get_changelist_instance(request)
        except ValueError as error:
            raise IncorrectLookupParameters(error) from error


class KeptAdmin(DeskAdmin):
    """For what history refers to: it can be switched off, taken from the public or replaced, but not deleted."""

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyAdmin(KeptAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


def status_mark(kind, word):
    """A status as the desk shows it: a word with a mark (static/css/desk/parts.css), never colour alone."""
    return format_html('<span class="status status--{}">{}</span>', kind, word)
