from django.urls import path

from . import editing_views, feeds, like_views, notice_views, own_views, report_views, writing_views

urlpatterns = [
    path("<slug:category>/<slug:slug>/comments/", writing_views.comments, name="story_comments"),
    path("<slug:category>/<slug:slug>/comments/stamp/", writing_views.comment_stamp, name="comment_stamp"),
    path("<slug:category>/<slug:slug>/comments/<int:pk>/reply/", writing_views.comment_reply, name="comment_reply"),
    path("<slug:category>/<slug:slug>/comments/<int:pk>/edit/", editing_views.comment_edit, name="comment_edit"),
    path("<slug:category>/<slug:slug>/comments/<int:pk>/delete/", editing_views.comment_delete, name="comment_delete"),
    path("<slug:category>/<slug:slug>/comments/mine/", own_views.comments_mine, name="comments_mine"),
    path("<slug:category>/<slug:slug>/comments/<int:pk>/like/", like_views.like, name="comment_like"),
    path("<slug:category>/<slug:slug>/comments/<int:pk>/report/", report_views.report, name="comment_report"),
    path("<slug:category>/<slug:slug>/comments/rss.xml", feeds.comments_feed, name="comments_feed"),
    path("comments/mine/", own_views.my_comments, name="my_comments"),
    path("comments/notices/<str:token>/", notice_views.notice_confirm, name="notice_confirm"),
    path("comments/notices/<str:token>/stop/", notice_views.notice_stop, name="notice_stop"),
    path("comments/mine.json", own_views.my_comments_file, name="my_comments_file"),
]
