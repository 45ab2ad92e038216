"""Nobody tries passwords, codes or mails without end, and nobody locks an owner out."""

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from authors.account_limits import Limited
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
from tests.reading import Reading

pytestmark = pytest.mark.django_db
STRANGER, ELSEWHERE = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "198.51.100.1"}
# What neither tries nor sends anything.
FREE = {"account_logout", "account_inactive", "account_password_reset_completed", "mfa_list_webauthn", "mfa_index"}


@pytest.fixture(autouse=True)
def _few(settings):
    few = {"login-account": (3, 900), "account-email": (4, 900), "account-mail": (2, 3600), "account-code": (2, 900)}
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, **few}


@pytest.fixture
def petra():
    return make_reader()


def fail(client, times=3, **extra):
    return [sign_in(client, password="not-the-password", **extra).status_code for _try in range(times)]


def test_every_page_that_takes_something_counts_it():
    (accounts,) = [part for part in get_resolver().url_patterns if str(part.pattern) == "accounts/"]
    loose = {part.name for part in accounts.url_patterns if not issubclass(part.callback.view_class, Limited)}
    assert loose == FREE


def test_passwords_are_tried_a_few_times_and_what_was_typed_stays(client, petra):
    assert fail(client) == [200, 200, 200]
    response = client.post("/accounts/login/", {"login": "Petra@example.org", "password": PASSWORD, "next": "/ai/"})
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 900
    page = Reading(response.content.decode())
    assert "Too many attempts. Try again at" in page.main
    assert page.all("input", name="login")[0]["value"] == "Petra@example.org"
    assert "value" not in page.all("input", name="password")[0]
    assert page.all("input", name="next")[0]["value"] == "/ai/"
    assert not is_signed_in(client)


def test_the_right_password_a_moment_later_is_good(client, petra):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        fail(client, 4)
        clock.shift(900)
        assert sign_in(client).status_code == 302


def test_an_address_without_an_account_is_limited_alike(client):
    assert fail(client, 4) == [200, 200, 200, 429]


def test_the_case_of_the_address_opens_no_new_tries(client, petra):
    fail(client)
    assert sign_in(client, "PETRA@example.ORG").status_code == 429


def test_two_doors_have_one_lock(client):
    factories.make_user()
    fail_at_desk = [
        client.post("/admin/login/", {"username": "ana@example.org", "password": "wrong"}).status_code for _ in range(3)
    ]
    assert fail_at_desk == [200, 200, 200]
    assert sign_in(client, "ana@example.org").status_code == 429
    other = Client()
    assert [sign_in(other, "iva@example.org").status_code for _try in range(3)] == [200, 200, 200]
    response = other.post("/admin/login/", {"username": "iva@example.org", "password": PASSWORD})
    assert response.status_code == 429


def test_a_stranger_cannot_lock_out_a_browser_that_has_signed_in_before(client, petra):
    sign_in(client)
    client.post("/accounts/logout/")
    stranger = Client(**STRANGER)
    assert fail(stranger, 4)[-1] == 429
    assert [ask_code(Client(**STRANGER)).status_code for _try in range(3)][-1] == 429
    assert sign_in(Client(**ELSEWHERE)).status_code == 429
    assert ask_code(client).status_code == 302
    assert sign_in(client).status_code == 302
    assert is_signed_in(client)


def test_a_known_browser_is_limited_too(client, petra):
    sign_in(client)
    client.post("/accounts/logout/")
    assert fail(client, 4) == [200, 200, 200, 429]


def test_the_mark_of_a_known_browser_is_for_its_account_alone(client, petra):
    make_reader("iva@example.org", "Iva")
    sign_in(client)
    client.post("/accounts/logout/")
    fail(Client(**STRANGER), 3)
    for _try in range(3):
        sign_in(Client(**STRANGER), "iva@example.org", "wrong")
    assert sign_in(client, "iva@example.org").status_code == 429


def test_a_success_wipes_the_failures_before_it(client, petra):
    fail(client, 2)
    sign_in(client)
    client.post("/accounts/logout/")
    client.cookies.clear()
    assert fail(client, 3) == [200, 200, 200]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/accounts/login/code/", {"email": "petra@example.org"}),
        ("/accounts/password/reset/", {"email": "petra@example.org"}),
        ("/accounts/signup/", {"display_name": "Petra K.", "email": "petra@example.org", "password1": ""}),
    ],
)
@pytest.mark.parametrize("has_account", [True, False])
def test_one_address_gets_a_few_mails_an_hour(path, data, has_account):
    if has_account:
        make_reader()
    assert [Client().post(path, data).status_code for _try in range(2)] == [302, 302]
    response = Client().post(path, data)
    assert response.status_code == 429
    assert Reading(response.content.decode()).all("input", name="email")[0]["value"] == "petra@example.org"
    assert len(mail.outbox) == 2


