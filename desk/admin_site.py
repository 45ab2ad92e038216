"""The staff's side of the publication: Django's admin under our name, in the edition's time, with a guarded login."""

from functools import partial, wraps

from django.conf import settings
from django.contrib import admin
from django.db import DataError
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from authors.login import LoginForm, answer_login
from comments import desk_urls
from newsroom.errors import BadInput
from newsroom.language import CODES, OWN_NAMES

from . import front_desk
from .account import choose_language
from .finding import find
from .my_desk import my_desk
from .navigation import navigation
from .photo_replace_page import replace

APPS = ["articles", "photos", "comments", "authors", "tracker"]
MODELS = ["Article", "Placement", "Correction", "Source", "Place", "Tag", "Category", "StandingPage", "Redirect"]


def _place(order, name):
    return order.index(name) if name in order else len(order)


class DeskSite(admin.AdminSite):
    site_header = settings.SITE_NAME
    site_title = format_lazy(_("{site} desk"), site=settings.SITE_NAME)
    index_title = _("Desk")
    login_form = LoginForm
    empty_value_display = "–"
    # Ours stands in its place, without its script and sheet: navigation.py, templates/admin/navigation.html.
    enable_nav_sidebar = False

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
        """In the order of the work."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: _place(MODELS, model["object_name"]))
        return sorted(apps, key=lambda app: _place(APPS, app["app_label"]))

    def each_context(self, request):
        return {
            **super().each_context(request),
            "edition_time_zone": settings.EDITION_TIME_ZONE,
            "desk_languages": [(code, OWN_NAMES[code]) for code in CODES],
            # Asked for by pages that show it alone: popups have no frame.
            "navigation": partial(navigation, request),
        }

    def get_urls(self):
        view = self.admin_view
        return [
            path("find/", view(find), name="find"),
            path("language/", view(choose_language), name="language"),
            path("photos/photo/<int:pk>/replace/", view(replace), name="photos_photo_replace"),
            *front_desk.urls(self),
            *desk_urls.urls(self),
            *super().get_urls(),
        ]

    def index(self, request, extra_context=None):
        request.current_app = self.name
        context = {**self.each_context(request), "title": _("My desk"), **my_desk(request), **(extra_context or {})}
        return TemplateResponse(request, "admin/index.html", context)

    def login(self, request, extra_context=None):
        return answer_login(request, super().login(request, extra_context))
