"""Addresses for machines: feeds, sitemaps, robots."""

from django.urls import path

from . import feeds, sitemaps

urlpatterns = [
    path("feeds/rss.xml", feeds.edition, name="rss"),
    path("<slug:category>/feeds/rss.xml", feeds.section, name="section_rss"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.sitemap_pages, name="sitemap_pages"),
    path("sitemap-<int:part>.xml", sitemaps.sitemap_stories, name="sitemap_stories"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
