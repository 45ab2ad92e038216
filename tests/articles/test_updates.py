"""A change of a public story that waits, and one that goes out at a set time."""

import datetime as dt
import zoneinfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import publishing
from articles.models import Article, Note, Publication
from tests import factories

pytestmark = pytest.mark.usefixtures("edition")
HOUR, ZAGREB = dt.timedelta(hours=1), zoneinfo.ZoneInfo("Europe/Zagreb")


@pytest.fixture
def story():
    return factories.make_story()


def change(story, **changes):
    return publishing.save_story(factories.content(**changes), language="en", article=story)


def read(story):
    return Article.objects.get(pk=story.pk)


def in_an_hour():
    return timezone.now() + HOUR


def test_a_planned_update_leaves_the_public_text_until_its_time(story, client):
    change(story, title="The better title")
    at = in_an_hour()
    publishing.publish(story, at=at)
    assert publishing.publish_due_updates() == ([], [])
    assert "The better title" not in client.get(story.get_absolute_url()).content.decode()
    published, refused = publishing.publish_due_updates(at)
    assert [article.title for article in published] == ["The better title"]
    assert refused == []
    now = read(story)
    assert (now.title, now.update_at, now.update_revision, now.public_at) == (
        "The better title",
        None,
        None,
        story.public_at,
    )
    assert now.updated_at == at


def test_what_readers_saw_is_on_record_with_the_moment_of_the_change(story):
    change(story, title="The better title")
    at = in_an_hour()
    publishing.publish(story, at=at)
    publishing.publish_due_updates(at)
    rows = (
        Publication.objects.filter(article=story).order_by("shown_from").values_list("revision__number", "shown_until")
    )
    assert list(rows) == [(1, at), (2, None)]


def test_running_twice_changes_nothing_more(story):
    change(story, title="The better title")
    publishing.publish(story, at=in_an_hour())
    assert len(publishing.publish_due_updates(in_an_hour())[0]) == 1
    assert publishing.publish_due_updates(in_an_hour()) == ([], [])
    assert Publication.objects.filter(article=story).count() == 2


def test_a_later_save_does_not_change_what_was_planned(story):
    change(story, title="Planned")
    publishing.publish(story, at=in_an_hour())
    change(story, title="Typed afterwards")
    publishing.publish_due_updates(in_an_hour())
    assert read(story).title == "Planned"
    assert read(story).newest_revision().content["title"] == "Typed afterwards"


def test_publishing_now_takes_the_place_of_the_plan(story):
    change(story, title="Planned")
    publishing.publish(story, at=in_an_hour())
    change(story, title="Urgent")
    publishing.publish(story)
    assert (read(story).title, read(story).update_at) == ("Urgent", None)
    assert publishing.publish_due_updates(in_an_hour()) == ([], [])


def test_a_plan_moves_to_another_time_and_can_be_taken_back(story):
    change(story, title="Planned")
    later = in_an_hour() + HOUR
    publishing.publish(story, at=in_an_hour())
    publishing.publish(story, at=later)
    assert read(story).update_at == later
    assert publishing.publish_due_updates(later - dt.timedelta(seconds=1)) == ([], [])
    publishing.cancel_update(story)
    assert publishing.publish_due_updates(later) == ([], [])
    assert read(story).newest_revision().content["title"] == "Planned"


def test_there_must_be_a_change_to_plan(story):
    with pytest.raises(ValidationError, match="no change to send"):
        publishing.publish(story, at=in_an_hour())


@pytest.mark.parametrize(
    "leave",
    [publishing.unpublish, publishing.archive, lambda story: publishing.retract(story, "The figure was wrong.")],
)
def test_a_story_that_leaves_the_public_takes_its_plan_along(story, leave):
    change(story, title="Planned")
    publishing.publish(story, at=in_an_hour())
    leave(story)
    assert publishing.publish_due_updates(in_an_hour()) == ([], [])
    assert read(story).public_at is None


