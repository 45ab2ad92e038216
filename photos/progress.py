"""How far the renditions of a photo are, for those at the desk; and the page that a script asks while some are made."""

from functools import partial
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from .models import Making, Photo

# In one request: as many as the wall shows.
MOST = 60
FAULTS = {
    "original": gettext_lazy(
        "The uploaded file is no longer in the store. Replace the photo, with the same file if you have it."
    ),
    "storage": gettext_lazy("The store for pictures does not answer, or is full. Tell those who run the site."),
    "picture": gettext_lazy("The uploaded file can no longer be opened. Replace the photo with a new export of it."),
    "pixels": gettext_lazy(
        "The picture has more pixels than are taken now. Replace the photo with a smaller one, or have "
        "PHOTO_MAX_PIXELS raised."
    ),
    "memory": gettext_lazy("The picture needs more memory than is allowed. Replace the photo with a smaller one."),
    "time": gettext_lazy("Making the sizes took longer than is allowed. Try again when the server has less to do."),
    "busy": gettext_lazy("The program that opens pictures did not start. Tell those who run the site."),
    "ended": gettext_lazy("The worker ended in the middle, several times. The log of the server may say why."),
    "program": gettext_lazy("The program failed. The log of the server says why."),
}


class State(NamedTuple):
    """`kind`: waits, making, fault or made. `is_over`: it stays so until a person does something."""

    kind: str
    sentence: str
    done: int = 0
    total: int = 0
    is_over: bool = False


def state_of(making):
    """The state of a photo with this Making row, or with None."""
    if making is None:
        return State("made", _("All sizes are made."), is_over=True)
    counts = {"done": making.done, "total": making.total}
    if making.claimed_until and making.claimed_until > timezone.now() and making.total:
        return State("making", _("%(done)d of %(total)d made") % counts, **counts)
    if not making.fault:
        return State("waits", _("Sizes are waiting to be made."))
    sentence = str(FAULTS[making.fault])
    if making.next_try_at:
        return State("fault", f"{sentence} {_('It is tried again by itself.')}")
    return State("fault", sentence, is_over=True)


def urls(admin):
    def wrap(view):
        return admin.admin_site.admin_view(partial(view, admin=admin))

    return [
        path("progress/", wrap(progress), name="photos_photo_progress"),
        path("<int:pk>/make/", wrap(make), name="photos_photo_make"),
    ]


@require_safe
def progress(request, admin):
    """{id: state} of the photos that `ids` names."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    ids = [int(word) for word in request.GET.get("ids", "").split(",")[:MOST] if word.isdecimal() and len(word) < 19]
    known = dict.fromkeys(Photo.objects.filter(pk__in=ids).values_list("pk", flat=True))
    known.update({row.pk: row for row in Making.objects.filter(pk__in=ids)})
    return JsonResponse({str(pk): state_of(row)._asdict() for pk, row in known.items()})


@require_POST
def make(request, pk, admin):
    """Tries again what failed, and leads back to the page of the wall that the address carries."""
    if not admin.has_change_permission(request):
        raise PermissionDenied
    get_object_or_404(Photo, pk=pk).ask_for_renditions()
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("admin:photos_photo_changelist") + (f"?{query}" if query else ""))
