"""The editors' start page and the frame around every page of the desk, used as an editor would."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from articles.publishing import publish, save_story
from articles.reviewing import ask_review
from tests.browser.places import say
from tests.browser.test_accessibility import check
from tests.browser.writing import make_editor, retire, sign_in, sign_in_by_form

WIDTHS = [390, 1440]


@pytest.fixture
def cast(site):
    """Rita reviews what Ana wrote; both are gone afterwards."""
    rita = make_editor("rita@example.com", display_name="Rita Reviewer")
    ana = make_editor("ana-writes@example.com", "Chief editors", display_name="Ana Writer")
    yield rita, ana
    retire(rita)
    retire(ana)


@pytest.fixture
def asked(cast):
    """A story that Rita is asked to read, and one of hers that goes out in two days."""
    rita, ana = cast
    base = Article.objects.filter(language="en").earliest("pk").newest_revision().content
    plain = {**base, "slug": "", "photos": [], "body": "One paragraph."}
    story = save_story({**plain, "title": f"Please read me {rita.pk}"}, language="en", user=ana)
    ask_review(story, rita)
    later = save_story({**plain, "title": f"On Friday {rita.pk}"}, language="en", user=rita)
    publish(later, at=timezone.now() + dt.timedelta(days=2))
    return story


@pytest.fixture
def signed_in(page, cast):
    """Rita, before she opens a page."""
    sign_in(page, cast[0])
    return cast[0]


@pytest.fixture
def rita(page, signed_in):
    """Rita, who looks at her desk."""
    page.goto("/admin/")
    return signed_in


def test_a_reviewer_sees_what_waits_and_opens_it(page, cast, asked):
    sign_in_by_form(page, cast[0])
    expect(page).to_have_url(re.compile("/admin/$"))
    row = page.locator(".wait").filter(has_text=asked.title)
    expect(row).to_contain_text("In review")
    expect(row).to_contain_text(f"db#{asked.record_number}")
    row.get_by_role("link", name="Review").click()
    expect(page).to_have_url(re.compile(f"/articles/article/{asked.pk}/change/"))
    expect(page.get_by_label("Title").first).to_have_value(asked.title)


def test_what_is_scheduled_stands_in_the_calendar_at_its_hour(page, cast, asked):
    sign_in(page, cast[0])
    page.goto("/admin/")
    later = Article.objects.get(title=f"On Friday {cast[0].pk}")
    slot = page.locator(".slot--set").filter(has_text=later.title)
    hour = timezone.localtime(later.public_at, dt.timezone(dt.timedelta(0)))
    expect(slot.locator("time")).to_have_attribute("datetime", re.compile(f"{hour.minute:02d}:"))
    today = page.locator('.cal > [aria-current="date"]')
    expect(today).to_have_count(1)
    page.get_by_role("navigation", name="Language of the calendar").get_by_role("link", name="HR").click()
    expect(page.locator(".slot").filter(has_text=later.title)).to_have_count(0)
    page.goto("/admin/")
    slot.click()
    expect(page).to_have_url(re.compile(f"/{later.pk}/change/"))


def test_the_finder_leads_to_a_record_number_by_keyboard_alone(page, rita):
    story = Article.objects.filter(language="en").earliest("pk")
    page.keyboard.press("/")
    expect(page.locator("#finder")).to_be_focused()
    page.keyboard.type(f"db#{story.record_number}")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/articles/article/{story.pk}/change/"))


def test_the_finder_finds_a_word_everywhere(page, rita):
    page.locator("#finder").fill("grok")
    page.locator("#finder").press("Enter")
    stories = page.get_by_role("region", name="Stories")
    expect(stories.get_by_role("link", name=re.compile("Grok")).first).to_be_visible()


@pytest.mark.parametrize(
    ("keys", "heading"),
    [("g s", "Stories"), ("g p", "Photos"), ("g c", "Comments"), ("g f", "Front page")],
)
def test_two_keys_lead_to_a_page_and_back(page, rita, keys, heading):
    for key in keys.split():
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name=re.compile(heading), level=1)).to_be_visible()
    page.wait_for_load_state()
    for key in "gd":
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("/admin/$"))


def test_n_begins_a_story_but_never_while_one_types(page, rita):
    page.locator("#finder").focus()
    page.keyboard.type("ngs?")
    expect(page.locator("#finder")).to_have_value("ngs?")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/articles/article/add/"))


def test_the_list_of_keys_and_switching_them_off(page, rita):
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys of this page")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("New story")
    expect(dialog.locator("div").filter(has_text=re.compile("^g s ?Stories$"))).to_have_count(1)
    dialog.get_by_label("Single keys work on this device").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.reload()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/admin/$"))
    page.locator(".me summary").click()
    page.get_by_role("button", name="Keys").click()
    dialog.get_by_label("Single keys work on this device").check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/articles/article/add/"))


def test_a_list_tells_its_own_keys_too(page, signed_in):
    page.goto("/admin/articles/article/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Next and previous story")


def test_the_language_of_the_desk_by_a_click(page, signed_in):
    page.goto("/admin/articles/source/")
    page.get_by_role("button", name="HR").click()
    (stories,) = say("hr", "Stories")
    expect(page).to_have_url(re.compile("/admin/articles/source/$"))
    expect(page.locator("html")).to_have_attribute("lang", "hr")
    expect(page.locator("#nav-sidebar").get_by_role("link", name=stories)).to_be_visible()
    page.get_by_role("button", name="EN").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_day_and_night_are_chosen_once_for_desk_and_pages(page, rita):
    page.emulate_media(color_scheme="light")
    page.reload()
    button = page.locator(".theme-toggle")
    expect(button).to_have_accessible_name("Theme: as the system")
    button.click()
    expect(button).to_have_accessible_name("Theme: night")
    expect(page.locator("body")).to_have_css("background-color", "rgb(11, 14, 19)")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/admin/")
    button.click()
    button.click()
    expect(button).to_have_accessible_name("Theme: as the system")
    expect(page.locator("body")).to_have_css("background-color", "rgb(242, 244, 242)")


def test_the_persons_menu_closes_when_one_turns_elsewhere(page, rita):
    menu = page.locator(".me")
    menu.locator("summary").click()
    expect(menu.get_by_role("link", name="Change password")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu.get_by_role("link", name="Change password")).to_be_hidden()
    menu.locator("summary").click()
    page.locator("h1").click()
    expect(menu.get_by_role("link", name="Change password")).to_be_hidden()
    menu.locator("summary").click()
    with page.expect_navigation():
        menu.get_by_role("button", name="Log out").click()
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/admin/login/"))


# On a phone, without a script, for everybody


def width_of(page):
    page.wait_for_load_state()
    return page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")


def test_the_urgent_fix_on_a_phone(new_context, cast, asked):
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True).new_page()
    sign_in_by_form(page, cast[0])
    expect(page.get_by_role("link", name="Stories", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Pages of the desk").tap()
    page.get_by_role("link", name="Stories", exact=True).tap()
    expect(page.get_by_role("heading", name="Stories", level=1)).to_be_visible()
    page.locator("#finder").fill(f"db#{asked.record_number}")
    page.locator("#finder").press("Enter")
    expect(page).to_have_url(re.compile(f"/{asked.pk}/change/"))
    inner, outer = width_of(page)
    assert inner <= outer


def test_what_one_taps_on_a_phone_is_large_enough(page, rita, asked):
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    page.locator(".me summary").click()
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, .button, #finder, .slot, .seg a, .menu-in a")]
          .filter((element) => element.checkVisibility())
          .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43.5 || (box.width < 43.5 && box.width < 31))
          .map(([html, box]) => `${html} ${box.width} × ${box.height}`)"""
    )
    assert small == []


