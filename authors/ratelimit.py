"""Limits per identity and per network, counted in the database so that they hold over all processes and machines.

The keys are HMACs: no e-mail or network address is stored in clear.
"""

import datetime as dt
import ipaddress
import time

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from newsroom.security import client_ip

from .models import RateLimit


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
    key = f"{limit}:{salted_hmac('newsroom.ratelimit', identity).hexdigest()[:32]}"
    expires = dt.datetime.fromtimestamp(window + seconds, tz=dt.UTC)
    with transaction.atomic():
        _row, created = RateLimit.objects.get_or_create(
            key=key, window=window, defaults={"count": 1, "expires_at": expires}
        )
        if created:
            RateLimit.objects.filter(expires_at__lt=timezone.now()).delete()
            return 0
        RateLimit.objects.filter(key=key, window=window).update(count=F("count") + 1)
        count = RateLimit.objects.values_list("count", flat=True).get(key=key, window=window)
    return 0 if count <= most else window + seconds - now


def forget(limit, identity):
    """A success wipes the tries that led to it."""
    digest = salted_hmac("newsroom.ratelimit", identity).hexdigest()[:32]
    RateLimit.objects.filter(key=f"{limit}:{digest}").delete()
