"""The like where it is given: in place, taken back, kept by this browser alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.places import GROK


@pytest.fixture
def button(page):
    page.goto(GROK["en"])
    return page.locator("form.like button")


def count(button):
    return int(button.locator("[data-n]").inner_text())


def likes(page, button, key=None):
    """Likes or takes back, by click or key, and waits for the server's answer."""
    with page.expect_response(lambda answer: answer.url.endswith("/like/")) as answer:
        button.press(key) if key else button.click()
    assert answer.value.status == 200


def test_a_like_counts_at_once_and_can_be_taken_back(page, button):
    before = count(button)
    likes(page, button)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_have_text(re.compile(rf"You like this\s*{before + 1}"))
    expect(page.locator("[data-live]")).to_contain_text("You like this")
    likes(page, button)
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(button).to_have_text(re.compile(rf"^Like\s*{before}"))
    expect(page).to_have_url(re.compile(re.escape(GROK["en"]) + "$"))


def test_a_reload_still_knows_the_like(page, button):
    likes(page, button)
    expect(button).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_contain_text("You like this")
    likes(page, button)
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_the_keyboard_likes(page, button):
    before = count(button)
    button.focus()
    likes(page, button, "Enter")
    expect(button.locator("[data-n]")).to_have_text(str(before + 1))
    likes(page, button, "Space")
    expect(button.locator("[data-n]")).to_have_text(str(before))
    expect(button).to_be_focused()


def test_another_browser_does_not_see_it_as_its_own(page, button, new_context):
    likes(page, button)
    other = new_context().new_page()
    other.goto(GROK["en"])
    expect(other.locator("form.like button")).to_have_attribute("aria-pressed", "false")
    likes(page, button)


def test_reading_sets_no_cookie_and_a_like_sets_one(page, button):
    assert page.context.cookies() == []
    likes(page, button)
    assert [(cookie["httpOnly"], cookie["sameSite"]) for cookie in page.context.cookies()] == [(True, "Lax")]
    likes(page, button)
