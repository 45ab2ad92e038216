"""The list of stories: its columns, and pages by position, so that no view of it counts or skips rows."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from newsroom import keyset
from newsroom.backoffice import status_mark

from . import bulk, desk_search, working
from .models import Article
from .story_filters import (
    LANGUAGE_NAMES,
    MissingFilter,
    OrderFilter,
    SectionFilter,
    StatusFilter,
    WhoseFilter,
    section_names,
)
from .story_state import moment, status_of

# Wide columns that neither list nor form reads: the form shows the newest revision.
HEAVY = ("body", "html", "interpreter", "key_points", "sources_json", "tags_json")
NOT_LISTED = ("translations_json", "corrections_json", "history_json")


# Pages


class StoryList(ChangeList):
    """Django's list with pages by position (newsroom/keyset.py): Newer and Older instead of numbers and totals."""

    def get_filters(self, request):
        for name in ("before", "after"):
            # A place in one list is none in another: links to other filters begin anew.
            self.params.pop(name, None)
            self.filter_params.pop(name, None)
        if request.GET.get(OrderFilter.parameter_name) == "public":
            self.date_hierarchy = "public_at"
        return super().get_filters(request)

    def get_results(self, request):
        try:
            page = keyset.page(
                self.queryset, request.GET, self.list_per_page, time=self.date_hierarchy, read=self._with_what_is_shown
            )
        except Http404:
            # Beyond the place that the address names there is nothing any more.
            page = keyset.Page([], None, None, is_first=False)
        self.result_list, self.result_count = page.rows, len(page.rows)
        self.page = page
        self.newer_url = page.newer and self.get_query_string({"after": str(page.newer)})
        self.older_url = page.older and self.get_query_string({"before": str(page.older)})
        self.first_url = self.get_query_string()
        ends = [page.rows[0], page.rows[-1]] if page.rows else []
        self.times = [short_moment(getattr(article, self.date_hierarchy)) for article in ends]
        # What Django's templates ask for.
        self.show_full_result_count, self.full_result_count = False, None
        self.show_admin_actions, self.can_show_all, self.multi_page, self.paginator = True, False, False, None
        self._add_family(page.rows)
        self._add_people(page.rows)
        names, may_add = section_names(request), self.model_admin.has_add_permission(request)
        for article in page.rows:
            article.may_add = may_add
            article.section_name = names.get(article.category.key, article.category.name)

    def _with_what_is_shown(self, rows):
        return list(rows.select_related("category", "author", "reviewer", "desk_row").defer(*HEAVY, *NOT_LISTED))

    def _add_family(self, rows):
        """The other languages of all stories of the page in one query."""
        families = {}
        keys = {article.translation_key for article in rows}
        members = Article.objects.filter(translation_key__in=keys).values_list("translation_key", "language", "pk")
        for key, language, pk in members if keys else ():
            families.setdefault(key, {})[language] = pk
        for article in rows:
            article.family = families.get(article.translation_key, {})

    def _add_people(self, rows):
        people = {}
        for row in working.present().filter(article__in=[article.pk for article in rows]) if rows else ():
            people.setdefault(row.article_id, []).append(row.user)
        for article in rows:
            article.people = people.get(article.pk, [])


# Columns


def editions(article, may_add):
    """EN · HR: the story's own language first; the others lead to their text, or to the form that begins it."""
    own = format_html('<span class="ed">{}</span>', article.language.upper())
    return own + format_html_join("", "{}", ((_edition(article, code, may_add),) for code in _others(article)))


def _others(article):
    return [code for code in LANGUAGE_NAMES if code != article.language]


