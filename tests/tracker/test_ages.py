"""What the pages say of the satellites' data as a whole."""

import pytest

from tracker.ages import satellites_state
from tracker.models import Feed

from .fetched_sets import GROUPS, HOURS, NOW, fetched
from .sets import make_satellite
from .space_server import omm, say

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _groups(settings, space):
    settings.SATELLITE_GROUPS = GROUPS


class TestState:
    def test_before_anything(self):
        assert satellites_state(NOW) == (0, None, False, False, [])

    def test_of_the_demo(self):
        make_satellite(5, is_demo=True, epoch=NOW - 200_000 * HOURS)
        assert satellites_state(NOW) == (1, None, True, False, [])

    def test_the_demo_is_never_stale(self):
        make_satellite(5, is_demo=True, epoch=NOW - 200_000 * HOURS)
        Feed.objects.create(key="satellites:stations", address="https://example.org/", fetched_at=NOW - 9000 * HOURS)
        assert not satellites_state(NOW).is_stale

    def test_the_oldest_confirmation_counts(self, space, django_assert_num_queries):
        fetched(space, [omm()])
        fetched(space, [omm(5), omm(6)], "visual", NOW + HOURS)
        with django_assert_num_queries(2):
            assert satellites_state(NOW + 2 * HOURS) == (3, NOW, False, False, [])

    def test_stale_after_seven_days_without_confirmation(self, space):
        fetched(space, [omm()])
        assert not satellites_state(NOW + 7 * 24 * HOURS).is_stale
        assert satellites_state(NOW + 7.01 * 24 * HOURS).is_stale

    def test_failures(self, space):
        fetched(space, [omm()])
        fetched(space, say("", 404), "visual")
        state = satellites_state(NOW)
        assert (state.count, state.fetched_at, [feed.key for feed in state.failures]) == (1, NOW, ["satellites:visual"])

    def test_a_group_that_is_no_longer_set_is_not_waited_for(self, space, settings):
        fetched(space, say("", 404), "visual")
        settings.SATELLITE_GROUPS = ["stations"]
        assert satellites_state(NOW).failures == []

    def test_sets_of_a_group_that_is_no_longer_set_were_fetched_too(self, space, settings):
        fetched(space, [omm()])
        settings.SATELLITE_GROUPS = ["weather"]
        assert satellites_state(NOW + 8 * 24 * HOURS) == (1, NOW, False, True, [])

    def test_sets_of_ninety_days_ago_are_not_counted(self, space):
        fetched(space, [omm(EPOCH="2026-08-28T03:00:00"), omm(5, EPOCH="2026-08-28T02:59:59")])
        assert satellites_state(NOW).count == 1
