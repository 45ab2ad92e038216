"""The links of a mail: opening one changes nothing, its button does, and a mail provider's one click works."""

import datetime as dt

import pytest

from comments import notices
from comments.models import NoticeAddress
from tests.reading import in_croatian, read

CROSS_SITE = {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
OWN = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def address(db, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    return NoticeAddress.objects.create(email="petra@example.org", language="en")


def confirm_path(address):
    return f"/comments/notices/{notices.confirm_token(address)}/"


def stop_path(address):
    return f"/comments/notices/{notices.stop_token(address)}/stop/"


def state(address):
    address.refresh_from_db()
    return bool(address.confirmed_at), bool(address.unsubscribed_at)


def test_the_button_confirms_and_opening_does_not(client, address):
    path = confirm_path(address)
    page = read(client, path)
    assert "Shall we write when somebody replies?" in page.main
    assert state(address) == (False, False)
    response = client.post(path, headers=OWN)
    assert (response.status_code, response["Location"]) == (303, path)
    assert state(address) == (True, False)
    page = read(client, path)
    assert "Your address is confirmed." in page.main
    assert stop_path(address) in page.links
    assert not page.all("form", method="post")


def test_the_button_of_another_site_confirms_nothing(client, address):
    assert client.post(confirm_path(address), headers=CROSS_SITE).status_code == 403
    assert state(address) == (False, False)


def test_a_confirmation_is_valid_for_7_days(client, address, time_machine):
    path = confirm_path(address)
    time_machine.shift(dt.timedelta(days=7))
    read(client, path)
    time_machine.shift(dt.timedelta(seconds=1))
    page = read(client, path, status=410)
    assert "Leave your address with another comment, and we ask again." in page.main
    assert client.post(path, headers=OWN).status_code == 410
    assert state(address) == (False, False)


def test_a_confirmation_of_an_erased_address_has_expired(client, address):
    path = confirm_path(address)
    address.delete()
    read(client, path, status=410)


def test_who_stopped_can_confirm_anew(client, address):
    notices.stop(address)
    client.post(confirm_path(address), headers=OWN)
    assert state(address) == (True, False)


def test_the_button_stops_and_opening_does_not(client, address):
    notices.confirm(address)
    path = stop_path(address)
    assert "Stop these mails?" in read(client, path).main
    assert state(address) == (True, False)
    assert client.post(path, headers=OWN).status_code == 200
    assert state(address) == (False, True)
    page = read(client, path)
    assert "No more mails" in page.main
    assert not page.all("form", method="post")


def test_one_click_of_a_mail_provider_stops_from_nowhere_without_redirect(address):
    from django.test import Client

    notices.confirm(address)
    client = Client(enforce_csrf_checks=True)
    response = client.post(stop_path(address), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert "No more mails" in response.content.decode()
    assert state(address) == (False, True)


def test_a_stop_link_never_expires_and_outlives_its_address(client, address, time_machine):
    notices.confirm(address)
    path = stop_path(address)
    time_machine.shift(dt.timedelta(days=4000))
    assert client.post(path).status_code == 200
    assert state(address) == (False, True)
    address.delete()
    assert "No more mails" in read(client, path).main
    assert client.post(path).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("end", ["", "stop/"])
@pytest.mark.parametrize("token", ["1", "1.abc", "nonsense", "1.1vNx0.AAAA", "%F0%9F%98%80", "..."])
def test_a_forged_link_is_refused_with_a_sentence(client, address, token, end, method):
    response = getattr(client, method)(f"/comments/notices/{token}/{end}", headers=OWN)
    assert response.status_code == 400
    assert "A part of this link is missing. Copy all of it out of the mail." in response.content.decode()


def test_a_link_is_good_for_its_own_purpose_and_address_alone(client, address):
    notices.confirm(address)
    confirm, stop = notices.confirm_token(address), notices.stop_token(address)
    other = stop.replace(f"{address.pk}.", f"{address.pk + 1}.", 1)
    for path in (f"{stop}/", f"{confirm}/stop/", f"{other}/stop/"):
        assert client.post(f"/comments/notices/{path}", headers=OWN).status_code == 400
    assert state(address) == (True, False)


@pytest.mark.parametrize("path_of", [confirm_path, stop_path])
def test_no_cache_and_no_search_engine_keeps_the_page_and_no_site_learns_of_it(client, address, path_of):
    response = client.get(path_of(address))
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies
    assert "petra" not in response.content.decode()
    assert client.delete(path_of(address)).status_code == 405


def test_the_links_speak_croatian(client, address):
    page = read(client, f"/hr{confirm_path(address)}")
    assert page.language == "hr"
    assert in_croatian("Yes, confirm my address") in page.main
    assert client.post(f"/hr{confirm_path(address)}", headers=OWN)["Location"] == f"/hr{confirm_path(address)}"
    assert state(address) == (True, False)
    assert in_croatian("Stop these mails") in read(client, f"/hr{stop_path(address)}").main
