from django.urls import path

from . import feeds, views

urlpatterns = [
    path("", views.space_tracker, name="space_tracker"),
    path("stories.json", feeds.stories, name="tracker_stories"),
    path("satellites.json", feeds.satellites, name="tracker_satellites"),
]
