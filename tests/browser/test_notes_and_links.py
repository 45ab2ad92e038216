"""Beside the story's form: a note that leaves the unsaved text alone, and a link for somebody without an account."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from articles.models import Note, PreviewLink, Revision
from articles.publishing import save_story
from authors.models import User
from tests.browser.test_accessibility import check
from tests.browser.writing import PASSWORD, sign_in
from tests.factories import content


@pytest.fixture
def editor(site):
    user = User.objects.create_user(
        "iva@example.com", PASSWORD, display_name="Iva Editor", is_staff=True, language="en"
    )
    user.groups.add(Group.objects.get(name="Editors"))
    yield user
    user.is_active = False
    user.email = f"gone-{user.pk}@example.com"
    user.save()


@pytest.fixture
def story(editor):
    """A draft in the words of the small edition."""
    number = Revision.objects.count()
    raw = content(title=f"A draft with notes {number}", place="", sources=[], tags=[], origin="ai_assisted")
    return save_story(raw, language="en", user=editor)


@pytest.fixture
def settings_of_site(settings, site):
    settings.SITE_URL = site


def open_story(page, user, story, name="change"):
    sign_in(page, user)
    page.goto(f"/admin/articles/article/{story.pk}/{name}/")


def title(page):
    return page.locator("#id_title")


def test_a_note_leaves_the_unsaved_text_alone(page, editor, story, guard):
    guard.expect_status(422)
    open_story(page, editor, story)
    title(page).fill("Typed and not saved")
    notes = page.locator("#notes")
    note = notes.get_by_label("Note to the desk")
    note.fill("Company says 38 minutes.\nSee https://example.org/paper.")
    notes.get_by_role("button", name="Add note").click()
    expect(notes.locator(".notes")).to_contain_text("Company says 38 minutes.")
    expect(notes.locator(".notes")).to_contain_text("Iva Editor")
    expect(notes.get_by_role("link", name="https://example.org/paper")).to_have_attribute("target", "_blank")
    expect(notes.get_by_role("status")).to_have_text("Note added.")
    expect(note).to_be_empty()
    expect(note).to_be_focused()
    expect(title(page)).to_have_value("Typed and not saved")
    assert story.revisions.count() == 1

    # By the keyboard too; and what is too long is refused, kept, and counted before.
    note.fill("Second.")
    note.press("Control+Enter")
    expect(notes.locator(".notes > li")).to_have_count(2)
    note.fill("x" * 1001)
    expect(notes.locator(".count--over")).to_have_text("1001 of 1000")
    note.press("Control+Enter")
    expect(notes.locator(".errorlist")).to_contain_text("at most 1000 characters")
    expect(note).to_have_value("x" * 1001)
    assert Note.objects.filter(article=story).count() == 2


def test_a_note_that_was_not_added_yet_outlives_the_save_of_the_story(page, editor, story):
    open_story(page, editor, story)
    page.locator("#notes").get_by_label("Note to the desk").fill("Half a thought")
    title(page).fill("Saved with half a thought")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_be_visible()
    expect(page.locator("#notes").get_by_label("Note to the desk")).to_have_value("Half a thought")
    assert not Note.objects.filter(article=story).exists()


def test_a_note_without_a_connection_is_kept_and_said(page, editor, story, guard):
    open_story(page, editor, story)
    note = page.locator("#notes").get_by_label("Note to the desk")
    note.fill("Kept")
    page.route("**/notes/", lambda route: route.abort())
    note.press("Control+Enter")
    expect(page.locator("#notes").get_by_role("status")).to_contain_text("there is no connection")
    expect(note).to_have_value("Kept")
    guard.faults.clear()


def test_a_note_after_the_session_has_ended_is_kept_and_said(page, editor, story):
    open_story(page, editor, story)
    note = page.locator("#notes").get_by_label("Note to the desk")
    note.fill("Kept")
    page.context.clear_cookies(name="sessionid")
    note.press("Control+Enter")
    expect(page.locator("#notes").get_by_role("status")).to_contain_text("no longer signed in")
    expect(note).to_have_value("Kept")


def test_a_link_is_made_read_without_an_account_and_revoked(page, editor, story, settings_of_site, new_context, guard):
    open_story(page, editor, story)
    title(page).fill("Typed and not saved")
    part = page.locator("#preview-links")
    part.get_by_label("For whom").fill("Dr. Okafor")
    part.get_by_label("For whom").press("Enter")
    expect(part.get_by_role("status")).to_have_text("Link made for Dr. Okafor.")
    address = part.get_by_label("Address for Dr. Okafor").input_value()
    expect(title(page)).to_have_value("Typed and not saved")

    reader = new_context().new_page()
    assert reader.goto(address).status == 200
    expect(reader.get_by_role("heading", level=1)).to_have_text(story.title)
    expect(reader.locator(".preview-note")).to_contain_text("Preview, not published. For: Dr. Okafor.")
    assert reader.context.cookies() == []
    faults = []
    check(reader, "preview link", faults)
    assert not faults, "\n".join(faults)

    part.get_by_role("button", name="Revoke Dr. Okafor").click()
    expect(part.get_by_role("status")).to_have_text("The link for Dr. Okafor is revoked.")
    expect(part.get_by_label("Address for Dr. Okafor")).to_have_count(0)
    guard.expect_status(410)
    assert reader.goto(address).status == 410
    expect(reader.locator("main")).to_contain_text("Ask Iva Editor, who made it, for a new one.")
    expect(title(page)).to_have_value("Typed and not saved")


def test_without_scripts_both_have_a_page_of_their_own(editor, story, new_context):
    page = new_context(java_script_enabled=False).new_page()
    open_story(page, editor, story)
    expect(page.get_by_role("link", name="Write a note on a page of its own")).to_be_visible()
    expect(page.get_by_role("button", name="Add note")).to_be_hidden()
    page.goto(f"/admin/articles/article/{story.pk}/notes/")
    page.get_by_label("Note to the desk").fill("Written without a script")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator(".notes")).to_contain_text("Written without a script")
    page.goto(f"/admin/articles/article/{story.pk}/preview-links/")
    page.get_by_label("For whom").fill("The lawyer")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("Address for The lawyer")).to_be_visible()
    page.get_by_role("button", name="Revoke The lawyer").click()
    expect(page.get_by_label("Address for The lawyer")).to_have_count(0)
    assert PreviewLink.objects.get(article=story).revoked_at


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("name", ["notes", "preview-links"])
def test_axe_finds_nothing_on_their_pages(page, editor, story, width, name):
    Note.objects.create(article=story, written_by=editor, text="A word.")
    Note.objects.create(article=story, text="The update did not go out.")
    page.set_viewport_size({"width": width, "height": 900})
    open_story(page, editor, story, name)
    if name == "preview-links":
        page.get_by_label("For whom").fill("The lawyer")
        page.get_by_role("button", name="Make a link").click()
        expect(page.get_by_label("Address for The lawyer")).to_be_visible()
    faults = []
    check(page, name, faults)
    assert not faults, "\n".join(faults)
