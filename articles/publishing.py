"""How a story changes: every save is a Revision, and the public row changes only here.

    save_story()  a new revision; a draft shows it at once, a published story keeps its public revision
    restore()     the same with the content of an earlier revision
    publish()     the newest revision becomes what the public reads, now or at a set time (publish_as_of: in the past);
                  of a public story that is an update, and a planned one goes out by publish_due_updates()
    unpublish(), retract(), archive()   the story leaves the public

What changes nothing for readers (reviews, back from the archive) is in reviewing.py. Each is one transaction.
"""

import logging
import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from authors.models import Author

from . import desk_search
from .applying import apply, link_translations, refresh
from .content import VERSION, clean, digest
from .models import Article, ArticleStats, Category, Note, Publication, RecordCounter, Revision

STATUS = Article.Status
log = logging.getLogger(__name__)


class NewerText(ValidationError):
    """Somebody saved a newer revision (`newest`) than the one that the writer started from."""

    def __init__(self, newest):
        super().__init__(
            _("%(who)s saved version %(number)d while you were writing. Nothing of yours is saved yet.")
            % {"who": newest.created_by or _("Somebody"), "number": newest.number}
        )
        self.newest = newest


@transaction.atomic
def save_story(
    raw,
    *,
    language,
    article=None,
    user=None,
    reason="",
    skip_unchanged=False,
    translated_from=None,
    based_on=None,
    **fields,
):
    """Saves raw content (content.clean) as a new revision, of a new story when `article` is None.

    `fields` go to the row as they are: translation_key, is_demo, reviewer, publish_at; for a new story also
    record_number. `translated_from` is the revision of the other language that this text follows; it is kept until
    another is named. `based_on` is the number of the revision that the writer started from (0: there was none); None
    where the content was read and changed under the story's lock. Returns the story. Raises ValidationError with a
    sentence per field, NewerText when somebody was faster; nothing is saved then.
    """
    if article is None:
        article = _new_story(clean(raw, language), language, {"created_by": user, **fields})
        left_family = None
    else:
        article = locked(article, fields.get("translation_key"))
        _check_based_on(article, based_on)
        left_family = article.translation_key
        _set_fields(article, fields)
    content = clean(raw, language, article)
    newest = article.newest_revision()
    if skip_unchanged and newest and newest.sha256 == digest(content):
        return article
    revision = _record(article, content, newest, created_by=user, reason=reason, translated_from=translated_from)
    article.edited_at = revision.created_at
    article.save(update_fields=["edited_at"])
    if left_family and left_family != article.translation_key:
        link_translations(left_family)
        link_translations(article.translation_key)
    _show_to_the_desk(article, revision)
    return article


def _show_to_the_desk(article, revision):
    """A draft's row shows each save at once. What is public keeps its revision, and only the desk's search knows more.

    One moment decides: a scheduled story whose time comes meanwhile keeps what it was scheduled with.
    """
    if article.public_at is None or article.public_at > revision.created_at:
        if article.public_at:
            _check_publishable(article, revision)  # it goes out by itself, and nobody looks again
        apply(article, revision)
        if article.public_at:
            _show(article, revision, article.public_at)
    else:
        desk_search.index(article.pk)


def _set_fields(article, fields):
    """A review that nobody is asked for any more waits for nobody."""
    for name, value in fields.items():
        setattr(article, name, value)
    if article.reviewer_id is None:
        article.review_asked_at = None
    if fields:
        article.save(update_fields=[*fields, "review_asked_at"])


def _check_based_on(article, based_on):
    newest = article.newest_revision()
    if based_on is not None and newest and newest.number != based_on:
        raise NewerText(newest)


@transaction.atomic
def restore(article, revision, user, based_on=None):
    """The content of an earlier revision, saved again as the newest. What the public reads stays as it is."""
    if revision.article_id != article.pk or revision.redacted_at:
        raise ValidationError(_("This version cannot be restored: it is redacted or belongs to another story."))
    reason = _("Restored from version %(number)d") % {"number": revision.number}
    return save_story(
        revision.content, language=article.language, article=article, user=user, reason=reason, based_on=based_on
    )


def _record(article, content, newest, *, translated_from, **fields):
    """The next revision of the story; it follows the version that the one before it followed, if no other is named."""
    return Revision.objects.create(
        article=article,
        number=newest.number + 1 if newest else 1,
        content=content,
        canonical_version=VERSION,
        sha256=digest(content),
        translated_from=translated_from or (newest.translated_from if newest else None),
        **fields,
    )


