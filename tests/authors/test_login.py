"""The staff's login lets nobody try passwords without end, and nobody lock an editor out."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


@pytest.fixture(autouse=True)
def _few_tries(settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "login-account": (3, 900), "login-network": (6, 900)}


@pytest.fixture
def ana():
    return factories.make_user()


def sign_in(client, email="ana@example.org", password=factories.PASSWORD, **extra):
    return client.post(LOGIN, {"username": email, "password": password, "next": "/admin/"}, **extra)


def fail(client, times, email="ana@example.org", **extra):
    return [sign_in(client, email, "not-the-password", **extra).status_code for _try in range(times)]


def test_an_editor_signs_in_with_the_address_in_any_case(ana, client):
    response = sign_in(client, "Ana@Example.org")
    assert (response.status_code, response.url) == (302, "/admin/")


def test_too_many_failures_of_an_account_are_stopped_with_a_time_to_come_back(ana, client):
    assert fail(client, 3) == [200, 200, 200]
    response = sign_in(client)
    assert response.status_code == 429
    assert 0 < int(response["Retry-After"]) <= 900
    page = response.content.decode()
    assert "Too many attempts to sign in. Try again at" in page
    assert "Europe/Zagreb" in page


def test_the_case_of_the_address_opens_no_new_tries(ana, client):
    fail(client, 3)
    assert sign_in(client, "ANA@example.ORG").status_code == 429


def test_an_account_that_does_not_exist_is_limited_alike(client):
    assert fail(client, 4, email="nobody@example.org") == [200, 200, 200, 429]


def test_another_account_stays_open(ana, client):
    factories.make_user("iva@example.org")
    fail(client, 4)
    assert sign_in(client, "iva@example.org").status_code == 302


def test_too_many_tries_from_one_network_are_stopped_whatever_the_account(ana, client):
    addresses = [f"nobody{number}@example.org" for number in range(6)]
    assert [fail(client, 1, email=address)[0] for address in addresses] == [200] * 6
    assert sign_in(client).status_code == 429
    # A neighbour in the same /24 counts as the same network, somebody further off does not.
    assert sign_in(client, REMOTE_ADDR="127.0.0.77").status_code == 429
    assert sign_in(client, REMOTE_ADDR="192.0.2.1").status_code == 302


def test_a_success_wipes_the_failures_before_it(ana, client):
    fail(client, 2)
    assert sign_in(client).status_code == 302
    client.post("/admin/logout/")
    assert fail(client, 3)[-1] == 200


def test_a_stranger_cannot_lock_out_a_browser_that_has_signed_in_before(ana, client):
    sign_in(client)
    client.post("/admin/logout/")
    fail(Client(), 4, REMOTE_ADDR="192.0.2.1")
    assert sign_in(Client(), REMOTE_ADDR="198.51.100.1").status_code == 429
    assert sign_in(client).status_code == 302


def test_the_known_browsers_mark_is_for_its_own_account_alone(ana, client):
    factories.make_user("iva@example.org")
    sign_in(client)
    client.post("/admin/logout/")
    fail(Client(), 3, email="iva@example.org", REMOTE_ADDR="192.0.2.1")
    assert sign_in(client, "iva@example.org").status_code == 429


def test_a_known_browser_is_limited_too(ana, client):
    sign_in(client)
    client.post("/admin/logout/")
    assert fail(client, 4) == [200, 200, 200, 429]


def test_an_inactive_account_and_a_reader_stay_outside(client):
    factories.make_user("gone@example.org", is_active=False)
    factories.make_user("reader@example.org", is_staff=False)
    assert sign_in(client, "gone@example.org").status_code == 200
    assert sign_in(client, "reader@example.org").status_code == 200


@pytest.mark.parametrize("data", [{}, {"username": "x" * 5000, "password": "y"}, {"username": "a@b.c"}])
def test_a_broken_form_is_shown_again(client, db, data):
    assert client.post(LOGIN, data).status_code == 200
