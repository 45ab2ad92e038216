"""The readers' pages of photos: a story's Foto Review, and the newest photos of the edition."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from newsroom.errors import gone
from newsroom.language import url_in
from photos.models import Photo

from . import newest_photos, story_page, structured_data
from .marks import counted
from .models import Article
from .views import find_story, other_languages


@require_safe
def story_photos(request, language, category, slug):
    article, answer = find_story(language, category, slug)
    if answer:
        return HttpResponsePermanentRedirect(answer.url + "photos/")
    if article.status == Article.Status.RETRACTED:
        return gone(request, article.retraction_reason)
    photos = story_page.photos_of(article.pk)
    if not photos:
        raise Http404
    return render(request, "articles/story_photos.html", _review(article, photos))


def _review(article, photos):
    return {
        "language": article.language,
        "article": article,
        "photos": photos,
        "counted": counted([photo.mark for photo in photos]),
        "place_name": article.place.name(article.language) if article.place else "",
        "current_section": article.category.key,
        "others": {code: path + "photos/" for code, path in story_page.translations(article).items()},
        "path": article.get_absolute_url() + "photos/",
        "structured_data": structured_data.of_photos(article, photos),
    }


@require_safe
def all_photos(request, language):
    """Each leads to its place in the Foto Review of its story."""
    origin = newest_photos.chosen_origin(request.GET)
    path = url_in(language, "all_photos")
    return render(
        request,
        "articles/photos.html",
        {
            "language": language,
            "page": newest_photos.newest_page(language, origin, request.GET),
            "origin": origin,
            "origins": [(mark.value, capfirst(mark.label)) for mark in Photo.Mark],
            "query": f"origin={origin}" if origin else "",
            "others": other_languages("all_photos", language),
            "path": path,
        },
    )
