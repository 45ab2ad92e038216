"""A reader without an account: a random 128-bit cookie that only the first like or comment sets, never reading."""

import secrets

from django.conf import settings

from . import ratelimit

COOKIE_SECONDS = 400 * 86_400


def cookie_name():
    """`__Host-` binds the cookie to this host; browsers take it over HTTPS only."""
    return "__Host-reader" if settings.SESSION_COOKIE_SECURE else "reader"


def reader_token(request):
    """The reader's random identity as their browser sent it; '' without one, or with one that is none of ours."""
    token = request.COOKIES.get(cookie_name(), "")
    return token if len(token) == 32 and all(char in "0123456789abcdef" for char in token) else ""


def new_token():
    return secrets.token_hex(16)


def set_cookie(response, token):
    response.set_cookie(
        cookie_name(),
        token,
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def hit_like(request, token):
    """Counts one like, or one taken back, of a story or a comment. Returns 0, or the seconds to wait."""
    seconds = ratelimit.hit("like-reader", token) if token else 0
    return seconds or ratelimit.hit("like-network", ratelimit.network_of(request))
