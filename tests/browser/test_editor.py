"""An editor writes a story on the desk, sees it as readers will, publishes it; a reader without an account reads it."""

import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from authors.models import User
from photos.models import Photo

TITLE = "A probe calls home from behind the Moon"
INTERPRETER = "A small probe sent its first picture from the far side. It matters because nothing there can listen."
BODY = "The first picture came at dawn.\n\n## What it shows\n\nCraters, *mostly*.\n\n> [!pull]\n> It came at dawn."
PASSWORD = "far side of the Moon"


@pytest.fixture
def editor(site):
    user = User.objects.create_user(
        "ana@example.com", PASSWORD, display_name="Ana Editor", is_staff=True, language="en"
    )
    user.groups.add(Group.objects.get(name="Editors"))
    yield user
    user.is_active = False
    user.email = f"gone-{user.pk}@example.com"
    user.save()


def sign_in(page, user):
    page.goto("/admin/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="Stories").first).to_be_visible()


def field(page, label):
    return page.locator(".story-grid").get_by_label(re.compile(f"^{label}:?$")).first


def write(page):
    page.goto("/admin/articles/article/add/?language=en")
    field(page, "Title").fill(TITLE)
    field(page, "Quick article interpreter").fill(INTERPRETER)
    field(page, "Key points").fill("It is small.\nIt is far away.\nIt still calls.")
    field(page, "Text").fill(BODY)
    field(page, "Section").select_option(label="Space")
    field(page, "Author").select_option(label="Lyra Stanton")
    field(page, "Origin").select_option(label="AI rewritten")
    field(page, "Tags").fill("moon, probes")
    page.locator("select[name$='-source']").first.select_option(index=1)
    page.locator("input[name$='-photo']").first.fill(str(Photo.objects.earliest("pk").pk))


def test_a_story_from_the_first_word_to_its_reader(page, editor, new_context):
    sign_in(page, editor)
    write(page)
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Preview").click()
    preview = popup.value
    expect(preview.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(preview.locator(".prose")).to_contain_text("The first picture came at dawn.")
    expect(preview.locator(".pull")).to_contain_text("It came at dawn.")
    expect(preview.locator(".plate--hero img")).to_be_visible()
    preview.close()

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    reader = new_context().new_page()
    assert_unknown(reader)

    page.get_by_role("button", name=re.compile("publish", re.IGNORECASE)).first.click()
    expect(page.get_by_role("link", name="View on site")).to_be_visible()
    reader.goto("/")
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(reader.locator(".standfirst")).to_have_text(INTERPRETER)
    expect(reader.locator(".keypoints li")).to_have_count(3)
    expect(reader.get_by_role("heading", name="What it shows")).to_be_visible()
    expect(reader.locator(".demo-note")).to_have_count(0)


def assert_unknown(reader):
    reader.goto("/space/")
    expect(reader.get_by_role("link", name=TITLE)).to_have_count(0)
