"""The differences of two versions as a page shows them: names instead of keys, pictures instead of numbers.

`shown()` makes the context of templates/admin/articles/article/compare_rows.html, with at most five queries.
"""

from django.utils.translation import gettext as _

from authors.models import Author
from photos.models import Photo

from .content import EMPTY
from .differences import BREAK, compare
from .matching import Run, word_runs
from .models import Article, Category, Place, Source

FIELD = "piece-"


def shown(old, new, language, choices=None):
    """Context of the rows. With `choices` ({key: "old", "new" or "both"}) each piece has buttons to choose it by.

    Beside it the page gives `old_name` and `new_name`, the words for the two columns.
    """
    names = _names([{**EMPTY, **content} for content in (old, new)], language)
    rows = compare(old, new)
    return {
        "rows": [_row(row, names, choices) for row in rows if row.changed],
        "alike": [_row(row, names, None) for row in rows if not row.changed and _says_something(row)],
        "story_language": language,
        "choices": choices,
    }


def chosen(data):
    """{key: choice} of a posted page."""
    return {name.removeprefix(FIELD): data[name] for name in data if name.startswith(FIELD)}


def _says_something(row):
    return any(piece.old for piece in row.pieces)


def _names(contents, language):
    """{part: {key: name}} of all that the two versions refer to by key."""

    def keys(*parts):
        return {content[part] for content in contents for part in parts} - {None, ""}

    def listed(part, name):
        return {row[name] for content in contents for row in content[part]}

    sections = Category.objects.filter(language=language, key__in=keys("category"))
    places = Place.objects.filter(key__in=keys("place"))
    return {
        "category": dict(sections.values_list("key", "name")),
        "author": dict(Author.objects.filter(slug__in=keys("author")).values_list("slug", "name")),
        "place": {place.key: place.name(language) for place in places},
        "origin": {value: str(label) for value, label in Article.Origin.choices},
        "sources": dict(Source.objects.filter(key__in=listed("sources", "source")).values_list("key", "name")),
        "photos": Photo.objects.in_bulk(listed("photos", "photo")),
    }


def _row(row, names, choices):
    shown = {"name": row.name, "label": row.label, "kind": row.kind}
    return {**shown, "pieces": [_piece(row, piece, names, choices) for piece in row.pieces]}


def _piece(row, piece, names, choices):
    told = {"key": piece.key, "count": len(piece.old) if row.kind == "body" else 0}
    if row.kind == "list":
        before, after = row.items
        told["old_items"] = [_item(row.name, item, names, "deleted") for item in before]
        told["new_items"] = [_item(row.name, item, names, "inserted") for item in after]
    elif row.kind == "value":
        known = names[row.name]
        old, new = (known.get(key, key) or "" for key in (piece.old, piece.new))
        told["old"], told["new"] = _sides([Run("same", old)] if not piece.key else _replaced(old, new))
    elif piece.key:
        told["old"], told["new"] = piece.old_runs, piece.new_runs
    else:
        told["old"] = [Run("same", BREAK.join(piece.old) if row.kind == "body" else piece.old)]
    if choices is not None and piece.key:
        can_be_both = row.kind in ("body", "list") and piece.old and piece.new
        told |= {"field": FIELD + piece.key, "choice": choices.get(piece.key, "new"), "can_be_both": can_be_both}
    return told


def _replaced(old, new):
    return [Run(kind, text) for kind, text in (("deleted", old), ("inserted", new)) if text]


def _sides(runs):
    return [run for run in runs if run.kind != "inserted"], [run for run in runs if run.kind != "deleted"]


def _item(name, item, names, own):
    """One item of a list: a line for each thing that it says, with the changed words in it."""
    lines = _lines(name, item.value, names)
    if item.state in ("removed", "added"):
        told = [[Run(own, line)] for line in lines if line]
    elif item.state == "changed":
        others = _lines(name, item.other, names)
        pairs = zip(others, lines, strict=True) if own == "inserted" else zip(lines, others, strict=True)
        told = [_sides(word_runs(*pair))[own == "inserted"] for pair in pairs]
    else:
        told = [[Run("same", line)] for line in lines if line]
    photo = names["photos"].get(item.value["photo"]) if name == "photos" else None
    alt = item.value["alt"] if name == "photos" else ""
    return {
        "state": item.state,
        "moved": item.moved,
        "lines": [line for line in told if line],
        "photo": photo,
        "alt": alt,
    }


def _lines(name, value, names):
    if name == "sources":
        return [
            names["sources"].get(value["source"], value["source"]),
            value["title"],
            value["url"],
            value["published"],
        ]
    if name == "photos":
        mark = dict(Photo.Mark.choices).get(value["mark"], value["mark"])
        return [
            _("Description: %(text)s") % {"text": value["alt"]},
            value["caption"] and _("Caption: %(text)s") % {"text": value["caption"]},
            (place := value.get("place", "")) and _("Place: %(text)s") % {"text": place},
            f"{value['credit']} · {mark}",
        ]
    return [value]
