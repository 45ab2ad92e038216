"""Every address below /accounts/, under allauth's names; one by one, so that nothing comes in without our limits."""

from allauth.account.views import AccountInactiveView, LogoutView, PasswordResetFromKeyDoneView
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView

from . import account_views as views

HOME = RedirectView.as_view(pattern_name="account_home")


def page(route, view, name):
    return path(route, never_cache(view.as_view()), name=name)


urlpatterns = [
    page("", views.AccountHome, "account_home"),
    page("login/", views.SignIn, "account_login"),
    page("login/code/", views.RequestCode, "account_request_login_code"),
    page("login/code/confirm/", views.ConfirmCode, "account_confirm_login_code"),
    page("logout/", LogoutView, "account_logout"),
    page("inactive/", AccountInactiveView, "account_inactive"),
    page("signup/", views.SignUp, "account_signup"),
    page("confirm-email/", views.ConfirmEmail, "account_email_verification_sent"),
    page("reauthenticate/", views.Reauthenticate, "account_reauthenticate"),
    page("email/", views.ChangeEmail, "account_email"),
    page("password/change/", views.ChangePassword, "account_change_password"),
    page("password/set/", views.SetPassword, "account_set_password"),
    page("password/reset/", views.RequestReset, "account_reset_password"),
    page("password/reset/confirm/", views.ConfirmReset, "account_confirm_password_reset_code"),
    page("password/reset/complete/", views.NewPassword, "account_complete_password_reset"),
    page("password/reset/done/", PasswordResetFromKeyDoneView, "account_password_reset_completed"),
    page("passkeys/login/", views.PasskeySignIn, "mfa_login_webauthn"),
    page("passkeys/add/", views.AddPasskey, "mfa_add_webauthn"),
    page("passkeys/reauthenticate/", views.ReauthenticatePasskey, "mfa_reauthenticate_webauthn"),
    page("passkeys/<int:pk>/edit/", views.RenamePasskey, "mfa_edit_webauthn"),
    page("passkeys/<int:pk>/remove/", views.RemovePasskey, "mfa_remove_webauthn"),
    # allauth leads to these two when something else does not go.
    path("passkeys/", HOME, name="mfa_list_webauthn"),
    path("passkeys/all/", HOME, name="mfa_index"),
]
