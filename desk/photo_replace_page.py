"""The page on which an editor replaces a photo: the new file, and the stories that will change."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from authors.models import Author
from photos.forms import PhotoForm
from photos.models import Photo
from photos.pictures import store

from .photo_replacing import follow, stories_showing
from .photo_uses import MOST, as_use

RIGHTS = ["photos.add_photo", "photos.change_photo", "articles.change_article", "articles.publish_article"]


def may_replace(user):
    """Replacing changes stories, and what readers see of the public ones."""
    return user.has_perms(RIGHTS)


@require_http_methods(["GET", "HEAD", "POST"])
def replace(request, pk):
    if not may_replace(request.user):
        raise PermissionDenied
    photo = get_object_or_404(Photo.objects.select_related("replaced_by"), pk=pk)
    form = None if photo.replaced_by else _form(request, photo)
    if request.method == "POST" and (form is None or (form.is_valid() and _give_way(request, photo, form))):
        return _follow(request, photo)
    stories = stories_showing(photo)
    rows = list(stories.select_related("desk_row")[: MOST + 1])
    context = {
        **admin.site.each_context(request),
        "title": _("Replace a photo"),
        "opts": Photo._meta,
        "photo": photo,
        "form": form,
        "uses": [as_use(article) for article in rows[:MOST]],
        "number": (number := stories.count() if len(rows) > MOST else len(rows)),
        "more": number - MOST,
        "portraits": Author.objects.filter(portrait=photo)[:MOST],
    }
    status = 422 if form and form.errors else 200
    return TemplateResponse(request, "admin/photos/photo/replace.html", context, status=status)


def _form(request, photo):
    """Filled from the old photo: what does not change with the picture need not be typed again."""
    fresh = Photo(title=photo.title, mark=photo.mark, credit=photo.credit, texts=photo.texts)
    form = PhotoForm(request.POST or None, request.FILES or None, instance=fresh)
    for name in ("focal_x", "focal_y"):
        del form.fields[name]
    return form


def _give_way(request, photo, form):
    """Whether the new photo stands in the old one's place; else the form says why not."""
    form.instance.uploaded_by = request.user
    try:
        store(form.instance, form.picture, then=photo.give_way_to)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    site = admin.site.get_model_admin(Photo)
    site.log_addition(request, photo.replaced_by, [{"added": {}}])
    site.log_change(request, photo, [{"changed": {"fields": [str(_("replaced by"))]}}])
    return True


def _follow(request, photo):
    outcome = follow(photo, request.user)
    successor = photo.replaced_by
    link = format_html('<a href="{}">{}</a>', reverse("admin:photos_photo_change", args=[successor.pk]), successor)
    changed = len(outcome.changed)
    said = ngettext(
        "%(number)d story shows the new picture: {link}.", "%(number)d stories show the new picture: {link}.", changed
    )
    messages.success(request, format_html(said % {"number": changed}, link=link))
    for article, sentences in outcome.refused:
        sentence = _("“%(title)s” still shows the old picture: %(why)s")
        messages.error(request, sentence % {"title": article.title, "why": " ".join(sentences)})
    name = "photos_photo_replace" if stories_showing(photo).exists() else "photos_photo_change"
    pk = photo.pk if name == "photos_photo_replace" else successor.pk
    return HttpResponseRedirect(reverse(f"admin:{name}", args=[pk]))
