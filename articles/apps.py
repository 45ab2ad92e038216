from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Stories")

    def ready(self):
        from . import checks  # noqa: F401 - registers the system checks
        from .triggers import HISTORY

        pre_migrate.connect(HISTORY.drop, sender=self, dispatch_uid="articles.drop_triggers")
        post_migrate.connect(HISTORY.create, sender=self, dispatch_uid="articles.create_triggers")
