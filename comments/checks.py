from django.core.checks import Tags, register

from .triggers import LOG


@register(Tags.database)
def check_triggers(app_configs=None, databases=None, **kwargs):
    return LOG.check(databases, "comments.W001")
