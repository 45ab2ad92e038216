"""Who may take which step of the work: every step × every role, and what is refused changes nothing."""

import datetime as dt
import json
from typing import NamedTuple

import pytest
from django.utils import timezone

from articles import placing, publishing, reviewing
from articles.models import Article, Correction, Note, Placement, Presence, PreviewLink, Revision, UnsavedText
from authors.models import User
from comments.models import Comment
from comments.moderation import seal
from comments.reports import report
from photos.models import Photo
from tests import factories
from tests.articles.desk import form_data
from tests.desk.roles import CHIEF, NONE, ROLES, STAFF, WRITE, Visitor, expected, make_world

pytestmark = pytest.mark.django_db

STORY = "/admin/articles/article/"
LATER = {"publish_at_0": "2040-07-01", "publish_at_1": "07:00"}
WHEN = {"shown_from_0": "2026-01-01", "shown_from_1": "07:00", "shown_until_0": "", "shown_until_1": ""}


class Step(NamedTuple):
    """`change` says by what the step is known to have happened."""

    allowed: str
    path: str
    sent: dict
    change: callable


@pytest.fixture
def world(db):
    """The cast and its rows, and a story at each place where a step may begin."""
    world = make_world()
    editor = world.users["E"]
    world.asked = reviewing.ask_review(factories.make_draft(title="Asked for"), editor)
    world.planned = factories.make_story(title="Planned")
    publishing.save_story(factories.content(title="Planned, changed"), language="en", article=world.planned)
    world.planned = publishing.publish(world.planned, at=timezone.now() + dt.timedelta(days=1))
    world.reported = factories.make_comment(world.story, body="Reported.")
    report(world.reported.pk, "r" * 64, "spam")
    return world


def of(row, *names):
    """What these columns hold now."""
    return lambda: type(row).objects.filter(pk=row.pk).values_list(*names).first()


def number(model):
    return lambda: model.objects.count()


def placements():
    return list(Placement.objects.values_list("pk", "article", "shown_until").order_by("pk"))


def story_steps(world):
    draft, story = world.draft, world.story
    changed = form_data(based_on=2, title="Changed")
    change, drawn = f"{STORY}{draft.pk}/change/", form_data(based_on=1, title="Changed")
    return {
        "begin a story": Step(WRITE, f"{STORY}add/", form_data(), number(Article)),
        "save": Step(WRITE, change, changed, number(Revision)),
        "publish": Step(WRITE, change, {**changed, "_publish": "1"}, of(draft, "status", "public_at")),
        "schedule": Step(WRITE, change, {**changed, **LATER, "_publish": "1"}, of(draft, "status", "public_at")),
        "ask for a review": Step(
            WRITE, change, {**changed, "reviewer": world.users["C"].pk, "_ask": "1"}, of(draft, "status", "reviewer")
        ),
        "mark as reviewed": Step(WRITE, change, {**changed, "_reviewed": "1"}, of(draft, "reviewed_revision")),
        "back to draft": Step(
            WRITE, f"{STORY}{world.asked.pk}/change/", {**drawn, "_back": "1"}, of(world.asked, "status")
        ),
        "save a change of a public story": Step(WRITE, f"{STORY}{story.pk}/change/", drawn, number(Revision)),
        "publish a change": Step(
            WRITE, f"{STORY}{story.pk}/change/", {**drawn, "_publish": "1"}, of(story, "revision", "title")
        ),
        "plan a change": Step(
            WRITE, f"{STORY}{story.pk}/change/", {**drawn, **LATER, "_publish": "1"}, of(story, "update_at")
        ),
        "take a planned change back": Step(
            WRITE,
            f"{STORY}{world.planned.pk}/change/",
            {**form_data(based_on=2, title="Planned, changed"), **LATER, "_cancel_update": "1"},
            of(world.planned, "update_at"),
        ),
        "unpublish": Step(WRITE, f"{STORY}{story.pk}/unpublish/", {}, of(story, "status")),
        "retract": Step(WRITE, f"{STORY}{story.pk}/retract/", {"reason": "Wrong."}, of(story, "status")),
        "archive": Step(WRITE, f"{STORY}{draft.pk}/archive/", {}, of(draft, "status")),
        "bring back": Step(WRITE, f"{STORY}{world.archived.pk}/bring-back/", {}, of(world.archived, "status")),
        "delete": Step(NONE, f"{STORY}{draft.pk}/delete/", {"post": "yes"}, number(Article)),
        "restore an earlier version": Step(WRITE, f"{STORY}{draft.pk}/restore/1/", {"based_on": 2}, number(Revision)),
        "delete a version": Step(
            NONE, f"/admin/articles/revision/{draft.revision_id}/delete/", {"post": "yes"}, number(Revision)
        ),
        "settle a conflict": Step(
            WRITE,
            f"{STORY}{draft.pk}/conflict/",
            {**form_data(based_on=1, title="Mine"), "seen": "2", "_mine": "1"},
            number(Revision),
        ),
    }


