"""A moderator acts on comments where readers see them; readers' pages stay the same for everyone."""

import re

import pytest
from playwright.sync_api import expect

from comments.models import Comment
from comments.moderation import decide
from tests.browser.commenting import SCREENS, Talk, comment, own_part
from tests.browser.moderating import QUEUE, empty_the_queue, make_moderator, status_of
from tests.browser.test_accessibility import check
from tests.browser.writing import retire, sign_in

Status = Comment.Status
PANEL = "> [data-moderating]"


@pytest.fixture(params=SCREENS, ids=[f"{language}-{width}" for language, width in SCREENS])
def screen(request):
    return request.param


@pytest.fixture
def talk(site, screen):
    empty_the_queue()
    return Talk(screen[0])


@pytest.fixture
def mia(site, screen):
    user = make_moderator(language=screen[0])
    yield user
    retire(user)


@pytest.fixture
def page(new_context, screen, mia):
    """A browser in which the moderator has been at the desk before."""
    page = new_context(viewport={"width": screen[1], "height": 900}).new_page()
    sign_in(page, mia)
    page.goto(QUEUE)
    return page


@pytest.fixture
def reader(new_context):
    return new_context().new_page()


def panel(page, one):
    return comment(page, one).locator(PANEL)


def moderate(page, one):
    link = comment(page, one).locator("> :is(article, .comment-gone) [data-moderate]")
    link.click()
    expect(panel(page, one)).to_be_focused()
    return panel(page, one)


def act(page, one, action):
    moderate(page, one).locator(f"button[value={action}]").click()
    said = comment(page, one).locator("> .moderated")
    expect(said).to_be_visible()
    return said


def test_only_in_a_moderators_browser_is_more_loaded_and_shown(page, reader, talk, mia):
    one = talk.add()
    asked = {page: [], reader: []}
    for browser, urls in asked.items():
        browser.on("request", lambda request, urls=urls: urls.append(request.url))
        browser.goto(talk.story)
    link = own_part(page, one).locator("[data-moderate]")
    expect(link).to_have_text(talk.word("Moderate"))
    expect(link).to_have_attribute("href", f"{QUEUE}?tab=all&c={one.pk}")
    assert any("moderating.js" in url for url in asked[page])
    reader.wait_for_load_state("networkidle")
    expect(reader.locator("[data-moderate]")).to_have_count(0)
    assert not [url for url in asked[reader] if "moderating" in url or "/admin/" in url]
    assert "data-moderate" not in reader.content()


def test_who_leaves_the_desk_takes_the_links_along(page, talk):
    talk.add()
    page.locator("#user-tools summary").click()
    page.locator("#logout-form button").click()
    page.wait_for_load_state()
    page.goto(talk.story)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-moderate]")).to_have_count(0)


def test_who_may_no_longer_moderate_loses_the_links(page, talk, mia):
    talk.add()
    mia.groups.clear()
    page.goto("/admin/")
    page.goto(talk.story)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-moderate]")).to_have_count(0)


@pytest.mark.parametrize("place", ["story", "path"])
def test_a_comment_is_removed_in_place_and_comes_back(page, reader, talk, place):
    one, other = talk.add("Ana", "A *rude* word."), talk.add("Ivo", age=5)
    page.goto(getattr(talk, place))
    said = act(page, one, "reject")
    expect(said.locator("button")).to_be_visible()
    expect(said).to_contain_text("Ana")
    expect(own_part(page, one)).to_have_count(0)
    expect(panel(page, one)).to_have_count(0)
    expect(page.locator("[data-live]")).to_contain_text("Ana")
    expect(said).to_be_focused()
    expect(own_part(page, other)).to_be_visible()
    assert status_of(one) == Status.REMOVED
    reader.goto(talk.path)
    expect(comment(reader, one)).to_have_count(0)
    said.get_by_role("button", name=talk.word("Undo")).click()
    expect(own_part(page, one).locator("em")).to_have_text("rude")
    expect(own_part(page, one).locator("[data-moderate]")).to_be_visible()
    expect(said.locator("button")).to_have_count(0)
    assert status_of(one) == Status.APPROVED
    reader.reload()
    expect(own_part(reader, one)).to_be_visible()


def test_where_replies_stand_a_note_takes_its_place_and_can_be_acted_on(page, reader, talk):
    root, reply, last = talk.add_thread(3)
    page.goto(talk.path)
    act(page, root, "spam")
    note = comment(page, root).locator("> .comment-gone")
    expect(note).to_be_visible()
    expect(own_part(page, reply)).to_be_visible()
    act(page, reply, "reject")
    expect(own_part(page, last)).to_be_visible()
    reader.goto(talk.path)
    expect(comment(reader, root).locator("> .comment-gone")).to_be_visible()
    act(page, root, "approve")
    expect(own_part(page, root)).to_contain_text("Level 0")
    expect(note).to_have_count(0)
    assert [status_of(one) for one in (root, reply, last)] == [Status.APPROVED, Status.REMOVED, Status.APPROVED]
    page.goto(f"{talk.path}?thread={reply.pk}")
    act(page, reply, "approve")
    expect(own_part(page, reply)).to_contain_text("Level 1")


