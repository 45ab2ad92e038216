from django.core.checks import Error, Tags, register
from django.db import connections

from .slugs import reserved_segments
from .triggers import HISTORY


@register(Tags.database)
def check_triggers(app_configs=None, databases=None, **kwargs):
    return HISTORY.check(databases, "articles.W001")


@register(Tags.database)
def check_reserved_slugs(app_configs=None, databases=None, **kwargs):
    from .models import Category, StandingPage

    found = []
    for alias in databases or []:
        tables = connections[alias].introspection.table_names()
        for model in (Category, StandingPage):
            if model._meta.db_table not in tables:
                continue
            taken = model.objects.using(alias).filter(slug__in=reserved_segments(model))
            found += [
                Error(
                    f"{model._meta.label} {row.pk} has the slug '{row.slug}', which an address of the system uses.",
                    hint="Give it another slug.",
                    id="articles.E002",
                )
                for row in taken
            ]
    return found