def beside_a_story(world):
    draft = world.draft
    kept = {"key": "6f1c0c54-6ad0-4a8a-9c0e-0d4f6f1f7a11", "based_on": "2", "part": "id_title"}
    kept["fields_json"] = json.dumps([["title", "Typed"]])
    links = f"{STORY}{draft.pk}/preview-links/"
    bulk = {"_selected_action": world.story.pk, "_do": "1"}
    return {
        "write a note": Step(WRITE, f"{STORY}{draft.pk}/notes/", {"text": "A word."}, number(Note)),
        "make a preview link": Step(WRITE, links, {"purpose": "A", "days": "7"}, number(PreviewLink)),
        "revoke a preview link": Step(WRITE, f"{links}{world.link.pk}/revoke/", {}, of(world.link, "revoked_at")),
        "say that one is here": Step(WRITE, f"{STORY}{draft.pk}/working/", kept, number(Presence)),
        "have unsaved text kept": Step(WRITE, f"{STORY}{draft.pk}/working/", kept, number(UnsavedText)),
        "have a new story's text kept": Step(WRITE, f"{STORY}working/", kept, number(UnsavedText)),
        "tag many": Step(WRITE, f"{STORY}bulk/", {**bulk, "action": "bulk_add_tags", "tags": "new"}, number(Revision)),
        "move many": Step(
            WRITE, f"{STORY}bulk/", {**bulk, "action": "bulk_move", "section": "space"}, number(Revision)
        ),
        "unpublish many": Step(WRITE, f"{STORY}bulk/", {**bulk, "action": "bulk_unpublish"}, of(world.story, "status")),
        "archive many": Step(
            WRITE,
            f"{STORY}bulk/",
            {**bulk, "_selected_action": draft.pk, "action": "bulk_archive"},
            of(draft, "status"),
        ),
        "ask for a review of many": Step(
            WRITE,
            f"{STORY}bulk/",
            {**bulk, "_selected_action": draft.pk, "action": "bulk_ask_review", "reviewer": world.users["C"].pk},
            of(draft, "status"),
        ),
    }


def decision(action, comment, changed):
    data = {"action": action, "seen": seal(comment), "count": comment.decision_count}
    return Step("MCS", f"/admin/comments/queue/{comment.pk}/decide/", data, of(comment, changed))


