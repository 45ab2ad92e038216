"""Limits per identity and per network, over all processes and machines: counted in Redis where there is one, else
in the database.

The keys are HMACs: no e-mail or network address is stored in clear.
"""

import datetime as dt
import ipaddress
import time

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from newsroom.security import client_ip

from . import redis_counts
from .models import RateLimit

PRUNED = 100
COUNT = """
INSERT INTO authors_ratelimit ("key", "window", "count", "expires_at") VALUES (%s, %s, 1, %s)
ON CONFLICT ("key", "window") DO UPDATE SET "count" = authors_ratelimit."count" + 1 RETURNING "count"
"""


def network_of(request):
    """The reader's /24 (IPv4) or /64 (IPv6): what one connection can easily change stays one identity."""
    text = client_ip(request, settings.TRUSTED_PROXIES)
    if text.count(":") == 1 or text.startswith("["):
        # Some proxies add the port: 192.0.2.1:5000, [2001:db8::1]:5000.
        text = text.rpartition(":")[0].strip("[]") if not text.endswith("]") else text.strip("[]")
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    # An IPv4 reader on a socket that listens on both: ::ffff:192.0.2.1.
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False))


def hit(limit, identity):
    """Counts one try. Returns 0 while it is allowed, else the seconds until the next window."""
    most, seconds = settings.RATE_LIMITS[limit]
    now = int(time.time())
    window = now - now % seconds
    key = _key(limit, identity)
    count = redis_counts.add(key, window, seconds) or _add(key, window, seconds)
    return 0 if count <= most else window + seconds - now


def forget(limit, identity):
    """A success wipes the tries that led to it, wherever they were counted."""
    _most, seconds = settings.RATE_LIMITS[limit]
    now, key = int(time.time()), _key(limit, identity)
    redis_counts.forget(key, now - now % seconds)
    RateLimit.objects.filter(key=key).delete()


def _key(limit, identity):
    return f"{limit}:{salted_hmac('newsroom.ratelimit', identity).hexdigest()[:32]}"


def _add(key, window, seconds):
    """One statement counts and answers, so that nobody comes between, and the first two of a window do not collide."""
    expires = dt.datetime.fromtimestamp(window + seconds, tz=dt.UTC)
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, window, connection.ops.adapt_datetimefield_value(expires)])
        (count,) = cursor.fetchone()
    if count == 1:
        prune()
    return count


@transaction.atomic
def prune():
    """Some rows of past windows go with each new row, and with each tick, however quiet it is by then.

    Those that another process has in hand are left to it.
    """
    past = RateLimit.objects.filter(expires_at__lt=timezone.now()).select_for_update(skip_locked=True)
    RateLimit.objects.filter(pk__in=list(past.values_list("pk", flat=True)[:PRUNED])).delete()
