"""An editor looks back: two saves, the history, both side by side, one of them again, and what readers saw that day."""

import re

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from articles.models import Article
from articles.publishing import publish, save_story
from authors.models import User
from tests import factories
from tests.browser.test_accessibility import check
from tests.browser.writing import PASSWORD, sign_in

FIRST, SECOND = "The telescope sleeps for six nights", "The telescope sleeps for seven nights"
SIZES = [(390, 844), (1440, 900)]


@pytest.fixture
def editor(site):
    user = User.objects.create_user(
        "vera@example.com", PASSWORD, display_name="Vera Editor", is_staff=True, language="en"
    )
    user.groups.add(Group.objects.get(name="Editors"))
    yield user
    user.is_active = False
    user.email = f"gone-{user.pk}@example.com"
    user.save()


@pytest.fixture
def story(site):
    """Public since today, in its first version."""
    first = Article.objects.filter(language="en").first().newest_revision().content
    content = factories.content(
        title=FIRST, body="Six nights it sleeps.\n\nThen it wakes.", category=first["category"], author=first["author"]
    )
    content |= {"place": first["place"], "sources": [], "origin": "ai_assisted"}
    slug = f"telescope-{Article.objects.count()}"
    return publish(save_story({**content, "slug": slug}, language="en"))


def save_title(page, story, title, reason):
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    page.locator("[name=title]").fill(title)
    reasons = page.locator("[name=reason]")
    reasons.evaluate(
        "field => { for (let at = field; at; at = at.parentElement) if (at.localName === 'details') at.open = true }"
    )
    reasons.fill(reason)
    with page.expect_navigation():
        page.locator("[name=_save]:visible").first.click()


def version(page, number):
    return page.locator(f"#version-{number}")


def test_look_back_compare_and_restore(page, editor, story):
    sign_in(page, editor)
    save_title(page, story, SECOND, "The seventh night was clear too")
    page.goto(f"/admin/articles/article/{story.pk}/history/")

    # Who, when and why; what is public and what waits.
    expect(version(page, 2)).to_contain_text("Vera Editor")
    expect(version(page, 2)).to_contain_text("The seventh night was clear too")
    expect(version(page, 2)).to_contain_text("Update waits")
    expect(version(page, 1)).to_contain_text("Readers see it now")

    # Two are chosen already: one press compares them.
    page.get_by_role("button", name="Compare the two chosen").click()
    expect(page.locator(".cell--old del")).to_contain_text("six")
    expect(page.locator(".cell--new ins")).to_contain_text("seven")
    expect(page.get_by_text("Then it wakes.")).to_be_hidden()
    page.locator(".fold--parts summary").click()
    expect(page.get_by_text("Then it wakes.")).to_be_visible()

    # Restore: what would change, then the deed. The public text stays.
    page.get_by_role("link", name=re.compile("^Restore ?: Version 1$")).click()
    expect(page.locator(".restore-says")).to_contain_text("waits as an update")
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.locator(".messagelist")).to_contain_text("Version 1 is restored as the newest version.")
    expect(page.locator("[name=title]")).to_have_value(FIRST)

    page.goto(f"/admin/articles/article/{story.pk}/history/")
    expect(version(page, 3)).to_contain_text("Restored from version 1")
    expect(version(page, 2)).to_contain_text("The seventh night was clear too")
    expect(version(page, 1)).to_contain_text("Readers see it now")


def test_what_did_readers_see_today(page, editor, story):
    sign_in(page, editor)
    page.goto(f"/admin/articles/article/{story.pk}/history/")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Nothing of this story was public.")).to_be_visible()
    expect(page.locator(".seen-span.is-open")).to_contain_text("Version 1")
    expect(page.frame_locator(".seen-frame").get_by_role("heading", level=1)).to_have_text(FIRST)


def test_by_keyboard_alone(page, editor, story):
    sign_in(page, editor)
    save_title(page, story, SECOND, "")
    page.goto(f"/admin/articles/article/{story.pk}/history/")
    page.locator("[name=old][value='1']").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/compare/\?old=1&new=2|/compare/\?new=2&old=1"))
    page.locator(".fold summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".fold[open]").first).to_be_visible()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_axe_and_no_sideways_scrolling(page, editor, story, guard, width, height):
    guard.expect_status(404)
    sign_in(page, editor)
    save_title(page, story, SECOND, "A reason")
    faults = []
    base = f"/admin/articles/article/{story.pk}"
    page.set_viewport_size({"width": width, "height": height})
    for path in ("history/", "compare/?old=1&new=2", "restore/1/", "seen/?day=2026-01-01", "compare/?old=1&new=99"):
        page.goto(f"{base}/{path}")
        for details in page.locator("details.fold").all():
            details.locator("summary").click()
        check(page, path, faults)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{path} scrolls sideways")
    assert not faults, "\n".join(faults)