def locked(article, other_key=None):
    """The story's row, locked together with its translations, which every transition writes too.

    Always in the order of their ids, so that two translations published at the same moment wait for each other.
    """
    keys = [key for key in (article.translation_key, other_key) if key]
    family = Article.objects.select_for_update().filter(translation_key__in=keys).order_by("pk")
    return next(member for member in family if member.pk == article.pk)


def _new_story(content, language, fields):
    number = RecordCounter.take(reserve=fields.pop("record_number", None))
    article = Article.objects.create(
        language=language,
        record_number=number,
        title=content["title"],
        slug=content["slug"],
        category=Category.objects.get(language=language, key=content["category"]),
        author=Author.objects.get(slug=content["author"]),
        origin=content["origin"],
        **fields,
    )
    ArticleStats.objects.create(article=article, language=language)
    return locked(article)


def _show(article, revision, at):
    """From `at` on, the public reads this revision. What was planned for later and never shown is forgotten."""
    article.publications.filter(shown_from__gte=min(at, timezone.now())).delete()
    article.publications.filter(shown_until__isnull=True).update(shown_until=at)
    Publication.objects.create(article=article, revision=revision, shown_from=at)


def _hide(article, now):
    article.publications.filter(shown_from__gte=now).delete()
    article.publications.filter(shown_until__isnull=True).update(shown_until=now)


@transaction.atomic
def publish(article, *, at=None, revision=None):
    """Makes the newest (or the given) revision public, now or at a time to come. Returns the story.

    Of a public story a time to come plans an update: this revision goes out then, whatever is saved meanwhile.
    Raises ValidationError when something is missing without which no reader should see it.
    """
    article = locked(article)
    revision = revision or article.newest_revision()
    now = timezone.now()
    _check_publishable(article, revision)
    if article.is_public:
        return _plan_update(article, revision, at) if at and at > now else _update(article, revision, now)
    article.publish_at, article.review_asked_at = at, None
    return _go_public(article, revision, at if at and at > now else now)


def _plan_update(article, revision, at):
    if revision.pk == article.revision_id:
        raise ValidationError({"publish_at": _("Readers see this version already: there is no change to send.")})
    article.update_revision, article.update_at, article.review_asked_at = revision, at, None
    article.save(update_fields=["update_revision", "update_at", "review_asked_at"])
    return article


def _update(article, revision, now):
    """The public reads another revision from now on. A planned update is thereby out of date."""
    article.update_revision = article.update_at = article.review_asked_at = None
    if revision.pk == article.revision_id:
        article.save(update_fields=["update_revision", "update_at", "review_asked_at"])
        return article
    article.updated_at = now
    _show(article, revision, now)
    apply(article, revision)
    return article


@transaction.atomic
def cancel_update(article):
    """A planned update does not go out. Its text stays in the history, and waits like any other change."""
    article = locked(article)
    article.update_revision = article.update_at = None
    article.save(update_fields=["update_revision", "update_at"])
    return article


def publish_due_updates(now=None):
    """Publishes every planned update whose time has come. Returns (published, refused): two lists of stories.

    May run anywhere and at the same time: each story is claimed by its lock. One that is refused does not stop the
    others; its plan is taken back, and a note on the story says why.
    """
    now = now or timezone.now()
    due = Article.objects.filter(update_at__lte=now).order_by("update_at", "pk")
    published, refused = [], []
    for article in due.only("pk", "translation_key").iterator(chunk_size=100):
        try:
            if story := _publish_due(article, now):
                published.append(story)
        except ValidationError as error:
            if story := _give_up_update(article, now, error):
                refused.append(story)
    return published, refused


@transaction.atomic
def _publish_due(article, now):
    article = locked(article)
    if article.update_at is None or article.update_at > now:
        # Another process was here first, or somebody moved the time.
        return None
    _check_publishable(article, article.update_revision)
    return _update(article, article.update_revision, now)


@transaction.atomic
def _give_up_update(article, now, error):
    article, zone = locked(article), zoneinfo.ZoneInfo(settings.EDITION_TIME_ZONE)
    if article.update_at is None or article.update_at > now:
        # Somebody has planned anew, or published, since it was refused.
        return None
    text = _("The update planned for %(time)s did not go out: %(why)s") % {
        "time": f"{article.update_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "why": " ".join(error.messages),
    }
    log.error("db#%d: %s", article.record_number, text)
    Note.objects.create(article=article, text=text[:1000])
    article.update_revision = article.update_at = None
    article.save(update_fields=["update_revision", "update_at"])
    return article


