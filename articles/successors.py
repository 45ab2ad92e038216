"""A replaced photo gives way to its successor whenever a story is saved, whichever way the old one came in."""

from photos.models import Photo

from .dialect import PHOTO


def with_successors(raw):
    """Raw content (content.clean) without replaced photos, in the list and in the text. Nothing else changes."""
    rows = raw.get("photos") or []
    successors = Photo.objects.successors([row["photo"] for row in rows if isinstance(row.get("photo"), int)])
    if not successors:
        return raw
    return {**raw, "photos": _rows(rows, successors), "body": _body(raw.get("body") or "", successors)}


def _rows(rows, successors):
    """Where the successor stands among the photos already, its own alt and caption hold."""
    present = {row.get("photo") for row in rows}
    kept = []
    for row in rows:
        successor = successors.get(row.get("photo"))
        if successor is None:
            kept.append(row)
        elif successor not in present:
            present.add(successor)
            kept.append({**row, "photo": successor})
    return kept


def _body(body, successors):
    return PHOTO.sub(lambda match: f"![{match[1]}](photo:{successors.get(int(match[2]), match[2])})", body)
