from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuthorsConfig(AppConfig):
    name = "authors"
    verbose_name = _("Authors and accounts")

    def ready(self):
        from django.db.models.signals import post_migrate

        from .groups import create_groups

        post_migrate.connect(create_groups, dispatch_uid="authors.create_groups")
