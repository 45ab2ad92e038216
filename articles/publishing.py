"""How a story changes: every save is a Revision, and the public row changes only here.

    save_story()  a new revision; a draft shows it at once, a published story keeps its public revision
    publish()     the newest revision becomes what the public reads, now or at a set time (publish_as_of: in the past)
    unpublish(), retract(), archive()   the story leaves the public

Each is one transaction.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from authors.models import Author

from . import search
from .content import VERSION, clean, digest, source_moment
from .dialect import HTML_VERSION, render_article
from .models import (
    Article,
    ArticlePhoto,
    ArticleSource,
    ArticleStats,
    ArticleTag,
    Category,
    Place,
    Publication,
    RecordCounter,
    Redirect,
    Revision,
    Source,
    Tag,
)

STATUS = Article.Status


@transaction.atomic
def save_story(
    raw, *, language, article=None, user=None, reason="", skip_unchanged=False, translated_from=None, **fields
):
    """Saves raw content (content.clean) as a new revision, of a new story when `article` is None.

    `fields` go to the row as they are: translation_key, is_demo, reviewer, publish_at; for a new story also
    record_number. `translated_from` is the revision of the other language that this text follows; it is kept until
    another is named. Returns the story. Raises ValidationError with a sentence per field; nothing is saved then.
    """
    if article is None:
        article = _new_story(clean(raw, language), language, fields)
        left_family = None
    else:
        article = _locked(article, fields.get("translation_key"))
        left_family = article.translation_key
        for name, value in fields.items():
            setattr(article, name, value)
        if fields:
            article.save(update_fields=list(fields))
    content = clean(raw, language, article)
    newest = article.newest_revision()
    if skip_unchanged and newest and newest.sha256 == digest(content):
        return article
    revision = _record(article, content, newest, created_by=user, reason=reason, translated_from=translated_from)
    article.edited_at = revision.created_at
    article.save(update_fields=["edited_at"])
    if left_family and left_family != article.translation_key:
        _link_translations(left_family)
        _link_translations(article.translation_key)
    # One moment decides: a scheduled story whose time comes meanwhile keeps what it was scheduled with.
    if article.public_at is None or article.public_at > revision.created_at:
        apply(article, revision)
        if article.public_at:
            _show(article, revision, article.public_at)
    return article


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


def _locked(article, other_key=None):
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
    return _locked(article)


@transaction.atomic
def apply(article, revision):
    """Writes a revision's content to the row and its tables: the only way that a row's content changes."""
    content, old_slug = revision.content, article.slug
    if revision.article_id != article.pk or revision.redacted_at:
        raise ValidationError(_("This version cannot be shown: it is redacted or belongs to another story."))
    article.revision = revision
    fill(article, content)
    _apply_photos(article, content["photos"])
    _apply_sources(article, content["sources"])
    _apply_tags(article, content["tags"])
    article.save()
    if old_slug != article.slug and article.publications.filter(shown_from__lte=timezone.now()).exists():
        Redirect.objects.leave(article.language, old_slug, article=article)
    if article.is_public:
        # A live address wins over a redirect; that of a draft, or of a story still to come, takes nothing from readers.
        Redirect.objects.filter(language=article.language, kind="story", old_slug=article.slug).delete()
    _refresh(article)


def fill(article, content):
    """Lays content on a row, for apply() and for a preview that saves nothing."""
    article.title, article.slug, article.origin = content["title"], content["slug"], content["origin"]
    article.category = Category.objects.get(language=article.language, key=content["category"])
    article.author = Author.objects.get(slug=content["author"])
    article.place = Place.objects.get(key=content["place"]) if content["place"] else None
    article.interpreter, article.key_points = content["interpreter"], content["key_points"]
    article.body = content["body"]
    article.html, article.html_version = render_article(content["body"]), HTML_VERSION
    article.words = len(strip_tags(article.html).split()) + len(article.interpreter.split())
    article.hero_alt = content["photos"][0]["alt"] if content["photos"] else ""
    article.sources_json = _sources_of(content["sources"])


def _sources_of(rows):
    known = Source.objects.in_bulk([row["source"] for row in rows], field_name="key")
    return [
        {
            "name": known[row["source"]].name,
            "url": row["url"] or known[row["source"]].url,
            "title": row["title"],
            "published": row["published"],
        }
        for row in rows
    ]


def _apply_photos(article, rows):
    article.photos.all().delete()
    ArticlePhoto.objects.bulk_create(
        ArticlePhoto(article=article, photo_id=row["photo"], position=position, alt=row["alt"], caption=row["caption"])
        for position, row in enumerate(rows)
    )
    article.hero_id = rows[0]["photo"] if rows else None


def _apply_sources(article, rows):
    sources = Source.objects.in_bulk([row["source"] for row in rows], field_name="key")
    article.sources.all().delete()
    ArticleSource.objects.bulk_create(
        ArticleSource(
            article=article,
            source=sources[row["source"]],
            position=position,
            url=row["url"],
            title=row["title"],
            published_at=source_moment(row["published"]),
        )
        for position, row in enumerate(rows)
    )


def _apply_tags(article, names):
    tags = [tag_named(name) for name in names]
    article.article_tags.exclude(tag__in=tags).delete()
    present = set(article.article_tags.values_list("tag_id", flat=True))
    ArticleTag.objects.bulk_create(
        ArticleTag(tag=tag, content_object=article, language=article.language, public_at=article.public_at)
        for tag in tags
        if tag.pk not in present
    )
    article.tags_json = [[tag.name, tag.slug] for tag in tags]


def tag_named(name):
    tag = Tag.objects.filter(name=name.lower()).first()
    if tag is None:
        tag = Tag(name=name.lower())
        tag.save()
    return tag


def _refresh(article):
    """What is derived from the row's place in the public: tags' copies, search, and the siblings' links to it."""
    ArticleTag.objects.filter(content_object=article).update(language=article.language, public_at=article.public_at)
    search.index(article)
    _link_translations(article.translation_key)
    Article.objects.filter(pk=article.pk).update(history_json=_history(article))


