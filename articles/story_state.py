"""Where a story stands, in words: for the list of stories and for the line above its form."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.backoffice import status_mark

from .models import Article

STATUS = Article.Status


def status_of(article, update_waits):
    """(kind, word): the kind is the end of a CSS class, `status--<kind>`."""
    if article.status == STATUS.RETRACTED:
        return "out", _("Retracted")
    if article.status == STATUS.ARCHIVED:
        return "out", _("Archived")
    if article.is_scheduled:
        return "set", _("Scheduled")
    if article.is_public:
        if article.update_at:
            return "update", _("Update planned")
        return ("update", _("Update waits")) if update_waits else ("public", _("Public"))
    if article.status == STATUS.IN_REVIEW:
        return "review", _("In review")
    return "draft", _("Draft")


def moment(time):
    """24 Nov 2026, 14:02, in the desk's time zone and as the language writes it."""
    return date_format(timezone.localtime(time), pgettext("date format", "j M Y, H:i"))


def span(length):
    """How long: `12 min`, `6 h`, `1 d 4 h`, `12 d`."""
    minutes = max(0, int(length.total_seconds())) // 60
    days, hours = minutes // 1440, minutes % 1440 // 60
    if minutes < 60:
        return _("%(minutes)d min") % {"minutes": minutes}
    if not days:
        return _("%(hours)d h") % {"hours": hours}
    if days < 7 and hours:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    return _("%(days)d d") % {"days": days}


def story_state(request, article, form, may_publish):
    """What the story's page shows beside the form: status, sentences, and the steps that make sense now."""
    newest = getattr(form, "newest", None)
    languages = [(code, name) for code, name in settings.LANGUAGES if code != form.story_language]
    state = {
        "story_language": dict(settings.LANGUAGES)[form.story_language],
        "story_form": form,
        "next_fields": [form[name] for name in ("publish_at", "reviewer", "reason") if name in form.fields],
        "may_publish": may_publish,
        "preview_url": reverse("admin:articles_article_preview", query={"story": article.pk} if article else None),
        "newest": newest,
        "track": _track(article),
        "steps": list(_steps(article, newest, request.user, may_publish)),
    }
    if article is None:
        return state | {"other_languages": languages}
    waits = article.update_waits(newest)
    members = Article.objects.filter(translation_key=article.translation_key).exclude(pk=article.pk)
    siblings = {member.language: member for member in members.only("language", "title", "translation_key")}
    return state | {
        "status": status_mark(*status_of(article, waits)),
        "sentences": list(_sentences(article, newest, waits)),
        "siblings": [(name, siblings.get(code), code) for code, name in languages],
        "is_public": article.is_public,
        "leave_links": list(_leave_links(article, may_publish)),
    }


def _track(article):
    """[(word, state)]: the stations of a story; state is "done", "now" or ""."""
    words = [_("Draft"), _("In review"), _("Scheduled"), _("Public")]
    if article is None:
        here = 0
    elif article.status in (STATUS.RETRACTED, STATUS.ARCHIVED):
        return [(_("Retracted") if article.status == STATUS.RETRACTED else _("Archived"), "now")]
    elif article.public_at:
        here = 3 if article.is_public else 2
    else:
        here = 1 if article.status == STATUS.IN_REVIEW else 0
    return [(word, "done" if place < here else "now" if place == here else "") for place, word in enumerate(words)]


class Step(NamedTuple):
    """A button of the form: its POST name, its words, its words once a time to come is set. The first is the next."""

    name: str
    word: str
    timed_word: str = ""


def _steps(article, newest, user, may_publish):
    if article and article.status in (STATUS.RETRACTED, STATUS.ARCHIVED):
        return
    is_read = bool(article and newest and article.reviewed_revision_id == newest.pk)
    is_asked = bool(article and article.review_asked_at)
    is_mine = is_asked and not is_read and article.reviewer_id == user.pk
    read = Step("_reviewed", _("I have read this version"))
    if is_mine:
        yield read
    if may_publish:
        yield _publish_step(article)
    yield Step("_back", _("Back to draft")) if is_asked else Step("_ask", _("Ask for a review"))
    if article and not is_read and not is_mine:
        yield read
    if may_publish and article and article.update_at:
        yield Step("_cancel_update", _("Do not send the update"))


def _publish_step(article):
    if article is None or article.public_at is None:
        return Step("_publish", _("Publish now"), _("Publish at {time}"))
    if article.is_public:
        return Step("_publish", _("Publish the change now"), _("Send the change at {time}"))
    return Step("_publish", _("Publish now"), _("Keep for {time}"))


def _leave_links(article, may_publish):
    """(address, words, is it grave): the ways out, each with a page that asks first."""

    def link(step, words, is_grave=False):
        return reverse(f"admin:articles_article_{step}", args=[article.pk]), words, is_grave

    if article.status == STATUS.PUBLISHED and may_publish:
        yield link("unpublish", _("Unpublish") if article.is_public else _("Take off the schedule"))
        if article.is_public:
            yield link("retract", _("Retract"), True)
    if article.status == STATUS.ARCHIVED and may_publish:
        yield link("bring_back", _("Bring back"))
    elif article.status != STATUS.RETRACTED and may_publish:
        yield link("archive", pgettext("verb", "Archive"))


def _sentences(article, newest, waits):
    if article.is_public:
        yield _("Public since %(time)s.") % {"time": moment(article.public_at)}
        if article.update_at:
            yield _("Version %(number)d goes out at %(time)s; until then readers see the earlier one.") % {
                "number": article.update_revision.number,
                "time": moment(article.update_at),
            }
        if waits and article.update_revision_id != newest.pk:
            yield _("Update waits: readers still see the earlier version, until you publish this one.")
    if article.is_scheduled:
        yield _("Goes out at %(time)s.") % {"time": moment(article.public_at)}
    if article.retraction_reason:
        yield _("Retracted. Readers are told: “%(reason)s”") % {"reason": article.retraction_reason}
    if newest:
        yield _("Version %(number)d, saved %(time)s by %(who)s.") % {
            "number": newest.number,
            "time": moment(newest.created_at),
            "who": newest.created_by or _("an import"),
        }
    yield from _review_sentences(article, newest)
    if article.is_demo:
        yield _("A demonstration text.")


def _review_sentences(article, newest):
    if article.review_asked_at:
        yield _("%(who)s was asked to read it at %(time)s.") % {
            "who": article.reviewer,
            "time": moment(article.review_asked_at),
        }
    if article.reviewed_revision_id:
        is_newest = newest and article.reviewed_revision_id == newest.pk
        sentence = _("%(who)s has read this version.") if is_newest else _("%(who)s has read an earlier version.")
        yield sentence % {"who": article.reviewed_by}
