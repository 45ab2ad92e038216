"""The thread that knows where satellites are, beside Python's sgp4 and skyfield."""

import datetime as dt
import math

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.heavens import pass_differences, sun_place, visibility_faults
from tests.browser.space import (
    TRACKER,
    ZAGREB,
    ask_worker,
    away,
    browser_passes,
    browser_places,
    browser_suns,
    expected_place,
    moment,
    put_sets,
    twilight_orbit,
)
from tests.tracker.sets import GEOSTATIONARY, MOLNIYA, a_satellite, synthetic_sets
from tracker.ages import LOST_DAYS, STALE_DAYS
from tracker.propagating import position, satrec

__all__ = ["put_sets"]

HOUR = dt.timedelta(hours=1)
MINUTE = 60_000
MAY = dt.datetime(2026, 5, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def page(new_context):
    return new_context().new_page()


@pytest.fixture
def worker(page, put_sets):
    """Asks a worker of Space Tracker about these satellites."""

    def ask(rows, wanted, *messages, **options):
        put_sets(*rows)
        page.goto(TRACKER["en"])
        return ask_worker(page, wanted, *messages, **options)

    return ask


def over_the_last(days, count):
    """Made-up sets with epochs spread over so many days before now."""
    rows = synthetic_sets(count, timezone.now())
    for number, row in enumerate(rows):
        row.epoch = timezone.now() - dt.timedelta(days=days * number / count)
    return rows


def test_positions_are_those_of_sgp4(worker):
    rows = over_the_last(LOST_DAYS - 1, 100)
    answer = worker(rows, "positions", {"type": "run", "every": 1000})
    assert len(answer["values"]) == 600
    # As 32-bit numbers: a few metres in the highest orbits.
    assert max(away(place, expected_place(row, answer["at"])) for row, place in places(rows, answer)) < 0.01
    assert 0 < answer["took"] < 1000


def test_velocities_are_those_over_the_turning_ground(worker):
    rows = over_the_last(2, 20)
    answer = worker(rows, "positions", {"type": "run", "every": 1000})
    for number, row in enumerate(rows):
        before, after = (expected_place(row, answer["at"] + late) for late in (-500, 500))
        moved = [b - a for a, b in zip(before, after, strict=True)]
        # SGP4's velocity is not to the last digit how its positions change.
        assert math.dist(moved, answer["values"][6 * number + 3 : 6 * number + 6]) < 0.001


def places(rows, answer):
    for number, row in enumerate(rows):
        place = answer["values"][6 * number : 6 * number + 3]
        yield row, None if math.isnan(place[0]) else place


def test_what_is_too_old_or_has_come_down_has_no_position(worker):
    now = timezone.now()
    lost = a_satellite(40001, epoch=now - dt.timedelta(days=LOST_DAYS, minutes=1))
    fallen = a_satellite(40002, epoch=now - dt.timedelta(days=20), mean_motion=16.4, bstar=0.1)
    fine = a_satellite(40003, epoch=now - dt.timedelta(days=LOST_DAYS, minutes=-10))
    answer = worker([lost, fallen, fine], "positions", {"type": "run", "every": 1000})
    assert [place is None for _row, place in places([lost, fallen, fine], answer)] == [True, True, False]
    assert expected_place(fallen, answer["at"]) is None


def test_at_any_time_within_metres_of_sgp4(page):
    rows = synthetic_sets(100, timezone.now())
    times = [row.epoch.timestamp() * 1000 + (number - 50) * 4 * 60 * MINUTE for number, row in enumerate(rows)]
    pairs = zip(rows, times, browser_places(page, rows, times), strict=True)
    assert max(away(place, expected_place(row, at)) for row, at, place in pairs) < 0.001


def test_ages(worker):
    ages = {0: "fresh", STALE_DAYS: "fresh", STALE_DAYS + 1: "stale", LOST_DAYS: "stale", LOST_DAYS + 1: "lost"}
    now = timezone.now() + HOUR
    rows = [a_satellite(40000 + days, epoch=now - dt.timedelta(days=days)) for days in ages]
    answer = worker(rows, "loaded")
    assert answer["age"] == list(ages.values())
    assert answer["number"] == [row.number for row in rows]
    assert answer["epoch"] == pytest.approx([row.epoch.timestamp() * 1000 for row in rows], abs=0.01)


def test_a_set_of_the_demo_is_at_its_own_epoch(worker):
    row = a_satellite(28057, epoch=dt.datetime(2006, 6, 26, 17, 38, 23, tzinfo=dt.UTC), is_demo=True, group="")
    answer = worker([row], "loaded")
    assert answer["age"] == ["demo"]
    answer = worker([row], "picked", {"type": "pick", "index": 0})
    assert dt.timedelta(0) <= moment(answer["at"]) - row.epoch < dt.timedelta(seconds=30)
    answer = worker([row], "passes", {"type": "passes", "id": 1, "index": 0, "latitude": 45, "longitude": 15})
    assert moment(answer["from"]) == row.epoch


def test_the_picked_one_is_described(worker):
    rows = [a_satellite(25544, epoch=timezone.now() - HOUR), a_satellite(40001, **GEOSTATIONARY)]
    answer = worker(rows, "picked", {"type": "pick", "index": 0})
    expected = position(satrec(rows[0]), moment(answer["at"]))
    assert answer["index"] == 0
    assert answer["latitude"] == pytest.approx(expected.latitude, abs=0.001)
    assert answer["longitude"] == pytest.approx(expected.longitude, abs=0.001)
    assert answer["altitude"] == pytest.approx(expected.altitude, abs=0.01)
    assert answer["speed"] == pytest.approx(expected.speed, abs=0.001)
    # 420 km up, one sees 20° around.
    assert answer["footprint"] == pytest.approx(math.degrees(math.acos(6378.137 / (6378.137 + answer["altitude"]))))
    assert isinstance(answer["sunlit"], bool)


def test_the_ground_track_begins_half_a_turn_back_and_ends_one_ahead(worker):
    row = a_satellite(25544, epoch=timezone.now() - HOUR)
    answer = worker([row], "picked", {"type": "pick", "index": 0})
    turn = 86_400_000 / row.mean_motion
    for point, turns in ((answer["track"][0], -0.5), (answer["track"][-1], 1)):
        expected = position(satrec(row), moment(answer["at"] + turns * turn))
        assert point == pytest.approx([expected.longitude, expected.latitude], abs=0.1)


def test_one_without_a_position_is_told_without_a_place(worker):
    row = a_satellite(25544, epoch=timezone.now() - dt.timedelta(days=LOST_DAYS + 1))
    answer = worker([row], "picked", {"type": "pick", "index": 0})
    assert "latitude" not in answer
    assert "track" not in answer


@pytest.mark.parametrize("body", ["{", "[]", '{"number": [1], "epoch_base": "2026-01-01T00:00:00Z"}', "null"])
def test_a_broken_file_is_told_as_broken(body, page, worker):
    page.route("**/satellites.json", lambda route: route.fulfill(body=body, content_type="application/json"))
    assert worker([a_satellite()], "failed")["reason"] == "broken"


def test_a_missing_file_is_told_as_unreachable(worker, guard):
    guard.expect_status(404)
    assert worker([a_satellite()], "failed", address="/not/there.json")["reason"] == "network"


def test_the_sun_is_where_skyfield_has_it(page):
    first, last = (dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp() * 1000 for year in (1957, 2050))
    times = [first + (last - first) * number / 97 for number in range(97)]
    for at, (longitude, latitude) in zip(times, browser_suns(page, times), strict=True):
        expected_longitude, expected_latitude = sun_place(at)
        east = (longitude - expected_longitude + 180) % 360 - 180
        assert math.hypot(east, latitude - expected_latitude) < 0.05


@pytest.mark.parametrize("fields", [{}, twilight_orbit(MAY), MOLNIYA], ids=["station", "60°", "Molniya"])
def test_passes_are_those_of_skyfield(fields, page):
    row = a_satellite(40001, **{"epoch": MAY, **fields})
    [passes] = browser_passes(page, [row], ZAGREB, row.epoch)
    assert len(passes) >= 5
    differences = pass_differences(row, ZAGREB, passes)
    assert max(seconds for seconds, _degrees in differences) < 5
    assert max(degrees for _seconds, degrees in differences) < 0.2
    assert visibility_faults(row, ZAGREB, passes) == []


def test_a_hidden_page_stops_the_thread(page, put_sets):
    put_sets(a_satellite())
    page.add_init_script(
        """window.sent = [];
        const send = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (message) { sent.push(message.type); send.call(this, message); };
        window.isHidden = false;
        Object.defineProperty(document, "hidden", {get: () => isHidden});"""
    )
    page.goto(TRACKER["en"])
    expect(page.locator("main")).to_have_attribute("data-space", "ready")
    for is_hidden, last in ((True, "stop"), (False, "run")):
        page.evaluate(
            "(value) => { isHidden = value; document.dispatchEvent(new Event('visibilitychange')); }", is_hidden
        )
        assert page.evaluate("sent.at(-1)") == last