def test_a_comment_is_picked(page, talk):
    one = talk.add()
    page.goto(talk.story)
    act(page, one, "pick")
    expect(own_part(page, one).locator(".badge--pick")).to_be_visible()
    act(page, one, "unpick")
    expect(own_part(page, one).locator(".badge--pick")).to_have_count(0)


def test_what_readers_reported_is_read_and_kept(page, talk):
    one = talk.add()
    one.reports.create(reporter="r1", reason="other", note="He is <b>rude</b>.")
    Comment.objects.filter(pk=one.pk).update(report_count=1)
    page.goto(talk.story)
    expect(moderate(page, one)).to_contain_text("He is <b>rude</b>.")
    panel(page, one).locator("button[value=keep]").click()
    expect(comment(page, one).locator("> .moderated")).to_be_visible()
    expect(own_part(page, one)).to_be_visible()
    assert not one.reports.filter(handled_at=None).exists()


def test_it_opens_and_closes_by_keyboard(page, talk):
    one = talk.add()
    page.goto(talk.story)
    link = own_part(page, one).locator("[data-moderate]")
    link.focus()
    link.press("Enter")
    expect(panel(page, one)).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel(page, one)).to_have_count(0)
    expect(link).to_be_focused()
    link.press("Enter")
    panel(page, one).locator("[data-close]").click()
    expect(link).to_be_focused()


def test_comments_that_come_later_have_it_too(page, talk):
    for n in range(22):
        oldest = talk.add(f"Reader {n}", age=n)
    page.goto(talk.path)
    page.locator("a[data-more]").click()
    expect(own_part(page, oldest).locator("[data-moderate]")).to_have_count(1)


def test_the_second_of_two_sees_by_whom_it_is_done(page, talk, guard):
    guard.expect_status(409)
    marko = make_moderator("Marko Moderator", f"marko-{talk.article.pk}@example.com")
    one = talk.add()
    page.goto(talk.story)
    opened = moderate(page, one)
    decide(one, Status.REMOVED, marko)
    opened.locator("button[value=spam]").click()
    expect(panel(page, one).locator("[data-error]")).to_contain_text("Marko Moderator")
    expect(panel(page, one).locator("button[value=approve]")).to_be_visible()
    one.refresh_from_db()
    assert (one.status, one.is_spam) == (Status.REMOVED, False)
    retire(marko)


def test_a_lost_connection_says_so_and_keeps_everything(page, talk, guard):
    guard.expect_cuts()
    one = talk.add()
    page.goto(talk.story)
    lost = talk.word("The desk cannot be reached. Check your connection and try again: nothing is decided twice.")
    page.route("**/card/*", lambda route: route.abort(), times=1)
    own_part(page, one).locator("[data-moderate]").click()
    expect(panel(page, one).locator("[data-error]")).to_have_text(lost)
    own_part(page, one).locator("[data-moderate]").click()
    opened = moderate(page, one)
    page.route("**/decide/", lambda route: route.abort(), times=1)
    opened.locator("button[value=reject]").click()
    expect(opened.locator("[data-error]")).to_have_text(lost)
    assert status_of(one) == Status.APPROVED
    opened.locator("button[value=reject]").click()
    expect(comment(page, one).locator("> .moderated")).to_be_visible()
    page.route("**/undo/**", lambda route: route.abort(), times=1)
    said = comment(page, one).locator("> .moderated")
    said.locator("button").click()
    expect(said).to_contain_text(lost)
    said.locator("button").click()
    expect(own_part(page, one)).to_be_visible()
    assert status_of(one) == Status.APPROVED


@pytest.mark.parametrize("cookies", [{"name": "sessionid"}, {}], ids=["session", "all"])
def test_who_is_signed_out_is_led_to_the_sign_in_and_back(page, talk, mia, guard, cookies):
    guard.expect_status(403)
    one = talk.add()
    page.goto(talk.story)
    opened = moderate(page, one)
    page.context.clear_cookies(**cookies)
    opened.locator("button[value=reject]").click()
    link = opened.locator("[data-error] a")
    expect(link).to_have_text(talk.word("Sign in"))
    assert status_of(one) == Status.APPROVED
    page.reload()
    own_part(page, one).locator("[data-moderate]").click()
    panel(page, one).locator("[data-error] a").click()
    page.locator("[name=username]").fill(mia.email)
    page.locator("[name=password]").fill("far side of the Moon")
    page.locator("[type=submit]").click()
    expect(page).to_have_url(re.compile(re.escape(talk.story) + "$"))
    act(page, one, "reject")
    assert status_of(one) == Status.REMOVED


def test_axe_finds_nothing_and_fingers_hit_everything(page, talk, screen):
    root, _reply = talk.add_thread(2)
    one = talk.add("W" * 60, "A word.", age=1)
    one.reports.create(reporter="r1", reason="other", note="N" * 90)
    Comment.objects.filter(pk=one.pk).update(report_count=1)
    page.goto(talk.story)
    act(page, root, "spam")
    opened = moderate(page, one)
    faults = []
    check(page, "moderating", faults)
    assert not faults, "\n".join(faults)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if screen[1] == 390:
        places = [opened.locator(".btn"), page.locator("a[data-moderate]"), page.locator(".moderated button")]
        for control in [one for place in places for one in place.all()]:
            assert control.bounding_box()["height"] >= 44, control.inner_text()
