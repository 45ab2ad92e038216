"""The story page: all that it shows, read in few queries, from the public row or from a revision not yet public."""

import datetime as dt
import re
from typing import NamedTuple

from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from newsroom.prepared import Prepared
from photos.art import COLUMNS, Art
from photos.models import Photo

from . import marks, structured_data
from .cards import BRIEF, as_lists, lists_query
from .models import Article, ArticlePhoto

CONTINUE, LIKED = 4, 5
PLACEHOLDER = re.compile(
    r'<figure class="plate" data-photo="(\d+)">\s*<figcaption>(.*?)</figcaption>\s*</figure>', re.DOTALL
)
PHOTO_COLUMNS = ["photo_id", "alt", "caption", "place", "photo__mark", "photo__credit"]
ART_COLUMNS = [f"photo__{name}" for name in COLUMNS]


class StoryPhoto(NamedTuple):
    """One photo of a story as its pages show it."""

    photo_id: int
    alt: str
    caption: str
    place: str
    mark: str
    credit: str
    art: Art
    number: int

    @property
    def mark_label(self):
        return Photo.Mark(self.mark).label

    @property
    def largest(self):
        """The file that a reader may look at alone."""
        return self.art.url(max(self.art.width, self.art.height))

    @property
    def mark_short(self):
        return marks.SHORT[self.mark]

    @property
    def mark_sentence(self):
        return marks.SENTENCES[self.mark]


def story_rows():
    """Articles with all that the story page reads of them, in one query."""
    return Article.objects.select_related("category", "author", "place", "stats", "reviewed_by", "revision").defer(
        "body", "revision__content"
    )


find_row = Prepared(
    lambda language, slug: story_rows().filter(language=language, slug=slug)[:1], language=str, slug=str
)
find_photos = Prepared(
    lambda article: (
        ArticlePhoto.objects.filter(article_id=article).order_by("position").values_list(*PHOTO_COLUMNS, *ART_COLUMNS)
    ),
    article=int,
)


def story_at(language, slug):
    """The story with this slug, public or not, or None."""
    return next(iter(find_row(language=language, slug=slug)), None)


def photos_of(article_id):
    own = len(PHOTO_COLUMNS)
    rows = find_photos(article=article_id)
    return [StoryPhoto(*row[:own], art=Art(*row[own:]), number=number) for number, row in enumerate(rows, 1)]


def photos_of_content(content):
    """The same for a revision's content."""
    found = Photo.objects.in_bulk([row["photo"] for row in content["photos"]])
    return [
        StoryPhoto(
            *(photo.pk, row["alt"], row["caption"], row.get("place", ""), photo.mark, photo.credit),
            art=photo.art,
            number=number,
        )
        for number, row in enumerate(content["photos"], 1)
        if (photo := found.get(row["photo"]))
    ]


def fill_figures(html, photos, photos_path):
    """Puts the photos into the placeholders of a stored body; a placeholder without its photo vanishes."""
    by_id = {photo.photo_id: photo for photo in photos}
    template = get_template("components/plate.html")

    def figure(match):
        photo = by_id.get(int(match[1]))
        if photo is None:
            return ""
        caption = mark_safe(match[2]) if match[2].strip() else photo.caption  # noqa: S308 - nh3 made it
        return template.render({"photo": photo, "caption": caption, "photos_path": photos_path, "is_wide": True})

    return mark_safe(PLACEHOLDER.sub(figure, html))  # noqa: S308 - stored HTML, cleaned by nh3 when saved


def with_dateline(html, place_name):
    """The place before the first words, as newspapers do."""
    if not place_name or not html.startswith("<p>"):
        return html
    label = format_html('<p class="first"><span class="dateline">{}</span> ', place_name.split(",")[0])
    return mark_safe(label + html[3:])  # noqa: S308 - both halves are safe


def _lists_query(article, category, language, now):
    public = Article.objects.public(language, now).exclude(pk=article)
    return lists_query(
        BRIEF,
        same=public.filter(category_id=category).newest()[:CONTINUE],
        liked=public.filter(stats__language=language).most_liked()[:LIKED],
    )


find_lists = Prepared(_lists_query, article=int, category=int, language=str, now=dt.datetime)


def lists_beside(article):
    """`// Continue in this category` and `// Liked by readers`, in one query."""
    rows = find_lists(article=article.pk, category=article.category_id, language=article.language, now=timezone.now())
    lists = as_lists(BRIEF, rows)
    return {"same": lists["same"], "liked": sorted(lists["liked"], key=lambda card: card.like_score, reverse=True)}


def translations(article):
    return public_translations(article.translations_json)


def public_translations(rows):
    """{language: path} of the translations that are public now, of Article.translations_json."""
    now = timezone.now()
    return {
        row["language"]: row["path"]
        for row in rows
        if dt.datetime.fromisoformat(row["public_at"]) <= now and (settings.DEMO_IS_PUBLIC or not row["is_demo"])
    }


def provenance(article):
    """What a row proves about how this story was made, and nothing else."""
    return {
        "sources": [{**source, "day": source["published"][:10]} for source in article.sources_json],
        "history": [
            {**row, "shown_from": shown_from}
            for row in article.history_json
            if (shown_from := dt.datetime.fromisoformat(row["shown_from"])) <= timezone.now()
        ],
        "revision": article.revision,
        # A demonstration never counts as signed, whoever looked at it.
        "is_reviewed": article.is_reviewed and not article.is_demo,
    }


def _hero(html, photos):
    """The lead picture above the text, unless the text shows it itself: nobody wants to see it twice."""
    shown = {int(match[1]) for match in PLACEHOLDER.finditer(html)}
    return photos[0] if photos and photos[0].photo_id not in shown else None


def context(article, photos, *, is_preview=False):
    """Everything that templates/articles/story.html needs, for a public row and for a preview alike.

    A preview has no pages beside it: what leads to them on the public page leads nowhere there.
    """
    path = article.get_absolute_url()
    photos_path = "" if is_preview else path + "photos/"
    place_name = article.place.name(article.language) if article.place else ""
    html = with_dateline(fill_figures(article.html, photos, photos_path), place_name)
    return {
        "language": article.language,
        "article": article,
        "path": path,
        "photos_path": photos_path,
        "is_preview": is_preview,
        "shown_at": article.public_at or timezone.now(),
        "current_section": article.category.key,
        "has_provenance": True,
        "place_name": place_name,
        "html": html,
        "photos": photos,
        "hero": _hero(article.html, photos),
        "lists": lists_beside(article),
        "others": translations(article),
        "provenance": provenance(article),
        "motto": article.author.text("motto", article.language),
        "role": article.author.text("role", article.language),
        "structured_data": "" if is_preview else structured_data.of_story(article, photos),
    }
