"""The moderators' queue on other screens: a phone by touch, without JavaScript, in both languages, as axe sees it."""

import re

import pytest
from playwright.sync_api import expect

from comments.models import Comment
from tests.browser.commenting import SCREENS
from tests.browser.moderating import (
    QUEUE,
    card,
    empty_the_queue,
    expect_card,
    fill,
    line,
    lines,
    make_moderator,
    open_queue,
    said,
    status_of,
    with_query,
)
from tests.browser.places import LANGUAGES, say
from tests.browser.test_accessibility import check
from tests.browser.writing import retire

Status = Comment.Status
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LONG = (
    "A story whose title is as long as editors dare to make them, about a telescope and what it did not see that night"
)
# What a finger has to hit, unless it stands in a sentence.
SMALL = """
() => [...document.querySelectorAll("[data-queue] :is(a, button, input:not([type=hidden]), select)")]
  .filter((one) => one.checkVisibility() && !one.closest(".hint, .sub, .others, .past-log, .line-box, .say-big"))
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 160))
"""


@pytest.fixture(autouse=True)
def _empty(site):
    empty_the_queue()


@pytest.fixture
def make(site):
    made = []

    def make_one(language="en"):
        made.append(make_moderator(language=language))
        return made[-1]

    yield make_one
    for user in made:
        retire(user)


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


# A phone


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_decides_by_touch_and_nothing_jumps(new_context, make, language):
    page = new_context(**PHONE).new_page()
    talk, comments = fill(5, language)
    type(talk.article).objects.filter(pk=talk.article.pk).update(title=LONG)
    open_queue(page, make(language))
    expect_card(page, comments[0])
    assert fits(page)
    top = card(page).bounding_box()["y"]
    for one, action in zip(comments, ["approve", "spam", "pick"], strict=False):
        expect_card(page, one)
        expect(page.locator("[data-decide] [value=reject]")).to_be_in_viewport()
        page.locator(f"[data-decide] [value={action}]").tap()
    expect_card(page, comments[3])
    assert card(page).bounding_box()["y"] == top
    page.locator("[data-undo-form] button").tap()
    expect_card(page, comments[2])
    page.locator("a[data-move='1']").tap()
    expect_card(page, comments[3])
    page.locator("a[data-move='-1']").tap()
    expect_card(page, comments[2])
    page.locator(".lines-button").tap()
    line(page, comments[4]).tap()
    expect_card(page, comments[4])
    expect(page.locator("#lines")).to_be_hidden()
    wanted = [Status.APPROVED, Status.REJECTED, Status.PENDING, Status.PENDING, Status.PENDING]
    assert [status_of(one) for one in comments] == wanted
    assert fits(page)


def test_after_a_long_comment_the_next_begins_at_its_top(new_context, make):
    page = new_context(**PHONE).new_page()
    _talk, comments = fill(2)
    Comment.objects.filter(pk=comments[0].pk).update(html="<p>Much to say.</p>" * 60)
    open_queue(page, make())
    expect_card(page, comments[0])
    page.locator("#why").scroll_into_view_if_needed()
    page.locator("[data-decide] [value=approve]").tap()
    expect_card(page, comments[1])
    expect(said(page)).to_be_in_viewport()
    expect(card(page).locator(".say-big")).to_be_in_viewport()


def test_fingers_hit_everything(new_context, make):
    page = new_context(**PHONE).new_page()
    _talk, comments = fill(3, reader="a-guest")
    open_queue(page, make())
    expect_card(page, comments[0])
    page.locator("[data-decide] [value=approve]").tap()
    expect_card(page, comments[1])
    assert page.evaluate(SMALL) == []
    page.locator("[data-writer]").first.tap()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert fits(page)


# Motion


@pytest.mark.parametrize(("wish", "moves"), [("reduce", "none"), ("no-preference", "slide-in")])
def test_the_next_comment_slides_in_unless_one_wants_it_still(new_context, make, wish, moves):
    page = new_context(reduced_motion=wish).new_page()
    _talk, comments = fill(2)
    open_queue(page, make())
    expect_card(page, comments[0])
    page.keyboard.press("a")
    expect_card(page, comments[1])
    assert card(page).evaluate("stage => getComputedStyle(stage).animationName") == moves


# Without JavaScript


@pytest.fixture(params=SCREENS, ids=[f"{language}-{width}" for language, width in SCREENS])
def plain(request, new_context, make):
    language, width = request.param
    page = new_context(viewport={"width": width, "height": 900}, java_script_enabled=False).new_page()
    page.moderator, page.language = make(language), language
    return page


