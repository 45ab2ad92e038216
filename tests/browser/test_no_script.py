"""Reading needs no JavaScript: these pages are opened with it switched off."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.places import GROK, HOME, LANGUAGES, grok, say


@pytest.fixture
def page(new_context):
    return new_context(java_script_enabled=False).new_page()


@pytest.mark.parametrize("language", LANGUAGES)
def test_reads_the_story_from_home(page, language):
    page.goto(HOME[language])
    page.get_by_role("link", name=grok(language)[0]["title"]).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(grok(language)[0]["title"])
    expect(page.locator(".gs-live")).to_contain_text("San Francisco")
    expect(page.locator(".gs-wait")).to_be_hidden()
    expect(page.locator(".prose")).to_contain_text(grok(language)[1].strip()[:60])
    expect(page.locator(".comment").first).to_be_visible()


def test_only_what_works_is_offered(page):
    page.goto(GROK["en"])
    expect(page.locator(".lamp:visible")).to_have_count(1)
    for control in ("[data-toggle=theme]", "[data-copy-link]", ".theme-set"):
        expect(page.locator(control)).to_be_hidden()


def test_pro_is_a_link_to_the_open_record(page):
    page.goto(GROK["en"])
    record = page.locator(".provenance .track")
    expect(record).to_be_hidden()
    page.get_by_role("link", name="PRO", exact=True).click()
    expect(page).to_have_url(re.compile("#pro$"))
    expect(record).to_be_visible()
    expect(record).to_contain_text("SHA-256")
    box = record.bounding_box()
    assert box["height"] > 50
    assert box["y"] < 900


def test_searches(page):
    page.goto(HOME["en"])
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("searchbox", name="Search the archive").fill("distillation")
    page.get_by_role("search").get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=distillation"))
    expect(page.get_by_role("link", name=grok("en")[0]["title"])).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_like_is_a_form_with_a_page_of_its_own(page, language):
    like, take_back, back = say(language, "Like", "Take back", "Back to the story")
    page.goto(GROK[language])
    page.locator("form.like button").click()
    expect(page).to_have_url(re.compile(re.escape(GROK[language]) + "like/$"))
    page.get_by_role("button", name=take_back).click()
    expect(page.get_by_role("button", name=like, exact=True)).to_be_visible()
    page.get_by_role("link", name=back).click()
    expect(page).to_have_url(re.compile(re.escape(GROK[language]) + "$"))
