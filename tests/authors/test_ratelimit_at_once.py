"""The limits hold over several processes, in the table and in a real Redis, and while Redis is away."""

import logging
import os

import pytest
import redis

from authors import ratelimit, redis_counts
from authors.models import RateLimit
from tests.mail_server import free_port
from tests.processes import run_at_once

HITS = """
import datetime as dt, time_machine
from authors import ratelimit
from django.conf import settings
settings.RATE_LIMITS = {"login-account": (25, 900)}
with time_machine.travel(dt.datetime(2026, 11, 24, 10, 0, 0, tzinfo=dt.UTC), tick=False):
    print([ratelimit.hit("login-account", "ana") for _try in range(20)].count(0))
"""


@pytest.fixture
def redis_url():
    """An empty Redis that the settings do not know of."""
    url = os.environ.get("TEST_REDIS_URL")
    if not url:
        pytest.fail("No Redis: `make test` starts one; else name one in TEST_REDIS_URL.", pytrace=False)
    client = redis.Redis.from_url(url)
    for key in client.scan_iter("newsroom:limit:*"):
        client.delete(key)
    return url


@pytest.fixture
def with_redis(settings, redis_url):
    settings.REDIS_URL = redis_url
    settings.RATE_LIMITS = {"login-account": (2, 900)}
    return redis.Redis.from_url(redis_url)


@pytest.mark.django_db(transaction=True)
def test_four_processes_are_allowed_as_many_tries_as_one_in_the_table(tmp_path):
    # The first tries of a window come from all of them at the same moment, and rows of the past wait to be pruned.
    for number in range(300):
        RateLimit.objects.create(key=f"past:{number}", window=0, expires_at="2026-01-01T00:00:00Z")
    allowed = run_at_once(4, HITS, {**os.environ, "DATA_DIR": str(tmp_path)})
    assert sum(map(int, allowed)) == 25
    assert RateLimit.objects.get(window__gt=0).count == 80


@pytest.mark.django_db(transaction=True)
def test_four_processes_are_allowed_as_many_tries_as_one_in_redis(tmp_path, redis_url):
    allowed = run_at_once(4, HITS, {**os.environ, "DATA_DIR": str(tmp_path), "REDIS_URL": redis_url})
    assert sum(map(int, allowed)) == 25
    assert not RateLimit.objects.exists()


@pytest.mark.django_db
def test_redis_counts_without_the_database_and_keeps_nobody(with_redis, django_assert_num_queries, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    with django_assert_num_queries(0):
        assert [ratelimit.hit("login-account", "ana@example.org") for _try in range(3)] == [0, 0, 900]
        assert ratelimit.hit("login-account", "mia@example.org") == 0
    names = list(with_redis.scan_iter("newsroom:limit:*"))
    assert len(names) == 2
    assert not any(b"ana" in name for name in names)
    assert all(0 < with_redis.ttl(name) <= 900 for name in names)
    time_machine.move_to("2026-11-24T10:15:00Z", tick=False)
    assert ratelimit.hit("login-account", "ana@example.org") == 0


@pytest.mark.django_db
def test_a_success_wipes_the_tries_in_redis_and_in_the_table(with_redis, settings, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z", tick=False)
    settings.REDIS_URL, url = "", settings.REDIS_URL
    ratelimit.hit("login-account", "ana")
    settings.REDIS_URL = url
    assert [ratelimit.hit("login-account", "ana") for _try in range(3)] == [0, 0, 900]
    ratelimit.forget("login-account", "ana")
    assert not RateLimit.objects.exists()
    assert ratelimit.hit("login-account", "ana") == 0


@pytest.mark.django_db
def test_without_its_redis_the_site_counts_in_the_table_and_says_so_once_a_minute(settings, caplog, monkeypatch):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    settings.RATE_LIMITS = {"login-account": (2, 900)}
    monkeypatch.setattr(redis_counts, "_logged_at", None)
    clock = [1000.0]
    monkeypatch.setattr(redis_counts.time, "monotonic", lambda: clock[0])
    with caplog.at_level(logging.ERROR):
        assert [bool(ratelimit.hit("login-account", "ana")) for _try in range(3)] == [False, False, True]
        clock[0] += 59
        ratelimit.hit("login-account", "ana")
        assert caplog.text.count("Redis does not answer") == 1
        clock[0] += 1
        ratelimit.hit("login-account", "ana")
    assert caplog.text.count("Redis does not answer") == 2
    assert RateLimit.objects.get().count == 5
