"""Where a photo stands, as its page says it."""

import pytest

from articles.publishing import publish, save_story, unpublish
from authors.models import Author
from desk.photo_uses import MOST, uses_of
from tests import factories
from tests.articles.desk import editor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(edition):
    return factories.make_photo()


def told(photo):
    return [(use.title, use.language, use.only_in_change) for use in uses_of(photo).stories]


def test_stories_of_every_status_are_told_the_newest_first(photo):
    rows = [factories.photo_row(photo)]
    factories.make_story(title="Public", photos=rows)
    unpublish(factories.make_story(title="Taken back", photos=rows))
    factories.make_draft("hr", title="Skica", photos=rows)
    factories.make_draft(title="Without it")
    assert told(photo) == [
        ("Skica", "Croatian", False),
        ("Taken back", "English", False),
        ("Public", "English", False),
    ]
    assert "status--public" in uses_of(photo).stories[2].status


def test_a_change_that_waits_counts_too_and_says_so(photo):
    article = publish(save_story(factories.content(title="Plain"), language="en"))
    save_story(factories.content(title="Plain", photos=[factories.photo_row(photo)]), language="en", article=article)
    assert told(photo) == [("Plain", "English", True)]
    page = signed_in(editor()).get(f"/admin/photos/photo/{photo.pk}/change/").content.decode()
    assert "in the change that waits" in page


def test_a_planned_change_counts_too(photo):
    import datetime as dt

    from django.utils import timezone

    article = publish(save_story(factories.content(title="Plain"), language="en"))
    save_story(factories.content(title="Plain", photos=[factories.photo_row(photo)]), language="en", article=article)
    publish(article, at=timezone.now() + dt.timedelta(hours=1))
    save_story(factories.content(title="Plain again"), language="en", article=article)
    assert told(photo) == [("Plain", "English", True)]


def test_a_long_list_ends_with_and_more(photo):
    for number in range(MOST + 1):
        factories.make_draft(title=f"Story {number}", photos=[factories.photo_row(photo)])
    uses = uses_of(photo)
    assert len(uses.stories) == MOST
    assert uses.has_more
    assert "and more" in signed_in(editor()).get(f"/admin/photos/photo/{photo.pk}/change/").content.decode()


def test_a_portrait_is_a_use(photo):
    Author.objects.create(name="Ana", slug="ana", kind="human", portrait=photo)
    page = signed_in(editor()).get(f"/admin/photos/photo/{photo.pk}/change/").content.decode()
    assert "Portrait of Ana" in page
    assert "No story yet." not in page
