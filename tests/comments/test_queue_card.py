"""A card: all that a moderator needs to decide on one comment, in words, and nothing that is not theirs to see."""

import pytest

from authors.models import Author
from comments import moderation
from comments.posting import edit_comment, withdraw
from comments.reports import report
from tests import factories
from tests.articles.desk import signed_in
from tests.comments.queueing import QUEUE, card, decide, found, page, reported, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def queue():
    return signed_in(factories.make_user("mia@example.org", name="Mia", group="Moderators"))


def test_the_text_the_story_and_what_it_answers(queue, story):
    parent = factories.make_comment(story, name="nightowl", body="If the licence forbids it.")
    comment = waiting(story, "**Not** at all.", name="Vedran", parent=parent, reader="r" * 64)
    reading = card(queue, comment)
    assert "nightowl wrote If the licence forbids it." in reading.text
    assert "Not at all." in reading.text
    assert "Vedran guest · first seen" in reading.text
    assert story.get_absolute_url() in reading.links
    assert reading.all("strong")
    # Nothing of it is public yet.
    assert not any("?thread=" in link for link in reading.links)


def test_a_shown_comment_leads_to_its_thread(queue, story):
    root = factories.make_comment(story)
    factories.make_comment(story, parent=root)
    reading = card(queue, root)
    assert f"{story.get_absolute_url()}comments/?thread={root.pk}#c{root.pk}" in reading.links
    assert "1 reply stands below it." in reading.text


def test_a_story_that_is_not_public_leads_to_the_desk(queue, story):
    comment = waiting(story)
    type(story).objects.filter(pk=story.pk).update(public_at=None, status="draft")
    assert f"/admin/articles/article/{story.pk}/change/" in card(queue, comment).links


def test_a_long_parent_is_cut_and_one_that_is_gone_says_so(queue, story):
    parent = factories.make_comment(story, body="w" * 700)
    reply = factories.make_comment(story, parent=parent, body="The answer.")
    text = card(queue, reply).text
    assert "w" * 600 + "…" in text
    assert "w" * 601 not in text
    withdraw(parent.pk)
    assert "Deleted by its author The answer." in card(queue, reply).text


def test_every_reason_stands_there_and_what_it_is_about_is_marked(queue, story):
    comment = waiting(story, "That is stealing, see www.example.org first.")
    word = {"text": "stealing", "entry": "stealing", "since": "2026-05-03", "by": "Mira", "note": "an accusation"}
    found(comment, "suspect_words", words=[word])
    found(comment, "links", links=["www.example.org"], number=1)
    found(comment, "newcomer", approved=1)
    found(comment, "learned", verdict="approve", likeness=81, words=[["student", 1.2]])
    found(comment, "premoderated")
    html = queue.get(f"{QUEUE}{comment.pk}/card/").content.decode()
    assert "<mark>stealing</mark>" in html
    assert "<mark>www.example.org</mark>" in html
    reading = card(queue, comment)
    for words in (
        "suspect word “stealing” is on the list since 3 May 2026. (Mira: an accusation)",
        "links 1 link, to www.example.org.",
        "newcomer A newcomer: 1 comment of theirs was approved so far.",
        "learned Looks like comments that moderators approve: 81 of 100.",
        "pre-moderated On this site every comment waits for a moderator.",
    ):
        assert words in reading.text
    assert [item.get("class", "") for item in reading.all("li") if item.get("class") == "is-ok"] == ["is-ok"]


def test_reports_with_their_notes_those_that_wait_on_top(queue, story):
    comment = reported(story, "hate")
    decide(queue, comment, "keep")
    report(comment.pk, "x" * 64, "private", "My address.")
    text = card(queue, comment).text
    assert text.index("Gives away something private") < text.index("Hatred against a group")
    assert "My address." in text
    assert text.count("handled") == 1


