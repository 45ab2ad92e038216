"""My desk, the start page: what waits for whom, what went out, two weeks, and what it costs."""

import datetime as dt
import uuid
import zoneinfo

import pytest
import time_machine

from articles.models import Article, Correction, Note, Presence, UnsavedText
from articles.publishing import archive, publish, retract, save_story
from articles.reviewing import ask_review, mark_reviewed
from tests import factories
from tests.articles.desk import editor, signed_in

pytestmark = pytest.mark.django_db
DESK = "/admin/"
# A Wednesday, two in the afternoon in Zagreb.
NOW = dt.datetime(2026, 11, 25, 13, 2, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ZAGREB = zoneinfo.ZoneInfo("Europe/Zagreb")
# Session, account, its two sets of permissions, the comments that wait; planned updates, asked, changed, to come, begun
# twice, own public ones, notes, saves of those noted, unsaved, noted stories, languages, presence; went out, updates,
# corrections; times and stories of the calendar.
QUERIES = 23


@pytest.fixture(autouse=True)
def clock(edition):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ana():
    return editor(language="en", name="Ana Babić")


@pytest.fixture
def marko():
    return factories.make_user("marko@example.org", "Marko Kos", group="Editors", language="en")


def desk(user, **query):
    return signed_in(user).get(DESK, query)


def rows(user):
    return desk(user).context["waits"]["rows"]


def lines(user):
    """[(title, status, age, verb)] of what waits."""
    return [(row.title, row.status[1], row.age.text, row.verb) for row in rows(user)]


def change(story, user, title="Changed"):
    content = {**story.newest_revision().content, "title": title}
    return save_story(content, language=story.language, article=story, user=user)


def draft(user=None, **changes):
    """A draft with a title that no other one has."""
    return factories.make_draft(user=user, **{"title": f"Story {Article.objects.count()}", **changes})


def ago(model, row, **times):
    model.objects.filter(pk=row.pk).update(**{name: NOW - length for name, length in times.items()})


# What waits for me


def test_a_text_that_one_is_asked_to_read(ana, marko):
    story = factories.make_draft(user=marko, title="Read me")
    ask_review(story, ana)
    ago(Article, story, review_asked_at=28 * HOUR)
    (row,) = rows(ana)
    assert (row.title, row.status, row.age.text, row.verb) == ("Read me", ("review", "In review"), "1 d 4 h", "Review")
    assert row.age.is_old
    assert row.url == f"/admin/articles/article/{story.pk}/change/"
    assert row.said == "by Nexus Vale, for you to read"
    page = desk(ana).content.decode()
    assert '<time class="age age--old" datetime="2026-11-24T10:02:00+01:00"' in page
    assert 'title="24 Nov 2026, 10:02 (Europe/Zagreb, CET)"' in page


def test_it_is_gone_once_it_is_read(ana, marko):
    story = factories.make_draft(user=marko)
    ask_review(story, ana)
    mark_reviewed(story, story.newest_revision(), ana)
    assert lines(ana) == []


def test_who_asked_sees_whose_turn_it_is(ana, marko):
    ask_review(factories.make_draft(user=marko, title="Read me"), ana)
    (row,) = rows(marko)
    assert (row.status[1], row.said, row.verb) == ("In review", "Ana Babić is asked to read it", "Open")


def test_a_change_that_readers_do_not_see_yet(ana, marko):
    story = factories.make_draft(user=ana, title="Mine")
    change(publish(story), marko, "Changed")
    assert lines(ana) == [("Mine", "Update waits", "0 min", "Look")]
    # Marko saved it last: it is his to publish as well.
    assert lines(marko) == [("Mine", "Update waits", "0 min", "Look")]
    publish(story)
    assert lines(ana) == lines(marko) == []


def test_a_change_of_others_does_not_wait_for_me(ana, marko):
    change(publish(factories.make_draft(user=marko)), marko)
    assert lines(ana) == []


def test_a_change_with_a_set_time(ana):
    story = publish(factories.make_draft(user=ana, title="Mine"))
    change(story, ana)
    publish(story, at=NOW + 50 * HOUR)
    (row,) = rows(ana)
    assert (row.status[1], row.age.text, row.said) == (
        "Update planned",
        "2 d 2 h left",
        "the change goes out Fri 27, 16:02",
    )


def test_what_goes_out_by_itself(ana, marko):
    publish(factories.make_draft(user=ana, title="Soon"), at=NOW + 17 * HOUR)
    saved_by_ana = factories.make_draft(user=marko, title="Of Marko")
    publish(saved_by_ana, at=NOW + 2 * HOUR)
    change(saved_by_ana, ana, "Of Marko, changed")
    publish(factories.make_draft(user=marko, title="Not mine"), at=NOW + 3 * HOUR)
    assert lines(ana) == [
        ("Of Marko, changed", "Scheduled", "2 h left", "Open"),
        ("Soon", "Scheduled", "17 h left", "Open"),
    ]


def test_drafts_are_the_persons_own(ana, marko):
    story = factories.make_draft(user=ana, title="Begun")
    ago(Article, story, edited_at=22 * HOUR)
    draft(marko)
    draft()
    assert lines(ana) == [("Begun", "Draft", "22 h", "Write on")]
    assert rows(ana)[0].said == "last saved Tue 24, 16:02"


def test_what_is_withdrawn_or_put_away_waits_for_nobody(ana):
    archive(draft(ana))
    retract(publish(factories.make_draft(user=ana, title="Wrong")), "It was invented.")
    assert lines(ana) == []


def test_a_text_that_was_never_saved(ana, marko):
    key = uuid.uuid4()
    UnsavedText.objects.create(key=key, user=ana, language="hr", title="Begun", kept_at=NOW - HOUR)
    UnsavedText.objects.create(user=ana, language="en", kept_at=NOW)
    UnsavedText.objects.create(user=marko, language="en", title="Not mine")
    assert lines(ana) == [
        ("Begun", "Not saved", "1 h", "Write on"),
        ("Without a title", "Not saved", "0 min", "Write on"),
    ]
    assert rows(ana)[0].url == f"/admin/articles/article/add/?language=hr&take={key}"


def test_an_unsaved_text_stands_for_its_draft(ana):
    story = factories.make_draft(user=ana, title="Saved title")
    text = UnsavedText.objects.create(user=ana, article=story, language="en", title="Newer title", kept_at=NOW)
    (row,) = rows(ana)
    assert (row.title, row.url) == ("Newer title", f"/admin/articles/article/{story.pk}/change/?take={text.pk}")


def test_a_note_of_somebody_else_on_a_public_story(ana, marko):
    story = publish(factories.make_draft(user=ana, title="Mine"))
    note = Note.objects.create(article=story, written_by=marko, text="The quote has no source.")
    ago(Note, note, created_at=-HOUR)
    with time_machine.travel(NOW + 3 * HOUR, tick=False):
        assert lines(ana) == [("Mine", "Public", "2 h", "Look")]
        assert rows(ana)[0].note == "Marko Kos: “The quote has no source.”"
        assert lines(marko) == []


@pytest.mark.parametrize("answer", ["save", "note"])
def test_a_note_is_over_once_one_has_saved_or_answered(ana, marko, answer):
    story = factories.make_draft(user=ana)
    Note.objects.create(article=story, written_by=marko, text="No source.", created_at=NOW + HOUR)
    with time_machine.travel(NOW + 2 * HOUR, tick=False):
        assert rows(ana)[0].note
        if answer == "save":
            change(story, ana)
        else:
            Note.objects.create(article=story, written_by=ana, text="Added.", created_at=NOW + 2 * HOUR)
        assert rows(ana)[0].note == ""


def test_what_the_system_itself_has_to_tell(ana):
    story = factories.make_draft(user=ana)
    Note.objects.create(article=story, text="The update did not go out.", created_at=NOW + HOUR)
    assert rows(ana)[0].note == "The update did not go out."


def test_what_asks_comes_first_then_what_goes_out_then_drafts(ana, marko):
    draft = factories.make_draft(user=ana, title="Draft")
    ago(Article, draft, edited_at=90 * HOUR)
    publish(factories.make_draft(user=ana, title="Tomorrow"), at=NOW + 24 * HOUR)
    for title, hours in (("Younger", 1), ("Older", 5)):
        story = factories.make_draft(user=marko, title=title)
        ask_review(story, ana)
        ago(Article, story, review_asked_at=hours * HOUR)
    assert [row.title for row in rows(ana)] == ["Older", "Younger", "Tomorrow", "Draft"]


def test_a_story_stands_once(ana):
    ask_review(factories.make_draft(user=ana), ana)
    assert [row.verb for row in rows(ana)] == ["Review"]


def test_a_row_names_the_languages_of_the_story_and_who_has_it_open(ana, marko):
    story = factories.make_draft(user=ana, translation_key="both")
    factories.make_draft("hr", title="Isto", translation_key="both")
    Presence.objects.create(article=story, user=marko, seen_at=NOW)
    (row,) = rows(ana)
    assert (row.languages, row.people) == (["en", "hr"], ["Marko Kos"])
    page = desk(ana).content.decode()
    assert "Open now: Marko Kos" in page
    assert f"db#{story.record_number}" in page


def test_of_very_many_drafts_the_latest_edited_stand_here(ana, monkeypatch):
    monkeypatch.setattr("desk.waits.MOST_ROWS", (30, 15, 2))
    for number in range(3):
        story = factories.make_draft(user=ana, title=f"Draft {number}")
        ago(Article, story, edited_at=(9 - number) * HOUR)
    response = desk(ana)
    assert [row.title for row in response.context["waits"]["rows"]] == ["Draft 1", "Draft 2"]
    assert "More of it in the list of stories" in response.content.decode()


def test_of_very_many_questions_the_oldest_stand_here(ana, marko, monkeypatch):
    monkeypatch.setattr("desk.waits.MOST_ROWS", (2, 15, 15))
    for number in range(3):
        story = draft(marko, title=f"Asked {number}")
        ask_review(story, ana)
        ago(Article, story, review_asked_at=(9 - number) * HOUR)
    waits = desk(ana).context["waits"]
    assert ([row.title for row in waits["rows"]], waits["more"]) == (["Asked 0", "Asked 1"], True)


# Went out today


def out(user):
    found = desk(user).context["out"]["rows"]
    return [(f"{row.time.astimezone(ZAGREB):%H:%M}", row.article.title, row.what) for row in found]


def test_the_day_begins_at_midnight_of_the_edition(ana):
    midnight = dt.datetime(2026, 11, 24, 23, tzinfo=dt.UTC)
    factories.make_story(title="Today", at=midnight)
    factories.make_story(title="Yesterday", at=midnight - dt.timedelta(seconds=1))
    factories.make_story(title="To come", at=NOW + HOUR)
    assert out(ana) == [("00:00", "Today", "")]


def test_updates_and_corrections_went_out_too(ana):
    story = factories.make_story(title="Old", at=NOW - 72 * HOUR)
    with time_machine.travel(NOW - 2 * HOUR, tick=False):
        change(story, ana, "New title")
        publish(story)
    Correction.objects.create(article=story, text="38, not 83.", made_at=NOW - HOUR)
    factories.make_story(title="First", at=NOW - 3 * HOUR)
    assert out(ana) == [("11:02", "First", ""), ("12:02", "New title", "update"), ("13:02", "New title", "correction")]


def test_what_is_withdrawn_has_not_gone_out(ana):
    retract(publish(factories.make_draft()), "It was invented.")
    assert out(ana) == []


def test_likes_stand_beside_it_and_of_many_the_latest(ana, monkeypatch):
    monkeypatch.setattr("desk.my_desk.MOST_OUT", 2)
    for number in range(3):
        story = factories.make_story(title=f"Story {number}", at=NOW - (9 - number) * HOUR)
        type(story.stats).objects.filter(pk=story.pk).update(like_count=number)
    response = desk(ana)
    assert [row.article.title for row in response.context["out"]["rows"]] == ["Story 1", "Story 2"]
    page = response.content.decode()
    assert "<span>1 like</span>" in page
    assert "<span>2 likes</span>" in page
    listed = signed_in(ana).get(response.context["out"]["list_url"]).content.decode()
    assert all(f"Story {number}" in listed for number in range(3))


# Readers


def test_comments_that_wait_with_the_age_of_the_oldest(ana):
    story = factories.make_story()
    for hours in (1, 3):
        factories.make_comment(story, body=f"{hours}", status="pending", created_at=NOW - hours * HOUR)
    page = desk(ana).content.decode()
    assert "<b>2</b> <span>comments wait, the oldest 3 h</span>" in page
    assert page.count('href="/admin/comments/queue/"') == 2


def test_one_comment_that_waits(ana):
    factories.make_comment(factories.make_story(), status="pending", created_at=NOW - HOUR)
    assert "<b>1</b> <span>comment waits, the oldest 1 h</span>" in desk(ana).content.decode()


# Two weeks


def days(user, **query):
    return desk(user, **query).context["weeks"]["days"]


def slots(user, **query):
    return {
        day.date.day: [(slot.article.title, slot.kind) for slot in day.slots]
        for day in days(user, **query)
        if day.slots
    }


def test_two_weeks_from_this_weeks_monday(ana):
    shown = days(ana)
    assert [day.date.day for day in shown] == [*range(23, 31), *range(1, 7)]
    assert [day.date.day for day in shown if day.is_today] == [25]
    assert [day.date.day for day in shown if day.is_off] == [28, 29, 5, 6]
    assert shown[2].name == "Wed 25"


def test_every_story_stands_at_its_hour_and_leads_to_itself(ana):
    factories.make_story(title="Out", at=NOW - 48 * HOUR)
    later = factories.make_story(title="Later", at=NOW + 24 * HOUR)
    factories.make_story("hr", title="Ranije", at=NOW + 23 * HOUR)
    changed = factories.make_story(title="Changed", at=NOW - 900 * HOUR)
    change(changed, ana, "Newer")
    publish(changed, at=NOW + 72 * HOUR)
    for far in (NOW - 72 * HOUR, NOW + 12 * 24 * HOUR):
        factories.make_story(title=f"Outside {far}", at=far)
    assert slots(ana) == {
        23: [("Out", "public")],
        26: [("Ranije", "set"), ("Later", "set")],
        28: [("Changed", "update")],
    }
    page = desk(ana).content.decode()
    assert f'<a class="slot slot--set" href="/admin/articles/article/{later.pk}/change/">' in page
    assert "14:02 EN</time>" in page


def test_the_day_is_that_of_the_edition(ana):
    factories.make_story(title="Late", at=dt.datetime(2026, 11, 25, 22, 59, tzinfo=dt.UTC))
    factories.make_story(title="Early", at=dt.datetime(2026, 11, 25, 23, 0, tzinfo=dt.UTC))
    assert slots(ana) == {25: [("Late", "set")], 26: [("Early", "set")]}


@pytest.mark.parametrize(
    ("language", "shown"), [("en", ["In English"]), ("hr", ["Hrvatski"]), ("xx", ["Hrvatski", "In English"])]
)
def test_one_language_alone(ana, language, shown):
    factories.make_story(title="In English", at=NOW + 25 * HOUR)
    factories.make_story("hr", title="Hrvatski", at=NOW + 24 * HOUR)
    assert [title for title, _kind in slots(ana, language=language)[26]] == shown


def test_a_day_shows_so_many_first_what_is_to_come(ana, monkeypatch):
    monkeypatch.setattr("desk.two_weeks.MOST_A_DAY", 3)
    for hour in range(4):
        factories.make_story(title=f"Out {hour}", at=NOW - (5 - hour) * HOUR)
    factories.make_story(title="To come", at=NOW + HOUR)
    today = days(ana)[2]
    assert [slot.article.title for slot in today.slots] == ["Out 2", "Out 3", "To come"]
    assert today.more == 2
    assert "and 2 more" in desk(ana).content.decode()
    listed = signed_in(ana).get(today.list_url).content.decode()
    assert all(title in listed for title in ("Out 0", "Out 1", "Out 2", "Out 3", "To come"))


# For whom, and when there is nothing


def test_the_heading_says_day_and_time_of_the_edition(ana):
    page = desk(ana).content.decode()
    assert "<h1>Wednesday, 25 November</h1>" in page
    assert "Zagreb, 14:02 (13:02 UTC)" in page
    assert 'href="/admin/articles/article/add/"' in page


def test_an_empty_desk_says_what_will_stand_there(ana):
    page = desk(ana).content.decode()
    for words in (
        "Nothing waits for you.",
        "Nothing has gone out yet today.",
        "No comment waits.",
        "will stand at its hour",
    ):
        assert words in page


def test_a_moderator_sees_comments_and_what_went_out_but_nothing_to_write():
    factories.make_story(title="Out today")
    mia = factories.make_user("mia@example.org", group="Moderators", language="en")
    response = desk(mia)
    page = response.content.decode()
    assert "waits" not in response.context
    assert "Out today" in page
    assert "No comment waits." in page
    assert "New story" not in page


def test_an_account_without_rights_is_told_whom_to_ask():
    factories.make_story(title="Out today")
    novi = factories.make_user("novi@example.org", language="en")
    page = desk(novi).content.decode()
    assert "Ask a chief editor" in page
    assert "Out today" not in page
    assert "No comment waits." not in page


def test_a_reader_is_led_to_the_sign_in(client):
    client.force_login(factories.make_user("petra@example.org", is_staff=False))
    assert client.get(DESK).url.startswith("/admin/login/")


# What it costs


def fill(ana, marko):
    asked = draft(marko)
    ask_review(asked, ana)
    draft(ana)
    change(publish(draft(ana)), ana)
    planned = publish(draft(ana))
    change(planned, ana)
    publish(planned, at=NOW + HOUR)
    publish(draft(ana), at=NOW + HOUR)
    noted = publish(draft(ana))
    Note.objects.create(article=noted, written_by=marko, text="Look here.", created_at=NOW + HOUR)
    UnsavedText.objects.create(user=ana, article=asked, language="en", title="Typed")
    Correction.objects.create(article=noted, text="38, not 83.")
    factories.make_comment(noted, body=str(noted.pk), status="pending")


@pytest.mark.parametrize("times", [1, 4])
def test_it_takes_the_same_queries_however_full_it_is(ana, marko, times, django_assert_num_queries):
    for _number in range(times):
        fill(ana, marko)
    client = signed_in(ana)
    with django_assert_num_queries(QUERIES):
        client.get(DESK)
