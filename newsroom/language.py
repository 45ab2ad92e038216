"""Which language a page speaks, and where the same page lives in another language.

The address decides: the default language has no prefix, every other one lives under `/<code>/`.
Public URLs are included once per language with the extra argument `language` (see urls.py), so every public
view is told its language and `url_in()` can lead to any of them.
"""

import functools

from django.conf import settings
from django.urls import reverse
from django.utils import translation

CODES = [code for code, _name in settings.LANGUAGES]
DEFAULT = settings.LANGUAGE_CODE
# A language in its own words, for switches and menus.
OWN_NAMES = {"en": "English", "hr": "Hrvatski"}
# With a country, as Open Graph wants them.
LOCALES = {"en": "en_US", "hr": "hr_HR"}


def prefix(language):
    """The path prefix of a language's edition: '' or '/hr'."""
    return "" if language == DEFAULT else f"/{language}"


def language_of(path):
    for code in CODES:
        if code != DEFAULT and (path == f"/{code}" or path.startswith(f"/{code}/")):
            return code
    return DEFAULT


@functools.lru_cache(maxsize=4096)
def url_in(language, name, **kwargs):
    """The path of the public page `name` in this language. Kept: a page holds dozens, and addresses do not change."""
    return reverse(name, kwargs={"language": language, **kwargs})


def text_in(texts, language, name):
    """One text out of a JSON field {language: {name: text}}; the default language stands in for a missing one."""
    return (texts.get(language) or {}).get(name) or (texts.get(DEFAULT) or {}).get(name) or ""


class LanguageMiddleware:
    """Activates the language of the address. Adds no `Vary`: one address has one language."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.LANGUAGE_CODE = language_of(request.path_info)
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def account_language(request):
    """A context processor: the pages of accounts are allauth's views, which do not know what our frame asks for."""
    if not request.path_info.startswith("/accounts/"):
        return {}
    others = {code: url_in(code, "home") for code in CODES if code != request.LANGUAGE_CODE}
    if not request.user.is_authenticated:
        others = {code: f"{request.path}?next={home}" for code, home in others.items()}
    return {"language": request.LANGUAGE_CODE, "noindex": True, "others": others}


class StaffLanguageMiddleware:
    """Pages of staff and of accounts speak the language of the account, else that of the browser.

    Whoever comes to sign in from an edition is addressed in its language.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(("/admin/", "/accounts/")):
            return self.get_response(request)
        if request.user.is_authenticated:
            language = request.user.language
        else:
            came_from = request.GET.get("next") or request.POST.get("next") or ""
            is_edition = came_from.startswith("/") and not came_from.startswith(("/admin/", "/accounts/"))
            language = language_of(came_from) if is_edition else ""
        language = language or translation.get_language_from_request(request)
        request.LANGUAGE_CODE = language if language in CODES else DEFAULT
        with translation.override(request.LANGUAGE_CODE):
            response = self.get_response(request)
        response.headers["Content-Language"] = request.LANGUAGE_CODE
        return response
