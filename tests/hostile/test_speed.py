"""What is allowed is drawn within 100 ms; by the clock of `make fuzz`. Here the bounds are wide, so that a machine with
other work does not fail, and still too narrow for anything quadratic.

Times are of the processor: what other programs do does not count.
"""

import contextlib
import time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authors.names import check_name
from comments.dialect import ADDRESS, MOST_CHARACTERS, render_comment
from comments.report_views import ReportForm
from tests.hostile import worst

SECONDS = 0.5
QUIET = settings(deadline=None, max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
fragments = st.lists(st.sampled_from(worst.FRAGMENTS), min_size=1, max_size=6).map("".join)


def seconds(function, *arguments):
    """The better of two tries."""
    times = []
    for _ in range(2):
        began = time.process_time()
        with contextlib.suppress(ValidationError):
            function(*arguments)
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize("fragment", worst.FRAGMENTS)
def test_the_worst_that_is_known(fragment):
    assert seconds(render_comment, (fragment * MOST_CHARACTERS)[:MOST_CHARACTERS]) < SECONDS


@QUIET
@given(fragments)
def test_fragments_over_and_over(fragment):
    assert seconds(render_comment, (fragment * MOST_CHARACTERS)[:MOST_CHARACTERS]) < SECONDS


@QUIET
@given(st.lists(st.tuples(fragments, st.integers(1, 40)), min_size=1, max_size=40))
def test_fragments_one_after_the_other(parts):
    text = "\n".join(fragment * times for fragment, times in parts)[:MOST_CHARACTERS]
    assert seconds(render_comment, text) < SECONDS


@QUIET
@given(st.text(max_size=MOST_CHARACTERS))
def test_any_text_is_drawn_or_refused_with_a_sentence(text):
    try:
        assert isinstance(render_comment(text), str)
    except ValidationError as refusal:
        assert refusal.messages[0].endswith(".")  # noqa: PT017 either is right


@pytest.mark.parametrize("start", ["(", "www.", "http://", "a-", "a.", "x@", "http:", "(http://a.b"])
def test_an_address_is_sought_in_linear_time(start):
    """Four times the text takes four times as long, and not sixteen times."""
    short, long = (seconds(list, ADDRESS.finditer(start * times)) for times in (10_000, 40_000))
    assert long < 9 * short + 0.05


MARKS = "a" + "\u0301\u0316" * 30_000


@pytest.mark.parametrize("check", [render_comment, check_name, lambda text: ReportForm({"note": text}).is_valid()])
def test_what_is_far_too_long_is_refused_before_it_is_composed(check):
    """To put this many marks in their order takes seconds."""
    assert seconds(check, MARKS) < 0.2


def test_marks_of_the_allowed_size():
    assert seconds(render_comment, MARKS[:MOST_CHARACTERS]) < SECONDS
