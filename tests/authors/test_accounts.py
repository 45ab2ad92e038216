"""Readers' accounts: made with a confirmed address, opened by code or password, changed by their owner alone."""

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone

from authors.models import User
from tests import factories
from tests.authors.accounts import (
    PASSWORD,
    ask_code,
    code,
    confirm,
    is_signed_in,
    make_reader,
    sign_in,
    sign_up,
    type_code,
)
from tests.reading import Reading, read

pytestmark = pytest.mark.django_db


def page_of(response):
    return Reading(response.content.decode())


class TestSignUp:
    def test_a_name_and_a_confirmed_address_are_an_account(self, client):
        assert sign_up(client).url == "/accounts/confirm-email/"
        assert not is_signed_in(client)
        assert mail.outbox[0].to == ["petra@example.org"]
        assert confirm(client).url == "/accounts/"
        user = User.objects.get(email="petra@example.org")
        assert (user.display_name, user.is_staff, user.has_usable_password()) == ("Petra K.", False, False)
        assert is_signed_in(client)

    def test_a_password_may_be_set_at_once(self, client):
        sign_up(client, password=PASSWORD)
        confirm(client)
        assert User.objects.get().check_password(PASSWORD)

    def test_it_leads_back_to_the_story(self, client):
        response = sign_up(client, next="/ai/a-story/")
        assert confirm(client, next="/ai/a-story/").url == "/ai/a-story/"
        assert response.status_code == 302

    def test_without_the_code_nobody_gets_in(self, client):
        sign_up(client, password=PASSWORD)
        assert confirm(client, "BBBB-BBBB").status_code == 200
        client.post("/accounts/logout/")
        assert sign_in(client).url == "/accounts/confirm-email/"
        assert not is_signed_in(client)

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"name": ""}, "This field is required."),
            ({"name": "x" * 61}, "at most 60"),
            ({"name": "Nexus Vale"}, "belongs to somebody who writes for us"),
            ({"name": "Nехus Vаlе"}, "belongs to somebody who writes for us"),
            ({"name": "Editor"}, "Only the newsroom"),
            ({"email": "nonsense"}, "Enter a valid email address."),
            ({"email": ""}, "This field is required."),
            ({"password": "short"}, "too short"),
            ({"password": "123456789012345"}, "entirely numeric"),
        ],
    )
    def test_what_is_refused_is_said_and_nothing_typed_is_lost(self, client, edition, change, words):
        response = sign_up(client, **{"password": PASSWORD, **change})
        page = page_of(response)
        assert words in page.main
        kept = {"name": "Petra K.", "email": "petra@example.org", **change}
        assert page.all("input", name="email")[0].get("value", "") == kept["email"]
        assert page.all("input", name="display_name")[0].get("value", "") == kept["name"]
        assert not User.objects.filter(is_staff=False).exists()

    def test_an_address_that_has_an_account_looks_like_one_that_has_none(self, client):
        make_reader()
        other = Client()
        taken, free = sign_up(client, "Iva"), sign_up(other, "Iva", "iva@example.org")
        assert (taken.status_code, taken.url) == (free.status_code, free.url)
        first, second = read(client, taken.url), read(other, free.url)
        assert first.main.replace("petra@", "iva@") == second.main
        assert User.objects.filter(email="petra@example.org").count() == 1
        assert "There is one already" in mail.outbox[0].body
        assert confirm(client, "BBBB-BBBB").status_code == confirm(other, "BBBB-BBBB").status_code == 200

    def test_the_case_of_an_address_makes_no_second_account(self, client):
        factories.make_user("Ana@Example.org")
        sign_up(client, "Iva", "ANA@example.org")
        assert User.objects.count() == 1

    def test_whoever_waits_with_an_unconfirmed_account_has_no_key_to_it_later(self, client):
        """Somebody signs up with a stranger's address and a password, and hopes that the owner confirms it one day."""
        sign_up(client, "Mallory", password=PASSWORD)
        owner = Client()
        ask_code(owner)
        type_code(owner)
        assert is_signed_in(owner)
        client.post("/accounts/logout/")
        assert sign_in(client).status_code == 200
        assert not is_signed_in(client)


