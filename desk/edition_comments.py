"""Demonstration comments of an edition: a story's file is loaded once, as one transaction, and marked as such."""

import datetime as dt
import secrets
from collections import Counter
from typing import NamedTuple

from django.db import transaction
from django.utils.crypto import salted_hmac

from articles.models import Article
from authors.models import Author
from comments.dialect import render_comment
from comments.models import Comment, CommentLike
from comments.moderation import decide
from comments.pipeline import Candidate, judge
from comments.posting import add_comment

from .edition_fields import Row
from .edition_files import files_in, key_and_language, read_list, refuse
from .edition_tables import NEW, SAME

Status = Comment.Status
STATUSES = [status for status in Status.values if status != Status.WITHDRAWN]
# Each is a row: a demonstration's counters are proved like all others.
MOST_LIKES = 1_000
FIELDS = ["name", "author", "age", "likes", "status", "body", "replies"]


class Entry(NamedTuple):
    number: int
    parent: int | None
    where: str
    created_at: dt.datetime
    fields: dict


def comments(edition):
    for path in files_in(edition.folder / "comments"):
        yield f"comments/{path.name}", lambda path=path: _file(edition, path)


@transaction.atomic
def _file(edition, path):
    key, language = key_and_language(path, "yaml")
    data = read_list(path)
    edition.refuse_demo()
    article = Article.objects.filter(translation_key=key, language=language).first()
    if article is None:
        refuse("name", f"there is no story “{key}” in {language}")
    if not article.is_demo:
        refuse("name", "made-up comments belong to demonstration stories alone")
    faults, entries = Row({}, []), []
    for number, item in enumerate(data, 1):
        _read(Row(item, FIELDS, f"comment {number}", faults.faults), edition.now, entries)
    for entry in entries:
        if article.public_at and entry.created_at < article.public_at:
            faults.faults.setdefault(f"{entry.where}, age", "is older than the story")
    faults.raise_any()
    if article.comments.filter(is_demo=True).exists():
        return Counter([SAME])
    _add(article, entries)
    return Counter([NEW])


def _read(row, now, entries, parent=None):
    """Appends the comment and, below it, its replies."""
    name, author = row.line("name", 60), _author(row)
    if bool(name) == bool(row.data.get("author")):
        row.fault("name", "a comment has a name, or the key of an author who answers")
    fields = {
        "name": name or (author.name if author else ""),
        "author": author,
        "body": row.block("body", 4000, required=True),
        "status": row.choice("status", STATUSES, default=Comment.Status.APPROVED),
        "like_count": row.whole("likes", 0, MOST_LIKES),
    }
    created_at = row.ago("age", now) or now
    if parent and created_at < parent.created_at:
        row.fault("age", "is older than the comment that it answers")
    entry = Entry(len(entries), parent.number if parent else None, row.where, created_at, fields)
    entries.append(entry)
    for reply in row.rows("replies", FIELDS):
        _read(reply, now, entries, entry)


def _author(row):
    key = row.key("author")
    author = Author.objects.filter(slug=key).first() if key else None
    if key and author is None:
        row.fault("author", f"there is no author “{key}”")
    return author


def _add(article, entries):
    """In the order of time, as readers would have written them; a parent is never younger than its replies.

    What is no longer there was there when it was answered, so the decisions come last.
    """
    added, decisions = {}, []
    for entry in sorted(entries, key=lambda entry: (entry.created_at, entry.number)):
        fields = dict(entry.fields)
        status = fields.pop("status")
        parent = added.get(entry.parent)
        if not fields["author"]:
            fields["reader"] = _reader(fields["name"])
        if status == Status.PENDING:
            fields["judgement"] = _judged(article, entry, parent)
        comment = add_comment(
            article, parent=parent, status=Status.APPROVED, created_at=entry.created_at, is_demo=True, **fields
        )
        added[entry.number] = comment
        decisions.append((comment, status))
        readers = (secrets.token_hex(32) for _number in range(comment.like_count))
        CommentLike.objects.bulk_create(CommentLike(comment=comment, reader=reader) for reader in readers)
    for comment, status in decisions:
        decide(comment, status)


def _judged(article, entry, parent):
    """What the pipeline says of one that waits, for the queue to show; whatever it would do, it waits."""
    body, name = entry.fields["body"], entry.fields["name"]
    known = {"reader": _reader(name), "parent": parent, "now": entry.created_at}
    candidate = Candidate(article, body, render_comment(body), name, **known)
    return judge(candidate)._replace(status=Status.PENDING)


def _reader(name):
    """Comment.reader of a made-up guest: the same name is the same person, with a history. No cookie fits it."""
    return salted_hmac("newsroom.demo", name, algorithm="sha256").hexdigest()