def test_without_javascript_every_step_is_a_form(plain):
    _talk, comments = fill(3, plain.language)
    open_queue(plain, plain.moderator)
    expect(card(plain, comments[0])).to_be_visible()
    plain.locator("[data-decide] [value=approve]").click()
    expect(card(plain, comments[1])).to_be_visible()
    expect(said(plain)).to_contain_text("Writer 0")
    plain.locator("[data-decide] [value=spam]").click()
    expect(card(plain, comments[2])).to_be_visible()
    plain.locator("[data-undo-form] button").click()
    expect(card(plain, comments[1])).to_be_visible()
    assert [status_of(one) for one in comments] == [Status.APPROVED, Status.PENDING, Status.PENDING]
    plain.locator("a[data-move='1']").click()
    expect(card(plain, comments[2])).to_be_visible()
    plain.locator("[data-decide] [data-writer]").click()
    expect(plain).to_have_url(re.compile(r"/writer/"))
    assert fits(plain)


def test_without_javascript_enter_after_a_reason_decides_nothing(new_context, make):
    page = new_context(java_script_enabled=False).new_page()
    _talk, (one, _other) = fill(2)
    open_queue(page, make())
    why = page.locator("[name=why]")
    why.fill("Off the subject")
    why.press("Enter")
    expect(why).to_have_value("Off the subject")
    page.locator("[data-decide] [value=reject]").click()
    expect(said(page)).to_contain_text("Writer 0")
    assert status_of(one) == Status.REJECTED
    assert one.decisions.get().why == "Off the subject"


def test_without_javascript_several_are_decided_at_once(new_context, make):
    page = new_context(java_script_enabled=False).new_page()
    _talk, comments = fill(3)
    open_queue(page, make())
    boxes = page.locator("[name=selected]")
    boxes.nth(0).check()
    boxes.nth(2).check()
    page.locator("#bulk [value=reject]").click()
    expect(lines(page)).to_have_count(1)
    assert [status_of(one) for one in comments] == [Status.REJECTED, Status.PENDING, Status.REJECTED]


def test_what_was_done_plainly_can_be_taken_back_by_the_key(page, make):
    _talk, comments = fill(2)
    open_queue(page, make())
    expect_card(page, comments[0])
    page.evaluate("document.querySelector('[data-decide]').requestSubmit = null")
    with page.expect_navigation():
        page.evaluate(
            """() => {
                const form = document.querySelector("[data-decide]");
                form.append(Object.assign(document.createElement("input"), { name: "action", value: "approve" }));
                HTMLFormElement.prototype.submit.call(form);
            }"""
        )
    expect_card(page, comments[1])
    page.keyboard.press("u")
    expect(card(page, comments[0])).to_be_visible()
    assert status_of(comments[0]) == Status.PENDING


# Both languages, axe


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_in_the_moderators_language(page, make, language):
    _talk, comments = fill(3)
    open_queue(page, make(language))
    expect_card(page, comments[0])
    expect(page.locator("html")).to_have_attribute("lang", language)
    sentence, undo = say(language, "Approved: the comment of “%(name)s” on “%(story)s”.", "Undo")
    page.keyboard.press("a")
    expect_card(page, comments[1])
    expect(said(page)).to_contain_text(sentence.partition("%")[0])
    expect(page.locator("[data-undo-form] button")).to_contain_text(undo)
    expect(page.locator("[role=status][data-undo]")).to_contain_text("Writer 0")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(page, make, guard, language, width):
    guard.expect_status(409)
    page.set_viewport_size({"width": width, "height": 900})
    faults = []
    _talk, comments = fill(3, language, reader="a-guest", network="n" * 64)
    open_queue(page, make(language))
    expect_card(page, comments[0])
    check(page, "queue", faults)
    page.keyboard.press("a")
    expect_card(page, comments[1])
    page.keyboard.press("x")
    check(page, "decided", faults)
    Comment.objects.filter(pk=comments[1].pk).update(body="Another.", decision_count=0)
    page.keyboard.press("r")
    expect(page.locator(".is-against")).to_be_visible()
    check(page, "refused", faults)
    page.keyboard.press("b")
    expect(page.get_by_role("dialog")).to_be_visible()
    check(page, "ban", faults)
    page.keyboard.press("Escape")
    page.goto(f"{QUEUE}?tab=reported")
    expect(page).to_have_url(with_query(tab="reported"))
    check(page, "empty", faults)
    assert not faults, "\n".join(faults)
