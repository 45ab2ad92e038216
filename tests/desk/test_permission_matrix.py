"""Who may open what at the desk: every address of the URL configuration × every role, for reading and for sending.

What the tables do not expressly allow must be refused, and an address without an entry fails. Letters: see roles.py.
"""

import re

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver

from tests.desk.roles import (
    ALL,
    BULK_JOB,
    CHIEF,
    DESK,
    NONE,
    OUTSIDE,
    ROLES,
    ROOT,
    STAFF,
    WRITE,
    Visitor,
    expected,
    make_world,
)

pytestmark = pytest.mark.django_db

# The five pages that Django gives every model: who may view, add, change and delete its rows.
MODELS = {
    "auth/group/": (ROOT, ROOT, ROOT, ROOT),
    "authors/user/": (CHIEF, CHIEF, CHIEF, NONE),
    "authors/author/": (DESK, CHIEF, CHIEF, NONE),
    "photos/photo/": (WRITE, WRITE, WRITE, NONE),
    "articles/article/": (DESK, WRITE, WRITE, NONE),
    "articles/revision/": (WRITE, NONE, NONE, NONE),
    "articles/publication/": (WRITE, NONE, NONE, NONE),
    "articles/placement/": (WRITE, WRITE, WRITE, WRITE),
    "articles/correction/": (WRITE, WRITE, WRITE, NONE),
    "articles/source/": (WRITE, WRITE, WRITE, NONE),
    "articles/place/": (WRITE, WRITE, WRITE, NONE),
    "articles/tag/": (WRITE, WRITE, WRITE, NONE),
    "articles/category/": (WRITE, CHIEF, CHIEF, NONE),
    "articles/standingpage/": (WRITE, CHIEF, CHIEF, NONE),
    "articles/redirect/": (CHIEF, CHIEF, CHIEF, CHIEF),
    "comments/listedword/": ("MCS", "MCS", "MCS", "MCS"),
    # Fetched, and to be read only.
    "tracker/feed/": (WRITE, NONE, NONE, NONE),
    "tracker/satellite/": (WRITE, NONE, NONE, NONE),
    "tracker/launch/": (WRITE, NONE, NONE, NONE),
    # Lead to the queue.
    "comments/comment/": (DESK, NONE, DESK, NONE),
}


def pages_of(model, view, add, change, delete):
    """{route: (who may GET, who may POST)}. The last is the old address of a row, which leads to its page."""
    return {
        model: (view, view),
        f"{model}add/": (add, add),
        f"{model}<path:object_id>/change/": (view, change),
        f"{model}<path:object_id>/history/": (view, view),
        f"{model}<path:object_id>/delete/": (delete, delete),
        f"{model}<path:object_id>/": (STAFF, STAFF),
    }


