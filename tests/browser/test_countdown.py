"""The countdowns of the launch table: they tick while somebody looks, and stop when the time is reached."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tracker.models import Launch

HIDE = "Object.defineProperty(document, 'hidden', { get: () => window.isAway === true });"
LOOK = "away => { window.isAway = away; document.dispatchEvent(new Event('visibilitychange')); }"


@pytest.fixture
def launch(site):
    """In an hour of the server's clock; the browser's is set by each test."""
    net = timezone.now().replace(microsecond=0) + dt.timedelta(hours=1)
    yield Launch.objects.create(
        uuid="00000000-0000-0000-0000-000000000009",
        name="Ocean radar",
        status="go",
        net=net,
        precision="exact",
        site="Tanegashima",
        latitude=30.4,
        longitude=130.97,
        fetched_at=net,
    )
    Launch.objects.all().delete()


def before(page, launch, **left):
    """The page as it stands so long before the launch; its clock moves by run_for() only."""
    moment = launch.net - dt.timedelta(**left)
    page.clock.install(time=moment - dt.timedelta(seconds=5))
    page.clock.pause_at(moment)
    page.goto("/space-tracker/")
    return page.locator("time[data-countdown]")


def test_it_counts_the_seconds(page, launch):
    clock = before(page, launch, hours=1, minutes=2, seconds=3)
    expect(clock).to_have_text("T−01:02:03")
    page.clock.run_for(1000)
    expect(clock).to_have_text("T−01:02:02")
    page.clock.run_for(123_000)
    expect(clock).to_have_text("T−00:59:59")


def test_beyond_a_day_it_counts_days_and_hours(page, launch):
    clock = before(page, launch, days=2, hours=4)
    expect(clock).to_have_text("T−2d 04h")
    page.clock.run_for(1000)
    expect(clock).to_have_text("T−2d 03h")


def test_from_a_day_to_the_last_hours_it_changes_over(page, launch):
    clock = before(page, launch, days=1)
    expect(clock).to_have_text("T−1d 00h")
    page.clock.run_for(1000)
    expect(clock).to_have_text("T−23:59:59")


def test_at_the_time_it_stops_with_the_page_s_own_words(page, launch):
    clock = before(page, launch, seconds=2)
    page.evaluate("document.querySelector('[data-countdown-reached]').dataset.countdownReached = 'Jetzt'")
    expect(clock).to_have_text("T−00:00:02")
    page.clock.run_for(1000)
    expect(clock).to_have_text("T−00:00:01")
    page.clock.run_for(1000)
    expect(clock).to_have_text("Jetzt")
    page.evaluate("document.querySelector('time[data-countdown]').textContent = 'left alone'")
    page.clock.run_for(60_000)
    page.evaluate(LOOK, False)
    expect(clock).to_have_text("left alone")


def test_an_open_page_that_was_late_says_that_the_time_is_reached(page, launch):
    clock = before(page, launch, seconds=-30)
    expect(clock).to_have_text("Time reached")


def test_nothing_ticks_while_nobody_looks(page, launch):
    page.add_init_script(HIDE)
    clock = before(page, launch, minutes=10)
    expect(clock).to_have_text("T−00:10:00")
    page.evaluate(LOOK, True)
    page.clock.run_for(60_000)
    expect(clock).to_have_text("T−00:10:00")
    page.evaluate(LOOK, False)
    expect(clock).to_have_text("T−00:09:00")
    page.clock.run_for(1000)
    expect(clock).to_have_text("T−00:08:59")


def test_it_is_not_announced(page, launch):
    clock = before(page, launch, minutes=10)
    assert (
        clock.evaluate("time => time.closest('[aria-live], [role=status], [role=alert], [role=log], output')") is None
    )


def test_without_a_script_it_says_how_long_it_was_when_the_page_was_made(new_context, launch):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/space-tracker/")
    text = page.locator("time[data-countdown]").inner_text()
    assert text in ("T−01:00", "T−00:59", "T−00:58")


@pytest.mark.parametrize("path", ["/space-tracker/", "/hr/space-tracker/"])
def test_on_a_telephone_a_launch_is_seen_whole(new_context, launch, path):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(path)
    table = page.locator(".data--launches")
    expect(table.get_by_text("Ocean radar")).to_be_visible()
    assert table.locator("xpath=..").evaluate("box => box.scrollWidth - box.clientWidth") == 0
    edge = table.locator(".status").bounding_box()
    assert edge["x"] + edge["width"] <= 390
