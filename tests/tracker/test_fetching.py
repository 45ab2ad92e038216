"""What asks the sources: conditions, bounds, patience. A real server on loopback answers."""

import datetime as dt
import gzip
import time

import pytest
from django.utils import timezone

from tests.together import at_once
from tracker import fetching, requesting
from tracker.fetching import claim, failed, fetch, succeeded
from tracker.models import Feed
from tracker.requesting import FetchFailed

from . import space_server as source

NOW = dt.datetime(2026, 11, 26, 3, tzinfo=dt.UTC)
HOURS = dt.timedelta(hours=1)
NOT_UPDATED = (
    "GP data has not updated since your last successful\n"
    "download of GROUP=stations at 2026-11-26 02:13:07 UTC.\nData is updated once every 2 hours.\n"
)


def ask(space, feed=None, **options):
    return fetch(feed or Feed(key="test"), f"{space.address}/data?GROUP=stations", NOW, **options)


def failure_of(space, feed=None, **options):
    with pytest.raises(FetchFailed) as caught:
        ask(space, feed, **options)
    return caught.value


class TestFetch:
    def test_an_answer_with_what_is_asked_back_the_next_time(self, space, settings):
        settings.SITE_URL = "https://news.example.org"
        space.will(source.say([1, 2], ETag='"abc"', Last_Modified="Thu, 26 Nov 2026 01:00:00 GMT"))
        answer = ask(space)
        assert answer == (b"[1, 2]", "application/json", '"abc"', "Thu, 26 Nov 2026 01:00:00 GMT")
        [(path, headers)] = space.requests
        assert path == "/data?GROUP=stations"
        assert headers["User-Agent"] == "Newsroom (+https://news.example.org)"
        assert "If-None-Match" not in headers
        assert "If-Modified-Since" not in headers

    @pytest.mark.parametrize(
        ("marks", "feed"),
        [
            ({"ETag": '"abc"'}, {"etag": '"abc"'}),
            (
                {"Last_Modified": "Thu, 26 Nov 2026 01:00:00 GMT"},
                {"last_modified": "Thu, 26 Nov 2026 01:00:00 GMT"},
            ),
        ],
    )
    def test_not_changed(self, space, marks, feed):
        space.will(source.unless_known([1], **marks))
        assert ask(space, Feed(**feed)) is None
        assert ask(space, Feed(etag='"older"')).body == b"[1]"

    def test_not_changed_without_having_been_asked_is_an_error(self, space):
        space.will(source.say("", 304))
        assert failure_of(space).code == Feed.Error.STATUS

    @pytest.mark.parametrize("status", [200, 403])
    def test_celestrak_says_not_changed_in_words(self, space, status):
        space.will(source.say(NOT_UPDATED, status, "text/plain"))
        assert ask(space, Feed(fetched_at=NOW - HOURS / 2)) is None

    @pytest.mark.parametrize("fetched_at", [None, NOW - 3 * HOURS], ids=["nothing here", "another site's download"])
    def test_but_what_it_remembers_may_not_be_ours(self, space, fetched_at):
        space.will(source.say(NOT_UPDATED, 403, "text/plain"))
        failure = failure_of(space, Feed(fetched_at=fetched_at))
        assert failure.code == Feed.Error.REFUSED
        assert failure.detail.startswith("GP data has not updated since your last successful download of GROUP")

    def test_packed_answers_are_unpacked(self, space):
        space.will(source.say_packed([1, 2, 3]))
        assert ask(space).body == b"[1, 2, 3]"
        assert space.requests[0][1]["Accept-Encoding"] == "gzip"

    def test_marks_too_long_to_keep_are_left_out(self, space):
        space.will(source.say([1], ETag="x" * 201, Last_Modified="y" * 61))
        assert ask(space)[2:] == ("", "")

    def test_marks_that_no_database_keeps_are_left_out(self, space):
        space.will(source.say([1], ETag='"a\0b"', Last_Modified="\0"))
        assert ask(space)[2:] == ("", "")

    def test_a_redirect_on_the_same_host_is_followed(self, space):
        space.will(source.lead_to("/new?x=1"), path="/data")
        space.will(source.say([7]), path="/new")
        assert ask(space).body == b"[7]"

    @pytest.mark.parametrize("location", ["http://localhost:1/", "https://127.0.0.1/", "//example.org/x", "http://["])
    def test_a_redirect_elsewhere_is_not(self, space, location):
        space.will(source.lead_to(location))
        failure = failure_of(space)
        assert failure.code == Feed.Error.STATUS
        assert location in failure.detail
        assert len(space.requests) == 1

    def test_a_redirect_to_no_address(self, space):
        space.will(source.lead_to("/\xe9"))
        assert failure_of(space).code == Feed.Error.STATUS
        assert len(space.requests) == 1

    def test_redirects_without_end(self, space):
        space.will(source.lead_to("/data"))
        assert failure_of(space).code == Feed.Error.STATUS
        assert len(space.requests) == 4