STORY = "articles/article/"
PAGES = {
    # Django's own
    "": (STAFF, STAFF),
    "login/": (ALL, ALL),
    "logout/": (OUTSIDE, ALL),
    "password_change/": (STAFF, STAFF),
    "password_change/done/": (STAFF, NONE),
    "autocomplete/": (DESK, NONE),
    "jsi18n/": (STAFF, NONE),
    "r/<path:content_type_id>/<path:object_id>/": (STAFF, STAFF),
    "<app_label>": (DESK, DESK),
    "<catch-all>": (NONE, NONE),
    "authors/user/<id>/password/": (CHIEF, CHIEF),
    **{route: who for model, rights in MODELS.items() for route, who in pages_of(model, *rights).items()},
    "find/": (STAFF, NONE),
    "language/": (NONE, STAFF),
    # The front page
    "front-page/": (WRITE, WRITE),
    "front-page/board/": (NONE, WRITE),
    "front-page/stories/": (WRITE, NONE),
    "front-page/preview/": (NONE, WRITE),
    # Stories
    f"{STORY}bulk/": (NONE, WRITE),
    f"{STORY}bulk/<uuid:key>/": (WRITE, NONE),
    f"{STORY}bulk/<uuid:key>/go-on/": (NONE, WRITE),
    f"{STORY}bulk/<uuid:key>/undo/": (NONE, WRITE),
    f"{STORY}preview/": (NONE, WRITE),
    f"{STORY}tags.json": (WRITE, WRITE),
    f"{STORY}working/": (WRITE, WRITE),
    f"{STORY}working/<uuid:key>/drop/": (NONE, WRITE),
    f"{STORY}<int:pk>/working/": (WRITE, WRITE),
    f"{STORY}<int:pk>/conflict/": (WRITE, WRITE),
    f"{STORY}<int:pk>/unpublish/": (WRITE, WRITE),
    f"{STORY}<int:pk>/retract/": (WRITE, WRITE),
    f"{STORY}<int:pk>/archive/": (WRITE, WRITE),
    f"{STORY}<int:pk>/bring-back/": (WRITE, WRITE),
    f"{STORY}<int:pk>/notes/": (DESK, WRITE),
    f"{STORY}<int:pk>/preview-links/": (WRITE, WRITE),
    f"{STORY}<int:pk>/preview-links/<int:link>/revoke/": (NONE, WRITE),
    # Versions hold what was never public.
    f"{STORY}<int:pk>/history/": (WRITE, NONE),
    f"{STORY}<path:object_id>/history/": (WRITE, NONE),
    f"{STORY}<int:pk>/compare/": (WRITE, NONE),
    f"{STORY}<int:pk>/restore/<int:number>/": (WRITE, WRITE),
    f"{STORY}<int:pk>/seen/": (WRITE, NONE),
    f"{STORY}<int:pk>/seen/<int:publication>/": (WRITE, NONE),
    "articles/revision/<int:pk>/preview/": (WRITE, WRITE),
    # Photos
    "photos/photo/": (WRITE, NONE),
    "photos/photo/<int:pk>/card.json": (WRITE, WRITE),
    "photos/photo/upload/": (NONE, WRITE),
    "photos/photo/<int:pk>/replace/": (WRITE, WRITE),
    "photos/photo/pick/": (WRITE, NONE),
    "photos/photo/progress/": (WRITE, NONE),
    "photos/photo/<int:pk>/make/": (NONE, WRITE),
    # Figures of the moderators' work, and each one's own daily mail
    "comments/figures/": (DESK, NONE),
    "comments/figures/digest/": (NONE, "MCS"),
    # The queue
    "comments/queue/": (DESK, NONE),
    "comments/queue/lines/": (DESK, NONE),
    "comments/queue/bulk/": (NONE, "MCS"),
    "comments/queue/undo/<int:decision>/": (NONE, "MCS"),
    "comments/queue/<int:pk>/card/": (DESK, NONE),
    "comments/queue/<int:pk>/decide/": (NONE, "MCS"),
    # Writers, and the log
    "comments/queue/<int:pk>/writer/": ("MCS", "MCS"),
    "comments/commenters/": ("MCS", "MCS"),
    "comments/commenters/<int:pk>/": ("MCS", "MCS"),
    "comments/log/": ("MCS", NONE),
    "comments/log/<int:decision>/undo/": (NONE, "MCS"),
    # Who may comment
    "comments/discussion/": (DESK, "MCS"),
    "comments/listedword/many/": ("MCS", "MCS"),
    "comments/listedword/try/": ("MCS", "MCS"),
    "comments/listedword/<int:pk>/preview/": ("MCS", "MCS"),
    "comments/discussion/<int:article>/": (DESK, "MCS"),
}
QUERIES = {
    "autocomplete/": "app_label=articles&model_name=placement&field_name=article",
    f"{STORY}<int:pk>/compare/": "old=1&new=2",
    f"{STORY}<int:pk>/seen/": "day=2026-01-01",
}
# What is sent says what to do wherever an address asks for it, so that a refusal refuses something.
SENT = {
    "post": "yes",
    "_save": "1",
    "_approve": "1",
    "reason": "Because.",
    "text": "A word.",
    "language": "en",
    "action": "bulk_unpublish",
    "_do": "1",
    "mode": "closed",
}


def routes(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def known_as(route):
    """Django's two regular expressions have a name of their own in the tables."""
    return {"^(?P<app": "<app_label>", "(?P<url>": "<catch-all>"}.get(route[:8], route)


def all_routes():
    return {known_as(route) for route in routes(admin.site.get_urls())}


def test_every_address_of_the_desk_has_an_entry():
    assert sorted(all_routes() - set(PAGES)) == []


def test_every_entry_has_an_address():
    assert sorted(set(PAGES) - all_routes()) == []


def address(route, world, role):
    """An address that leads to something which is there."""
    model = "/".join(route.split("/")[:2]) + "/"
    values = {
        "app_label": "articles/",
        "catch-all": "no/such/page/",
        "path:content_type_id": ContentType.objects.get_for_model(world.story).pk,
        "uuid:key": BULK_JOB if "bulk" in route else world.unsaved.get(role, world.unsaved["E"]).pk,
        "int:number": 1,
        "int:article": world.story.pk,
        "int:decision": world.rows["comments/log/"].pk,
        "int:link": world.link.pk,
        "int:publication": world.publication.pk,
    }
    row = world.story if route.startswith("r/") or "int:publication" in route else world.rows.get(model)
    if row:
        values |= {"path:object_id": row.pk, "int:pk": row.pk, "id": row.pk}
    path = re.sub("<([^>]+)>", lambda match: str(values[match[1]]), route)
    return f"/admin/{path}?{QUERIES.get(route, '')}"


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_expressly_allowed_is_refused(role):
    world, faults = make_world(), []
    visitor = Visitor(role, world.users.get(role))
    for route in sorted(all_routes() & set(PAGES)):
        for method, allowed in zip(("get", "post"), PAGES[route], strict=True):
            sent = {**SENT, "_selected_action": world.draft.pk} if method == "post" else None
            answer = visitor.ask(method, address(route, world, role), sent)
            wanted = expected(role, allowed)
            if answer.means != wanted:
                faults.append(f"{method} {route}: {answer.means} ({answer.status}), expected {wanted}")
            if answer.writes and (method == "get" or wanted != "in"):
                faults.append(f"{method} {route} wrote: {answer.writes[0]}")
    assert not faults, f"As {ROLES[role]}:\n" + "\n".join(faults)
