"""An editor goes through the list of stories by keyboard, filters it, tags several at once and takes that back."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article, Presence, Source
from articles.publishing import archive
from articles.story_list import StoryColumns
from tests import factories
from tests.browser.test_accessibility import check
from tests.browser.writing import make_editor, retire, sign_in

LIST = "/admin/articles/article/"
COUNT, PAGE = 12, 5
OPENED = re.compile(r"/article/\d+/change/")


@pytest.fixture
def editor(site):
    user = make_editor()
    yield user
    retire(user)


@pytest.fixture
def stories(site):
    """Drafts that no other test sees, the newest first."""
    source = Source.objects.earliest("pk").key
    fields = {"place": "", "sources": [{"source": source, "url": "", "title": "", "published": ""}]}
    made = [
        factories.make_draft(title=f"Listword number {number}", slug=f"listword-{number}", **fields)
        for number in range(COUNT)
    ]
    yield made[::-1]
    for story in made:
        archive(story)
        Article.objects.filter(pk=story.pk).update(slug=f"gone-{story.pk}")


@pytest.fixture
def desk(page, editor, stories, monkeypatch):
    monkeypatch.setattr(StoryColumns, "list_per_page", PAGE)
    sign_in(page, editor)
    page.goto(f"{LIST}?q=listword&is=draft")
    return page


def titles(page):
    return page.locator("#result_list tbody .title").all_inner_texts()


def numbers(page):
    return [int(title.split()[-1]) for title in titles(page)]


def at(page):
    return page.locator("#result_list tr.is-at .title")


def press(page, keys):
    for key in keys.split():
        page.keyboard.press(key)


def test_the_keys_of_the_list(desk):
    press(desk, "j j j k")
    expect(at(desk)).to_have_text("Listword number 10")
    expect(desk.locator("#result_list tr.is-at")).to_be_in_viewport()
    press(desk, "x j j X")
    expect(desk.locator("#result_list input.action-select:checked")).to_have_count(3)
    expect(desk.locator(".action-counter")).to_have_text("3 of 5 selected")
    press(desk, "Escape")
    expect(desk.locator("#result_list input.action-select:checked")).to_have_count(0)
    expect(desk.get_by_role("button", name="Add tags")).to_be_hidden()
    press(desk, "/")
    expect(desk.locator("#searchbar")).to_be_focused()
    desk.keyboard.type("jx")
    expect(desk.locator("#searchbar")).to_have_value(re.compile("jx"))
    expect(at(desk)).to_have_text("Listword number 8")
    press(desk, "Tab ?")
    expect(desk.get_by_role("dialog")).to_contain_text("Select it; Shift+X selects all from the last selected")
    press(desk, "Escape j Enter")
    desk.wait_for_url(OPENED)


def test_search_and_filters_stay_in_the_address(desk, stories):
    assert numbers(desk) == [11, 10, 9, 8, 7]
    desk.locator("summary", has_text="Status").click()
    desk.get_by_role("link", name="In review").click()
    expect(desk).to_have_url(re.compile(r"is=review.*q=listword"))
    expect(desk.get_by_text("No story fits.")).to_be_visible()
    desk.get_by_role("link", name="Clear", exact=True).click()
    expect(desk).to_have_url(re.compile(r"\?q=listword$"))
    desk.locator("#searchbar").fill(f"db#{stories[3].record_number}")
    press(desk, "Enter")
    expect(desk.locator("#result_list .title")).to_have_text(["Listword number 8"])
    desk.reload()
    expect(desk.locator("#result_list .title")).to_have_text(["Listword number 8"])


def test_older_and_newer_to_the_end_and_back(desk):
    seen = [numbers(desk)]
    for _page in range(2):
        with desk.expect_navigation():
            desk.get_by_role("link", name="Older").click()
        seen.append(numbers(desk))
    assert seen == [[11, 10, 9, 8, 7], [6, 5, 4, 3, 2], [1, 0]]
    expect(desk.get_by_role("link", name="Older")).to_have_count(0)
    expect(desk.locator(".pager")).to_contain_text("2 stories")
    with desk.expect_navigation():
        desk.get_by_role("link", name="Newer").click()
    assert numbers(desk) == [6, 5, 4, 3, 2]
    # From a story back to the very page of the list.
    desk.locator("#result_list th a").first.click()
    desk.wait_for_url(OPENED)
    desk.go_back()
    assert numbers(desk) == [6, 5, 4, 3, 2]


def test_several_are_tagged_after_a_look_and_taken_back(desk, stories):
    marko = make_editor("marko@example.com", display_name="Marko Marić")
    Presence.objects.create(article=stories[0], user=marko)
    press(desk, "j x j X")
    desk.get_by_role("button", name="Add tags").click()
    desk.get_by_label("Tags").fill("rain")
    press(desk, "Enter")
    expect(desk.locator(".bulk-list li")).to_have_count(2)
    expect(desk.locator(".bulk-list li").first).to_contain_text("Changed; only the desk sees this story.")
    expect(desk.locator(".bulk-list li").first).to_contain_text("Open now by Marko Marić.")
    assert "rain" not in stories[0].newest_revision().content["tags"]
    desk.get_by_role("button", name="Add tags: 2 stories").click()
    expect(desk.get_by_role("status")).to_have_text("2 stories done.")
    assert [story.newest_revision().content["tags"][-1] for story in stories[:3]] == ["rain", "rain", "models"]
    assert stories[0].newest_revision().reason == "Bulk: tag added: rain"
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Add tags: taken back")
    assert "rain" not in stories[0].newest_revision().content["tags"]
    retire(marko)


def test_a_long_job_goes_on_by_itself(desk, stories, monkeypatch):
    from articles import bulk

    monkeypatch.setattr(bulk, "STEP_SECONDS", -1)
    desk.get_by_label("Select all objects on this page for an action").check()
    desk.get_by_role("button", name="Add tags").click()
    desk.get_by_label("Tags").fill("rain")
    press(desk, "Enter")
    desk.get_by_role("button", name="Add tags: 5 stories").click()
    expect(desk.get_by_role("button", name="Undo")).to_be_visible()
    expect(desk.get_by_role("status")).to_have_text("5 stories done.")


def test_on_a_phone(desk):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.reload()
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = desk.locator("input.action-select").first
    box.check()
    button = desk.get_by_role("button", name="Add tags").bounding_box()
    assert button["height"] >= 44
    for link in (desk.locator("#result_list th a").first, desk.get_by_role("link", name="Older")):
        assert link.bounding_box()["height"] >= 44
    with desk.expect_navigation():
        desk.get_by_role("button", name="Add tags").click()
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(desk, width):
    desk.set_viewport_size({"width": width, "height": 900})
    desk.reload()
    faults = []
    check(desk, "list", faults)
    press(desk, "j x")
    check(desk, "selected", faults)
    with desk.expect_navigation():
        desk.get_by_role("button", name="Add tags").click()
    check(desk, "question", faults)
    desk.get_by_label("Tags").fill("rain")
    press(desk, "Enter")
    desk.get_by_role("button", name="Add tags: 1 story").wait_for()
    check(desk, "what will happen", faults)
    desk.get_by_role("button", name="Add tags: 1 story").click()
    desk.get_by_role("button", name="Undo").wait_for()
    check(desk, "result", faults)
    desk.goto(f"{LIST}?q=nothing-like-it")
    check(desk, "empty", faults)
    assert not faults, "\n".join(faults)
