"""What the pipeline says to a writer, in the page with JavaScript: told once, and a warning to acknowledge."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment
from tests.browser.commenting import SCREENS, Talk, comment, post, press, top_composer, write
from tests.browser.test_accessibility import check
from tests.comments.judging import listed, warned


@pytest.fixture(params=SCREENS, ids=[f"{language}-{width}" for language, width in SCREENS])
def screen(request):
    return request.param


@pytest.fixture
def talk(site, screen):
    return Talk(screen[0])


@pytest.fixture
def page(new_context, screen):
    return new_context(viewport={"width": screen[1], "height": 900}).new_page()


@pytest.fixture(autouse=True)
def _nobody_is_too_fast(settings, guard):
    settings.MODERATION = {**settings.MODERATION, "fastest": 0}
    guard.expect_status(409)


def test_who_may_rewrite_is_told_once_and_sees_what_became_of_it(page, talk):
    listed("quaxwort", "banned", language=talk.language)
    page.goto(talk.story)
    form = top_composer(page)
    write(form, "A cheap quaxwort here")
    press(form, "post")
    expect(form.get_by_role("alert")).to_contain_text("quaxwort")
    expect(form.locator("[name=body]")).to_have_value("A cheap quaxwort here")
    assert not Comment.objects.filter(article=talk.article).exists()
    mine = post(page, form, "A cheap quaxwort here")
    expect(mine).to_be_focused()
    expect(mine.locator(".comment-state")).to_be_visible()
    expect(form.get_by_role("alert")).to_be_hidden()
    assert talk.newest().status == "rejected"


def test_a_warning_is_read_before_the_next_comment(page, talk):
    page.goto(talk.story)
    form = top_composer(page)
    box, warning = form.locator("[name=acknowledge]"), form.locator("[data-warning]")
    expect(warning).to_be_hidden()
    post(page, form, "The first word.")
    warned("No insults, <b>please</b>.", reader=talk.newest().reader)
    write(form, "The second word.")
    press(form, "post")
    expect(warning).to_contain_text("No insults, <b>please</b>.")
    expect(form.get_by_role("alert")).not_to_be_empty()
    expect(form.locator("[name=body]")).to_have_value("The second word.")
    expect(box).not_to_be_checked()
    faults = []
    check(page, "warning", faults)
    assert not faults
    warning.evaluate("box => box.firstElementChild.textContent = ''")
    press(form, "post")
    # The second answer is in the form, before the box is checked: each unchecks it.
    expect(warning).to_contain_text("No insults, <b>please</b>.")
    assert talk.newest().body == "The first word."
    box.check()
    post(page, form, "The second word.")
    expect(warning).to_be_hidden()
    expect(box).not_to_be_checked()
    post(page, form, "The third word.")


def test_a_reply_asks_for_it_in_its_own_form(page, talk):
    answered = talk.add()
    page.goto(talk.path)
    post(page, top_composer(page), "The first word.")
    warned(reader=talk.newest().reader)
    comment(page, answered).locator("[data-reply]").click()
    form = comment(page, answered).locator("> .composer--reply")
    write(form, "An answer.")
    press(form, "post")
    expect(form.locator("[data-warning]")).to_be_visible()
    expect(top_composer(page).locator("[data-warning]")).to_be_hidden()
    form.locator("[name=acknowledge]").check()
    post(page, form, "An answer.")
    assert talk.newest().parent == answered