class TestSignIn:
    @pytest.fixture(autouse=True)
    def petra(self):
        return make_reader()

    def test_by_password_with_the_address_in_any_case(self, client):
        assert sign_in(client, "Petra@Example.org").url == "/accounts/"
        assert is_signed_in(client)

    def test_by_code(self, client):
        assert ask_code(client).url == "/accounts/login/code/confirm/"
        assert type_code(client).url == "/accounts/"
        assert is_signed_in(client)
        assert User.objects.get().check_password(PASSWORD)

    def test_a_code_is_good_without_its_dash_and_in_small_letters(self, client):
        ask_code(client)
        type_code(client, code().replace("-", "").lower())
        assert is_signed_in(client)

    def test_a_code_is_good_for_three_tries(self, client):
        ask_code(client)
        right = code()
        assert [type_code(client, "BBBB-BBBB").status_code for _try in range(3)] == [200, 200, 302]
        type_code(client, right)
        assert not is_signed_in(client)

    def test_a_code_is_good_for_a_quarter_of_an_hour(self, client):
        with time_machine.travel(timezone.now(), tick=False) as clock:
            ask_code(client)
            clock.shift(901)
            type_code(client)
            assert not is_signed_in(client)

    def test_a_code_is_for_the_browser_that_asked(self, client):
        ask_code(client)
        type_code(Client())
        other = Client()
        type_code(other)
        assert not is_signed_in(other)

    def test_an_unknown_address_looks_like_a_known_one(self, client):
        other = Client()
        known, unknown = ask_code(client), ask_code(other, "nobody@example.org")
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        assert read(client, known.url).main.replace("petra@", "nobody@") == read(other, unknown.url).main
        assert "There is no account with it" in mail.outbox[1].body
        wrong, nobody = sign_in(Client(), password="not-the-password"), sign_in(Client(), "nobody@example.org")
        assert page_of(wrong).main == page_of(nobody).main

    @pytest.mark.parametrize(
        ("target", "leads_to"),
        [
            ("/ai/a-story/?sort=oldest#c5", "/ai/a-story/?sort=oldest#c5"),
            ("https://evil.example/", "/accounts/"),
            ("//evil.example/", "/accounts/"),
            ("/\\evil.example/", "/accounts/"),
            ("http://testserver/ai/", "/accounts/"),
            ("javascript:alert(1)", "/accounts/"),
            ("ai/a-story/", "/accounts/"),
        ],
    )
    def test_next_leads_to_a_page_of_this_site_alone(self, client, target, leads_to):
        data = {"login": "petra@example.org", "password": PASSWORD, "next": target}
        assert client.post("/accounts/login/", data).url == leads_to
        other = Client()
        other.post("/accounts/login/code/", {"email": "petra@example.org", "next": target})
        assert type_code(other, next=target).url == leads_to

    def test_a_deactivated_account_stays_outside_and_is_put_out(self, client, petra):
        sign_in(client)
        petra.is_active = False
        petra.save()
        assert not is_signed_in(client)
        other = Client()
        assert sign_in(other).status_code == 200
        ask_code(other)
        assert "There is no account" in mail.outbox[-1].body
        assert not is_signed_in(other)

    def test_a_reader_has_no_access_to_the_desk(self, client):
        sign_in(client)
        assert client.get("/admin/").url == "/admin/login/?next=/admin/"
        assert client.get("/admin/authors/user/").status_code == 302
        assert "not authorized" in client.get("/admin/login/").content.decode()

    def test_staff_made_at_the_desk_confirm_their_address_by_the_code_that_signs_them_in(self, client):
        factories.make_user("mia@example.org", "Mia")
        ask_code(client, "mia@example.org")
        assert type_code(client).url == "/accounts/"
        assert len(mail.outbox) == 1
        assert User.objects.get(email="mia@example.org").check_password(PASSWORD)
        assert EmailAddress.objects.get(email="mia@example.org").verified

    def test_an_address_written_large_at_the_desk_is_found_all_the_same(self, client):
        factories.make_user("Mia@Example.org", "Mia")
        ask_code(client, "mia@example.org")
        assert "Your code" in mail.outbox[0].body

    def test_signing_out(self, client):
        sign_in(client)
        assert "Petra K." in read(client, "/accounts/logout/").main
        assert client.get("/accounts/").status_code == 200
        assert client.post("/accounts/logout/").url == "/"
        assert not is_signed_in(client)

    def test_a_form_from_another_site_is_refused(self):
        assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403

    def test_whoever_is_signed_in_goes_on(self, client):
        sign_in(client)
        assert client.get("/accounts/login/?next=/ai/").url == "/ai/"


