"""The staff's login, limited per account and per network; readers' accounts share its rules and counters.

A browser that has signed in to an account before has tries of its own, so that a stranger who fails on purpose cannot
lock the account's owner out.
"""

import datetime as dt

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from .ratelimit import forget, hit, network_of

COOKIE, SALT = "known_login", "authors.login.known"
COOKIE_SECONDS = 180 * 86_400


def identity(request, email):
    """Who is counted when this address is tried: a browser that the account knows counts for itself."""
    email = email.strip().upper().lower()
    known = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_SECONDS)
    return f"{email} known" if known and known == email else email


def remember(response, email, path):
    """Marks the browser as known to this account, for the sign-in page at `path` alone."""
    response.set_signed_cookie(
        COOKIE,
        email.upper().lower(),
        salt=SALT,
        max_age=COOKIE_SECONDS,
        path=path,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )


def moment_after(wait):
    """When the next try is allowed, for a sentence with time, zone and minutes."""
    with timezone.override(settings.EDITION_TIME_ZONE):
        moment = timezone.localtime(timezone.now() + dt.timedelta(seconds=wait))
        return {
            "time": time_format(moment, "H:i:s"),
            "zone": settings.EDITION_TIME_ZONE,
            "minutes": -(-wait // 60),
        }


class LoginForm(AdminAuthenticationForm):
    # Seconds until the next try is allowed; 0 while it is.
    wait = 0

    def clean(self):
        who = identity(self.request, self.cleaned_data.get("username") or "")
        self.wait = max(hit("login-network", network_of(self.request)), hit("login-account", who))
        if self.wait:
            sentence = _("Too many attempts to sign in. Try again at %(time)s (%(zone)s), in %(minutes)d min.")
            raise ValidationError(sentence % moment_after(self.wait), code="too_many")
        cleaned = super().clean()
        if self.user_cache is not None:
            forget("login-account", who)
        return cleaned


def answer_login(request, response):
    """Gives the login page's response its status: 429 while tries are used up; a success marks the browser as known."""
    form = (getattr(response, "context_data", None) or {}).get("form")
    if wait := getattr(form, "wait", 0):
        response.status_code = 429
        response["Retry-After"] = str(wait)
    elif request.method == "POST" and response.status_code == 302 and request.user.is_authenticated:
        remember(response, request.user.email, "/admin/login/")
    return response
