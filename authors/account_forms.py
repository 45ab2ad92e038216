"""Forms of readers' accounts, where allauth's own ask for something else."""

import struct

from allauth.account.forms import SignupForm
from allauth.mfa.adapter import get_adapter as passkey_adapter
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from newsroom.language import OWN_NAMES

from .models import User
from .names import LONGEST, check_name

LONGEST_PASSKEY_NAME = 60
# What reading a credential raises that no browser has made.
UNREADABLE = (
    *(ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, struct.error),
    *(InvalidSignature, UnsupportedAlgorithm),
)


class SignUpForm(SignupForm):
    display_name = forms.CharField(
        label=_("Display name"),
        max_length=LONGEST,
        help_text=_("Readers see it beside your comments."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    field_order = ["display_name", "email", "password1"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _(
            "At least 12 characters. Leave it empty if you would rather sign in with a code by e-mail each time."
        )

    def clean_display_name(self):
        return check_name(self.cleaned_data["display_name"])

    def signup(self, request, user):
        user.display_name, user.language = self.cleaned_data["display_name"], request.LANGUAGE_CODE
        user.save(update_fields=["display_name", "language"])

    def save(self, request):
        with transaction.atomic():
            return super().save(request)

    def try_save(self, request):
        if not self.account_already_exists:
            try:
                return super().try_save(request)
            except IntegrityError:
                # Somebody signed up with this address in the same moment.
                self.account_already_exists = True
        # What a new account would have taken: the time of the answer says nothing about the address either.
        make_password(self.cleaned_data.get("password1") or None)
        return super().try_save(request)


class ProfileForm(forms.ModelForm):
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("That of the browser")), *OWN_NAMES.items()],
        required=False,
        help_text=_("Of these pages and of our mails to you."),
    )

    class Meta:
        model = User
        fields = ["display_name", "language"]
        labels = {"display_name": _("Display name")}
        help_texts = {"display_name": _("Readers see it beside your comments.")}
        widgets = {"display_name": forms.TextInput(attrs={"autocomplete": "nickname"})}

    def clean_display_name(self):
        return check_name(self.cleaned_data["display_name"], self.instance)


class PasskeyForm(AddWebAuthnForm):
    """A passkey always stands for the whole sign-in; allauth would ask whether it should."""

    passwordless = None
    name = forms.CharField(label=_("Name of the passkey"), max_length=LONGEST_PASSKEY_NAME, required=False)

    def clean(self):
        try:
            return super().clean()
        except UNREADABLE as error:
            raise passkey_adapter().validation_error("incorrect_code") from error


class ReadableCredential:
    def clean_credential(self):
        try:
            return super().clean_credential()
        except UNREADABLE as error:
            raise passkey_adapter().validation_error("incorrect_code") from error


class PasskeySignInForm(ReadableCredential, LoginWebAuthnForm):
    pass


class PasskeyAgainForm(ReadableCredential, ReauthenticateWebAuthnForm):
    pass


class PasskeyNameForm(EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=LONGEST_PASSKEY_NAME)