class TestReset:
    @pytest.fixture(autouse=True)
    def petra(self):
        return make_reader()

    def reset(self, client, email="petra@example.org"):
        return client.post("/accounts/password/reset/", {"email": email})

    def test_a_code_lets_choose_a_new_password(self, client):
        assert self.reset(client).url == "/accounts/password/reset/confirm/"
        assert client.post("/accounts/password/reset/confirm/", {"code": code()}).status_code == 302
        new = {"password1": "a-new-long-word", "password2": "a-new-long-word"}
        assert client.post("/accounts/password/reset/complete/", new).url == "/accounts/"
        assert User.objects.get().check_password("a-new-long-word")
        assert "was changed" in mail.outbox[-1].body
        assert is_signed_in(client)

    def test_wrong_codes_are_three(self, client):
        self.reset(client)
        tries = [client.post("/accounts/password/reset/confirm/", {"code": "BBBB-BBBB"}) for _try in range(3)]
        assert [answer.status_code for answer in tries] == [200, 200, 302]
        assert client.post("/accounts/password/reset/confirm/", {"code": code()}).url == "/accounts/login/"
        assert client.get("/accounts/password/reset/complete/").status_code == 302

    def test_the_new_password_cannot_be_set_before_the_code(self, client):
        self.reset(client)
        new = {"password1": "a-new-long-word", "password2": "a-new-long-word"}
        client.post("/accounts/password/reset/complete/", new)
        assert User.objects.get().check_password(PASSWORD)

    def test_an_unknown_address_looks_like_a_known_one(self, client):
        other = Client()
        known, unknown = self.reset(client), self.reset(other, "nobody@example.org")
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
        assert read(client, known.url).main.replace("petra@", "nobody@") == read(other, known.url).main


class TestOwnAccount:
    @pytest.fixture(autouse=True)
    def petra(self, client):
        user = make_reader()
        sign_in(client)
        return user

    def test_the_page_has_everything_in_one_place(self, client):
        page = read(client, "/accounts/")
        for path in ["/accounts/email/", "/accounts/password/change/", "/accounts/passkeys/add/", "/comments/mine/"]:
            assert path in page.links
        assert "petra@example.org" in page.main

    def test_name_and_language(self, client, petra):
        assert client.post("/accounts/", {"display_name": "Petra Kos", "language": "hr"}).url == "/accounts/"
        petra.refresh_from_db()
        assert (petra.display_name, petra.language) == ("Petra Kos", "hr")
        assert read(client, "/accounts/").language == "hr"

    def test_a_name_that_is_somebody_elses_is_refused_and_kept_in_the_form(self, client, petra, edition):
        page = page_of(client.post("/accounts/", {"display_name": "Lyra Stanton", "language": ""}))
        assert "belongs to somebody who writes for us" in page.main
        assert page.all("input", name="display_name")[0]["value"] == "Lyra Stanton"
        petra.refresh_from_db()
        assert petra.display_name == "Petra K."

    def test_the_form_changes_nothing_else(self, client, petra):
        client.post("/accounts/", {"display_name": "Petra", "language": "", "is_staff": "on", "email": "x@example.org"})
        petra.refresh_from_db()
        assert (petra.is_staff, petra.email) == (False, "petra@example.org")

    def test_a_new_address_counts_from_its_code_on(self, client, petra):
        assert client.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"}).status_code == 302
        petra.refresh_from_db()
        assert petra.email == "petra@example.org"
        assert mail.outbox[-1].to == ["new@example.org"]
        assert confirm(client).status_code == 302
        petra.refresh_from_db()
        assert petra.email == "new@example.org"
        assert mail.outbox[-1].to == ["petra@example.org"]
        assert [row.email for row in EmailAddress.objects.all()] == ["new@example.org"]

    def test_an_address_of_another_account_is_not_told(self, client, petra):
        make_reader("iva@example.org", "Iva")
        answer = client.post("/accounts/email/", {"email": "iva@example.org", "action_add": "1"})
        free = client.post("/accounts/email/", {"email": "free@example.org", "action_add": "1"})
        assert (answer.status_code, answer.url) == (free.status_code, free.url)
        client.post("/accounts/email/", {"email": "iva@example.org", "action_add": "1"})
        confirm(client)
        petra.refresh_from_db()
        assert petra.email == "petra@example.org"

    def test_the_password_is_changed_with_the_old_one(self, client, petra):
        new = {"password1": "a-new-long-word", "password2": "a-new-long-word"}
        assert client.post("/accounts/password/change/", {"oldpassword": "wrong", **new}).status_code == 200
        assert client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new}).url == "/accounts/"
        petra.refresh_from_db()
        assert petra.check_password("a-new-long-word")
        assert is_signed_in(client)

    def test_a_first_password(self, client, petra):
        petra.set_unusable_password()
        petra.save()
        ask_code(client)
        client = Client()
        ask_code(client)
        type_code(client)
        new = {"password1": "a-new-long-word", "password2": "a-new-long-word"}
        assert client.post("/accounts/password/set/", new).url == "/accounts/"
        assert "A password was set" in mail.outbox[-1].body

    @pytest.mark.parametrize("path", ["/accounts/email/", "/accounts/passkeys/add/", "/accounts/password/set/"])
    def test_an_old_sign_in_is_not_enough_to_change_the_account(self, client, petra, path):
        with time_machine.travel(timezone.now(), tick=False) as clock:
            clock.shift(901)
            where = f"/accounts/reauthenticate/?next={path.replace('/', '%2F')}"
            assert client.get(path).url == where
            data = {"email": "new@example.org", "action_add": "1", "password1": "a-new-long-word"}
            assert client.post(path, data).url == where
            assert "a-new-long-word" not in str(dict(client.session))
            assert client.post("/accounts/reauthenticate/", {"password": "wrong", "next": path}).status_code == 200
            assert client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": path}).url == path
            assert client.get(path).status_code == (302 if "password" in path else 200)

    def test_strangers_are_led_to_the_sign_in(self):
        for path in ["", "email/", "password/change/", "password/set/", "passkeys/add/", "passkeys/1/edit/"]:
            response = Client().get(f"/accounts/{path}")
            assert response.status_code == 302, path
            assert response.url.startswith("/accounts/login/?next="), path


