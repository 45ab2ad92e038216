"""axe finds nothing to object to, on any kind of page, by night and by day, in either language."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.places import GROK, LANGUAGES, page_types

AXE = Axe()
RUN = "(options) => axe.run(options).then((results) => results.violations)"
# Only violations are asked for. Without axe's own look into the sheets: one that imports another it would put inline,
# which our policy forbids. And without a long wait for an answer from frames, where no axe is.
OPTIONS = {"resultTypes": ["violations"], "preload": False, "pingWaitTime": 20}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def violations(page, options=None):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in page.evaluate(RUN, {**OPTIONS, **(options or {})})
        for node in rule["nodes"]
    ]


def check(page, name, faults):
    """By day everything; by night what the colours alone decide."""
    page.wait_for_load_state()
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    faults += [f"{name}: {fault}" for fault in violations(page)]
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    faults += [f"{name}, by night: {fault}" for fault in violations(page, COLOURS)]


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page(page, guard, language, part):
    guard.expect_status(404)
    faults = []
    for name, path in list(page_types(language).items())[part::3]:
        page.goto(path)
        check(page, name, faults)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", ["home", "section", "story"])
def test_the_busiest_pages_by_night_too(page, name):
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.goto(page_types("en")[name])
    assert not violations(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_in_pro_mode_and_liked(page, language):
    page.goto(GROK[language])
    page.get_by_role("button", name="PRO", exact=True).click()
    page.locator("form.like button").click()
    expect(page.locator("form.like button")).to_have_attribute("aria-pressed", "true")
    faults = []
    check(page, "story", faults)
    assert not faults, "\n".join(faults)


def test_one_thread_reached_by_a_permanent_link(page):
    page.goto(f"{GROK['en']}comments/")
    page.locator(".comment-time").last.click()
    expect(page.locator(":target")).to_be_visible()
    faults = []
    check(page, "thread", faults)
    assert not faults, "\n".join(faults)


def test_the_open_search_box(page):
    page.goto("/")
    page.get_by_role("button", name="Search").first.click()
    faults = []
    check(page, "search box", faults)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_sign_in_of_the_desk(page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/login/")
    faults = []
    check(page, "sign-in", faults)
    assert not faults, "\n".join(faults)


def test_the_check_sees_what_is_wrong(page):
    page.goto("/about/")
    planted = "<p id=p>Pale</p><a href='/'></a>"
    page.evaluate("html => document.querySelector('h1').insertAdjacentHTML('afterend', html)", planted)
    page.evaluate("document.getElementById('p').style.color = 'light-dark(#000, #111)'")
    faults = []
    check(page, "about", faults)
    assert [fault.split(":")[1].strip() for fault in faults] == ["link-name", "color-contrast"]
    assert faults[1].startswith("about, by night: color-contrast")
