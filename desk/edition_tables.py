"""What an edition's stories refer to, its standing pages and its front page. Each file is one transaction."""

from collections import Counter

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from articles.models import Article, Category, Place, Placement, Source, StandingPage
from articles.slugs import check_top_slug
from authors.forms import AuthorForm
from authors.models import Author
from newsroom.language import CODES

from .edition_fields import Row, entry_name
from .edition_files import files_in, key_and_language, read_list, read_markdown, refuse

NEW, CHANGED, SAME = "new", "changed", "as before"
# As long as the desk takes them.
AUTHOR_TEXTS = {text.name: text.max_length for text in AuthorForm.translated}


def table(edition, name, known, write):
    """One YAML file as one piece of work; `write(edition, row, key)` yields an outcome for each row it wrote."""
    path = edition.folder / f"{name}.yaml"
    if not path.exists():
        return

    @transaction.atomic
    def work():
        counts, seen = Counter(), set()
        for number, data in enumerate(read_list(path), 1):
            row = Row(data, known, entry_name(data, number))
            key = row.key("key", most=40, required=True)
            if key in seen:
                row.fault("key", "stands here twice")
            seen.add(key)
            counts.update(write(edition, row, key))
        return counts

    yield path.name, work


def put(edition, model, lookup, values, where="", exclude=()):
    """Creates the row, or changes it where the file says something else. Returns what was done."""
    row = model.objects.filter(**lookup).first()
    outcome = NEW if row is None else CHANGED
    if row is None:
        row = model(**lookup, **values)
    elif all(getattr(row, name) == value for name, value in values.items()):
        return SAME
    else:
        edition.check_desk(changed_in_admin(row))
        for name, value in values.items():
            setattr(row, name, value)
    try:
        row.full_clean(exclude=exclude)
        if model in (Category, StandingPage):
            check_top_slug(row)
    except ValidationError as error:
        raise ValidationError(
            {_place(where, name): messages for name, messages in error.message_dict.items()}
        ) from error
    row.save()
    return outcome


def _place(where, name):
    return ", ".join(filter(None, [where, "" if name == NON_FIELD_ERRORS else name])) or NON_FIELD_ERRORS


def changed_in_admin(row):
    kind = ContentType.objects.get_for_model(row)
    return LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).exists()


def categories(edition):
    return table(edition, "categories", ["key", "name", "slug", "description", "position"], _category)


def _category(edition, row, key):
    names, slugs = row.texts("name", 60, required=True), row.texts("slug", 60, required=True)
    descriptions, position = row.texts("description", 300), row.whole("position")
    for language in {**slugs, **descriptions}:
        if language not in names:
            row.fault("name", f"is missing in {language}")
    row.raise_any()
    for language, name in names.items():
        values = {"name": name, "slug": slugs.get(language, ""), "description": descriptions.get(language, "")}
        values["position"] = position
        yield put(edition, Category, {"key": key, "language": language}, values, f"{key} ({language})")


def authors(edition):
    known = ["key", "name", "kind", *AUTHOR_TEXTS, "sigil", "position", "demo"]
    return table(edition, "authors", known, _author)


def _author(edition, row, key):
    texts = {name: row.texts(name, most) for name, most in AUTHOR_TEXTS.items()}
    values = {
        "name": row.line("name", 80, required=True),
        "kind": row.choice("kind", Author.Kind.values, default=Author.Kind.AI),
        "sigil": row.choice("sigil", Author.Sigil.values),
        "position": row.whole("position"),
        "is_demo": row.flag("demo"),
        "texts": {
            language: {name: texts[name][language] for name in AUTHOR_TEXTS if language in texts[name]}
            for language in CODES
            if any(language in texts[name] for name in AUTHOR_TEXTS)
        },
    }
    row.raise_any()
    if values["is_demo"]:
        edition.refuse_demo()
    yield put(edition, Author, {"slug": key}, values, key)


def sources(edition):
    return table(edition, "sources", ["key", "name", "url"], _source)


def _source(edition, row, key):
    values = {"name": row.line("name", 120, required=True), "url": row.line("url", 300, required=True)}
    row.raise_any()
    yield put(edition, Source, {"key": key}, values, key)


def places(edition):
    return table(edition, "places", ["key", "name", "latitude", "longitude"], _place_row)


def _place_row(edition, row, key):
    values = {
        "texts": {language: {"name": name} for language, name in row.texts("name", 120, required=True).items()},
        "latitude": row.degrees("latitude", 90),
        "longitude": row.degrees("longitude", 180),
    }
    row.raise_any()
    yield put(edition, Place, {"key": key}, values, key)


def pages(edition):
    for path in files_in(edition.folder / "pages"):
        yield f"pages/{path.name}", lambda path=path: _page(edition, path)


@transaction.atomic
def _page(edition, path):
    key, language = key_and_language(path, "md")
    front, body = read_markdown(path)
    row = Row(front, ["title", "slug", "description"])
    values = {
        "title": row.line("title", 120, required=True),
        "slug": row.key("slug", 60) or key,
        "description": row.line("description", 300),
        "body": body.strip(),
    }
    row.raise_any()
    return Counter([put(edition, StandingPage, {"key": key, "language": language}, values, exclude=["html"])])


def placements(edition):
    path = edition.folder / "placements.yaml"
    if path.exists():
        yield path.name, lambda: _placements(edition, path)


@transaction.atomic
def _placements(edition, path):
    counts = Counter()
    for number, data in enumerate(read_list(path), 1):
        row = Row(data, ["slot", "story", "language"], f"entry {number}")
        slot, story = row.line("slot", 60, required=True), row.key("story", required=True)
        language = row.choice("language", CODES)
        if not language:
            row.fault("language", "is missing")
        row.raise_any()
        article = Article.objects.filter(translation_key=story, language=language).select_related("category").first()
        if article is None:
            refuse(f"{row.where}, story", f"there is no story “{story}” in {language}")
        counts[_place_story(edition, _slot(slot, article, row.where), article)] += 1
    return counts


def _slot(text, article, where):
    if text == "lead":
        return Placement.Slot.LEAD
    if text != f"section:{article.category.key}":
        refuse(f"{where}, slot", f"“{text}” is neither lead nor section:{article.category.key}, the story's section")
    return Placement.Slot.SECTION


def _place_story(edition, slot, article):
    """A story that stood in the slot once and does not now was taken out by the desk: it stays out."""
    same_slot = Placement.objects.filter(slot=slot, position=1)
    if slot == Placement.Slot.SECTION:
        same_slot = same_slot.filter(article__category=article.category)
    current = same_slot.current(article.language, edition.now)
    if current.filter(article=article).exists():
        return SAME
    if same_slot.filter(article=article).exists() and not edition.overwrite:
        return SAME
    outcome = CHANGED if current.exists() else NEW
    current.filter(shown_from__lt=edition.now).update(shown_until=edition.now)
    Placement.objects.create(slot=slot, article=article, shown_from=edition.now)
    return outcome
