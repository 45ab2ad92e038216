import datetime as dt

import pytest
from django.utils import timezone

from articles.models import Placement
from articles.publishing import publish, unpublish
from tests import factories
from tests.reading import read

pytestmark = pytest.mark.django_db
LEAD, SECTION = Placement.Slot.LEAD, Placement.Slot.SECTION


@pytest.fixture(autouse=True)
def _edition(edition):
    pass


def ago(**span):
    return timezone.now() - dt.timedelta(**span)


def place(article, slot=LEAD, **fields):
    return Placement.objects.create(article=article, slot=slot, **{"shown_from": ago(hours=1), **fields})


def story(title, hours, **changes):
    return factories.make_story(title=title, at=ago(hours=hours), **changes)


def lead(client):
    return client.get("/").context["lead"].title


def top_of(client, key):
    blocks = {block["section"].key: block["cards"] for block in client.get("/").context["blocks"]}
    return blocks[key][0].title


def test_an_empty_edition_has_a_home_page(client):
    page = read(client, "/")
    assert "No stories yet." in page.main
    assert "Nexus Vale" in page.main


def test_a_database_without_anything_has_a_home_page(client):
    from articles.models import Category
    from authors.models import Author

    Category.objects.all().delete()
    Author.objects.all().delete()
    for path in ("/", "/hr/", "/authors/", "/photos/", "/corrections/"):
        assert read(client, path).text


def test_lead_wire_sections_liked_and_editors_are_there(client):
    story("The newest", 1)
    liked = story("The liked", 2, category="space")
    client.post(liked.get_absolute_url() + "like/", headers={"Sec-Fetch-Site": "same-origin"})
    page = read(client, "/")
    for text in ("// Latest wire", "// Liked by readers", "// The AI editors", "// Space", "Where the news is"):
        assert text in page.main
    assert {"/ai/the-newest/", "/space/the-liked/", "/authors/nexus-vale/", "/ai/", "/space-tracker/"} <= set(
        page.links
    )


def test_an_empty_slot_takes_the_newest(client):
    story("Old", 3)
    story("New", 2)
    assert lead(client) == "New"


def test_what_an_editor_placed_leads(client):
    place(story("Old", 3))
    story("New", 2)
    assert lead(client) == "Old"


def test_a_placement_begins_and_ends_by_the_clock(client, time_machine):
    now = timezone.now()
    old = story("Old", 3)
    story("New", 2)
    place(old, shown_from=now + dt.timedelta(hours=1), shown_until=now + dt.timedelta(hours=2))
    assert lead(client) == "New"
    time_machine.move_to(now + dt.timedelta(minutes=61))
    assert lead(client) == "Old"
    time_machine.move_to(now + dt.timedelta(minutes=121))
    assert lead(client) == "New"


def test_of_several_placements_the_latest_start_wins(client):
    first, second = story("First", 3), story("Second", 4)
    story("New", 2)
    place(second, shown_from=ago(minutes=10))
    place(first, shown_from=ago(minutes=20))
    assert lead(client) == "Second"


def test_a_story_placed_again_wins_again(client):
    first, second = story("First", 3), story("Second", 4)
    for minutes, article in ((30, first), (20, second), (10, first)):
        place(article, shown_from=ago(minutes=minutes))
    assert lead(client) == "First"


def test_a_story_may_lead_the_page_after_it_led_its_section(client):
    old = story("Old", 3)
    story("New", 2)
    place(old, LEAD, shown_from=ago(minutes=30))
    place(old, SECTION, shown_from=ago(minutes=10))
    assert lead(client) == "Old"


def test_a_placed_story_that_is_not_public_is_passed_over(client):
    first, second = story("First", 3), story("Second", 4)
    story("New", 2)
    place(first, shown_from=ago(minutes=20))
    place(second, shown_from=ago(minutes=10))
    unpublish(second)
    assert lead(client) == "First"
    unpublish(first)
    assert lead(client) == "New"


def test_the_top_of_a_section_can_be_placed(client):
    story("The lead", 1, category="energy")
    story("Newer", 2)
    place(story("Older", 3), SECTION)
    assert top_of(client, "ai") == "Older"
    assert lead(client) == "The lead"


def test_no_story_stands_twice_in_wire_or_block(client):
    for number in range(6):
        story(f"Story {number}", number + 1)
    context = client.get("/").context
    for rows in (context["wire"], context["blocks"][0]["cards"]):
        ids = [card.id for card in rows]
        assert len(ids) == len(set(ids))
        assert context["lead"].id not in ids


def test_the_languages_do_not_mix(client):
    place(factories.make_story("hr", title="Hrvatski članak"))
    story("English story", 1)
    assert "Hrvatski članak" not in read(client, "/").main
    page = read(client, "/hr/")
    assert "Hrvatski članak" in page.main
    assert "English story" not in page.main


