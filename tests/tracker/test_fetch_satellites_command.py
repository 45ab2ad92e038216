"""The command for an operator: a line for each group, and what is refused before anything is asked."""

import io

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from . import space_server as source
from .fetched_sets import GROUPS, HOURS, NOW
from .space_server import omm, say

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _groups(settings, space):
    settings.SATELLITE_GROUPS = GROUPS


class TestCommand:
    def run(self, *groups):
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("fetch_satellites", *groups, stdout=out, stderr=err)
        except CommandError as error:
            return out.getvalue(), err.getvalue(), str(error)
        return out.getvalue(), err.getvalue(), ""

    def test_all_groups(self, space, time_machine):
        time_machine.move_to(NOW, tick=False)
        space.will(say([omm()]))
        space.will(say([omm(5), omm(6, BSTAR="x"), "rubbish"]), path="GROUP=visual&")
        out, err, error = self.run()
        assert out == (
            "stations: sets kept: 1, records skipped: 0\n"
            "visual: sets kept: 1, records skipped: 2\n"
            "weather: sets kept: 1, records skipped: 0\n"
        )
        assert err == (
            "  skipped 6 TEST 6: The drag term is not a number from -100 to 100.\n"
            "  skipped rubbish: It is not a record with names and values.\n"
        )
        assert error == ""

    def test_a_few_skipped_are_named_and_the_others_counted(self, space):
        space.will(say([omm(), *[omm(number, BSTAR="x") for number in range(1, 25)]]))
        _out, err, _error = self.run("stations")
        assert err.count("skipped") == 10
        assert "and 14 more" in err

    def test_again_too_early_and_nothing_new(self, space, time_machine):
        time_machine.move_to(NOW, tick=False)
        space.will(source.unless_known([omm()], ETag='"1"'))
        self.run("stations")
        time_machine.move_to(NOW + 1.99 * HOURS, tick=False)
        assert self.run("stations") == (
            "stations: left alone until 2026-11-26 05:00 UTC (it was fetched already)\n",
            "",
            "",
        )
        time_machine.move_to(NOW + 2 * HOURS, tick=False)
        out, _err, error = self.run("stations")
        assert out == "stations: nothing new (sets of the last answer: 1)\n"
        assert error == ""

    def test_one_fails_and_the_others_are_done(self, space, time_machine):
        time_machine.move_to(NOW, tick=False)
        space.will(say([omm()]))
        space.will(say("Not here", 404, "text/plain"), path="GROUP=visual&")
        out, _err, error = self.run()
        assert (
            "visual: failed. The source answered with an error. (HTTP 404 Not here) Next try from 2026-11-26 03:10"
            in out
        )
        assert "weather: sets kept: 1" in out
        assert error == "1 of 3 groups failed: visual. What was there stays."
        out, _err, error = self.run("visual")
        assert out == (
            "visual: left alone until 2026-11-26 03:10 UTC (the last fetch failed: The source answered with an error)\n"
        )
        assert error == ""

    def test_a_group_that_is_not_set(self, space):
        _out, _err, error = self.run("stations", "starlink")
        assert error == "Not in SATELLITE_GROUPS: starlink. There are: stations, visual, weather."
        assert not space.requests

    @pytest.mark.parametrize("group", ["", "Stations", "a&FORMAT=csv", "../x", "x" * 41, "-x", "stations\n"])
    def test_a_setting_that_cannot_be_a_group(self, space, settings, group):
        settings.SATELLITE_GROUPS = ["stations", group]
        _out, _err, error = self.run()
        assert error.startswith("SATELLITE_GROUPS has what cannot be a group of CelesTrak: ")
        assert not space.requests
        assert [found.id for found in run_checks() if found.id.startswith("tracker.")] == ["tracker.E001"]


@pytest.mark.parametrize("address", ["", "ftp://example.org/", "celestrak.org/gp.php", "https:///x", "http://a:99999/"])
def test_an_address_that_cannot_be_asked(settings, address):
    settings.LAUNCHES_URL = address
    assert [found.id for found in run_checks() if found.id.startswith("tracker.")] == ["tracker.E002"]
