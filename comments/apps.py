from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    name = "comments"
    verbose_name = _("Comments")

    def ready(self):
        from . import checks  # noqa: F401 - registers the system checks
        from .triggers import LOG

        pre_migrate.connect(LOG.drop, sender=self, dispatch_uid="comments.drop_triggers")
        post_migrate.connect(LOG.create, sender=self, dispatch_uid="comments.create_triggers")
