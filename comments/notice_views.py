"""The links of a mail. Opening one changes nothing, for mail scanners open every link; its button does."""

import functools

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from newsroom.answers import see_other
from newsroom.errors import BadInput, gone
from newsroom.security import require_same_origin

from . import notices

# The address is the proof: no other site learns it. "same-origin", since without any the browser hides our own origin.
HEADERS = {"X-Robots-Tag": "noindex, nofollow, noarchive", "Referrer-Policy": "same-origin"}


def _link(view):
    """What both links have in common: no cache keeps the page, no search engine lists it."""

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @functools.wraps(view)
    def answer(request, language, token):
        try:
            response = view(request, language, token)
        except notices.Forged as error:
            raise BadInput(_("A part of this link is missing. Copy all of it out of the mail.")) from error
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return answer


@_link
def notice_confirm(request, language, token):
    try:
        address = notices.confirmable(token)
    except notices.Expired:
        return gone(request, _("Leave your address with another comment, and we ask again."), title=_("Link expired"))
    if request.method == "POST":
        require_same_origin(request)
        notices.confirm(address)
        return see_other(request.path)
    stop_path = reverse("notice_stop", kwargs={"language": language, "token": notices.stop_token(address)})
    return _page(request, language, "confirm", {"is_on": bool(address.confirmed_at), "stop_path": stop_path})


@_link
def notice_stop(request, language, token):
    """A mail provider's one click (RFC 8058) comes from no page and follows no redirect: the token alone is its proof,
    and the answer is a page."""
    address = notices.stoppable(token)
    if request.method == "POST" and address:
        notices.stop(address)
    return _page(request, language, "stop", {"is_stopped": address is None or bool(address.unsubscribed_at)})


def _page(request, language, name, context):
    context |= {"language": language, "noindex": True, "others": {}}
    return render(request, f"comments/notice_{name}.html", context)
