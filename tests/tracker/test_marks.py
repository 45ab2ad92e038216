from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.globe import View
from tracker.marks import Box, Spot, _label_box, add_labels, best_view, find_marks

BOX = Box(-300, -300, 300, 300)
VIEW = View(0, 0, 300, *BOX)
SPOTS = st.lists(
    st.builds(
        Spot,
        st.text("abcdefgh ,", min_size=1, max_size=30),
        st.floats(-90, 90),
        st.floats(-180, 180),
        st.integers(1, 9),
    ),
    max_size=25,
)


def test_the_far_side_is_left_over():
    near, far, edge = Spot("near", 0, 0), Spot("far", 0, 180), Spot("edge", 0, 90)
    marks, left_over = find_marks(VIEW, BOX, [near, far, edge])
    assert [mark.spots for mark in marks] == [[near]]
    assert left_over == [far, edge]


def test_near_places_share_a_mark():
    spots = [Spot("London", 51.5, -0.1, 2, "london"), Spot("Culham", 51.7, -1.2, 1, "culham"), Spot("Accra", 5.6, -0.2)]
    marks, _left_over = find_marks(VIEW, BOX, spots, apart=20)
    assert [mark.text for mark in marks] == ["London +1", "Accra"]
    assert (marks[0].key, marks[0].stories, marks[0].names) == ("london", 3, "London +1 (London; Culham)")


def test_a_limit_leaves_places_over():
    spots = [Spot(str(longitude), 0, longitude) for longitude in (0, 30, 60)]
    marks, left_over = find_marks(VIEW, BOX, spots, limit=2)
    assert len(marks) == 2
    assert left_over == [spots[2]]


def test_label_says_the_place_without_its_country():
    marks, _left_over = find_marks(VIEW, BOX, [Spot("San Francisco, California", 0, 0)])
    add_labels(marks, BOX, 12)
    assert (marks[0].label, marks[0].anchor) == ("San Francisco", "start")


def test_a_label_turns_left_at_the_right_edge():
    marks, _left_over = find_marks(VIEW, BOX, [Spot("Nairobi", 0, 70)])
    add_labels(marks, BOX, 12)
    assert marks[0].anchor == "end"


def test_the_place_with_more_stories_keeps_its_label():
    spots = [Spot("A long name on the left", 0, -2, 1), Spot("A long name on the right", 0, 2, 3)]
    marks, _left_over = find_marks(VIEW, BOX, spots)
    add_labels(marks, Box(-60, -20, 230, 20), 12)
    assert [mark.label for mark in marks] == ["", "A long name on the right"]


@given(SPOTS)
@settings(max_examples=60, deadline=None)
def test_labels_overlap_nothing(spots):
    marks, left_over = find_marks(VIEW, BOX, spots, apart=20)
    add_labels(marks, BOX, 29)
    large = [mark for mark in marks if mark.label]
    add_labels(marks, BOX, 16)
    for shown, size in ((large, 29), (marks, 16)):
        boxes = [_label_box(mark, size) for mark in shown if mark.label]
        assert all(BOX.holds(box) for box in boxes)
        assert not any(one.meets(other) for one, other in combinations(boxes, 2))
    assert sum(len(mark.spots) for mark in marks) + len(left_over) == len(spots)


def test_best_view_shows_most_stories():
    views = [VIEW, VIEW._replace(longitude=180)]
    assert best_view(views, BOX, [Spot("one", 0, 0, 1), Spot("other", 0, 180, 2)]) is views[1]
    assert best_view(views, BOX, []) is views[0]
