"""What readers left at a seeded story: likes and threads of comments, as likes.py and threads.py would store them."""

import datetime as dt

from articles.models import Like
from comments.dialect import HTML_VERSION
from comments.models import Comment, CommentLike

from .seed_texts import reader_name

STATUS = Comment.Status
MOST_LIKES, MOST_COMMENTS, HOT_COMMENTS = 30, 20, 5200
# The longest thread of the hot story; others have up to a dozen replies.
HOT_THREAD = 400
OTHER_STATUS = 0.08


def likes(article, rng, now):
    """Most stories have none or a few, some have thirty."""
    count = int((MOST_LIKES + 1) * rng.random() ** 7)
    return [
        Like(article=article, reader=f"{rng.getrandbits(256):064x}", created_at=_later(article.public_at, now, rng))
        for _ in range(count)
    ]


def comments(article, texts, rng, now, is_hot):
    total = HOT_COMMENTS if is_hot else int((MOST_COMMENTS + 1) * rng.random() ** 8)
    sizes = [HOT_THREAD] if is_hot else []
    found = []
    while total:
        size = min(total, sizes.pop() if sizes else 1 + int(12 * rng.random() ** 3))
        found += _thread(article, size, texts, rng, now)
        total -= size
    return found


def _later(moment, now, rng):
    """Some time after the moment, soon rather than late, and not in the future."""
    return moment + (now - moment) * rng.random() ** 6


def _thread(article, size, texts, rng, now):
    """The root and, in the order of time, its replies, each to one of those before it that readers see."""
    written = _later(article.public_at, now, rng)
    root = _comment(article, written, texts, rng, _status(rng, is_answered=size > 1))
    thread, answerable = [root], [root]
    for moment in sorted(_later(written, now, rng) for _ in range(size - 1)):
        parent, status = rng.choice(answerable[-6:]), _status(rng, is_answered=False)
        reply = _comment(article, moment, texts, rng, status, parent=parent, root=root, depth=parent.depth + 1)
        if reply.is_shown:
            parent.reply_count += 1
            reply.number = parent.reply_count
            answerable.append(reply)
        thread.append(reply)
    root.is_shown = root.is_shown or root.reply_count > 0
    return thread


def comment_likes(comments, rng):
    return [
        CommentLike(comment=comment, reader=f"{rng.getrandbits(256):064x}", created_at=comment.created_at)
        for comment in comments
        for _number in range(comment.like_count)
    ]


def _status(rng, is_answered):
    if rng.random() > OTHER_STATUS:
        return STATUS.APPROVED
    return STATUS.REMOVED if is_answered else rng.choice([STATUS.PENDING, STATUS.REJECTED, STATUS.REMOVED])


def _comment(article, moment, texts, rng, status, **fields):
    body, html = rng.choice(texts.comments)
    is_decided = status in (STATUS.REJECTED, STATUS.REMOVED)
    return Comment(
        article=article,
        name=reader_name(rng),
        body=body,
        html=html,
        html_version=HTML_VERSION,
        status=status,
        is_shown=status == STATUS.APPROVED,
        like_count=int(9 * rng.random() ** 8),
        is_demo=True,
        created_at=moment,
        decided_at=moment + dt.timedelta(minutes=1) if is_decided else None,
        **fields,
    )
