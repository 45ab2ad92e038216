"""For the permission matrix: an account of every role, one row of everything, and what an answer means."""

import datetime as dt
import re
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import NamedTuple

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from articles.models import (
    Category,
    Correction,
    Note,
    Place,
    Placement,
    PreviewLink,
    Redirect,
    Source,
    StandingPage,
    Tag,
    UnsavedText,
)
from articles.publishing import archive, save_story
from authors.models import Author, User
from comments.models import Commenter, ListedWord
from comments.moderation import decide
from tests import factories
from tests.tracker.sets import make_satellite
from tracker.models import Feed, Launch

# One letter a role, as the tables of the matrix write them. `B` is staff in no group.
ROLES = {"A": "anonymous", "R": "reader", "B": "staff", "M": "moderator", "E": "editor", "C": "chief", "S": "superuser"}
GROUPS = {"M": "Moderators", "E": "Editors", "C": "Chief editors"}
ALL, STAFF, DESK, WRITE, CHIEF, ROOT, NONE = "ARBMECS", "BMECS", "MECS", "ECS", "CS", "S", ""
OUTSIDE = "AR"
# The key of a bulk action that stands in everybody's session, done and not taken back.
BULK_JOB = "6f1c0c54-6ad0-4a8a-9c0e-0d4f6f1f7a10"


def account(role):
    """An account that signs in by force_login() alone: hashing seven passwords takes seconds."""
    user = User.objects.create(
        email=f"{ROLES[role]}@example.org",
        display_name=f"The {ROLES[role]}",
        is_staff=role not in OUTSIDE,
        is_superuser=role == "S",
        language="en",
    )
    if role in GROUPS:
        user.groups.add(Group.objects.get(name=GROUPS[role]))
    return user


def make_world():
    """One row of each thing that an address of the desk may name."""
    factories.make_edition()
    users = {role: account(role) for role in ROLES if role != "A"}
    photo = factories.make_photo()
    draft = factories.make_draft(title="A draft", user=users["E"], photos=[factories.photo_row(photo)])
    draft = save_story(factories.content(title="A draft, again"), language="en", article=draft, user=users["E"])
    story = factories.make_story(title="A public story")
    tomorrow = timezone.now() + dt.timedelta(days=1)
    Note.objects.create(article=draft, written_by=users["E"], text="A word.")
    return SimpleNamespace(
        users=users,
        draft=draft,
        story=story,
        archived=archive(factories.make_draft(title="An archived story")),
        publication=story.publications.get(),
        link=PreviewLink.objects.create(article=draft, purpose="A", created_by=users["E"], expires_at=tomorrow),
        unsaved={role: UnsavedText.objects.create(user=user, article=draft) for role, user in users.items()},
        rows={
            "auth/group/": Group.objects.first(),
            "authors/user/": users["R"],
            "authors/author/": Author.objects.first(),
            "photos/photo/": photo,
            "articles/article/": draft,
            "articles/revision/": draft.newest_revision(),
            "articles/publication/": story.publications.get(),
            "articles/placement/": Placement.objects.create(slot="lead", article=story),
            "articles/correction/": Correction.objects.create(article=story, text="It was 38."),
            "articles/source/": Source.objects.first(),
            "articles/place/": Place.objects.first(),
            "articles/tag/": Tag.objects.first(),
            "articles/category/": Category.objects.first(),
            "articles/standingpage/": StandingPage.objects.create(
                key="jobs", language="en", title="Jobs", slug="jobs", body="Text."
            ),
            "articles/redirect/": Redirect.objects.create(language="en", kind="story", old_slug="old", article=story),
            "tracker/feed/": Feed.objects.create(key="launches", address="https://example.org/"),
            "tracker/satellite/": make_satellite(),
            "tracker/launch/": Launch.objects.create(
                uuid=BULK_JOB,
                name="Test rocket",
                status="go",
                net=tomorrow,
                precision="exact",
                site="Test site",
                latitude=5,
                longitude=-52,
                fetched_at=timezone.now(),
            ),
            "comments/listedword/": ListedWord.objects.create(text="idiot", folded="idiot", list="suspect"),
            "comments/comment/": factories.make_comment(story, status="pending"),
            "comments/queue/": factories.make_comment(story, status="pending", reader="a" * 64),
            "comments/commenters/": Commenter.objects.create(reader="b" * 64, name="guest 2210"),
            "comments/log/": decide(factories.make_comment(story, status="pending"), "rejected"),
        },
    )


class Answer(NamedTuple):
    """`means` is in (the address did or showed something), login (sign in first) or no (refused)."""

    means: str
    status: int
    writes: list
    changed: bool


class Visitor:
    """A browser of one role. Each of its requests is undone, so that none depends on those before it."""

    def __init__(self, role, user):
        self.role, self.client = role, Client(headers={"accept-language": "en"})
        if user:
            self.client.force_login(user)
            self._remember_bulk_action(user)
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def _remember_bulk_action(self, user):
        session = self.client.session
        job = {"key": BULK_JOB, "name": "bulk_unpublish", "values": {}, "since": "2026-01-01T00:00:00+00:00"}
        session["bulk"] = {BULK_JOB: job | {"rest": [], "done": [], "left": [], "user": user.pk}}
        session.save()

    def ask(self, method, path, data=None, *, state=lambda: None):
        """`changed` tells whether `state()` is another one after the request than before it."""
        self.client.cookies = SimpleCookie(self.cookies)
        writes = Writes()
        with transaction.atomic():
            before = state()
            try:
                with connection.execute_wrapper(writes):
                    response = getattr(self.client, method)(path, data or {})
            except Exception as error:
                # A 500 to whoever asks; told with all other faults of the matrix.
                transaction.set_rollback(True)
                return Answer(repr(error), 500, [], False)
            changed = state() != before
            transaction.set_rollback(True)
        return Answer(meaning(response), response.status_code, writes.found, changed)


class Writes:
    """Notes every statement that changes a row of the publication: sessions and counted tries are none of it."""

    IGNORED = ("django_session", "authors_ratelimit")
    CHANGES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)

    def __init__(self):
        self.found = []

    def __call__(self, execute, sql, params, many, context):
        if self.CHANGES.match(sql) and not any(name in sql for name in self.IGNORED):
            self.found.append(sql[:120])
        return execute(sql, params, many, context)


def meaning(response):
    if response.status_code in (301, 302, 303) and response.url.startswith("/admin/login/"):
        return "login"
    return "no" if response.status_code in (403, 404, 405) else "in"


def expected(role, allowed):
    if role in allowed:
        return "in"
    return "login" if role in OUTSIDE else "no"
