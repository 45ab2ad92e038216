"""The pages below /accounts/: allauth's views with our limits and forms, and a page of the account itself."""

from allauth.account import views
from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as passkeys
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.generic import UpdateView

from newsroom.errors import too_many

from .account_forms import (
    PasskeyAgainForm,
    PasskeyForm,
    PasskeyNameForm,
    PasskeySignInForm,
    ProfileForm,
    SignUpForm,
)
from .account_limits import Limited
from .accounts import prove_address
from .models import User


class Anew:
    """Who sends a form to sign in means this one, also while another one waits for its code."""

    def _redirect_to_pending_stage(self, request, stage):
        if request.method == "GET" and not get_adapter().is_ajax(request):
            return super()._redirect_to_pending_stage(request, stage)
        clear_login(request)
        return None


class SignIn(Anew, Limited, views.LoginView):
    """Shares its counter with the desk's sign-in: two doors, one lock."""

    tries = "login-account"

    def address(self):
        return self.request.POST.get("login", "")


class SignUp(Anew, Limited, views.SignupView):
    form_class = SignUpForm
    mails = "account-mail"


class RequestCode(Anew, Limited, views.RequestLoginCodeView):
    mails = "account-mail"


class RequestReset(Limited, views.PasswordResetView):
    mails = "account-mail"


class CodeAsked:
    """A page that asks for a mailed code. allauth ends it after three wrong ones; ours is the count that parallel
    requests cannot get round, and that nobody but this browser can use up."""

    tries = "account-code"

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") == "resend":
            self.tries, self.mails = None, "account-mail"
        return super().post(request, *args, **kwargs)

    def address(self):
        return self._process.state["email"]

    def identity(self):
        who = super().identity()
        return who if self.mails else f"{who} {self.request.session.session_key}"


class ConfirmCode(CodeAsked, Limited, views.ConfirmLoginCodeView):
    def _verify_form_valid(self, form):
        prove_address(self._process.user, self.address())
        return super()._verify_form_valid(form)


class ConfirmEmail(CodeAsked, Limited, views.ConfirmEmailVerificationCodeView):
    pass


class ConfirmReset(CodeAsked, Limited, views.ConfirmPasswordResetCodeView):
    def form_valid(self, form):
        prove_address(self._process.user, self.address())
        return super().form_valid(form)


class OwnAccount(Limited):
    """What a signed-in reader sends is counted for their account."""

    def address(self):
        return self.request.user.email


class Fresh:
    """Asks for the password or passkey again when the last sign-in is a while ago. What was sent is not kept
    meanwhile, unlike by allauth: it may be a password."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        methods = get_adapter().get_reauthentication_methods(request.user)
        if methods and get_adapter().is_reauthentication_required(app="allauth.account"):
            return redirect(f"{methods[0]['url']}?{urlencode({'next': request.path})}")
        return super().dispatch(request, *args, **kwargs)


class Reauthenticate(OwnAccount, views.ReauthenticateView):
    tries = "login-account"


class ChangePassword(OwnAccount, views.PasswordChangeView):
    tries = "login-account"


class SetPassword(Fresh, OwnAccount, views.PasswordSetView):
    pass


class NewPassword(Limited, views.CompletePasswordResetView):
    pass


class ChangeEmail(Fresh, Limited, views.EmailView):
    mails = "account-mail"


class AccountHome(LoginRequiredMixin, OwnAccount, UpdateView):
    form_class = ProfileForm
    template_name = "account/home.html"
    success_url = reverse_lazy("account_home")

    def get_object(self):
        # A copy: what is typed and refused must not show as the reader's name.
        return User.objects.get(pk=self.request.user.pk)

    def get_context_data(self, **kwargs):
        own = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN).order_by("pk")
        return super().get_context_data(passkeys=own, **kwargs)

    def form_valid(self, form):
        response = super().form_valid(form)
        messages.success(self.request, _("Saved."))
        return response


class AddPasskey(Fresh, OwnAccount, passkeys.AddWebAuthnView):
    form_class = PasskeyForm
    success_url = reverse_lazy("account_home")

    def get_context_data(self, **kwargs):
        context = {**super().get_context_data(), **kwargs}
        # Kept on the device together with whose it is: it signs in without an address.
        selection = context["js_data"]["creation_options"]["publicKey"]["authenticatorSelection"]
        selection.update(residentKey="required", requireResidentKey=True)
        return context

    def get_success_url(self):
        return self.success_url


class RenamePasskey(Fresh, OwnAccount, passkeys.EditWebAuthnView):
    form_class = PasskeyNameForm
    success_url = reverse_lazy("account_home")


class RemovePasskey(Fresh, OwnAccount, passkeys.RemoveWebAuthnView):
    success_url = reverse_lazy("account_home")


class ReauthenticatePasskey(OwnAccount, passkeys.ReauthenticateWebAuthnView):
    form_class = PasskeyAgainForm

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(), **kwargs}

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form))


class PasskeySignIn(Anew, Limited, passkeys.LoginWebAuthnView):
    """A passkey names its account itself, so only the network is counted."""

    form_class = PasskeySignInForm

    def identity(self):
        return ""

    def too_many(self, wait):
        return too_many(self.request, wait)

    def form_invalid(self, form):
        super().form_invalid(form)
        return redirect(passthrough_next_redirect_url(self.request, reverse("account_login"), "next"))
