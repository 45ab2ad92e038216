"""The staff's side of the publication: Django's admin under our name, in the edition's time, with a guarded login."""

from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.db import DataError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from authors.login import LoginForm, answer_login
from newsroom.errors import BadInput

APPS = ["articles", "photos", "comments", "authors"]
MODELS = ["Article", "Placement", "Correction", "Source", "Place", "Tag", "Category", "StandingPage", "Redirect"]


def _place(order, name):
    return order.index(name) if name in order else len(order)


class DeskSite(admin.AdminSite):
    site_header = settings.SITE_NAME
    site_title = format_lazy(_("{site} desk"), site=settings.SITE_NAME)
    index_title = _("Desk")
    login_form = LoginForm
    empty_value_display = "–"

    def admin_view(self, view, cacheable=False):
        """Every time that the desk shows or takes is the edition's; the page is rendered while that holds.

        A number that no column can hold (nobody types one) reaches the database through Django's own widgets and
        filters: it is bad input, not a fault of ours.
        """
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def in_edition_time(request, *args, **kwargs):
            with timezone.override(settings.EDITION_TIME_ZONE):
                try:
                    response = inner(request, *args, **kwargs)
                    if hasattr(response, "render") and not response.is_rendered:
                        response.render()
                except (OverflowError, DataError) as error:
                    raise BadInput(_("The form or the address contains a number that is out of all bounds.")) from error
            return response

        return in_edition_time

    def get_app_list(self, request, app_label=None):
        """In the order of the work, and without taggit's own tags: ours stand among the stories."""
        apps = [app for app in super().get_app_list(request, app_label) if app["app_label"] != "taggit"]
        for app in apps:
            app["models"].sort(key=lambda model: _place(MODELS, model["object_name"]))
        return sorted(apps, key=lambda app: _place(APPS, app["app_label"]))

    def each_context(self, request):
        return {**super().each_context(request), "edition_time_zone": settings.EDITION_TIME_ZONE}

    def login(self, request, extra_context=None):
        return answer_login(request, super().login(request, extra_context))
