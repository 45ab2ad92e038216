"""Counts of limits in Redis: one number for each key and window, gone when the window is over.

A Redis that is away stops nobody: the caller counts in the database until it is back.
"""

import functools
import logging
import time

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

PATIENCE = 0.5  # seconds: a request waits no longer for Redis
LOG_EVERY = 60  # seconds
log = logging.getLogger(__name__)
_logged_at = None


def add(key, window, seconds):
    """Counts one. Returns the count, or 0 where it cannot be counted here."""
    with_expiry = [("incr", _name(key, window)), ("expire", _name(key, window), seconds)]
    return (_run(with_expiry) or [0])[0]


def forget(key, window):
    _run([("delete", _name(key, window))])


def _name(key, window):
    return f"newsroom:limit:{key}:{window}"


def _run(commands):
    """The answers of these commands, run as one; None without Redis."""
    if not settings.REDIS_URL:
        return None
    try:
        with _client(settings.REDIS_URL).pipeline(transaction=True) as pipe:
            for name, *arguments in commands:
                getattr(pipe, name)(*arguments)
            return pipe.execute()
    except (redis.RedisError, OSError) as error:
        _say(error)
        return None


@functools.lru_cache
def _client(url):
    """Tries once: a command that is sent again would count twice."""
    return redis.Redis.from_url(
        url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
    )


def _say(error):
    """Once a minute: a busy site without its Redis would write of nothing else."""
    global _logged_at
    now = time.monotonic()
    if _logged_at is None or now - _logged_at >= LOG_EVERY:
        _logged_at = now
        log.error("Redis does not answer; limits are counted in the database (%s)", error)