def _link_translations(key):
    """Each story of a family knows where the others are."""
    family = list(Article.objects.filter(translation_key=key).select_related("category").order_by("language"))
    for member in family:
        member.translations_json = [
            {
                "language": other.language,
                "path": other.get_absolute_url(),
                "public_at": other.public_at.isoformat(),
                "is_demo": other.is_demo,
            }
            for other in family
            if other.pk != member.pk and other.public_at
        ]
    Article.objects.bulk_update(family, ["translations_json"])


def _history(article):
    rows = article.publications.select_related("revision").order_by("-shown_from")[:20]
    return [
        {"number": row.revision.number, "shown_from": row.shown_from.isoformat(), "reason": row.revision.reason}
        for row in rows
    ]


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

    Raises ValidationError when something is missing without which no reader should see it.
    """
    article = _locked(article)
    revision = revision or article.newest_revision()
    now = timezone.now()
    _check_publishable(article, revision)
    if article.is_public:
        if at and at > now:
            raise ValidationError({"publish_at": _("The story is public already. Publish the change now.")})
        if revision.pk != article.revision_id:
            article.updated_at = now
            _show(article, revision, now)
            apply(article, revision)
        return article
    article.publish_at = at
    return _go_public(article, revision, at if at and at > now else now)


@transaction.atomic
def publish_as_of(article, at):
    """First publication dated back, for imports alone: no form offers to rewrite what the public saw when."""
    article = _locked(article)
    revision = article.newest_revision()
    _check_publishable(article, revision)
    if at > timezone.now() or article.publications.exists():
        raise ValidationError(_("Only a story that was never public can be dated back."))
    return _go_public(article, revision, at)


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
    content, missing = revision.content, {}
    if not content["body"].strip():
        missing["body"] = _("A story without text cannot be published.")
    if not content["interpreter"]:
        missing["interpreter"] = _("Write the quick interpreter: readers see it first.")
    if content["origin"] == Article.Origin.AI_REWRITTEN and not content["sources"]:
        missing["sources"] = _("A rewritten story names its source. Add at least one.")
    if missing:
        raise ValidationError(missing)


@transaction.atomic
def _leave_public(article, status, reason=""):
    article = _locked(article)
    article.status, article.public_at, article.publish_at = status, None, None
    article.retraction_reason = reason
    article.save()
    _hide(article, timezone.now())
    _refresh(article)
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
    return _leave_public(article, STATUS.ARCHIVED)


@transaction.atomic
def mark_reviewed(article, revision, user):
    """A named human says: I have read this revision. Holds for this revision alone."""
    article.reviewer, article.reviewed_revision, article.reviewed_at = user, revision, timezone.now()
    article.save(update_fields=["reviewer", "reviewed_revision", "reviewed_at"])
