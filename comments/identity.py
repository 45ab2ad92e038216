"""Who writes: an account that is signed in, or a guest known by the random cookie of their browser alone."""

import hmac
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from authors.models import User
from authors.ratelimit import network_of
from authors.readers import reader_token
from newsroom.text import fold

from .models import Comment


class Writer(NamedTuple):
    """`token`: the guest's cookie, '' without one. An account may carry both; what either wrote is theirs."""

    user: User | None
    token: str

    @property
    def reader(self):
        """What a guest's comments are found by; '' for nobody."""
        return reader_of(self.token) if self.token else ""

    @property
    def is_known(self):
        return bool(self.user or self.token)

    def owns(self, comment):
        return bool((self.user and comment.user_id == self.user.pk) or (self.reader and comment.reader == self.reader))


def writer_of(request):
    """Reads the session: for pages that no cache keeps."""
    return Writer(request.user if request.user.is_authenticated else None, reader_token(request))


def mine(writer):
    """All comments of this account and this browser that their writer has not deleted."""
    which = Q(pk__in=[])
    if writer.user:
        which |= Q(user=writer.user)
    if writer.reader:
        which |= Q(reader=writer.reader)
    return Comment.objects.filter(which).exclude(status=Comment.Status.WITHDRAWN)


def reader_of(token):
    return salted_hmac("newsroom.comment", token, algorithm="sha256").hexdigest()


def writer_key(user, reader, name):
    """Comment.writer_key: the same for all of one account, or of one browser under one name."""
    who = f"account {user.pk}" if user else f"{reader} {fold(name)}"
    return salted_hmac("newsroom.writer", who, algorithm="sha256").hexdigest()[:16]


def network_key(request):
    """Comment.network: keyed HMAC of the reader's /24 or /64. No address is stored in clear."""
    return hmac.digest(settings.NETWORK_KEY.encode(), network_of(request).encode(), "sha256").hex()
