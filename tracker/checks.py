"""Asked of `manage.py check` and before every command: whether what is configured can be fetched at all."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register

GROUP = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@register
def sources_can_be_asked(app_configs, **kwargs):
    errors = []
    if wrong := wrong_groups():
        hint = "They are written as in CelesTrak's addresses: small letters, digits and hyphens, such as last-30-days."
        named = ", ".join(map(repr, wrong))
        errors.append(Error(f"SATELLITE_GROUPS has what cannot be a group: {named}.", hint=hint, id="tracker.E001"))
    for name in ("SATELLITES_URL", "LAUNCHES_URL"):
        if not _is_web_address(getattr(settings, name)):
            hint = "It begins with https:// and names a host."
            errors.append(Error(f"{name} is no address that can be asked.", hint=hint, id="tracker.E002"))
    return errors


def wrong_groups():
    """What in the settings cannot be one of CelesTrak's groups."""
    return [group for group in settings.SATELLITE_GROUPS if not GROUP.fullmatch(group)]


def _is_web_address(address):
    try:
        parts = urlsplit(address)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
