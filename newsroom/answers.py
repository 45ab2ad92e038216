"""How a form that was sent is answered: another page for a person without JavaScript, JSON for a script of ours."""

from django.http import HttpResponseRedirect


def wants_json(request):
    return "application/json" in request.headers.get("Accept", "")


def see_other(path):
    """303: the browser gets the page at this address, and sending again by reloading is not offered."""
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response