def test_a_note_is_shown_as_text(queue, story):
    comment = factories.make_comment(story)
    report(comment.pk, "r" * 64, "spam", "<script>alert(1)</script>")
    html = queue.get(f"{QUEUE}{comment.pk}/card/").content.decode()
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_names_carry_their_badges_and_no_address(queue, story):
    ana = factories.make_user("ana@example.org", name="Ana", group="Editors")
    petra = factories.make_user("petra@example.org", name="Petra", is_staff=False)
    nexus = Author.objects.get(slug="nexus-vale")
    comments = [
        factories.make_comment(story, name="Ana", user=ana),
        factories.make_comment(story, name="Petra", user=petra),
        factories.make_comment(story, name="x", author=nexus),
    ]
    listed = page(queue, tab="approved").text
    pages = [card(queue, comment).text for comment in comments]
    for name, text in zip(["Ana (Staff)", "Petra", "Nexus Vale (AI editor)"], pages, strict=True):
        assert name in listed
        assert name in text
    assert "Petra (Staff)" not in listed
    for address in ("ana@example.org", "petra@example.org"):
        assert address not in listed + "".join(pages)


def test_what_else_of_the_writer_waits(queue, story):
    factories.make_comment(story, body="Approved of Vedran", reader="r" * 64)
    mine = [waiting(story, f"Of Vedran {number}", name="Vedran", reader="r" * 64) for number in range(7)]
    waiting(story, "Of another", reader="s" * 64)
    reading = card(queue, mine[0])
    assert (
        "Also waiting, by the same writer Of Vedran 1 Of Vedran 2 Of Vedran 3 Of Vedran 4 Of Vedran 5" in reading.text
    )
    assert "Of Vedran 6" not in reading.text
    assert f"{QUEUE}?c={mine[1].pk}" in reading.links
    assert "Also waiting" not in card(queue, waiting(story, "Nobody knows whose")).text


def test_the_log_says_who_did_what_the_newest_first(queue, story):
    comment = waiting(story)
    moderation.log_first(comment, "rejected", "banned_words")
    decide(queue, comment, "approve", why="Meant well")
    text = card(queue, comment).text
    assert text.index("Mia: approved – Meant well") < text.index("The pipeline: rejected – banned word")
    text = card(signed_in(factories.make_user(group="Editors")), comment).text
    assert "Mia: approved" in text
    assert "Meant well" not in text


def test_a_changed_text_says_so(queue, story):
    comment = waiting(story)
    assert "changed its text" not in card(queue, comment).text
    edit_comment(comment.pk, "Another text.")
    assert "changed its text" in card(queue, comment).text


def test_how_it_stands_and_by_whom(queue, story):
    comment = factories.make_comment(story)
    decide(queue, comment, "spam")
    assert "Removed as spam Mia," in card(queue, comment).text
    decide(queue, comment, "approve")
    decide(queue, comment, "pick")
    assert "Approved Editors' pick Mia," in card(queue, comment).text


def test_a_deleted_comment_keeps_nothing_of_its_writer(queue, story):
    comment = reported(story, "spam", name="Vedran", reader="r" * 64)
    decide(queue, comment, "keep", why="Fine")
    withdraw(comment.pk)
    text = card(queue, comment).text
    assert "Deleted by its author" in text
    assert "Vedran" not in text
    assert "A good word." not in text


def test_only_the_card_is_there_and_a_small_one_for_readers_pages(queue, story):
    comment = waiting(story)
    reading = card(queue, comment)
    assert not reading.all("html")
    assert [part["data-card"] for part in reading.all("section") if "data-card" in part] == [str(comment.pk)]
    small = card(queue, comment, on="page")
    assert not [part for part in small.all("section") if "data-card" in part]
    assert small.all("form")[0]["action"] == f"{QUEUE}{comment.pk}/decide/"


def test_a_card_speaks_the_language_of_the_moderator_and_marks_that_of_the_story(edition):
    story = factories.make_story("hr", title="Šest teleskopa")
    comment = waiting(story)
    mia = signed_in(factories.make_user("mia@example.org", group="Moderators", language="hr"))
    reading = page(mia)
    assert reading.language == "hr"
    assert [part["lang"] for part in reading.all("div") if part.get("class", "").startswith("say-big")] == ["hr"]
    assert comment.pk
