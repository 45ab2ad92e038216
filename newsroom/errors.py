"""Error pages: clear, in the language of the address, and independent of the database where the fault may be there."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from .language import language_of, prefix


class BadInput(SuspiciousOperation):
    """Answered with 400 and this sentence for the person who sent it."""


class NotAllowed(PermissionDenied):
    """Answered with 403 and this sentence for the person who sent it."""


def _page(request, status, title, sentence):
    language = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    context = {
        "language": language,
        "status": status,
        "title": title,
        "sentence": sentence,
        "noindex": True,
        "is_desk": request.path_info.startswith("/admin/"),
        "others": {},
    }
    return render(request, "errors/error.html", context, status=status)


def bad_request(request, exception=None):
    sentence = _first_sentence(exception) or _("Something in the address or the form is not as it should be.")
    return _page(request, 400, _("That cannot be read"), sentence)


def permission_denied(request, exception=None):
    sentence = _first_sentence(exception) or _("This page is not open to you.")
    return _page(request, 403, _("Not allowed"), sentence)


def page_not_found(request, exception=None):
    sentence = _("There is nothing at this address. It may have moved, or never been.")
    return _page(request, 404, _("Page not found"), sentence)


def gone(request, reason, title=None):
    return _page(request, 410, title or _("Retracted"), reason)


def too_many(request, seconds):
    sentence = _("Too many at once. Try again in %(seconds)d s.") % {"seconds": seconds}
    response = _page(request, 429, _("Too many at once"), sentence)
    response["Retry-After"] = str(seconds)
    return response


def unavailable(request, sentence, seconds):
    response = _page(request, 503, _("Not available right now"), sentence)
    response["Retry-After"] = str(seconds)
    return response


class MethodPageMiddleware:
    """Gives the bare 405 of a public view our page; what is no page (media, health) stays bare."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code != 405 or not match or "language" not in match.kwargs:
            return response
        sentence = _("This address can be opened, but nothing can be sent to it in this way.")
        page = _page(request, 405, _("Not done this way"), sentence)
        page["Allow"] = response["Allow"]
        return page


def csrf_failure(request, reason=""):
    """Django's own page for this carries inline styles and speaks English to developers."""
    return permission_denied(
        request, NotAllowed(_("This form is no longer valid. Open its page again and repeat it there."))
    )


def server_error(request):
    """Renders without request, session or database: any of them may be what broke."""
    code = language_of(request.path_info)
    return HttpResponseServerError(render_to_string("errors/500.html", {"language": code, "home": f"{prefix(code)}/"}))


def _first_sentence(exception):
    """The message of a refusal of ours; those of Django itself are for developers and in English."""
    return str(exception) if isinstance(exception, (BadInput, NotAllowed)) else ""