def test_all_mails_to_an_address_count_together(client, petra):
    ask_code(client)
    response = client.post("/accounts/login/code/confirm/", {"action": "resend"})
    assert (response.status_code, len(mail.outbox)) == (302, 2)
    assert client.post("/accounts/login/code/confirm/", {"action": "resend"}).status_code == 429
    assert Client().post("/accounts/password/reset/", {"email": "petra@example.org"}).status_code == 429
    assert len(mail.outbox) == 2
    type_code(client)
    assert is_signed_in(client)


def test_a_code_sent_again_at_sign_up_counts_too(client):
    sign_up(client)
    assert client.post("/accounts/confirm-email/", {"action": "resend"}).status_code == 302
    assert client.post("/accounts/confirm-email/", {"action": "resend"}).status_code == 429
    assert len(mail.outbox) == 2
    assert confirm(client).status_code == 302


def test_the_mail_that_a_right_password_causes_counts_too(client):
    sign_up(client, password=PASSWORD)
    assert sign_in(Client()).status_code == 302
    assert sign_in(Client()).status_code == 429
    assert len(mail.outbox) == 2


def test_parallel_guesses_of_a_code_do_not_get_round_the_count(client, petra):
    """allauth counts wrong codes in the session, which parallel requests read before any has written."""
    ask_code(client)
    session = client.session
    before = dict(session)
    answers = []
    for _try in range(3):
        answers.append(type_code(client, "BBBB-BBBB").status_code)
        session.update(before)
        session.save()
    assert answers == [200, 200, 429]
    assert type_code(client).status_code == 429


def test_wrong_codes_of_a_stranger_do_not_touch_the_owners(client, petra):
    ask_code(client)
    own = code()
    stranger = Client(**STRANGER)
    ask_code(stranger)
    for _try in range(3):
        type_code(stranger, "BBBB-BBBB")
    assert type_code(client, own).status_code == 302


def test_one_network_has_its_bound_whatever_the_address(settings, client, petra):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "account-network": (3, 900)}
    for number in range(3):
        ask_code(client, f"reader{number}@example.org")
    for path in ["login/", "login/code/", "signup/", "password/reset/", "passkeys/login/"]:
        response = client.post(f"/accounts/{path}", {"email": "petra@example.org", "login": "petra@example.org"})
        assert response.status_code == 429, path
        assert response["Retry-After"], path
    assert sign_in(Client(**ELSEWHERE)).status_code == 302


def test_a_network_that_used_up_its_tries_counts_against_no_address(settings, client, petra):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "account-network": (1, 900)}
    fail(Client(**STRANGER), 9)
    assert sign_in(Client(**ELSEWHERE)).status_code == 302


@pytest.mark.parametrize("path", ["password/change/", "reauthenticate/"])
def test_somebody_at_an_open_screen_cannot_guess_the_password(client, petra, path):
    sign_in(client)
    new = {"password1": "a-new-long-word", "password2": "a-new-long-word"}
    data = {"oldpassword": "wrong", "password": "wrong", **new}
    answers = [client.post(f"/accounts/{path}", data).status_code for _try in range(4)]
    assert answers == [200, 200, 200, 429]
    right = {"oldpassword": PASSWORD, "password": PASSWORD, **new}
    assert client.post(f"/accounts/{path}", right).status_code == 429


def test_neither_address_of_the_network_nor_of_a_stranger_is_stored_in_clear(petra):
    client = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Netscape 203.0.113.77")
    fail(client, 2)
    ask_code(client, "stranger@example.org")
    sign_in(client)
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": "a" * 9, "password2": "a" * 9})
    with connection.cursor() as cursor:
        for table in ["authors_ratelimit", "account_emailaddress", "mfa_authenticator", "authors_user"]:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            rows = str(cursor.fetchall())
            assert "203.0.113" not in rows
            assert "stranger" not in rows
    assert "203.0.113" not in str(dict(client.session))
    assert all("203.0.113" not in message.body for message in mail.outbox)


def test_a_server_that_sees_no_address_of_the_network_serves_all_the_same(petra):
    """As behind a Unix socket."""
    client = Client(REMOTE_ADDR="")
    sign_in(client)
    new = {"password1": "a-new-long-word", "password2": "a-new-long-word"}
    assert client.post("/accounts/password/change/", {"oldpassword": PASSWORD, **new}).status_code == 302


@pytest.mark.parametrize(
    "value", ["", "x" * 100_000, "\ud7ff", "'; DROP TABLE", "a@b", "🙂@example.org", "ana@exam ple"]
)
@pytest.mark.parametrize("path", ["login/", "login/code/", "signup/", "password/reset/"])
def test_broken_input_is_answered_with_the_form(client, path, value):
    names = ["login", "email", "password", "password1", "display_name", "next", "code", "action"]
    assert client.post(f"/accounts/{path}", dict.fromkeys(names, value)).status_code in (200, 400)
