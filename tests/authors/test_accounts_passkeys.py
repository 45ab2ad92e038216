"""Passkeys by their requests; tests/browser/test_accounts.py makes and uses real ones."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.authors.accounts import is_signed_in, make_reader, sign_in
from tests.reading import Reading, read

pytestmark = pytest.mark.django_db
# fido2 reads these with an AttributeError, an IndexError and a struct.error.
CLIENT = "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUEiLCJvcmlnaW4iOiJ4In0"
BROKEN = [
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABFAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACCCPP0",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKc",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAem5",
]
NO_CREDENTIALS = [
    *(
        json.dumps(
            {
                "id": "AA",
                "rawId": "AA",
                "type": "public-key",
                "response": {
                    "clientDataJSON": CLIENT,
                    "authenticatorData": data,
                    "signature": "AA",
                    "userHandle": "MQ",
                },
            }
        )
        for data in BROKEN
    ),
    "",
    "not json",
    "5",
    "[]",
    "null",
    "{}",
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
    '{"id": "*", "rawId": "*", "type": "x", "response": {"clientDataJSON": "*", "attestationObject": "*"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "attestationObject": "oA",'
    ' "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "AA",'
    ' "signature": "AA", "userHandle": 5}}',
    '{"response": {"userHandle": "enp6enp6enp6enp6eno"}}',
    "[" * 500 + "]" * 500,
]


@pytest.fixture
def petra():
    return make_reader()


@pytest.fixture
def key(petra):
    return Authenticator.objects.create(user=petra, type="webauthn", data={"name": "My phone", "credential": {}})


def test_the_sign_in_gives_a_challenge_only_when_asked(client):
    options = client.get("/accounts/passkeys/login/", headers={"Accept": "application/json"}).json()
    assert options["request_options"]["publicKey"]["userVerification"] == "required"
    assert options["request_options"]["publicKey"]["rpId"] == "testserver"
    assert Client().get("/accounts/passkeys/login/").url == "/accounts/login/"


@pytest.mark.parametrize("credential", NO_CREDENTIALS)
def test_what_is_no_passkey_signs_nobody_in(client, petra, credential):
    client.get("/accounts/passkeys/login/", headers={"Accept": "application/json"})
    response = client.post("/accounts/passkeys/login/", {"credential": credential, "next": "/ai/"})
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=%2Fai%2F"
    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", NO_CREDENTIALS)
def test_what_is_no_passkey_is_not_added(client, petra, credential):
    sign_in(client)
    client.get("/accounts/passkeys/add/")
    response = client.post("/accounts/passkeys/add/", {"credential": credential, "name": "x"})
    assert response.status_code == 200
    assert not Authenticator.objects.exists()


def test_a_passkey_that_is_offered_lives_on_the_device(client, petra):
    sign_in(client)
    page = client.get("/accounts/passkeys/add/").content.decode()
    options = json.loads(page.partition('id="passkey-options" type="application/json">')[2].partition("</script>")[0])
    assert options["publicKey"]["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert options["publicKey"]["rp"] == {"id": "testserver", "name": "Tech & Space"}


def test_a_passkey_is_renamed_and_removed_by_its_owner(client, key):
    sign_in(client)
    assert "My phone" in read(client, "/accounts/").main
    edit = f"/accounts/passkeys/{key.pk}/edit/"
    assert client.post(edit, {"name": ""}).status_code == 200
    assert client.post(edit, {"name": "Old phone"}).url == "/accounts/"
    assert "Old phone" in read(client, "/accounts/").main
    remove = f"/accounts/passkeys/{key.pk}/remove/"
    assert "Old phone" in read(client, remove).main
    assert client.post(remove).url == "/accounts/"
    assert not Authenticator.objects.exists()
    assert "The passkey is removed." in read(client, "/accounts/").main


@pytest.mark.parametrize("act", ["edit", "remove"])
def test_passkeys_of_others_are_not_there(client, key, act):
    make_reader("iva@example.org", "Iva")
    sign_in(client, "iva@example.org")
    assert client.get(f"/accounts/passkeys/{key.pk}/{act}/").status_code == 404
    assert client.post(f"/accounts/passkeys/{key.pk}/{act}/", {"name": "x"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "My phone"


def test_a_passkey_is_no_second_lock(client, key):
    assert sign_in(client).url == "/accounts/"
    assert is_signed_in(client)


@pytest.mark.parametrize("act", ["edit", "remove"])
def test_too_many_changes_show_the_page_again(settings, client, key, act):
    sign_in(client)
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "account-network": (0, 900)}
    # The first of a window is always counted, never refused.
    client.post(f"/accounts/passkeys/{key.pk}/edit/", {"name": ""})
    response = client.post(f"/accounts/passkeys/{key.pk}/{act}/", {"name": "Renamed"})
    assert response.status_code == 429
    assert "Too many attempts" in Reading(response.content.decode()).main
    assert Authenticator.objects.get().data["name"] == "My phone"
