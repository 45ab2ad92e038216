"""The one way out of the history, for a court or a privacy request: the text of one version goes, for good.

Its number, author, time and hash stay, so that the history still shows that it was there, and why it is not.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from . import desk_search, search
from .models import Article, ArticleTag, Revision, UnsavedText

# A paragraph of so many letters that stands in two versions is no chance.
TELLING = 40


@transaction.atomic
def redact(revision, reason):
    """Blanks the content of a revision, and of the story's row where that shows it. Raises ValidationError."""
    article = Article.objects.select_for_update().get(pk=revision.article_id)
    revision = Revision.objects.get(pk=revision.pk)
    if fault := reason_against(article, revision, reason):
        raise ValidationError(fault)
    Revision.objects.filter(pk=revision.pk).update(
        content={}, redacted_at=timezone.now(), redaction_reason=reason.strip()
    )
    if article.revision_id == revision.pk:
        _blank_row(article)
    desk_search.index(article.pk)


def reason_against(article, revision, reason):
    """Why this version cannot be redacted now, or an empty text. In English, like all commands."""
    if not reason.strip() or len(reason.strip()) > 300:
        return "Give a reason of at most 300 characters: the history shows it in place of the text."
    if revision.redacted_at:
        return f"It was redacted on {revision.redacted_at:%Y-%m-%d} already: {revision.redaction_reason}"
    if article.public_at and article.revision_id == revision.pk:
        when = "is what readers see now" if article.is_public else "is scheduled to go out"
        return f"It {when}. Publish another version, or unpublish the story, first."
    if article.update_revision_id == revision.pk:
        return "It is planned as an update. Cancel the update first."
    return ""


def _blank_row(article):
    """What publishing.apply() had laid on the row. The address stays: it may have to answer why the story is gone."""
    Article.objects.filter(pk=article.pk).update(
        title=f"db#{article.record_number}",
        interpreter="",
        key_points=[],
        body="",
        html="",
        words=0,
        place=None,
        hero=None,
        hero_alt="",
        tags_json=[],
        sources_json=[],
    )
    article.photos.all().delete()
    article.sources.all().delete()
    ArticleTag.objects.filter(content_object=article).delete()
    article.refresh_from_db()
    search.index(article)


def still_held(article, revision):
    """Sentences: what else, that we know of, may hold the text of this version. Ask before it is redacted."""
    paragraphs = set(_telling(revision.content))
    for other in article.revisions.exclude(pk=revision.pk).filter(redacted_at=None).order_by("number"):
        if other.sha256 == revision.sha256:
            yield f"Version {other.number} is the same text."
        elif shared := len(paragraphs.intersection(_telling(other.content))):
            yield f"Version {other.number} has {shared} of its paragraphs."
    for text in UnsavedText.objects.filter(article=article).select_related("user").order_by("kept_at"):
        yield f"An unsaved form of {text.user}, kept {text.kept_at:%Y-%m-%d %H:%M} UTC (--delete-unsaved)."
    for other in revision.translations.select_related("article"):
        yield f"Version {other.number} of db#{other.article.record_number} ({other.article.language}) follows it."
    if article.slug == revision.content.get("slug"):
        yield f"The address of the story, which stays: {article.get_absolute_url()}"


def _telling(content):
    texts = [content.get("title", ""), content.get("interpreter", ""), *content.get("body", "").split("\n\n")]
    return [text for text in (text.strip() for text in texts) if len(text) >= TELLING]
