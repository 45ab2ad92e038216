"""What `make chaos` proves at its end: the ledger of its crowd (chaos_readers.py) against the rows of the database.

Of what was refused after a try without an answer, either may be stored: `texts`, `parents` and `states` have all that
is possible, one thing wherever the last word was acknowledged.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

MOST_SHOWN = 20
KEY = re.compile(r"Word (\S+) version ")


def prepare():
    """In a process of the site: makes a moderator, and prints their cookies and what there is to write on, as JSON."""
    from django.test import Client

    from articles.models import Article, Like
    from authors.models import User
    from comments.models import Comment, CommentLike

    if User.objects.exists():
        sys.exit("This database is in use: it has accounts. Chaos writes into a throwaway one.")
    moderator = User.objects.create_superuser("chaos@example.org", None, display_name="Chaos")
    client = Client()
    client.force_login(moderator)
    stories = Article.objects.public("en").newest().select_related("category")[:3]
    last = {"comments": Comment, "story": Like, "comment": CommentLike}
    found = {
        "cookies": {"sessionid": client.cookies["sessionid"].value, "csrftoken": "c" * 32},
        "stories": {article.pk: article.get_absolute_url() for article in stories},
        "last": {
            name: model.objects.order_by("pk").values_list("pk", flat=True).last() or 0 for name, model in last.items()
        },
    }
    json.dump(found, sys.stdout)


def main():
    """In a process of the site: prints each fault, and exits with 1 if there is one."""
    found = list(faults(json.loads(Path(sys.argv[1]).read_text())))
    for sentence in found[:MOST_SHOWN]:
        print(sentence)
    if len(found) > MOST_SHOWN:
        print(f"… and {len(found) - MOST_SHOWN} more")
    sys.exit(bool(found))


def faults(ledger):
    """A sentence for each thing that is not as it was acknowledged."""
    from comments.models import Comment
    from desk.recounting import recount

    rows = list(Comment.objects.filter(pk__gt=ledger["last"]["comments"]))
    yield from _wrong_comments(ledger["comments"], rows)
    yield from _unsent_comments(ledger["comments"], rows)
    yield from _wrong_decisions(ledger, rows)
    yield from _wrong_likes(ledger, {row.pk for row in rows if row.status == "withdrawn"})
    yield from recount(write=False)
    yield from _broken_file()


def _key(row):
    found = KEY.match(row.body)
    return found and found[1]


def _wrong_comments(sent, rows):
    by_key, by_id = defaultdict(list), {row.pk: row for row in rows}
    for row in rows:
        by_key[_key(row)].append(row)
    for comment in sent:
        found, who = by_key[comment["key"]], f"Comment {comment['key']}"
        if comment["deleted"] == "done":
            if found:
                yield f"{who}: its deletion was acknowledged, and it is there."
            elif comment["id"] not in by_id:
                yield f"{who}: deleted, but it left no row ({comment['id']})."
        elif comment["id"] and not comment["deleted"]:
            if len(found) != 1:
                yield f"{who} was acknowledged, and is there {len(found)} times."
            yield from (f"{who} {what}" for row in found[:1] for what in _differences(comment, row))


def _differences(comment, row):
    from comments.dialect import render_comment
    from comments.identity import reader_of

    if row.pk != comment["id"]:
        yield f"was acknowledged as {comment['id']}, and is {row.pk}."
    if row.body not in comment["texts"]:
        yield f"says {row.body[:40]!r}; acknowledged was {comment['texts'][0][:40]!r}."
    if row.html != render_comment(row.body):
        yield "shows another text than it says."
    if row.parent_id not in comment["parents"]:
        yield f"answers {row.parent_id}, not {comment['parents'][0]}."
    if str(row.article_id) != str(comment["story"]):
        yield "stands below another story."
    if row.reader != reader_of(comment["token"]):
        yield "belongs to somebody else."


def _unsent_comments(sent, rows):
    keys, deleted = {comment["key"] for comment in sent}, {comment["id"] for comment in sent if comment["deleted"]}
    for row in rows:
        if row.status == "withdrawn":
            if row.pk not in deleted:
                yield f"Comment {row.pk} is deleted, and nobody asked for that."
        elif _key(row) not in keys:
            yield f"Comment {row.pk} is there, and nobody sent it: {row.body[:40]!r}."


def _wrong_decisions(ledger, rows):
    touched = {comment["id"] for comment in ledger["comments"] if comment["was_edited"] or comment["deleted"]}
    for row in rows:
        # An edit sends a comment back to the moderator, or comes too late, whichever of the two was first.
        decided = ledger["decided"].get(str(row.pk))
        if decided and row.pk not in touched and row.status != decided:
            yield f"Comment {row.pk} is {row.status}; acknowledged was {decided}."
        if row.status == "approved" and row.pk not in ledger["approved"]:
            yield f"Comment {row.pk} is approved, and no moderator did that."


def _wrong_likes(ledger, deleted):
    from articles.likes import reader_of
    from articles.models import Like
    from comments.likes import liker
    from comments.models import CommentLike

    stories = Like.objects.filter(pk__gt=ledger["last"]["story"]).values_list("article", "reader")
    yield from _wrong_likes_of(ledger, "story", stories, reader_of, set())
    comments = CommentLike.objects.filter(pk__gt=ledger["last"]["comment"]).values_list("comment", "reader")
    # A deleted comment's likes go with it.
    yield from _wrong_likes_of(ledger, "comment", comments, liker, deleted)


def _wrong_likes_of(ledger, kind, rows, hashed, deleted):
    stored, lost = Counter(rows), Counter(int(pk) for name, pk in ledger["lost_likes"] if name == kind)
    for like in ledger["likes"]:
        if like["kind"] == kind:
            pk = int(like["target"])
            number, states = stored.pop((pk, hashed(like["token"], pk)), 0), like["states"]
            if number not in ([0] if pk in deleted else [int(state) for state in states]):
                yield f"A like of {kind} {pk} is there {number} times; acknowledged was {int(states[-1])}."
    for pk, number in Counter(pk for pk, _reader in stored.elements()).items():
        if number > lost[pk] or pk in deleted:
            yield f"{kind.capitalize()} {pk} has {number} likes that nobody gave; {lost[pk]} got no answer."


def _broken_file():
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for (line,) in cursor.execute("PRAGMA integrity_check").fetchall():
                if line != "ok":
                    yield f"SQLite's integrity_check: {line}"
