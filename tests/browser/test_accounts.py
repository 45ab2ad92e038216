"""Accounts as a reader makes and uses them, with a real passkey; every page is clean to axe, wide and narrow."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from playwright.sync_api import expect

from authors.models import User
from tests.authors.accounts import PASSWORD, code, make_reader
from tests.browser.guard import Guard
from tests.browser.places import GROK
from tests.browser.test_accessibility import violations

WIDTHS = [390, 1440]


@pytest.fixture
def site(site):
    """A passkey is for a name; an address of numbers is none. Storage of the browser follows it too."""
    return site.replace("127.0.0.1", "localhost")


@pytest.fixture
def guard(site):
    guard = Guard(site)
    yield guard
    assert not guard.faults, "\n".join(guard.faults)


@pytest.fixture(autouse=True)
def _nobody_yet(site):
    User.objects.filter(email__endswith="@readers.example").delete()
    mail.outbox.clear()


@pytest.fixture
def petra(site):
    return make_reader("petra@readers.example")


@pytest.fixture
def key(page):
    """A device with a passkey store and a finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return lambda is_user: session.send(
        "WebAuthn.setUserVerified", {"authenticatorId": made["authenticatorId"], "isUserVerified": is_user}
    )


def sign_in(page, email="petra@readers.example"):
    page.goto("/accounts/login/")
    way = page.locator("section", has=page.get_by_role("heading", name="With your password"))
    way.get_by_label("E-mail").fill(email)
    way.get_by_label("Password").fill(PASSWORD)
    way.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def faults_of(page, name):
    found = []
    for theme in ["light", "dark"]:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        found += [f"{name}, {theme}: {fault}" for fault in violations(page)]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *([f"{name}: wider than the screen"] if wide else [])]


@pytest.mark.parametrize("has_script", [True, False])
def test_an_account_is_made_with_a_code_and_leads_back_to_the_story(new_context, has_script):
    page = new_context(java_script_enabled=has_script).new_page()
    page.goto(f"/accounts/login/?next={GROK['en']}")
    page.get_by_role("link", name="No account yet?").click()
    page.get_by_label("Display name").fill("Petra K.")
    page.get_by_label("E-mail").fill("petra@readers.example")
    page.get_by_role("button", name="Make an account").click()
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".story-head h1")).to_be_visible()
    assert page.url.endswith(GROK["en"])
    page.goto("/accounts/")
    expect(page.get_by_label("Display name")).to_have_value("Petra K.")


@pytest.mark.parametrize("has_script", [True, False])
def test_a_code_signs_in(petra, new_context, has_script):
    page = new_context(java_script_enabled=has_script).new_page()
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="Sign in").click()
    page.locator("#code-email").fill("petra@readers.example")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code").fill("BBBB-BBBB")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("This is not the code that was mailed to you.")).to_be_visible()
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("h1.wordmark")).to_be_visible()


def test_a_password_signs_in(petra, page):
    sign_in(page)


def test_a_passkey_is_added_used_and_removed(petra, page, key):
    sign_in(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name of the passkey").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    expect(page.get_by_text("My laptop").first).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    page.goto(f"/accounts/login/?next={GROK['en']}")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator(".story-head h1")).to_be_visible()
    assert Authenticator.objects.get(user=petra).last_used_at

    page.goto("/accounts/")
    page.get_by_role("link", name="Remove My laptop").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("This passkey was not accepted.")).to_be_visible()


def test_a_passkey_that_is_not_released_says_what_to_do(petra, page, key):
    sign_in(page)
    key(is_user=False)
    page.goto("/accounts/passkeys/add/")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("No passkey was made.")).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_be_enabled()
    assert not Authenticator.objects.filter(user=petra).exists()


def test_without_script_no_passkey_is_offered(petra, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/accounts/login/")
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    sign_in(page)
    page.goto("/accounts/passkeys/add/")
    expect(page.get_by_text("This browser cannot use passkeys")).to_be_visible()
    expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("locale", ["en", "hr"])
def test_pages_for_strangers_are_clean(new_context, locale, width):
    page = new_context(viewport={"width": width, "height": 900}, locale=locale).new_page()
    faults = []
    for path in ["login/", "login/code/", "signup/", "password/reset/", "inactive/"]:
        page.goto(f"/accounts/{path}")
        faults += faults_of(page, path)
    page.goto("/accounts/signup/")
    page.locator("#id_display_name").fill("Editor")
    page.locator("#id_email").fill("iva@readers.example")
    page.locator("#id_password1").fill("short")
    page.locator(".account-form [type=submit]").click()
    expect(page.locator(".field-error").first).to_be_visible()
    faults += faults_of(page, "sign-up refused")
    page.locator("#id_display_name").fill("Iva")
    page.locator(".account-form [type=submit]").click()
    expect(page.locator("#id_code")).to_be_visible()
    faults += faults_of(page, "code")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("locale", ["en", "hr"])
def test_pages_of_the_account_are_clean(petra, page, key, locale, width):
    sign_in(page)
    page.goto("/accounts/passkeys/add/")
    page.locator("[data-passkey-create] [type=submit]").click()
    expect(page.locator(".account-said")).to_be_visible()
    own = Authenticator.objects.get(user=petra)
    User.objects.filter(pk=petra.pk).update(language=locale)
    page.set_viewport_size({"width": width, "height": 900})
    faults = []
    for path in ["", "email/", "password/change/", "passkeys/add/", f"passkeys/{own.pk}/edit/", "logout/"]:
        page.goto(f"/accounts/{path}")
        assert page.locator("html").get_attribute("lang") == locale
        faults += faults_of(page, path)
    for path in [f"passkeys/{own.pk}/remove/", "passkeys/reauthenticate/", "reauthenticate/"]:
        page.goto(f"/accounts/{path}")
        faults += faults_of(page, path)
    assert not faults, "\n".join(faults)
