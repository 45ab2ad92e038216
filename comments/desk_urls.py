"""The moderators' pages, below /admin/comments/. Put in front of the admin's own by desk/admin_site.py."""

from django.urls import path

from .bulk_views import bulk
from .commenter_views import commenter, commenters, queue_writer
from .discussion_views import discussion, story_discussion
from .figure_views import moderation_digest, moderation_figures
from .log_views import log_undo, moderation_log
from .queue_views import card, decide, lines, queue, undo


def urls(site):
    view = site.admin_view
    return [
        path("comments/discussion/", view(discussion), name="discussion"),
        path("comments/discussion/<int:article>/", view(story_discussion), name="story_discussion"),
        path("comments/queue/", view(queue), name="queue"),
        path("comments/queue/lines/", view(lines), name="queue_lines"),
        path("comments/queue/bulk/", view(bulk), name="queue_bulk"),
        path("comments/queue/undo/<int:decision>/", view(undo), name="queue_undo"),
        path("comments/queue/<int:pk>/card/", view(card), name="queue_card"),
        path("comments/queue/<int:pk>/decide/", view(decide), name="queue_decide"),
        path("comments/queue/<int:pk>/writer/", view(queue_writer), name="queue_writer"),
        path("comments/commenters/", view(commenters), name="commenters"),
        path("comments/commenters/<int:pk>/", view(commenter), name="commenter"),
        path("comments/figures/", view(moderation_figures), name="moderation_figures"),
        path("comments/figures/digest/", view(moderation_digest), name="moderation_digest"),
        path("comments/log/", view(moderation_log), name="moderation_log"),
        path("comments/log/<int:decision>/undo/", view(log_undo), name="log_undo"),
    ]
