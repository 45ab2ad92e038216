from django.conf import settings
from django.core.checks import Error, Tags, register

from .triggers import LOG


@register(Tags.database)
def check_triggers(app_configs=None, databases=None, **kwargs):
    return LOG.check(databases, "comments.W001")


@register
def check_phases(app_configs=None, **kwargs):
    """A phase that is not there would hold every comment."""
    from . import phases

    missing = [name for name in settings.MODERATION["phases"] if name.startswith("_") or not hasattr(phases, name)]
    return [Error(f'There is no phase “{name}” for MODERATION["phases"].', id="comments.E001") for name in missing]
