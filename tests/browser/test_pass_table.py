"""The table of passes as the browser fills it: like the server's, for what is picked, for where the reader is."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.space import TRACKER, browser_row, put_sets, twilight_orbit
from tests.tracker.sets import a_satellite
from tracker.ages import LOST_DAYS, STALE_DAYS
from tracker.pass_words import HERE, SENTENCES

__all__ = ["put_sets"]

SPLIT = {"latitude": 43.508, "longitude": 16.440}
DAY = dt.timedelta(days=1)


@pytest.fixture
def sets(put_sets):
    """The station, one whose name is within the next one's, which is stale, and a lost one."""
    now = timezone.now()
    return put_sets(
        a_satellite(25544, epoch=now - DAY / 5),
        a_satellite(40001, name="BEACON 1", **twilight_orbit(now)),
        a_satellite(40002, name="BEACON 12", **twilight_orbit(now - (STALE_DAYS + 1) * DAY)),
        a_satellite(40003, name="OLD ONE", **twilight_orbit(now - (LOST_DAYS + 1) * DAY)),
    )


@pytest.fixture
def tracker(new_context, sets):
    def open_page(language="en", **options):
        page = new_context(**options).new_page()
        page.goto(TRACKER[language])
        expect(page.locator("main")).to_have_attribute("data-space", "ready")
        return page

    return open_page


def rows(page):
    return page.locator("#pass-rows tr")


def notes(page):
    return page.locator("#pass-notes")


def show(page, satellite, place=None):
    if place:
        page.locator("#pass-place").select_option(place)
    page.locator("#pass-satellite").fill(satellite)
    page.locator("#pass-form").get_by_role("button").first.click()


def watch_requests(page):
    """What is asked of the server from now on; a face of a font comes when it is first seen."""
    asked = []
    page.on("request", lambda request: request.resource_type != "font" and asked.append(request.url))
    return asked


@pytest.mark.parametrize(
    ("satellite", "language"),
    [("25544", "en"), ("beacon 1", "en"), ("40002", "en"), ("old one", "en"), ("40002", "hr")],
)
def test_the_same_as_the_servers(satellite, language, tracker, new_context):
    page = tracker(language)
    asked = watch_requests(page)
    show(page, satellite, "zagreb")
    expect(page.locator("#pass-of [data-part=place]")).to_have_text("Zagreb")
    plain = new_context(java_script_enabled=False).new_page()
    plain.goto(f"{TRACKER[language]}?satellite={satellite}&place=zagreb")
    for part in ("#pass-of", "#pass-notes", "#pass-offset"):
        expect(page.locator(part)).to_have_text(plain.locator(part).inner_text(), use_inner_text=True)
    assert shape(page) == shape(plain)
    assert texts(page, "date") == texts(plain, "date")
    for mine, servers in zip(moments(page), moments(plain), strict=True):
        assert abs(mine - servers) <= dt.timedelta(seconds=1)
    for mine, servers in zip(texts(page, "elevation"), texts(plain, "elevation"), strict=True):
        assert abs(int(mine.rstrip("°")) - int(servers.rstrip("°"))) <= 1
    assert asked == []


def texts(page, part):
    return page.locator(f"#pass-rows [data-part={part}]").all_inner_texts()


def shape(page):
    """The rows' markup, spaces between its parts and the numbers left out: a second apart may be another minute."""
    return re.sub(r"\d+", "0", re.sub(r">\s+<", "><", page.locator("#pass-rows").inner_html())).strip()


def moments(page):
    times = page.locator("#pass-rows time").evaluate_all("(all) => all.map((time) => time.dateTime)")
    return [dt.datetime.fromisoformat(time) for time in times]


def test_times_are_the_nearest_minutes_of_the_place(tracker):
    page = tracker()
    show(page, "40001", "zagreb")
    expect(page.locator("#pass-of")).to_have_text(re.compile("BEACON 1 "))
    assert 1 <= rows(page).count() <= 10
    zone = ZoneInfo("Europe/Zagreb")
    minutes = [f"{(at + dt.timedelta(seconds=30)).astimezone(zone):%H:%M}" for at in moments(page)]
    assert page.locator("#pass-rows time").all_inner_texts() == minutes


