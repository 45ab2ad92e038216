"""What the browser tests of the story's form share: an editor who is signed in, and the form's parts."""

import re

from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import expect

from authors.models import User
from tests import factories

PASSWORD = "far side of the Moon"
ADD = "/admin/articles/article/add/"


def make_editor(email="ana@example.com", group="Editors", **fields):
    user = User.objects.create_user(
        email, PASSWORD, **{"display_name": "Ana Editor", "is_staff": True, "language": "en", **fields}
    )
    user.groups.add(Group.objects.get(name=group))
    return user


def retire(user):
    user.is_active = False
    user.email = f"gone-{user.pk}@example.com"
    user.save()


def sign_in(browser, user):
    """Gives a page or a context the cookie of a session; `sign_in_by_form` goes through the login."""
    client = Client()
    client.force_login(user)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "httpOnly": True, "sameSite": "Lax"}
    getattr(browser, "context", browser).add_cookies([{**session, "domain": "127.0.0.1", "path": "/"}])


def sign_in_by_form(page, user):
    page.goto("/admin/")
    page.locator("[name=username]").fill(user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[type=submit]").click()
    expect(page.locator("#user-tools")).to_be_visible()


def field(page, label):
    return page.locator("#article_form").get_by_label(re.compile(rf"^(// )?{label}( ?\d+ of \d+)?$")).first


def preview(page):
    return page.frame_locator("#look iframe")


def drop(page, selector, *names, kind="image/png"):
    """Drops pictures (each another one) on what the selector finds, as a mouse would."""
    files = [
        [name, list(factories.png(80 + len(name), 60, ["#f2b661", "#1c5c86", "#8fcdaa"][n % 3]).read())]
        for n, name in enumerate(names)
    ]
    page.locator(selector).evaluate(
        """(target, [files, type]) => {
            const dataTransfer = new DataTransfer();
            for (const [name, bytes] of files)
                dataTransfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
            for (const kind of ["dragover", "drop"])
                target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        [files, kind],
    )
