"""All addresses. Public pages are included once per language, with the extra argument `language` for every view."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from articles.preview_links import preview_link

from . import health, language, media

public = [
    path("space-tracker/", include("tracker.urls")),
    path("", include("articles.machine_urls")),
    path("", include("comments.urls")),
    path("", include("articles.urls")),
]

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("preview/<str:signed>/", preview_link, name="preview_link"),
    path("admin/", admin.site.urls),
    path("accounts/", include("authors.account_urls")),
    path("media/<path:name>", media.serve_media),
    *(path(f"{code}/", include(public), {"language": code}) for code in language.CODES if code != language.DEFAULT),
    path("", include(public), {"language": language.DEFAULT}),
]
if not settings.MEDIA_URL.startswith("/media/"):
    urlpatterns = [pattern for pattern in urlpatterns if "media/" not in str(pattern.pattern)]

handler400 = "newsroom.errors.bad_request"
handler403 = "newsroom.errors.permission_denied"
handler404 = "newsroom.errors.page_not_found"
handler500 = "newsroom.errors.server_error"
