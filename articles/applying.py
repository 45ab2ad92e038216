"""From a revision's content to the row that the public reads, and to all that is derived from the row.

Called by publishing.py and preview.py; nothing else writes a story's content.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from authors.models import Author

from . import desk_search, search
from .content import source_moment
from .dialect import HTML_VERSION, render_article
from .models import (
    Article,
    ArticlePhoto,
    ArticleSource,
    ArticleTag,
    Category,
    Place,
    Redirect,
    Source,
    Tag,
)


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
    refresh(article)


def fill(article, content):
    """Lays content on a row."""
    article.category = Category.objects.get(language=article.language, key=content["category"])
    article.author = Author.objects.get(slug=content["author"])
    article.place = Place.objects.get(key=content["place"]) if content["place"] else None
    fill_texts(article, content)


def fill_texts(article, content):
    """What of the content refers to no other row that may be missing: for fill(), and for a preview of half a story."""
    article.title, article.slug, article.origin = content["title"], content["slug"], content["origin"]
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
    # The last first: where the newest stand first, those of one story then stand in its own order.
    ArticlePhoto.objects.bulk_create(
        ArticlePhoto(
            article=article,
            photo_id=row["photo"],
            position=position,
            alt=row["alt"],
            caption=row["caption"],
            place=row.get("place", ""),
            mark=row["mark"],
            language=article.language,
            public_at=article.public_at,
        )
        for position, row in reversed(list(enumerate(rows)))
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


def refresh(article):
    """What is derived from the row's place in the public: copies in tags and photos, search, the siblings' links."""
    visible = {"language": article.language, "public_at": article.public_at}
    ArticleTag.objects.filter(content_object=article).update(**visible)
    ArticlePhoto.objects.filter(article=article).update(**visible)
    search.index(article)
    desk_search.index(article.pk)
    link_translations(article.translation_key)
    Article.objects.filter(pk=article.pk).update(history_json=_history(article))


def link_translations(key):
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
