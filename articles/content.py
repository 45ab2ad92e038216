"""The content of a Revision: everything readers see of a story, in a canonical form that is hashed.

Shape (version 1), all texts in composed Unicode (NFC):

    title, slug, interpreter, body: str      category, author: key    origin: Article.Origin
    place: key or None                       tags: [name, …]          key_points: [str, …]
    sources: [{source: key, url, title: str, published: ISO 8601 or ''}, …]   the primary first
    photos:  [{photo: id, sha256, alt, caption, credit, mark}, …]             the hero first; `place` where one is given

`photo` ids are left out of the hash: the file's own hash stands for the picture, in any database.
"""

import datetime as dt
import hashlib
import json
import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from authors.models import Author
from newsroom.text import clean_block, clean_line, slugify, typographic
from photos.models import Photo

from .dialect import photo_ids, render_article
from .models import Article, Category, Place, Source
from .successors import with_successors

VERSION = 1
LIMITS = {"title": 160, "slug": 80, "interpreter": 600, "body": 60_000, "key_point": 300, "tag": 60, "alt": 300}
LIMITS |= {"caption": 400, "url": 500, "source_title": 300}
MOST = {"key_points": 5, "tags": 12, "sources": 12, "photos": 60}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
EMPTY = {
    "title": "",
    "slug": "",
    "category": "",
    "tags": [],
    "author": "",
    "origin": "",
    "interpreter": "",
    "key_points": [],
    "body": "",
    "place": None,
    "sources": [],
    "photos": [],
}


