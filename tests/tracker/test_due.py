"""What `tick` fetches: when it is due, and that one feed's trouble is not another's."""

import datetime as dt
import logging

import pytest
from django.db import OperationalError

from tests.tracker import space_server as source
from tests.tracker.launch_answers import answer, record
from tracker import due
from tracker.due import fetch_due
from tracker.models import Feed, Launch, Satellite

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 26, 8, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _two_groups(space, settings):
    settings.SPACE_FETCHES = True
    settings.SATELLITE_GROUPS = ["stations", "weather"]
    space.will(source.say(answer(record())), path="launches")
    space.will(source.say([source.omm(25544)]), path="GROUP=stations")
    space.will(source.say([source.omm(33591)]), path="GROUP=weather")


def asked(space):
    """What has been asked for since the last time."""
    paths = [path.partition("?")[0] + path.partition("GROUP")[2] for path, _headers in space.requests]
    space.requests.clear()
    return paths


LAUNCHES, STATIONS, WEATHER = "/launches/upcoming/", "/gp.php=stations&FORMAT=json", "/gp.php=weather&FORMAT=json"


def test_everything_is_fetched_the_first_time(space):
    assert [feed.key for feed in fetch_due(NOW)] == ["launches", "satellites:stations", "satellites:weather"]
    assert asked(space) == [LAUNCHES, STATIONS, WEATHER]
    assert Launch.objects.count() == 1
    assert set(Satellite.objects.values_list("number", flat=True)) == {25544, 33591}


def test_launches_every_hour_and_satellites_every_six(space):
    fetch_due(NOW)
    asked(space)
    assert fetch_due(NOW + HOUR - dt.timedelta(seconds=1)) == []
    assert asked(space) == []
    fetch_due(NOW + HOUR)
    assert asked(space) == [LAUNCHES]
    fetch_due(NOW + 6 * HOUR - dt.timedelta(seconds=1))
    assert asked(space) == [LAUNCHES]
    fetch_due(NOW + 6 * HOUR)
    assert asked(space) == [STATIONS, WEATHER]


def test_after_a_failure_sooner(space):
    space.will(source.say("", 404), path="GROUP=stations")
    fetch_due(NOW)
    asked(space)
    fetch_due(NOW + HOUR)
    assert asked(space) == [LAUNCHES, STATIONS]


def test_nobody_is_asked_where_it_is_not_wanted(space, settings):
    settings.SPACE_FETCHES = False
    assert fetch_due(NOW) == []
    assert asked(space) == []
    assert not Feed.objects.exists()


def test_a_failure_is_one_line_and_the_others_go_on(space, caplog):
    space.will(source.say("", 404), path="launches")
    space.will(source.say("<html>"), path="GROUP=stations")
    fetch_due(NOW)
    assert asked(space) == [LAUNCHES, STATIONS, WEATHER]
    lines = [entry for entry in caplog.records if entry.name == "tracker.due"]
    assert [entry.levelno for entry in lines] == [logging.WARNING, logging.WARNING]
    assert "launches" in lines[0].getMessage()
    assert "404" in lines[0].getMessage()
    assert "stations" in lines[1].getMessage()
    assert list(Satellite.objects.values_list("number", flat=True)) == [33591]


def test_a_fault_of_ours_is_one_line_and_the_others_go_on(space, caplog, monkeypatch):
    monkeypatch.setattr(due, "fetch_launches", lambda now: 1 / 0)
    fetch_due(NOW)
    assert asked(space) == [STATIONS, WEATHER]
    (line,) = [entry for entry in caplog.records if entry.name == "tracker.due"]
    assert (line.levelno, "ZeroDivisionError" in line.getMessage()) == (logging.ERROR, True)


def test_without_the_database_nobody_else_is_asked(space, monkeypatch):
    def away(now):
        raise OperationalError("gone")

    monkeypatch.setattr(due, "fetch_launches", away)
    with pytest.raises(OperationalError):
        fetch_due(NOW)
    assert asked(space) == []


def test_when_it_is_to_end_nothing_more_is_asked(space):
    ends = iter([False, True])
    fetch_due(NOW, lambda: next(ends))
    assert asked(space) == [LAUNCHES]
