"""What the globe asks for after the page is there: stories.json and satellites.json. The same for every reader."""

import gzip
import re

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, conditional_page, require_safe
from django.views.decorators.vary import vary_on_headers

from . import satellite_file
from .located import located_places
from .models import SatelliteFile

STORIES_SECONDS = 60
SATELLITES_SECONDS = 600


@conditional_page
@require_safe
def stories(request, language):
    """The newest located stories of a language by place, the place of the newest first; see located.py."""
    response = JsonResponse({"places": [_place(place) for place in located_places(language)]})
    response["Cache-Control"] = f"public, max-age={STORIES_SECONDS}"
    return response


def _place(place):
    return {
        "key": place.key,
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "position": place.position,
        "stories": [story._asdict() for story in place.stories],
    }


def _satellites_etag(request, language):
    """A weak one: both packings, and none, are the same file."""
    digest = SatelliteFile.objects.values_list("digest", flat=True).first()
    return digest and f'W/"{digest}"'


@require_safe
@vary_on_headers("Accept-Encoding")
@cache_control(public=True, max_age=SATELLITES_SECONDS)
@condition(etag_func=_satellites_etag)
def satellites(request, language):
    """The element sets as columns (satellite_file.py), packed once and for all."""
    coding = _coding(request.headers.get("Accept-Encoding", ""))
    packed = SatelliteFile.objects.values_list("brotli" if coding == "br" else "gzip", flat=True).first()
    if packed is None:  # nothing was ever stored
        return JsonResponse(satellite_file.document(timezone.now()))
    response = HttpResponse(packed if coding else gzip.decompress(packed), content_type="application/json")
    if coding:
        response["Content-Encoding"] = coding
    return response


def _coding(accepted):
    """The better of what the browser unpacks, "" for neither. A coding with q=0 is refused."""
    named = re.findall(r"([a-z*]+)\s*(?:;\s*q=([0-9.]+))?\s*(?:,|$)", accepted.lower())
    wanted = {name for name, quality in named if quality.strip("0.") or not quality}
    return next((coding for coding in ("br", "gzip") if coding in wanted), "")
