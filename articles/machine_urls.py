"""Addresses for machines: feeds, sitemaps, robots."""

from django.urls import path

from . import search_views

urlpatterns = [
    path("feeds/rss.xml", search_views.search, name="rss"),
    path("<slug:category>/feeds/rss.xml", search_views.search, name="section_rss"),
]
