"""From the source into the table: what is kept, what replaces what, and what no failure takes away."""

import datetime as dt
import gzip
import json
import random
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.together import at_once
from tracker import fetching, satellite_store
from tracker.models import Feed, Satellite, SatelliteFile
from tracker.satellite_store import Outcome, fetch_group

from . import space_server as source
from .fetched_sets import GROUPS, HOURS, NOW, fetched
from .sets import make_satellite
from .space_server import omm, say

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _groups(settings, space):
    settings.SATELLITE_GROUPS = GROUPS


def everything():
    return list(Satellite.objects.order_by("number").values()), list(SatelliteFile.objects.values())


def in_file():
    return json.loads(gzip.decompress(SatelliteFile.objects.get().gzip))


class TestGood:
    def test_what_is_stored(self, space):
        result = fetched(space, [omm(), omm(5)])
        assert (result.outcome, result.kept, result.problems) == (Outcome.STORED, 2, [])
        [(path, _headers)] = space.requests
        assert path == "/gp.php?GROUP=stations&FORMAT=json"
        first, second = Satellite.objects.order_by("number")
        assert (first.number, first.name) == (5, "TEST 5")
        assert (second.number, second.group, second.fetched_at, second.is_demo) == (25544, "stations", NOW, False)
        assert second.epoch == dt.datetime(2026, 11, 25, 18, 21, 7, 123456, tzinfo=dt.UTC)
        assert (second.mean_motion, second.bstar, second.mean_motion_dot) == (15.49512345, 0.00028098, 0.00015)
        feed = Feed.objects.get()
        assert (feed.key, feed.fetched_at, feed.next_at) == ("satellites:stations", NOW, NOW + 2 * HOURS)
        assert (feed.kept, feed.skipped, feed.problems, feed.error) == (2, 0, [], "")
        assert in_file()["number"] == [5, 25544]
        assert in_file()["fetched_at"] == NOW.isoformat()

    def test_csv_and_gzip(self, space):
        assert fetched(space, say(source.as_csv([omm()]), content_type="text/csv")).kept == 1
        assert fetched(space, source.say_packed([omm(6)]), "visual").kept == 1
        assert Satellite.objects.count() == 2

    def test_a_bad_record_is_reported_and_the_others_stay(self, space):
        result = fetched(space, [omm(), omm(5, ECCENTRICITY=7), omm(6)])
        problem = {"record": "5 TEST 5", "reason": "The eccentricity is not a number from 0 to below 1."}
        assert (result.outcome, result.kept, result.problems) == (Outcome.STORED, 2, [problem])
        feed = Feed.objects.get()
        assert (feed.kept, feed.skipped, feed.problems) == (2, 1, [problem])
        assert sorted(Satellite.objects.values_list("number", flat=True)) == [6, 25544]

    def test_a_bad_record_does_not_touch_what_is_known_of_its_satellite(self, space):
        fetched(space, [omm(), omm(5)])
        before = Satellite.objects.filter(number=5).values().get()
        fetched(space, [omm(), omm(5, INCLINATION=-1)], now=NOW + 2 * HOURS)
        assert Satellite.objects.filter(number=5).values().get() == before

    def test_not_changed(self, space):
        answer = source.unless_known([omm()], ETag='"1"')
        fetched(space, answer)
        before = everything()
        result = fetched(space, answer, now=NOW + 2 * HOURS)
        assert (result.outcome, result.feed.kept) == (Outcome.UNCHANGED, 1)
        assert space.requests[1][1]["If-None-Match"] == '"1"'
        assert everything() == before
        assert Feed.objects.get().fetched_at == NOW + 2 * HOURS

    def test_nothing_is_not_changed_where_nothing_is(self, space):
        answer = source.unless_known([omm()], ETag='"1"')
        fetched(space, answer)
        Satellite.objects.all().delete()
        assert fetched(space, answer, now=NOW + 2 * HOURS).outcome is Outcome.STORED
        assert Satellite.objects.count() == 1

    def test_celestrak_says_not_changed_by_403(self, space):
        fetched(space, [omm()])
        text = (
            "GP data has not updated since your last successful\ndownload of GROUP=stations at 2026-11-26 03:00:07 UTC."
        )
        assert fetched(space, say(text, 403, "text/plain"), now=NOW + 2 * HOURS).outcome is Outcome.UNCHANGED
        Satellite.objects.all().delete()
        assert fetched(space, say(text, 403, "text/plain"), now=NOW + 4 * HOURS).outcome is Outcome.FAILED
        assert Feed.objects.get().error == "refused"

    def test_ten_thousand_in_a_few_seconds_and_a_bounded_number_of_queries(self, space):
        chance = random.Random(1)
        records = [
            omm(number, MEAN_ANOMALY=round(chance.uniform(0, 360), 4), INCLINATION=round(chance.uniform(0, 98), 4))
            for number in range(10_001, 20_001)
        ]
        fetched(space, records)  # once to have them all there
        begun = time.process_time()
        with CaptureQueriesContext(connection) as queries:
            assert fetched(space, records, now=NOW + 2 * HOURS).kept == 10_000
        assert time.process_time() - begun < 8
        assert len(queries) < 230
        assert Satellite.objects.count() == 10_000


