"""What a story's pages say of themselves to machines, in schema.org's words (JSON-LD).

No more than the page shows: an AI editor is no person, nobody is named as a reviewer, and what a machine wrote or drew
is said to be that.
"""

import json

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import mark_safe

from photos import recipe

from .models import Article

SCHEMA = "https://schema.org"
# Members of IPTCDigitalSourceEnumeration. It has no DigitalCreation yet: digital art is what IPTC called that before.
SOURCE_OF_MARK = {
    "ai_generated": "TrainedAlgorithmicMediaDigitalSource",
    "ai_edited": "CompositeWithTrainedAlgorithmicMediaDigitalSource",
    "photograph": "DigitalCaptureDigitalSource",
    "illustration": "DigitalArtDigitalSource",
}
SOURCE_OF_TEXT = {
    Article.Origin.AI_REWRITTEN: SOURCE_OF_MARK["ai_generated"],
    Article.Origin.AI_ASSISTED: SOURCE_OF_MARK["ai_edited"],
}
# None of these letters can end the element or begin another.
ESCAPES = [(letter, f"\\u{ord(letter):04x}") for letter in "<>&\u2028\u2029"]


def of_story(article, photos):
    """The <script> of the story's page. It reads nothing: all is in the row, its relations and its photos."""
    place = article.place and {"@type": "Place", "name": article.place.name(article.language)}
    return _script(
        {
            **_head("NewsArticle", article, article.get_absolute_url()),
            "mainEntityOfPage": _absolute(article.get_absolute_url()),
            "headline": article.title,
            "description": article.interpreter,
            "author": _author(article.author, article.language),
            "articleSection": article.category.name,
            "keywords": [name for name, _slug in article.tags_json],
            "wordCount": article.words,
            "contentLocation": place,
            # Without a title of the original the address is only that of the publication.
            "isBasedOn": [_original(source) for source in article.sources_json if source["title"]],
            "digitalSourceType": _source_type(SOURCE_OF_TEXT.get(article.origin)),
            "image": [image for photo in photos[:1] for image in _cuts(photo)],
        }
    )


def of_photos(article, photos):
    """The <script> of the story's Foto Review."""
    path = article.get_absolute_url()
    return _script(
        {
            **_head("ImageGallery", article, f"{path}photos/"),
            "name": article.title,
            "about": {"@type": "NewsArticle", "url": _absolute(path), "headline": article.title},
            "associatedMedia": [_whole(photo) for photo in photos if photo.art.renditions],
        }
    )


def _script(data):
    """What is empty is left out."""
    said = {name: value for name, value in data.items() if value}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    for letter, escaped in ESCAPES:
        text = text.replace(letter, escaped)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped above


def _head(kind, article, path):
    return {
        "@context": SCHEMA,
        "@type": kind,
        "url": _absolute(path),
        "inLanguage": article.language,
        "datePublished": article.public_at.isoformat(timespec="seconds"),
        "dateModified": (article.updated_at or article.public_at).isoformat(timespec="seconds"),
        "publisher": {
            **_publication(),
            "logo": {"@type": "ImageObject", "url": _absolute(static("img/apple-touch-icon.png"))},
        },
    }


def _publication():
    return {"@type": "NewsMediaOrganization", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}


def _author(author, language):
    """An AI editor is a desk of the publication and not a person, although it has a name."""
    role = author.text("role", language) or author.get_kind_display()
    shown = {"name": author.name, "url": _absolute(author.path(language))}
    if author.kind == author.Kind.HUMAN:
        return {"@type": "Person", **shown, "jobTitle": role}
    kind = author.get_kind_display()
    description = role if role == kind else f"{kind}: {role}"
    return {"@type": "Organization", **shown, "description": description, "parentOrganization": _publication()}


def _original(source):
    publisher = {"@type": "Organization", "name": source["name"]}
    return {"@type": "CreativeWork", "name": source["title"], "url": source["url"], "publisher": publisher}


def _cuts(photo):
    """The lead photo in the shapes that search engines ask for; until those are made, as it is."""
    cuts = photo.art.search
    return [_image(photo, *cut) for cut in cuts] if cuts else [_whole(photo)] if photo.art.renditions else []


def _whole(photo):
    art = photo.art
    width = art.renditions[recipe.NATURAL][-1]
    height = recipe.height_of(recipe.NATURAL, width, (art.width, art.height))
    image = _image(photo, art.url(width), width, height)
    return image | {"contentLocation": {"@type": "Place", "name": photo.place}} if photo.place else image


def _image(photo, url, width, height):
    url = _absolute(url)
    image = {"@type": "ImageObject", "url": url, "contentUrl": url, "width": width, "height": height}
    texts = {"caption": photo.caption or photo.alt, "creditText": photo.credit}
    return {**image, **texts, "digitalSourceType": _source_type(SOURCE_OF_MARK[photo.mark])}


def _source_type(member):
    return member and f"{SCHEMA}/{member}"


def _absolute(url):
    """Media and static files may live at another origin; what is only a path is ours."""
    return settings.SITE_URL + url if url.startswith("/") else url
