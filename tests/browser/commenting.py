"""What the tests of comments share: a story of their own with a talk below it, and the ways to write into it."""

import datetime as dt
import itertools
import re

from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from comments.models import Comment
from tests import factories
from tests.browser.places import say

# Each path is walked in both languages, and on both screens.
SCREENS = [("en", 1440), ("hr", 390)]
numbers = itertools.count(1)
LONG_AGO = dt.timedelta(days=900)  # no story of a test leads a page of the edition


class Talk:
    """A story that has no comments yet."""

    def __init__(self, language="en"):
        self.language = language
        title = f"A talk below a story {next(numbers)}"
        self.article = factories.make_story(language, timezone.now() - LONG_AGO, title=title)
        self.story = self.article.get_absolute_url()
        self.path = f"{self.story}comments/"

    def add(self, name="Petra K.", body="A good word.", age=60, **fields):
        """A comment, so many minutes old."""
        comment = factories.make_comment(self.article, name, body, **fields)
        Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - dt.timedelta(minutes=age))
        return comment

    def add_thread(self, depth):
        """Comments that answer each other. Gives them from the top."""
        comments = [self.add("Writer 0", "Level 0")]
        for level in range(1, depth):
            comments.append(self.add(f"Writer {level}", f"Level {level}", parent=comments[-1]))
        return comments

    def word(self, msgid):
        return say(self.language, msgid)[0]

    def newest(self):
        return Comment.objects.filter(article=self.article).latest("id")


def comment(page, one):
    return page.locator(f"#c{getattr(one, 'pk', one)}")


def own_part(page, one):
    """The comment without the replies to it."""
    return comment(page, one).locator("> article")


def top_composer(page):
    return page.locator(".composer--top")


def write(form, body, name="Ivo Ivić"):
    form.locator("[name=body]").fill(body)
    if form.locator("[name=name]").is_visible():
        form.locator("[name=name]").fill(name)


def press(form, action):
    form.locator(f"button[value={action}]").click()


def post(page, form, body, name="Ivo Ivić"):
    """Writes and posts; gives the comment as it then stands in the page, from the server's answer."""
    write(form, body, name)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answer:
        press(form, "post")
    assert answer.value.status == 201, answer.value.text()
    mine = comment(page, answer.value.json()["id"])
    expect(mine).to_be_visible()
    return mine


def be_signed_in(page, site, user):
    """The session of an account, as signing in would leave it in the browser."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])


def at_end(path):
    return re.compile(re.escape(path) + "$")
