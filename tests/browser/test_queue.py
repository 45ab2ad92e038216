"""A moderator goes through the queue with one hand on the keyboard."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import ArticleStats
from authors.models import User
from comments.models import Comment, Decision
from comments.moderation import decide, seal
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
    press,
    said,
    status_of,
    with_query,
)
from tests.browser.writing import retire

Status, Action = Comment.Status, Decision.Action
OUTCOMES = {"a": Status.APPROVED, "r": Status.REJECTED, "s": Status.REJECTED}


@pytest.fixture(autouse=True)
def _empty(site):
    empty_the_queue()


@pytest.fixture
def mia(site):
    user = make_moderator()
    yield user
    retire(user)


@pytest.fixture
def marko(site):
    user = make_moderator("Marko Moderator", "marko.m@example.com")
    yield user
    retire(user)


def top_of(page):
    """Where the comment that is read begins, from the top of the window; parts of a pixel count."""
    return card(page).evaluate("stage => stage.getBoundingClientRect().top")


def decisions(one):
    return list(one.decisions.order_by("id").values_list("action", flat=True))


# The whole way


def test_a_queue_of_sixty_is_cleared_by_keyboard_alone(page, mia):
    talk, comments = fill(60)
    open_queue(page, mia)
    expect(page.locator("b[data-count=pending]").first).to_contain_text("60")
    tops = set()
    for number, one in enumerate(comments):
        expect_card(page, one)
        if number:
            expect(card(page)).to_be_focused()
        tops.add(top_of(page))
        press(page, "ars"[number % 3])
    expect(card(page)).to_have_count(0)
    expect(page.locator(".nothing")).to_be_focused()
    expect(lines(page)).to_have_count(0)
    expect(page.locator("b[data-count=pending]").first).to_contain_text("0")
    assert len(tops) == 1, f"The comment jumps: {tops}"
    assert [status_of(one) for one in comments] == [OUTCOMES["ars"[n % 3]] for n in range(60)]
    spam = Comment.objects.filter(article=talk.article, is_spam=True)
    assert set(spam.values_list("pk", flat=True)) == {one.pk for one in comments[2::3]}
    assert ArticleStats.objects.get(article=talk.article).comment_count == 20
    assert set(Decision.objects.filter(comment__in=comments).values_list("user", flat=True)) == {mia.pk}


def test_what_is_decided_is_seen_by_readers_at_once(page, new_context, mia):
    talk, comments = fill(2)
    reader = new_context().new_page()
    open_queue(page, mia)
    expect_card(page, comments[0])
    press(page, "a")
    expect_card(page, comments[1])
    reader.goto(talk.path)
    expect(reader.locator(f"#c{comments[0].pk}")).to_be_visible()
    press(page, "u")
    expect_card(page, comments[0])
    reader.reload()
    expect(reader.locator(f"#c{comments[0].pk}")).to_have_count(0)


def test_what_comes_in_meanwhile_is_reached_too(page, mia):
    talk, comments = fill(3)
    open_queue(page, mia)
    late = talk.add("Late", "A late word.", age=0, status=Status.PENDING)
    for one in comments:
        expect_card(page, one)
        press(page, "a")
    expect_card(page, late)


# Moving


def test_j_and_k_walk_the_list_beyond_its_first_page(page, mia):
    _talk, comments = fill(35)
    open_queue(page, mia)
    top = top_of(page)
    for one in comments[1:]:
        press(page, "j")
        expect_card(page, one)
    expect(line(page, comments[-1])).to_be_in_viewport()
    press(page, "j")
    expect_card(page, comments[-1])
    press(page, "k")
    expect_card(page, comments[-2])
    assert top_of(page) == top
    expect(page).to_have_url(with_query(c=comments[-2].pk))
    page.reload()
    expect(card(page, comments[-2])).to_be_visible()
    assert {status_of(one) for one in comments} == {Status.PENDING}


def test_a_line_is_opened_by_a_click(page, mia):
    _talk, comments = fill(3)
    open_queue(page, mia)
    line(page, comments[2]).click()
    expect_card(page, comments[2])
    press(page, "a")
    expect_card(page, comments[1])


def test_search_and_the_list_of_keys(page, mia):
    talk, comments = fill(3)
    talk.add("Zvonimir", "Of pulsars.", age=0, status=Status.PENDING)
    open_queue(page, mia)
    press(page, "/")
    expect(page.get_by_role("searchbox").last).to_be_focused()
    page.keyboard.type("pulsars ras")
    assert {status_of(one) for one in comments} == {Status.PENDING}
    for _letter in " ras":
        page.keyboard.press("Backspace")
    press(page, "Enter")
    expect(page).to_have_url(with_query(q="pulsars"))
    expect(lines(page)).to_have_count(1)
    expect(card(page)).to_contain_text("Of pulsars.")
    press(page, "Tab ?")
    dialog = page.get_by_role("dialog")
    for name in ("Approve", "Reject", "Spam", "Pick", "Ban"):
        expect(dialog).to_contain_text(name)
    press(page, "a")
    press(page, "Escape a")
    expect(lines(page)).to_have_count(0)
    assert status_of(comments[0]) == Status.PENDING


def test_g_and_a_letter_still_lead_to_another_page(page, mia):
    _talk, (one, *_) = fill(2)
    open_queue(page, mia)
    expect_card(page, one)
    with page.expect_navigation():
        press(page, "g d")
    expect(page).to_have_url(re.compile(r"/admin/$"))
    assert status_of(one) == Status.PENDING


def test_a_key_that_is_held_down_decides_once(page, mia):
    _talk, comments = fill(4)
    open_queue(page, mia)
    expect_card(page, comments[0])
    page.keyboard.down("a")
    expect_card(page, comments[1])
    for _repeat in range(5):
        page.keyboard.down("a")
    page.keyboard.up("a")
    expect_card(page, comments[1])
    assert [status_of(one) for one in comments[1:]] == [Status.PENDING] * 3


def test_a_key_that_is_pressed_before_the_next_comment_stands_there_is_not_for_it(page, mia):
    _talk, comments = fill(3)
    open_queue(page, mia)
    expect_card(page, comments[0])
    waiting = []
    page.route("**/decide/", lambda route: waiting.append(route))
    press(page, "a")
    page.wait_for_function("document.querySelector('[data-queue]').dataset.state === 'busy'")
    press(page, "a r s")
    expect(page.locator("[data-queue][aria-busy=true]")).to_be_visible()
    waiting[0].continue_()
    expect_card(page, comments[1])
    assert len(waiting) == 1
    assert [status_of(one) for one in comments] == [Status.APPROVED, Status.PENDING, Status.PENDING]


def test_keys_that_are_switched_off_do_nothing(page, mia):
    _talk, (one, *_) = fill(2)
    open_queue(page, mia)
    page.evaluate("localStorage.setItem('keys', 'off')")
    press(page, "a j s")
    expect_card(page, one)
    assert status_of(one) == Status.PENDING
    page.get_by_role("button", name="Approve").click()
    expect(said(page)).to_contain_text("Approved")


# Undo


def test_u_takes_back_one_decision_after_the_other(page, mia):
    _talk, comments = fill(4)
    open_queue(page, mia)
    top = top_of(page)
    for number, key in enumerate("ar"):
        expect_card(page, comments[number])
        press(page, key)
    expect_card(page, comments[2])
    expect(said(page)).to_contain_text("Rejected: the comment of “Writer 1”")
    press(page, "u")
    expect_card(page, comments[1])
    expect(said(page)).to_contain_text("Undone: the comment of “Writer 1”")
    press(page, "u")
    expect_card(page, comments[0])
    expect(page.locator("[data-undo-form]")).to_be_hidden()
    assert [status_of(one) for one in comments] == [Status.PENDING] * 4
    assert [one.get_attribute("data-line") for one in lines(page).all()] == [str(one.pk) for one in comments]
    assert decisions(comments[0]) == [Action.APPROVE, Action.UNDO]
    expect(page.locator("b[data-count=pending]").first).to_contain_text("4")
    press(page, "u")
    expect_card(page, comments[0])
    assert top_of(page) == top


def test_the_button_takes_back_the_last_comment_of_the_queue(page, mia):
    _talk, (only,) = fill(1)
    open_queue(page, mia)
    expect_card(page, only)
    press(page, "s")
    expect(page.locator(".nothing")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Undo")).click()
    expect_card(page, only)
    assert status_of(only) == Status.PENDING
    press(page, "a")
    expect(page.locator(".nothing")).to_be_visible()
    assert status_of(only) == Status.APPROVED


def test_what_somebody_else_has_changed_is_not_taken_back(page, mia, marko, guard):
    guard.expect_status(409)
    _talk, (one, _other) = fill(2)
    open_queue(page, mia)
    expect_card(page, one)
    press(page, "a")
    expect(said(page)).to_contain_text("Approved")
    one.refresh_from_db()
    decide(one, Status.REMOVED, marko)
    press(page, "u")
    expect(said(page)).to_contain_text("Marko Moderator was faster: removed")
    assert status_of(one) == Status.REMOVED


# Two moderators


def test_the_second_of_two_moderators_sees_by_whom_it_is_done(page, new_context, mia, marko, guard):
    guard.expect_status(409)
    _talk, comments = fill(3)
    second = new_context().new_page()
    open_queue(page, mia)
    open_queue(second, marko)
    expect_card(page, comments[0])
    expect_card(second, comments[0])
    press(page, "a")
    expect_card(page, comments[1])
    top = top_of(second)
    press(second, "r")
    expect(said(second)).to_have_text(re.compile(r"^Mia Moderator was faster: approved, .*Nothing was changed\.$"))
    expect(card(second, comments[0])).to_contain_text("Mia Moderator")
    expect(card(second, comments[0])).to_have_attribute("data-status", "approved")
    assert top_of(second) == top
    # What was meant for the waiting comment does not hit the approved one.
    press(second, "r s")
    assert status_of(comments[0]) == Status.APPROVED
    press(second, "j")
    expect_card(second, comments[1])
    expect(line(second, comments[0])).to_have_count(0)
    assert decisions(comments[0]) == [Action.APPROVE]


def test_of_two_who_press_at_the_same_moment_one_decides(page, new_context, mia, marko, guard):
    guard.expect_status(409)
    _talk, (one, other) = fill(2)
    browsers = [page, new_context().new_page()]
    for browser, user in zip(browsers, [mia, marko], strict=True):
        open_queue(browser, user)
        expect_card(browser, one)
    for browser, action in zip(browsers, ["approve", "reject"], strict=True):
        browser.evaluate(f"setTimeout(() => document.querySelector('[data-decide] [value={action}]').click(), 50)")
    for browser in browsers:
        expect(said(browser)).not_to_be_empty()
    texts = [said(browser).inner_text() for browser in browsers]
    assert sum("was faster" in text for text in texts) == 1, texts
    assert len(decisions(one)) == 1
    loser = browsers["was faster" in texts[1]]
    expect(loser.locator("[data-queue]")).to_have_attribute("data-state", "ready")
    press(loser, "j")
    expect_card(loser, other)


def test_what_another_has_done_is_seen_without_a_key(page, mia, marko):
    _talk, (one, other) = fill(2)
    open_queue(page, mia)
    expect_card(page, one)
    decide(one, Status.APPROVED, marko)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(card(page, one)).to_have_attribute("data-status", "approved")
    expect(card(page, one)).to_contain_text("Marko Moderator")
    expect(said(page)).not_to_be_empty()
    press(page, "r")
    press(page, "j")
    expect_card(page, other)
    assert status_of(one) == Status.APPROVED


def test_what_another_has_decided_on_meanwhile_is_passed_over(page, mia, marko):
    _talk, comments = fill(4)
    open_queue(page, mia)
    expect_card(page, comments[0])
    page.wait_for_load_state("networkidle")
    for one in comments[2:3]:
        decide(one, Status.APPROVED, marko)
    press(page, "a")
    expect_card(page, comments[1])
    press(page, "j")
    expect_card(page, comments[3])
    expect(line(page, comments[2])).to_have_count(0)
    assert [status_of(one) for one in comments] == ["approved", "pending", "approved", "pending"]


def test_what_was_fetched_long_before_is_looked_at_again(page, mia, marko):
    _talk, comments = fill(3)
    open_queue(page, mia)
    expect_card(page, comments[0])
    page.wait_for_load_state("networkidle")
    decide(comments[1], Status.APPROVED, marko)
    page.evaluate("() => { const now = Date.now.bind(Date); Date.now = () => now() + 10_000; }")
    press(page, "a")
    expect_card(page, comments[1])
    expect(card(page, comments[1])).to_have_attribute("data-status", "approved")
    expect(said(page)).not_to_contain_text("Approved")
    press(page, "r")
    press(page, "j")
    expect_card(page, comments[2])
    assert status_of(comments[1]) == Status.APPROVED


def test_a_text_that_its_writer_has_changed_is_read_again_first(page, mia, guard):
    guard.expect_status(409)
    _talk, (one, other) = fill(2)
    open_queue(page, mia)
    expect_card(page, one)
    Comment.objects.filter(pk=one.pk).update(body="Another word.", html="<p>Another word.</p>")
    press(page, "a")
    expect(said(page)).to_contain_text("Read it again before you decide.")
    expect(card(page, one)).to_contain_text("Another word.")
    assert status_of(one) == Status.PENDING
    press(page, "a")
    expect_card(page, other)
    one.refresh_from_db()
    assert (one.status, one.decisions.get().seal) == (Status.APPROVED, seal(one))


def test_a_reason_is_logged_and_stays_when_the_decision_is_refused(page, mia, guard):
    guard.expect_status(409)
    _talk, (one, other) = fill(2)
    open_queue(page, mia)
    expect_card(page, one)
    Comment.objects.filter(pk=one.pk).update(body="Another word.", html="<p>Another word.</p>")
    why = card(page).locator("[name=why]")
    why.fill("Below the belt: rask")
    why.press("Enter")
    expect_card(page, one)
    assert status_of(one) == Status.PENDING
    card(page).get_by_role("button", name="Reject").click()
    expect(said(page)).to_contain_text("Read it again")
    expect(card(page, one)).to_contain_text("Another word.")
    expect(why).to_have_value("Below the belt: rask")
    press(page, "r")
    expect_card(page, other)
    expect(why).to_have_value("")
    assert one.decisions.get().why == "Below the belt: rask"


# What goes wrong


def test_a_lost_connection_says_so_and_loses_nothing(page, mia, guard):
    guard.expect_cuts()
    _talk, comments = fill(3)
    open_queue(page, mia)
    expect_card(page, comments[0])
    top = top_of(page)
    page.context.set_offline(True)
    press(page, "a")
    expect(said(page)).to_contain_text("cannot be reached")
    expect_card(page, comments[0])
    assert top_of(page) == top
    page.context.set_offline(False)
    press(page, "a")
    expect_card(page, comments[1])
    expect(said(page)).to_contain_text("Approved")
    assert [status_of(one) for one in comments] == [Status.APPROVED, Status.PENDING, Status.PENDING]


def test_a_decision_whose_answer_was_lost_is_made_once(page, mia, guard):
    guard.expect_cuts()
    _talk, comments = fill(2)
    open_queue(page, mia)
    expect_card(page, comments[0])
    page.route("**/decide/", lambda route: (route.fetch(), route.abort()), times=1)
    press(page, "a")
    expect(said(page)).to_contain_text("cannot be reached")
    press(page, "a")
    expect_card(page, comments[1])
    expect(said(page)).to_contain_text("Approved")
    assert decisions(comments[0]) == [Action.APPROVE]


def test_the_next_comment_that_cannot_be_fetched_leaves_everything_in_place(page, mia, guard):
    guard.expect_cuts()
    _talk, comments = fill(3)
    open_queue(page, mia)
    expect_card(page, comments[0])
    page.wait_for_load_state("networkidle")
    page.route("**/card/", lambda route: route.abort())
    press(page, "a")
    expect_card(page, comments[1])  # had been fetched before
    press(page, "j")
    expect(said(page)).to_contain_text("cannot be reached")
    expect_card(page, comments[1])
    page.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(said(page)).not_to_contain_text("cannot be reached")
    press(page, "j")
    expect_card(page, comments[2])


@pytest.mark.parametrize("cookies", [{"name": "sessionid"}, {}], ids=["session", "all"])
def test_a_session_that_has_ended_asks_for_signing_in_and_goes_on_then(page, mia, guard, cookies):
    guard.expect_status(403)
    _talk, comments = fill(2)
    open_queue(page, mia)
    expect_card(page, comments[0])
    page.context.clear_cookies(**cookies)
    press(page, "a")
    expect(said(page)).to_contain_text("not signed in")
    sign_in = said(page).get_by_role("link", name="Sign in")
    expect(sign_in).to_have_attribute("href", re.compile(r"/admin/login/\?next=.*queue"))
    assert status_of(comments[0]) == Status.PENDING
    with page.context.expect_page() as opened:
        sign_in.click()
    tab = opened.value
    tab.locator("[name=username]").fill(mia.email)
    tab.locator("[name=password]").fill("far side of the Moon")
    tab.locator("[type=submit]").click()
    expect(tab.locator("[data-card]")).to_be_visible()
    tab.close()
    expect_card(page, comments[0])
    press(page, "a")
    expect_card(page, comments[1])
    assert status_of(comments[0]) == Status.APPROVED


def test_who_may_no_longer_moderate_is_told(page, mia, guard):
    guard.expect_status(403)
    _talk, (one, _other) = fill(2)
    open_queue(page, mia)
    expect_card(page, one)
    mia.groups.clear()
    press(page, "a")
    expect(said(page)).to_contain_text("you may not moderate any more")
    expect(card(page, one)).to_be_visible()
    assert status_of(one) == Status.PENDING


def test_an_error_at_the_desk_is_told(page, mia, guard):
    guard.expect_status(500)
    _talk, (one, _other) = fill(2)
    open_queue(page, mia)
    page.route("**/decide/", lambda route: route.fulfill(status=500, body="<p>no"), times=1)
    press(page, "a")
    expect(said(page)).to_contain_text("Something went wrong")
    expect_card(page, one)


# More than a yes or no


def test_e_approves_and_picks_and_takes_it_back(page, mia):
    _talk, comments = fill(2)
    open_queue(page, mia)
    expect_card(page, comments[0])
    press(page, "e")
    expect_card(page, comments[1])
    comments[0].refresh_from_db()
    assert (comments[0].status, comments[0].is_pick) == (Status.APPROVED, True)
    page.goto(f"{QUEUE}?tab=approved&c={comments[0].pk}")
    expect(card(page, comments[0])).to_be_visible()
    press(page, "e")
    expect(said(page)).to_contain_text("No longer picked")
    # Its line may be on a later page of the list: others were approved since.
    expect(card(page, comments[0])).to_be_visible()
    comments[0].refresh_from_db()
    assert not comments[0].is_pick
    expect(page.locator("[data-queue]")).to_have_attribute("data-state", "ready")
    press(page, "e")
    expect(said(page)).to_contain_text("Picked")


def test_a_refused_pick_says_why(page, mia, guard):
    guard.expect_status(409)
    talk, (one, other) = fill(2)
    for _n in range(3):
        Comment.objects.filter(pk=talk.add(age=900).pk).update(is_pick=True)
    open_queue(page, mia)
    expect_card(page, one)
    press(page, "e")
    expect(said(page)).to_contain_text("This story has 3 picks already")
    expect_card(page, one)
    assert status_of(one) == Status.PENDING
    press(page, "a")
    expect_card(page, other)


def test_several_at_once(page, mia, marko):
    _talk, comments = fill(6)
    open_queue(page, mia)
    bulk = page.locator("form[data-bulk]")
    expect(bulk.get_by_role("button", disabled=False)).to_have_count(0)
    top = top_of(page)
    press(page, "x")
    expect(bulk).to_contain_text("Selected: 1")
    assert top_of(page) == top
    for one in comments[1:4]:
        press(page, "j")
        expect_card(page, one)
        press(page, "x")
    expect(bulk).to_contain_text("Selected: 4")
    press(page, "x")
    expect(bulk).to_contain_text("Selected: 3")
    decide(comments[1], Status.APPROVED, marko)
    press(page, "Shift+R")
    expect(said(page)).to_contain_text("2")
    expect(said(page)).to_contain_text("Marko Moderator was faster")
    expect(bulk.get_by_role("button", disabled=False)).to_have_count(0)
    wanted = [Status.REJECTED, Status.APPROVED, Status.REJECTED] + [Status.PENDING] * 3
    assert [status_of(one) for one in comments] == wanted
    expect(line(page, comments[0])).to_have_count(0)
    expect(line(page, comments[2])).to_have_count(0)
    expect_card(page, comments[3])
    press(page, "u")
    expect_card(page, comments[2])
    assert status_of(comments[2]) == Status.PENDING


def test_escape_lets_go_of_what_is_selected(page, mia):
    _talk, comments = fill(2)
    open_queue(page, mia)
    press(page, "x Escape")
    expect(page.locator("[name=selected]:checked")).to_have_count(0)
    press(page, "Shift+R")
    assert {status_of(one) for one in comments} == {Status.PENDING}


def test_b_opens_the_form_and_bans(page, mia):
    talk, comments = fill(2)
    for one in comments[:1]:
        Comment.objects.filter(pk=one.pk).update(reader="guest-of-the-queue", network="n" * 64)
    more = talk.add("Writer 0", "More of the same.", age=0, status=Status.PENDING, reader="guest-of-the-queue")
    open_queue(page, mia)
    expect_card(page, comments[0])
    press(page, "b")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("Writer 0")
    press(page, "Escape")
    expect(dialog).to_be_hidden()
    press(page, "b")
    expect(dialog.get_by_role("radio", name=re.compile("^Banned"))).to_be_focused()
    press(page, "Space")
    dialog.get_by_role("checkbox", name="Reject the 2 comments of theirs that wait").press("Space")
    dialog.get_by_role("button", name="Set").press("Enter")
    expect(dialog).to_be_hidden()
    expect_card(page, comments[1])
    assert [status_of(one) for one in (comments[0], more, comments[1])] == ["rejected", "rejected", "pending"]
    expect(line(page, more)).to_have_count(0)


def test_a_writer_is_trusted_beside_the_card(page, mia):
    _talk, (one, _other) = fill(2)
    Comment.objects.filter(pk=one.pk).update(reader="trusted-guest")
    open_queue(page, mia)
    expect_card(page, one)
    page.get_by_role("button", name="Trust", exact=True).click()
    expect(said(page)).to_contain_text("rust")
    expect_card(page, one)
    expect(page.get_by_role("button", name="Trust", exact=True)).to_have_count(0)


def test_the_talk_of_the_story_is_closed_beside_the_card(page, mia):
    talk, (one, _other) = fill(2)
    open_queue(page, mia)
    expect_card(page, one)
    page.get_by_role("button", name="Closed", exact=True).click()
    expect_card(page, one)
    expect(page.get_by_role("button", name="Closed", exact=True)).to_have_attribute("aria-pressed", "true")
    assert ArticleStats.objects.get(article=talk.article).discussion == "closed"


def test_what_has_no_way_back_offers_none(page, mia):
    """The button would take back the decision before it."""
    talk, (one, other) = fill(2)
    open_queue(page, mia)
    expect_card(page, one)
    press(page, "a")
    expect_card(page, other)
    undo = page.locator("[data-undo-form] button")
    expect(undo).to_be_visible()
    page.get_by_role("button", name="Closed", exact=True).click()
    expect(said(page)).to_have_text(f"{talk.article.title}: Closed.")
    expect(undo).to_be_hidden()
    expect(card(page, other)).to_be_focused()
    press(page, "u")
    expect_card(page, one)
    assert status_of(one) == Status.PENDING


def test_the_side_knows_of_the_decision_before(page, mia):
    """The card was fetched ahead of it."""
    _talk, comments = fill(3, reader="one-guest")
    open_queue(page, mia)
    expect_card(page, comments[0])
    expect(page.locator(".side")).to_contain_text("3 waiting.")
    press(page, "a")
    expect_card(page, comments[1])
    expect(page.locator(".side .writer")).to_contain_text("1 approved, 2 waiting.")
    expect(page.locator(".side .discussion")).to_contain_text("1 public, 2 waiting.")
    expect(page.locator(".side .others a")).to_have_count(1)
    expect(card(page)).to_be_focused()


def test_the_last_comment_that_was_found_leaves_no_empty_queue(page, mia):
    talk, _comments = fill(2)
    found = talk.add("Ida", "Of slipways.", status=Status.PENDING)
    open_queue(page, mia, "?q=slipways")
    expect_card(page, found)
    press(page, "a")
    expect(page.locator(".nothing")).to_have_text("No comment of this list has these words.")


def test_a_reported_comment_is_kept(page, mia, new_context):
    talk, _comments = fill(0)
    one, other = talk.add("Ana", age=5), talk.add("Ivo", age=9)
    for number, reported in enumerate((other, one), start=1):
        for reporter in range(number):
            reported.reports.create(reporter=f"{reporter}", reason="other", note="Look here.")
        Comment.objects.filter(pk=reported.pk).update(report_count=number)
    open_queue(page, mia, "?tab=reported")
    expect_card(page, one)
    expect(card(page)).to_contain_text("Look here.")
    press(page, "d")
    expect_card(page, other)
    expect(page.locator("b[data-count=reported]").first).to_contain_text("1")
    in_navigation = page.locator(".nav-list b:has([data-count=reported])")
    expect(in_navigation).to_be_visible()
    press(page, "r")
    expect(page.locator(".nothing")).to_be_visible()
    expect(in_navigation).to_be_hidden()
    assert (status_of(one), status_of(other)) == (Status.APPROVED, Status.REMOVED)
    press(page, "u")
    expect_card(page, other)
    assert status_of(other) == Status.APPROVED


# Those who look


def test_an_editor_reads_and_moves_and_decides_nothing(page, site):
    editor = make_moderator("Eva Editor", "eva@example.com", group="Editors")
    _talk, comments = fill(2)
    open_queue(page, editor)
    expect(card(page, comments[0])).to_be_visible()
    press(page, "j")
    expect_card(page, comments[1])
    press(page, "a r s x u")
    expect(page.locator("form[data-decide]")).to_have_count(0)
    assert [status_of(one) for one in comments] == [Status.PENDING] * 2
    User.objects.filter(pk=editor.pk).update(is_active=False, email=f"gone-{editor.pk}@example.com")