class TestTriesAgain:
    @pytest.mark.parametrize("fault", [source.say("oh", 500), source.say("oh", 503), source.hang_up])
    def test_what_may_pass(self, space, fault):
        space.will(fault, fault, source.say([1]))
        assert ask(space).body == b"[1]"
        assert space.pauses == [1, 4]

    def test_but_not_for_ever(self, space):
        space.will(source.say("The database is away", 500, "text/plain"))
        failure = failure_of(space)
        assert (failure.code, failure.detail) == (Feed.Error.STATUS, "HTTP 500 The database is away")
        assert len(space.requests) == 4
        assert space.pauses == [1, 4, 10]

    def test_a_page_of_an_error_is_not_quoted(self, space):
        space.will(source.say("<html><h1>500</h1>", 500, "text/html"))
        assert failure_of(space).detail == "HTTP 500"

    @pytest.mark.parametrize(
        ("status", "code"), [(403, Feed.Error.REFUSED), (429, Feed.Error.REFUSED), (404, Feed.Error.STATUS)]
    )
    def test_what_was_said_clearly_is_not_asked_again(self, space, status, code):
        space.will(source.say("no", status))
        assert failure_of(space).code == code
        assert len(space.requests) == 1

    @pytest.mark.parametrize(
        ("header", "wait"),
        [
            ("120", 120),
            ("Thu, 26 Nov 2026 04:00:00 GMT", 3600),
            ("Thu, 26 Nov 2026 02:00:00 GMT", 0),
            ("soon", 0),
            (f"Thu, 26 Nov {'9' * 30} 04:00:00 GMT", 0),
        ],
    )
    def test_how_long_the_source_asks_to_wait(self, space, header, wait):
        space.will(source.say("slow down", 429, Retry_After=header))
        assert failure_of(space).wait == wait

    def test_a_short_wait_is_kept_within_the_fetch(self, space):
        space.will(source.say("", 503, Retry_After="7"), source.say([1]))
        assert ask(space).body == b"[1]"
        assert space.pauses == [7]

    def test_a_long_one_ends_it(self, space):
        space.will(source.say("", 503, Retry_After="600"))
        assert failure_of(space).wait == 600
        assert not space.pauses

    def test_nobody_there(self, space):
        with pytest.raises(FetchFailed) as caught:
            fetch(Feed(), "http://127.0.0.1:1/", NOW)
        assert caught.value.code == Feed.Error.UNREACHABLE
        assert "refused" in caught.value.detail
        assert len(space.pauses) == 3


class TestBounds:
    def test_a_source_that_is_silent(self, space, monkeypatch):
        monkeypatch.setattr(requesting, "READ_TIMEOUT", 0.05)
        space.will(source.be_silent)
        begun = time.monotonic()
        assert failure_of(space).code == Feed.Error.TIMEOUT
        assert time.monotonic() - begun < 4
        assert len(space.requests) == 4

    @pytest.mark.parametrize("trickle", [source.drip, source.drip_headers])
    def test_a_source_that_sends_a_byte_now_and_then(self, space, monkeypatch, trickle):
        monkeypatch.setattr(fetching, "DEADLINE", 0.4)
        space.will(trickle)
        begun = time.monotonic()
        failure = failure_of(space)
        assert (failure.code, failure.is_passing) == (Feed.Error.TIMEOUT, False)
        assert time.monotonic() - begun < 3
        assert len(space.requests) == 1

    def test_fifty_megabytes_that_are_announced(self, space):
        space.will(source.announce(50_000_000))
        assert failure_of(space).code == Feed.Error.TOO_LARGE

    def test_fifty_megabytes(self, space):
        flood = source.flood(50_000_000)
        space.will(flood)
        failure = failure_of(space)
        assert (failure.code, failure.detail) == (Feed.Error.TOO_LARGE, "More than 8,192 KB.")
        assert len(space.requests) == 1
        space.is_over.set()
        assert flood.sent < 30_000_000

    def test_the_limit_counts_what_is_unpacked(self, space):
        space.will(source.say(gzip.compress(b" " * 5_000_000), Content_Encoding="gzip"))
        assert failure_of(space, limit=fetching.LAUNCHES_LIMIT).code == Feed.Error.TOO_LARGE
        assert len(ask(space).body) == 5_000_000

    @pytest.mark.parametrize(
        "fault",
        [
            source.cut_off("[1, 2, 3, 4, 5, 6]"),
            source.say("no gzip", Content_Encoding="gzip"),
            source.speak_no_http,
        ],
    )
    def test_what_is_broken_is_not_taken(self, space, fault):
        space.will(fault)
        assert failure_of(space).code == Feed.Error.UNREADABLE
        assert len(space.requests) == 1

    def test_nothing_is_logged(self, space, caplog):
        space.will(source.say("", 500))
        failure_of(space)
        assert not caplog.records


