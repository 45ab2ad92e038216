"""Who a comment belongs to, and what is kept of the network it came from."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from comments.identity import Writer, mine, network_key, reader_of, writer_key, writer_of
from comments.posting import withdraw
from tests import factories

TOKEN, OTHER = "a" * 32, "b" * 32


def request(rf, address="192.0.2.77", **headers):
    found = rf.get("/", REMOTE_ADDR=address, headers=headers)
    found.user = AnonymousUser()
    return found


@pytest.mark.django_db
def test_a_guest_owns_what_was_written_in_the_same_browser(edition, rf):
    article = factories.make_story()
    own = factories.make_comment(article, reader=reader_of(TOKEN))
    factories.make_comment(article, reader=reader_of(OTHER))
    factories.make_comment(article)
    rf.cookies["reader"] = TOKEN
    writer = writer_of(request(rf))
    assert list(mine(writer)) == [own]
    assert writer.owns(own)
    assert not Writer(None, OTHER).owns(own)


@pytest.mark.django_db
def test_an_account_owns_what_it_wrote_in_any_browser(edition):
    article, user = factories.make_story(), factories.make_user()
    own = factories.make_comment(article, user=user)
    guests = factories.make_comment(article, reader=reader_of(TOKEN))
    assert list(mine(Writer(user, ""))) == [own]
    assert set(mine(Writer(user, TOKEN))) == {own, guests}
    assert not Writer(factories.make_user("b@example.org"), "").owns(own)


@pytest.mark.django_db
def test_nobody_owns_nothing(edition):
    article = factories.make_story()
    comment = factories.make_comment(article)
    assert list(mine(Writer(None, ""))) == []
    assert not Writer(None, "").owns(comment)
    own = factories.make_comment(article, reader=reader_of(TOKEN))
    withdraw(own.pk)
    assert list(mine(Writer(None, TOKEN))) == []


@pytest.mark.django_db
def test_writers_are_told_apart_and_not_told_who_they_are(edition):
    user = factories.make_user()
    keys = {
        writer_key(user, "", "Ana"),
        writer_key(None, reader_of(TOKEN), "Ana"),
        writer_key(None, reader_of(TOKEN), "Petra"),
        writer_key(None, reader_of(OTHER), "Ana"),
    }
    assert len(keys) == 4
    assert all(len(key) == 16 for key in keys)
    assert writer_key(user, reader_of(TOKEN), "Another name") == writer_key(user, "", "Ana")
    assert writer_key(None, reader_of(TOKEN), "ANA") == writer_key(None, reader_of(TOKEN), "Ana")


class TestNetwork:
    def test_one_network_is_one_key_and_no_address_stands_in_it(self, rf):
        key = network_key(request(rf, "192.0.2.77"))
        assert key == network_key(request(rf, "192.0.2.200"))
        assert key != network_key(request(rf, "192.0.3.77"))
        assert len(key) == 64
        six = network_key(request(rf, "2001:db8:1:2::1"))
        assert six == network_key(request(rf, "2001:db8:1:2:ffff::9"))
        assert six != network_key(request(rf, "2001:db8:1:3::1"))

    def test_its_key_is_its_own(self, rf, settings):
        before = network_key(request(rf))
        settings.NETWORK_KEY = "another key"
        assert network_key(request(rf)) != before

    def test_a_proxy_is_believed_only_when_it_is_trusted(self, rf, settings):
        forwarded = request(rf, "10.0.0.1", **{"X-Forwarded-For": "198.51.100.7, 203.0.113.9"})
        assert network_key(forwarded) == network_key(request(rf, "10.0.0.2"))
        settings.TRUSTED_PROXIES = 1
        assert network_key(forwarded) == network_key(request(rf, "203.0.113.1"))


@pytest.mark.django_db
def test_what_is_mine_is_found_by_index(edition):
    user = factories.make_user()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A small table would be read as a whole.
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = mine(Writer(user, TOKEN)).explain()
    assert "comment_of_reader" in plan
    assert "user" in plan
    assert "SCAN comments_comment" not in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("token", ["", "a" * 31, "a" * 33, "A" * 32, "g" * 32, "é" * 32])
def test_a_cookie_that_is_none_of_ours_is_nobody(rf, token):
    rf.cookies["reader"] = token
    assert writer_of(request(rf)).token == ""
    rf.cookies["reader"] = TOKEN
    assert writer_of(request(rf)).token == TOKEN