def test_a_scheduled_story_appears_by_the_clock(client, time_machine):
    story("Now", 1)
    publish(factories.make_draft(title="Later"), at=timezone.now() + dt.timedelta(hours=1))
    assert "Later" not in read(client, "/").main
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=61))
    assert lead(client) == "Later"


def test_a_demonstration_is_labelled(client):
    factories.make_story(is_demo=True)
    assert "Demonstration edition" in read(client, "/").main


def test_the_wire_goes_on_in_the_archive_of_the_editions_own_month(client, time_machine):
    """In Zagreb it is November already."""
    time_machine.move_to(dt.datetime(2026, 10, 31, 23, 30, tzinfo=dt.UTC))
    assert "/archive/2026/11/" in read(client, "/").links


class TestPlacesOfASection:
    """A placed story stands at exactly its position; the other places take the newest."""

    @pytest.fixture
    def rows(self):
        place(story("The lead", 1, category="energy"), shown_from=ago(days=1))
        return [story(f"Story {number}", number + 2) for number in range(8)]

    def titles(self, client, key="ai"):
        blocks = {block["section"].key: block["cards"] for block in client.get("/").context["blocks"]}
        return [card.title for card in blocks[key]]

    def test_a_placed_story_stands_at_its_position(self, client, rows):
        place(rows[6], SECTION, position=3)
        assert self.titles(client) == ["Story 0", "Story 1", "Story 6", "Story 2"]

    def test_every_place_can_be_taken(self, client, rows):
        for position, number in ((1, 7), (2, 6), (3, 5), (4, 4)):
            place(rows[number], SECTION, position=position)
        assert self.titles(client) == ["Story 7", "Story 6", "Story 5", "Story 4"]

    def test_a_placed_story_that_is_new_is_not_shown_twice(self, client, rows):
        place(rows[0], SECTION, position=4)
        assert self.titles(client) == ["Story 1", "Story 2", "Story 3", "Story 0"]

    def test_a_story_placed_twice_stands_where_it_was_placed_last(self, client, rows):
        place(rows[5], SECTION, position=1, shown_from=ago(minutes=30))
        place(rows[5], SECTION, position=3, shown_from=ago(minutes=10))
        assert self.titles(client) == ["Story 0", "Story 1", "Story 5", "Story 2"]

    def test_the_lead_leaves_its_place_in_the_section_to_the_newest(self, client, rows):
        place(rows[5], SECTION, position=2)
        place(rows[5], LEAD)
        assert lead(client) == "Story 5"
        assert self.titles(client) == ["Story 0", "Story 1", "Story 2", "Story 3"]

    def test_a_story_that_is_not_public_is_passed_over_until_it_is(self, client, rows, time_machine):
        later = timezone.now() + dt.timedelta(hours=1)
        scheduled = publish(factories.make_draft(title="Scheduled"), at=later)
        place(rows[6], SECTION, position=2, shown_from=ago(minutes=20))
        place(scheduled, SECTION, position=2, shown_from=ago(minutes=10))
        assert self.titles(client)[1] == "Story 6"
        time_machine.move_to(later + dt.timedelta(minutes=1))
        assert self.titles(client)[1] == "Scheduled"

    def test_of_two_that_begin_at_once_the_one_made_later_stands(self, client, rows):
        start = ago(minutes=10)
        place(rows[5], SECTION, position=2, shown_from=start)
        place(rows[6], SECTION, position=2, shown_from=start)
        assert self.titles(client)[1] == "Story 6"

    def test_one_that_is_over_stands_no_more(self, client, rows):
        place(rows[5], SECTION, position=2, shown_until=ago(minutes=1))
        assert self.titles(client)[1] == "Story 1"

    def test_a_short_section_closes_the_gap(self, client):
        story("The lead", 1, category="energy")
        story("New", 2)
        place(story("Old", 3), SECTION, position=4)
        assert self.titles(client) == ["New", "Old"]

    def test_a_position_counts_in_its_own_section_and_language(self, client, rows):
        place(story("Probe", 3, category="space"), SECTION, position=1)
        place(factories.make_story("hr", title="Hrvatski"), SECTION, position=1)
        assert self.titles(client)[0] == "Story 0"
        assert self.titles(client, "space") == ["Probe"]


@pytest.mark.parametrize("path", ["/", "/ai/"])
def test_the_lead_picture_says_how_it_came_to_be_and_whose_it_is(client, path):
    photo = factories.make_photo(mark="ai_edited", credit="ESA/Webb")
    factories.make_story(photos=[factories.photo_row(photo)])
    assert "📷 AI-edited / ESA/Webb" in read(client, path).main


@pytest.mark.parametrize("path", ["/", "/ai/"])
def test_a_lead_without_a_picture_has_no_credit(client, path):
    factories.make_story()
    assert "📷" not in read(client, path).main
