"""What is picked on Space Tracker's globe and found by its search: satellites above all."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.places import LANGUAGES
from tests.browser.space import put_sets
from tests.browser.test_accessibility import violations
from tests.browser.tracking import MOVING, PHONE, Globe, launches, station, turn_to
from tests.tracker.sets import a_satellite

__all__ = ["launches", "put_sets", "station"]

ICE, GREY = (156, 200, 230), (111, 123, 138)


def test_a_satellite_is_picked_by_a_click_and_let_go(page, station):
    globe = Globe(page)
    globe.find("25544").press("Enter")
    globe.expect_picked("25544")
    expect(globe.panel).to_contain_text(re.compile(r"Over\s*\d+\.\d° [NS] \d+\.\d° [EW]"))
    page.keyboard.press("Escape")
    globe.expect_picked("")
    expect(globe.panel).to_contain_text("Pick a satellite")
    name = globe.box.locator(".tk-name")
    expect(name).to_be_hidden()
    globe.click_middle()
    globe.expect_picked("25544")
    # Its name stands beside it, above every mark.
    expect(name).to_have_text("ISS (ZARYA)")
    (x, y), box = globe.middle, name.bounding_box()
    assert 0 < box["x"] - x < 40
    assert 0 < y - box["y"] < 60
    for words in ("ISS (ZARYA)", "km/s", "25544", re.compile("minutes? ago")):
        expect(globe.panel).to_contain_text(words)
    expect(globe.panel).to_contain_text(re.compile(r"Altitude\s*4\d\d km"))
    expect(globe.panel).to_contain_text(re.compile("in sunlight|in Earth’s shadow"))
    page.get_by_role("button", name="Let go").click()
    # The button is gone with the panel, and the keyboard is not lost with it.
    expect(globe.box).to_be_focused()
    globe.expect_picked("")


def test_the_picked_satellite_has_track_and_footprint(page, station):
    globe = Globe(page)
    globe.find("ISS").press("Enter")
    expect(globe.panel).to_contain_text("Altitude")
    expect(globe.panel.locator("[data-slot=over]")).to_be_visible()
    # It is in the middle, its footprint some 20° (100 pixels) around it; its name stands above.
    rings = {"track": "r > 160", "footprint": "r > 70 && r < 130 && dy > 30"}
    picked = {name: globe.coloured(MOVING, *ICE, where=where) for name, where in rings.items()}
    page.keyboard.press("Escape")
    for name, where in rings.items():
        assert picked[name] > 50, name
        assert globe.coloured(MOVING, *ICE, where=where) == 0, name


def test_what_the_thread_said_long_ago_is_not_drawn_on(page, station):
    globe = Globe(page)
    globe.find("25544").press("Enter")
    expect(globe.panel.locator("[data-slot=over]")).to_be_visible()
    page.keyboard.press("Escape")
    assert globe.coloured(MOVING, *ICE) > 0
    page.evaluate("() => { const now = Date.now; Date.now = () => now() + 60_000; }")
    globe.box.press("+")
    assert globe.coloured(MOVING, *ICE) == 0


def test_search_by_name_with_the_keys(page, put_sets):
    put_sets(
        *(a_satellite(70_000 + number, name=f"RELAY-{number:02}") for number in range(25)),
        a_satellite(90_001, name="Old RELAY", designator="1999-070A", epoch=timezone.now() - dt.timedelta(days=9)),
        a_satellite(90_002, name="LOST", epoch=timezone.now() - dt.timedelta(days=40)),
    )
    globe = Globe(page)
    expect(page.locator("[data-part=satellite-count]")).to_have_text("26")
    field = globe.find("relay")
    expect(globe.options).to_have_count(20)
    expect(globe.options.first).to_contain_text("RELAY-00")
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", globe.options.nth(1).get_attribute("id"))
    expect(globe.options.nth(1)).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    field.press("ArrowUp")
    expect(globe.options.last).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(globe.options.first).to_be_hidden()
    expect(field).to_have_attribute("aria-expanded", "false")
    globe.find("relay-07").press("Enter")
    globe.expect_picked("70007")
    globe.find("1999-070a").press("Enter")
    globe.expect_picked("90001")
    globe.find("no such thing")
    expect(page.get_by_text("No satellite by that name.")).to_be_visible()


def test_a_lost_satellite_is_found_and_the_panel_says_why_it_is_not_shown(page, put_sets):
    put_sets(a_satellite(90_002, name="LOST", epoch=timezone.now() - dt.timedelta(days=40)), a_satellite())
    globe = Globe(page)
    field = globe.find("lost")
    expect(globe.options).to_have_text(re.compile("LOST.*90002.*too old: not on the globe"))
    field.press("Enter")
    expect(globe.panel.get_by_text("more than 30 days old")).to_be_visible()
    expect(globe.panel.locator("[data-slot=over]")).to_be_hidden()


@pytest.mark.parametrize(("days", "is_grey"), [(1, False), (9, True)])
def test_a_satellite_with_old_elements_is_grey(page, put_sets, days, is_grey):
    put_sets(a_satellite(epoch=timezone.now() - dt.timedelta(days=days)))
    globe = Globe(page)
    globe.find("ISS").press("Enter")
    expect(globe.panel.locator("[data-slot=over]")).to_be_visible()
    expect(globe.panel.get_by_text("more than 7 days old")).to_be_visible(visible=is_grey)
    page.keyboard.press("Escape")
    assert (globe.coloured(MOVING, *GREY) > 5) == is_grey
    assert (globe.coloured(MOVING, *ICE) > 5) != is_grey


def test_a_set_of_the_demo_is_shown_at_its_own_time(page, put_sets):
    epoch = dt.datetime(2006, 6, 25, 0, 33, tzinfo=dt.UTC)
    put_sets(a_satellite(28_057, name="CBERS 2", epoch=epoch, is_demo=True, group=""))
    globe = Globe(page)
    globe.find("CBERS")
    expect(globe.options).to_have_text(re.compile("CBERS 2 28057 · elements of 25 Jun 2006"))
    expect(page.get_by_text("shown at the time of its own epoch, not where it is now")).to_be_visible()
    globe.find("cbers").press("Enter")
    expect(globe.panel).to_contain_text(re.compile(r"Shown at\s*25 Jun 2006, 00:3\d UTC"))
    expect(globe.panel).to_contain_text(re.compile(r"Elements\s*25 Jun 2006, 00:33 UTC"))


def test_a_launch_site_is_picked_with_the_keyboard(page, launches):
    globe = Globe(page)
    page.get_by_role("checkbox", name="Stories").uncheck()
    turn_to(globe, 30, 131)
    globe.box.press("Enter")
    globe.expect_picked("site:Tanegashima")
    expect(globe.panel).to_contain_text("Ocean radar")
    expect(globe.panel).to_contain_text("Go")


def test_satellites_that_cannot_be_loaded_can_be_tried_again(page, station, guard):
    guard.expect_cuts()
    page.route("**/satellites.json", lambda route: route.abort())
    globe = Globe(page)
    expect(page.get_by_text("The satellites could not be loaded.")).to_be_visible()
    expect(page.get_by_text("Satellites are being loaded…")).to_be_hidden()
    page.unroute("**/satellites.json")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("main")).to_have_attribute("data-space", "ready")
    expect(page.get_by_text("The satellites could not be loaded.")).to_be_hidden()
    globe.find("ISS").press("Enter")
    globe.expect_picked("25544")


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_while_something_is_picked(page, station, launches, language):
    globe = Globe(page, language)
    expect(page.locator("main")).to_have_attribute("data-space", "ready")
    page.locator("#find").fill("ISS")
    expect(globe.options).to_have_count(1)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert not violations(page)
    page.locator("#find").press("Enter")
    expect(globe.panel.locator("[data-slot=over]")).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert not violations(page)


def test_everything_to_touch_on_a_telephone_is_large_enough(new_context, station):
    page = new_context(**PHONE).new_page()
    globe = Globe(page)
    globe.find("ISS").press("Enter")
    small = page.evaluate(
        """() => [...document.querySelectorAll(".stage :is(button, select, input[type=text], .layers label, .mini)")]
          .filter((one) => one.checkVisibility())
          .filter((one) => one.getBoundingClientRect().height < 43.9 || one.getBoundingClientRect().width < 43.9)
          .map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert small == []