@transaction.atomic
def publish_as_of(article, at):
    """First publication dated back, for imports alone: no form offers to rewrite what the public saw when."""
    article = locked(article)
    revision = article.newest_revision()
    _check_publishable(article, revision)
    if at > timezone.now() or article.publications.exists():
        raise ValidationError(_("Only a story that was never public can be dated back."))
    return _go_public(article, revision, at)


@transaction.atomic
def publish_again(article, *, revision, since):
    """Takes an unpublishing back: readers read the same revision again, and the story keeps the date that it had.

    That it was away meanwhile stays in its publications.
    """
    article = locked(article)
    now = timezone.now()
    _check_publishable(article, revision)
    if article.status not in (STATUS.DRAFT, STATUS.IN_REVIEW, STATUS.ARCHIVED):
        raise ValidationError(_("This story is public: there is nothing to take back."))
    if since <= now and not article.publications.filter(revision=revision, shown_from__lte=now).exists():
        raise ValidationError(_("This version was never public."))
    article.public_at, article.revision, article.status = since, revision, STATUS.PUBLISHED
    article.publish_at, article.review_asked_at = since if since > now else None, None
    article.save()
    _show(article, revision, max(since, now))
    apply(article, revision)
    return article


def _go_public(article, revision, at):
    article.public_at, article.revision = at, revision
    article.status = STATUS.PUBLISHED
    article.save()
    _show(article, revision, at)
    apply(article, revision)
    return article


def _check_publishable(article, revision):
    if revision is None:
        raise ValidationError(_("Save the story first; then it can be published."))
    if article.status == STATUS.RETRACTED:
        raise ValidationError(
            _("This story is retracted: its address tells readers why, for good. Write a new story instead.")
        )
    if revision.redacted_at:
        raise ValidationError(_("This version was redacted; nothing is left that could be published."))
    content, missing = revision.content, {}
    taken = Article.objects.filter(language=article.language, slug=content["slug"]).exclude(pk=article.pk)
    if taken.exists():
        # It was free when the version was saved, which may be long ago.
        missing["slug"] = _("Another story of this language has this slug. Choose a different one.")
    if not content["body"].strip():
        missing["body"] = _("A story without text cannot be published.")
    if not content["interpreter"]:
        missing["interpreter"] = _("Write the quick interpreter: readers see it first.")
    if content["origin"] == Article.Origin.AI_REWRITTEN and not content["sources"]:
        missing["sources"] = _("A rewritten story names its source. Add at least one.")
    if content["origin"] == Article.Origin.HUMAN and (persona := persona_called(content["author"])):
        missing["origin"] = _(
            "“Written by a person” is not true under the name of %(name)s, an AI editor. "
            "Choose another origin, or the person who wrote it as the author."
        ) % {"name": persona}
    if missing:
        raise ValidationError(missing)


def persona_called(slug):
    """The AI editor of this name, or None where it is a person's."""
    return Author.objects.filter(slug=slug, kind=Author.Kind.AI).first()


@transaction.atomic
def _leave_public(article, status, reason=""):
    article = locked(article)
    if article.status == STATUS.RETRACTED and status != STATUS.RETRACTED:
        raise ValidationError(_("This story is retracted: its address tells readers why, for good."))
    article.status, article.public_at, article.publish_at = status, None, None
    article.update_revision = article.update_at = article.review_asked_at = None
    article.retraction_reason = reason
    article.save()
    _hide(article, timezone.now())
    refresh(article)
    return article


def unpublish(article):
    """Back to a draft. The address answers 404 until it is published again."""
    return _leave_public(article, STATUS.DRAFT)


def retract(article, reason):
    """Withdrawn for a reason that readers get to see; the address answers 410."""
    if not reason.strip():
        raise ValidationError({"retraction_reason": _("Say why: readers see the reason at the story's address.")})
    return _leave_public(article, STATUS.RETRACTED, reason.strip())


def archive(article):
    """Out of the way: neither public nor worked on. bring_back() makes it a draft again."""
    return _leave_public(article, STATUS.ARCHIVED)