class TestNewest:
    def test_a_newer_epoch_replaces(self, space):
        fetched(space, [omm(BSTAR=0.1)])
        fetched(space, [omm(EPOCH="2026-11-25T18:21:07.123457", BSTAR=0.2)], now=NOW + 2 * HOURS)
        row = Satellite.objects.get()
        assert (row.bstar, row.epoch.microsecond, row.fetched_at) == (0.2, 123457, NOW + 2 * HOURS)

    def test_an_older_one_does_not(self, space):
        fetched(space, [omm(BSTAR=0.1)])
        result = fetched(space, [omm(EPOCH="2026-11-25T18:21:07.123455", BSTAR=0.2)], now=NOW + 2 * HOURS)
        row = Satellite.objects.get()
        assert (row.bstar, row.epoch.microsecond, row.fetched_at) == (0.1, 123456, NOW + 2 * HOURS)
        assert result.outcome is Outcome.STORED

    def test_the_same_epoch_put_right_by_the_source(self, space):
        fetched(space, [omm(BSTAR=0.1)])
        fetched(space, [omm(BSTAR=0.2)], now=NOW + 2 * HOURS)
        assert Satellite.objects.get().bstar == 0.2

    def test_what_the_answer_no_longer_names_stays(self, space):
        fetched(space, [omm(), omm(5)])
        fetched(space, [omm()], now=NOW + 2 * HOURS)
        assert Satellite.objects.count() == 2
        assert in_file()["number"] == [5, 25544]

    def test_the_sets_of_the_demo_go_with_the_first_real_one(self, space):
        make_satellite(5, is_demo=True, group="", epoch=NOW - 9000 * HOURS)
        make_satellite(25544, is_demo=True, group="", epoch=NOW)
        fetched(space, say("", 500))
        assert Satellite.objects.filter(is_demo=True).count() == 2
        fetched(space, [omm()], now=NOW + 2 * HOURS)
        row = Satellite.objects.get()
        assert (row.number, row.is_demo, row.group, row.epoch.hour) == (25544, False, "stations", 18)
        assert in_file()["is_demo"] is False


class TestGroups:
    def group(self, number=25544):
        return Satellite.objects.get(number=number).group

    @pytest.mark.parametrize("order", [("stations", "weather"), ("weather", "stations")])
    def test_the_first_of_the_settings_that_lists_it(self, space, order):
        for group in order:
            fetched(space, [omm()], group)
        assert self.group() == "stations"

    def test_newer_elements_come_from_any_group(self, space):
        fetched(space, [omm(BSTAR=0.1)])
        fetched(space, [omm(EPOCH="2026-11-26T00:00:00", BSTAR=0.2)], "visual", NOW + HOURS)
        row = Satellite.objects.get()
        assert (row.group, row.bstar) == ("stations", 0.2)

    def test_what_the_first_no_longer_lists_is_the_next_one_s(self, space):
        fetched(space, [omm(), omm(5)])
        fetched(space, [omm(), omm(5)], "visual", NOW + HOURS)
        assert (self.group(), self.group(5)) == ("stations", "stations")
        fetched(space, [omm(5)], "stations", NOW + 2 * HOURS)
        assert self.group() == "stations"
        fetched(space, [omm(), omm(5)], "visual", NOW + 3 * HOURS)
        assert (self.group(), self.group(5)) == ("visual", "stations")
        fetched(space, [omm(), omm(5)], "stations", NOW + 4 * HOURS)
        assert self.group() == "stations"

    def test_a_group_that_is_no_longer_set(self, space, settings):
        fetched(space, [omm()])
        settings.SATELLITE_GROUPS = ["visual"]
        fetched(space, [omm()], "visual", NOW + HOURS)
        assert self.group() == "visual"


