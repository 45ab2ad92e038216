"""Where a story stands, in words: for the list of stories and for the line above its form."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.backoffice import status_mark

from .models import Article


def status_of(article, update_waits):
    """(kind, word): the kind is the end of a CSS class, `status--<kind>`."""
    if article.status == Article.Status.RETRACTED:
        return "out", _("Retracted")
    if article.status == Article.Status.ARCHIVED:
        return "out", _("Archived")
    if article.is_scheduled:
        return "set", _("Scheduled")
    if article.is_public:
        return ("update", _("Update waits")) if update_waits else ("public", _("Public"))
    if article.status == Article.Status.IN_REVIEW:
        return "review", _("In review")
    return "draft", _("Draft")


def moment(time):
    """24 Nov 2026, 14:02, in the desk's time zone and as the language writes it."""
    return date_format(timezone.localtime(time), pgettext("date format", "j M Y, H:i"))


def story_state(request, article, form, may_publish):
    """What the story's page shows beside the form: status, sentences, the buttons that make sense now."""
    newest = getattr(form, "newest", None)
    languages = [(code, name) for code, name in settings.LANGUAGES if code != form.story_language]
    state = {
        "story_language": dict(settings.LANGUAGES)[form.story_language],
        "story_form": form,
        "may_publish": may_publish,
        "preview_url": reverse("admin:articles_article_preview", query={"story": article.pk} if article else None),
        "newest": newest,
    }
    if article is None:
        return state | {"other_languages": languages, "publish_word": _("Save and publish")}
    waits = newest is not None and newest.pk != article.revision_id
    members = Article.objects.filter(translation_key=article.translation_key).exclude(pk=article.pk)
    siblings = {member.language: member for member in members.only("language", "title", "translation_key")}
    return state | {
        "status": status_mark(*status_of(article, article.public_at is not None and waits)),
        "sentences": list(_sentences(article, newest, waits)),
        "siblings": [(name, siblings.get(code), code) for code, name in languages],
        "is_public": article.is_public,
        "can_leave_public": may_publish and article.status == Article.Status.PUBLISHED,
        "can_retract": may_publish and article.is_public,
        "publish_word": _("Save and publish the change") if article.is_public else _("Save and publish"),
        "is_reviewed": newest is not None and article.reviewed_revision_id == newest.pk,
    }


def _sentences(article, newest, waits):
    if article.is_public:
        yield _("Public since %(time)s.") % {"time": moment(article.public_at)}
        if waits:
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
    if article.reviewed_revision_id:
        is_newest = newest and article.reviewed_revision_id == newest.pk
        sentence = _("%(who)s has read this version.") if is_newest else _("%(who)s has read an earlier version.")
        yield sentence % {"who": article.reviewer}
    if article.is_demo:
        yield _("A demonstration text.")
