"""Launches fetched from a server on loopback: what is kept, what is withdrawn, and that no fault loses anything."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from tests.tracker import space_server as source
from tests.tracker.launch_answers import answer, key, older, record
from tracker.launch_fetching import fetch_launches
from tracker.models import Feed, Launch

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def at(days, hour=12):
    return f"{NOW.date() + dt.timedelta(days=days)}T{hour:02}:00:00Z"


def one(number, days=1, **changes):
    return record(number, net=at(days), window_start=None, window_end=None, **changes)


def names(*answers):
    """The source names these, on one page."""
    return source.say(answer(*answers))


def coming():
    return [str(row.uuid)[-3:] for row in Launch.objects.filter(withdrawn_at=None).order_by("net", "uuid")]


def withdrawn():
    return [str(row.uuid)[-3:] for row in Launch.objects.exclude(withdrawn_at=None).order_by("net", "uuid")]


def feed():
    return Feed.objects.get(key="launches")


class TestKept:
    @pytest.mark.parametrize("shape", [record, older])
    def test_launches_are_stored_with_time_and_source(self, space, shape):
        space.will(source.say(answer(shape(1), shape(2))))
        result = fetch_launches(NOW)
        assert (result.kept, result.skipped, result.error) == (2, 0, "")
        launch = Launch.objects.get(pk=key(1))
        assert (launch.name, launch.fetched_at) == ("Test rocket | Test payload", NOW)
        assert (feed().fetched_at, feed().kept) == (NOW, 2)
        assert feed().address == f"{space.address}/launches/upcoming/?limit=50"

    def test_one_request_says_what_it_wants(self, space):
        space.will(names(one(1)))
        fetch_launches(NOW)
        assert [path for path, _headers in space.requests] == ["/launches/upcoming/?limit=50"]

    def test_an_address_with_a_question_mark_keeps_it(self, space, settings):
        settings.LAUNCHES_URL += "?mode=normal"
        space.will(names(one(1)))
        fetch_launches(NOW)
        assert [path for path, _headers in space.requests] == ["/launches/upcoming/?mode=normal&limit=50"]

    def test_a_launch_is_brought_up_to_date(self, space):
        space.will(names(one(1)), names(one(1, 3, status={"abbrev": "Hold"}, name="New name")))
        fetch_launches(NOW)
        fetch_launches(NOW + HOUR)
        launch = Launch.objects.get()
        assert (launch.name, launch.status, launch.net.day) == ("New name", "hold", 29)
        assert launch.fetched_at == NOW + HOUR

    def test_a_bad_record_is_reported_and_its_launch_stays(self, space):
        space.will(names(one(1), one(2)), names(one(1), one(2, probability=300)))
        fetch_launches(NOW)
        fetch_launches(NOW + HOUR)
        assert coming() == ["001", "002"]
        assert (feed().kept, feed().skipped) == (1, 1)
        assert feed().problems[0]["record"].startswith(key(2))
        assert "probability" in feed().problems[0]["reason"]


class TestWithdrawn:
    def test_what_is_no_longer_named_is_withdrawn_and_kept(self, space):
        space.will(names(one(1), one(2, 2), one(3, 3)), names(one(1), one(3, 3)))
        fetch_launches(NOW)
        fetch_launches(NOW + HOUR)
        assert (coming(), withdrawn()) == (["001", "003"], ["002"])
        assert Launch.objects.get(pk=key(2)).withdrawn_at == NOW + HOUR

    def test_the_next_one_too(self, space):
        space.will(names(one(1), one(2, 2)), names(one(2, 2)))
        fetch_launches(NOW)
        fetch_launches(NOW + HOUR)
        assert withdrawn() == ["001"]

    def test_named_again_it_is_back(self, space):
        space.will(names(one(1), one(2, 2)), names(one(2, 2)), names(one(1), one(2, 2)))
        for hours in range(3):
            fetch_launches(NOW + hours * HOUR)
        assert (coming(), withdrawn()) == (["001", "002"], [])

    def test_what_has_flown_is_not(self, space):
        space.will(names(one(1, 0), one(2, 2)), names(one(2, 2)))
        fetch_launches(NOW)
        fetch_launches(NOW + 5 * HOUR)
        assert withdrawn() == []

    def test_what_was_vague_and_is_named_no_more_is_withdrawn_also_when_its_time_has_begun(self, space):
        month = {"net_precision": {"abbrev": "M", "name": "Month"}}
        space.will(
            names(record(1, net="2026-11-01T00:00:00Z", window_start=None, **month), one(2, 2)), names(one(2, 2))
        )
        fetch_launches(NOW)
        fetch_launches(NOW + HOUR)
        assert withdrawn() == ["001"]

    def test_not_what_lies_beyond_the_answer(self, space):
        more = f"{space.address}/launches/upcoming/?limit=50&offset=50"
        space.will(names(one(1), one(2, 2), one(3, 3)), path="upcoming")
        fetch_launches(NOW)
        space.will(source.say(answer(one(1, 1), one(4, 2), following=more)), path="upcoming")
        space.will(source.say("", 500), path="offset=50")
        fetch_launches(NOW + HOUR)
        # The second page was not read: the third of December may well stand on it.
        assert withdrawn() == []
        assert coming() == ["001", "002", "004", "003"]

    def test_within_the_answer_it_is(self, space):
        space.will(names(one(1), one(2, 2), one(3, 3)), path="upcoming")
        fetch_launches(NOW)
        more = "https://elsewhere.example/launches/?offset=50"
        space.will(source.say(answer(one(1, 1), one(4, 4), following=more)), path="upcoming")
        fetch_launches(NOW + HOUR)
        assert withdrawn() == ["002", "003"]

    def test_nothing_where_the_answer_is_not_in_the_order_of_time(self, space):
        space.will(names(one(1), one(2, 2), one(3, 3)), path="upcoming")
        fetch_launches(NOW)
        more = "https://elsewhere.example/launches/?offset=50"
        space.will(source.say(answer(one(4, 4), one(1, 1), one(5, 5), following=more)), path="upcoming")
        fetch_launches(NOW + HOUR)
        assert withdrawn() == []

    def test_nothing_where_a_bad_record_may_be_any(self, space):
        space.will(names(one(1), one(2, 2)), names(one(1), one(2, 2) | {"id": "?"}))
        fetch_launches(NOW)
        fetch_launches(NOW + HOUR)
        assert (coming(), feed().skipped) == (["001", "002"], 1)


class TestPages:
    def test_a_second_page_is_read_and_no_third(self, space):
        def page(offset, *records):
            following = f"{space.address}/launches/upcoming/?limit=50&offset={offset + 50}"
            return source.say(answer(*records, following=following))

        space.will(page(0, one(1)), path="upcoming")
        space.will(page(50, one(2, 2)), path="offset=50")
        space.will(page(100, one(3, 3)), path="offset=100")
        assert fetch_launches(NOW).kept == 2
        assert coming() == ["001", "002"]
        assert len(space.requests) == 2

    def test_a_launch_on_both_pages_is_one(self, space):
        space.will(source.say(answer(one(1), one(2, 2), following="?offset=50")), path="upcoming")
        space.will(names(one(2, 2), one(3, 3)), path="offset=50")
        assert fetch_launches(NOW).kept == 3
        assert coming() == ["001", "002", "003"]

    def test_the_second_page_is_not_asked_with_what_the_first_said_of_itself(self, space):
        space.will(source.unless_known(answer(one(1), following="?offset=50"), ETag='"a"'), path="upcoming")
        space.will(source.say(answer(one(2, 2)), ETag='"b"'), path="offset=50")
        fetch_launches(NOW)
        assert feed().etag == '"a"'
        Feed.objects.update(etag='"old"')
        fetch_launches(NOW + HOUR)
        assert [headers["If-None-Match"] for _path, headers in space.requests] == [None, None, '"old"', None]

    @pytest.mark.parametrize(
        "following",
        [
            *("https://elsewhere.example/?offset=50", "//elsewhere.example/", "ftp://x/", "http://[x", 7),
            *("?offset=50\r\nHost: x", "?offset=5 0", "?offset=пет"),
        ],
    )
    def test_nothing_but_an_address_of_the_same_host_is_asked(self, space, following):
        space.will(source.say(answer(one(1), following=following)))
        result = fetch_launches(NOW)
        assert (result.kept, result.error) == (1, "")
        assert len(space.requests) == 1

    def test_where_the_second_page_fails_the_first_is_kept_and_the_failure_is_told(self, space):
        space.will(source.say(answer(one(1), following="?offset=50")), path="upcoming")
        space.will(source.say("slow down", 429, Retry_After="7200"), path="offset=50")
        result = fetch_launches(NOW)
        assert coming() == ["001"]
        assert (result.error, result.fetched_at, result.kept) == ("refused", NOW, 1)
        assert feed().next_at == NOW + 2 * HOUR

    def test_where_the_second_page_is_unreadable_the_first_is_kept(self, space):
        space.will(source.say(answer(one(1), following="?offset=50")), path="upcoming")
        space.will(source.say("<html>", content_type="text/html"), path="offset=50")
        assert fetch_launches(NOW).error == "unreadable"
        assert coming() == ["001"]


class TestPatience:
    def test_within_an_hour_nobody_is_asked_again(self, space):
        space.will(names(one(1)))
        fetch_launches(NOW)
        assert fetch_launches(NOW + dt.timedelta(minutes=59)) is None
        assert len(space.requests) == 1
        assert fetch_launches(NOW + HOUR)
        assert len(space.requests) == 2

    def test_not_changed_confirms_what_is_there(self, space):
        space.will(source.unless_known(answer(one(1)), ETag='"a"'))
        fetch_launches(NOW)
        result = fetch_launches(NOW + HOUR)
        assert (result.fetched_at, result.kept, coming()) == (NOW + HOUR, 1, ["001"])

    def test_a_request_to_wait_is_heeded(self, space):
        space.will(source.say("slow down", 429, Retry_After="10800"))
        assert fetch_launches(NOW).error == "refused"
        assert fetch_launches(NOW + 2 * HOUR) is None
        assert len(space.requests) == 1


FAULTS = {
    "an error": (source.say("", 500), "status"),
    "not found": (source.say("", 404), "status"),
    "refused": (source.say("", 403), "refused"),
    "cut off": (source.cut_off(answer(one(8))), "unreadable"),
    "cut JSON": (source.say(answer(one(8))[:-30]), "unreadable"),
    "another type": (source.say("<html>hello</html>", content_type="text/html"), "unreadable"),
    "throttled with 200": (source.say({"detail": "Request was throttled."}), "unreadable"),
    "no records": (source.say(answer()), "nothing_good"),
    "bad records alone": (source.say(answer(one(8, probability="?"), {})), "nothing_good"),
    "50 MB": (source.flood(50_000_000), "too_large"),
    "50 MB announced": (source.announce(50_000_000), "too_large"),
    "no HTTP": (source.speak_no_http, "unreadable"),
}


class TestFaults:
    @pytest.mark.parametrize("name", FAULTS)
    def test_nothing_is_lost_and_the_next_good_answer_mends_it(self, space, name):
        given, code = FAULTS[name]
        space.will(names(one(1), one(2, 2)))
        fetch_launches(NOW)
        before = list(Launch.objects.order_by("pk").values())
        space.will(given)
        assert fetch_launches(NOW + HOUR).error == code
        assert list(Launch.objects.order_by("pk").values()) == before
        assert (feed().fetched_at, feed().kept, feed().failures) == (NOW, 2, 1)
        assert feed().detail
        space.will(names(one(2, 2), one(3, 3)))
        assert fetch_launches(NOW + dt.timedelta(days=2)).error == ""
        assert (coming(), feed().failures) == (["001", "002", "003"], 0)

    def test_nobody_there(self, space, settings):
        settings.LAUNCHES_URL = "http://127.0.0.1:1/launches/"
        assert fetch_launches(NOW).error == "unreachable"

    def test_a_large_answer_is_not_read_to_its_end(self, space):
        flood = source.flood(50_000_000)
        space.will(flood)
        fetch_launches(NOW)
        assert flood.sent < 25_000_000

    def test_a_database_that_refuses_keeps_all_as_it_was(self, space, monkeypatch):
        space.will(names(one(1)))
        fetch_launches(NOW)
        space.will(names(one(2)))
        monkeypatch.setattr("tracker.launch_fetching.succeeded", lambda *_arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            fetch_launches(NOW + HOUR)
        assert coming() == ["001"]


class TestCommand:
    def run(self, **options):
        out, err = io.StringIO(), io.StringIO()
        call_command("fetch_launches", stdout=out, stderr=err, **options)
        return out.getvalue(), err.getvalue()

    def test_it_says_what_came(self, space):
        space.will(names(one(1), one(2, probability=300)))
        out, err = self.run()
        assert out == "launches: 1 kept, 1 skipped.\n"
        assert key(2) in err
        assert "probability" in err

    def test_too_early_it_says_when_it_may_ask_again(self, space):
        space.will(names(one(1)))
        self.run()
        out, err = self.run()
        assert "fetched again from" in out
        assert err == ""
        assert len(space.requests) == 1

    def test_a_failure_is_a_sentence_and_an_exit_code(self, space):
        space.will(source.say("", 500))
        with pytest.raises(CommandError, match=r"answered with an error.*500"):
            self.run()
