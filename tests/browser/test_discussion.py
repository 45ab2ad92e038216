"""Who may comment, in the browser: a closed story, the switch of the site, and a story's control beside the queue."""

import pytest
from playwright.sync_api import expect

from articles.models import ArticleStats
from comments import policy
from comments.models import Comment
from tests.browser.commenting import SCREENS, Talk, press, top_composer, write
from tests.browser.moderating import QUEUE, empty_the_queue, make_moderator
from tests.browser.places import say
from tests.browser.test_accessibility import check
from tests.browser.test_layout import look_at_all_widths
from tests.browser.writing import sign_in

SITE = "/admin/comments/discussion/"
CLOSED = "Comments on this story are closed."
SITE_CLOSED = "Comments are closed on the whole site at the moment."


@pytest.fixture
def mia(site):
    user = make_moderator()
    yield user
    policy.set_site("premoderated", user)
    user.is_active = False
    user.email = f"gone-{user.pk}@example.com"
    user.save()


@pytest.fixture
def desk(new_context, mia):
    """Mia's own browser."""
    page = new_context().new_page()
    sign_in(page, mia)
    return page


def expect_closed(page, path, sentence):
    page.goto(path)
    expect(page.locator(".comments-closed")).to_contain_text(sentence)
    expect(page.locator("[data-composer]")).to_have_count(0)
    expect(page.locator("[data-reply]")).to_have_count(0)


def expect_open(page, path):
    page.goto(path)
    expect(top_composer(page)).to_be_visible()
    expect(page.locator(".comments-closed")).to_have_count(0)


@pytest.mark.parametrize(("language", "width"), SCREENS)
def test_a_closed_story_has_no_composer_and_says_why(page, mia, language, width):
    page.set_viewport_size({"width": width, "height": 900})
    talk, other, faults = Talk(language), Talk(language), []
    root = talk.add(body="What was written stays.")
    for path in (talk.story, talk.path):
        expect_open(page, path)
    policy.set_story(talk.article, "closed", None, mia)
    sentence = say(language, CLOSED)[0]
    for path in (talk.story, talk.path, f"{talk.path}?thread={root.pk}", f"{talk.path}{root.pk}/reply/"):
        expect_closed(page, path, sentence)
    page.goto(talk.story)
    expect(page.locator(".comments")).to_contain_text("What was written stays.")
    check(page, "a closed story", faults)
    faults += look_at_all_widths(page, "a closed story")
    assert not faults
    expect_open(page, other.story)


def test_without_javascript_it_is_closed_as_well(new_context, mia):
    page, talk = new_context(java_script_enabled=False).new_page(), Talk()
    talk.add()
    policy.set_story(talk.article, "closed", None, mia)
    expect_closed(page, talk.story, CLOSED)


def test_a_story_that_closes_after_days_says_when(page, mia):
    talk = Talk()
    policy.set_story(talk.article, "", 3000, mia)
    page.goto(talk.story)
    expect(page.locator(".comments-until")).to_contain_text("Comments close on ")
    expect(top_composer(page)).to_be_visible()


def test_the_switch_at_the_desk_closes_all_and_opens_it_again(page, desk):
    first, second = Talk("en"), Talk("hr")
    desk.goto(SITE)
    desk.get_by_role("button", name="Close all comments").click()
    expect(desk.locator(".switch .is-on")).to_contain_text("Closed")
    expect(desk.locator(".messagelist")).to_contain_text("Nobody can write.")
    for talk in (first, second):
        expect_closed(page, talk.story, say(talk.language, SITE_CLOSED)[0])
    desk.get_by_role("button", name="Switch to: Pre-moderated").click()
    expect(desk.locator(".switch .is-on")).to_contain_text("Pre-moderated")
    for talk in (first, second):
        expect_open(page, talk.story)


def test_who_was_writing_when_it_closed_is_told_and_keeps_the_text(page, desk, guard):
    guard.expect_status(403)
    talk = Talk()
    page.goto(talk.story)
    composer = top_composer(page)
    write(composer, "A thought of mine.")
    desk.goto(SITE)
    desk.get_by_role("button", name="Close all comments").click()
    expect(desk.locator(".switch .is-on")).to_contain_text("Closed")
    press(composer, "post")
    expect(composer.locator("[data-error=__all__]")).to_contain_text(SITE_CLOSED)
    expect(composer.locator("[name=body]")).to_have_value("A thought of mine.")
    assert not Comment.objects.filter(article=talk.article).exists()


@pytest.mark.parametrize("width", [390, 1440])
def test_a_story_is_closed_beside_its_comment_in_the_queue(desk, page, width):
    desk.set_viewport_size({"width": width, "height": 900})
    empty_the_queue()
    talk = Talk()
    waiting = talk.add(status="pending")
    desk.goto(f"{QUEUE}?c={waiting.pk}")
    control = desk.locator("[data-discussion]")
    control.get_by_role("button", name="Closed").click()
    expect(control.get_by_role("button", name="Closed")).to_have_attribute("aria-pressed", "true")
    expect(desk.locator(f'[data-card="{waiting.pk}"]')).to_be_visible()
    expect_closed(page, talk.story, CLOSED)
    control.get_by_role("button", name="As the whole site").click()
    expect(control.get_by_role("button", name="As the whole site")).to_have_count(0)
    control.get_by_label("Days until it closes").fill("3000")
    control.get_by_role("button", name="Set").click()
    expect(control).to_contain_text("Comments close on ")
    stats = ArticleStats.objects.get(article=talk.article)
    assert (stats.discussion, stats.discussion_days) == ("", 3000)


def test_axe_has_nothing_against_the_pages_and_none_is_too_wide(desk, mia):
    talk, faults = Talk(), []
    policy.set_story(talk.article, "open", 14, mia)
    for path in (SITE, f"{SITE}{talk.article.pk}/"):
        desk.goto(path)
        check(desk, path, faults)
        faults += look_at_all_widths(desk, path)
    assert not faults