FAULTS = {
    "500": (say("", 500), "status"),
    "404": (say("", 404), "status"),
    "403": (say("Blocked", 403, "text/plain"), "refused"),
    "429": (say("", 429, Retry_After="36000"), "refused"),
    "cut off": (source.cut_off([omm(), omm(5)]), "unreadable"),
    "half of the JSON": (say(json.dumps([omm(BSTAR=0.2), omm(5)])[:-50]), "unreadable"),
    "a page": (say("<!doctype html><h1>Soon back</h1>", content_type="text/html"), "unreadable"),
    "no data": (say("No GP data found", content_type="text/html"), "unreadable"),
    "an object": (say({"error": "x"}), "unreadable"),
    "50 MB": (source.flood(50_000_000), "too_large"),
    "50 MB announced": (source.announce(50_000_000), "too_large"),
    "nothing": (say([]), "nothing_good"),
    "nothing good": (say([omm(BSTAR="x"), omm(5, EPOCH="")]), "nothing_good"),
    "elsewhere": (source.lead_to("https://example.org/"), "status"),
    "no answer": (source.hang_up, "unreachable"),
}


@pytest.mark.parametrize(("answer", "code"), FAULTS.values(), ids=FAULTS)
def test_a_failure_changes_no_satellite(space, answer, code):
    fetched(space, say([omm(), omm(7)], ETag='"1"'))
    before = everything()
    result = fetched(space, answer, now=NOW + 3 * HOURS)
    assert (result.outcome, result.feed.error) == (Outcome.FAILED, code)
    assert everything() == before
    feed = Feed.objects.get()
    assert (feed.error, feed.failures, feed.fetched_at, feed.etag, feed.kept) == (code, 1, NOW, '"1"', 2)
    assert feed.detail
    assert feed.tried_at == NOW + 3 * HOURS < feed.next_at


def test_the_first_bad_record_stands_for_all_in_the_detail(space):
    fetched(space, [omm(BSTAR="x"), omm(5, EPOCH="")])
    assert Feed.objects.get().detail == "25544 ISS (ZARYA): The drag term is not a number from -100 to 100."


def test_a_silent_source_and_a_dripping_one(space, monkeypatch):
    monkeypatch.setattr(fetching, "DEADLINE", 0.3)
    for group, answer in (("stations", source.be_silent), ("visual", source.drip)):
        assert fetched(space, answer, group).feed.error == "timeout"
    assert not Satellite.objects.exists()


def test_after_a_failure_the_next_answer_is_taken(space):
    fetched(space, say("", 500))
    assert fetched(space, [omm()], now=NOW + HOURS / 12).outcome is Outcome.TOO_EARLY
    assert fetched(space, [omm()], now=NOW + HOURS / 6).outcome is Outcome.STORED
    assert Feed.objects.get().failures == 0


@pytest.mark.parametrize("step", ["rebuild_file", "succeeded"])
def test_half_a_store_is_none(space, monkeypatch, step):
    fetched(space, [omm()])
    before = everything(), list(Feed.objects.values("fetched_at", "etag", "kept"))

    def fail(*_arguments):
        raise RuntimeError

    monkeypatch.setattr(satellite_store, step, fail)
    with pytest.raises(RuntimeError):
        fetched(space, [omm(BSTAR=0.2), omm(5)], now=NOW + 2 * HOURS)
    assert (everything(), list(Feed.objects.values("fetched_at", "etag", "kept"))) == before


@pytest.mark.django_db(transaction=True)
def test_machines_that_fetch_at_once_ask_once(space):
    space.will(say([omm()]))
    results = at_once(*[lambda: fetch_group("stations", NOW)] * 4)
    assert sorted(result.outcome.name for result in results) == ["STORED", *["TOO_EARLY"] * 3]
    assert len(space.requests) == 1


@pytest.mark.django_db(transaction=True)
def test_groups_that_are_stored_at_once_keep_the_newest(space):
    for round_ in range(4):
        old, new = (f"2026-11-2{round_}T0{hour}:00:00" for hour in (1, 2))
        space.will(say([omm(number, EPOCH=old) for number in range(1, 60)]), path="GROUP=stations&")
        space.will(say([omm(number, EPOCH=new) for number in range(59, 0, -1)]), path="GROUP=visual&")
        now = NOW + 3 * round_ * HOURS
        at_once(lambda at=now: fetch_group("stations", at), lambda at=now: fetch_group("visual", at))
        assert {row.epoch.hour for row in Satellite.objects.all()} == {2}
        assert {row.group for row in Satellite.objects.all()} == {"stations"}