class TestAdmin:
    def test_the_desk_finds_readers_and_switches_them_off(self, client):
        make_reader()
        client.force_login(factories.make_user("root@example.org", "Root", is_superuser=True))
        assert "petra@example.org" in client.get("/admin/authors/user/").content.decode()
        assert "petra@example.org" in client.get("/admin/authors/user/?is_staff__exact=0").content.decode()

    def test_an_address_that_the_desk_takes_away_opens_nothing(self, client):
        petra = make_reader()
        root = Client()
        root.force_login(factories.make_user("root@example.org", "Root", is_superuser=True))
        data = {"email": "safe@example.org", "display_name": "Petra K.", "language": "", "is_active": "on"}
        assert root.post(f"/admin/authors/user/{petra.pk}/change/", data).status_code == 302
        ask_code(client)
        assert "There is no account" in mail.outbox[-1].body
        ask_code(Client(), "safe@example.org")
        assert "Your code" in mail.outbox[-1].body

    @pytest.mark.parametrize("page", ["account/emailaddress", "mfa/authenticator"])
    def test_addresses_and_passkeys_have_no_pages_at_the_desk(self, client, page):
        client.force_login(factories.make_user("root@example.org", "Root", is_superuser=True))
        assert client.get(f"/admin/{page}/").status_code == 404


PAGES = ["login/", "login/code/", "signup/", "password/reset/", "inactive/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "hr"])
def test_pages_speak_the_language_of_the_browser(client, page, language):
    page = read(client, f"/accounts/{page}", headers={"Accept-Language": language})
    assert page.language == language


def test_who_comes_from_an_edition_is_addressed_in_its_language(client):
    assert read(client, "/accounts/login/?next=/hr/ai/", headers={"Accept-Language": "en"}).language == "hr"
    assert read(client, "/accounts/login/?next=/ai/", headers={"Accept-Language": "hr"}).language == "en"
    assert read(client, "/accounts/login/?next=/admin/", headers={"Accept-Language": "hr"}).language == "hr"


def test_a_refusal_is_croatian_too(client):
    data = {"login": "petra@example.org", "password": "wrong"}
    page = page_of(client.post("/accounts/login/", data, headers={"Accept-Language": "hr"}))
    assert "Adresa e-pošte i lozinka ne idu zajedno." in page.main


def test_mails_are_plain_text_with_the_name_of_the_site(client, settings):
    make_reader()
    ask_code(client)
    message = mail.outbox[0]
    assert message.alternatives == []
    assert message.subject == f"Your code for Tech & Space: {code()}"
    assert "Tech & Space" in message.body
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    assert "&amp;" not in message.body
    assert "<" not in message.body
    assert "127.0.0.1\n" not in message.body.replace("http://127.0.0.1", "")


@pytest.mark.parametrize("path", ["/", "/hr/", "/authors/", "/search/", "/nothing/"])
def test_reading_begins_no_session(client, edition, path):
    response = client.get(path)
    assert "Set-Cookie" not in response.headers
    assert "Cookie" not in response.get("Vary", "")
    assert client.cookies == {}


def test_opening_the_sign_in_begins_no_session_either(client, db):
    for page in PAGES:
        client.get(f"/accounts/{page}")
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("page", ["", *PAGES, "passkeys/add/", "logout/"])
def test_no_page_of_an_account_is_cached(client, page):
    assert "no-store" in client.get(f"/accounts/{page}")["Cache-Control"]
