from django.urls import path

from . import views

urlpatterns = [path("<slug:category>/<slug:slug>/comments/", views.story_comments, name="story_comments")]
