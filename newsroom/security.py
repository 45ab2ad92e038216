"""What protects every page: headers, refusal of malformed requests, and the proof that a form is from our own page."""

import codecs

from django.utils.translation import gettext as _

from .errors import BadInput, NotAllowed

PERMISSIONS_POLICY = (
    "accelerometer=(), browsing-topics=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
)


class SecurityHeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class BadInputMiddleware:
    """Refuses bytes that no browser sends and no database takes, before any view has to think of them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # A request names the coding that its address and form are read in: from some come half characters, and one
        # address would give as many pages as there are codings.
        if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
            request.encoding = "utf-8"  # for the page that says so
            raise BadInput(_("This was sent in a coding that is not read here. Send it in UTF-8."))
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadInput(_("The address contains a character that does not belong there."))
        if request.method == "POST" and any(
            "\x00" in value for key in request.POST for value in (key, *request.POST.getlist(key))
        ):
            raise BadInput(_("The form contains a character that does not belong there."))


def require_same_origin(request):
    """For public forms that carry no token. Raises NotAllowed unless the browser says that our page sent it.

    `Sec-Fetch-Site` is set by the browser and cannot be set by a page; older browsers send `Origin`.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        allowed = site == "same-origin"
    else:
        # Either scheme: a proxy that ends HTTPS may not tell us.
        allowed = request.headers.get("Origin") in [f"{scheme}://{request.get_host()}" for scheme in ("https", "http")]
    if not allowed:
        raise NotAllowed(_("This form was not sent from our own page. Open the page again and repeat it there."))


def client_ip(request, trusted_proxies):
    """The reader's address: the peer, or what the last trusted proxy appended to X-Forwarded-For."""
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if trusted_proxies and len(forwarded) >= trusted_proxies:
        return forwarded[-trusted_proxies]
    return request.META.get("REMOTE_ADDR", "")