def _edition(article, code, may_add):
    short, name = code.upper(), gettext(LANGUAGE_NAMES[code])
    if code in article.family:
        url = reverse("admin:articles_article_change", args=[article.family[code]])
        title = gettext("%(code)s: open the text in %(language)s") % {"code": short, "language": name}
        return format_html('<a class="ed" href="{}" aria-label="{}" title="{}">{}</a>', url, title, name, short)
    if not may_add:
        return format_html('<span class="ed ed--no">{}</span>', short)
    url = reverse("admin:articles_article_add", query={"language": code, "translation_of": article.pk})
    title = gettext("%(code)s: no text in %(language)s yet, translate") % {"code": short, "language": name}
    return format_html('<a class="ed ed--no" href="{}" aria-label="{}" title="{}">{}</a>', url, title, title, short)


def when(article):
    """The time that matters now, with a word that says which."""
    if article.update_at:
        return _time(gettext("update"), article.update_at, gettext("update goes out at %(time)s"))
    if article.is_scheduled:
        return _time(gettext("goes out"), article.public_at, gettext("goes out at %(time)s"))
    if article.is_public:
        return _time(gettext("since"), article.public_at, gettext("public since %(time)s"))
    if article.review_asked_at:
        return _time(gettext("asked"), article.review_asked_at, gettext("review asked for at %(time)s"))
    return _time(gettext("edited"), article.edited_at, gettext("last edited %(time)s"))


def _time(word, time, sentence):
    local = timezone.localtime(time)
    title = sentence % {"time": f"{moment(local)} ({local:%Z})"}
    shown = '<span class="age" title="{}"><span class="w">{}</span> <time datetime="{}">{}</time></span>'
    return format_html(shown, title, word, local.isoformat(), short_moment(local))


def short_moment(time):
    """24 Nov, 14:02; with the year where it is another one."""
    local = timezone.localtime(time)
    if local.year != timezone.localdate().year:
        return moment(local)
    return date_format(local, pgettext("date format", "j M, H:i"))


def people(article):
    """Who has the story open now."""
    shown = '<span class="person person--live" role="img" aria-label="{}" title="{}">{}</span>'
    rows = ((gettext("Open by %(who)s") % {"who": user}, user.initials) for user in article.people)
    return format_html_join("", shown, ((title, title, initials) for title, initials in rows))


class StoryColumns:
    """What StoryAdmin shows of each story in the list, and how it finds them."""

    list_display = [
        *("status_shown", "title_shown", "editions_shown", "section_shown", "author_shown", "record_shown"),
        *("when_shown", "open_shown"),
    ]
    list_display_links = ["title_shown"]
    list_filter = [StatusFilter, WhoseFilter, "language", SectionFilter, "author", "origin", MissingFilter, OrderFilter]
    sortable_by = ()
    # Django shows a field to search in when it is told of one; get_search_results() does not read it.
    search_fields = ["title"]
    search_help_text = _("Beginnings of words of the title or the slug, or a record number such as db#3629.")
    date_hierarchy = "edited_at"
    ordering = ["-edited_at", "-id"]
    list_per_page = 50

    def get_changelist(self, request, **kwargs):
        return StoryList

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"unfinished": bulk.unfinished(request), **(extra_context or {})})

    def get_search_results(self, request, queryset, search_term):
        return (desk_search.narrow(queryset, search_term) if search_term.strip() else queryset), False

    @admin.display(description=_("status"))
    def status_shown(self, article):
        row = getattr(article, "desk_row", None)
        return status_mark(*status_of(article, row is not None and row.update_waits))

    @admin.display(description=_("title"))
    def title_shown(self, article):
        return format_html('<span class="title" lang="{}">{}</span>', article.language, article.title)

    @admin.display(description=_("language"))
    def editions_shown(self, article):
        return editions(article, article.may_add)

    @admin.display(description=_("section"))
    def section_shown(self, article):
        return article.section_name

    @admin.display(description=_("author"))
    def author_shown(self, article):
        return article.author.name

    @admin.display(description=_("record"))
    def record_shown(self, article):
        return f"db#{article.record_number}"

    @admin.display(description=_("when"))
    def when_shown(self, article):
        return when(article)

    @admin.display(description=_("open by"), empty_value="")
    def open_shown(self, article):
        return people(article)
