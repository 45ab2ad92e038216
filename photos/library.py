"""The photo library's views: the wall of photos, and the two that a script asks: upload one file, find some to pick."""

from functools import partial

from django.conf import settings
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Subquery
from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from newsroom import keyset
from newsroom.language import CODES

from .finding import FindForm, find
from .forms import UploadForm
from .marking import ai_words
from .models import Photo
from .pictures import store

WALL, PICKS = 60, 40
FILTERS = {"mark": _("Origin"), "use": _("Use")}


def urls(admin):
    """The library's own addresses, before those of the photos."""

    def wrap(view):
        return admin.admin_site.admin_view(partial(view, admin=admin))

    return [
        path("upload/", wrap(upload), name="photos_photo_upload"),
        path("pick/", wrap(pick), name="photos_photo_pick"),
    ]


@require_safe
def wall(request, admin):
    """The library's page: the newest photos first, those that were asked for, a page at a time."""
    if not admin.has_view_or_change_permission(request):
        raise PermissionDenied
    photos, asked = find(request.GET)
    page = keyset.page(photos.defer("file", "sha256").select_related("making"), request.GET, WALL, time="created_at")
    kept = {IS_POPUP_VAR: "1"} if IS_POPUP_VAR in request.GET else {}
    context = {
        **admin.admin_site.each_context(request),
        "title": capfirst(admin.opts.verbose_name_plural),
        "opts": admin.opts,
        "media": admin.media,
        "is_popup": bool(kept),
        "kept": kept,
        "photos": with_uses(page.rows),
        "asked": asked,
        "is_asked": any(asked.values()),
        "filters": [_menu(name, title, asked, kept) for name, title in FILTERS.items()],
        "newer_url": page.newer and _url(asked, kept, after=page.newer),
        "query": request.GET.urlencode(),
        "may_change": admin.has_change_permission(request),
        "older_url": page.older and _url(asked, kept, before=page.older),
        "all_url": _url({}, kept),
        "upload_form": UploadForm(auto_id="%s-__n__") if admin.has_add_permission(request) else None,
        "languages": settings.LANGUAGES,
        "max_bytes": settings.PHOTO_MAX_BYTES,
        "ai_words": ai_words(),
    }
    return TemplateResponse(request, "admin/photos/photo/change_list.html", context)


def with_uses(photos):
    """The photos, each with the title of the newest story that shows it (`story`), and whether there are `more`."""
    uses = Photo.uses.rel.related_model.objects.filter(photo=OuterRef("pk")).order_by("-pk")
    rows = Photo.objects.filter(pk__in=[photo.pk for photo in photos]).values_list(
        "pk", Subquery(uses.values("article__title")[:1]), Exists(uses[1:2])
    )
    known = {pk: (title, more) for pk, title, more in rows}
    for photo in photos:
        photo.story, photo.more = known[photo.pk]
    return photos


def _menu(name, title, asked, kept):
    """For templates/admin/filter.html."""
    choices = [
        {"display": word, "selected": asked[name] == value, "query_string": _url(asked | {name: value}, kept)}
        for value, word in FindForm.base_fields[name].choices
    ]
    return {"title": title, "choices": choices}


def _url(asked, kept, **position):
    return "?" + urlencode({name: value for name, value in {**asked, **kept, **position}.items() if value})


@require_POST
def upload(request, admin):
    """One file with its texts. 201 with the photo, or 422 with the sentences of each field that is wrong."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES)
    language = language_asked(request.POST)
    if not form.is_valid():
        answer = {"errors": {name: list(sentences) for name, sentences in form.errors.items()}}
        if form.existing:
            answer["existing"] = as_json(form.existing, language)
        return JsonResponse(answer, status=422)
    form.instance.uploaded_by = request.user
    try:
        photo = store(form.instance, form.picture)
    except ValidationError as error:
        return JsonResponse({"errors": {"upload": error.messages}}, status=422)
    return JsonResponse(as_json(photo, language), status=201)


@require_safe
def pick(request, admin):
    """A page of photos to choose from, the newest first."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    photos, _asked = find(request.GET)
    page = keyset.page(photos, request.GET, PICKS, time="created_at")
    language = language_asked(request.GET)
    rows = [as_json(photo, language) for photo in page.rows]
    return JsonResponse({"photos": rows, "older": str(page.older) if page.older else None})


def language_asked(params):
    language = params.get("language")
    return language if language in CODES else settings.LANGUAGE_CODE


def as_json(photo, language):
    """What a story's form needs of a photo. Texts of another language are not offered as those of this one."""
    texts = photo.texts.get(language) or {}
    return {
        "id": photo.pk,
        "title": photo.title,
        "thumbnail": photo.art.thumb,
        "alt": texts.get("alt", ""),
        "caption": texts.get("caption", ""),
        "mark": photo.mark,
        "credit": photo.credit,
        "width": photo.width,
        "height": photo.height,
    }