def test_the_date_is_that_of_the_time_beside_it(new_context):
    at = dt.datetime(2026, 11, 26, 22, 59, 40, tzinfo=dt.UTC)
    assert browser_row(new_context().new_page(), at, "Europe/Zagreb") == ["Fri 27 11", "00:00"]


def test_another_place_has_its_own_clock(tracker):
    page = tracker()
    show(page, "40001", "new-york")
    expect(page.locator("#pass-offset")).to_have_text(re.compile("^UTC−[45]"))
    show(page, "40001", "new-delhi")
    expect(page.locator("#pass-offset")).to_have_text("UTC+5:30")
    show(page, "40001", "reykjavik")
    expect(page.locator("#pass-offset")).to_have_text("UTC")


def test_several_satellites_are_offered(tracker):
    page = tracker()
    show(page, "beacon")
    expect(page.get_by_role("link", name=re.compile("^BEACON"))).to_have_text(["BEACON 1 40001", "BEACON 12 40002"])
    expect(notes(page)).to_contain_text("Several satellites match “beacon”.")
    expect(rows(page)).to_have_count(0)
    page.get_by_role("link", name="BEACON 12").click()
    expect(page.locator("#pass-of")).to_have_text(re.compile("BEACON 12"))
    expect(page.locator("#pass-satellite")).to_have_value("40002")
    # The link has gone; who came by keyboard goes on from the answer.
    assert page.evaluate("document.activeElement.closest('#passes') !== null")
    expect(page).to_have_url(re.compile(f"{TRACKER['en']}$"))


def test_an_unknown_one_is_said_to_be_unknown(tracker):
    page = tracker()
    show(page, "voskhod <b>")
    expect(notes(page)).to_have_text(str(SENTENCES["unknown"]).format(typed="voskhod <b>"))
    expect(page.locator("#pass-of")).to_be_hidden()
    expect(page.locator("#pass-table")).to_be_hidden()


def test_an_old_mistake_is_taken_away(new_context, sets, guard):
    guard.expect_status(400)
    page = new_context().new_page()
    page.goto(f"{TRACKER['en']}?satellite=25544&place=atlantis")
    expect(page.locator("#error-place")).to_be_visible()
    expect(page.locator("main")).to_have_attribute("data-space", "ready")
    show(page, "25544", "split")
    expect(page.locator("#error-place")).to_be_hidden()
    expect(page.locator("#pass-place")).not_to_have_attribute("aria-invalid", "true")


def test_the_readers_position_stays_in_the_browser(tracker):
    page = tracker(geolocation=SPLIT, permissions=["geolocation"], timezone_id="America/New_York")
    asked = watch_requests(page)
    page.locator("#pass-satellite").fill("40001")
    page.get_by_role("button", name="Use my position").click()
    expect(page.locator("#pass-of")).to_have_text(re.compile(f"BEACON 1 .*{HERE['here']}"))
    expect(page.locator("#pass-place option:checked")).to_have_text(str(HERE["here"]))
    # In the clock that the reader's machine shows.
    expect(page.locator("#pass-offset")).to_have_text(re.compile("^UTC−[45]"))
    there = moments(page)
    show(page, "40001", "split")
    expect(page.locator("#pass-of [data-part=place]")).to_have_text("Split")
    for here, same in zip(there, moments(page), strict=True):
        assert abs(here - same) <= dt.timedelta(seconds=1)
    assert asked == []


def test_nobody_is_asked_for_a_position_before_the_click(new_context, sets):
    page = new_context().new_page()
    page.add_init_script("window.asked = 0; navigator.geolocation.getCurrentPosition = () => { asked += 1; };")
    page.goto(TRACKER["en"])
    expect(page.locator("main")).to_have_attribute("data-space", "ready")
    assert page.evaluate("asked") == 0
    page.get_by_role("button", name="Use my position").click()
    assert page.evaluate("asked") == 1
    expect(notes(page)).to_have_text(str(HERE["asking"]))


