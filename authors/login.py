"""The staff's login, limited per account and per network.

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


class LoginForm(AdminAuthenticationForm):
    # Seconds until the next try is allowed; 0 while it is.
    wait = 0

    def clean(self):
        email = (self.cleaned_data.get("username") or "").strip().upper().lower()
        identity = f"{email} known" if self._is_known(email) else email
        self.wait = max(hit("login-network", network_of(self.request)), hit("login-account", identity))
        if self.wait:
            raise ValidationError(self._come_back(), code="too_many")
        cleaned = super().clean()
        if self.user_cache is not None:
            forget("login-account", identity)
        return cleaned

    def _is_known(self, email):
        known = self.request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=COOKIE_SECONDS)
        return bool(known) and known == email

    def _come_back(self):
        with timezone.override(settings.EDITION_TIME_ZONE):
            moment = timezone.localtime(timezone.now() + dt.timedelta(seconds=self.wait))
            return _("Too many attempts to sign in. Try again at %(time)s (%(zone)s), in %(minutes)d min.") % {
                "time": time_format(moment, "H:i:s"),
                "zone": settings.EDITION_TIME_ZONE,
                "minutes": -(-self.wait // 60),
            }


def answer_login(request, response):
    """Gives the login page's response its status: 429 while tries are used up; a success marks the browser as known."""
    form = (getattr(response, "context_data", None) or {}).get("form")
    if wait := getattr(form, "wait", 0):
        response.status_code = 429
        response["Retry-After"] = str(wait)
    elif request.method == "POST" and response.status_code == 302 and request.user.is_authenticated:
        response.set_signed_cookie(
            COOKIE,
            request.user.email.upper().lower(),
            salt=SALT,
            max_age=COOKIE_SECONDS,
            path="/admin/login/",
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Strict",
        )
    return response