def test_an_update_that_cannot_go_out_tells_the_desk_why_and_stops_no_other(story):
    other, at = factories.make_story(title="Another story"), in_an_hour()
    for article in (story, other):
        change(article, title=f"Planned {article.pk}")
        publishing.publish(article, at=at)
    # What nobody may publish: its plan was made before the text was redacted.
    revision = story.newest_revision()
    type(revision).objects.filter(pk=revision.pk).update(
        content={}, redacted_at=timezone.now(), redaction_reason="Court order"
    )
    published, refused = publishing.publish_due_updates(in_an_hour())
    assert [article.pk for article in published] == [other.pk]
    assert [article.pk for article in refused] == [story.pk]
    assert read(story).title == "A model learns to wait"
    assert read(story).update_at is None
    note = Note.objects.get(article=story)
    assert note.written_by is None
    # By the edition's clock, as everywhere at the desk; the command itself runs by UTC.
    assert note.text.startswith(f"The update planned for {at.astimezone(ZAGREB):%Y-%m-%d %H:%M} did not go out")
    assert "redacted" in note.text


def test_a_plan_that_was_moved_since_it_was_refused_stays(story, monkeypatch):
    change(story, title="Planned")
    at = in_an_hour()
    publishing.publish(story, at=at)

    def refused(article, now):
        publishing.publish(read(article), at=at + HOUR)
        raise ValidationError("Not this time.")

    monkeypatch.setattr(publishing, "_publish_due", refused)
    assert publishing.publish_due_updates(at) == ([], [])
    assert read(story).update_at == at + HOUR
    assert not Note.objects.exists()


def test_an_update_whose_slug_was_taken_meanwhile_stops_no_other(story):
    other = factories.make_story(title="Another story")
    change(story, slug="free-until-now")
    change(other, title="Planned too")
    for article in (story, other):
        publishing.publish(article, at=in_an_hour())
    factories.make_draft(title="A third story", slug="free-until-now")
    published, refused = publishing.publish_due_updates(in_an_hour())
    assert ([article.pk for article in published], [article.pk for article in refused]) == ([other.pk], [story.pk])
    assert "has this slug" in Note.objects.get(article=story).text


@pytest.mark.parametrize("fields", [{"update_at": timezone.now()}, {"status": "draft", "public_at": None}])
def test_the_database_refuses_half_a_plan(story, fields):
    change(story, title="Planned")
    if "status" in fields:
        publishing.publish(story, at=in_an_hour())
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=story.pk).update(**fields)


def test_a_save_over_a_newer_text_is_refused_and_nothing_is_written(story):
    user = factories.make_user("mira@example.org", name="Mira Kern")
    publishing.save_story(factories.content(title="Hers"), language="en", article=story, user=user)
    with pytest.raises(publishing.NewerText, match="Mira Kern saved version 2") as refusal:
        publishing.save_story(
            factories.content(title="Mine"), language="en", article=story, based_on=1, publish_at=in_an_hour()
        )
    assert refusal.value.newest == story.newest_revision()
    assert story.revisions.count() == 2
    assert read(story).publish_at is None
    publishing.save_story(factories.content(title="Mine"), language="en", article=story, based_on=2)
    assert story.newest_revision().content["title"] == "Mine"


def test_restoring_makes_a_new_version_and_changes_nothing_for_readers(story):
    change(story, title="The better title")
    publishing.publish(story)
    first = story.revisions.get(number=1)
    publishing.restore(story, first, None, based_on=2)
    newest = story.newest_revision()
    assert (newest.number, newest.content["title"]) == (3, "A model learns to wait")
    assert newest.reason == "Restored from version 1"
    assert newest.sha256 == first.sha256
    assert read(story).title == "The better title"


def test_a_version_of_another_story_is_not_restored(story):
    stranger = factories.make_draft(title="Stranger").newest_revision()
    with pytest.raises(ValidationError, match="cannot be restored"):
        publishing.restore(story, stranger, None)
    assert story.revisions.count() == 1
