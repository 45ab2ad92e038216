"""What allauth asks us about accounts: where a sign-in leads, when it must be repeated, what mails and passkeys say."""

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, LoginByCodeStage
from allauth.account.utils import has_verified_email
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.errors import too_many

from .login import identity, remember
from .ratelimit import forget, hit

# For so long after a sign-in an account may be changed without another one.
FRESH_SECONDS = 900
PATH = "/accounts/"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": gettext_lazy("This is the address of your account already. Choose another one."),
        "email_password_mismatch": gettext_lazy(
            "E-mail address and password do not go together. Try again, or ask for a code by e-mail."
        ),
        "enter_current_password": gettext_lazy("This is not your current password. Type it again."),
        "incorrect_code": gettext_lazy(
            "This is not the code that was mailed to you. Type it again, or ask for a new one."
        ),
        "incorrect_password": gettext_lazy("This is not the password of this account. Type it again."),
    }

    def is_safe_url(self, url):
        """`?next=` leads to a page of this site alone, whatever other hosts it answers for."""
        return bool(url) and url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request):
        """allauth wants one for its mails, and ours do not say it; behind a Unix socket there is none."""
        return ""

    def get_login_stages(self):
        """A passkey is one way to sign in among others, not a second lock: who has lost it still gets in by e-mail."""
        return [f"{stage.__module__}.{stage.__name__}" for stage in (LoginByCodeStage, EmailVerificationStage)]

    def get_password_change_redirect_url(self, request):
        return PATH

    def is_reauthentication_required(self, *, app, **kwargs):
        request = context.request
        records = get_authentication_records(request, request.user)
        return not records or time.time() - records[-1]["at"] > FRESH_SECONDS

    def pre_login(self, request, user, *, signup, email, **kwargs):
        response = super().pre_login(request, user, signup=signup, email=email, **kwargs)
        if response or signup or has_verified_email(user, email):
            return response
        # The right password for an address that nobody has confirmed yet: a code is about to be mailed.
        if wait := hit("account-mail", identity(request, user.email)):
            raise ImmediateHttpResponse(too_many(request, wait))
        return None

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        for limit in ("login-account", "account-email"):
            forget(limit, identity(request, user.email))
        remember(response, user.email, PATH)
        return response


class PasskeyAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This passkey was not accepted. Try again, or sign in with an e-mail code."),
        "unverified_email": gettext_lazy("Confirm your e-mail address before you add a passkey."),
    }

    def get_public_key_credential_rp_entity(self):
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SITE_NAME}

    def generate_authenticator_name(self, user, type):
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}


def prove_address(user, email):
    """The mailbox's owner has typed the code that was sent there, outside of a sign-up.

    Somebody else may have signed up with the address before, unconfirmed, and wait with a password of their own.
    """
    address, _created = EmailAddress.objects.get_or_create(user=user, email=email)
    if not address.verified and not user.is_staff:
        user.set_unusable_password()
        user.save(update_fields=["password"])
