"""The lists that are live: kept per process, changed with a line in the log, and no query but the version's."""

import pytest

from comments import word_lists
from comments.models import Decision, ListedWord, SiteDiscussion
from comments.words import fold_entry
from tests import factories

pytestmark = pytest.mark.django_db


def listed(text, language="", *, is_live=True, **fields):
    fields = {"list": "suspect", "how": "forms", **fields}
    word = ListedWord.objects.create(text=text, folded=fold_entry(text), language=language, **fields)
    if is_live:
        word_lists.put_live([word], None)
        word.refresh_from_db()
    return word


@pytest.fixture
def mia():
    return factories.make_user("mia@example.org", name="Mia", group="Moderators")


def found(text, language="en"):
    return [match.entry.text for match in word_lists.match(text, language)]


def test_only_what_is_live_counts():
    listed("idiot", is_live=False)
    assert found("idiots") == []
    listed("moron")
    assert found("idiots and morons") == ["moron"]


def test_each_language_has_its_own_and_those_of_all():
    listed("kreten", "hr")
    listed("moron", "en")
    listed("idiot", "")
    text = "kreten moron idiot"
    assert found(text, "hr") == ["kreten", "idiot"]
    assert found(text, "en") == ["moron", "idiot"]


def test_a_match_says_what_moderators_want_to_know(mia):
    word = ListedWord.objects.create(
        text="stealing", folded="stealing", list="suspect", how="word", note="An accusation.", created_by=mia
    )
    word_lists.put_live([word], mia)
    word.refresh_from_db()
    (match,) = word_lists.match("That is Stealing.", "en")
    assert match.text == "Stealing"
    assert (match.entry.pk, match.entry.list, match.entry.note, match.entry.by) == (
        word.pk,
        "suspect",
        "An accusation.",
        "Mia",
    )
    assert match.entry.since == word.live_since is not None


def test_it_is_read_once_and_again_after_a_change(mia, django_assert_num_queries):
    word = listed("idiot")
    assert found("idiot") == ["idiot"]
    with django_assert_num_queries(1):
        assert found("idiot") == ["idiot"]
    with django_assert_num_queries(1):
        assert found("idiot", "hr") == ["idiot"]
    word_lists.take_off([word], mia)
    assert found("idiot") == []
    word_lists.put_live([word], mia)
    assert found("idiot") == ["idiot"]


def test_another_process_sees_the_change_by_the_version():
    word = listed("idiot")
    assert found("idiot") == ["idiot"]
    # As another process does it: this one knows nothing of it but what the database says.
    ListedWord.objects.filter(pk=word.pk).update(is_live=False)
    assert found("idiot") == ["idiot"]
    SiteDiscussion.objects.update(words_version=77)
    assert found("idiot") == []


def test_each_change_is_one_line_of_the_log_and_one_version(mia):
    words = [listed(text, is_live=False, language="hr") for text in ("kreten", "budala")]
    word_lists.put_live(words, mia)
    line = Decision.objects.get()
    assert (line.action, line.user, line.comment) == ("words", mia, None)
    assert line.why == "+ “kreten” (hr, suspect, forms) + “budala” (hr, suspect, forms)"
    assert SiteDiscussion.objects.get().words_version == 1
    word_lists.take_off(words[:1], mia)
    assert Decision.objects.latest("pk").why == "− “kreten” (hr, suspect, forms)"
    assert SiteDiscussion.objects.get().words_version == 2


def test_what_changes_nothing_leaves_no_line(mia):
    word = listed("idiot", is_live=False)
    assert word_lists.take_off([word], mia) == []
    word_lists.put_live([word], mia)
    assert word_lists.put_live([word], mia) == []
    assert Decision.objects.count() == 1


def test_what_somebody_changed_since_it_was_read_is_not_put_live(mia):
    word, other = listed("idiot", is_live=False), listed("moron", is_live=False)
    ListedWord.objects.filter(pk=word.pk).update(text="the", folded="the")
    assert word_lists.put_live([word, other], mia) == [other]
    assert not ListedWord.objects.get(pk=word.pk).is_live


def test_a_long_list_is_cut_in_the_log_with_how_many_more(mia):
    words = [listed(f"word{number}" * 4, is_live=False) for number in range(40)]
    word_lists.put_live(words, mia)
    why = Decision.objects.get().why
    assert len(why) <= 500
    shown = why.count("“")
    assert why.endswith(f"… +{40 - shown}")
    assert ListedWord.objects.filter(is_live=True).count() == 40


def test_the_switch_of_the_site_is_left_as_it_is(mia):
    SiteDiscussion.objects.create(pk=1, mode="closed")
    listed("idiot")
    assert SiteDiscussion.objects.get().mode == "closed"