@pytest.mark.django_db
class TestClaim:
    def test_first_and_then_not_before_the_interval_is_over(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(8):
            feed = claim("satellites:stations", "https://a.example/", 2 * HOURS, NOW)
        assert (feed.address, feed.tried_at, feed.next_at) == ("https://a.example/", NOW, NOW + 2 * HOURS)
        assert claim("satellites:stations", "https://a.example/", 2 * HOURS, NOW + 1.99 * HOURS) is None
        assert claim("satellites:stations", "https://a.example/", 2 * HOURS, NOW + 2 * HOURS)

    def test_another_address_forgets_what_the_old_one_said(self):
        Feed.objects.create(key="x", address="https://a.example/", etag='"1"', last_modified="then")
        assert claim("x", "https://a.example/", HOURS, NOW).etag == '"1"'
        feed = claim("x", "https://b.example/", HOURS, NOW + HOURS)
        assert (feed.address, feed.etag, feed.last_modified) == ("https://b.example/", "", "")


@pytest.mark.django_db(transaction=True)
def test_of_several_machines_one_asks():
    Feed.objects.create(key="x", address="https://a.example/", next_at=NOW)
    claims = at_once(*[lambda: claim("x", "https://a.example/", HOURS, NOW)] * 6)
    assert len([feed for feed in claims if feed]) == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_machines_one_asks_for_the_first_time():
    claims = at_once(*[lambda: claim("x", "https://a.example/", HOURS, NOW)] * 6)
    assert len([feed for feed in claims if feed]) == 1


@pytest.mark.django_db
class TestOutcome:
    @pytest.fixture
    def feed(self):
        return claim("x", "https://a.example/", 2 * HOURS, NOW)

    def test_failures_wait_twice_as_long_each_up_to_a_day(self, feed):
        minutes = []
        for _failure in range(10):
            failed(feed, FetchFailed(Feed.Error.TIMEOUT, "x"), NOW)
            minutes.append((Feed.objects.get().next_at - NOW) / dt.timedelta(minutes=1))
        assert minutes == [10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]
        assert feed.failures == 10

    def test_however_many(self, feed):
        feed.failures = 30_000
        failed(feed, FetchFailed(Feed.Error.TIMEOUT, "x"), NOW)
        assert feed.next_at == NOW + 24 * HOURS

    @pytest.mark.parametrize("code", ["refused", "too_large", "unreadable", "nothing_good"])
    def test_who_was_served_keeps_the_interval(self, feed, code):
        failed(feed, FetchFailed(code, "x"), NOW)
        assert Feed.objects.get().next_at == NOW + 2 * HOURS

    @pytest.mark.parametrize(("seconds", "hours"), [(5 * 3600, 5), (30 * 86400, 7 * 24)])
    def test_what_the_source_asks_for(self, feed, seconds, hours):
        failed(feed, FetchFailed(Feed.Error.REFUSED, "x", wait=seconds), NOW)
        assert Feed.objects.get().next_at == NOW + hours * HOURS

    def test_success_after_failures(self, feed):
        failed(feed, FetchFailed(Feed.Error.STATUS, "HTTP 500 " + "x" * 500), NOW)
        assert len(Feed.objects.get().detail) == 300
        problems = [{"record": str(number), "reason": "x"} for number in range(30)]
        succeeded(feed, fetching.Answer(b"", "", '"1"', "then"), 70, problems, NOW)
        stored = Feed.objects.get()
        assert (stored.failures, stored.error, stored.detail, stored.fetched_at) == (0, "", "", NOW)
        assert (stored.etag, stored.last_modified) == ('"1"', "then")
        assert (stored.kept, stored.skipped, len(stored.problems)) == (70, 30, 20)
        assert stored.next_at == NOW + 10 * HOURS / 60  # as the failure left it: who claims, moves it

    def test_not_changed_leaves_the_counts(self, feed):
        succeeded(feed, fetching.Answer(b"", "", '"1"', ""), 70, [{"record": "1", "reason": "x"}], NOW)
        succeeded(feed, None, 0, [], NOW + HOURS)
        stored = Feed.objects.get()
        assert (stored.kept, stored.skipped, stored.etag, stored.fetched_at) == (70, 1, '"1"', NOW + HOURS)


def test_now_is_the_clock_where_nobody_says(space):
    space.will(source.say("", 429, Retry_After=(timezone.now() + HOURS).strftime("%a, %d %b %Y %H:%M:%S GMT")))
    with pytest.raises(FetchFailed) as caught:
        fetch(Feed(), f"{space.address}/")
    assert 3500 < caught.value.wait <= 3600
