"""A text that somebody wants to publish, what the phases know of it and its writer, and what a phase says of it."""

import dataclasses
import datetime as dt
import hashlib
import html
import re
from functools import cached_property

from django.conf import settings
from django.utils import timezone

from articles.models import Article
from authors.models import User
from newsroom.text import fold

from . import commenters, learning, policy, word_lists
from .models import Comment, Finding
from .stamps import Stamp

Verdict = Finding.Verdict
# So much of a writer's past counts: it is read in one go, however much somebody has written.
NEWEST = 100
LINK = re.compile(r"<a [^>]*>([^<]*)</a>")


@dataclasses.dataclass(frozen=True)
class Opinion:
    """What a phase says. `details`: what it found, for moderators (reasons.py puts it into a sentence).

    A rejection with a `sentence` turns the writer away with it and with the HTTP `status`: nothing is stored, the text
    stays in the form (the sentence beside `field`, if one is named). One that `may_rewrite` does so once: sent again
    and still rejected, the comment is stored as that. `wait`: seconds until it may be tried again. A firm hold is
    lifted by nobody but a moderator.
    """

    verdict: str
    details: dict = dataclasses.field(default_factory=dict)
    sentence: str = ""
    status: int = 403
    wait: int = 0
    field: str = ""
    may_rewrite: bool = False
    is_firm: bool = False


@dataclasses.dataclass
class Candidate:
    """What is not known stays as it is here: the phases that need it have no opinion."""

    article: Article
    body: str
    # `body` as it will be shown.
    html: str
    name: str
    # The account, or Comment.reader of a guest.
    user: User | None = None
    reader: str = ""
    # Comment.network, and the same in clear, which counts for the limits and is never stored.
    network: str = ""
    address: str = ""
    parent: Comment | None = None
    # The field that people do not see.
    website: str = ""
    stamp: Stamp | None = None
    # Whether its writer was told what is wrong with it; the seal of the warning that they say they have read.
    is_told: bool = False
    acknowledges: str = ""
    # The comment whose text this is to become.
    comment: Comment | None = None
    now: dt.datetime = dataclasses.field(default_factory=timezone.now)

    @cached_property
    def policy(self):
        return policy.policy_of(self.article)

    @cached_property
    def commenter(self):
        """What moderators have said about the writer; None for nothing."""
        return commenters.find_writer(self.user, self.reader)

    @cached_property
    def standing(self):
        return commenters.standing_of(self.commenter, self.now)

    @cached_property
    def past(self):
        """[(status, when it was decided or written), …] of the writer's newest comments, without this one."""
        if not (self.user or self.reader):
            return []
        rows = Comment.objects.filter(user=self.user) if self.user else Comment.objects.filter(reader=self.reader)
        rows = rows.exclude(pk=self.comment.pk) if self.comment else rows
        newest = rows.order_by("-id").values_list("status", "decided_at", "created_at")[:NEWEST]
        return [(status, decided_at or created_at) for status, decided_at, created_at in newest]

    @cached_property
    def links(self):
        """The addresses in it, as they are written."""
        return [html.unescape(address) for address in LINK.findall(self.html)]

    @cached_property
    def text_key(self):
        """Comment.text_key: the same however it is spaced, accented and signed; None for a short text."""
        letters = "".join(char for char in fold(self.body) if char.isalnum())
        if len(letters) < settings.MODERATION["duplicate_from"]:
            return None
        return hashlib.sha256(letters.encode()).hexdigest()[:32]

    @cached_property
    def matches(self):
        """The listed words in its text and in its writer's name."""
        return word_lists.match(word_lists.text_of(self.body, self.name), self.article.language)

    @cached_property
    def learned(self):
        """What the classifier has to say; None while it is silent."""
        return learning.opinion(self.body, self.article.language)
