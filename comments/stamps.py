"""The proof that somebody had the form in hand, and for how long: programs that post blindly have none.

A stamp is good for one comment below one story: a form that is sent twice is one comment. A guest without a cookie
becomes the identity in it, so that the comment is theirs whichever of two answers their browser takes. The database
has nothing but hashes of that identity.
"""

import time
from typing import NamedTuple

from django.core import signing
from django.utils.crypto import salted_hmac

from authors.readers import new_token

SALT = "newsroom.comment-stamp"
OLDEST = 12 * 3600


class Stamp(NamedTuple):
    text: str
    made_at: float
    token: str
    # Whether its writer was told that their text would be rejected, and might rewrite it.
    is_told: bool = False

    @property
    def submission(self):
        """Comment.submission."""
        return salted_hmac("newsroom.submission", self.token, algorithm="sha256").hexdigest()[:32]

    @property
    def age(self):
        """In seconds."""
        return time.time() - self.made_at


def new_stamp(article_id):
    return _signed(article_id, round(time.time(), 2), new_token())


def told(stamp, article_id):
    """The same stamp once more, good for as long as a new one, which says that its writer was told."""
    return _signed(article_id, stamp.made_at, stamp.token, True)


def _signed(*parts):
    return signing.dumps(parts, salt=SALT)


def read_stamp(text, article_id):
    """The stamp, or None where it is forged, of another story, or too old."""
    try:
        article, *parts = signing.loads(text, salt=SALT, max_age=OLDEST)
    except signing.BadSignature:
        return None
    return Stamp(text, *parts) if article == article_id else None