def test_without_a_satellite_nobody_is_asked_for_a_position(tracker):
    page = tracker(geolocation=SPLIT, permissions=["geolocation"])
    page.locator("#pass-satellite").fill("  ")
    page.get_by_role("button", name="Use my position").click()
    expect(page.locator("#pass-satellite:invalid")).to_be_focused()
    expect(page.locator("#pass-place option:checked")).to_have_text("Zagreb")


def test_a_refusal_is_a_sentence(tracker):
    page = tracker(permissions=[])
    page.evaluate(
        "() => { navigator.geolocation.getCurrentPosition = (_, no) => no({code: 1, PERMISSION_DENIED: 1}); }"
    )
    page.get_by_role("button", name="Use my position").click()
    expect(notes(page)).to_have_text(str(HERE["refused"]))


@pytest.mark.parametrize("code", [2, 3])
def test_an_unknown_position_is_a_sentence(code, tracker):
    page = tracker()
    page.evaluate(
        "(code) => { navigator.geolocation.getCurrentPosition = (_, no) => no({code, PERMISSION_DENIED: 1}); }", code
    )
    page.get_by_role("button", name="Use my position").click()
    expect(notes(page)).to_have_text(str(HERE["unavailable"]))


def test_without_the_thread_the_server_answers(new_context, sets, guard):
    guard.expect_cuts()
    page = new_context().new_page()
    page.route("**/worker*.js", lambda route: route.abort())
    page.goto(TRACKER["en"])
    expect(page.locator("main")).to_have_attribute("data-space", "failed")
    expect(page.get_by_role("button", name="Use my position")).to_be_hidden()
    show(page, "beacon 12", "split")
    expect(page).to_have_url(re.compile(r"\?satellite=beacon\+12&place=split#passes$"))
    expect(page.locator("#pass-of")).to_have_text(re.compile("BEACON 12 .*Split"))


def test_when_the_thread_ends_the_next_try_is_the_servers(new_context, sets):
    page = new_context().new_page()
    page.add_init_script(
        "window.Worker = class extends Worker { constructor(...to) { super(...to); window.last = this; } };"
    )
    page.goto(TRACKER["en"])
    expect(page.locator("main")).to_have_attribute("data-space", "ready")
    page.evaluate("() => { last.dispatchEvent(new Event('error')); }")
    show(page, "40001", "split")
    expect(notes(page)).to_have_text(str(HERE["broken"]))
    show(page, "40001", "split")
    expect(page).to_have_url(re.compile(r"\?satellite=40001&place=split#passes$"))
    expect(rows(page)).not_to_have_count(0)


def test_the_demos_passes_say_that_they_are_past(put_sets, new_context):
    epoch = dt.datetime(2006, 6, 26, 17, 38, 23, tzinfo=dt.UTC)
    put_sets(a_satellite(28057, name="CBERS 2", is_demo=True, group="", **twilight_orbit(epoch)))
    page = new_context().new_page()
    page.goto(TRACKER["en"])
    expect(page.locator("main")).to_have_attribute("data-space", "ready")
    show(page, "cbers", "zagreb")
    expect(notes(page)).to_contain_text("This is the past")
    expect(notes(page)).to_contain_text("26 Jun 2006")
    expect(rows(page).first.locator("[data-part=date]")).to_have_text(re.compile(r"(Jun|Jul) 2006$"))


def test_axe_finds_nothing_in_the_browsers_table(tracker):
    page = tracker(geolocation=SPLIT, permissions=["geolocation"])
    page.locator("#pass-satellite").fill("40002")
    page.get_by_role("button", name="Use my position").click()
    expect(notes(page)).to_contain_text("more than 7 days old")
    results = Axe().run(page, context="#passes")
    assert results.violations_count == 0, results.generate_report()
