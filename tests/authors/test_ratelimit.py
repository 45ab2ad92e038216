import pytest
from django.core.management import call_command
from django.test import RequestFactory

from authors import ratelimit
from authors.models import RateLimit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("192.0.2.77:5000", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]:5000", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("nonsense", "unknown"),
    ],
)
def test_the_network_of_an_address(address, network):
    assert ratelimit.network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_forwarded_addresses_are_believed_of_trusted_proxies_alone(settings):
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "198.51.100.9, 192.0.2.77"})
    assert ratelimit.network_of(request) == "10.0.0.0/24"
    settings.TRUSTED_PROXIES = 1
    assert ratelimit.network_of(request) == "192.0.2.0/24"


def test_tries_beyond_the_limit_are_told_when_to_come_back(settings, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    settings.RATE_LIMITS = {"login-account": (2, 900)}
    assert [ratelimit.hit("login-account", "ana") for _try in range(3)] == [0, 0, 900]
    assert ratelimit.hit("login-account", "mia") == 0
    time_machine.move_to("2026-11-24T10:15:00Z", tick=False)
    assert ratelimit.hit("login-account", "ana") == 0


def test_no_identity_is_stored_in_clear_and_old_windows_go(settings, time_machine):
    settings.RATE_LIMITS = {"login-account": (2, 900)}
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    ratelimit.hit("login-account", "ana@example.org")
    assert "ana" not in RateLimit.objects.get().key
    time_machine.move_to("2026-11-24T11:00:00Z", tick=False)
    ratelimit.hit("login-account", "mia@example.org")
    assert RateLimit.objects.count() == 1


def test_counts_go_with_the_next_tick_on_a_quiet_site(time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    ratelimit.hit("login-account", "ana@example.org")
    call_command("tick")
    assert RateLimit.objects.count() == 1
    time_machine.move_to("2026-11-24T10:15:01Z", tick=False)
    call_command("tick")
    assert not RateLimit.objects.exists()
