"""Space Tracker's globe: it is drawn, turns and zooms, and has the stories of the list beside it."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.places import GROK, LANGUAGES, grok
from tests.browser.space import put_sets
from tests.browser.test_layout import MOST_SHIFT, SHIFT
from tests.browser.tracking import (
    EARTH,
    MARKS,
    MOVING,
    PHONE,
    TRACKER,
    Fingers,
    Globe,
    launches,
    station,
    turn_to,
    wait_until,
)
from tests.tracker.sets import a_satellite

__all__ = ["launches", "put_sets", "station"]

ACCENT, ICE, SITE = (242, 182, 97), (156, 200, 230), (143, 205, 170)
BOX = "document.querySelector('[data-part=globe]')"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_globe_takes_the_place_of_the_drawing(page, language):
    globe = Globe(page, language)
    assert globe.coloured(EARTH, 217, 213, 202) + globe.coloured(EARTH, 87, 99, 111) > 500
    assert globe.coloured(MARKS, *ACCENT) > 50
    expect(page.locator("svg.tk-globe")).to_be_hidden()
    expect(page.locator("svg.tk-globe a").first).to_be_hidden()
    drawn, canvas = page.locator("svg.tk-globe").bounding_box(), globe.box.bounding_box()
    assert drawn["height"] == pytest.approx(canvas["height"], abs=1)


def test_dragging_turns(page):
    globe = Globe(page)
    before = globe.view
    globe.drag(-80, 50)
    latitude, longitude, zoom = globe.view
    assert longitude > before[1] + 5
    assert latitude > before[0] + 5
    assert zoom == before[2]
    globe.expect_picked("")


@pytest.mark.parametrize(
    ("key", "button", "part", "sign"),
    [
        ("ArrowLeft", "Turn left", 1, -1),
        ("ArrowRight", "Turn right", 1, 1),
        ("ArrowUp", "Turn up", 0, 1),
        ("ArrowDown", "Turn down", 0, -1),
        ("+", "Zoom in", 2, 1),
        ("-", "Zoom out", 2, -1),
    ],
)
def test_keys_and_buttons_turn_and_zoom(page, key, button, part, sign):
    globe = Globe(page)
    first = globe.view
    globe.box.press(key)
    second = globe.view
    page.get_by_role("button", name=button, exact=True).click()
    third = globe.view
    assert (second[part] - first[part]) * sign > 0.3
    assert (third[part] - second[part]) * sign > 0.2
    page.get_by_role("button", name="The whole globe").click()
    assert globe.view == first


def test_the_wheel_belongs_to_the_page_and_with_ctrl_to_the_globe(page):
    globe = Globe(page)
    page.mouse.move(*globe.middle)
    page.mouse.wheel(0, 300)
    wait_until(page, "scrollY > 50")
    assert globe.view[2] == 1
    page.mouse.move(*globe.middle)
    before = page.evaluate("scrollY")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(globe.box).not_to_have_attribute("data-zoom", "1.00")
    assert globe.view[2] > 1.2
    assert page.evaluate("scrollY") == before


def test_a_finger_scrolls_the_page_up_and_down_and_turns_the_globe_sideways(new_context):
    page = new_context(**PHONE).new_page()
    globe = Globe(page)
    fingers, before = Fingers(page), globe.view
    x, y = globe.middle
    scrolled = page.evaluate("scrollY")
    fingers.draw(*([(x, y - step)] for step in range(0, 300, 20)))
    wait_until(page, f"scrollY > {scrolled} + 100")
    assert globe.view == before
    x, y = globe.middle
    fingers.draw([(x, y)], [(x - 30, y)], [(x - 90, y)])
    assert globe.view[1] > before[1] + 10


def test_two_fingers_zoom(new_context):
    page = new_context(**PHONE).new_page()
    globe = Globe(page)
    x, y = globe.middle
    Fingers(page).draw([(x - 30, y), (x + 30, y)], [(x - 60, y), (x + 60, y)], [(x - 90, y), (x + 90, y)])
    assert globe.view[2] == pytest.approx(3, abs=0.3)


def test_layers_are_switched(page, put_sets, launches):
    put_sets(*(a_satellite(70_000 + place, mean_anomaly=place * 30) for place in range(12)))
    globe = Globe(page)
    expect(page.locator("[data-part=satellite-count]")).to_have_text("12")
    expect(page.locator("[data-part=site-count]")).to_have_text("1")
    turn_to(globe, 30, 131)
    drawn = {
        "Stories": lambda: globe.coloured(MARKS, *ACCENT),
        "Satellites": lambda: globe.coloured(MOVING, *ICE),
        "Launch sites": lambda: globe.coloured(MARKS, *SITE),
    }
    for name, pixels in drawn.items():
        box = page.get_by_role("checkbox", name=name)
        assert pixels() > 5, name
        box.uncheck()
        assert pixels() == 0, name
        box.check()
        assert pixels() > 5, name
    before = globe.pixels(EARTH)
    page.get_by_role("checkbox", name="Daylight").uncheck()
    assert globe.pixels(EARTH) != before


def test_one_group_of_satellites_is_chosen(page, put_sets):
    put_sets(a_satellite(), *(a_satellite(70_000 + number) for number in range(3)))
    Globe(page)
    count, groups = page.locator("[data-part=satellite-count]"), page.get_by_label("Satellites shown")
    expect(count).to_have_text("4")
    expect(groups.locator("option")).to_have_text(["All satellites", "Space stations", "The brightest"])
    groups.select_option("visual")
    expect(count).to_have_text("3")
    groups.select_option("stations")
    expect(count).to_have_text("1")


def test_a_row_turns_the_globe_and_its_point_leads_to_the_story(page):
    globe = Globe(page)
    title = grok("en")[0]["title"]
    page.get_by_role("link", name=title).focus()
    assert globe.view[:2] == pytest.approx((37.77, -122.42), abs=0.1)
    globe.click_middle()
    globe.expect_picked("place:san-francisco")
    globe.panel.get_by_role("link", name=title).click()
    expect(page).to_have_url(re.compile(re.escape(GROK["en"]) + "$"))


def test_a_pin_picks_its_place_and_an_address_opens_it(page):
    globe = Globe(page)
    page.locator("#row-brussels .loc-p, #row-san-francisco .loc-p").first.click()
    expect(globe.box).to_have_attribute("data-picked", re.compile("^place:"))
    globe = Globe(page, fragment="#row-hangzhou")
    assert globe.view[:2] == pytest.approx((30.27, 120.15), abs=0.5)


def test_stories_are_filtered_in_the_list_and_on_the_globe(page):
    globe = Globe(page)
    rows, all_marks = page.locator(".locs > li:visible"), globe.pixels(MARKS)
    total = rows.count()
    page.get_by_role("combobox", name="Section").select_option("space")
    expect(page.locator("[data-part=story-count]")).to_have_text(str(page.locator(".loc:visible").count()))
    assert 0 < rows.count() < total
    assert {row.get_attribute("data-section") for row in page.locator(".loc:visible").all()} == {"space"}
    expect(page.locator("[data-part=place-count]")).to_have_text(f"{rows.count()} of {total} places")
    assert globe.pixels(MARKS) != all_marks
    for row in rows.all():
        expect(row.locator(".loc-w")).to_be_visible()
    page.get_by_role("combobox", name="Section").select_option("")
    page.get_by_role("combobox", name="Age").select_option("1")
    recent = page.locator(".loc:visible").count()
    page.get_by_role("combobox", name="Age").select_option("")
    assert recent < page.locator(".loc:visible").count()
    assert globe.pixels(MARKS) == all_marks
    expect(page.locator("[data-part=place-count]")).to_have_text(f"{total} places")


def test_without_motion_frames_are_few_and_with_motion_they_end_out_of_sight(new_context, station):
    still = Globe(new_context().new_page())
    expect(still.page.locator("main")).to_have_attribute("data-space", "ready")
    frames_in_a_second(still)
    assert frames_in_a_second(still) <= 2
    moving = new_context(reduced_motion="no-preference").new_page()
    globe = Globe(moving)
    expect(moving.locator("main")).to_have_attribute("data-space", "ready")
    wait_until(moving, f"{BOX}.dataset.frames > 20")
    assert frames_in_a_second(globe) > 5
    moving.locator("footer").scroll_into_view_if_needed()
    moving.mouse.wheel(0, 3000)
    wait_until(moving, f"{BOX}.getBoundingClientRect().bottom < 0")
    moving.evaluate("new Promise((done) => setTimeout(done, 200))")
    assert frames_in_a_second(globe) == 0


def frames_in_a_second(globe):
    return globe.box.evaluate(
        """async (box) => {
          const before = Number(box.dataset.frames ?? 0);
          await new Promise((done) => setTimeout(done, 1000));
          return Number(box.dataset.frames) - before;
        }"""
    )


def test_with_motion_the_globe_glides(new_context):
    page = new_context(reduced_motion="no-preference").new_page()
    globe = Globe(page)
    first = globe.view[1]
    globe.box.press("ArrowRight")
    assert first <= globe.view[1] < first + 14
    wait_until(page, f"Math.abs({BOX}.dataset.longitude - {first}) > 14.9")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_the_drawing_stays_and_says_why(new_context, language):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(TRACKER[language])
    expect(page.locator("svg.tk-globe a").first).to_be_visible()
    expect(page.locator("noscript .stage-note")).to_be_visible()
    for part in ("globe", "turns", "find", "satellites", "section", "panel", "loading"):
        expect(page.locator(f"[data-part={part}]")).to_be_hidden()
    expect(page.locator(".locs li").first).to_be_visible()
    expect(page.locator("#passes form")).to_be_visible()
    expect(page.locator("#launches")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_while_the_page_comes_to_life(new_context, station, launches, width):
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    Globe(page)
    expect(page.locator("main")).to_have_attribute("data-space", "ready")
    assert page.evaluate(SHIFT) <= MOST_SHIFT


def test_the_code_of_the_page_is_light():
    """At most 60 KB in all, coast lines and propagation included."""
    folder = Path(settings.BASE_DIR) / "static/dist/js/tracker"
    sizes = {name: len(brotli.compress((folder / name).read_bytes())) for name in ("tracker.js", "worker.js")}
    assert sum(sizes.values()) < 60_000, sizes
