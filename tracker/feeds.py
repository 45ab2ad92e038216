"""What the globe asks for after the page is there: stories.json and satellites.json. The same for every reader."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def stories(request, language):
    return JsonResponse({"places": []})


@require_safe
def satellites(request, language):
    return JsonResponse({"satellites": {}})
