"""What the desk's admin pages of all apps share: nothing is deleted, and no list counts a whole table."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.html import format_html


class BoundedPaginator(Paginator):
    """Counts no further than MOST rows, so that a list costs the same over a thousand stories and over a million.

    What lies deeper is found by search, filter and date.
    """

    MOST = 2000

    @cached_property
    def count(self):
        return self.object_list.order_by()[: self.MOST].count()


class DeskAdmin(admin.ModelAdmin):
    paginator = BoundedPaginator
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 200


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
