"""Fills what 0002 added from what is there: who is shown, how many shown replies each has, and the numbers of those."""

import secrets
from itertools import groupby

from django.db import migrations
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

BATCH = 2000


def show_and_number(apps, schema_editor):
    Comment = apps.get_model("comments", "Comment")
    Comment.objects.exclude(parent=None, status="approved").update(is_pick=False)
    Comment.objects.update(is_shown=Q(status="approved"))
    changed = 1
    while changed:  # each round carries a tombstone one level up
        shown = Comment.objects.filter(parent=OuterRef("pk"), is_shown=True).order_by().values("parent")
        count = Coalesce(Subquery(shown.annotate(n=Count("pk")).values("n")), 0)
        Comment.objects.exclude(reply_count=count).update(reply_count=count)
        changed = Comment.objects.filter(is_shown=False, reply_count__gt=0).update(is_shown=True)
    _number(Comment)


def keep_demo_likes(apps, schema_editor):
    """Only demonstrations had likes before, as bare numbers: each becomes a row, as `load_edition` now stores them."""
    CommentLike = apps.get_model("comments", "CommentLike")
    for comment in apps.get_model("comments", "Comment").objects.filter(like_count__gt=0).iterator(BATCH):
        readers = (secrets.token_hex(32) for _number in range(comment.like_count))
        CommentLike.objects.bulk_create(CommentLike(comment=comment, reader=reader) for reader in readers)


def _number(Comment):
    shown = Comment.objects.filter(is_shown=True, parent__isnull=False).order_by("parent_id", "created_at", "pk")
    batch = []
    for _parent, replies in groupby(shown.only("pk", "parent_id").iterator(BATCH), key=lambda reply: reply.parent_id):
        for number, reply in enumerate(replies, 1):
            reply.number = number
            batch.append(reply)
        if len(batch) >= BATCH:
            Comment.objects.bulk_update(batch, ["number"], batch_size=500)
            batch = []
    Comment.objects.bulk_update(batch, ["number"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_readers_voice")]

    operations = [
        migrations.RunPython(show_and_number, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(keep_demo_likes, migrations.RunPython.noop, elidable=True),
    ]