def canonical(content):
    """The bytes that are hashed."""
    hashed = {**content, "photos": [{k: v for k, v in photo.items() if k != "photo"} for photo in content["photos"]]}
    hashed["body"] = _stable_body(content)
    return json.dumps(hashed, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _stable_body(content):
    """The body with each `photo:<id>` replaced by the file's hash, so that the hash means the same everywhere."""
    hashes = {photo["photo"]: photo["sha256"] for photo in content["photos"]}
    return re.sub(r"\(photo:(\d+)\)", lambda m: f"(photo:{hashes.get(int(m[1]), m[1])})", content["body"])


def digest(content):
    return hashlib.sha256(canonical(content)).hexdigest()


class Faults:
    """Collects one sentence per field, so that a person sees all that is wrong at once."""

    def __init__(self):
        self.messages = {}

    def add(self, field, message):
        self.messages.setdefault(field, message)

    def raise_any(self):
        if self.messages:
            raise ValidationError(self.messages)


def clean(raw, language, article=None):
    """Raw content from a form, an import or a restore, checked and in canonical form.

    Raises ValidationError with one sentence for each field that is wrong. `article` is the story it is meant for, when
    there is one already.
    """
    content, faults = read(raw, language, article)
    faults.raise_any()
    return content


def read(raw, language, article=None):
    """The same without a refusal: (content, Faults). What is wrong stands in the content as it was given."""
    faults, raw = Faults(), with_successors(raw)
    content = {**EMPTY, "origin": raw.get("origin", "")}
    content["title"] = typographic(_line(raw, "title", faults, required=True), language)
    content["slug"] = _slug(raw, content["title"], language, article, faults)
    content["interpreter"] = typographic(_line(raw, "interpreter", faults), language)
    points = _lines(raw, "key_points", LIMITS["key_point"], faults)
    content["key_points"] = [typographic(point, language) for point in points]
    content["tags"] = list(dict.fromkeys(tag.lower() for tag in _lines(raw, "tags", LIMITS["tag"], faults)))
    content["category"] = _key(Category.objects.filter(language=language), raw, "category", faults, required=True)
    content["author"] = _key(Author.objects, raw, "author", faults, required=True, lookup="slug")
    content["place"] = _key(Place.objects, raw, "place", faults) or None
    if content["origin"] not in Article.Origin.values:
        faults.add("origin", _("Say how the story was made."))
    content["sources"] = _sources(raw.get("sources") or [], faults)
    content["photos"] = _photos(raw.get("photos") or [], language, faults)
    content["body"] = _body(raw, content["photos"], faults)
    return content, faults


def _line(raw, field, faults, required=False):
    text = clean_line(raw.get(field) or "")
    if required and not text:
        faults.add(field, _("This is empty, and a story needs it."))
    if len(text) > LIMITS[field]:
        faults.add(field, _("This has %(length)d characters; at most %(most)d fit.") % _sizes(text, LIMITS[field]))
    return text


def _sizes(text, most):
    return {"length": len(text), "most": most}


def _lines(raw, field, limit, faults):
    lines = [clean_line(line) for line in raw.get(field) or []]
    lines = [line for line in lines if line]
    if len(lines) > MOST[field]:
        faults.add(field, _("There are %(length)d; at most %(most)d fit.") % _sizes(lines, MOST[field]))
    for line in lines:
        if len(line) > limit:
            faults.add(field, _("One of these has %(length)d characters; at most %(most)d fit.") % _sizes(line, limit))
    return lines


def _slug(raw, title, language, article, faults):
    slug = clean_line(raw.get("slug") or "") or slugify(title, LIMITS["slug"])
    if not SLUG.match(slug) or len(slug) > LIMITS["slug"]:
        faults.add("slug", _("A slug has small letters a–z, digits and single hyphens, such as: a-night-in-kourou."))
        return slug
    taken = Article.objects.filter(language=language, slug=slug).exclude(pk=article and article.pk)
    if taken.exists():
        faults.add("slug", _("Another story of this language has this slug. Choose a different one."))
    return slug


def _key(queryset, raw, field, faults, required=False, lookup="key"):
    key = clean_line(raw.get(field) or "")
    if not key:
        if required:
            faults.add(field, _("This is empty, and a story needs it."))
    elif not queryset.filter(**{lookup: key}).exists():
        faults.add(field, _("“%(key)s” is not known here.") % {"key": key})
    return key


def _sources(rows, faults):
    known = set(Source.objects.filter(key__in=[row.get("source") for row in rows]).values_list("key", flat=True))
    if len(rows) > MOST["sources"]:
        faults.add("sources", _("There are %(length)d; at most %(most)d fit.") % _sizes(rows, MOST["sources"]))
    sources = []
    for row in rows:
        source = {
            "source": row.get("source") or "",
            "url": clean_line(row.get("url") or ""),
            "title": clean_line(row.get("title") or ""),
            "published": clean_line(row.get("published") or ""),
        }
        if source["source"] not in known:
            faults.add("sources", _("“%(key)s” is not known here.") % {"key": source["source"]})
        if source["url"] and not _is_web_address(source["url"]):
            faults.add("sources", _("“%(url)s” is no web address.") % {"url": source["url"][:80]})
        if source["published"] and source_moment(source["published"]) is None:
            faults.add("sources", _("“%(time)s” is no date and time.") % {"time": source["published"][:40]})
        if len(source["title"]) > LIMITS["source_title"]:
            faults.add("sources", _("The title of the original is too long."))
        sources.append(source)
    return sources


def _is_web_address(url):
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return False
    return len(url) <= LIMITS["url"]


def source_moment(text):
    """A source's time as a moment: a bare date is its midnight in UTC. None for anything else."""
    try:
        if day := parse_date(text):
            return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None


def _photos(rows, language, faults):
    found = Photo.objects.in_bulk([row.get("photo") for row in rows if isinstance(row.get("photo"), int)])
    if len(rows) > MOST["photos"]:
        faults.add("photos", _("There are %(length)d; at most %(most)d fit.") % _sizes(rows, MOST["photos"]))
    photos = []
    for row in rows:
        photo = found.get(row.get("photo"))
        if photo is None:
            faults.add("photos", _("One of the photos does not exist."))
            continue
        if any(photo.pk == other["photo"] for other in photos):
            faults.add("photos", _("The photo “%(title)s” stands here twice.") % {"title": photo.title})
        alt, caption = clean_line(row.get("alt") or ""), clean_line(row.get("caption") or "")
        if not alt:
            faults.add("photos", _("The photo “%(title)s” needs a description.") % {"title": photo.title})
        if len(alt) > LIMITS["alt"] or len(caption) > LIMITS["caption"]:
            faults.add("photos", _("Description or caption of “%(title)s” is too long.") % {"title": photo.title})
        taken = {
            "photo": photo.pk,
            "sha256": photo.sha256,
            "alt": alt,
            "caption": caption,
            "credit": photo.credit,
            "mark": photo.mark,
        }
        if place := photo.place(language):
            taken["place"] = place
        photos.append(taken)
    return photos


def _body(raw, photos, faults):
    body = clean_block(raw.get("body") or "")
    if len(body) > LIMITS["body"]:
        faults.add("body", _("This has %(length)d characters; at most %(most)d fit.") % _sizes(body, LIMITS["body"]))
        return body
    try:
        render_article(body)
    except ValidationError as error:
        faults.add("body", error.message)
    strangers = photo_ids(body) - {photo["photo"] for photo in photos}
    if strangers:
        faults.add(
            "body",
            _("The text shows photo %(id)d, which is not among the story's photos.") % {"id": min(strangers)},
        )
    return body
