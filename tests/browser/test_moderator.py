"""A moderator's list of what waits, in the browser."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from authors.models import User
from tests.browser.writing import PASSWORD, sign_in


@pytest.fixture
def moderator(site):
    user = User.objects.create_user(
        "mia@example.com", PASSWORD, display_name="Mia Moderator", is_staff=True, language="en"
    )
    user.groups.add(Group.objects.get(name="Moderators"))
    yield user
    user.is_active = False
    user.email = f"gone-{user.pk}@example.com"
    user.save()


def test_nothing_rises_into_the_heading_where_there_is_no_button_to_add(page, moderator):
    sign_in(page, moderator)
    page.goto("/admin/comments/comment/")
    heading = page.get_by_role("heading", name="Comments", level=1)
    expect(heading).to_be_visible()
    below = page.locator("#changelist-filter").bounding_box()
    above = heading.bounding_box()
    assert above["y"] + above["height"] <= below["y"]
