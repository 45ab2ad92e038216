from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = _("Desk")


class DeskAdminConfig(admin_apps.AdminConfig):
    """Django's admin with our site (admin_site.py): named in INSTALLED_APPS instead of `django.contrib.admin`."""

    default = False
    default_site = "desk.admin_site.DeskSite"

    def ready(self):
        """taggit's own table of tags is not used, ours stand among the stories; its page for merging asks no rights.
        Addresses and passkeys are their owners': the desk changes an address with its account."""
        super().ready()
        from allauth.account.models import EmailAddress
        from allauth.mfa.models import Authenticator
        from django.contrib import admin
        from taggit.models import Tag

        admin.site.unregister([Tag, EmailAddress, Authenticator])
