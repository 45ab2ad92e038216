"""What the browser tests of the moderators' queue share: moderators, comments that wait, and the parts of the page."""

import re

from django.contrib.auth.models import Group
from playwright.sync_api import expect

from authors.models import User
from comments.models import Comment
from tests.browser.commenting import Talk
from tests.browser.writing import PASSWORD, sign_in

QUEUE = "/admin/comments/queue/"
Status = Comment.Status


def make_moderator(name="Mia Moderator", email="mia@example.com", language="en", group="Moderators"):
    user = User.objects.create_user(email, PASSWORD, display_name=name, is_staff=True, language=language)
    user.groups.add(Group.objects.get(name=group))
    return user


def empty_the_queue():
    """Nothing of what other tests have left behind waits any more."""
    Comment.objects.filter(status=Status.PENDING).update(status=Status.REJECTED)
    Comment.objects.filter(report_count__gt=0).update(report_count=0)


def fill(count, language="en", **fields):
    """A story with so many waiting comments, the oldest first."""
    talk = Talk(language)
    fields = {"status": Status.PENDING, **fields}
    return talk, [talk.add(f"Writer {n}", f"Word number {n}.", age=600 - n, **fields) for n in range(count)]


def open_queue(page, user, query=""):
    sign_in(page, user)
    page.goto(QUEUE + query)
    return page


def card(page, one=None):
    return page.locator(f'[data-card="{one.pk}"]' if one else "[data-card]")


def line(page, one):
    return page.locator(f'[data-line="{one.pk}"]')


def lines(page):
    return page.locator("[data-line]")


def said(page):
    return page.locator("[data-undo] [data-said]")


def press(page, keys):
    for key in keys.split():
        page.keyboard.press(key)


def expect_card(page, one):
    """This comment is the one that is read, in the list too, and a key would be meant for it."""
    expect(card(page, one)).to_be_visible()
    expect(page.locator("[data-line][aria-current]")).to_have_attribute("data-line", str(one.pk))
    expect(page.locator("[data-queue]")).to_have_attribute("data-state", "ready")


def status_of(one):
    return Comment.objects.values_list("status", flat=True).get(pk=one.pk)


def with_query(**query):
    """The queue's address with at least this in its query."""
    parts = "".join(rf"(?=.*[?&]{name}={value}(&|$))" for name, value in query.items())
    return re.compile(rf"^{parts}.*/comments/queue/")