def around_it(world):
    rows, now = world.rows, timezone.now()
    comment, reader = rows["comments/comment/"], world.users["R"]
    placement = rows["articles/placement/"]
    photo = {"title": "Domes", "mark": "ai_generated", "credit": "T&S", "alt_en": "Domes", "alt_hr": "Kupole"}
    account = {"email": "new@example.org", "display_name": "New", "usable_password": "false"}
    section = {"key": "robots", "language": "en", "name": "Robots", "slug": "robots", "description": "", "position": 9}
    return {
        "correct": Step(
            WRITE,
            "/admin/articles/correction/add/",
            {"article": world.story.pk, "text": "It was 38.", "made_at_0": "2026-01-01", "made_at_1": "07:00"},
            number(Correction),
        ),
        "place on the front page": Step(
            WRITE,
            "/admin/articles/placement/add/",
            {"slot": "section", "position": 1, "article": world.story.pk, **WHEN},
            placements,
        ),
        "take off the front page": Step(
            WRITE, f"/admin/articles/placement/{placement.pk}/delete/", {"post": "yes"}, placements
        ),
        "put up a front page": Step(
            WRITE,
            "/admin/front-page/",
            {
                "language": "en",
                "when": "now",
                "based_on": placing.fingerprint(placing.open_placements("en", now), now),
                "changes-TOTAL_FORMS": 1,
                "changes-INITIAL_FORMS": 0,
                "changes-0-place": "lead",
                "changes-0-story": world.planned.pk,
            },
            placements,
        ),
        "upload a photo": Step(
            WRITE,
            "/admin/photos/photo/upload/",
            lambda: {"upload": factories.png(color="#336699"), **photo},
            number(Photo),
        ),
        "delete a photo": Step(
            NONE, f"/admin/photos/photo/{rows['photos/photo/'].pk}/delete/", {"post": "yes"}, number(Photo)
        ),
        "approve a comment": decision("approve", comment, "status"),
        "keep a reported comment": decision("keep", world.reported, "report_count"),
        "pick a comment": decision("pick", world.reported, "is_pick"),
        "undo a decision": Step(
            "MCS",
            f"/admin/comments/queue/undo/{rows['comments/log/'].pk}/",
            {},
            of(rows["comments/log/"].comment, "status"),
        ),
        "reject comments": Step(
            "MCS",
            "/admin/comments/queue/bulk/",
            {
                "action": "reject",
                "selected": comment.pk,
                f"seen-{comment.pk}": seal(comment),
                f"count-{comment.pk}": comment.decision_count,
            },
            of(comment, "status"),
        ),
        "delete a comment": Step(
            NONE, f"/admin/comments/comment/{comment.pk}/delete/", {"post": "yes"}, number(Comment)
        ),
        "open a section": Step(
            CHIEF, "/admin/articles/category/add/", section, number(type(rows["articles/category/"]))
        ),
        "make an account": Step(CHIEF, "/admin/authors/user/add/", account, number(User)),
        "make somebody staff": Step(
            CHIEF,
            f"/admin/authors/user/{reader.pk}/change/",
            {"email": reader.email, "display_name": "R", "is_active": "on", "is_staff": "on"},
            of(reader, "is_staff"),
        ),
        "choose the language of the desk": Step(
            STAFF,
            "/admin/language/",
            {"language": "hr"},
            lambda: User.objects.filter(language="hr").count(),
        ),
    }


@pytest.mark.parametrize("role", ROLES)
def test_a_step_is_taken_by_those_alone_who_may(world, role):
    faults = []
    visitor = Visitor(role, world.users.get(role))
    for name, step in {**story_steps(world), **beside_a_story(world), **around_it(world)}.items():
        sent = step.sent() if callable(step.sent) else step.sent
        answer = visitor.ask("post", step.path, sent, state=step.change)
        wanted = expected(role, step.allowed)
        if answer.changed != (wanted == "in"):
            faults.append(f"{name}: {'done' if answer.changed else 'not done'}, answer {answer.status}")
        elif wanted != "in" and answer.writes:
            faults.append(f"{name} wrote: {answer.writes[0]}")
        elif wanted == "in" and answer.means != "in":
            faults.append(f"{name}: {answer.means} ({answer.status}), expected {wanted}")
    assert not faults, f"As {ROLES[role]}:\n" + "\n".join(faults)


@pytest.mark.parametrize("role", "RBMEC")
def test_only_a_superuser_makes_superusers(world, role):
    """A page that a chief editor may open: what stands on it for superusers alone is ignored when it is sent."""
    before = list(User.objects.filter(is_superuser=True))
    for user in (world.users[role], world.users["R"], world.users["E"]):
        names = {"email": user.email, "display_name": user.display_name, "is_active": "on", "is_staff": "on"}
        Visitor(role, world.users[role]).client.post(
            f"/admin/authors/user/{user.pk}/change/", {**names, "is_superuser": "on", "user_permissions": ["1"]}
        )
    assert list(User.objects.filter(is_superuser=True)) == before
    assert not User.objects.filter(user_permissions__isnull=False).exists()
