from django.urls import path

from . import photo_views, search_views, share_card_views, views

SYSTEM_PAGES = ["about", "imprint", "ai-policy", "corrections", "privacy", "house-rules"]

urlpatterns = [
    path("", views.home, name="home"),
    path("db/<int:number>/", views.by_record, name="by_record"),
    path("authors/", views.authors, name="authors"),
    path("authors/<slug:slug>/", views.author, name="author"),
    path("tags/<slug:slug>/", views.tag, name="tag"),
    path("photos/", photo_views.all_photos, name="all_photos"),
    path("archive/<int:year>/<int:month>/", views.archive, name="archive"),
    path("search/", search_views.search, name="search"),
    path("corrections/", views.corrections, name="corrections"),
    path("card-<slug:key>.jpg", share_card_views.edition_card, name="edition_card"),
    path("<slug:slug>/", views.section_or_page, name="section"),
    path("<slug:category>/<slug:slug>/", views.story, name="story"),
    path("<slug:category>/<slug:slug>/photos/", photo_views.story_photos, name="story_photos"),
    path("<slug:category>/<slug:slug>/card-<slug:key>.jpg", share_card_views.story_card, name="story_card"),
    path("<slug:category>/<slug:slug>/like/", views.like, name="like"),
]
