"""What differs between two versions, word by word and item by item, and what is made of pieces of both."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.content import EMPTY
from articles.differences import compare, merge, suggest
from articles.matching import MOST, matches, word_runs

WORDS = st.sampled_from(["night", "nine", "ten", "seconds,", "a", "the", "plan", "ž", "\n", "**", "telescopes."])
PARAGRAPH = st.lists(WORDS, max_size=8).map(" ".join)
BODY = st.lists(PARAGRAPH, max_size=7).map("\n\n".join)
NAMES = st.lists(st.sampled_from("abcdef"), max_size=5, unique=True)
SOURCE = st.fixed_dictionaries(
    {"source": st.sampled_from(["esa", "nasa"]), "url": st.sampled_from(["", "https://a.example/"]), "title": PARAGRAPH}
)
PHOTOS = st.lists(
    st.fixed_dictionaries({"photo": st.integers(1, 5), "alt": PARAGRAPH}),
    max_size=4,
    unique_by=lambda row: row["photo"],
)
CONTENT = st.fixed_dictionaries(
    {
        **{name: st.sampled_from(["", "x", "y"]) for name in EMPTY},
        "title": PARAGRAPH,
        "body": BODY,
        "key_points": st.lists(PARAGRAPH, max_size=4),
        "tags": NAMES,
        "sources": st.lists(SOURCE, max_size=4),
        "photos": PHOTOS,
        "place": st.sampled_from([None, "kourou"]),
    }
)


def content(**changes):
    return {**EMPTY, **changes}


def row(name, old, new):
    return next(row for row in compare(content(**{name: old}), content(**{name: new})) if row.name == name)


def keys(old, new):
    return [piece.key for row in compare(old, new) for piece in row.pieces if piece.key]


def told(runs):
    return [(run.kind, run.text) for run in runs]


class TestProperties:
    @given(CONTENT, CONTENT)
    @settings(deadline=None)
    def test_all_old_is_the_old_version_and_all_new_the_new_one(self, old, new):
        assert merge(old, new, dict.fromkeys(keys(old, new), "old")) == old
        assert merge(old, new, dict.fromkeys(keys(old, new), "new")) == new
        assert merge(old, new, {}) == new

    @given(CONTENT, CONTENT)
    @settings(deadline=None)
    def test_there_is_a_key_exactly_where_something_differs_and_no_key_twice(self, old, new):
        found = keys(old, new)
        assert len(found) == len(set(found))
        assert {key.partition(":")[0] for key in found} == {name for name in EMPTY if old[name] != new[name]}

    @given(BODY, BODY)
    @settings(deadline=None)
    def test_runs_give_back_both_texts(self, old, new):
        runs = word_runs(old, new)
        assert "".join(run.text for run in runs if run.kind != "inserted") == old
        assert "".join(run.text for run in runs if run.kind != "deleted") == new

    @given(st.lists(st.integers(0, 6), max_size=30), st.lists(st.integers(0, 6), max_size=30))
    def test_matches_are_as_many_as_can_be(self, old, new):
        found = matches(old, new)
        assert all(old[i] == new[j] for i, j in found)
        assert all(i < k and j < m for (i, j), (k, m) in pairwise(found))
        assert len(found) == _plain_length(old, new)

    @given(CONTENT, CONTENT)
    @settings(deadline=None)
    def test_items_of_lists_are_the_lists(self, old, new):
        for row in compare(old, new):
            if row.kind == "list":
                before, after = row.items
                assert ([item.value for item in before], [item.value for item in after]) == (
                    old[row.name],
                    new[row.name],
                )
                lost = [item.state == "removed" for item in before]
                assert len(old[row.name]) - sum(lost) == sum(item.state != "added" for item in after)


def _plain_length(old, new):
    """The length of the longest common subsequence, as the textbook has it."""
    best = [0] * (len(new) + 1)
    for item in old:
        before = best[:]
        for j, other in enumerate(new):
            best[j + 1] = before[j] + 1 if item == other else max(before[j + 1], best[j])
    return best[-1]


class TestWords:
    def test_a_changed_word_stands_between_what_is_kept(self):
        runs = word_runs("a plan for six telescopes", "a plan for seven telescopes")
        assert told(runs) == [
            ("same", "a plan for "),
            ("deleted", "six"),
            ("inserted", "seven"),
            ("same", " telescopes"),
        ]

    def test_words_that_stand_in_both_by_chance_do_not_break_up_a_rewritten_passage(self):
        old = "The company says that the plan is ready, and the whole world is waiting for what comes next."
        new = "The company says that nobody has seen the drawings, and the whole world is waiting for what comes next."
        changed = [run for run in word_runs(old, new) if run.kind != "same"]
        assert [run.kind for run in changed] == ["deleted", "inserted"]

    def test_two_texts_that_share_little_are_replaced_whole(self):
        assert told(word_runs("the cat sat on a mat", "nobody knows the launch window")) == [
            ("deleted", "the cat sat on a mat"),
            ("inserted", "nobody knows the launch window"),
        ]

    def test_an_appended_sentence_is_inserted_whole(self):
        runs = word_runs("It was a small word with a job.", "It is a small word with a job. Nobody knows.")
        assert told(runs[-2:]) == [("same", " a small word with a job."), ("inserted", " Nobody knows.")]

    def test_the_same_text_is_one_run(self):
        assert told(word_runs("Čekanje.", "Čekanje.")) == [("same", "Čekanje.")]
        assert word_runs("", "") == []


class TestBody:
    OLD = "One is here.\n\nTwo is here.\n\nThe plan takes nine seconds to make.\n\nFour.\n\nFive."
    NEW = "One is here.\n\nTwo is here.\n\nThe plan takes ten seconds to make.\n\nFour.\n\nNew and last.\n\nFive."

    def test_unchanged_passages_are_counted_and_changed_ones_have_keys(self):
        pieces = row("body", self.OLD, self.NEW).pieces
        assert [(piece.key, piece.count) for piece in pieces] == [
            ("", 2),
            ("body:1", 1),
            ("", 1),
            ("body:2", 0),
            ("", 1),
        ]
        assert ("deleted", "nine") in told(pieces[1].old_runs)
        assert ("inserted", "ten") in told(pieces[1].new_runs)
        assert told(pieces[3].new_runs) == [("inserted", "New and last.")]
        assert pieces[3].old_runs == []

    def test_a_rewritten_paragraph_is_found_beside_a_new_one(self):
        old = "The plan takes nine seconds to make and is new."
        new = "Something else stands first.\n\nThe plan takes ten seconds to make and is new."
        pieces = row("body", old, new).pieces
        assert [(piece.old, piece.new) for piece in pieces] == [
            ([], ["Something else stands first."]),
            ([old], ["The plan takes ten seconds to make and is new."]),
        ]

    def test_piece_by_piece(self):
        old, new = content(body=self.OLD), content(body=self.NEW)
        assert merge(old, new, {"body:2": "old"})["body"] == self.NEW.replace("New and last.\n\n", "")
        assert merge(old, new, {"body:1": "old"})["body"] == self.NEW.replace("ten", "nine")

    def test_both_of_two_additions(self):
        old, new = content(body="Alike.\n\nHers."), content(body="Alike.\n\nAnother.")
        assert merge(old, new, {"body:1": "both"})["body"] == "Alike.\n\nHers.\n\nAnother."


class TestLists:
    def states(self, name, old, new):
        before, after = row(name, old, new).items
        return [item.state for item in before], [item.state for item in after]

    def test_added_removed_and_moved(self):
        assert self.states("tags", ["a", "x", "b", "c"], ["c", "a", "b", "y"]) == (
            ["same", "removed", "same", "moved"],
            ["moved", "same", "same", "added"],
        )

    def test_a_reworded_key_point_is_a_changed_one(self):
        old, new = ["It waits.", "The plan takes nine seconds."], ["The plan takes ten seconds."]
        assert self.states("key_points", old, new) == (["removed", "changed"], ["changed"])

    def test_a_photo_with_another_caption_is_the_same_photo(self):
        old = [{"photo": 1, "caption": "Six."}, {"photo": 2, "caption": ""}]
        new = [{"photo": 2, "caption": ""}, {"photo": 1, "caption": "Seven."}]
        assert "changed" in self.states("photos", old, new)[1]

    def test_two_articles_of_one_outlet_are_two_sources(self):
        one, two = {"source": "esa", "url": "https://a/", "title": ""}, {"source": "esa", "url": "", "title": ""}
        assert self.states("sources", [one, two], [two]) == (["removed", "same"], ["same"])

    def test_both_of_two_lists(self):
        assert merge(content(tags=["a", "b"]), content(tags=["b", "c"]), {"tags": "both"})["tags"] == ["a", "b", "c"]

    def test_both_means_nothing_for_a_title(self):
        assert merge(content(title="a"), content(title="b"), {"title": "both"})["title"] == "b"


def test_a_redacted_version_compares_as_an_empty_one():
    assert keys({}, content(title="a", tags=["b"])) == ["title", "tags"]


class TestSuggestions:
    BASE = content(title="Base", body="One.\n\nTwo is as it was.\n\nThree.", tags=["a"])

    def suggested(self, theirs, mine):
        theirs, mine = {**self.BASE, **theirs}, {**self.BASE, **mine}
        found = suggest(compare(theirs, mine), self.BASE)
        return found, merge(theirs, mine, found)

    def test_what_each_changed_alone_is_taken_from_each(self):
        found, merged = self.suggested({"title": "Hers"}, {"tags": ["a", "b"]})
        assert found == {"title": "old", "tags": "new"}
        assert (merged["title"], merged["tags"]) == ("Hers", ["a", "b"])

    def test_what_both_changed_is_left_to_the_person(self):
        assert self.suggested({"title": "Hers"}, {"title": "Mine"})[0] == {}

    @pytest.mark.parametrize("swapped", [False, True])
    @pytest.mark.parametrize(
        "body",
        ["One.\n\nTwo is as it was.\n\nThree.\n\nFour.", "One.\n\nThree.", "One.\n\nTwo is as it never was.\n\nThree."],
    )
    def test_of_a_body_that_one_of_them_changed_the_change_is_kept(self, body, swapped):
        sides = [{}, {"body": body}] if swapped else [{"body": body}, {}]
        assert self.suggested(*sides)[1]["body"] == body

    def test_changes_of_both_in_different_paragraphs_are_brought_together(self):
        hers = {"body": "One.\n\nTwo is as it was.\n\nThree.\n\nFour, hers."}
        mine = {"body": "Zero, mine.\n\nOne.\n\nTwo is as it was.\n\nThree."}
        assert self.suggested(hers, mine)[1]["body"] == (
            "Zero, mine.\n\nOne.\n\nTwo is as it was.\n\nThree.\n\nFour, hers."
        )


class TestBounds:
    def body(self, seed, words, paragraph):
        letters = random.Random(seed)
        made = ["".join(letters.choices("abcdefghijklmno", k=letters.randrange(2, 8))) for _ in range(words)]
        rows = [" ".join(made[start : start + paragraph]) for start in range(0, words, paragraph)]
        return "\n\n".join(rows)[:60_000]

    @pytest.mark.parametrize("paragraph", [1, 100, 20_000])
    def test_two_bodies_that_share_nothing_take_no_long_time(self, paragraph):
        old, new = self.body(1, 12_000, paragraph), self.body(2, 12_000, paragraph)
        start = time.process_time()
        for piece in row("body", old, new).pieces:
            assert piece.runs
        # 0.15 s on the machine that it was made on; a quadratic way would take minutes.
        assert time.process_time() - start < 1.5

    def test_beyond_the_bound_beginning_and_end_are_still_matched(self):
        old, new = ["same", *"ab" * 5, "end"], ["same", *"ba" * 5, "end"]
        assert matches(old, new, most=10) == [(0, 0), (11, 11)]
        assert len(matches(old, new, most=MOST)) == 11
