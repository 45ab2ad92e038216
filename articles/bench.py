"""The line above a story's form: what is saved, who else is here, and an earlier text that was never saved."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import unsaved
from .models import Article
from .story_state import moment

STATUS = Article.Status


def short_moment(time):
    """14:02 today, 24 Nov 2026, 14:02 on another day; in the desk's time zone."""
    local = timezone.localtime(time)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else moment(time)


def bench(request, article, form, may_change):
    """What templates/admin/articles/article/bench.html shows, and what its scripts need to know."""
    newest = getattr(form, "newest", None)
    context = {
        "saved_line": saved_line(article, newest),
        "time_zone": settings.EDITION_TIME_ZONE,
        "waiting": None,
    }
    if not may_change:
        return {"bench": context}
    taken = getattr(form, "taken", None)
    pk = article.pk if article else None
    context |= {
        "story": pk or f"new-{form.story_language}",
        "working_url": reverse(f"admin:articles_article_working{'' if pk else '_new'}", args=[pk] if pk else []),
        "page_url": reverse(f"admin:articles_article_{'change' if pk else 'add'}", args=[pk] if pk else []),
        "conflict_url": reverse("admin:articles_article_conflict", args=[pk]) if pk else "",
        # What stands in the form is not what is saved: a refused save, or a text taken back.
        "is_unsaved": form.is_bound or taken is not None,
        "taken_at": taken and taken.kept_at,
    }
    if not context["is_unsaved"]:
        waiting = unsaved.newest_of(request.user, article, form.story_language)
        context |= {"waiting": waiting, "waiting_when": waiting and short_moment(waiting.kept_at)}
    return {"bench": context}


def saved_line(article, newest):
    """Always true: what of the story is saved, and where it stands."""
    if article is None or newest is None:
        return _("Not saved yet")
    values = {"number": newest.number, "time": short_moment(newest.created_at)}
    if article.is_public and not article.update_waits(newest):
        # A later version may say the very same, such as the one that put a set-aside text back.
        time = short_moment(article.updated_at or article.public_at)
        return _("Published version %(number)d, %(time)s") % {"number": article.revision.number, "time": time}
    if article.is_public:
        return _("Saved as version %(number)d, %(time)s, not public yet") % values
    if article.is_scheduled:
        return _("Saved %(time)s, goes out as scheduled") % values
    if article.status == STATUS.IN_REVIEW:
        return _("Saved %(time)s, in review") % values
    return (_("Saved as draft %(time)s") if article.status == STATUS.DRAFT else _("Saved %(time)s")) % values