def test_the_desk_without_a_script(new_context, cast, asked):
    context = new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    sign_in_by_form(page, cast[0])
    page.get_by_role("button", name="Pages of the desk").click()
    expect(page.get_by_role("link", name="Sources")).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="My desk").click()
    page.locator(".me summary").click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    expect(page.get_by_role("button", name="Keys")).to_be_hidden()
    expect(page.locator(".theme-toggle")).to_be_hidden()


PAGES = {
    "my desk": "/admin/",
    "find": "/admin/find/?q=grok",
    "nothing found": "/admin/find/?q=qqqqq",
    "stories": "/admin/articles/article/",
    "sources": "/admin/articles/source/",
    "a source": "/admin/articles/source/add/",
    "comments": "/admin/comments/queue/",
    "password": "/admin/password_change/",
    "all lists": "/admin/articles/",
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page, signed_in, asked, name, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(PAGES[name])
    faults = []
    check(page, name, faults)
    assert not faults, "\n".join(faults)
    inner, outer = width_of(page)
    assert inner <= outer


@pytest.mark.parametrize("width", [*WIDTHS, 320])
def test_my_desk_in_croatian(page, signed_in, asked, width):
    signed_in.language = "hr"
    signed_in.save()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/admin/")
    expect(page.locator("html")).to_have_attribute("lang", "hr")
    faults = []
    check(page, "my desk", faults)
    assert not faults, "\n".join(faults)
    inner, outer = width_of(page)
    assert inner <= outer


def test_the_open_menu_and_the_keys_on_a_phone(page, rita):
    page.set_viewport_size({"width": 390, "height": 844})
    faults = []
    page.get_by_role("button", name="Pages of the desk").click()
    check(page, "menu", faults)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    check(page, "keys", faults)
    assert not faults, "\n".join(faults)


def test_the_frame_is_light(page, rita):
    """What the frame alone asks of a cold browser: the page, two sheets of the admin, ours, two scripts, type.

    An icon too, where there is a window to show it in.
    """
    loaded = []
    page.on("response", lambda response: loaded.append(response.url))
    page.goto("/admin/find/")
    page.wait_for_load_state("networkidle")
    # A set: the icon of the page before may still arrive.
    files = sorted({url.rpartition("/")[2] for url in loaded if not url.endswith((".woff2", "favicon.svg"))})
    assert files == ["", "base.css", "desk.css", "desk.js", "responsive.css", "theme.js"]
